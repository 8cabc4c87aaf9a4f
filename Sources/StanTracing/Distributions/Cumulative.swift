import Foundation
import NumericArrays
import StanLanguage

/// Cumulative distribution functions, for truncation, censoring and tail probabilities.
extension Tracer {
  /// log P(Y ≤ y), or log P(Y > y) of the upper tail, one for each outcome.
  func logCumulative(_ density: Density, _ tail: DensityForm.Tail, _ values: [Value], at range: SourceRange)
    throws(StanDiagnostic) -> Quantity
  {
    guard let function = Cumulative.all[density.name] else {
      throw StanDiagnostic(
        at: range, what: "wb has no cumulative distribution function of '\(density.name)'",
        fix: "write it in the program, or load the program through BridgeStan")
    }
    return try function(try DensityArguments(values, tracer: self, at: range), tail)
  }
}

/// The logs of both tails of a distribution.
struct Cumulative: Sendable {
  typealias Body = @Sendable (DensityArguments, DensityForm.Tail) throws(StanDiagnostic) -> Quantity

  private let body: Body

  private init(_ body: @escaping Body) { self.body = body }

  func callAsFunction(_ arguments: DensityArguments, _ tail: DensityForm.Tail) throws(StanDiagnostic)
    -> Quantity
  {
    try body(arguments, tail)
  }

  /// Symmetric about a location: the upper tail at z is the lower one at −z.
  private static func symmetric(
    _ z: @escaping @Sendable (DensityArguments) -> Quantity,
    _ logLower: @escaping @Sendable (Quantity) -> Quantity
  ) -> Cumulative {
    Cumulative { a, tail in logLower(tail == .lower ? z(a) : -z(a)) }
  }

  /// By the log of the upper tail.
  private static func survival(_ logUpper: @escaping @Sendable (DensityArguments) -> Quantity) -> Cumulative {
    Cumulative { a, tail in tail == .upper ? logUpper(a) : logUpper(a).map(.log1mExp) }
  }

  /// By the log of the lower tail.
  private static func lower(_ logLower: @escaping @Sendable (DensityArguments) -> Quantity) -> Cumulative {
    Cumulative { a, tail in tail == .lower ? logLower(a) : logLower(a).map(.log1mExp) }
  }

  private static func standardised(_ a: DensityArguments) -> Quantity { (a[0] - a[1]) / a[2] }

  /// By the name of the distribution.
  static let all: [String: Cumulative] = [
    "normal": .symmetric(standardised) { $0.map(.logStandardNormalCDF) },
    "std_normal": .symmetric({ $0[0] }, { $0.map(.logStandardNormalCDF) }),
    "lognormal": .symmetric({ ($0[0].log - $0[1]) / $0[2] }, { $0.map(.logStandardNormalCDF) }),
    "logistic": .symmetric(standardised) { -(-$0).softplus },
    // ½ + atan(z)/π.
    "cauchy": .symmetric(standardised) { (0.5 + (1 / Double.pi) * $0.map(.arctangent)).log },
    "double_exponential": Cumulative { a, tail in
      let z = tail == .lower ? standardised(a) : -standardised(a)
      // ½ exp(z) below, 1 − ½ exp(−z) above: one of the two is 0 in each term.
      let negative = z.minimum(z.constant(0))
      let positive = z.maximum(z.constant(0))
      return negative - Foundation.log(2) + (2 - (-positive).exp).log
    },
    "gumbel": .lower { -(-standardised($0)).exp },
    "exponential": .survival { -($0[1] * $0[0]) },
    "weibull": .survival { -($0[1] * ($0[0].log - $0[2].log)).exp },
    "frechet": .lower { -($0[1] * ($0[2].log - $0[0].log)).exp },
    "rayleigh": .survival { -0.5 * ($0[0] / $0[1]).squared },
    "loglogistic": .symmetric({ $0[2] * ($0[0].log - $0[1].log) }, { -(-$0).softplus }),
    "pareto": .survival { $0[2] * ($0[1].log - $0[0].log) },
    "pareto_type_2": .survival { -$0[3] * (($0[0] - $0[1]) / $0[2]).log1p },
    "uniform": Cumulative { a, tail in
      let width = a[2] - a[1]
      return ((tail == .lower ? a[0] - a[1] : a[2] - a[0]) / width).log
    },
    "gamma": Cumulative { a, tail in a[1].incompleteGamma(a[2] * a[0], tail).log },
    "inv_gamma": Cumulative { a, tail in a[1].incompleteGamma(a[2] / a[0], tail.opposite).log },
    "chi_square": Cumulative { a, tail in (0.5 * a[1]).incompleteGamma(0.5 * a[0], tail).log },
    // P(Y ≤ y) = Q(y + 1, λ).
    "poisson": Cumulative { a, tail in (a[0] + 1).incompleteGamma(a[1], tail.opposite).log },
    "inv_chi_square": Cumulative { a, tail in (0.5 * a[1]).incompleteGamma(0.5 / a[0], tail.opposite).log },
    "scaled_inv_chi_square": Cumulative { a, tail in
      let half = 0.5 * a[1]
      return half.incompleteGamma(half * a[2].squared / a[0], tail.opposite).log
    },
    "beta": .incompleteBeta(of: { a in (a[1], a[2], a[0]) }),
    "beta_proportion": .incompleteBeta(of: { a in (a[1] * a[2], (1 - a[1]) * a[2], a[0]) }),
    // P(Y ≤ y) = I_{1−p}(n − y, y + 1), 1 at y = n.
    "binomial": Cumulative { a, tail in
      // No more than all trials: the shape 0 there has no incomplete beta function.
      let all = (0..<a.count).filter { outcome in
        a.number(0, outcome) ?? 0 >= a.number(1, outcome) ?? .infinity
      }
      let rest = (a[1] - a[0]).maximum(a[0].constant(1))
      let logs =
        tail == .lower
        ? rest.incompleteBeta(a[0] + 1, 1 - a[2]).log : (a[0] + 1).incompleteBeta(rest, a[2]).log
      return Quantity.spread(logs, a.count).replacing(all, by: tail == .lower ? 0 : -.infinity)
    },
    "bernoulli": Cumulative { a, tail in
      guard let ones = a.places(0, where: { $0 >= 1 }) else { return a[0] }
      let logs = Quantity.spread((tail == .lower ? a[1].log1m : a[1].log), a.count)
      return logs.replacing(ones, by: tail == .lower ? 0 : -.infinity)
    },
    // By the incomplete beta function at ν/(ν + z²): half of it is one tail.
    "student_t": Cumulative { a, tail in
      let z = (a[0] - a[2]) / a[3]
      let half = 0.5 * (0.5 * a[1]).incompleteBeta(z.constant(0.5), a[1] / (a[1] + z.squared))
      // The sign of a known z decides the side; a traced one is on both.
      if let sign = z.constant { return (sign < 0) == (tail == .lower) ? half.log : half.log1m }
      let side = tail == .lower ? z.map(.sign) : -z.map(.sign)
      return (0.5 * (1 + side) - side * half).log
    },
    "neg_binomial_2": .incompleteBeta(
      complement: { a in a[1] / (a[2] + a[1]) }, of: { a in (a[2], a[0] + 1, a[2] / (a[2] + a[1])) }),
    "neg_binomial": .incompleteBeta(
      complement: { a in 1 / (a[2] + 1) }, of: { a in (a[1], a[0] + 1, a[2] / (a[2] + 1)) }),
    "beta_binomial": Cumulative { a, tail in
      a.summedMasses(tail, last: { a.number(1, $0) }) { k, a in
        let (trials, alpha, beta) = (a(1), a(2), a(3))
        return trials.logChoose(k) + (k + alpha).logBeta(trials - k + beta) - alpha.logBeta(beta)
      }
    },
    "beta_neg_binomial": Cumulative { a, tail in
      a.summedMasses(tail, last: { _ in nil }) { k, a in
        let (r, alpha, beta) = (a(1), a(2), a(3))
        return (k + r).logGamma - (k + 1).logGamma - r.logGamma + (alpha + r).logBeta(beta + k)
          - alpha.logBeta(beta)
      }
    },
    // P(Y > y) = y B(y, ρ + 1).
    "yule_simon": .survival { $0[0].log + $0[0].logBeta($0[1] + 1) },
    "discrete_range": Cumulative { a, tail in
      let below = a[0] - a[1] + 1
      let width = a[2] - a[1] + 1
      return ((tail == .lower ? below : width - below) / width).log
    },
    // Of two exponential tails from μ on, with the chances τ and 1 − τ of the sides.
    "skew_double_exponential": Cumulative { a, tail in
      let z = 2 * standardised(a)
      let tau = a[3]
      let left = tau * ((1 - tau) * z.minimum(z.constant(0))).exp
      let right = (1 - tau) * (-(tau * z.maximum(z.constant(0)))).exp
      return tail == .lower ? (left + (1 - tau) - right).log : (tau - left + right).log
    },
    // Φ(z) less the part that the exponential moved beyond y.
    "exp_mod_normal": Cumulative { a, tail in
      let (z, shift) = (standardised(a), a[3] * a[2])
      let moved = 0.5 * shift.squared - shift * z + (z - shift).map(.logStandardNormalCDF)
      return tail == .lower
        ? z.map(.logStandardNormalCDF) + (moved - z.map(.logStandardNormalCDF)).map(.log1mExp)
        : (-z).map(.logStandardNormalCDF).logSumExp(moved)
    },
  ]

  /// By the regularised incomplete beta function I_x(a, b) of the lower tail; the upper one is I_{1−x}(b, a), and
  /// `complement` is 1 − x where that has a better formula.
  private static func incompleteBeta(
    complement: (@Sendable (DensityArguments) -> Quantity)? = nil,
    of parts: @escaping @Sendable (DensityArguments) -> (a: Quantity, b: Quantity, x: Quantity)
  ) -> Cumulative {
    Cumulative { arguments, tail in
      let (a, b, x) = parts(arguments)
      if tail == .lower { return a.incompleteBeta(b, x).log }
      return b.incompleteBeta(a, complement?(arguments) ?? (1 - x)).log
    }
  }
}

extension DensityForm.Tail {
  /// The other one.
  var opposite: Self { self == .lower ? .upper : .lower }
}

extension DensityArguments {
  /// The log of the chances of 0 to each outcome, or of what is beyond it, summed one by one.
  ///
  /// - Parameter last: the largest outcome possible; nil where there is none.
  fileprivate func summedMasses(
    _ tail: DensityForm.Tail, last: (Int) -> Double?,
    _ logMass: (_ k: Quantity, _ argument: (Int) -> Quantity) -> Quantity
  ) -> Quantity {
    var logs: [Numeric] = []
    for outcome in 0..<count {
      let y = max(-1, number(0, outcome) ?? -1)
      func sum(_ low: Double, _ high: Double) -> Quantity {
        guard low <= high else { return self[0].constant(-.infinity) }
        let k = Quantity(
          tracer: tracer, value: Numeric(.vector, Array(stride(from: low, through: high, by: 1))))
        return logMass(k) { self[$0].at([outcome]).asNumber }.logSumExp
      }
      let own: Quantity =
        switch (tail, last(outcome)) {
        case (.lower, _): sum(0, y)
        case (.upper, let last?): sum(y + 1, last)
        case (.upper, nil): sum(0, y).map(.log1mExp)
        }
      logs.append(own.value)
    }
    return Quantity(tracer: tracer, value: Numeric.concatenated(logs, .vector))
  }
}

extension Quantity {
  /// The regularised incomplete gamma function of this shape: P(a, x), or Q(a, x) of the upper tail.
  func incompleteGamma(_ x: Quantity, _ tail: DensityForm.Tail) -> Quantity {
    zip(tail == .lower ? .regularizedGammaP : .regularizedGammaQ, x)
  }

  /// The regularised incomplete beta function I_x(a, b), with this as a.
  func incompleteBeta(_ b: Quantity, _ x: Quantity) -> Quantity {
    Quantity(tracer: tracer, value: tracer.graph.incompleteBeta(value, b.value, x.value))
  }

  /// One number for each of `count` outcomes.
  fileprivate static func spread(_ x: Quantity, _ count: Int) -> Quantity {
    Quantity(
      tracer: x.tracer,
      value: x.value.picked((0..<count).map { x.count == 1 ? 0 : $0 }, .vector, rows: count))
  }

  /// With a number at some places.
  fileprivate func replacing(_ places: [Int], by number: Double) -> Quantity {
    var changed = value
    for place in places { changed.set(place, to: .constant(number)) }
    return Quantity(tracer: tracer, value: changed)
  }

  func minimum(_ other: Quantity) -> Quantity { zip(.minimum, other) }
  func maximum(_ other: Quantity) -> Quantity { zip(.maximum, other) }
}
