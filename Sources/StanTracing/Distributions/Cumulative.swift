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

  func callAsFunction(_ arguments: DensityArguments, _ tail: DensityForm.Tail) throws(StanDiagnostic) -> Quantity {
    try body(arguments, tail)
  }

  /// Symmetric about a location: the upper tail at z is the lower one at −z.
  private static func symmetric(_ z: @escaping @Sendable (DensityArguments) -> Quantity,
    _ logLower: @escaping @Sendable (Quantity) -> Quantity) -> Cumulative
  {
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

  private static func outcome(_ a: DensityArguments) -> Quantity { a[0] }
  private static func standardised(_ a: DensityArguments) -> Quantity { (a[0] - a[1]) / a[2] }
  private static func logStandardised(_ a: DensityArguments) -> Quantity { (a[0].log - a[1]) / a[2] }
  private static func logOdds(_ a: DensityArguments) -> Quantity { a[2] * (a[0].log - a[1].log) }

  /// By the name of the distribution.
  static let all: [String: Cumulative] = [
    "normal": .symmetric(standardised) { $0.map(.logStandardNormalCDF) },
    "std_normal": .symmetric(outcome) { $0.map(.logStandardNormalCDF) },
    "lognormal": .symmetric(logStandardised) { $0.map(.logStandardNormalCDF) },
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
    "loglogistic": .symmetric(logOdds) { -(-$0).softplus },
    "pareto": .survival { $0[2] * ($0[1].log - $0[0].log) },
    "pareto_type_2": .survival { -$0[3] * (($0[0] - $0[1]) / $0[2]).log1p },
    "uniform": Cumulative { a, tail in
      let width = a[2] - a[1]
      return ((tail == .lower ? a[0] - a[1] : a[2] - a[0]) / width).log
    },
    "gamma": Cumulative { a, tail in a[1].incompleteGamma(a[2] * a[0], tail).log },
    "inv_gamma": Cumulative { a, tail in
      a[1].incompleteGamma(a[2] / a[0], tail == .lower ? .upper : .lower).log
    },
    "chi_square": Cumulative { a, tail in (0.5 * a[1]).incompleteGamma(0.5 * a[0], tail).log },
    // P(Y ≤ y) = Q(y + 1, λ).
    "poisson": Cumulative { a, tail in
      (a[0] + 1).incompleteGamma(a[1], tail == .lower ? .upper : .lower).log
    },
    "beta": Cumulative { a, tail throws(StanDiagnostic) in
      tail == .lower
        ? try a[1].incompleteBeta(a[2], a[0], at: a.range).log
        : try a[2].incompleteBeta(a[1], 1 - a[0], at: a.range).log
    },
    // P(Y ≤ y) = I_{1−p}(n − y, y + 1).
    "binomial": Cumulative { a, tail throws(StanDiagnostic) in
      let (y, n, p) = (a[0], a[1], a[2])
      return tail == .lower
        ? try (n - y).incompleteBeta(y + 1, 1 - p, at: a.range).log
        : try (y + 1).incompleteBeta(n - y, p, at: a.range).log
    },
    "bernoulli": Cumulative { a, tail in
      let isOne = a[0].constant == 1
      return tail == .lower
        ? (isOne ? a[1].constant(0) : a[1].log1m) : (isOne ? a[1].constant(-.infinity) : a[1].log)
    },
    // By the incomplete beta function at ν/(ν + z²): half of it is one tail.
    "student_t": Cumulative { a, tail throws(StanDiagnostic) in
      let z = (a[0] - a[2]) / a[3]
      let half =
        0.5 * (try (0.5 * a[1]).incompleteBeta(z.constant(0.5), a[1] / (a[1] + z.squared), at: a.range))
      // The sign of a known z decides the side; a traced one is on both.
      if let sign = z.constant { return (sign < 0) == (tail == .lower) ? half.log : half.log1m }
      let side = tail == .lower ? z.map(.sign) : -z.map(.sign)
      return (0.5 * (1 + side) - side * half).log
    },
    "neg_binomial_2": Cumulative { a, tail throws(StanDiagnostic) in
      let chance = a[2] / (a[2] + a[1])
      return tail == .lower
        ? try a[2].incompleteBeta(a[0] + 1, chance, at: a.range).log
        : try (a[0] + 1).incompleteBeta(a[2], 1 - chance, at: a.range).log
    },
  ]
}

extension Quantity {
  /// The regularised incomplete gamma function of this shape: P(a, x), or Q(a, x) of the upper tail.
  func incompleteGamma(_ x: Quantity, _ tail: DensityForm.Tail) -> Quantity {
    zip(tail == .lower ? .regularizedGammaP : .regularizedGammaQ, x)
  }

  /// The regularised incomplete beta function I_x(a, b), with this as a; of constants alone.
  func incompleteBeta(_ b: Quantity, _ x: Quantity, at range: SourceRange) throws(StanDiagnostic) -> Quantity {
    guard let a = constants, let b = b.constants, let x = x.constants else {
      throw StanDiagnostic(
        at: range, what: "this cumulative distribution function of parameters is an incomplete beta function",
        fix: "load the program through BridgeStan")
    }
    let count = max(a.count, b.count, x.count)
    let values = (0..<count).map { place in
      SpecialFunctions.regularizedBeta(
        a[a.count == 1 ? 0 : place], b[b.count == 1 ? 0 : place], x[x.count == 1 ? 0 : place])
    }
    return Quantity(tracer: tracer, value: count == 1 ? Numeric(values[0]) : Numeric(.vector, values))
  }

  func minimum(_ other: Quantity) -> Quantity { zip(.minimum, other) }
  func maximum(_ other: Quantity) -> Quantity { zip(.maximum, other) }
}
