/// What is recorded of a step besides its number, in the order of the store's columns.
public enum StepQuantity: Int, Sendable, Hashable, CaseIterable {
  case elbo, objective, reconstruction, klPrior, klPosterior, logJoint, entropy, logEvidence, beta, gradNorm

  init(_ term: Term) {
    switch term {
    case .reconstruction: self = .reconstruction
    case .klPrior: self = .klPrior
    case .klPosterior: self = .klPosterior
    case .logJoint: self = .logJoint
    case .entropy: self = .entropy
    case .logEvidence: self = .logEvidence
    }
  }
}

/// Recorded steps of one run at equal distances, a column for each quantity.
public struct RecordedSteps: Sendable {
  public let firstStep: Int
  /// The distance between steps, at least 1.
  public let stride: Int
  public let count: Int
  /// By `StepQuantity`: nil where it cannot be had. NaN and ±infinity are values like any other.
  public internal(set) var columns: [[Double]?]

  init(firstStep: Int, stride: Int, count: Int) {
    self.firstStep = firstStep
    self.stride = stride
    self.count = count
    columns = Array(repeating: nil, count: StepQuantity.allCases.count)
  }

  public subscript(_ quantity: StepQuantity) -> [Double]? {
    get { columns[quantity.rawValue] }
    set { columns[quantity.rawValue] = newValue }
  }

  /// The step of an index.
  public func step(_ index: Int) -> Int { firstStep + index * stride }

  /// One of the steps by itself.
  public func terms(_ index: Int) -> StepTerms {
    func value(_ quantity: StepQuantity) -> Double? { self[quantity]?[index] }
    var terms = StepTerms(
      step: step(index), elbo: value(.elbo) ?? .nan, objective: value(.objective) ?? .nan,
      terms: TermValues(),
      beta: value(.beta) ?? .nan, gradNorm: value(.gradNorm))
    for term in Term.allCases { terms.terms[term] = value(StepQuantity(term)) }
    return terms
  }
}

extension RecordedSteps {
  /// One step as a batch of its own.
  public init(_ terms: StepTerms) {
    self.init(firstStep: terms.step, stride: 1, count: 1)
    self[.elbo] = [terms.elbo]
    self[.objective] = [terms.objective]
    self[.beta] = [terms.beta]
    self[.gradNorm] = terms.gradNorm.map { [$0] }
    for term in Term.allCases { self[StepQuantity(term)] = terms.terms[term].map { [$0] } }
  }
}
