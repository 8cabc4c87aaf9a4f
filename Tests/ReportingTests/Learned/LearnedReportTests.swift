import Foundation
import Plotting
import Reporting
import Testing
import Tracking

/// The sections of a report that only learned models have.
@Suite struct LearnedReportTests {
  /// Runs at several β with `data_count` 100, and their last recorded values.
  private static func fixture(
    betas: [Double] = [1, 2, 4], recorded: [String: (RunSummary) -> [Double]] = [:]
  ) -> Fixture {
    var fixture = Fixture()
    fixture.runs = betas.flatMap { beta in
      (0..<3).map { seed in
        Fixture.run(
          beta: beta, seed: seed, elbo: -500 - beta - 0.01 * Double(seed), evidence: nil,
          extra: [
            RunRecord.Parameter(key: "data_count", value: .integer(100)),
            RunRecord.Parameter(key: "test_count", value: .integer(20)),
            RunRecord.Parameter(key: "latents", value: .integer(2)),
            RunRecord.Parameter(key: "noise_variance", value: .number(0.5)),
          ])
      }
    }
    for (metric, values) in recorded {
      for run in fixture.runs {
        let values = values(run)
        fixture.recorded[metric, default: [:]][run.record.runID] = StepSeries(
          steps: Array(1..<values.count + 1), values: values)
      }
    }
    return fixture
  }

  private func report(_ fixture: Fixture, images: [ReportImage] = []) throws -> Report {
    var input = fixture.input
    input.images = images
    return try Report(input, source: fixture)
  }

  @Test("the verdict says the bound per datum where the number of data is known")
  func perDatum() throws {
    // Mean over seeds 0 … 2 at β = 1: −501.01, and a hundredth of it.
    #expect(try report(Self.fixture()).markdown.contains("nats, -5.0101 per datum."))
    #expect(try !report(.grid()).markdown.contains("per datum"))
  }

  @Test("held-out data are compared where they were recorded, best group first")
  func heldOut() throws {
    let fixture = Self.fixture(recorded: [
      "nll": { [9, 5 - 0.5 * ($0.record.beta ?? 0) + 0.01 * Double($0.record.seed)] },
      "elbo_per_datum": { _ in [-5] },
    ])
    let text = try report(fixture).markdown
    #expect(
      text.contains(
        "\n## Held-out data\n\nData: 100 training, 20 test.\n\nbeta=4 has the lowest nll of 3 groups"))
    #expect(text.contains("test nll"))
    // Student's interval of 3.00, 3.01, 3.02: 3.01 ± 4.303 · 0.01 / √3 = 0.0248.
    #expect(text.contains("| 3.010 (2.985 to 3.035) |"))
    #expect(!text.contains("validation"))
    var single = Self.fixture(recorded: ["nll": { _ in [97.1] }, "nll_se": { _ in [0.05] }])
    single.runs = single.runs.filter { $0.record.seed == 0 }
    #expect(try report(single).markdown.contains("| 97.100 (MC se 0.050) |"))
    // The training data alone make no such section.
    let training = Self.fixture(recorded: ["elbo_per_datum": { _ in [-5] }])
    #expect(try !report(training).markdown.contains("Held-out data"))
  }

  @Test("latents are listed over β")
  func latents() throws {
    let fixture = Self.fixture(recorded: [
      "active_units": { [($0.record.beta ?? 0) < 3 ? 2 : 1] }, "mutual_information": { _ in [1.5] },
    ])
    let text = try report(fixture).markdown
    // `kl_prior` is 12 nats over 100 data; reconstruction is elbo + 12: (−501.01 + 12) / 100 at β = 1.
    #expect(
      text.contains("|    1 |    3 |       2 |          2.0 |              1.500 | 0.120 |      4.890 |"))
    #expect(
      text.contains("|    4 |    3 |       2 |          1.0 |              1.500 | 0.120 |      4.920 |"))
  }

  @Test("collapse names the predicted β, what was measured, and the largest difference")
  func collapse() throws {
    // λ/σ² = 3 and 1.2: at β = 1 both units are active, at 2 one, at 4 none.
    let fixture = Self.fixture(recorded: [
      "covariance_eigenvalue": { _ in [1.5, 0.6, 0.1] },
      "active_units": { run in [run.record.beta == 4 ? 0 : run.record.beta == 2 ? 1 : 2] },
    ])
    let text = try report(fixture).markdown
    #expect(
      text.contains("|    1 |  1.500 |       3.000 |              2 |                4 | yes          |"))
    #expect(
      text.contains("|    2 | 0.6000 |       1.200 |              1 |                2 | yes          |"))
    // At β = 1 the exact distortion is 3/2 ln(2π · 0.5) + (2 · 0.5 + 0.1) / (2 · 0.5) = 2.8171; seed 2 has
    // (501.02 − 12) / 100 = 4.8902.
    #expect(text.contains("differ by at most **2.1 nats** per datum (distortion of a run at β = 1)"))
    let wrong = Self.fixture(recorded: [
      "covariance_eigenvalue": { _ in [1.5, 0.6, 0.1] }, "active_units": { _ in [2] },
    ])
    #expect(try report(wrong).markdown.contains("|              4 |                - | no           |"))
  }

  @Test("rate and distortion are drawn from three β on")
  func pictures() throws {
    #expect(try report(Self.fixture()).drawings.map(\.name).contains("rate-distortion"))
    #expect(try !report(Self.fixture(betas: [1, 2])).drawings.map(\.name).contains("rate-distortion"))
    #expect(try !report(.grid(betas: [1, 2, 4])).drawings.map(\.name).contains("rate-distortion"))
  }

  @Test("the KL of the latents is drawn sorted, whatever order they come in")
  func latentKL() throws {
    let fixture = Self.fixture(
      betas: [1],
      recorded: [
        "kl_prior[1]": { [Double($0.record.seed % 2) * 3] },
        "kl_prior[2]": { [Double(($0.record.seed + 1) % 2) * 3] },
      ])
    let drawing = try #require(try report(fixture).drawings.first { $0.name == "latent-kl" })
    #expect(drawing.data[0].contents == "# rank value\n1 3.0\n2 0.0\n")
  }

  @Test("a schedule that never reached 1 is named in the report, one that did is not")
  func warmUp() throws {
    var fixture = Self.fixture(betas: [1])
    for index in fixture.runs.indices {
      fixture.runs[index].record.beta = nil
      fixture.largest["beta", default: [:]][fixture.runs[index].record.runID] = index == 0 ? 0.4 : 1
    }
    let text = try report(fixture).markdown
    #expect(
      text.contains("**The β schedule never reached 1** in run run-baye (all runs): the largest β was 0.400.")
    )
    for run in fixture.runs { fixture.largest["beta", default: [:]][run.record.runID] = 1 - 1e-12 }
    #expect(try !report(fixture).markdown.contains("never reached 1"))
  }

  @Test(
    "runs whose steps were over before their schedule are counted in the report, those at its end are not")
  func unfinishedWarmUp() throws {
    var fixture = Self.fixture(betas: [1])
    for (index, run) in fixture.runs.enumerated() {
      fixture.recorded["warm_up_left", default: [:]][run.record.runID] = StepSeries(
        steps: [1000], values: [index == 0 ? 2500 : 0])
    }
    let text = try report(fixture).markdown
    #expect(
      text.contains(
        "**1 of \(fixture.runs.count) runs with a schedule ended before their warm-up had** (all runs): up to 2,500 of its "
          + "steps were left."))
    for run in fixture.runs {
      fixture.recorded["warm_up_left"]?[run.record.runID] = StepSeries(steps: [1000], values: [0])
    }
    #expect(try !report(fixture).markdown.contains("warm-up"))
  }

  @Test(
    "pictures from outside are written beside the others, whatever their names, and shown with their captions"
  )
  func images() throws {
    let bytes = [Data([1, 2, 3]), Data([4]), Data([5])]
    let images = [
      ReportImage(name: "samples", title: "Prior samples", caption: "z ~ N(0, I) & <b>", png: bytes[0]),
      ReportImage(name: "../../x y", title: "A *title*", caption: "", png: bytes[1]),
      ReportImage(name: "elbo-per-group", title: "Clash", caption: "", png: bytes[2]),
    ]
    let result = try report(Self.fixture(), images: images)
    #expect(result.images.map(\.name) == ["samples", "x-y", "elbo-per-group-2"])
    #expect(
      result.markdown.contains(
        """
        ## What the model makes

        ![Prior samples](plots/samples/samples.png)

        *Prior samples*: z \\~ N(0, I) &amp; &lt;b&gt;

        ![A \\*title\\*](plots/x-y/x-y.png)

        *A \\*title\\**
        """))
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("report \(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    // Without gnuplot the pictures are there all the same.
    #expect(throws: PlottingError.self) {
      try result.write(to: folder, gnuplot: Gnuplot(program: "no-such-gnuplot"))
    }
    for (image, data) in zip(result.images, bytes) {
      let file = folder.appendingPathComponent("plots/\(image.name)/\(image.name).png")
      #expect(try Data(contentsOf: file) == data)
    }
    #expect(try !report(Self.fixture()).markdown.contains("What the model makes"))
  }
}
