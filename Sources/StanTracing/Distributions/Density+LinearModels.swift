import StanLanguage

/// Generalised linear models: outcome, design matrix, intercept, coefficients (Stan Functions Reference, "…_glm").
extension Density {
  static let linearModels: [Density] = [
    linear("normal_id_glm", "normal") { y, eta, rest in [y, eta] + rest },
    linear("bernoulli_logit_glm", "bernoulli_logit") { y, eta, _ in [y, eta] },
    linear("binomial_logit_glm", "binomial_logit", hasTrials: true) { y, eta, rest in [y] + rest + [eta] },
    linear("poisson_log_glm", "poisson_log") { y, eta, _ in [y, eta] },
    linear("neg_binomial_2_log_glm", "neg_binomial_2_log") { y, eta, rest in [y, eta] + rest },
    linear("ordered_logistic_glm", "ordered_logistic", hasIntercept: false) { y, eta, rest in [y, eta] + rest
    },
    Density("categorical_logit_glm", isDiscrete: true) { tracer, values, range throws(StanDiagnostic) in
      let outcomes = try integers(values[0], at: range)
      guard let x = values[1].asNumeric, let alpha = values[2].asNumeric, let beta = values[3].asNumeric,
        x.rows == outcomes.count || x.rows == 1
      else {
        throw StanDiagnostic(
          at: range, what: "the design matrix does not fit the outcomes", fix: "give a row for each")
      }
      var sum = LinearSum()
      let base = try tracer.product(x.shaped(.matrix, rows: x.rows, columns: x.columns), beta, at: range)
      for (outcome, category) in outcomes.enumerated() {
        let row = x.rows == 1 ? 0 : outcome
        let places = (0..<beta.columns).map { row * beta.columns + $0 }
        let eta = try tracer.paired(
          .add, base.picked(places, .vector, rows: places.count), alpha.asVector, at: range)
        guard let density = all["categorical_logit"] else { continue }
        sum.add(try density.body(tracer, [.int(category, []), .numeric(eta)], range))
      }
      return sum
    },
  ]

  /// A density whose location is α + X β.
  private static func linear(
    _ name: String, _ density: String, hasTrials: Bool = false, hasIntercept: Bool = true,
    _ arguments: @escaping @Sendable (Value, Value, [Value]) -> [Value]
  ) -> Density {
    Density(name, isDiscrete: name != "normal_id_glm") { tracer, values, range throws(StanDiagnostic) in
      let first = hasTrials ? 2 : 1
      let last = first + (hasIntercept ? 2 : 1)
      guard values.count > last, let x = values[first].asNumeric, let beta = values[last].asNumeric,
        let body = all[density]?.body
      else {
        throw StanDiagnostic(at: range, what: "arguments are missing", fix: "give y, x, alpha and beta")
      }
      // One row of predictors may stand for all outcomes.
      let design = x.shaped(.matrix, rows: x.kind == .matrix ? x.rows : 1, columns: x.columns)
      var eta = try tracer.product(design, beta.asVector, at: range)
      if hasIntercept, let alpha = values[first + 1].asNumeric {
        eta = try tracer.paired(.add, eta, alpha.kind == .real ? alpha : alpha.asVector, at: range)
      }
      if eta.count == 1 { eta = eta.shaped(.real, rows: 1) }
      let rest = (hasTrials ? [values[1]] : []) + values[(last + 1)...]
      return try body(tracer, arguments(values[0], .numeric(eta), rest), range)
    }
  }
}
