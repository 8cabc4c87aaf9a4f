import Foundation
import Inference
import SweepConfig
import Synchronization

/// Runs that one plan executes, handed out one by one.
final class RunGroup: Sendable {
  private let runs: [Run]
  private let next = Atomic(0)
  private let plan = Mutex<FitPlan?>(nil)

  init(_ runs: [Run]) { self.runs = runs }

  var remaining: Int { max(0, runs.count - next.load(ordering: .relaxed)) }

  func take() -> Run? {
    let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < runs.count ? runs[index] : nil
  }

  /// The plan of all runs; made by the first who asks.
  func sharedPlan() -> FitPlan {
    plan.withLock { plan in
      if let plan { return plan }
      let made = FitPlan(runs[0].cell.settings, runs: runs.count)
      plan = made
      return made
    }
  }
}

/// The groups of runs still to be taken by the workers, in the order of their first runs.
final class WorkList: Sendable {
  private let groups: [RunGroup]
  private let next = Atomic(0)

  /// - Parameter workers: there are as many groups at least, where there are as many runs.
  init(_ runs: [Run], workers: Int) {
    var order: [String] = []
    var members: [String: [Run]] = [:]
    var keys: [String: String] = [:]
    for run in runs {
      let key = keys[run.cell.id] ?? canonicalJSON(run.cell.settings.planConfiguration)
      keys[run.cell.id] = key
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(run)
    }
    let parts = max(1, (workers + order.count - 1) / max(1, order.count))
    groups = order.flatMap { Self.split(members[$0] ?? [], parts).map(RunGroup.init) }
  }

  /// A group that no worker has, else the one with the most runs left; nil when there are none.
  func take() -> RunGroup? {
    let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
    if index < groups.count { return groups[index] }
    let fullest = groups.max { $0.remaining < $1.remaining }
    return fullest.flatMap { $0.remaining > 0 ? $0 : nil }
  }

  private static func split(_ runs: [Run], _ parts: Int) -> [[Run]] {
    let size = (runs.count + parts - 1) / parts
    return stride(from: 0, to: runs.count, by: size).map { Array(runs[$0..<min($0 + size, runs.count)]) }
  }
}
