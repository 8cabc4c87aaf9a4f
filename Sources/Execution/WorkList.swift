import Foundation
import Inference
import SweepConfig
import Synchronization
import Tracking

/// Runs that one plan executes, claimed a few at a time.
final class RunGroup: Sendable {
  private let runs: [Run]
  /// The place of the next run that nobody has asked for.
  private let next = Mutex(0)
  private let plan: SharedPlan

  /// - Parameter plan: that of runs that do the same, and are as many together.
  init(_ runs: [Run], plan: SharedPlan = SharedPlan()) {
    self.runs = runs
    self.plan = plan
  }

  /// What the runs do: those of a group do the same.
  var task: RunTask { runs[0].cell.settings.task }

  var remaining: Int { runs.count - next.withLock { $0 } }

  /// Takes up to `limit` runs that no other process has; fewer only where there are no more.
  func claim(_ limit: Int, by claims: Claims) throws(StoreError) -> [(run: Run, claim: ClaimedRun)] {
    try next.withLock { next throws(StoreError) in
      var result: [(run: Run, claim: ClaimedRun)] = []
      while result.count < limit, next < runs.count {
        let (taken, seen) = try claims.take(
          runs[next..<min(next + max(64, limit), runs.count)], limit: limit - result.count)
        result += taken
        next += seen
      }
      return result
    }
  }

  /// The plan of all runs; made by the first who asks.
  ///
  /// - Throws: where the data that the runs' seed draws cannot be modelled.
  func sharedPlan() throws(SettingsProblem) -> FitPlan {
    try plan.made { () throws(SettingsProblem) in
      FitPlan(try runs[0].cell.settings.replicate(seed: UInt64(runs[0].seed)), runs: runs.count)
    }
  }
}

/// A plan that is made once, when it is needed.
final class SharedPlan: Sendable {
  private let plan = Mutex<FitPlan?>(nil)

  func made(_ make: () throws(SettingsProblem) -> FitPlan) throws(SettingsProblem) -> FitPlan {
    try plan.withLock { plan throws(SettingsProblem) in
      if let plan { return plan }
      let made = try make()
      plan = made
      return made
    }
  }
}

/// Where workers get groups of runs.
protocol WorkSource: Sendable {
  /// The next group, which may be waited for; nil when there are no more.
  func take() -> RunGroup?
}

/// The groups of runs still to be taken by the workers, in the order of their first runs.
final class WorkList: WorkSource {
  private let groups: [RunGroup]
  private let next = Atomic(0)

  /// - Parameter workers: there are as many groups at least, where there are as many runs.
  init(_ runs: [Run], workers: Int) {
    var order: [String] = []
    var members: [String: [Run]] = [:]
    var keys: [String: String] = [:]
    for run in runs {
      let key = Self.key(of: run, cells: &keys)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(run)
    }
    let parts = max(1, (workers + order.count - 1) / max(1, order.count))
    groups = order.flatMap { Self.split(members[$0] ?? [], parts).map { RunGroup($0) } }
  }

  /// What the runs of a group have in common: the plan that executes them, or the program; and the seed, where it draws the data.
  ///
  /// - Parameter cells: what is known of cells, by their ids.
  static func key(of run: Run, cells: inout [String: String]) -> String {
    let settings = run.cell.settings
    let key = cells[run.cell.id] ?? key(of: settings)
    cells[run.cell.id] = key
    return settings.hasDataPerSeed ? "\(key) \(run.seed)" : key
  }

  private static func key(of settings: RunSettings) -> String {
    guard case .program = settings.task else { return canonicalJSON(settings.planConfiguration) }
    return canonicalJSON(settings.configuration["model"] ?? .null)
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
