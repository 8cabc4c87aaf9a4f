import Foundation
import StanLanguage

/// A log density summed over `count` outcomes, while it is written term by term.
///
/// A term that is one number for all outcomes is held once, with their number as its weight.
struct DensitySum {
  let tracer: Tracer
  let range: SourceRange
  /// The number of outcomes.
  let count: Int
  private(set) var sum = LinearSum()

  init(_ tracer: Tracer, count: Int, at range: SourceRange) {
    self.tracer = tracer
    self.count = count
    self.range = range
  }

  /// Adds a number for each outcome.
  mutating func add(_ constant: Double) { sum.constant += Double(count) * constant }

  /// Adds a term times a weight: summed over its elements, or, where it is one number, counted for each outcome.
  mutating func add(_ weight: Double = 1, _ term: Quantity) { add(weight, term, outcomes: count) }

  /// Adds a term of some of the outcomes, at places that count from 0.
  mutating func add(_ weight: Double = 1, _ term: Quantity, at places: [Int]) {
    if places.isEmpty { return }
    add(weight, term.at(places), outcomes: places.count)
  }

  /// Adds a term once, whatever the number of outcomes.
  mutating func addOnce(_ weight: Double = 1, _ term: Quantity) { add(weight, term, outcomes: 1) }

  private mutating func add(_ weight: Double, _ term: Quantity, outcomes: Int) {
    let times = term.count == 1 ? weight * Double(outcomes) : weight
    if let values = term.constants {
      sum.constant += times * values.reduce(0, +)
    } else if times != 0 {
      sum.add(tracer.graph.sum(tracer.graph.node(of: term.value)), times: times)
    }
  }

  /// The outcome is impossible.
  mutating func exclude() { sum.constant = -.infinity }
}

/// The arguments of a density over numbers: each a number, or as many as there are outcomes.
struct DensityArguments {
  let tracer: Tracer
  let range: SourceRange
  private let values: [Quantity]
  /// The number of outcomes.
  let count: Int

  init(_ values: [Value], tracer: Tracer, at range: SourceRange) throws(StanDiagnostic) {
    var quantities: [Quantity] = []
    var count: Int?
    for value in values {
      guard let numeric = value.flattened else {
        throw StanDiagnostic(at: range, what: "an argument holds no numbers", fix: "use numbers or vectors")
      }
      if numeric.kind != .real {
        if let count, count != numeric.count {
          throw StanDiagnostic(
            at: range, what: "arguments of \(count) and of \(numeric.count) elements stand side by side",
            fix: "give numbers, or as many elements everywhere")
        }
        count = numeric.count
      }
      quantities.append(Quantity(tracer: tracer, value: numeric.kind == .real ? numeric : numeric.asVector))
    }
    self.values = quantities
    self.count = count ?? 1
    self.tracer = tracer
    self.range = range
  }

  subscript(index: Int) -> Quantity { values[index] }

  var sum: DensitySum { DensitySum(tracer, count: count, at: range) }

  /// The value of a constant argument for an outcome.
  func number(_ index: Int, _ outcome: Int) -> Double? {
    guard let constants = values[index].constants else { return nil }
    return constants[constants.count == 1 ? 0 : outcome]
  }

  /// The outcomes whose constant value an argument has to satisfy; nil where the argument is traced.
  func places(_ index: Int, where holds: (Double) -> Bool) -> [Int]? {
    guard let constants = values[index].constants else { return nil }
    return (0..<count).filter { holds(constants[constants.count == 1 ? 0 : $0]) }
  }

  /// Whether every constant outcome is one that the density allows; a traced one always is.
  func allows(_ holds: (Double) -> Bool) -> Bool { values[0].constants?.allSatisfy(holds) ?? true }

  /// Refuses a constant argument outside of where the density is defined.
  func require(_ index: Int, _ name: String, _ rule: String, _ holds: (Double) -> Bool) throws(StanDiagnostic)
  {
    guard let bad = values[index].constants?.first(where: { !holds($0) }) else { return }
    throw StanDiagnostic(
      at: range, what: "the \(name) is \(bad)", fix: "it must be \(rule)")
  }
}
