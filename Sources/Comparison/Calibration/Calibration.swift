import Foundation

/// What the probabilities below the truth say of an approximation, over replicates whose truth and data were drawn from the model.
///
/// Under the posterior itself they are independent and uniform on [0, 1] (Cook, Gelman & Rubin 2006, theorem 1; Talts et al. 2018); under an
/// approximation whose location is right they are symmetric about ½ (Yao, Vehtari, Simpson & Gelman 2018, section 3).
public struct Calibration: Sendable, Hashable {
  /// The replicates.
  public var count: Int
  /// The mean probability, ½ where the location is right, and its standard error.
  public var mean: Double
  public var meanError: Double
  /// The mean of 2 |p − ½|, ½ where the width is right: larger of what is too narrow.
  public var spread: Double
  /// The distance from uniform, and the p of all three questions.
  public var distance: Double
  public var uniformP: Double
  public var symmetryP: Double
  public var spreadP: Double

  /// nil of fewer than ``fewest`` probabilities, or where one is none.
  public init?(_ quantiles: [Double]) {
    guard quantiles.count >= Self.fewest, let distance = KolmogorovSmirnov.distance(quantiles),
      let asymmetry = SymmetryTest.distance(quantiles), let center = Comparison.mean(quantiles),
      let sd = standardDeviation(quantiles),
      let spread = Comparison.mean(quantiles.map { 2 * abs($0 - 0.5) })
    else { return nil }
    count = quantiles.count
    let root = Double(count).squareRoot()
    mean = center
    meanError = sd / root
    self.spread = spread
    self.distance = distance
    uniformP = KolmogorovSmirnov.probability(above: distance, count: count)
    symmetryP = SymmetryTest.probability(above: asymmetry, count: count)
    // 2 |p − ½| is uniform too, of variance 1/12; a mean of ten uniform numbers is Gaussian to 1e-3 of probability.
    spreadP = min(1, 2 * Normal.probability(below: -abs(spread - 0.5) * 12.0.squareRoot() * root))
  }

  /// Fewer replicates tell nothing.
  public static let fewest = 10
}

/// What calibrations say when they are judged together: with all of their questions as one family of tests, an error in any of them has
/// probability 0.05 at most (Holm 1979).
public struct CalibrationVerdict: Sendable, Hashable {
  public enum Finding: String, Sendable, Hashable, CaseIterable {
    /// The truth is above the middle of q more often than below it, or the other way round.
    case low, high
    /// The truth is in the tails of q more often than it should be, or more seldom.
    case narrow = "too narrow"
    case wide = "too wide"
    /// Neither is said of probabilities that are not uniform.
    case uneven = "not uniform"
  }

  public var calibration: Calibration
  /// The least of its adjusted p.
  public var p: Double
  /// Empty where no deviation was found.
  public var findings: [Finding]

  public static let level = 0.05

  /// - Returns: in the order of `calibrations`.
  public static func judged(_ calibrations: [Calibration]) -> [CalibrationVerdict] {
    let adjusted = holmAdjusted(calibrations.flatMap { [$0.uniformP, $0.symmetryP, $0.spreadP] })
    return calibrations.enumerated().map { index, calibration in
      let own = Array(adjusted[3 * index..<3 * index + 3])
      var findings: [Finding] = []
      if own[1] <= level { findings.append(calibration.mean > 0.5 ? .low : .high) }
      if own[2] <= level { findings.append(calibration.spread > 0.5 ? .narrow : .wide) }
      if findings.isEmpty, own[0] <= level { findings = [.uneven] }
      return CalibrationVerdict(calibration: calibration, p: own.min() ?? 1, findings: findings)
    }
  }

  /// `low, too narrow`; `none found` of no deviation.
  public var text: String {
    findings.isEmpty ? "none found" : findings.map(\.rawValue).joined(separator: ", ")
  }
}
