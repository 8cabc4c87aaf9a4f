import Inference
import Testing

/// Log likelihoods, log priors (with log-Jacobians) and evidence by SciPy's distributions at chosen points.
@Suite struct KnownDensityTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var model: ConfigValue
    var at: [Double]
    var logLikelihood: Double
    var logPrior: Double
    var evidence: Double?
  }

  /// The columns of the regressions' example.
  static let table = DataTable(
    name: "table.csv",
    columns: [
      DataTable.Column(name: "x1", values: [0.5, -1.2, 0.3, 1.8, -0.4, -1.1, 0.9, 0.2]),
      DataTable.Column(name: "x2", values: [1.0, 0.4, -1.3, 0.6, 0.8, -0.9, -0.2, 0.1]),
      DataTable.Column(name: "y", values: [1.1, 0.2, -0.7, 2.3, 0.4, -1.6, 0.9, 0.1]),
      DataTable.Column(name: "outcome", values: [1, 0, 0, 1, 1, 0, 1, 0]),
    ], digest: "table")

  private static let features: ConfigValue = ["x1", "x2"]

  static let cases: [Case] = [
    Case(
      testDescription: "conjugate normal",
      model: [
        "conjugate-normal": [
          "observations": [1, 2, 3, 4, 5], "noise_sd": .number(2.0.squareRoot()), "prior_mean": 0.5,
          "prior_sd": 3,
        ]
      ],
      at: [1.7], logLikelihood: -10.940060617423226, logPrior: -2.0975508218724823,
      evidence: -10.73850763650892),
    Case(
      testDescription: "beta-bernoulli, at logit 0.4",
      model: ["beta-bernoulli": ["observations": [0, 1, 0, 0, 0], "a": 2, "b": 3]], at: [0.4],
      logLikelihood: -4.165076261999763, logPrior: -1.280169612211763, evidence: -3.044522437723423),
    Case(
      testDescription: "gamma-poisson, at log rate 1.1",
      model: ["gamma-poisson": ["observations": [3, 1, 4, 1, 5, 9, 2, 6], "shape": 2, "rate": 0.5]],
      at: [1.1],
      logLikelihood: -19.764859106581028, logPrior: -0.6883773730931071, evidence: -20.282049215391364),
    Case(
      testDescription: "normal-gamma, at mean 0.8 and log precision -0.3",
      model: [
        "normal-gamma": [
          "observations": [1.3, 0.4, 2.1, 1.7, -0.2, 1.1], "prior_mean": 0.5, "prior_count": 0.5, "shape": 2,
          "rate": 1.5,
        ]
      ],
      at: [0.8, -0.3], logLikelihood: -7.895267640591471, logPrior: -2.3324776482562317,
      evidence: -8.86797125890357),
    Case(
      testDescription: "regression with unknown precisions; the evidence by a sum over a grid of their logs",
      model: [
        "bayesian-ridge": [
          "data": "table.csv", "target": "y", "features": features, "weight_shape": 2, "noise_rate": 0.5,
        ]
      ],
      at: [0.9, -0.7, 0.2, 0.6], logLikelihood: -16.14214198417571, logPrior: -4.257398198128826,
      evidence: -8.805569976630355),
    Case(
      testDescription: "regression with unknown precisions, standardised, with an intercept",
      model: [
        "bayesian-ridge": [
          "data": "table.csv", "target": "y", "features": features, "standardize": true, "intercept": true,
          "weight_rate": 0.7, "noise_shape": 3, "noise_rate": 2,
        ]
      ],
      at: [0.9, -0.7, 0.3, 0.2, 0.6], logLikelihood: -17.931374918108546, logPrior: -4.775290630847314,
      evidence: -10.021869584515908),
    Case(
      testDescription: "linear regression",
      model: ["bayesian-linear-regression": ["data": "table.csv", "target": "y", "features": features]],
      at: [0.9, -0.7], logLikelihood: -13.49305826563738, logPrior: -2.4878770664093453,
      evidence: -10.34676962617723),
    Case(
      testDescription: "linear regression, standardised, with an intercept",
      model: [
        "bayesian-linear-regression": [
          "data": "table.csv", "target": "y", "features": features, "standardize": true, "intercept": true,
          "noise_sd": 0.7, "prior_sd": 2,
        ]
      ],
      at: [0.9, -0.7, 0.3], logLikelihood: -19.035867599484654, logPrior: -5.010007141293854,
      evidence: -11.458980160146346),
    Case(
      testDescription: "logistic regression",
      model: ["logistic-regression": ["data": "table.csv", "target": "outcome", "features": features]],
      at: [0.9, -0.7], logLikelihood: -5.626917214514295, logPrior: -2.4878770664093453),
    Case(
      testDescription: "logistic regression, standardised, with an intercept",
      model: [
        "logistic-regression": [
          "data": "table.csv", "target": "outcome", "features": features, "standardize": true,
          "intercept": true, "prior_sd": 2.5,
        ]
      ],
      at: [0.9, -0.7, 0.3], logLikelihood: -6.188549239804684, logPrior: -5.616887795236483),
    Case(
      testDescription: "eight schools, half-normal scale",
      model: [
        "eight-schools": ["parameterization": "centered", "tau_prior": "half-normal", "tau_prior_scale": 3]
      ],
      at: StanValueTests.centered.at, logLikelihood: -28.765911395453895, logPrior: -26.173671674359614,
      evidence: -30.921352102643535),
    Case(
      testDescription: "eight schools, exponential scale",
      model: [
        "eight-schools": ["parameterization": "centered", "tau_prior": "exponential", "tau_prior_scale": 4]
      ],
      at: StanValueTests.centered.at, logLikelihood: -28.765911395453895, logPrior: -26.404901114682495,
      evidence: -31.03836853011247),
    Case(
      testDescription: "funnel", model: ["neals-funnel": ["width": 3, "scale": 2]], at: [0.7, -1.1, 0.4, 2],
      logLikelihood: 0, logPrior: -6.813482854058571, evidence: 0),
    Case(
      testDescription: "banana", model: "banana", at: [3.5, -1.2], logLikelihood: 0,
      logPrior: -11.54574028440339, evidence: 0),
    Case(
      testDescription: "banana, less bent", model: ["banana": ["curvature": 0.1, "sd": 2]], at: [-0.5, 0.8],
      logLikelihood: 0, logPrior: -2.6525867469692908, evidence: 0),
    Case(
      testDescription: "correlated Gaussian",
      model: ["correlated-gaussian": ["dimension": 3, "correlation": 0.4]], at: [0.3, -1.2, 0.8],
      logLikelihood: 0, logPrior: -4.346364789780568, evidence: 0),
  ]

  @Test("log likelihood, log prior and evidence are SciPy's to 1e-10", arguments: cases)
  func densities(_ expected: Case) throws {
    let settings = try settings(
      ["model": expected.model, "family": "delta"], tables: ["table.csv": Self.table])
    let probe = BoundProbe(settings, draws: 1) { [$0.logLikelihood, $0.logPrior].compactMap(\.self) }
    let values = probe(at: expected.at)
    #expect(abs(values[0][0] - expected.logLikelihood) <= 1e-10 * max(1, abs(expected.logLikelihood)))
    #expect(abs(values[1][0] - expected.logPrior) <= 1e-10 * max(1, abs(expected.logPrior)))
    #expect((settings.model.evidence == nil) == (expected.evidence == nil))
    if let evidence = expected.evidence, let found = settings.model.evidence {
      #expect(abs(found.logValue - evidence) <= 1e-10 * max(1, abs(evidence)))
      #expect(found.standardError == nil)
    }
  }
}
