import Testing

@testable import PIE

@Suite struct GraphTests {
    @Test(arguments: [0, 1, 5, 8, 9, 10, 11, 16, 17, 33, 1_000, 65_536, 65_537, 1_000_000])
    func aSizeClassHoldsWhatIsPutIntoIt(count: Int) {
        let sizeClass = Graph.sizeClass(count)
        let capacity = Graph.capacity(ofClass: sizeClass)
        #expect(capacity >= count)
        #expect(capacity <= max(8, count + count / 4 + 1))
        if count > 0 { #expect(Graph.sizeClass(capacity) == sizeClass) }
    }

    @Test func aFreedRangeIsUsedAgain() {
        var graph = Graph()
        let first = graph.allocateRange(20)
        graph.freeRange(first, count: 20)
        let second = graph.allocateRange(18)
        let third = graph.allocateRange(18)
        #expect(second == first)
        #expect(third != first)
    }

    @Test func dependentsAreFoundAndForgotten() {
        var graph = Graph()
        for _ in 1...4 { graph.nodes.append(Node(type: 1, local: 0)) }
        let range = graph.allocateRange(3)
        for (offset, owner) in [2, 3, 4].enumerated() {
            let id = range + DependencyID(offset)
            graph.dependencies[id].target = 1
            graph.dependencies[id].owner = TaskID(owner)
            graph.link(id)
        }
        var requirers = self.requirers(of: 1, in: graph)
        #expect(requirers == [4, 3, 2])
        graph.unlink(range + 1)
        requirers = self.requirers(of: 1, in: graph)
        #expect(requirers == [4, 2])
        graph.unlink(range + 2)
        requirers = self.requirers(of: 1, in: graph)
        #expect(requirers == [2])
        graph.unlink(range)
        requirers = self.requirers(of: 1, in: graph)
        #expect(requirers.isEmpty)
    }

    @Test func anOlderVersionIsForgottenWithItsLastObserver() {
        var graph = Graph()
        graph.nodes.append(Node(type: 1, local: 0))
        graph.nodes[1].version = 1
        var dependency = Dependency()
        dependency.target = 1
        dependency.seen = 1
        graph.retainSeen(dependency)
        graph.retainSeen(dependency)
        let isReferred = graph.setVersion(2, of: 1)
        #expect(isReferred)
        graph.releaseSeen(dependency)
        let none = graph.droppedOutputs.count
        #expect(none == 0)
        graph.releaseSeen(dependency)
        let dropped = graph.droppedOutputs.map(\.version)
        #expect(dropped == [1])
    }

    @Test func aVersionThatComesBackIsReferredToAsBefore() {
        var graph = Graph()
        graph.nodes.append(Node(type: 1, local: 0))
        graph.nodes[1].version = 1
        var dependency = Dependency()
        dependency.target = 1
        dependency.seen = 1
        graph.retainSeen(dependency)
        let isReferred = graph.setVersion(2, of: 1)
        #expect(isReferred)
        let isReferredAgain = graph.setVersion(1, of: 1)
        #expect(!isReferredAgain)
        let references = graph.nodes[1].references
        #expect(references == 1)
        graph.releaseSeen(dependency)
        let left = graph.nodes[1].references
        let dropped = graph.droppedOutputs.count
        #expect(left == 0)
        #expect(dropped == 0)
    }

    @Test func observationsAreSharedAndTheirPlacesUsedAgain() {
        var graph = Graph()
        let first = graph.addObservation(Observation())
        graph.retain(first)
        graph.retain(first)
        graph.release(first)
        let second = graph.addObservation(Observation())
        #expect(second != first)
        graph.release(first)
        let third = graph.addObservation(Observation())
        #expect(third == first)
    }

    private func requirers(of task: TaskID, in graph: borrowing Graph) -> [TaskID] {
        var owners: [TaskID] = []
        var id = graph.nodes[task].firstRequirer
        while id != 0 {
            owners.append(graph.dependencies[id].owner)
            id = graph.dependencies[id].next
        }
        return owners
    }
}
