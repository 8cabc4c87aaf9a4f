/// Evaluates the half steps of one climb over the data of each.
package protocol HalfStepEvaluator: AnyObject {
  /// After an E-step: q is the posterior at θ.
  func expect(_ state: HalfStepState, isRecorded: Bool) -> HalfStepExpectation
  /// At the start, or after an M-step: q is the posterior at another θ.
  func hold(_ state: HalfStepState) -> HalfStepRecord
}

/// Where EM is.
package struct HalfStepState: Sendable {
  /// A θ, and the inverse temperature of a posterior at it.
  package struct Posterior: Sendable, Hashable {
    var theta: [Double]
    var inverseTemperature: Double

    package init(theta: [Double], inverseTemperature: Double) {
      self.theta = theta
      self.inverseTemperature = inverseTemperature
    }
  }

  var theta: [Double]
  /// What q is.
  var posterior: Posterior
  var beta: Double
  /// The minibatch, which both halves of an iteration take.
  var batch: Int

  package init(theta: [Double], posterior: Posterior, beta: Double, batch: Int) {
    self.theta = theta
    self.posterior = posterior
    self.beta = beta
    self.batch = batch
  }
}

/// What an E-step gives.
package struct HalfStepExpectation {
  /// β log Z_β, which the objective is where q is tight.
  package var objective: Double
  /// The expected sufficient statistics, averaged over the data.
  package var statistics: [Double]
  /// nil where the step is not recorded.
  package var record: HalfStepRecord?
}

/// What is recorded of a half step.
package struct HalfStepRecord {
  /// The objective as the run's form writes it.
  package var objective: Double
  let layout: RecordLayout
  /// What the layout reads.
  let outputs: [Double]

  /// The terms of the step; checks the identities among them.
  package func terms(step: Int, beta: Double, check: inout IdentityCheck) -> StepTerms {
    layout.read(
      { outputs[$0] }, step: step, objective: objective, beta: beta, gradNorm: nil, check: &check)
  }
}
