import Dispatch
import Foundation
import Inference
import SweepConfig
import Synchronization

/// The groups of runs that have come from a shared folder: threads wait for them.
final class PoolWork: WorkSource {
  private struct State {
    var groups: [RunGroup] = []
    /// Those that a thread has, of which another may take runs where there are no other groups.
    var taken: [RunGroup] = []
    /// The threads that have nothing to do.
    var waiting = 0
    var isOver = false
    var firstTaken: Double?
    var plans: [String: SharedPlan] = [:]
    /// What the runs of a cell have in common with others, by the cell's id.
    var keys: [String: String] = [:]
  }

  /// Plans are kept, for the next chunk often has runs of the same cells; not more than so many.
  private static let planLimit = 64

  private let state = Mutex(State())
  private let filled = DispatchSemaphore(value: 0)
  private let stop: StopRequest

  init(stop: StopRequest) { self.stop = stop }

  /// Adds runs; those that one plan executes stay together.
  func add(_ runs: [Run]) {
    var order: [String] = []
    var members: [String: [Run]] = [:]
    var keys = state.withLock { $0.keys }
    for run in runs {
      let key = WorkList.key(of: run, cells: &keys)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(run)
    }
    state.withLock { state in
      state.keys = keys
      for key in order {
        let own = members[key] ?? []
        let planKey = "\(FitPlan.lanes(for: own.count)) \(key)"
        if state.plans.count >= Self.planLimit { state.plans = [:] }
        let plan = state.plans[planKey] ?? SharedPlan()
        state.plans[planKey] = plan
        state.groups.append(RunGroup(own, plan: plan))
      }
    }
    for _ in order { filled.signal() }
  }

  func take() -> RunGroup? {
    state.withLock { $0.waiting += 1 }
    defer { state.withLock { $0.waiting -= 1 } }
    while !stop.isSet {
      let (group, isOver) = state.withLock { state in (Self.next(&state), state.isOver) }
      if let group { return group }
      if isOver { return nil }
      _ = filled.wait(timeout: .now() + 0.1)
    }
    return nil
  }

  private static func next(_ state: inout State) -> RunGroup? {
    state.taken.removeAll { $0.remaining == 0 }
    guard let group = state.groups.first else { return state.taken.max { $0.remaining < $1.remaining } }
    state.groups.removeFirst()
    state.taken.append(group)
    state.firstTaken = state.firstTaken ?? Date().timeIntervalSince1970
    return group
  }

  /// Whether a thread has nothing to do or, where runs are short, soon may have.
  ///
  /// - Parameter ahead: how many groups there should be that nobody has.
  func isHungry(ahead: Int) -> Bool { state.withLock { $0.groups.count < $0.waiting + ahead } }

  /// Whether a thread has nothing to do now.
  var isIdle: Bool { state.withLock { $0.waiting > 0 && $0.groups.isEmpty } }

  /// When the first group was taken, in seconds since 1970.
  var firstTaken: Double? { state.withLock { $0.firstTaken } }

  /// Says that nothing more comes.
  func close() {
    state.withLock { $0.isOver = true }
    for _ in 0..<1024 { filled.signal() }
  }
}
