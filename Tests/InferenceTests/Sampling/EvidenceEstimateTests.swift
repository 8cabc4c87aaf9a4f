import Inference
import NumericArrays
import Testing

/// What estimates of the evidence come to, and how particles are resampled.
@Suite struct EvidenceEstimateTests {
  /// Of the logs 0, 1, 2, 3: mean 1.5, sd √(5/3); t₃ at 97.5 % is 3.18244630528 (Abramowitz & Stegun, table 26.10: 3.182).
  @Test("the lower bound is the mean of the logs, less its error by Student's t")
  func lowerBound() {
    let estimate = EvidenceEstimate(logEstimates: [0, 1, 2, 3])
    let error = (5.0 / 3).squareRoot() / 2
    #expect(abs(estimate.lowerBound - (1.5 - 3.18244630528 * error)) < 1e-9)
    // Σ exp / 4.
    let sum = 1 + 2.718281828459045 + 7.38905609893065 + 20.085536923187668
    #expect(abs(estimate.logMean - SpecialFunctions.log(sum / 4)) < 1e-14)
    let squares = 1 + 7.38905609893065 + 54.598150033144236 + 403.4287934927351
    #expect(abs(estimate.effectiveCount - sum * sum / squares) < 1e-12)
    // (Σ w² − n w̄²) / (n (n − 1)) over w̄².
    let relative = ((squares - sum * sum / 4) / 12).squareRoot() / (sum / 4)
    #expect(abs(estimate.standardError - relative) < 1e-13)
  }

  /// Pairs of the logs a, −∞ have the log mean a − log 2.
  @Test("of more than eight estimates the bound is that of the logs of eight groups' means")
  func groups() {
    let logs = (0..<16).map { $0 % 2 == 0 ? Double($0 / 2) : -.infinity }
    let whole = EvidenceEstimate(logEstimates: logs)
    let eight = EvidenceEstimate(logEstimates: (0..<8).map { Double($0) - SpecialFunctions.log(2) })
    #expect(abs(whole.lowerBound - eight.lowerBound) < 1e-12)
  }

  @Test("an estimate of zero leaves no lower bound but the mean")
  func zero() {
    let estimate = EvidenceEstimate(logEstimates: [-.infinity, 0, 0, 0])
    #expect(estimate.lowerBound == -.infinity)
    #expect(abs(estimate.logMean - SpecialFunctions.log(0.75)) < 1e-15)
  }

  @Test("systematic resampling takes each particle as often as its share says, up to one")
  func systematic() {
    let weights = [0.1, 0.0, 0.35, 0.05, 0.5]
    for uniform in [0, 0.25, 0.5, 0.999999] {
      let ancestors = Resampling.systematic(weights.map { SpecialFunctions.log($0) }, uniform: uniform)
      for (index, weight) in weights.enumerated() {
        let count = Double(ancestors.count { $0 == index })
        #expect(abs(count - 5 * weight) < 1 && (weight > 0 || count == 0))
      }
      #expect(ancestors == ancestors.sorted())
    }
  }

  @Test("conditional resampling keeps the first and draws the others where their numbers fall")
  func conditional() {
    let logs = [0.25, 0.25, 0.5].map { SpecialFunctions.log($0) }
    #expect(Resampling.conditional(logs, uniforms: [0.99, 0.6, 0.1]) == [0, 2, 0])
    #expect(Resampling.conditional(logs, uniforms: [0, 0.3, 0.49]) == [0, 1, 1])
  }
}
