import Inference

/// Models whose evidence is known, each in a run of its own kind.
struct EvidenceCase {
  var name: String
  var model: ModelCase
  var exact: Double
  var dimension: Int

  /// Those whose scale changes by orders of magnitude: no sampler reaches all of their necks.
  static let funnels = ["neals-funnel", "eight schools, centered"]

  /// Every case of the registered models with an exact evidence, and densities with heavy tails, far priors and bends.
  static func all() throws -> [EvidenceCase] {
    let further = [
      ModelCase(
        testDescription: "a far prior",
        configuration: [
          "conjugate-normal": [
            "observations": [11, 12, 13], "noise_sd": 1, "prior_mean": -20, "prior_sd": 10,
          ]
        ]),
      ModelCase(
        testDescription: "twenty tosses",
        configuration: [
          "beta-bernoulli": [
            "observations": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0], "a": 2, "b": 2,
          ]
        ]),
      ModelCase(
        testDescription: "a strong bend", configuration: ["banana": ["curvature": 0.1, "sd": 5]]),
      ModelCase(
        testDescription: "Student's t with 4 degrees",
        configuration: [
          "stan": ["program": "parameters { real x; } model { target += student_t_lpdf(x | 4, 3, 2); }"]
        ]),
    ]
    return try (ModelCase.all + further).compactMap { model in
      let own = try model.settings([:]).model
      // Densities that are normalised have the evidence 1.
      let isStudent = model.testDescription.hasPrefix("Student")
      guard let evidence = isStudent ? Evidence(logValue: 0) : own.evidence, evidence.standardError == nil
      else { return nil }
      return EvidenceCase(
        name: model.testDescription, model: model, exact: evidence.logValue, dimension: own.dimension)
    }
  }

  /// The values of a run's metrics by name, and its end.
  func run(_ family: ConfigValue, steps: Int, seed: Int) throws -> (
    points: [String: Double], result: FitResult
  ) {
    let own = try model.settings([
      "family": family, "steps": .integer(steps), "record": ["every": .integer(max(1, steps))],
    ])
    let (_, points, result) = learn(own, seed: UInt64(seed))
    return (Dictionary(points.map { ($0.metric, $0.value) }) { _, last in last }, result)
  }
}
