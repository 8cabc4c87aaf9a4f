import NumericArrays
import Synchronization
import Testing

/// Counts how often each piece is computed.
private final class Tally: Pieces {
  let counts: [Atomic<Int>.Box]
  init(_ count: Int) { counts = (0..<count).map { _ in .init() } }
  func compute(piece: Int) { counts[piece].value.add(1, ordering: .relaxed) }
}

extension Atomic<Int> {
  fileprivate final class Box: Sendable { let value = Atomic<Int>(0) }
}

/// Adds the number of a round to a number of its own for each piece: late or early pieces spoil the sums.
private final class Rounds: Pieces {
  var round = 0
  var sums = [Int](repeating: 0, count: 7)
  private let pointer: UnsafeMutablePointer<Int>

  init() {
    pointer = .allocate(capacity: 7)
    pointer.initialize(repeating: 0, count: 7)
  }
  deinit { pointer.deallocate() }

  func compute(piece: Int) { pointer[piece] += round }
  func collect() { sums = (0..<7).map { pointer[$0] } }
}

@Suite struct TeamTests {
  @Test("every piece is computed once", arguments: [1, 2, 3, 5])
  func once(threads: Int) {
    let team = Team(threads: threads)
    for count in [0, 1, 2, 7, 1000] {
      let tally = Tally(count)
      team.compute(tally, count: count)
      #expect(tally.counts.allSatisfy { $0.value.load(ordering: .relaxed) == 1 }, "\(count) pieces")
    }
  }

  @Test("a computation has ended when the next one starts", arguments: [1, 2, 3])
  func rounds(threads: Int) {
    let team = Team(threads: threads)
    let rounds = Rounds()
    for round in 1...5000 {
      rounds.round = round
      team.compute(rounds, count: 7)
    }
    rounds.collect()
    #expect(rounds.sums == [Int](repeating: 5000 * 5001 / 2, count: 7))
  }

  @Test("a team grows between computations and never shrinks")
  func growth() {
    let team = Team()
    #expect(team.threads == 1)
    for (wanted, threads) in [(1, 1), (3, 3), (2, 3)] {
      team.grow(to: wanted)
      #expect(team.threads == threads)
      let tally = Tally(50)
      team.compute(tally, count: 50)
      #expect(tally.counts.allSatisfy { $0.value.load(ordering: .relaxed) == 1 })
    }
  }
}
