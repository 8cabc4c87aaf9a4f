/// The evidence between bounds from both sides, and whether it is to be trusted.
///
/// The forward estimate is expected not above the evidence in its log, the backward one not below (Grosse, Ghahramani & Adams 2015).
struct EvidenceBracket {
  /// Where the systems' estimates are worth fewer than this share of them, a few decide, and their spread says less than the error.
  private static let smallestShare = 0.3
  /// Standard errors between the two estimates.
  private static let largestDistance = 4.0
  private static let largestRHat = 1.05

  private let forward: EvidenceEstimate
  private let backward: (estimate: EvidenceEstimate, draws: BackwardEstimates)?
  private let systems: Int

  init(_ forward: EvidenceEstimate, _ backward: BackwardEstimates?, systems: Int) {
    self.forward = forward
    // Of the inverses.
    self.backward = backward.map { (EvidenceEstimate(logEstimates: $0.logEstimates.map { -$0 }), $0) }
    self.systems = systems
  }

  func points(step: Int) -> [MetricPoint] {
    var points = [
      MetricPoint("log_evidence_lower", step: step, forward.lowerBound),
      MetricPoint("evidence_ess", step: step, forward.effectiveCount),
    ]
    if let (estimate, draws) = backward {
      points += [
        MetricPoint("log_evidence_upper", step: step, -estimate.lowerBound),
        MetricPoint("log_evidence_backward", step: step, -estimate.logMean),
        MetricPoint("log_evidence_backward_se", step: step, estimate.standardError),
        MetricPoint("rhat_backward", step: step, draws.rHat),
        MetricPoint("divergences_backward", step: step, Double(draws.divergences)),
      ]
    }
    return points
  }

  /// Why the estimate is not to be trusted; nil where it is.
  func suspect(step: Int) -> String? {
    var reasons: [String] = []
    let share = forward.effectiveCount / Double(systems)
    if !(share >= Self.smallestShare) {
      reasons.append(
        "the \(systems) estimates of the evidence are worth \(forward.effectiveCount.shortest), below "
          + "\(Self.smallestShare) of them; use more steps or particles")
    }
    if let (estimate, draws) = backward {
      let distance = -estimate.logMean - forward.logMean
      let error =
        (forward.standardError * forward.standardError + estimate.standardError * estimate.standardError)
        .squareRoot()
      if !(abs(distance) <= Self.largestDistance * error) {
        reasons.append(
          "backwards from draws of the posterior the log evidence is \((-estimate.logMean).shortest) ± "
            + "\(estimate.standardError.shortest), forwards \(forward.logMean.shortest) ± \(forward.standardError.shortest)"
        )
      }
      if draws.divergences > 0 {
        reasons.append(
          "\(draws.divergences) transitions of the chains that the upper bound starts from diverged")
      }
      if !(draws.rHat <= Self.largestRHat) {
        reasons.append(
          "R-hat of the chains that the upper bound starts from is \(draws.rHat.shortest), above \(Self.largestRHat)"
        )
      }
    }
    return reasons.isEmpty ? nil : "step \(step): " + reasons.joined(separator: "; ")
  }
}
