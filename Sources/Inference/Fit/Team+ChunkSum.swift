import NumericArrays
import Synchronization

extension Team {
  /// Σ over chunks of `value(member, chunk)`, vectors of one length: each member of the team takes the next chunk, and the
  /// results are added in the order of the chunks, so that the bits do not depend on how many members there are.
  ///
  /// - Parameter value: called from several threads at once, for one `member` never more than once.
  func sum(chunks: Int, members: Int, _ value: (_ member: Int, _ chunk: Int) -> [Double]) -> [Double] {
    withoutActuallyEscaping(value) { value in
      let sum = ChunkSum(chunks: chunks, value)
      compute(sum, count: min(members, chunks))
      return sum.total
    }
  }
}

/// The pieces of a sum over chunks: one for each member.
private final class ChunkSum: Pieces {
  private let chunks: Int
  private let value: (Int, Int) -> [Double]
  private let next = Atomic(0)
  private let sum = Mutex(OrderedSum())

  init(chunks: Int, _ value: @escaping (Int, Int) -> [Double]) {
    self.chunks = chunks
    self.value = value
  }

  var total: [Double] { sum.withLock { $0.total } }

  func compute(piece member: Int) {
    while true {
      let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard chunk < chunks else { return }
      let term = value(member, chunk)
      sum.withLock { $0.add(term, at: chunk) }
    }
  }
}

/// A sum of vectors that come in any order and are added in the order of their places.
private struct OrderedSum {
  private(set) var total: [Double] = []
  private var added = 0
  /// Terms whose turn has not come.
  private var waiting: [Int: [Double]] = [:]

  mutating func add(_ term: [Double], at place: Int) {
    waiting[place] = term
    while let term = waiting.removeValue(forKey: added) {
      if added == 0 {
        total = term
      } else {
        for index in total.indices { total[index] += term[index] }
      }
      added += 1
    }
  }
}
