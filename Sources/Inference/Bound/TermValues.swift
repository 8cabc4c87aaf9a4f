/// The terms of the bound at one point, in nats; nil is a term that cannot be had.
public struct TermValues: Sendable, Hashable {
  public var reconstruction: Double?
  public var klPrior: Double?
  public var klPosterior: Double?
  public var logJoint: Double?
  public var entropy: Double?
  public var logEvidence: Double?

  public init() {}

  public subscript(term: Term) -> Double? {
    get {
      switch term {
      case .reconstruction: reconstruction
      case .klPrior: klPrior
      case .klPosterior: klPosterior
      case .logJoint: logJoint
      case .entropy: entropy
      case .logEvidence: logEvidence
      }
    }
    set {
      switch term {
      case .reconstruction: reconstruction = newValue
      case .klPrior: klPrior = newValue
      case .klPosterior: klPosterior = newValue
      case .logJoint: logJoint = newValue
      case .entropy: entropy = newValue
      case .logEvidence: logEvidence = newValue
      }
    }
  }
}
