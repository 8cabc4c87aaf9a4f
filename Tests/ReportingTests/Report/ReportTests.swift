import Foundation
import Plotting
import Reporting
import Testing
import Tracking

@Suite struct ReportTests {
  private func report(_ fixture: Fixture) throws -> Report {
    try Report(fixture.input, source: fixture)
  }

  @Test("the verdict comes before everything and says what to use, by how much and how sure")
  func verdict() throws {
    let text = try report(.grid(forms: ["joint-entropy"])).markdown
    #expect(
      text.hasPrefix(
        """
        # three-elbos

        Do the three forms agree, and is full-rank worth it? At every β.

        ## Verdict

        **Use family `full-rank`, beta `1`.** Its mean `elbo` is -496.6003 nats, 0.0013 below the log evidence.

        full-rank, beta=1 has the highest elbo of 4 groups: ahead of the next, the same with beta=4, by 3.3016 nats \
        (95 % interval
        """))
    let sections = text.split(separator: "\n").filter { $0.hasPrefix("## ") }
    #expect(
      sections == [
        "## Verdict", "## What was asked", "## Groups", "## Terms of the bound", "## Pictures",
        "## Can it be trusted",
        "## What it cost", "## The sweep",
        "## Provenance", "## Reproduce",
      ])
  }

  @Test("the same inputs give the same bytes")
  func deterministic() throws {
    let fixture = Fixture.grid()
    let first = try report(fixture)
    let second = try report(fixture)
    #expect(first.markdown == second.markdown)
    #expect(first.drawings == second.drawings)
  }

  @Test("models are reported apart, each with its own table and pictures")
  func severalModels() throws {
    let result = try report(.grid(models: ["a", "b"]))
    #expect(result.markdown.contains("Different models or data are not ranked against each other."))
    #expect(
      result.drawings.map(\.name)
        == [1, 2].flatMap { context in
          ["elbo-per-group", "differences", "elbo-over-steps", "forms", "variance"].map { "\($0)-\(context)" }
        })
  }

  @Test("runs that diverged or are suspect are listed with the reason, and a point mass has its footnote")
  func trouble() throws {
    var fixture = Fixture.grid()
    fixture.runs += [
      Fixture.run(family: "low-rank", seed: 0, elbo: nil),
      Fixture.run(
        family: "low-rank", seed: 1, elbo: -498, suspect: "elbo exceeds log_evidence by 0.3 at step 17"),
      Fixture.run(family: "delta", seed: 1, elbo: -470),
    ]
    let text = try report(fixture).markdown
    #expect(text.contains("Of 43 runs, 42 finished, 1 diverged; **1 cannot be trusted**"))
    #expect(text.contains("| diverged | the objective became NaN at step 40         |"))
    #expect(text.contains("| suspect  | elbo exceeds log_evidence by 0.3 at step 17 |"))
    #expect(
      text.contains("Listed but not ranked: delta, reconstruction-kl, beta=1. A point mass has no bound"))
    #expect(!text.contains("**Use family `delta`"))
  }

  @Test("many troubled runs are grouped by reason")
  func groupedTrouble() throws {
    var fixture = Fixture.grid()
    fixture.runs += (0..<30).map { Fixture.run(family: "low-rank", seed: $0, elbo: nil) }
    let text = try report(fixture).markdown
    #expect(text.contains("| diverged |   30 |      1 |"))
  }

  @Test("the checks are counted with their largest residual")
  func checks() throws {
    #expect(
      try report(.grid()).markdown.contains(
        "checked 240,000 times; the largest relative residual where both sides are exact is 3.2e-13; 0 runs"))
  }

  @Test("an empty sweep and one of failures make reports that claim nothing")
  func nothing() throws {
    let empty = try report(Fixture())
    #expect(empty.markdown.contains("No comparison can be made: the sweep has no runs."))
    #expect(empty.drawings.isEmpty)
    let failed = try report(Fixture(runs: (0..<3).map { Fixture.run(seed: $0, elbo: nil) }))
    #expect(failed.markdown.contains("No comparison can be made: no run has a finite value."))
    #expect(failed.markdown.contains("Of 3 runs, 0 finished, 3 diverged"))
  }

  @Test(
    "values at the edge of the numbers make a report", .enabled(if: hasGnuplot, "gnuplot is not installed"))
  func hugeValues() throws {
    let values = [1e308, -1e308, 0, 1]
    let runs = values.enumerated().flatMap { seed, value in
      [
        Fixture.run(seed: seed, elbo: value),
        Fixture.run(family: "full-rank", seed: seed, elbo: 1e200 * Double(seed)),
      ]
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("report \(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try report(Fixture(runs: runs)).write(to: folder)
  }

  @Test("nothing in a name becomes HTML, a heading or a broken table", arguments: hostileNames)
  func hostileGroups(name: String) throws {
    let runs = (0..<3).flatMap { seed in
      [name, "full-rank"].map {
        Fixture.run(
          family: $0, seed: seed, model: name, elbo: seed == 2 ? nil : -500, suspect: name, reason: name)
      }
    }
    var input = Fixture(runs: runs, steps: 2).input
    input.sweep.description = name
    let text = try Report(input, source: Fixture(runs: runs, steps: 2)).markdown
    let prose = text.prefix(upTo: try #require(text.range(of: "## The sweep")?.lowerBound))
    #expect(prose.split(separator: "\n").count { $0.hasPrefix("## ") } == 7)
    // In a code span it is text.
    #expect(!prose.replacing("`<script>`", with: "").contains("<script"))
    #expect(!prose.unicodeScalars.contains("\u{1B}") && !prose.unicodeScalars.contains("\u{202E}"))
  }

  @Test("the sweep file is quoted whole, in a fence longer than any inside")
  func fence() throws {
    var input = Fixture.grid().input
    input.sweep.source = "name: x\ndescription: |\n  ````\n  ```\n"
    let text = try Report(input, source: Fixture.grid()).markdown
    #expect(text.contains("`````yaml\nname: x\ndescription: |\n  ````\n  ```\n`````\n"))
  }

  @Test("the commands survive hostile names in a shell", arguments: hostileNames)
  func commands(name: String) throws {
    let fixture = Fixture(runs: [Fixture.run(seed: 0, elbo: -500)], steps: 2)
    var input = fixture.input
    input.sweep.name = name
    input.sweepFile = name
    let text = try Report(input, source: fixture).markdown
    let quoted = "'" + name.replacing("'", with: "'\\''") + "'"
    #expect(text.contains("wb run \(quoted)") || text.contains("wb run \(name) "))
    #expect(text.unicodeScalars.allSatisfy { $0 != "\u{1B}" || name.contains("\u{1B}") })
    #expect(!text.prefix(while: { $0 != "\n" }).contains("<"))
  }

  @Test("a report is written with its pictures", .enabled(if: hasGnuplot, "gnuplot is not installed"))
  func written() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("report \(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let result = try report(.grid())
    try result.write(to: folder)
    #expect(
      try String(contentsOf: folder.appendingPathComponent("report.md"), encoding: .utf8) == result.markdown)
    for drawing in result.drawings {
      for ending in ["gp", "svg", "png"] {
        let path = "plots/\(drawing.name)/\(drawing.name).\(ending)"
        #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path))
      }
    }
  }

  @Test("without gnuplot the page and the scripts are there all the same")
  func withoutGnuplot() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("report \(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let result = try report(.grid())
    #expect(throws: PlottingError.gnuplotMissing(program: "no-such-gnuplot")) {
      try result.write(to: folder, gnuplot: Gnuplot(program: "no-such-gnuplot"))
    }
    for path in ["report.md", "plots/elbo-over-steps/elbo-over-steps.gp"] {
      #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path))
    }
  }
}

/// Whether gnuplot can be started here.
private let hasGnuplot: Bool = {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("probe-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: folder) }
  return (try? Gnuplot().draw(Drawing(name: "empty", settings: [], plot: [], data: []), in: folder)) != nil
}()
