import Foundation
import StanLanguage

/// What a program's priors leave open: parameters without one, and priors that do not integrate to 1 because their parameter is
/// bounded (Stan Reference Manual, "Distribution statements": a density is not renormalised unless it is truncated).
struct PriorReview {
  /// Unowned: the tracer owns its review.
  private unowned let tracer: Tracer
  /// The unconstrained parameters that are themselves outcomes of prior factors, and the nodes that are.
  private var covered: Set<Int32> = []
  private var roots: Set<NodeID> = []
  private(set) var warnings: [StanDiagnostic] = []
  private var missing: [SourceRange: Missing] = [:]
  /// The statements of those, in the order in which they ran.
  private var order: [SourceRange] = []
  /// The distributions whose tails the target has been given: where it was incremented by a density, these may normalise it.
  private var tails: Set<String> = []

  init(_ tracer: Tracer) { self.tracer = tracer }

  /// How a prior factor came into the target.
  enum Writing {
    /// `outcome ~ distribution(…)`.
    case statement
    /// `target += distribution_lpdf(outcome | …)`, which other increments may normalise.
    case increment
    /// In a way that leaves nothing to be said of its normaliser.
    case normalised
  }

  /// Takes note of a prior factor.
  mutating func note(
    _ outcome: Expression, _ value: Value, _ density: String, _ arguments: [Value], _ writing: Writing
  ) throws(StanDiagnostic) {
    if let numeric = value.flattened { cover(numeric) }
    guard writing != .normalised, let name = outcome.rootVariable,
      let declaration = tracer.program.parameterDeclaration(name),
      let logMass = try logMass(declaration, density, arguments), logMass < -1e-12
    else { return }
    if missing[outcome.range] == nil { order.append(outcome.range) }
    missing[outcome.range, default: Missing(name: name, density: density, writing: writing)].add(
      logMass, times: value.flattened?.count ?? 1)
  }

  /// Takes note of the tails in what the target is incremented by.
  mutating func noteTails(in call: Call) {
    if let (density, _) = DensityForm.of(call.function.name) { tails.insert(density.name) }
    for case .call(let inner) in call.arguments.map(\.kind) { noteTails(in: inner) }
  }

  /// The priors of one statement that integrate to less than 1.
  private struct Missing {
    var name: String
    var density: String
    var writing: Writing
    /// Σ −log of what each integrates to.
    var offset = 0.0
    var count = 0

    init(name: String, density: String, writing: Writing) {
      self.name = name
      self.density = density
      self.writing = writing
    }

    mutating func add(_ logMass: Double, times number: Int) {
      offset -= Double(number) * logMass
      count += number
    }

    var sentence: String {
      let each = String(format: "%.4g", exp(-offset / Double(count)))
      let total = String(format: "%.4g", offset)
      let nats = count == 1 ? "\(total) nats" : "\(total) nats for its \(count) elements"
      return
        "within the bounds of '\(name)', \(density) integrates to \(each), not to 1: kl_prior is \(nats) too large and "
        + "the evidence as much too small"
    }
  }

  /// Warns of priors that integrate to less than 1, and of parameters that no prior factor has for an outcome.
  mutating func finish(_ parameters: [DeclaredParameter]) throws(StanDiagnostic) {
    for range in order {
      guard let missing = missing[range] else { continue }
      var way = "truncate it with T[,]"
      if missing.writing == .increment {
        if tails.contains(missing.density) { continue }
        way = "subtract the log of that"
      }
      warnings.append(
        StanDiagnostic(
          .warning, at: range, what: missing.sentence,
          fix: "\(way), or read kl_prior and the evidence with that offset"))
    }
    let covered = coveredParameters()
    for parameter in parameters where parameter.freeCount > 0 {
      let own = Int32(parameter.freeStart)..<Int32(parameter.freeStart + parameter.freeCount)
      let flat = own.filter { !covered.contains($0) }.count
      guard flat > 0, let declaration = tracer.program.parameterDeclaration(parameter.name) else { continue }
      let which =
        flat == own.count ? "'\(parameter.name)' has" : "\(flat) elements of '\(parameter.name)' have"
      let (state, consequence) = try flatPrior(declaration, count: flat)
      warnings.append(
        StanDiagnostic(
          .warning, at: parameter.range, what: "\(which) no prior: \(state)", fix: consequence))
    }
  }

  /// What no prior means for a parameter, and what to do.
  private func flatPrior(_ declaration: Declaration, count: Int) throws(StanDiagnostic) -> (String, String) {
    switch declaration.constraint {
    case .bounds(let lower, let upper):
      guard let low = try tracer.evaluate(lower).flattened?.constants?.first,
        let high = try tracer.evaluate(upper).flattened?.constants?.first, (high - low).isFinite
      else { break }
      let offset = String(format: "%.4g", Double(count) * log(high - low))
      return (
        "it is uniform between its bounds, without the constant: kl_prior is \(offset) nats too small",
        "give it a prior, such as uniform(\(low.short), \(high.short)), or read kl_prior with that offset"
      )
    case .simplex, .unitVector, .correlationMatrix, .choleskyFactorCorrelation:
      return (
        "it is uniform where it lives, without the constant: kl_prior and the evidence are off by one number",
        "give it a prior, or compare kl_prior only between runs of this program"
      )
    default: break
    }
    return (
      "it is flat without end, which is no distribution: kl_prior and the evidence are known up to a constant",
      "give it a prior, or compare them only between runs of this program"
    )
  }

  /// The log of what a density over the whole line integrates to within the bounds; nil where it is not known, or where the
  /// density has bounds of its own.
  private func logMass(_ declaration: Declaration, _ density: String, _ arguments: [Value])
    throws(StanDiagnostic) -> Double?
  {
    guard let family = Density.all[density], Density.realLine.contains(where: { $0.name == density }),
      Cumulative.all[density] != nil
    else { return nil }
    let (lower, upper): (Expression?, Expression?)
    switch declaration.constraint {
    case .lower(let bound): (lower, upper) = (bound, nil)
    case .upper(let bound): (lower, upper) = (nil, bound)
    case .bounds(let low, let high): (lower, upper) = (low, high)
    default: return nil
    }
    func logCumulative(_ bound: Expression, _ tail: DensityForm.Tail) throws(StanDiagnostic) -> Double? {
      let value = try tracer.evaluate(bound)
      guard value.asNumeric?.constant != nil, arguments.allSatisfy({ $0.asNumeric?.constant != nil }) else {
        return nil
      }
      return try tracer.logCumulative(family, tail, [value] + arguments, at: bound.range).constant
    }
    switch (lower, upper) {
    case (let lower?, nil): return try logCumulative(lower, .upper)
    case (nil, let upper?): return try logCumulative(upper, .lower)
    case (let lower?, let upper?):
      guard let low = try logCumulative(lower, .lower), let high = try logCumulative(upper, .lower) else {
        return nil
      }
      return high + ElementFunction.log1mExp(low - high)
    case (nil, nil): return nil
    }
  }

  private mutating func cover(_ numeric: Numeric) {
    switch numeric.content {
    case .constant: return
    case .node(let node): roots.insert(node)
    case .elements(let elements):
      for case .node(let node, let place) in elements {
        if node == Graph.parameters { covered.insert(place) } else { roots.insert(node) }
      }
    }
  }

  /// The unconstrained parameters that outcomes of prior factors depend on.
  private func coveredParameters() -> Set<Int32> {
    let graph = tracer.graph
    var covered = covered
    var isVisited = [Bool](repeating: false, count: graph.nodes.count)
    var waiting: [NodeID] = []
    func visit(_ node: NodeID, _ waiting: inout [NodeID]) {
      guard !isVisited[Int(node)] else { return }
      isVisited[Int(node)] = true
      waiting.append(node)
    }
    for root in roots { visit(root, &waiting) }
    while let node = waiting.popLast() {
      if node == Graph.parameters { covered.formUnion(0..<Int32(graph.count(node))) }
      if case .pick(let list) = graph.nodes[Int(node)].operation,
        graph.nodes[Int(node)].first == Graph.parameters
      {
        covered.formUnion(graph.lists[list])
        continue
      }
      for operand in graph.operands(of: node) { visit(operand, &waiting) }
    }
    return covered
  }
}

extension Expression {
  /// The variable that an expression is, or is a part of.
  fileprivate var rootVariable: String? {
    switch kind {
    case .variable(let name): name.name
    case .index(let base, _): base.rootVariable
    default: nil
    }
  }
}

extension StanProgram {
  /// The declaration of a parameter.
  func parameterDeclaration(_ name: String) -> Declaration? {
    for statement in parameters {
      if case .declaration(let declaration) = statement.kind, declaration.name.name == name {
        return declaration
      }
    }
    return nil
  }
}
