import Foundation

/// The conjugate normal of `conjugateNormal` under q = N(mean, sd²), written out: what the objectives of its weights come to by
/// quadrature.
struct ConjugateWeights {
  var mean = 2.0
  var sd = 1.0
  var beta = 1.0

  /// The trapezoidal rule in standard units, whose error falls exponentially for functions like these; what is left out beyond ±12
  /// is below 1e-31.
  static let nodes = (-120...120).map { 0.1 * Double($0) }
  static let shares = nodes.map { 0.1 * exp(-0.5 * $0 * $0) / (2 * Double.pi).squareRoot() }

  /// log p(x given z) + β log p(z) − β log q(z) at z = mean + sd · ε.
  func logWeight(_ epsilon: Double) -> Double {
    let z = mean + sd * epsilon
    let likelihood = [1.0, 2, 3, 4, 5].reduce(0) { $0 + logNormal(z, $1, 2) }
    return likelihood + beta * (logNormal(z, 0, 10) - logNormal(z, mean, sd * sd))
  }

  private func logNormal(_ z: Double, _ mean: Double, _ variance: Double) -> Double {
    -0.5 * log(2 * Double.pi * variance) - 0.5 * (z - mean) * (z - mean) / variance
  }

  /// E[f(log w)].
  func expectation(_ f: (Double) -> Double) -> Double {
    zip(Self.nodes, Self.shares).reduce(0) { $0 + $1.1 * f(logWeight($1.0)) }
  }

  /// E[f(log w₁, log w₂)] of two independent draws.
  func pairedExpectation(_ f: (Double, Double) -> Double) -> Double {
    let values = Self.nodes.map(logWeight)
    var sum = 0.0
    for (a, first) in zip(values, Self.shares) {
      for (b, second) in zip(values, Self.shares) { sum += first * second * f(a, b) }
    }
    return sum
  }

  /// log E[w^γ] / γ, by one draw; E[log w] at γ = 0.
  func powerMean(_ power: Double) -> Double {
    power == 0 ? expectation { $0 } : log(expectation { exp(power * ($0 + 12)) }) / power - 12
  }

  /// E[log ((w₁^γ + w₂^γ) / 2) / γ], by two draws.
  func pairedPowerMean(_ power: Double) -> Double {
    pairedExpectation { a, b in
      let top = max(power * a, power * b)
      return (top + log(0.5 * (exp(power * a - top) + exp(power * b - top)))) / power
    }
  }

  /// E_λ[log w] under the density proportional to q w^λ.
  func expectedLogWeight(at inverseTemperature: Double) -> Double {
    let size = expectation { exp(inverseTemperature * ($0 + 12)) }
    return expectation { $0 * exp(inverseTemperature * ($0 + 12)) } / size
  }

  /// The left Riemann sum of K equal parts.
  func thermodynamic(_ partitions: Int) -> Double {
    (0..<partitions).reduce(0) { $0 + expectedLogWeight(at: Double($1) / Double(partitions)) }
      / Double(partitions)
  }
}
