#if canImport(Glibc)
  import Glibc
#endif

/// The same learning rate throughout.
public struct ConstantRate: StepSchedule {
  public static let name = "constant"
  public static let summary = "the same learning rate throughout"
  public static var options: [Option<Self>] { [] }

  public init() {}

  public func factor(at update: Int, of total: Int) -> Double { 1 }
}

/// Exponential decay to a given fraction of the learning rate at the end of the run.
public struct ExponentialDecay: StepSchedule {
  public static let name = "exponential"
  public static let summary = "exponential decay to a fraction of the learning rate"
  public var final = 0.01
  public static var options: [Option<Self>] {
    [.number("final", \.final, .fraction, "the fraction of the learning rate reached at the end")]
  }

  public init() {}

  public func factor(at update: Int, of total: Int) -> Double {
    pow(final, Double(update) / Double(max(1, total - 1)))
  }
}

/// Half a cosine from the learning rate to a fraction of it (Loshchilov & Hutter 2017, eq. 5, without restarts).
public struct CosineDecay: StepSchedule {
  public static let name = "cosine"
  public static let summary = "half a cosine down to a fraction of the learning rate"
  public var final = 0.0
  public static var options: [Option<Self>] {
    [
      .number(
        "final", \.final, Bounds(lower: 0, upper: 1),
        "the fraction of the learning rate reached at the end")
    ]
  }

  public init() {}

  public func factor(at update: Int, of total: Int) -> Double {
    let progress = Double(update) / Double(max(1, total))
    return final + (1 - final) * 0.5 * (1 + cos(.pi * progress))
  }
}

/// Decay as 1 / √(1 + t / timescale): too slow for the last iterate to settle, as its squares do not sum, but the decay
/// that suits averaged iterates (Polyak & Juditsky 1992).
public struct InverseSquareRoot: StepSchedule {
  public static let name = "inverse-sqrt"
  public static let summary = "decay as 1/√(1 + t/timescale)"
  public var timescale = 100.0
  public static var options: [Option<Self>] {
    [.number("timescale", \.timescale, .positive, "updates until the decay sets in")]
  }

  public init() {}

  public func factor(at update: Int, of total: Int) -> Double {
    1 / (1 + Double(update) / timescale).squareRoot()
  }
}
