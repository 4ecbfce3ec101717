import Testing

@testable import PIE

@Suite struct NewKeysTests {
    private func key(_ number: UInt8) -> StoredKey { StoredKey(type: 1, bytes: [number]) }

    @Test func aKeyIsFoundByItsIdAndTheOtherWayRound() {
        var keys = NewKeys(after: 3)
        keys.add(key(4), 4)
        // Ids that came to nothing leave gaps; an id of the snapshot may have been forgotten, and be told anew.
        keys.add(key(7), 7)
        keys.add(key(2), 2)
        #expect([1, 2, 3, 4, 5, 6, 7, 8].map { keys[$0]?.bytes } == [nil, [2], nil, [4], nil, nil, [7], nil])
        #expect([1, 2, 4, 7].map { keys.id(of: key($0)) } == [nil, 2, 4, 7])
    }

    @Test func aKeyThatIsAddedAfterTheFirstSearchIsFound() {
        var keys = NewKeys(after: 0)
        keys.add(key(1), 1)
        #expect(keys.id(of: key(2)) == nil)
        keys.add(key(2), 2)
        keys.add(key(9), 6)
        #expect(keys.id(of: key(2)) == 2)
        #expect(keys.id(of: key(9)) == 6)
    }

    @Test(arguments: [false, true])
    func theLastIdOfAKeyCounts(isSearchedBefore: Bool) {
        var keys = NewKeys(after: 2)
        keys.add(key(1), 2)
        if isSearchedBefore { _ = keys.id(of: key(1)) }
        keys.add(key(1), 3)
        #expect(keys.id(of: key(1)) == 3)
    }
}
