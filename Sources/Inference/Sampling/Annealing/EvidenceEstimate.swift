import NumericArrays

/// What independent estimates of a normaliser, each without bias, come to: the log of their mean, and a bound that needs no more than
/// Jensen's inequality (Grosse, Ghahramani & Adams 2015).
package struct EvidenceEstimate: Sendable {
  /// log of the mean of the estimates, in nats.
  package let logMean: Double
  /// Its standard error by the delta method.
  package let standardError: Double
  /// (Σ w)² / Σ w² of the estimates.
  package let effectiveCount: Double
  /// The mean of the logs of groups of estimates, each expected not above the log of what is estimated, less its error at 97.5 %
  /// confidence (Student's t).
  package let lowerBound: Double

  /// - Parameter logEstimates: at least two; −∞ is an estimate of zero.
  package init(logEstimates: [Double]) {
    let count = Double(logEstimates.count)
    logMean = Statistics.logSumExp(logEstimates) - SpecialFunctions.log(count)
    let weights = logEstimates.map { [logMean] in SpecialFunctions.exp($0 - logMean) }
    effectiveCount = Resampling.effectiveSize(logEstimates)
    standardError = Statistics.standardError(weights)
    let logs = Self.groups(logEstimates).map { group in
      Statistics.logSumExp(group) - SpecialFunctions.log(Double(group.count))
    }
    let mean = Statistics.mean(logs)
    let quantile = Self.centralQuantile(0.95, degreesOfFreedom: Double(logs.count - 1))
    lowerBound = mean > -.infinity ? mean - quantile * Statistics.standardError(logs) : -.infinity
  }

  /// At most eight of about equal sizes. The log of a mean is nearer to the log of what is estimated than the mean of the logs, and an
  /// estimate near zero costs it little.
  private static func groups(_ values: [Double]) -> [[Double]] {
    let count = min(8, values.count)
    return (0..<count).map { group in
      Array(values[group * values.count / count..<(group + 1) * values.count / count])
    }
  }

  /// The t with P(|T| ≤ t) = `probability`, by bisection of P = 1 − I_{ν / (ν + t²)}(ν/2, 1/2) (Abramowitz & Stegun 26.7.1).
  private static func centralQuantile(_ probability: Double, degreesOfFreedom: Double) -> Double {
    var (low, high) = (0.0, 1000.0)
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      let outside = SpecialFunctions.regularizedBeta(
        0.5 * degreesOfFreedom, 0.5, degreesOfFreedom / (degreesOfFreedom + middle * middle))
      if outside > 1 - probability { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
