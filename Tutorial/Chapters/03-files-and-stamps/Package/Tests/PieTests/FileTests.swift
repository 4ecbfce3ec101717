import Pie
import Testing

@Test func aFileHasOneName() {
    for path in ["texts/a.txt", "./texts/a.txt", "texts//a.txt", "texts/b/../a.txt"] {
        #expect(File(path) == "texts/a.txt")
    }
}
