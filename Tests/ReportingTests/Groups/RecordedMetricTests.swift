import Comparison
import Plotting
import Reporting
import Testing
import Tracking

@Suite struct RecordedMetricTests {
  /// Two families with a negative log likelihood; mean-field is higher by 2 nats.
  private var fixture: Fixture {
    var fixture = Fixture.grid(forms: ["joint-entropy"], betas: [1])
    for run in fixture.runs {
      let base = run.record.family == "full-rank" ? 97.1 : 99.1
      let value = base + 0.01 * Double(run.record.seed)
      fixture.recorded["nll", default: [:]][run.record.runID] = StepSeries(
        steps: [100, 200], values: [150, value])
      fixture.recorded["nll_se", default: [:]][run.record.runID] = StepSeries(
        steps: [100, 200], values: [9, 0.05])
      fixture.recorded["covariance_eigenvalue", default: [:]][run.record.runID] = StepSeries(
        steps: [1, 2], values: [4, 2])
    }
    return fixture
  }

  @Test("a run's value is the last that it recorded, and a lower nll is better")
  func last() throws {
    let runs = fixture.runs
    let measurement = try RunMeasurement(named: "nll", of: runs, source: fixture)
    let comparison = try #require(
      try RunComparison(runs, measurement: measurement).contexts.first?.comparison)
    #expect(comparison.groups.map { "\($0.key)" } == ["full-rank", "mean-field"])
    #expect(comparison.groups.map(\.monteCarloError) == [0.05, 0.05])
    // The mean over seeds 0 … 4 is the base and 0.02.
    #expect(abs((comparison.groups.first?.mean ?? 0) - 97.12) < 1e-9)
    #expect(
      VerdictText.sentences(comparison).hasPrefix(
        "full-rank has a lower nll than mean-field, by 2.00 nats per datum (95 % interval"))
  }

  static let metrics: [(name: String, unit: String, direction: Metric.Direction)] = [
    ("nll", "nats per datum", .lowerIsBetter), ("validation_nll", "nats per datum", .lowerIsBetter),
    ("test_elbo", "nats", .higherIsBetter), ("validation_elbo", "nats", .higherIsBetter),
    ("elbo_per_datum", "nats per datum", .higherIsBetter),
    ("test_elbo_per_datum", "nats per datum", .higherIsBetter),
    ("test_kl_prior_per_datum", "nats per datum", .neither), ("kl_prior[3]", "nats per datum", .neither),
    ("mutual_information", "nats", .neither), ("active_units", "units", .neither),
    ("nll_se", "nats per datum", .neither),
    ("test_elbo_se", "nats", .neither), ("training_nll", "nats per datum", .lowerIsBetter),
    ("total_correlation", "nats per datum", .neither), ("dimension_wise_kl", "nats per datum", .neither),
    ("capacity", "nats per datum", .neither), ("constraint", "nats per datum", .neither),
    ("multiplier", "", .neither), ("warm_up_left", "steps", .neither),
    ("amortization_gap", "nats per datum", .lowerIsBetter),
    ("amortization_gap_se", "nats per datum", .neither), ("optimization_gap", "nats", .lowerIsBetter),
    ("posterior_mean_variance[2]", "", .neither), ("whatever", "", .neither),
  ]

  @Test("the unit and direction of a metric follow from its name", arguments: metrics)
  func directions(row: (name: String, unit: String, direction: Metric.Direction)) {
    let metric = RecordedMetric(row.name).metric
    #expect(metric.unit == row.unit)
    #expect(metric.direction == row.direction)
  }

  @Test("an unknown metric is refused with the nearest name and those that there are")
  func unknown() {
    let error = #expect(throws: MetricError.self) {
      try RunMeasurement(named: "nnl", of: fixture.runs, source: fixture)
    }
    // The eigenvalues of the data are no course whose last value would say something of a run.
    #expect(
      error?.description
        == "no run has a metric 'nnl'; did you mean 'nll'?; use one of elbo, reconstruction, kl_prior, kl_posterior, "
        + "log_joint, entropy, log_evidence, seconds, steps; recorded besides: nll, nll_se")
    let none = #expect(throws: MetricError.self) {
      try RunMeasurement(named: "nll", of: fixture.runs, source: Fixture.grid())
    }
    #expect(none?.description.hasSuffix("the runs have recorded nothing besides") == true)
  }

  @Test("runs learned from other numbers of data are not ranked against each other")
  func contexts() throws {
    let runs = [100, 200].flatMap { count in
      (0..<3).map {
        Fixture.run(
          seed: $0, elbo: 1, extra: [RunRecord.Parameter(key: "data_count", value: .integer(count))])
      }
    }
    #expect(try RunComparison(runs).contexts.count == 2)
  }
}
