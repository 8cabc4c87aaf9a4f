import Foundation
import Testing
import Tracking

/// Regressions of posteriordb against its reference draws: set WB_POSTERIORDB to the folder posterior_database.
@Suite struct PosteriorDatabaseRunTests {
  private static let folder = ProcessInfo.processInfo.environment["WB_POSTERIORDB"]

  /// The reference has 10,000 draws: its means are known to 0.01 of their sd, its sds to 0.7 %. The posteriors are close to Gaussian
  /// but for the scale of the noise; the bounds are what a user may ask of a Gaussian family on them.
  @Test(
    "full rank finds the reference's means within 0.1 sd and its sds within 10 %",
    .enabled(if: folder != nil, "WB_POSTERIORDB does not name the folder posterior_database"),
    arguments: [
      ("kidiq-kidscore_momiq", 0.3), ("mesquite-logmesquite_logvolume", 0.1), ("sblri-blr", 0.1),
    ])
  func regressions(posterior: String, rate: Double) throws {
    let bench = try Workbench()
    try bench.write(
      """
      name: regressions
      run:
        model: {posteriordb: {path: "\(try #require(Self.folder))", posterior: \(posterior)}}
        family: full-rank
        optimizer: {adam: {learning_rate: \(rate), schedule: cosine, average: 0.1}}
        steps: 20000
        record: {every: 1000}
      """, to: "sweep.yaml")
    try bench.done("run", "sweep.yaml", "--progress", "none")
    let store = try bench.store()
    let id = try #require(try store.runs().first?.record.runID)
    for metric in ["posterior_mean_error", "posterior_sd_error"] {
      let largest = try #require(try store.summaries(of: metric, runIDs: [id])[id]?.last)
      #expect(largest < 0.1, "\(metric) of \(posterior)")
    }
  }
}
