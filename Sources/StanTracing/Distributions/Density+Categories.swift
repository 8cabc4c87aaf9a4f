import StanLanguage

/// Distributions over categories that count from 1 (Stan Functions Reference, "Bounded discrete distributions").
extension Density {
  static let categories: [Density] = [
    categorical("categorical") { theta in theta.log },
    categorical("categorical_logit") { beta in beta - beta.logSumExp },
    ordered("ordered_logistic") { eta, low, high in
      switch (low, high) {
      // log(σ(a) − σ(b)) with a = η − low > b = η − high.
      case (let low?, let high?):
        (eta - low) + (low - high).map(.log1mExp) - (eta - low).softplus - (eta - high).softplus
      case (let low?, nil): -(low - eta).softplus
      case (nil, let high?): -(eta - high).softplus
      case (nil, nil): eta.constant(0)
      }
    },
    ordered("ordered_probit") { eta, low, high in
      switch (low, high) {
      case (let low?, let high?):
        (high - eta).map(.logStandardNormalCDF)
          + ((low - eta).map(.logStandardNormalCDF) - (high - eta).map(.logStandardNormalCDF)).map(.log1mExp)
      case (let low?, nil): (eta - low).map(.logStandardNormalCDF)
      case (nil, let high?): (high - eta).map(.logStandardNormalCDF)
      case (nil, nil): eta.constant(0)
      }
    },
    Density("multinomial", isDiscrete: true) { tracer, values, range throws(StanDiagnostic) in
      try multinomial(tracer, values, range) { theta in theta.log }
    },
    Density("multinomial_logit", isDiscrete: true) { tracer, values, range throws(StanDiagnostic) in
      try multinomial(tracer, values, range) { gamma in gamma - gamma.logSumExp }
    },
    // A multinomial whose chances have a Dirichlet distribution (Mosimann 1962).
    Density("dirichlet_multinomial", isDiscrete: true) { tracer, values, range throws(StanDiagnostic) in
      let counts = try integers(values[0], at: range)
      guard let shapes = values[1].asNumeric, shapes.count == counts.count else {
        throw StanDiagnostic(
          at: range, what: "there are \(counts.count) counts and \(values[1].size) shapes",
          fix: "give as many")
      }
      var sum = DensitySum(tracer, count: 1, at: range)
      let alpha = Quantity(tracer: tracer, value: shapes.asVector)
      let numbers = Quantity(tracer: tracer, value: Numeric(.vector, counts.map(Double.init)))
      let (all, total) = (numbers.sum, alpha.sum)
      sum.addOnce(1, (all + 1).logGamma - (numbers + 1).logGamma.sum)
      sum.addOnce(1, total.logGamma)
      sum.addOnce(-1, (all + total).logGamma)
      sum.addOnce(1, (numbers + alpha).logGamma.sum)
      sum.addOnce(-1, alpha.logGamma.sum)
      return sum.sum
    },
  ]

  /// Categories with logs of their chances.
  private static func categorical(_ name: String, _ logs: @escaping @Sendable (Quantity) -> Quantity)
    -> Density
  {
    Density(name, isDiscrete: true) { tracer, values, range throws(StanDiagnostic) in
      let outcomes = try integers(values[0], at: range)
      guard let chances = values[1].asNumeric, chances.count > 0 else {
        throw StanDiagnostic(at: range, what: "the chances are no vector", fix: "use a vector")
      }
      var sum = DensitySum(tracer, count: outcomes.count, at: range)
      guard outcomes.allSatisfy({ $0 >= 1 && $0 <= chances.count }) else {
        throw StanDiagnostic(
          at: range, what: "a category is not from 1 to \(chances.count)", fix: "check the outcomes")
      }
      let all = logs(Quantity(tracer: tracer, value: chances.asVector))
      for (category, number) in counted(outcomes) {
        sum.addOnce(Double(number), all.at([category - 1]))
      }
      return sum.sum
    }
  }

  /// Categories by where a latent number lies among cut points.
  private static func ordered(
    _ name: String, _ log: @escaping @Sendable (Quantity, Quantity?, Quantity?) -> Quantity
  ) -> Density {
    Density(name, isDiscrete: true) { tracer, values, range throws(StanDiagnostic) in
      let outcomes = try integers(values[0], at: range)
      var sum = DensitySum(tracer, count: outcomes.count, at: range)
      guard let location = values[1].asNumeric else { return sum.sum }
      let eta = Quantity(tracer: tracer, value: location.kind == .real ? location : location.asVector)
      guard location.kind == .real || location.count == outcomes.count else {
        throw StanDiagnostic(
          at: range, what: "there are \(outcomes.count) outcomes and \(location.count) locations",
          fix: "give one number, or as many as outcomes")
      }
      if case .array(let vectors) = values[2], vectors.count != outcomes.count {
        throw StanDiagnostic(
          at: range, what: "there are \(outcomes.count) outcomes and \(vectors.count) vectors of cut points",
          fix: "give one vector, or as many as outcomes")
      }
      for (outcome, category) in outcomes.enumerated() {
        // One vector of cut points, or one for each outcome.
        let own: Numeric?
        if case .array(let vectors) = values[2] {
          own = vectors[outcome].asNumeric
        } else {
          own = values[2].asNumeric
        }
        guard let cuts = own, category >= 1, category <= cuts.count + 1 else {
          throw StanDiagnostic(
            at: range, what: "the category \(category) has no cut points", fix: "check the outcomes")
        }
        let points = Quantity(tracer: tracer, value: cuts.asVector)
        let low = category > 1 ? points.at([category - 2]).asNumber : nil
        let high = category <= cuts.count ? points.at([category - 1]).asNumber : nil
        sum.addOnce(1, log(eta.at([outcome]).asNumber, low, high))
      }
      return sum.sum
    }
  }

  private static func multinomial(
    _ tracer: Tracer, _ values: [Value], _ range: SourceRange, _ logs: (Quantity) -> Quantity
  ) throws(StanDiagnostic) -> LinearSum {
    let counts = try integers(values[0], at: range)
    guard let chances = values[1].asNumeric, chances.count == counts.count else {
      throw StanDiagnostic(
        at: range, what: "there are \(counts.count) counts and \(values[1].size) chances", fix: "give as many"
      )
    }
    var sum = DensitySum(tracer, count: 1, at: range)
    let numbers = Quantity(tracer: tracer, value: Numeric(.vector, counts.map(Double.init)))
    let total = Quantity(tracer: tracer, value: Numeric(Double(counts.reduce(0, +))))
    sum.addOnce(1, (total + 1).logGamma)
    sum.addOnce(-1, (numbers + 1).logGamma.sum)
    let some = counts.indices.filter { counts[$0] > 0 }
    if some.isEmpty { return sum.sum }
    let all = logs(Quantity(tracer: tracer, value: chances.asVector))
    sum.addOnce(1, numbers.at(some).dot(all.at(some)))
    return sum.sum
  }

  static func integers(_ value: Value, at range: SourceRange) throws(StanDiagnostic) -> [Int] {
    switch value {
    case .int(let number, _): return [number]
    case .ints(let numbers, _): return numbers
    case .array(let values) where values.isEmpty: return []
    default: throw StanDiagnostic(at: range, what: "the outcome is no integer", fix: "use int outcomes")
    }
  }

  /// How often each number occurs, in ascending order.
  private static func counted(_ numbers: [Int]) -> [(key: Int, value: Int)] {
    Dictionary(numbers.map { ($0, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
  }
}

extension Quantity {
  /// A vector of one element as a number.
  var asNumber: Quantity { Quantity(tracer: tracer, value: value.shaped(.real, rows: 1)) }
}
