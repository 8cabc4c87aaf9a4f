import Foundation
import Inference
import NumericArrays
import Testing

/// Models with discrete latents against sums that are written out.
@Suite struct DiscreteModelTests {
  private static func states(_ model: ConfigValue) throws -> any DiscreteModel {
    try #require(
      try settings(["model": model, "family": "exact"]).model as? any DiscreteModel)
  }

  @Test(
    "priors sum to 1 over the states, and posteriors are joints over the evidence",
    arguments: ModelCase.discrete)
  func sums(_ model: ModelCase) throws {
    let table = try #require(try model.settings(["family": "exact"]).model as? any DiscreteModel).states
    // Of at most some hundred states, each to 1e-16.
    #expect(abs(table.logPrior.reduce(0) { $0 + exp($1) } - 1) < 1e-12)
    #expect(abs(table.posterior.reduce(0, +) - 1) < 1e-12)
    let joint = zip(table.logPrior, table.logLikelihood).map { exp($0 + $1) }
    #expect(abs(log(joint.reduce(0, +)) - table.logEvidence) < 1e-12)
    #expect(zip(joint, table.posterior).allSatisfy { abs($0 / exp(table.logEvidence) - $1) < 1e-12 })
  }

  /// Without a coupling spins are independent: p(x) = Π ½ (N(x; 1, σ²) + N(x; −1, σ²)).
  @Test("spins without a coupling are independent")
  func independentSpins() throws {
    let x = [0.8, -0.4, 1.3, 0.1]
    let table = try Self.states([
      "ising": [
        "rows": 2, "columns": 2, "coupling": 0, "noise_sd": 0.7,
        "observations": .list(x.map(ConfigValue.number)),
      ]
    ]).states
    func normal(_ x: Double, _ mean: Double) -> Double {
      exp(-0.5 * (x - mean) * (x - mean) / 0.49) / (2 * Double.pi * 0.49).squareRoot()
    }
    let expected = x.reduce(0) { $0 + log(0.5 * (normal($1, 1) + normal($1, -1))) }
    #expect(abs(table.logEvidence - expected) < 1e-12)
    for (marginal, x) in zip(table.marginals, x) {
      #expect(abs(marginal - normal(x, 1) / (normal(x, 1) + normal(x, -1))) < 1e-12)
    }
  }

  /// Ising (1925): an open chain of n spins without a field has Z = 2 (2 cosh J)^(n−1), so neighbours agree with (1 + tanh J)/2.
  @Test("a chain of spins has Ising's partition function")
  func chain() throws {
    let coupling = 0.8
    let model = try Self.states(["ising": ["rows": 1, "columns": 5, "coupling": .number(coupling)]])
    let allUp = model.states.logPrior[31]
    #expect(abs(allUp - (4 * coupling - log(2) - 4 * log(2 * cosh(coupling)))) < 1e-12)
    #expect(abs(model.states.logEvidence) < 1e-12)
  }

  /// Two causes with p = 0.1 and 0.2 of one finding by 0.8 and 0.5, without (but for 1e-9) a leak: p(x) = 0.02 · 0.9 + 0.08 · 0.8 + 0.18 · 0.5.
  @Test("causes explain a finding, and each other away")
  func explainingAway() throws {
    let table = try Self.states([
      "noisy-or": ["prior": [0.1, 0.2], "links": [0.8, 0.5], "leak": 1e-9, "findings": [1]]
    ]).states
    let evidence = 0.02 * 0.9 + 0.08 * 0.8 + 0.18 * 0.5
    // The leak adds at most 1e-9 to it.
    #expect(abs(table.logEvidence - log(evidence)) < 1e-8)
    #expect(abs(table.marginals[0] - (0.018 + 0.064) / evidence) < 1e-8)
    // Both together are less probable than by their margins.
    #expect(table.posterior[3] < table.marginals[0] * table.marginals[1])
  }

  /// Of two observations under Dirichlet(α/K): p(z₁ = z₂) = (1 + α/K)/(1 + α) (Blackwell & MacQueen 1973).
  @Test("allocations depend on each other as Pólya's urn says")
  func urn() throws {
    let model = try Self.states([
      "mixture-allocation": ["observations": [0, 0], "means": [-1, 0, 1], "concentration": 0.6]
    ])
    let prior = model.states.logPrior.map { exp($0) }
    #expect(abs(prior[0] + prior[4] + prior[8] - 1.2 / 1.6) < 1e-12)
    #expect(model.variableNames == ["z.1.1", "z.1.2", "z.1.3", "z.2.1", "z.2.2", "z.2.3"])
  }

  @Test("the exact posterior has the evidence for its bound", arguments: ModelCase.discrete)
  func exact(_ model: ModelCase) throws {
    for form in Form.allCases {
      let (_, result) = fit(try model.settings(["family": "exact", "form": .text(form.rawValue)]))
      let yardstick = try #require(result.yardstick)
      #expect(abs(yardstick.elbo - (try #require(yardstick.terms.logEvidence))) < 1e-12)
      #expect(result.suspect == nil && yardstick.terms.klPosterior == 0)
    }
  }

  static let refused: [WrongRun] = [
    WrongRun(
      ["model": "ising"],
      "'mean-field' is of continuous latents, and those of 'ising' are discrete; use family: bernoulli"),
    WrongRun(
      ["model": ["mixture-allocation": ["observations": [1, 2]]], "family": "nuts"],
      "'nuts' is of continuous latents, and those of 'mixture-allocation' are discrete; use family: categorical"
    ),
    WrongRun(
      ["model": "ising", "family": "categorical"],
      "'categorical' is of latents with several values, and not all of 'ising' are; use family: bernoulli"),
    WrongRun(
      ["model": "banana", "family": "categorical"],
      "'categorical' is of latents with several values, and not all of 'banana' are; use family: mean-field"),
    WrongRun(
      ["model": "banana", "family": "bernoulli"],
      "'bernoulli' is of latents that are 0 or 1, and not all of 'banana' are; use family: mean-field"),
    WrongRun(
      ["model": "banana", "estimator": "gumbel-softmax"],
      "'gumbel-softmax' is for families of discrete latents, which 'mean-field' is not; use reparameterization or stl or "
        + "score-function"),
    WrongRun(
      ["model": "ising", "family": "bernoulli", "estimator": "reparameterization"],
      "'reparameterization' is through draws that move with φ, and those of 'bernoulli' jump; use enumeration or "
        + "score-function or gumbel-softmax or straight-through"),
    WrongRun(
      ["model": "ising", "family": "bernoulli", "objective": "tail-adaptive"],
      "'stl' is through draws that move with φ, and those of 'bernoulli' jump; use objective: elbo"),
    WrongRun(
      ["model": "ising", "family": "bernoulli", "optimizer": "pathfinder"],
      "'pathfinder' finds a Gaussian, and the latents of 'ising' are discrete; use coordinate-ascent or adam"),
    WrongRun(
      ["model": ["ising": ["rows": 4, "columns": 5]], "family": "bernoulli"],
      "there are 20 latents of 2 values, whose states are too many to look at; use fewer: 65536 states at most"
    ),
    WrongRun(
      ["model": ["ising": ["observations": [1]]], "family": "bernoulli"],
      "model.ising.observations is a list of 1; give 9 numbers, one for each spin of 3 rows and 3 columns, or none"
    ),
    WrongRun(
      ["model": ["noisy-or": ["links": [0.5]]], "family": "bernoulli"],
      "model.noisy-or.links is a list of 1; give 9 numbers: 3 causes for each of 3 findings"),
    WrongRun(
      ["model": ["noisy-or": ["findings": [1, 0.5, 0]]], "family": "bernoulli"],
      "model.noisy-or.findings.1 is 0.5; use 0 or 1"),
    WrongRun(
      ["model": ["mixture-allocation": ["observations": [1], "means": [0]]], "family": "categorical"],
      "model.mixture-allocation.means is a list of 1; give the means of two components or more"),
  ]

  @Test("what does not fit discrete latents is refused, with what does", arguments: refused)
  func refusals(_ wrong: WrongRun) throws {
    #expect(try wrong.problems() == wrong.expected)
  }
}
