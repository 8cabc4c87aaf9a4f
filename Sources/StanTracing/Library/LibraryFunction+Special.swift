import Foundation
import NumericArrays
import StanLanguage

extension LibraryFunction {
  /// Special functions that are made of others, or of an integral by a rule of fixed points.
  static let special: [LibraryFunction] = [
    LibraryFunction("trigamma") { tracer, values, range throws(StanDiagnostic) in
      let known = try constants([.numeric(numeric(values, 0, range))], 0, range).map(
        SpecialFunctions.trigamma)
      let x = try numeric(values, 0, range)
      return .numeric(Numeric(x.kind, rows: x.rows, columns: x.columns, .constant(known), x.origin))
    },
    each("std_normal_qf") { $0.map(.standardNormalQuantile) },
    // erfc(x) = 2 Φ(−√2 x).
    each("inv_erfc") { (-1 / 2.0.squareRoot()) * (0.5 * $0).map(.standardNormalQuantile) },
    // σ(x) − σ(y) = σ(x) (1 − σ(y)) (1 − exp(y − x)).
    pair("log_inv_logit_diff") { -(-$0).softplus - $1.softplus + ($1 - $0).map(.log1mExp) },
    pair("binary_log_loss") { -($0 * $1.log + (1 - $0) * $1.log1m) },
    LibraryFunction("inc_beta") { tracer, values, range throws(StanDiagnostic) in
      var parts: [Quantity] = []
      for index in 0..<3 { parts.append(Quantity(tracer: tracer, value: try numeric(values, index, range))) }
      return .numeric(parts[0].incompleteBeta(parts[1], parts[2]).value)
    },
    bessel("bessel_first_kind") { order, x in x.besselJ(order) },
    bessel("modified_bessel_first_kind") { order, x in x.logBesselI(order).exp },
    bessel("modified_bessel_second_kind") { order, x in x.logBesselK(order).exp },
  ]

  /// A function of a whole order and of numbers.
  private static func bessel(_ name: String, _ function: @escaping @Sendable (Int, Quantity) -> Quantity)
    -> LibraryFunction
  {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      guard case .int(let order, _) = values[0], abs(order) <= Quantity.largestOrder else {
        throw StanDiagnostic(
          at: range,
          what: "the order is no integer from -\(Quantity.largestOrder) to \(Quantity.largestOrder)",
          fix: "load the program through BridgeStan")
      }
      return try each(name) { function(order, $0) }.body(tracer, [values[1]], range)
    }
  }
}

/// Bessel functions of whole orders by their integrals: the trapezoidal rule is exact to rounding where the integrand is periodic,
/// or dies off at both ends (Trefethen & Weideman 2014, https://doi.org/10.1137/130932132).
extension Quantity {
  static let largestOrder = 50
  /// Points on half a circle. The error at x is that of I₁₀₂₄(x) and J₁₀₂₄(x) against 1: below rounding up to x = 700.
  private static let halfCircle = 512

  /// log of I_n(x): for n = 0, ∫₀^π exp(x cos θ) dθ / π; for others by Poisson's integral
  /// (x/2)ⁿ ∫₀^π exp(x cos θ) sin²ⁿ θ dθ / (√π Γ(n + ½)), whose terms are all positive (Olver et al. 2010, 10.32.2).
  func logBesselI(_ signedOrder: Int = 0) -> Quantity {
    let order = abs(signedOrder)
    let count = Self.halfCircle
    let angles = (0...count).map { Double.pi * Double($0) / Double(count) }
    let logWeights = (0...count).map { place -> Double in
      let end = place == 0 || place == count
      if order > 0, end { return -.infinity }
      return Foundation.log((end ? 0.5 : 1) / Double(count))
        + (order == 0 ? 0 : 2 * Double(order) * Foundation.log(Foundation.sin(angles[place])))
    }
    let some = logWeights.indices.filter { logWeights[$0].isFinite }
    let slopes = constants(some.map { Foundation.cos(angles[$0]) })
    let weights = constants(some.map { logWeights[$0] })
    return overElements { x in
      let integral = (x * slopes + weights).logSumExp
      if order == 0 { return integral }
      let scale = 0.5 * Foundation.log(Double.pi) - ElementFunction.logGamma(Double(order) + 0.5)
      return integral + Double(order) * (0.5 * x).log + scale
    }
  }

  /// J_n(x) = ∫₀^π cos(nθ − x sin θ) dθ / π.
  func besselJ(_ order: Int) -> Quantity {
    let count = Self.halfCircle
    let angles = (0...count).map { Double.pi * Double($0) / Double(count) }
    let phases = constants(angles.map { Double(order) * $0 })
    let slopes = constants(angles.map { Foundation.sin($0) })
    let weights = constants(angles.indices.map { ($0 == 0 || $0 == count ? 0.5 : 1) / Double(count) })
    return overElements { x in (phases - x * slopes).map(.cos).dot(weights) }
  }

  /// log of K_n(x) = ∫₀^∞ exp(−x cosh t) cosh(nt) dt, for x above 1e-6.
  func logBesselK(_ order: Int) -> Quantity {
    let step = 1 / 8.0
    let times = stride(from: 0, through: 22, by: step).map { $0 }
    let slopes = constants(times.map { -Foundation.cosh($0) })
    let logWeights = constants(
      times.map { time in
        Foundation.log(time == 0 ? 0.5 * step : step) + Foundation.log(Foundation.cosh(Double(order) * time))
      })
    return overElements { x in (x * slopes + logWeights).logSumExp }
  }

  private func constants(_ values: [Double]) -> Quantity {
    Quantity(tracer: tracer, value: Numeric(.vector, values))
  }

  /// A function of each element by itself.
  func overElements(_ function: (Quantity) -> Quantity) -> Quantity {
    let results = (0..<count).map { function(at([$0]).asNumber).value }
    return Quantity(
      tracer: tracer,
      value: Numeric.concatenated(results, .vector).shaped(
        value.kind, rows: value.rows, columns: value.columns))
  }
}
