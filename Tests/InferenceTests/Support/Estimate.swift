import NumericArrays

/// The mean of independent values with its standard error.
struct Estimate {
  var mean: Double
  var standardError: Double

  init(_ values: [Double]) {
    mean = Statistics.mean(values)
    standardError = Statistics.standardError(values)
  }

  /// Whether the mean is within 5 standard errors of `expected`, up to rounding of 1e-9 relative.
  func agrees(with expected: Double) -> Bool {
    abs(mean - expected) <= 5 * standardError + 1e-9 * max(1, abs(expected))
  }
}

func zipMap(_ a: [Double], _ b: [Double], _ body: (Double, Double) -> Double) -> [Double] {
  zip(a, b).map { body($0, $1) }
}
