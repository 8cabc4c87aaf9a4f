import Foundation
import Inference
import NumericArrays
import ReverseTape
import Testing

/// φ for the member of a family nearest to a given Gaussian.
@Suite struct NearestMemberTests {
  /// Twenty rows of three features that share a common part.
  static let table: DataTable = {
    let noise = NoiseStream(seed: 31, purpose: .data).normals(dimension: 5, draws: 20, step: 0)
    let row = { (index: Int) in Array(noise[index * 20..<(index + 1) * 20]) }
    return DataTable(
      name: "features.csv",
      columns: (0..<3).map { column in
        DataTable.Column(name: "x\(column)", values: zipMap(row(column), row(3)) { 0.5 * $0 + $1 })
      } + [DataTable.Column(name: "y", values: row(4))], digest: "features")
  }()

  static let regression: ConfigValue = [
    "bayesian-linear-regression": [
      "data": "features.csv", "target": "y", "noise_sd": 0.7, "prior_sd": 1.5,
    ]
  ]

  /// XᵀX / noise_sd² + I / prior_sd².
  static var precision: Matrix {
    let design = Matrix(table.columns.dropLast().map(\.values)).transposed
    return (1 / 0.49) * (design.transposed * design) + (1 / 2.25) * Matrix.identity(3)
  }

  @Test("mean-field at a Gaussian posterior is the optimum of KL[q ‖ posterior]")
  func meanFieldOptimum() throws {
    let (steps, result) = try fit(
      [
        "model": Self.regression, "family": "mean-field", "initial": "posterior", "steps": 0,
        "expectations": "exact",
      ], tables: ["features.csv": Self.table])
    // sd_i = Λ_ii^(−1/2) and KL = ½ (Σ log Λ_ii − log |Λ|) (Bishop 2006, §10.1.2).
    let precision = Self.precision
    for i in 0..<3 {
      #expect(abs(result.parameters[3 + i] + 0.5 * log(precision[i, i])) < 1e-10)
    }
    let logDeterminant = Matrix.logDeterminant(lower: try precision.cholesky())
    let expected = 0.5 * (precision.diagonal.reduce(0) { $0 + log($1) } - logDeterminant)
    #expect(expected > 0.5)
    #expect(abs(try #require(steps[0].terms.klPosterior) - expected) < 1e-10)
    // An optimum of the bound: no gradient.
    #expect(try #require(steps[0].gradNorm) < 1e-9)
  }

  @Test("full-rank reproduces any covariance", arguments: [1, 2, 6])
  func fullRankIsExact(_ dimension: Int) throws {
    for trial in 0..<3 {
      let covariance = Self.randomCovariance(dimension, rank: dimension, floor: 0.05, trial: trial)
      try expectReproduced(covariance, by: "full-rank")
    }
  }

  @Test("low-rank reproduces a low rank plus an isotropic diagonal", arguments: [1, 2, 3])
  func lowRankIsExact(_ rank: Int) throws {
    for used in 1...rank {
      let covariance = Self.randomCovariance(5, rank: used, floor: 0.3, trial: used)
      try expectReproduced(covariance, by: ["low-rank": ["rank": .integer(rank)]])
    }
    // As many axes as there are variables: any covariance.
    try expectReproduced(
      Self.randomCovariance(2, rank: 2, floor: 0.1, trial: 9), by: ["low-rank": ["rank": .integer(rank + 1)]])
  }

  @Test(
    "householder reproduces any covariance with a reflection less than there are latents",
    arguments: [1, 2, 4])
  func householderIsExact(_ dimension: Int) throws {
    for layers in [max(1, dimension - 1), dimension + 1] {
      let covariance = Self.randomCovariance(dimension, rank: dimension, floor: 0.05, trial: layers)
      try expectReproduced(covariance, by: ["householder": ["layers": .integer(layers)]])
    }
  }

  @Test("every fitted family starts at the given mean")
  func means() throws {
    // A mixture's components start around it.
    for family in familyCases where family.asComponent != "mixture" {
      let settings = try? settings([
        "model": ["correlated-gaussian": ["dimension": 4]], "family": family,
        "initial": ["location": [1, -2, 3, -4]], "steps": 0,
      ])
      guard let settings, settings.family.parameterCount(for: settings.model) > 0 else { continue }
      #expect(Array(fit(settings).result.parameters[0..<4]) == [1, -2, 3, -4])
    }
  }

  @Test("a fit that starts at a Gaussian prior has kl_prior 0")
  func startsAtPrior() throws {
    for model in ModelCase.all {
      for family: ConfigValue in ["mean-field", "full-rank"] {
        let run: ConfigMapping = ["family": family, "initial": "prior", "steps": 0]
        guard let settings = model.accepted(run), Self.hasGaussianPrior(settings, family) else { continue }
        let divergence = try #require(fit(settings).steps[0].terms.klPrior)
        #expect(abs(divergence) < 1e-10, "\(model.testDescription) \(family)")
      }
    }
  }

  /// Whether the prior is in the family: of independent normals, or any normal for full-rank.
  private static func hasGaussianPrior(_ settings: RunSettings, _ family: ConfigValue) -> Bool {
    switch settings.modelName {
    case "conjugate-normal", "bayesian-linear-regression", "logistic-regression": true
    case "correlated-gaussian": family == "full-rank"
    default: false
    }
  }

  /// W Wᵀ + floor · I with `rank` random columns in W.
  private static func randomCovariance(_ dimension: Int, rank: Int, floor: Double, trial: Int) -> Matrix {
    let elements = NoiseStream(seed: 17, purpose: .data).normals(
      dimension: dimension * rank, draws: 1, step: UInt64(trial))
    let factor = Matrix(rows: dimension, columns: rank, elements: elements)
    return factor * factor.transposed + floor * Matrix.identity(dimension)
  }

  private func expectReproduced(_ covariance: Matrix, by family: ConfigValue) throws {
    let dimension = covariance.rows
    let settings = try settings([
      "model": ["correlated-gaussian": ["dimension": .integer(dimension)]], "family": family,
    ])
    let mean = (0..<dimension).map { Double($0) - 1.5 }
    let noise = [Double](repeating: 1, count: settings.family.parameterCount(for: settings.model))
    let parameters = settings.family.parameters(
      near: try GaussianStart(mean: mean, covariance: covariance), model: settings.model, noise: noise)
    let probe = BoundProbe(settings, draws: 1) { bound in
      guard let q = bound.q.gaussian else { return [] }
      return [q.mean] + (0..<dimension).map { q.covariance(with: $0) }
    }
    let values = probe(at: parameters)
    #expect(values[0] == mean)
    for i in 0..<dimension {
      for j in 0..<dimension {
        // Elements below ten, a few dozen roundings: 1e-12.
        #expect(abs(values[1 + j][i] - covariance[i, j]) < 1e-12, "\(family): element \(i), \(j)")
      }
    }
  }
}

extension ConfigValue {
  /// The name of a component, with or without options.
  fileprivate var asComponent: String? {
    switch self {
    case .text(let name): name
    case .mapping(let mapping): mapping.keys.first
    default: nil
    }
  }
}
