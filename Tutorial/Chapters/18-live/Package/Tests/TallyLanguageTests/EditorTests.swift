import Testing

@testable import TallyLanguage

/// What an editor holds after bytes were sent to it.
private func editor(over text: String, after input: String) -> Editor {
    var bytes = Array(input.utf8)[...]
    let keys = KeyReader { bytes.popFirst() }
    var editor = Editor(text: text)
    while let key = keys.next() { editor.handle(key) }
    return editor
}

@Test func charactersAreInsertedWhereThePlaceIs() {
    let editor = editor(over: "ad", after: "\u{1B}[Cbc")
    #expect(editor.text == "abcd")
    #expect((editor.row, editor.column) == (0, 3))
}

@Test func linesAreSplitAndJoined() {
    #expect(editor(over: "ab", after: "\u{1B}[C\r").lines == ["a", "b"])
    #expect(editor(over: "a\nb", after: "\u{1B}[B\u{7F}").lines == ["ab"])
}

@Test func thePlaceStaysInTheText() {
    let editor = editor(over: "long\nx", after: "\u{5}\u{1B}[B\u{1B}[B\u{1B}[C!")
    #expect(editor.lines == ["long", "x!"])
}

@Test func charactersMayHaveSeveralBytes() {
    #expect(editor(over: "", after: "é€\u{7F}🍎").text == "é🍎")
}
