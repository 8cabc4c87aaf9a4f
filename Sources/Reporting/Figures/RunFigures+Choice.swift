import Comparison
import Tracking

/// Which groups a figure of lines shows.
extension RunFigures {
  struct Choice {
    var groups: [GroupKey]
    /// The coordinates that all chosen groups share although the grid varies them.
    var fixed: [Label]
    var colorKey: String?
    var dashKey: String?
    /// All groups that have what is drawn, and those that have nothing of it.
    var available: Int
    var without: [GroupKey] = []

    func label(_ key: GroupKey) -> String {
      GroupKey(key.labels.filter { !fixed.contains($0) }).description
    }
  }

  /// Of a large grid only the groups that agree with the best one in everything but their family and one more key.
  ///
  /// - Parameter recorded: how many values of the metric each run has, by run id; groups of runs without any are not
  ///   chosen. Empty where that is not known.
  func chosenGroups(_ metric: String, recorded: Set<String> = []) -> Choice {
    let isElbo = metric == RunMetric.elbo.rawValue
    let every = (comparison.groups + (isElbo ? [] : comparison.unranked)).map(\.key)
    let having = recorded.isEmpty ? Set(every) : groups(ofRuns: recorded)
    let all = every.filter(having.contains)
    let color = colorKey
    let others = grouping.by.filter { $0 != color }
    let second = others.contains("form") ? "form" : others.first
    var choice = Choice(
      groups: all.sorted(), fixed: sharedLabels(all), colorKey: color, dashKey: second, available: all.count,
      without: every.filter { !having.contains($0) })
    guard all.count > Self.mostLines, let best = all.first else {
      // Lines that differ in a third key alone would look the same.
      let looks = Set(all.map { key in key.labels.filter { $0.key == color || $0.key == second } })
      if looks.count < all.count { (choice.colorKey, choice.dashKey) = (nil, nil) }
      return choice
    }
    for free in [[color, second], [color]] {
      let fixed = best.labels.filter { !free.contains($0.key) }
      let groups = all.filter { key in fixed.allSatisfy(key.labels.contains) }
      if groups.count <= Self.mostLines {
        choice.groups = groups.sorted()
        choice.fixed = fixed
        choice.dashKey = free.count > 1 ? second : nil
        return choice
      }
    }
    choice.groups = Array(all.prefix(Self.mostLines))
    choice.fixed = []
    choice.colorKey = nil
    choice.dashKey = nil
    return choice
  }

  private func groups(ofRuns ids: Set<String>) -> Set<GroupKey> {
    Set(zip(runs, grouping.groups(of: runs)).filter { ids.contains($0.0.record.runID) }.map(\.1))
  }

  /// The runs of each group.
  func members() -> [GroupKey: [RunSummary]] {
    var members: [GroupKey: [RunSummary]] = [:]
    for (run, group) in zip(runs, grouping.groups(of: runs)) { members[group, default: []].append(run) }
    return members
  }
}
