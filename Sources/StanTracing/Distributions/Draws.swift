import Foundation
import StanLanguage

/// Draws from distributions, for the `_rng` functions of generated quantities.
extension Tracer {
  func draw(_ name: String, _ values: [Value], at range: SourceRange) throws(StanDiagnostic) -> Value {
    guard let generator else {
      throw StanDiagnostic(
        at: range, what: "'\(name)_rng' draws random numbers, which a density cannot",
        fix: "move it to generated quantities")
    }
    if let draw = Draw.vectors[name] { return try draw(generator, self, values, range) }
    guard let draw = Draw.numbers[name] else {
      throw StanDiagnostic(
        at: range, what: "wb does not draw from '\(name)'", fix: "load the program through BridgeStan")
    }
    let arguments = try DensityArguments(values, tracer: self, at: range)
    var results: [Double] = []
    for outcome in 0..<arguments.count {
      var own: [Double] = []
      for index in values.indices {
        guard let number = arguments.number(index, outcome) else {
          throw StanDiagnostic(at: range, what: "an argument depends on parameters", fix: "use numbers")
        }
        own.append(number)
      }
      results.append(draw(generator, own))
    }
    let isVector = values.contains { $0.asNumeric.map { $0.kind != .real } ?? true }
    if Density.all[name]?.isDiscrete == true {
      let ints = results.map { Int(clamping: $0) }
      return isVector ? .ints(ints, []) : .int(ints[0], [])
    }
    return isVector ? .numeric(Numeric(.array, results)) : .real(results[0])
  }
}

/// How draws are made of uniform and normal numbers.
enum Draw {
  typealias Numbers = @Sendable (any StanGenerator, [Double]) -> Double
  typealias Vectors =
    @Sendable (any StanGenerator, Tracer, [Value], SourceRange) throws(StanDiagnostic) -> Value

  static let numbers: [String: Numbers] = [
    "normal": { g, a in a[0] + a[1] * g.normal() },
    "std_normal": { g, _ in g.normal() },
    "lognormal": { g, a in exp(a[0] + a[1] * g.normal()) },
    "uniform": { g, a in a[0] + (a[1] - a[0]) * g.uniform() },
    "exponential": { g, a in -log(g.uniform()) / a[0] },
    "cauchy": { g, a in a[0] + a[1] * tan(.pi * (g.uniform() - 0.5)) },
    "double_exponential": { g, a in
      let u = g.uniform() - 0.5
      return a[0] - a[1] * (u < 0 ? -1 : 1) * log1p(-2 * abs(u))
    },
    "logistic": { g, a in
      let u = g.uniform()
      return a[0] + a[1] * (log(u) - log1p(-u))
    },
    "gumbel": { g, a in a[0] - a[1] * log(-log(g.uniform())) },
    "weibull": { g, a in a[1] * pow(-log(g.uniform()), 1 / a[0]) },
    "frechet": { g, a in a[1] * pow(-log(g.uniform()), -1 / a[0]) },
    "rayleigh": { g, a in a[0] * (-2 * log(g.uniform())).squareRoot() },
    "pareto": { g, a in a[0] * pow(g.uniform(), -1 / a[1]) },
    "pareto_type_2": { g, a in a[0] + a[1] * (pow(g.uniform(), -1 / a[2]) - 1) },
    "gamma": { g, a in gamma(g, a[0]) / a[1] },
    "inv_gamma": { g, a in a[1] / gamma(g, a[0]) },
    "chi_square": { g, a in 2 * gamma(g, 0.5 * a[0]) },
    "inv_chi_square": { g, a in 0.5 / gamma(g, 0.5 * a[0]) },
    "scaled_inv_chi_square": { g, a in 0.5 * a[0] * a[1] * a[1] / gamma(g, 0.5 * a[0]) },
    "student_t": { g, a in
      a[1] + a[2] * g.normal() / (2 * gamma(g, 0.5 * a[0]) / a[0]).squareRoot()
    },
    "beta": { g, a in beta(g, a[0], a[1]) },
    "beta_proportion": { g, a in beta(g, a[0] * a[1], (1 - a[0]) * a[1]) },
    "skew_normal": { g, a in
      let delta = a[2] / (1 + a[2] * a[2]).squareRoot()
      return a[0] + a[1] * (delta * abs(g.normal()) + (1 - delta * delta).squareRoot() * g.normal())
    },
    "exp_mod_normal": { g, a in a[0] + a[1] * g.normal() - log(g.uniform()) / a[2] },
    "bernoulli": { g, a in g.uniform() < a[0] ? 1 : 0 },
    "bernoulli_logit": { g, a in g.uniform() < 1 / (1 + exp(-a[0])) ? 1 : 0 },
    "binomial": { g, a in binomial(g, a[0], a[1]) },
    "binomial_logit": { g, a in binomial(g, a[0], 1 / (1 + exp(-a[1]))) },
    "beta_binomial": { g, a in binomial(g, a[0], beta(g, a[1], a[2])) },
    "poisson": { g, a in poisson(g, a[0]) },
    "poisson_log": { g, a in poisson(g, exp(a[0])) },
    "neg_binomial": { g, a in poisson(g, gamma(g, a[0]) / a[1]) },
    "neg_binomial_2": { g, a in poisson(g, gamma(g, a[1]) * a[0] / a[1]) },
    "neg_binomial_2_log": { g, a in poisson(g, gamma(g, a[1]) * exp(a[0]) / a[1]) },
    "discrete_range": { g, a in a[0] + (g.uniform() * (a[1] - a[0] + 1)).rounded(.down) },
  ]

  static let vectors: [String: Vectors] = [
    "categorical": { g, _, values, range throws(StanDiagnostic) in
      .int(category(g, try LibraryFunction.constants(values, 0, range)), [])
    },
    "categorical_logit": { g, _, values, range throws(StanDiagnostic) in
      .int(category(g, softmax(try LibraryFunction.constants(values, 0, range))), [])
    },
    "ordered_logistic": { g, _, values, range throws(StanDiagnostic) in
      let eta = try LibraryFunction.number(values, 0, range)
      let u = g.uniform()
      let cuts = try LibraryFunction.constants(values, 1, range)
      // The first cut whose chance of an outcome at or below it exceeds u.
      return .int((cuts.firstIndex { u < 1 / (1 + exp(eta - $0)) } ?? cuts.count) + 1, [])
    },
    "multinomial": { g, _, values, range throws(StanDiagnostic) in
      let chances = try LibraryFunction.constants(values, 0, range)
      var counts = [Int](repeating: 0, count: chances.count)
      for _ in 0..<(try LibraryFunction.count(values, 1, range)) { counts[category(g, chances) - 1] += 1 }
      return .ints(counts, [])
    },
    "dirichlet": { g, _, values, range throws(StanDiagnostic) in
      let draws = try LibraryFunction.constants(values, 0, range).map { gamma(g, $0) }
      let total = draws.reduce(0, +)
      return .numeric(Numeric(.vector, draws.map { $0 / total }))
    },
    "multi_normal": { g, tracer, values, range throws(StanDiagnostic) in
      let factor = try tracer.cholesky(LibraryFunction.numeric(values, 1, range), at: range)
      return try normal(g, tracer, values[0], factor, range)
    },
    "multi_normal_cholesky": { g, tracer, values, range throws(StanDiagnostic) in
      try normal(g, tracer, values[0], LibraryFunction.numeric(values, 1, range), range)
    },
  ]

  private static func normal(
    _ g: any StanGenerator, _ tracer: Tracer, _ mean: Value, _ factor: Numeric, _ range: SourceRange
  ) throws(StanDiagnostic) -> Value {
    let noise = Numeric(.vector, (0..<factor.rows).map { _ in g.normal() })
    let shift = try tracer.product(factor, noise, at: range)
    guard let mean = mean.asNumeric else { return .numeric(shift) }
    return .numeric(try tracer.paired(.add, mean.asVector, shift, at: range))
  }

  private static func softmax(_ logs: [Double]) -> [Double] {
    let largest = logs.max() ?? 0
    let weights = logs.map { exp($0 - largest) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  private static func category(_ g: any StanGenerator, _ chances: [Double]) -> Int {
    var left = g.uniform() * chances.reduce(0, +)
    for (place, chance) in chances.enumerated() {
      left -= chance
      if left < 0 { return place + 1 }
    }
    return chances.count
  }

  /// A gamma variate of rate 1 (Marsaglia & Tsang 2000), boosted below shape 1.
  private static func gamma(_ g: any StanGenerator, _ shape: Double) -> Double {
    guard shape > 0 else { return .nan }
    if shape < 1 { return gamma(g, shape + 1) * pow(g.uniform(), 1 / shape) }
    let d = shape - 1 / 3.0
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = g.normal()
      let v = pow(1 + c * x, 3)
      if v > 0, log(g.uniform()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
    }
  }

  private static func beta(_ g: any StanGenerator, _ a: Double, _ b: Double) -> Double {
    let (x, y) = (gamma(g, a), gamma(g, b))
    return x / (x + y)
  }

  /// A Poisson variate: by products of uniforms for small rates, halving large ones by a gamma variate (Ahrens &
  /// Dieter 1974).
  private static func poisson(_ g: any StanGenerator, _ rate: Double) -> Double {
    guard rate.isFinite, rate >= 0 else { return .nan }
    if rate > 12 {
      let m = (rate * 7 / 8).rounded(.down)
      let x = gamma(g, m)
      return x > rate ? binomial(g, m - 1, rate / x) : m + poisson(g, rate - x)
    }
    var count = -1.0
    var product = 1.0
    let limit = exp(-rate)
    repeat {
      count += 1
      product *= g.uniform()
    } while product > limit
    return count
  }

  /// A binomial variate: by order statistics for many trials (Ahrens & Dieter 1974), one by one for few.
  private static func binomial(_ g: any StanGenerator, _ trials: Double, _ chance: Double) -> Double {
    var (n, p, successes) = (trials, chance, 0.0)
    guard n >= 0, p >= 0, p <= 1 else { return .nan }
    while n > 40 {
      let i = (n / 2).rounded(.down) + 1
      let x = beta(g, i, n + 1 - i)
      if x <= p {
        successes += i
        n -= i
        p = (p - x) / (1 - x)
      } else {
        n = i - 1
        p /= x
      }
    }
    for _ in 0..<Int(n) where g.uniform() < p { successes += 1 }
    return successes
  }
}
