import Foundation

/// The median of times of which some are only known to be longer: a run that ended before it came within ε of the best.
public struct SurvivalMedian: Sendable, Hashable {
  /// A time, and whether the event happened then or had not happened yet.
  public struct Time: Sendable, Hashable {
    public var value: Double
    public var isCensored: Bool

    public init(_ value: Double, isCensored: Bool = false) {
      self.value = value
      self.isCensored = isCensored
    }
  }

  /// The first time at which the estimated survival is at most a half (Kaplan & Meier 1958,
  /// doi:10.1080/01621459.1958.10501452); nil where more than half survive all times seen.
  public var median: Double?
  /// The ends of the 95 % interval (Brookmeyer & Crowley 1982, doi:10.2307/2530286): the times at which the log(−log)
  /// interval of the survival, with Greenwood's variance, holds a half. nil where there is no such end: unbounded above.
  public var low: Double?
  public var high: Double?
  public var events: Int
  public var censored: Int

  /// - Returns: nil of no time.
  /// - Precondition: no time is NaN.
  public init?(_ times: [Time]) {
    guard !times.isEmpty else { return nil }
    events = times.count { !$0.isCensored }
    censored = times.count - events
    let z = Normal.quantile(0.975)
    let ends = Set(times.lazy.filter { !$0.isCensored }.map(\.value)).sorted()
    var survival = 1.0
    var greenwood = 0.0
    for time in ends {
      // A run that is censored at the time of an event had not had it: it was at risk.
      let atRisk = Double(times.count { $0.value >= time })
      let ended = Double(times.count { !$0.isCensored && $0.value == time })
      survival *= 1 - ended / atRisk
      // A half that is one in exact arithmetic may round to more.
      let half = 0.5 * (1 + 1e-12)
      if median == nil, survival <= half { median = time }
      // Once nobody is left the variance is not defined, and the interval says no more.
      guard ended < atRisk else { break }
      greenwood += ended / (atRisk * (atRisk - ended))
      let spread = z * greenwood.squareRoot() / abs(log(survival))
      if low == nil, pow(survival, exp(spread)) <= half { low = time }
      if high == nil, pow(survival, exp(-spread)) <= half { high = time }
    }
  }
}
