/// How many more seeds are expected to decide a difference that is undecided.
public enum FurtherSeeds: Sendable, Hashable {
  /// At least one; an expectation at the mean and spread seen so far, not a promise.
  case expected(Int)
  /// The Monte Carlo error of the final evaluation alone keeps it undecided: more seeds share that error and do not make it
  /// smaller; more samples of the evaluation do.
  case monteCarloError
  /// The mean lies on the edge of the region of practical equivalence: no number of seeds is expected to decide.
  case onTheEdge
  /// There is no interval yet to go by.
  case tooFewPairs

  public var count: Int? {
    if case .expected(let count) = self { count } else { nil }
  }

  /// Why there is no number; nil where there is one.
  public var reason: String? {
    switch self {
    case .expected: nil
    case .monteCarloError:
      "the Monte Carlo error of the final evaluation alone keeps it undecided, however many seeds"
    case .onTheEdge: "the mean lies on the edge of the region of practical equivalence"
    case .tooFewPairs: "fewer than three pairs have no interval"
    }
  }

  /// With n′ pairs of the spread seen so far the interval reaches √((t sd)² / n′ + (z se)²) to each side of the mean, where t is
  /// Student's quantile with n′ − 1 degrees of freedom: it must be less than the mean's distance from the nearer edge of the
  /// region. Where a difference is to be told, the test's |mean| √n′ / sd must reach the normal quantile of its adjusted level.
  ///
  /// - Parameters:
  ///   - region: differences up to this size do not matter.
  ///   - confidence: of the interval.
  ///   - comparisons: how many share the level of the test.
  package init(
    pairs: Int, mean: Double, standardDeviation: Double, monteCarloError: Double, region: Double,
    confidence: Double, comparisons: Int
  ) {
    guard pairs >= 3 else {
      self = .tooFewPairs
      return
    }
    let z = Normal.quantile((1 + confidence) / 2)
    let distance = abs(abs(mean) - region)
    let spread = standardDeviation * standardDeviation
    let room = distance * distance - z * z * monteCarloError * monteCarloError
    guard distance > 0 else {
      self = .onTheEdge
      return
    }
    guard room > 0 else {
      self = .monteCarloError
      return
    }
    var needed = z * z * spread / room
    if abs(mean) > region {
      let level = (1 - confidence) / Double(max(comparisons, 1))
      let tested = Normal.quantile(1 - level / 2)
      needed = max(needed, tested * tested * spread / (mean * mean))
    }
    // Beyond a billion it is as good as never, and no number of seeds to print.
    guard needed < 1e9 else {
      self = .onTheEdge
      return
    }
    var total = max(Int(needed.rounded(.up)), pairs + 1)
    // Student's quantile is the normal one to half a per cent from 250 degrees of freedom on.
    while total <= 250 {
      let t = StudentT.centralQuantile(confidence, degreesOfFreedom: total - 1)
      if t * t * spread / Double(total) <= room { break }
      total += 1
    }
    self = .expected(total - pairs)
  }
}
