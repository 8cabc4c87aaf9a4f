/// The columns of `steps` that hold a value, in order: each is a metric, and has its bit in `step.nan`.
enum StepColumn: Int, CaseIterable {
  case elbo, objective, reconstruction, klPrior, klPosterior, logJoint, entropy, logEvidence, beta, gradNorm

  var name: String {
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

  init?(name: String) {
    guard let column = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = column
  }
}
