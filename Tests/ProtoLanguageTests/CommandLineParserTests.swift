import ProtoLanguage
import Testing

@Suite struct CommandLineParserTests {
    private func parse(_ arguments: String...) throws -> CommandLineOptions {
        try CommandLineParser.parse(arguments)
    }

    private func message(_ arguments: String...) -> String? {
        do throws(UsageError) {
            _ = try CommandLineParser.parse(arguments)
            return nil
        } catch {
            return error.message
        }
    }

    @Test func withoutArgumentsTheDefaultsHold() throws {
        #expect(try parse() == CommandLineOptions())
    }

    @Test func pathsAndOptionsMix() throws {
        let options = try parse("a.proto", "-I", "x", "b", "-Iy", "--import-root=z", "--stats", "c")
        #expect(options.paths == ["a.proto", "b", "c"])
        #expect(options.importRoots == ["x", "y", "z"])
        #expect(options.printsStatistics)
    }

    @Test(arguments: [["-j4"], ["-j", "4"], ["-j=4"], ["--jobs", "4"], ["--jobs=4"]])
    func jobsInEverySpelling(arguments: [String]) throws {
        #expect(try CommandLineParser.parse(arguments).jobs == 4)
    }

    @Test func afterTwoDashesEverythingIsAPath() throws {
        #expect(try parse("--log", "--", "--stats", "-x").paths == ["--stats", "-x"])
    }

    @Test func explainTakesAFileBehindAnEqualsSignOnly() throws {
        #expect(try parse("--explain=a.proto").explainedFile == "a.proto")
        let options = try parse("--explain", "a.proto")
        #expect(options.explains)
        #expect(options.explainedFile == nil)
        #expect(options.paths == ["a.proto"])
    }

    @Test func colorCanBeForced() throws {
        #expect(try parse("--color").usesColor == true)
        #expect(try parse("--color", "--no-color").usesColor == false)
    }

    @Test func helpAndVersionWinOverWhatFollows() throws {
        #expect(try parse("-h", "--nonsense").action == .showHelp(.check))
        #expect(try parse("--version").action == .showVersion)
    }

    @Test func aWatchMayPoll() throws {
        #expect(try parse("--watch", "a").action == .watch)
        #expect(try parse("--watch", "a").paths == ["a"])
        #expect(try parse("--watch=poll").watchesByPolling)
        #expect(message("--watch=often") == "The value 'often' is invalid for '--watch': it can only be 'poll'.")
    }

    @Test func theGraphHasOptionsOfItsOwn() throws {
        let options = try parse(
            "graph",
            "a",
            "--type",
            "X,Y",
            "--type=Z",
            "--around",
            "b",
            "--depth",
            "2",
            "-j2",
            "--all"
        )
        #expect(options.action == .graph)
        #expect(options.paths == ["a"])
        #expect(options.graph.types == ["X", "Y", "Z"])
        #expect(options.graph.centers == ["b"])
        #expect(options.graph.depth == 2)
        #expect(options.graph.showsAll)
        #expect(try parse("graph", "--files-only").graph.showsFilesOnly)
        #expect(try parse("graph", "-h").action == .showHelp(.graph))
        #expect(try parse("./graph").action == .check)
    }

    @Test func theStoreIsChosenForEveryCommand() throws {
        #expect(try parse().store == .folder(".protocheck"))
        #expect(try parse("--store", "x", "a").store == .folder("x"))
        #expect(try parse("graph", "--store=x").store == .folder("x"))
        #expect(try parse("--watch", "--no-store").store == .none)
        #expect(try parse("clean", "--store=x").store == .folder("x"))
        #expect(message("--store") == "Missing value for '--store <dir>'.")
    }

    @Test func theStoreIsInspectedAndRemoved() throws {
        #expect(try parse("clean").action == .clean)
        #expect(try parse("inspect").action == .inspect)
        #expect(try parse("inspect", "--json").inspection == .json)
        #expect(try parse("inspect", "--dot").inspection == .dot)
        #expect(try parse("clean", "-h").action == .showHelp(.clean))
        #expect(try parse("inspect", "--help").action == .showHelp(.inspect))
        #expect(try parse("./clean").paths == ["./clean"])
        #expect(try parse("check").paths == ["check"])
    }

    @Test func commandsAboutTheStoreTakeNoPathsAndFewOptions() {
        #expect(message("clean", "a") == "'protocheck clean' takes no paths, such as 'a'.")
        #expect(message("inspect", "--", "a") == "'protocheck inspect' takes no paths, such as 'a'.")
        #expect(message("inspect", "--json", "--dot") == "The options '--json' and '--dot' exclude each other.")
        #expect(message("--json") == "The option '--json' belongs to 'protocheck inspect'.")
        #expect(message("clean", "--no-store") == "The option '--no-store' does not go with 'protocheck clean'.")
        #expect(message("inspect", "-j2") == "The option '-j' does not go with 'protocheck inspect'.")
    }

    @Test func optionsStayWithTheirCommands() {
        #expect(message("--files-only") == "The option '--files-only' belongs to 'protocheck graph'.")
        #expect(message("graph", "--watch") == "The option '--watch' does not go with 'protocheck graph'.")
        #expect(message("graph", "--depth", "1")?.contains("'--around'") == true)
        #expect(message("graph", "--depth", "-1") != nil)
        #expect(message("graph", "--files-only", "--type", "X")?.contains("shows no tasks") == true)
    }

    @Test func aTypoIsCorrected() {
        #expect(message("--jbs", "3") == "Unknown option '--jbs'. Did you mean '--jobs'?")
        #expect(message("--explian") == "Unknown option '--explian'. Did you mean '--explain'?")
        #expect(message("--zzzzzz") == "Unknown option '--zzzzzz'.")
        #expect(message("-x") == "Unknown option '-x'.")
    }

    @Test func valuesAreChecked() {
        #expect(message("-j", "zero")?.contains("invalid") == true)
        #expect(message("-j0")?.contains("invalid") == true)
        #expect(message("--jobs") == "Missing value for '--jobs <n>'.")
        #expect(message("-I", "--stats") == "Missing value for '-I <dir>'.")
        #expect(message("--stats=1") == "The option '--stats' takes no value.")
    }

    @Test func aUsageErrorEndsWithThePathToTheHelp() {
        let lines = UsageError(message: "Wrong.").text.split(separator: "\n")
        #expect(lines.first == "Error: Wrong.")
        #expect(lines.last == "  See 'protocheck --help' for more information.")
    }

    @Test func theHelpFitsATerminal() {
        for text in [
            CommandLineHelp.text, CommandLineHelp.graphText, CommandLineHelp.inspectText, CommandLineHelp.cleanText,
        ] {
            let lines = text.split(separator: "\n")
            #expect(lines.allSatisfy { $0.count <= 85 })
            #expect(lines.contains { $0.hasPrefix("OVERVIEW:") })
        }
    }
}
