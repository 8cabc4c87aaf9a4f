import Inference
import ReverseTape
import Testing

@Suite struct ClosedFormTests {
  @Test("every closed form agrees with 20,000 draws", arguments: ModelCase.all)
  func closedFormsAgreeWithDraws(_ model: ModelCase) throws {
    for family in familyCases {
      guard let settings = model.accepted(["family": family]), settings.family.hasDensity else { continue }
      for trial: UInt64 in 0..<2 { check(settings, trial: trial, label: "\(family)") }
    }
  }

  private func check(_ settings: RunSettings, trial: UInt64, label: String) {
    var names: [String] = []
    let probe = BoundProbe(settings, draws: 20_000) { bound in
      let pairs = Self.pairs(bound, settings.model)
      names = pairs.map(\.name)
      return pairs.flatMap { [$0.closed, $0.sampled] }
    }
    let values = probe(at: probe.randomParameters(trial, scale: 0.2), seed: trial)
    for (index, name) in names.enumerated() {
      let expected = values[2 * index][0]
      let estimate = Estimate(values[2 * index + 1])
      #expect(
        estimate.agrees(with: expected),
        "\(label): \(name) is \(expected), but \(estimate.mean) ± \(estimate.standardError) from draws")
    }
  }

  /// Each term that has a closed form, with its value at each draw.
  private static func pairs(_ bound: BoundTape, _ model: any Model) -> [(
    name: String, closed: Traced, sampled: Traced
  )] {
    guard let likelihood = bound.logLikelihood, let prior = bound.logPrior, let density = bound.logDensity
    else { return [] }
    let evidence = model.evidence?.logValue ?? 0
    let all: [(String, Traced?, Traced)] = [
      ("reconstruction", bound.closedReconstruction, likelihood),
      ("log prior", bound.closedLogPrior, prior),
      ("entropy", bound.closedEntropy, -density),
      ("kl_prior", bound.closedPriorDivergence, density - prior),
      ("kl_posterior", bound.closedPosteriorDivergence, density - prior - likelihood + evidence),
    ]
    return all.compactMap { name, closed, sampled in
      closed.map { (name, $0, sampled.expanded(to: Layout(.scalar, .perDraw))) }
    }
  }
}
