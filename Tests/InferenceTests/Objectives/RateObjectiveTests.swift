import Foundation
import Inference
import NumericArrays
import Testing

/// Objectives of the reconstruction and the rate, over the registries, and against the linear VAE written out by hand.
@Suite struct RateObjectiveTests {
  /// Every registered one, with options that take the branches of its code.
  static let cases: [ConfigValue] = [
    ["free-bits": ["nats": 0.3]], ["free-bits": ["nats": 1.1, "group": "all"]],
    ["capacity": ["gamma": 3, "capacity": 0.7]], ["geco": ["tolerance": 2.5]], "beta-tcvae",
  ]

  @Test("every objective of rates in the registry is among the cases")
  func coverage() {
    let model = LearnedCase.example(LinearVAE.self)
    let registered = Catalog.components(of: .objective).map(\.name).filter { name in
      let objective: ConfigValue = name == "geco" ? ["geco": ["tolerance": 1]] : .text(name)
      return model.accepted(["objective": objective])?.objective is any RateObjective
    }
    let covered = Self.cases.map { $0.asMapping?.keys.first ?? $0.inlineText }
    #expect(Set(registered) == Set(covered))
    #expect(registered.count == 4)
  }

  @Test(
    "the gradient agrees with central differences, over models, families and expectations",
    arguments: LearnedCase.all)
  func gradient(_ model: LearnedCase) throws {
    for family in familyCases {
      for objective in Self.cases {
        for expectations in Expectations.allCases {
          let run: ConfigMapping = [
            "family": family, "objective": objective, "expectations": .text(expectations.rawValue),
          ]
          guard let settings = model.accepted(run) else { continue }
          let probe = BoundProbe(settings, draws: 2) { bound in
            [bound.objective] + [bound.gradientEstimate].compactMap(\.self)
          }
          // The log densities of draws under other data's q have third derivatives of some 8 offset² x³ / v: 1e10 with the variances
          // of 1e-4 that unbounded activations of x up to 7 give. Times h² / 6 = 6e-12 of the differences that is 4e-5 of the gradient.
          let tolerance = objective == "beta-tcvae" ? 1e-4 : 1e-8
          for beta in settings.objective.dependsOnBeta ? [0.5, 4] : [1] {
            expectSlopes(
              probe, at: probe.randomParameters(1, scale: 0.2), beta: beta,
              "\(model.testDescription), \(family), \(objective.inlineText), \(expectations), β \(beta)",
              tolerance: tolerance)
          }
        }
      }
    }
  }

  @Test("every model with an encoder takes them all, those of single latents where its prior has them apart")
  func accepted() throws {
    for model in LearnedCase.all where model.accepted(["family": "mean-field"]) != nil {
      let isVamp = model.testDescription.contains("vamp")
      for objective in Self.cases {
        let isOfSingleLatents = objective.inlineText == "free-bits nats 0.3"
        #expect(
          (model.accepted(["objective": objective]) != nil) == !(isVamp && isOfSingleLatents),
          "\(model.testDescription), \(objective.inlineText)")
      }
    }
  }

  /// The reconstruction and rates of a linear VAE with noise of sd ½, by the formulas of its closed forms, from the parameters.
  private struct ByHand {
    var reconstruction = 0.0
    var rates: [Double]
    var means: [[Double]] = []
    var scales: [Double]

    init(_ settings: RunSettings, _ parameters: [Double]) {
      let (blocks, data) = (settings.learning.parameters, settings.learning.data.training)
      func block(_ name: String) -> [Double] { Array(parameters[blocks.range(of: name)]) }
      let (weights, offset) = (block("weights"), block("offset"))
      let (encoder, bias) = (block("encoder.0.weight"), block("encoder.0.bias"))
      let (width, latents) = (offset.count, bias.count)
      let shared = block("encoder.shared")
      // Of full rank z = m + diag(s) U ε with U's strict triangle row by row: the rows of the factor.
      let scales = shared.prefix(latents).map { exp($0) }
      self.scales = scales
      var factor = scales.indices.map { row in
        scales.indices.map { $0 == row ? scales[row] : 0 }
      }
      if shared.count > latents {
        for row in 1..<latents {
          for column in 0..<row {
            factor[row][column] = scales[row] * shared[latents + row * (row - 1) / 2 + column]
          }
        }
      }
      let variances = factor.map { $0.reduce(0) { $0 + $1 * $1 } }
      rates = [Double](repeating: 0, count: latents)
      let count = Double(data.rowCount)
      for row in 0..<data.rowCount {
        let centered = (0..<width).map { data[row, $0] - offset[$0] }
        var mean = bias
        for latent in 0..<latents {
          for place in 0..<width { mean[latent] += encoder[latent * width + place] * centered[place] }
        }
        means.append(mean)
        for place in 0..<width {
          let line = Array(weights[place * latents..<(place + 1) * latents])
          var residual = centered[place]
          // The variance of W z: |Lᵀ w|².
          var spread = 0.0
          for column in 0..<latents {
            residual -= line[column] * mean[column]
            var part = 0.0
            for row in 0..<latents { part += factor[row][column] * line[row] }
            spread += part * part
          }
          let square = residual * residual + spread
          reconstruction -= (0.5 * square / 0.25 + 0.5 * log(2 * Double.pi * 0.25)) / count
        }
        for latent in 0..<latents {
          let square = mean[latent] * mean[latent] + variances[latent]
          rates[latent] += (0.5 * (square - 1) - log(scales[latent])) / count
        }
      }
    }

    var rate: Double { rates.reduce(0, +) }
  }

  @Test(
    "each is the formula of its paper in the linear VAE's closed forms",
    arguments: ["mean-field", "full-rank"])
  func formulas(_ family: String) throws {
    let model = LearnedCase.example(LinearVAE.self)
    for trial: UInt64 in 1...3 {
      for objective in Self.cases where objective != "beta-tcvae" {
        let settings = try model.settings([
          "family": .text(family), "objective": objective, "expectations": "exact",
        ])
        let probe = BoundProbe(settings, draws: 1) { [$0.objective] }
        let point = probe.randomParameters(trial, scale: 0.4)
        let hand = ByHand(settings, point)
        let beta = settings.objective.dependsOnBeta ? 1.5 : 1
        let expected =
          switch objective.inlineText {
          case "free-bits nats 0.3": hand.reconstruction - beta * hand.rates.reduce(0) { $0 + max(0.3, $1) }
          case "free-bits nats 1.1, group all": hand.reconstruction - beta * max(1.1, hand.rate)
          case "capacity gamma 3, capacity 0.7": hand.reconstruction - 3 * abs(hand.rate - 0.7)
          default: -(hand.rate + 0.7 * (-hand.reconstruction - 2.5))
          }
        let rows = Double(settings.learning.data.training.rowCount)
        let found = probe(at: point, beta: beta)[0][0]
        #expect(
          abs(found - rows * expected) < 1e-11 * max(1, abs(found)),
          "\(family), \(objective.inlineText): \(found), not \(rows * expected)")
      }
    }
  }

  @Test("the β-TCVAE's penalty is that of minibatch-weighted sampling, and none at β = 1")
  func totalCorrelation() throws {
    let model = LearnedCase.example(LinearVAE.self)
    let settings = try model.settings(["objective": "beta-tcvae", "expectations": "exact"])
    let probe = BoundProbe(settings, draws: 2) { [$0.objective] + [$0.q.draw].compactMap(\.self) }
    let point = probe.randomParameters(2, scale: 0.4)
    let hand = ByHand(settings, point)
    let rows = hand.means.count
    let elbo = probe(at: point, beta: 1)[0][0]
    #expect(abs(elbo - Double(rows) * (hand.reconstruction - hand.rate)) < 1e-11 * abs(elbo))
    let values = probe(at: point, beta: 4)
    // Elements of draws are `draws` apart; draw s · rows + i is of datum i.
    let draws = 2 * rows
    func density(_ draw: Int, _ other: Int, _ latent: Int) -> Double {
      let offset = (values[1][latent * draws + draw] - hand.means[other % rows][latent]) / hand.scales[latent]
      return exp(-0.5 * offset * offset) / (hand.scales[latent] * (2 * .pi).squareRoot())
    }
    let size = Double(rows) * Double(draws)
    let correlation = (0..<draws).reduce(0.0) { sum, draw in
      var (joint, first, second) = (0.0, 0.0, 0.0)
      for other in 0..<draws {
        let margins = (density(draw, other, 0), density(draw, other, 1))
        joint += margins.0 * margins.1 / size
        first += margins.0 / size
        second += margins.1 / size
      }
      return sum + log(joint) - log(first) - log(second)
    }
    let expected = elbo - 3 * Double(rows) * correlation / Double(draws)
    #expect(abs(values[0][0] - expected) < 1e-10 * abs(expected), "\(values[0][0]), not \(expected)")
  }

  @Test(
    "with nothing free, and at β = 1, the steps are those of the ELBO",
    arguments: ["mean-field", "full-rank"])
  func nothingFree(_ family: String) throws {
    func run(_ objective: ConfigValue) throws -> [StepTerms] {
      learn(
        try irisModel("linear-vae", ["noise_sd": 0.5]).settings([
          "family": .text(family), "objective": objective, "form": "reconstruction-kl", "steps": 40,
          "minibatch": 20,
        ])
      ).steps
    }
    let plain = try run("elbo")
    var others: [ConfigValue] = [["free-bits": ["nats": 0]]]
    if family == "mean-field" { others.append("beta-tcvae") }
    for objective in others {
      for (found, expected) in zip(try run(objective), plain) {
        // Sums in another order: 40 steps of Adam at 0.001 carry differences of 1e-15 on.
        #expect(abs(found.elbo - expected.elbo) < 1e-9 * abs(expected.elbo), "\(objective.inlineText)")
        #expect(abs(found.objective - expected.objective) < 1e-9 * abs(expected.objective))
      }
    }
  }

  @Test("what is recorded of the bound is the bound at β = 1, whatever is climbed")
  func recorded() throws {
    for objective in Self.cases {
      let settings = try irisModel("linear-vae", ["noise_sd": 0.5]).settings([
        "objective": objective, "expectations": "exact", "steps": 3, "beta": 1,
      ])
      for step in learn(settings).steps {
        let (reconstruction, rate) = (
          try #require(step.terms.reconstruction), try #require(step.terms.klPrior)
        )
        #expect(abs(step.elbo - (reconstruction - rate)) < 1e-9 * abs(step.elbo))
      }
    }
  }
}
