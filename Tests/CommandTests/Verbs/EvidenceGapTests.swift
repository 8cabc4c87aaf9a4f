import Foundation
import Testing
import Tracking

/// The gap of families on a model that does not know its evidence, by what samplers in the store say of it.
@Suite struct EvidenceGapTests {
  /// Two features that tell two classes apart but for a few.
  private static let data: String = {
    let rows = (0..<24).map { row -> String in
      let i = Double(row)
      let (a, b) = (2 * sin(1.7 * i), 1.5 * cos(2.3 * i + 0.4))
      return "\(a),\(b),\(a - 0.5 * b + 1.2 * sin(5.1 * i) > 0.1 ? 1 : 0)"
    }
    return (["a,b,y"] + rows).joined(separator: "\n") + "\n"
  }()

  private static func sweep(_ name: String, _ families: String, seeds: Int = 2, data: String = "data.csv")
    -> String
  {
    """
    name: \(name)
    run:
      model: {logistic-regression: {data: \(data), target: y}}
      steps: 1000
    sweep:
      family: [\(families)]
    seeds: \(seeds)
    """
  }

  private struct Row {
    var values: [String: String]
    func number(_ column: String) -> Double? { values[column].flatMap(Double.init) }
  }

  /// The rows of a comparison by family.
  private func rows(_ bench: Workbench, _ more: String...) throws -> [String: Row] {
    let ended = try bench.start(["compare", "--format", "csv"] + more).wait()
    #expect(ended.code == 0, "\(ended.errors)")
    let lines = ended.output.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(lines.first)
    let rows = lines.dropFirst().map { line in
      Row(values: Dictionary(zip(header, line)) { first, _ in first })
    }
    return Dictionary(rows.map { ($0.values["family"] ?? "", $0) }) { first, _ in first }
  }

  @Test("families beside a sampler have their gaps with brackets, that hold the gap by quadrature")
  func gaps() throws {
    let bench = try Workbench(sweep: Self.sweep("families", "mean-field, full-rank, nuts"))
    try bench.write(Self.data, to: "data.csv")
    try bench.done("run", "sweep.yaml")
    let sampled = try rows(bench)
    #expect(sampled["nuts"]?.number("gap") == nil)
    for family in ["mean-field", "full-rank"] {
      let row = try #require(sampled[family])
      let (gap, low, high) = (
        try #require(row.number("gap")), try #require(row.number("gap_low")),
        try #require(row.number("gap_high"))
      )
      #expect(low < gap && gap < high && low > -0.05 && high < 0.2, "\(row)")
    }
    let text = try bench.done("compare")
    #expect(text.contains("KL[q ‖ p(z|x)] by the estimated evidence, in nats"))
    #expect(text.replacing("\n", with: " ").contains("nats by nuts, 2 runs of cell "), "\(text)")
    for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }

    // Another sweep of the store, whose error is some 1e-8.
    try bench.write(Self.sweep("exact", "quadrature", seeds: 1), to: "exact.yaml")
    try bench.done("run", "exact.yaml")
    let exact = try rows(bench, "--sweep", "families", "family in [mean-field, full-rank]")
    for family in ["mean-field", "full-rank"] {
      let (old, new) = (try #require(sampled[family]), try #require(exact[family]))
      let gap = try #require(new.number("gap"))
      #expect(gap > 0 && gap < 0.2)
      #expect(try #require(old.number("gap_low")) < gap && gap < (try #require(old.number("gap_high"))))
      let width = try #require(new.number("gap_high")) - (try #require(new.number("gap_low")))
      let oldWidth = try #require(old.number("gap_high")) - (try #require(old.number("gap_low")))
      #expect(width < 0.5 * oldWidth, "the runs' own errors alone")
      let mean = try #require(new.number("mean"))
      let evidence = try #require(new.number("log_evidence"))
      #expect(abs(gap - (evidence - mean)) < 1e-9)
    }

    let ranked = try rows(bench, "--sweep", "families", "--metric", "kl_posterior")
    for family in ["mean-field", "full-rank"] {
      #expect(
        abs(try #require(ranked[family]?.number("mean")) - (try #require(exact[family]?.number("gap"))))
          < 1e-9)
    }
    let document = try bench.done("compare", "--sweep", "families", "--format", "json")
    #expect(document.contains("\"source\"") && document.contains("quadrature, run "))

    // What cannot be had is not written down.
    let recorded = try bench.store().query(
      "SELECT count(*), count(kl_posterior), count(log_evidence) FROM runs WHERE family IN ('mean-field', 'full-rank')"
    )
    #expect(recorded.rows == [[.integer(4), .integer(0), .integer(0)]])
    let id = try #require(
      try bench.store().query("SELECT run_id FROM runs WHERE family = 'mean-field' AND seed = 0").rows.first?
        .first)
    guard case .text(let run) = id else {
      Issue.record("no id")
      return
    }
    let shown = try bench.done("show", run)
    #expect(shown.contains("gap") && shown.contains("nats by quadrature, run "), "\(shown)")
  }

  @Test("a sampler's evidence of other data says nothing")
  func otherData() throws {
    let bench = try Workbench(sweep: Self.sweep("families", "mean-field, full-rank"))
    try bench.write(Self.data, to: "data.csv")
    try bench.write(Self.data.replacing(",1\n", with: ",0\n", maxReplacements: 1), to: "other.csv")
    try bench.write(Self.sweep("other", "quadrature", seeds: 1, data: "other.csv"), to: "other.yaml")
    try bench.done("run", "other.yaml")
    try bench.done("run", "sweep.yaml")
    #expect(try rows(bench)["mean-field"]?.values["gap"] == nil)
    let text = try bench.done("compare")
    #expect(!text.contains("estimated evidence"))
  }
}
