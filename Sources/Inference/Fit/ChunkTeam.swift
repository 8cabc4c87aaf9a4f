import Dispatch
import Synchronization

/// Threads that share the chunks of a sum: each takes the next chunk, and the results are added in the order of the chunks, so
/// that the bits do not depend on how many threads there are.
struct ChunkTeam: Sendable {
  let threads: Int

  /// - Precondition: at least one thread.
  init(threads: Int) {
    precondition(threads > 0, "a team of no threads")
    self.threads = threads
  }

  /// Σ over chunks of `value(thread, chunk)`, vectors of one length.
  ///
  /// - Parameter value: called from several threads at once, of one `thread` never more than once.
  func sum(chunks: Int, _ value: (_ thread: Int, _ chunk: Int) -> [Double]) -> [Double] {
    let next = Atomic(0)
    let sum = Mutex(OrderedSum())
    withoutActuallyEscaping(value) { value in
      // Its caller keeps what the threads write apart, by their number.
      nonisolated(unsafe) let value = value
      @Sendable func work(_ thread: Int) {
        while true {
          let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard chunk < chunks else { return }
          let term = value(thread, chunk)
          sum.withLock { $0.add(term, at: chunk) }
        }
      }
      let members = min(threads, chunks)
      if members == 1 {
        work(0)
      } else {
        DispatchQueue.concurrentPerform(iterations: members, execute: work)
      }
    }
    return sum.withLock { $0.total }
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
