import Foundation
import Inference
import NumericArrays
import Testing

/// Pareto-smoothed importance sampling against ArviZ 0.23.4 (`reference_psis.py` beside this file).
@Suite struct ImportanceWeightsTests {
  struct Reference: Sendable {
    var count: Int
    var slope: Double
    var ripple: Double
    var shape: Double
    var effectiveSampleSize: Double
    var logMean: Double

    /// −a log u − … at u = frac(i (√5 − 1) / 2).
    var logWeights: [Double] {
      (1...count).map { i in
        let u = (Double(i) * 0.6180339887498949).truncatingRemainder(dividingBy: 1)
        return -slope * log(u) + ripple * sin(7 * Double(i))
      }
    }
  }

  static let references = [
    (100, 0.4, 0.3, 0.5205887616681188, 69.9538308357247, 0.5208328563801579),
    (1000, 0.2, 0.3, 0.24963422161961762, 901.4122709362347, 0.24495492176360933),
    (1000, 0.8, 0.3, 0.725718589618298, 99.83837876789974, 1.377731314613591),
    (1000, 1.3, 0.3, 1.119541262611049, 7.236833996996575, 3.343427445615278),
    (10000, 0.6, 0.3, 0.5385506878231914, 1988.9734032839433, 0.9189283003601574),
    (1000, -0.5, 1.0, -0.5429813195900978, 623.558117414411, -0.16810850245637132),
  ].map {
    Reference(
      count: $0.0, slope: $0.1, ripple: $0.2, shape: $0.3, effectiveSampleSize: $0.4, logMean: $0.5)
  }

  @Test("the tail shape, the smoothed weights and their mean are ArviZ's", arguments: references)
  func arviz(_ reference: Reference) throws {
    let weights = ImportanceWeights(logWeights: reference.logWeights)
    // Logarithms and sums of up to 10,000 numbers in another order: some 1e-12.
    #expect(abs(try #require(weights.tailShape) - reference.shape) < 1e-9)
    #expect(
      abs(weights.effectiveSampleSize - reference.effectiveSampleSize) < 1e-9 * reference.effectiveSampleSize)
    #expect(abs(weights.logMean - reference.logMean) < 1e-10)
  }

  @Test("a constant factor of the weights moves the evidence alone")
  func scale() {
    let logWeights = Self.references[2].logWeights
    let (plain, moved) = (
      ImportanceWeights(logWeights: logWeights), ImportanceWeights(logWeights: logWeights.map { $0 - 1e4 })
    )
    // −10,000 leaves twelve digits of each weight.
    #expect(abs(moved.logMean - (plain.logMean - 1e4)) < 1e-8)
    #expect(abs((moved.tailShape ?? .nan) - (plain.tailShape ?? .nan)) < 1e-7)
  }

  @Test("the fit of quantiles of a generalized Pareto distribution is ArviZ's")
  func quantiles() throws {
    let known = GeneralizedPareto(shape: 0.3, scale: 2)
    let tail = (0..<500).map { known.quantile((Double($0) + 0.5) / 500) }
    let fit = try #require(GeneralizedPareto(fittedTo: tail))
    #expect(abs(fit.shape - 0.30609286101981115) < 1e-9)
    #expect(abs(fit.scale - 1.9937912277803649) < 1e-9)
  }

  @Test("thresholds of 100, 1,000 and 100,000 draws")
  func thresholds() {
    // 1 − 1/2, 1 − 1/3, and at most 0.7 (Vehtari et al. 2024, section 3.2.4).
    for (draws, threshold) in [(100, 0.5), (1000, 2.0 / 3), (100_000, 0.7)] {
      #expect(abs(ImportanceWeights.threshold(draws: draws) - threshold) < 1e-12)
    }
  }

  @Test("constant weights have no tail, and are all worth as much")
  func constant() {
    let weights = ImportanceWeights(logWeights: (0..<100).map { 3 + 1e-14 * Double($0 % 7) })
    #expect(weights.tailShape == nil)
    #expect(abs(weights.effectiveSampleSize - 100) < 1e-9)
    #expect(abs(weights.logMean - 3) < 1e-12 && weights.standardError < 1e-7)
  }

  @Test("a weight that is not a number, or infinite, is said", arguments: [Double.nan, .infinity])
  func notFinite(_ bad: Double) {
    let weights = ImportanceWeights(logWeights: [bad] + (0..<99).map(Double.init))
    #expect(weights.tailShape?.isNaN == true && weights.logMean.isNaN && weights.effectiveSampleSize.isNaN)
  }

  @Test("draws where the density is zero weigh nothing")
  func zeros() {
    let some = Self.references[1].logWeights
    let weights = ImportanceWeights(logWeights: some + some.map { _ in -Double.infinity })
    #expect(weights.logMean.isFinite && weights.effectiveSampleSize < 1000)
  }
}
