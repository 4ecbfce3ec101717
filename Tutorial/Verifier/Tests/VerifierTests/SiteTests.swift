import Testing
import Verifier

@Test func aChapterBecomesAnArticle() {
    let chapter = """
        # 2. Two
        > **Concept: order.** First things
        > **Swift help: `some`.** Some
        See [One](../01-one/README.md) and [Solutions.md](Solutions.md).
        ![A graph.](../../Diagrams/graph.svg)
        ```console expect=failure
        $ cat [One](../01-one/README.md)
        ```
        ```swift create=a.swift
        ```
        """
    #expect(
        Site.article(chapter, of: "02-two") == """
            # 2. Two
            > Concept: **order.** First things
            > Tip: **Swift help: `some`.** Some
            See <doc:01-one> and <doc:02-two-solutions>.
            ![A graph.](graph.svg)
            ```shell
            $ cat [One](../01-one/README.md)
            ```
            ```swift
            ```
            """
    )
}
