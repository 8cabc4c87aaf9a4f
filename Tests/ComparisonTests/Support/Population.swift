import Comparison
import Foundation

/// Where simulated values come from; each has a known mean.
enum Population: String, CaseIterable {
  case normal, exponential
  case logNormal = "log-normal, σ = 0.5"
  case studentT = "Student t, 3 df"

  var mean: Double {
    switch self {
    case .normal, .studentT: 0
    case .exponential: 1
    case .logNormal: exp(0.125)
    }
  }

  /// Skewness 0, 2, 1.75 and 0; the last has no fourth moment.
  func draw(_ generator: inout SplitMix) -> Double {
    switch self {
    case .normal: Population.normalDraw(&generator)
    case .exponential: -log(Population.uniform(&generator))
    case .logNormal: exp(0.5 * Population.normalDraw(&generator))
    case .studentT:
      Population.normalDraw(&generator)
        / ((0..<3).reduce(0.0) { sum, _ in sum + pow(Population.normalDraw(&generator), 2) } / 3).squareRoot()
    }
  }

  func sample(_ count: Int, _ generator: inout SplitMix) -> [Double] {
    (0..<count).map { _ in draw(&generator) }
  }

  private static func uniform(_ generator: inout SplitMix) -> Double {
    (Double(generator.next() >> 11) + 0.5) / 9_007_199_254_740_992
  }

  /// Box & Muller 1958.
  private static func normalDraw(_ generator: inout SplitMix) -> Double {
    (-2 * log(uniform(&generator))).squareRoot() * cos(2 * .pi * uniform(&generator))
  }
}
