#if canImport(Glibc)
  import Glibc
#endif

/// From one β to another in a straight line, then constant (Bowman et al. 2016 anneal so from 0 to 1).
public struct LinearBeta: BetaSchedule {
  public static let name = "linear"
  public static let summary = "a straight line from one β to another, then constant"
  public var from = 0.0
  public var to = 1.0
  public var steps = 1000
  public static var options: [Option<Self>] {
    [
      .number("from", \.from, .nonNegative, "β at the first step"),
      .number("to", \.to, .nonNegative, "β once the ramp is over"),
      .integer("steps", \.steps, 1...Int.max, "length of the ramp in steps"),
    ]
  }

  public init() {}

  public func beta(at step: Int) -> Double {
    between(from, to, share: min(1, Double(step) / Double(steps)))
  }

  public func warmUpLeft(after updates: Int) -> Int { from == to ? 0 : max(0, steps - updates) }

  public var range: ClosedRange<Double> { min(from, to)...max(from, to) }
}

/// From one β to another along a logistic curve, scaled to meet both ends exactly.
public struct SigmoidBeta: BetaSchedule {
  public static let name = "sigmoid"
  public static let summary = "a logistic curve from one β to another, then constant"
  public var from = 0.0
  public var to = 1.0
  public var steps = 1000
  public var steepness = 10.0
  public static var options: [Option<Self>] {
    [
      .number("from", \.from, .nonNegative, "β at the first step"),
      .number("to", \.to, .nonNegative, "β once the ramp is over"),
      .integer("steps", \.steps, 1...Int.max, "length of the ramp in steps"),
      .number("steepness", \.steepness, .positive, "the logistic's slope over the whole ramp"),
    ]
  }

  public init() {}

  public func beta(at step: Int) -> Double {
    // The logistic is ½ (1 + tanh(x/2)); the hyperbolic tangent does not cancel where the slope is small.
    let progress = min(1, Double(step) / Double(steps))
    let end = tanh(0.25 * steepness)
    return between(from, to, share: (tanh(0.5 * steepness * (progress - 0.5)) + end) / (2 * end))
  }

  public func warmUpLeft(after updates: Int) -> Int { from == to ? 0 : max(0, steps - updates) }

  public var range: ClosedRange<Double> { min(from, to)...max(from, to) }
}

/// Repeated linear ramps, each followed by a plateau (Fu et al. 2019, eq. 6).
public struct CyclicalBeta: BetaSchedule {
  public static let name = "cyclical"
  public static let summary = "repeated ramps, each followed by a plateau"
  public var from = 0.0
  public var to = 1.0
  public var period = 500
  public var ramp = 0.5
  public static var options: [Option<Self>] {
    [
      .number("from", \.from, .nonNegative, "β at the start of each cycle"),
      .number("to", \.to, .nonNegative, "β on the plateaus"),
      .integer("period", \.period, 1...Int.max, "length of a cycle in steps"),
      .number("ramp", \.ramp, .fraction, "the fraction of a cycle that β rises for"),
    ]
  }

  public init() {}

  public func beta(at step: Int) -> Double {
    let progress = Double(step % period) / Double(period)
    return between(from, to, share: min(1, progress / ramp))
  }

  public func warmUpLeft(after updates: Int) -> Int {
    let rise = Int((ramp * Double(period)).rounded(.up))
    // A whole number of cycles ends on a plateau.
    let place = updates > 0 && updates % period == 0 ? period : updates % period
    return from == to ? 0 : max(0, rise - place)
  }

  public var range: ClosedRange<Double> { min(from, to)...max(from, to) }
}

/// The number at a share of the way from one to another: both ends exactly, and never outside them.
private func between(_ from: Double, _ to: Double, share: Double) -> Double {
  min(max((1 - share) * from + share * to, min(from, to)), max(from, to))
}
