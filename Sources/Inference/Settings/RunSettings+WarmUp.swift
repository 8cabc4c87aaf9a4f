extension RunSettings {
  /// The metric that says at the end of a run how many steps of its schedules were left; 0: β is at its end.
  public static let warmUpMetric = "warm_up_left"

  /// What changes by a schedule of steps, each with the key that it is set by.
  private var schedules: [(key: String, value: Beta)] {
    var schedules = [(key: "beta", value: beta)]
    if let rates = objective as? any RateObjective, case .scheduled(let capacity, let metric)? = rates.control
    {
      schedules.append(("objective.\(type(of: rates).name).\(metric)", capacity))
    }
    return schedules.filter { $0.value.constant == nil }
  }

  /// How many steps of the longest schedule are left after so many updates; nil where there is none.
  func warmUpLeft(after updates: Int) -> Int? {
    schedules.compactMap { $0.value.warmUpLeft(after: updates) }.max()
  }

  /// What is said before a run whose steps are over before its schedules are; empty of a start that is merely evaluated.
  public var warmUpWarnings: [String] {
    guard steps > 0 else { return [] }
    return schedules.compactMap { key, schedule in
      guard let left = schedule.warmUpLeft(after: steps), left > 0 else { return nil }
      let end = (1e6 * schedule.value(at: steps)).rounded() / 1e6
      return
        "warning: \(key) still has \(left) steps to go when the \(steps) of the run are over, and ends at "
        + "\(end.shortest); use steps: \(steps + left) or more, or a shorter schedule"
    }
  }

  /// What is recorded of that at the end of a run.
  func warmUpPoint(after updates: Int) -> MetricPoint? {
    warmUpLeft(after: updates).map { MetricPoint(Self.warmUpMetric, step: updates, Double($0)) }
  }
}
