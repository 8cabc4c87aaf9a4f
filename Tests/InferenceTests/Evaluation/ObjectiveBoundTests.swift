import Inference
import NumericArrays
import Testing

/// The bound that a run has climbed, by the weights of N(2, 1) in the conjugate normal. Expected values are those of `ObjectiveValueTests`.
@Suite struct ObjectiveBoundTests {
  struct Known: Sendable, CustomTestStringConvertible {
    var objective: ConfigValue
    var value: Double
    var testDescription: String { objective.inlineText }
  }

  static let known = [
    Known(objective: ["iwae": ["k": 1]], value: ObjectiveValueTests.elbo),
    Known(objective: ["iwae": ["k": 2]], value: -11.39592756291306),
    Known(objective: ["renyi": ["alpha": 1, "k": 7]], value: ObjectiveValueTests.elbo),
    Known(objective: ["renyi": ["alpha": 0, "k": 3]], value: ObjectiveValueTests.evidence),
    Known(objective: ["renyi": ["alpha": 0.5]], value: -11.281917606600139),
    Known(objective: ["tvo": ["partitions": 2]], value: -11.479624768858514),
    Known(objective: "cubo", value: -10.528100485718763),
  ]

  private func objective(_ value: ConfigValue) throws -> any Objective {
    try settings(["model": conjugateNormal, "objective": value]).objective
  }

  private func measured(_ bound: ObjectiveBound, draws: Int, replicate: UInt64) -> (
    value: Double, error: Double
  ) {
    let noise = NoiseStream(seed: replicate, purpose: .data).normals(dimension: 1, draws: draws, step: 0)
    let weights = ConjugateWeights()
    let points = bound.points(noise.map(weights.logWeight), step: 0)
    let values = Dictionary(uniqueKeysWithValues: points.map { ($0.metric, $0.value) })
    return (values["bound"] ?? .nan, values["bound_se"] ?? .nan)
  }

  @Test(
    "over fresh draws the bound is the known one, and its standard error how far it scatters",
    arguments: known)
  func covers(_ known: Known) throws {
    let draws = 10_000
    let bound = try #require(ObjectiveBound(try objective(known.objective), draws: draws))
    let all = (0..<60).map { measured(bound, draws: draws, replicate: $0) }
    let mean = all.map(\.value).reduce(0, +) / 60
    let sd = (all.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) } / 59).squareRoot()
    // The largest bias is that of CUBO, whose w⁴ has an expectation: some sd² of one estimate, below a tenth of the mean's error.
    #expect(abs(mean - known.value) < 6 * sd / 60.0.squareRoot(), "\(mean) ± \(sd / 60.0.squareRoot())")
    let stated = (all.reduce(0) { $0 + $1.error * $1.error } / 60).squareRoot()
    // An sd of 60 values is known to 9 %, that of 20 blocks, whose error is 16 %, over 60 replicates to 2 %.
    #expect((0.7...1.4).contains(stated / sd), "\(stated) beside \(sd)")
  }

  @Test("at the posterior every bound is the evidence, without an error")
  func tight() throws {
    for known in Self.known {
      let bound = try #require(ObjectiveBound(try objective(known.objective), draws: 1000))
      let points = bound.points([Double](repeating: -3.5, count: 1000), step: 7)
      #expect(points.map(\.metric) == ["bound", "bound_se"] && points.map(\.step) == [7, 7])
      #expect(abs(points[0].value + 3.5) < 1e-12 && points[1].value < 1e-12)
    }
  }

  @Test("divergences are no bounds, and a K of which there are fewer than ten terms has none")
  func none() throws {
    for objective in ["elbo", "forward-kl", "tail-adaptive", ["iwae": ["k": 101]]] as [ConfigValue] {
      #expect(ObjectiveBound(try self.objective(objective), draws: 1000) == nil)
    }
    #expect(ObjectiveBound(try objective(["iwae": ["k": 100]]), draws: 1000) != nil)
  }

  @Test("a run ends with the bound that it has climbed, between its ELBO and the evidence")
  func recorded() throws {
    let run: ConfigMapping = [
      "model": ["correlated-gaussian": ["correlation": 0.5]], "family": "mean-field", "steps": 500,
      "objective": ["iwae": ["k": 10]],
    ]
    let points = learn(try settings(run)).points
    let bound = try #require(points.last { $0.metric == "bound" }?.value)
    let error = try #require(points.last { $0.metric == "bound_se" }?.value)
    // At the ELBO's optimum, ½ log(1 − ρ²) with an evidence of 0, IWAE's is no lower; at its own neither.
    #expect(bound > -0.1438 - 0.02 - 4 * error && bound < 4 * error)
  }
}
