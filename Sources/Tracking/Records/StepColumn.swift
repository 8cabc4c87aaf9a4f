/// The columns of `steps` that hold a value, in order: each is a metric.
public enum StepColumn: Int, CaseIterable, Sendable {
  case elbo, objective, reconstruction, klPrior, klPosterior, logJoint, entropy, logEvidence, beta, gradNorm

  public var name: String {
    switch self {
    case .elbo: "elbo"
    case .objective: "objective"
    case .reconstruction: "reconstruction"
    case .klPrior: "kl_prior"
    case .klPosterior: "kl_posterior"
    case .logJoint: "log_joint"
    case .entropy: "entropy"
    case .logEvidence: "log_evidence"
    case .beta: "beta"
    case .gradNorm: "grad_norm"
    }
  }

  public init?(name: String) {
    guard let column = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = column
  }
}
