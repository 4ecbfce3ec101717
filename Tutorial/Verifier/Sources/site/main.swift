import Foundation
import Verifier

try Site.write(URL(filePath: CommandLine.arguments[1]), to: URL(filePath: CommandLine.arguments[2]))
