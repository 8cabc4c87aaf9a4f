import Sharing
import SweepConfig
import Synchronization
import Tracking

/// What becomes of the chunks that a worker has: which runs have ended, and which of those are in the shared folder.
final class ChunkLedger: Sendable {
  private struct Chunk {
    var claim: ChunkClaim
    /// The places in the chunk of runs by their ids.
    var places: [String: Int]
    var published: Set<Int>

    var isDone: Bool { published.count == claim.runs.count }
  }

  private struct State {
    var tally = Tally([])
    var chunks: [Int: Chunk] = [:]
    var chunkOfRun: [String: Int] = [:]
    /// The ends of runs whose results are not in the folder.
    var ended: [String: RunStatus] = [:]
    var running: [String: Int] = [:]
    var published: [String: Int] = [:]
    var failures: [String: WorkerReport.Failure] = [:]
    var seconds = 0.0
    var count = 0
  }

  /// So many different reasons are told.
  private static let reasonLimit = 20

  private let state = Mutex(State())

  /// Enters a chunk.
  ///
  /// - Parameters:
  ///   - runs: all of them, in order.
  ///   - published: the places of those that are in the folder already.
  /// - Returns: the runs that are to be executed.
  func enter(_ claim: ChunkClaim, _ runs: [Run], published: Set<Int>) -> [Run] {
    state.withLock { state in
      let places = Dictionary(runs.enumerated().map { ($1.id, $0) }) { first, _ in first }
      state.chunks[claim.chunk] = Chunk(
        claim: claim, places: places, published: published.filter { runs.indices.contains($0) })
      let missing = runs.indices.filter { !published.contains($0) }.map { runs[$0] }
      for run in missing { state.chunkOfRun[run.id] = claim.chunk }
      state.tally.add(missing)
      return missing
    }
  }

  /// Enters runs that had ended when they came from an earlier owner, whose results are not in the folder.
  func inherit(_ ended: [String: RunStatus]) {
    state.withLock { state in
      for (id, status) in ended where state.chunkOfRun[id] != nil {
        state.ended[id] = status
        state.tally.count(status, elsewhere: id)
      }
    }
  }

  /// Counts what is in the worker's own store.
  func count(_ events: [StoreEvent]) {
    state.withLock { state in
      for event in events {
        state.tally.count(event)
        switch event {
        case .steps(let id, let block): state.running[id] = block.lastStep
        case .ended(let id, let outcome, _):
          state.running[id] = nil
          if outcome.status == .interrupted { continue }
          state.ended[id] = outcome.status
          state.seconds += outcome.seconds
          state.count += 1
          if let reason = outcome.reason { Self.note(outcome.status, reason, id, &state) }
        case .started, .begun, .points, .output: continue
        }
      }
    }
  }

  private static func note(_ status: RunStatus, _ reason: String, _ id: String, _ state: inout State) {
    let key = status.rawValue + reason
    guard state.failures[key] != nil || state.failures.count < reasonLimit else { return }
    state.failures[
      key, default: WorkerReport.Failure(status: status.rawValue, reason: reason, runs: 0, example: id)
    ].runs += 1
  }

  /// The runs that have ended and are not in the folder.
  var unpublished: Set<String> { state.withLock { Set($0.ended.keys) } }

  /// Enters that the results of runs are in the folder; returns the chunks that are done by it.
  func published(_ ids: Set<String>) -> [Int] {
    state.withLock { state in
      for id in ids {
        if let status = state.ended.removeValue(forKey: id) {
          state.published[status.rawValue, default: 0] += 1
        }
        guard let chunk = state.chunkOfRun.removeValue(forKey: id) else { continue }
        if let place = state.chunks[chunk]?.places[id] { state.chunks[chunk]?.published.insert(place) }
      }
      return state.chunks.values.filter(\.isDone).map(\.claim.chunk).sorted()
    }
  }

  /// Strikes out a chunk that is marked as done.
  func strike(_ chunk: Int) { state.withLock { $0.chunks[chunk] = nil } }

  /// The chunks that need nothing more than to be marked.
  var done: [Int] { state.withLock { $0.chunks.values.filter(\.isDone).map(\.claim.chunk).sorted() } }

  var isEmpty: Bool { state.withLock { $0.chunks.isEmpty } }

  /// The runs that have neither ended nor come to the folder.
  var open: [String] { state.withLock { state in state.chunkOfRun.keys.filter { state.ended[$0] == nil } } }

  /// The mean seconds of a run; nil before the first has ended.
  var meanSeconds: Double? { state.withLock { $0.count > 0 ? $0.seconds / Double($0.count) : nil } }

  var progress: SweepRunner.Progress { state.withLock { $0.tally.progress } }

  /// Fills in what is known of the runs.
  func fill(_ report: inout WorkerReport) {
    state.withLock { state in
      report.published = state.published
      report.steps = state.tally.progress.steps
      report.running = state.chunkOfRun.keys.compactMap { id in
        state.running[id].map { WorkerReport.Running(run: id, step: $0) }
      }.sorted { $0.run < $1.run }
      report.failures = state.failures.values.sorted { ($1.runs, $0.reason) < ($0.runs, $1.reason) }
      report.parts = state.chunks.mapValues { $0.published.sorted() }.filter { !$0.value.isEmpty }
    }
  }
}
