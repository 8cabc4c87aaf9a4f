package import ReverseTape
package import StanLanguage

/// A program with its data: the arrays that its log density is made of, ready to be recorded on a tape.
package struct TracedProgram: Sendable {
  package let program: StanProgram
  package let data: StanData
  package let parameters: [DeclaredParameter]
  /// The number of unconstrained parameters.
  package let dimension: Int
  /// The statements that add to the density.
  package let factors: [TracedFactor]
  /// What is accepted and deserves a second look: of the language, and of the priors.
  package let warnings: [StanDiagnostic]
  /// What `print` said while the program was traced.
  package let messages: [String]
  /// The names of the constrained parameters and of the transformed ones, element by element, as Stan prints them.
  package let names: [String]
  /// How many of the names are those of parameters.
  package let parameterNameCount: Int

  private let graph: Graph
  private let density: Batches
  private let values: Batches
  private let prior: LinearSum
  private let likelihood: LinearSum
  private let mixed: LinearSum
  private let outputs: [NodeID]

  /// - Throws: the first statement that cannot be traced, or whose data do not fit.
  package init(_ program: StanProgram, data: StanData, limits: TracingLimits = TracingLimits())
    throws(StanDiagnostic)
  {
    self.program = program
    self.data = data
    let tracer = Tracer(program, limits: limits)
    try tracer.read(data)
    try tracer.run(program.transformedData)
    parameters = try tracer.declaredParameters()
    dimension = parameters.reduce(0) { $0 + $1.freeCount }
    guard dimension > 0 else {
      throw StanDiagnostic(
        at: program.parameters.first?.range ?? SourceRange(0, 0), what: "the program has no parameters",
        fix: "declare what is to be inferred in a parameters block")
    }
    tracer.graph.setParameterCount(dimension)
    let jacobian = try tracer.constrainParameters()
    try tracer.run(program.transformedParameters)
    (names, parameterNameCount, outputs) = tracer.outputs()
    try tracer.run(program.model)
    try tracer.priors.finish(parameters)
    warnings = program.warnings + tracer.priors.warnings
    messages = tracer.messages
    factors = tracer.factors.entries.map(TracedFactor.init)
    var prior = tracer.factors.prior
    prior.add(jacobian)
    self.prior = prior
    likelihood = tracer.factors.likelihood
    mixed = tracer.factors.mixed
    graph = tracer.graph
    density = Batches(of: graph, wanted: prior.order + likelihood.order + mixed.order)
    values = Batches(of: graph, wanted: outputs)
  }

  /// The first factor that is neither prior nor likelihood; nil where the two can be told apart.
  package var mixedFactor: TracedFactor? { factors.first { $0.part == .mixed } }

  /// The number of outcomes of the likelihood.
  package var observationCount: Int { factors.reduce(0) { $0 + ($1.part == .likelihood ? $1.outcomes : 0) } }

  /// The log density at unconstrained parameters, by its parts; scalars.
  package struct Terms {
    /// With the log-Jacobian of the transforms.
    package var prior: Traced
    package var likelihood: Traced
    /// What is neither.
    package var mixed: Traced
  }

  package func terms(at parameters: Traced) -> Terms {
    var recorder = BatchRecorder(graph, density, parameters: parameters)
    return Terms(
      prior: recorder.total(prior), likelihood: recorder.total(likelihood), mixed: recorder.total(mixed))
  }

  /// The constrained and transformed parameters `[names.count]` at unconstrained ones.
  package func constrained(_ parameters: Traced) -> Traced {
    var recorder = BatchRecorder(graph, values, parameters: parameters)
    return recorder.values(of: outputs)
  }
}

/// A statement that adds to a program's log density.
package struct TracedFactor: Hashable, Sendable {
  package enum Part: String, Hashable, Sendable { case prior, likelihood, mixed }

  package var range: SourceRange
  package var part: Part
  /// The name of its density; nil of a plain expression.
  package var distribution: String?
  /// How many times it ran, and over how many outcomes in all.
  package var turns: Int
  package var outcomes: Int

  init(_ entry: FactorLedger.Entry) {
    range = entry.range
    part =
      switch entry.part {
      case .prior: .prior
      case .likelihood: .likelihood
      case .mixed: .mixed
      }
    distribution = entry.distribution
    turns = entry.turns
    outcomes = entry.outcomes
  }
}

extension Tracer {
  /// The parameters and transformed parameters as nodes, with their names.
  fileprivate func outputs() -> (names: [String], parameterCount: Int, nodes: [NodeID]) {
    var names: [String] = []
    var nodes: [NodeID] = []
    func append(_ statements: [Statement]) {
      for statement in statements {
        guard case .declaration(let declaration) = statement.kind,
          let value = variables[declaration.name.symbol]
        else { continue }
        names += ElementNames.of(declaration.name.name, value)
        for element in value.printedElements where element.count > 0 { nodes.append(graph.node(of: element)) }
      }
    }
    append(program.parameters)
    let count = names.count
    append(program.transformedParameters)
    return (names, count, nodes)
  }
}
