import Foundation
import Testing
import Tracking

@Suite struct SimulationBasedCalibrationTests {
  private static let experiment = Result { try Experiment("simulation-based-calibration", "seeds=200") }

  private static func quantiles(_ model: String, _ family: String, _ optimizer: String, _ latent: String)
    throws
    -> [Double]
  {
    let runs = try experiment.get().runs.filter {
      $0.record.model == model && $0.record.family == family && $0.record.optimizer == optimizer
    }
    #expect(runs.count == 200)
    let ids = runs.map(\.record.runID)
    let last = try experiment.get().bench.store().summaries(of: "truth_quantile[\(latent)]", runIDs: ids)
    return try ids.map { try #require(last[$0]?.last) }
  }

  /// The mean of 2 |p − ½| and four of its standard errors.
  private static func spread(_ quantiles: [Double]) -> (mean: Double, bound: Double) {
    let values = quantiles.map { 2 * abs($0 - 0.5) }
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    return (mean, 4 * (variance / n).squareRoot())
  }

  /// Mean-field has the posterior's mean and the conditional variances, 1 − ρ² times the marginal ones (Turner & Sahani 2011): with
  /// k = 1/√(1 − ρ²) a quantile is Φ(kX) of a standard normal X, and the mean of 2 |Φ(kX) − ½| is (2/π) arctan k.
  @Test("a correlated Gaussian posterior makes mean-field too narrow by as much as its correlation says")
  func correlation() throws {
    // The posterior's precision: I + XᵀX of the days 1 … 10 and the intercept.
    let (days, cross, ones) = (1 + 385.0, 55.0, 1 + 10.0)
    let k = 1 / (1 - cross * cross / (days * ones)).squareRoot()
    for latent in ["weights.1", "weights.2"] {
      let found = Self.spread(
        try Self.quantiles("bayesian-linear-regression", "mean-field", "adam", latent))
      #expect(abs(found.mean - 2 / .pi * atan(k)) < found.bound, "\(latent): \(found)")
      for (family, optimizer) in [("exact", "adam"), ("full-rank", "laplace-approximation")] {
        let right = Self.spread(
          try Self.quantiles("bayesian-linear-regression", family, optimizer, latent))
        #expect(abs(right.mean - 0.5) < right.bound, "\(latent): \(right)")
      }
    }
  }

  @Test("the report says which groups are too narrow, and finds nothing against the posterior itself")
  func report() throws {
    let bench = try Self.experiment.get().bench
    try bench.done("report", "simulation-based-calibration", "--output", "out")
    let text = try bench.read("out/simulation-based-calibration/report.md")
    let section = try #require(text.components(separatedBy: "## Calibration by simulation").last)
    let rows = section.split(separator: "\n").map(String.init)
    func row(_ start: String) throws -> String { try #require(rows.first { $0.hasPrefix("| \(start) ") }) }
    #expect(try row("bayesian-linear-regression: mean-field, adam").contains("| too narrow "))
    #expect(try row("bayesian-linear-regression: exact, adam").contains("| none found "))
    #expect(try row("gamma-poisson: exact, adam").contains("| none found "))
    // At the joint mode a large scale lets the standardised effects be small.
    let schools = try row("eight-schools: full-rank, laplace-approximation")
    #expect(schools.contains("| tau ") && schools.contains("| high, too narrow "))
    #expect(!text.contains("known of the model"), "one evidence for data that differ by seed")
  }
}
