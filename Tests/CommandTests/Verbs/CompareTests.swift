import Foundation
import Testing

/// Comparisons are golden files, one for each format. After a deliberate change write them again with
/// `WB_WRITE_GOLDEN=1 swift test --filter CompareTests`, and read the difference.
@Suite struct CompareTests {
  private static let golden = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "GoldenComparisons")

  /// Recorded by another program: `models` × 3 families × 2 β × 8 seeds, in thousandths of a nat; a seed of the last
  /// cell diverged.
  private func bench(models: Int = 1) throws -> Workbench {
    let bench = try Workbench()
    var lines = ["run,step,nll,param.model,param.family,param.beta,seed,status"]
    for model in 0..<models {
      for (f, family) in ["full-rank", "mean-field", "naïve \"x\", a|b"].enumerated() {
        for beta in [1, 4] {
          for seed in 0..<8 {
            let level = 25000 + 700 * model + [0, 4, 210][f] + 900 * (beta - 1)
            let value = Double(level + 13 * ((7 * seed) % 8) + 5 * ((3 * seed + f + model) % 4)) / 1000
            let isLost = f == 2 && beta == 4 && seed == 7
            let name = family.replacing("\"", with: "\"\"")
            lines.append(
              "r\(model)-\(f)-\(beta)-\(seed),100,\(isLost ? "NaN" : "\(value)"),m\(model),\"\(name)\",\(beta),\(seed),"
                + (isLost ? "diverged" : "finished"))
          }
        }
      }
    }
    try bench.write(lines.joined(separator: "\n") + "\n", to: "runs.csv")
    try bench.done("import", "runs.csv")
    return bench
  }

  private func check(_ output: String, _ name: String) throws {
    let file = Self.golden.appending(path: name)
    if ProcessInfo.processInfo.environment["WB_WRITE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(at: Self.golden, withIntermediateDirectories: true)
      try Data(output.utf8).write(to: file)
    }
    #expect(output == (try String(contentsOf: file, encoding: .utf8)), "\(name)")
  }

  @Test(
    "a comparison is as it was agreed, in every format",
    arguments: [("table", "txt"), ("markdown", "md"), ("csv", "csv"), ("json", "json")])
  func formats(format: String, ending: String) throws {
    let output = try bench().done("compare", "--metric", "nll", "--format", format)
    try check(output, "grid.\(ending)")
    if format == "table" {
      for line in output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }
    if format == "json" {
      let document = try JSONSerialization.jsonObject(with: Data(output.utf8))
      #expect(document is [String: Any])
    }
  }

  @Test("a baseline, a region and the shares of the variance are as they were agreed")
  func options() throws {
    let output = try bench().done(
      "compare", "--metric", "nll", "--by", "family", "--baseline", "family = mean-field", "--rope", "0.05",
      "--anova")
    try check(output, "options.txt")
    for line in output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test("groups are ranked over three models")
  func ranks() throws {
    let output = try bench(models: 3).done("compare", "--metric", "nll", "--by", "family")
    try check(output, "ranks.txt")
    for line in output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test("a wider region makes equivalent what was worse")
  func region() throws {
    let bench = try bench()
    let narrow = try bench.done("compare", "--metric", "nll", "--by", "family", "--rope", "0")
    let wide = try bench.done("compare", "--metric", "nll", "--by", "family", "--rope", "9")
    #expect(narrow.contains("worse") && !narrow.contains("equivalent"))
    #expect(wide.contains("equivalent") && !wide.contains("worse"))
  }

  @Test("a region that is no size is refused", arguments: ["-1", "nan", "inf", "x"])
  func wrongRegion(text: String) throws {
    let ended = try Workbench().wb("compare", "--rope=\(text)")
    #expect(ended.code == 2)
    #expect(ended.errors.contains("--rope") || ended.errors.contains("rope"))
  }

  @Test("objectives of different β exit with 6 and say what to do")
  func objectives() throws {
    let bench = try Workbench()
    let lines = (0..<6).map { "r\($0),1,\(-5 - $0),\($0 % 2 == 0 ? 1 : 4),\($0 / 2)" }
    try bench.write(
      (["run,step,objective,param.beta,seed"] + lines).joined(separator: "\n") + "\n", to: "runs.csv")
    try bench.done("import", "runs.csv")
    let ended = try bench.wb("compare", "--metric", "objective")
    #expect(ended.code == 6)
    #expect(
      ended.output.contains("No comparison can be made: the runs maximise different objectives (beta is 1,"))
    let listed = try bench.wb("compare", "--metric", "objective", "--format", "json")
    #expect(listed.code == 6)
    #expect(listed.errors.contains("is not comparable: the runs maximise different objectives"))
  }
}
