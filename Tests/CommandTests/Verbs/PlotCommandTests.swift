import Foundation
import Testing

/// `wb plot` on small stores: every kind, every format, and what is said where there is nothing to draw.
@Suite struct PlotCommandTests {
  /// Two families, two values of β and two learning rates, of which one is hopeless: 4 seeds, 32 runs.
  private static let sweep = """
    name: grid
    run:
      model: eight-schools
      optimizer: {sgd: {learning_rate: 0.001}}
      samples: 4
      steps: 150
    sweep:
      family: [mean-field, full-rank]
      beta: [1, 4]
      optimizer.sgd.learning_rate: [0.001, 1.0e+6]
    seeds: 4
    """

  private static let bench = Result {
    let bench = try Workbench(sweep: sweep)
    // Some of the runs diverge, which is exit 4.
    #expect(try bench.wb("run", "sweep.yaml", "--progress", "none").code == 4)
    return bench
  }

  private static let learned = Result {
    let bench = try Workbench(sweep: SampleSweep.learned)
    try bench.done("run", "sweep.yaml", "--progress", "none")
    return bench
  }

  /// Redraws a folder's script with stock gnuplot and expects not a word.
  private func redraw(_ picture: String, in bench: Workbench) throws {
    let script = URL(fileURLWithPath: bench.path(picture)).deletingPathExtension().appendingPathExtension(
      "gp")
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // In the locale C gnuplot warns of letters that it cannot write, and draws the same.
    process.arguments = ["LC_ALL=C.UTF-8", "gnuplot", script.lastPathComponent]
    process.currentDirectoryURL = script.deletingLastPathComponent()
    process.standardError = errors
    try process.run()
    let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0 && words == "", "\(picture): \(words)")
  }

  private func check(_ bench: Workbench, _ arguments: [String], output: String) throws {
    let ended = try bench.start(["plot"] + arguments + ["--output", output]).wait()
    #expect(ended.code == 0 && ended.errors == "", "\(arguments): \(ended.errors)")
    let pictures = ended.output.split(separator: "\n").map(String.init)
    #expect(!pictures.isEmpty)
    for picture in pictures { try redraw(picture, in: bench) }
  }

  @Test(
    "every kind of figure of a grid is drawn, and redrawn by stock gnuplot without a word",
    arguments: [
      "steps", "forms", "decomposition", "values", "differences", "profile", "heat-map", "parallel",
    ])
  func kinds(kind: String) throws {
    try check(Self.bench.get(), ["--kind", kind], output: "kinds")
  }

  @Test(
    "so is every kind of learned models",
    arguments: ["steps", "decomposition", "values", "rate-distortion", "latents", "aggregate-posterior"])
  func learnedKinds(kind: String) throws {
    // The models are compared apart, and not each of them has what the figure shows.
    try check(Self.learned.get(), ["--kind", kind], output: "learned")
  }

  @Test("the variance of a complete grid is shared out, and ranks are of three models or more")
  func spread() throws {
    let bench = try Self.bench.get()
    try check(bench, ["optimizer.sgd.learning_rate < 1", "--kind", "variance"], output: "spread")
    let incomplete = try bench.wb("plot", "--kind", "variance")
    #expect(incomplete.code == 1 && incomplete.errors.contains("has no such picture: "))
    let single = try bench.wb("plot", "--kind", "ranks")
    #expect(single.code == 1 && single.errors.contains("three models or data sets"))
    let models = try Workbench(
      sweep: """
        name: models
        run: {steps: 40, samples: 4}
        sweep:
          model: [eight-schools, neals-funnel, banana]
          family: [mean-field, full-rank, low-rank]
        seeds: 3
        """)
    try models.done("run", "sweep.yaml", "--progress", "none")
    try check(models, ["--kind", "ranks"], output: "ranks")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: models.path("ranks")) == ["models-elbo-ranks"])
  }

  @Test("of several models those are drawn that have the metric")
  func someModels() throws {
    let bench = try Self.learned.get()
    // The evidence of the VAEs is not known.
    try check(bench, ["--metric", "kl_posterior"], output: "some")
    let none = try bench.wb("plot", "model = vae", "--metric", "kl_posterior")
    #expect(none.code == 1 && none.errors.contains("has no finite value to draw"))
  }

  @Test("a course is drawn over what it costs", arguments: ["seconds", "gradient-evaluations"])
  func axis(x: String) throws {
    let bench = try Self.bench.get()
    try check(bench, ["--x", x], output: "axis-\(x)")
    let script = try bench.read("axis-\(x)/grid-elbo-steps/grid-elbo-steps.gp")
    #expect(script.contains(x == "seconds" ? "set xlabel 'seconds (" : "set xlabel 'gradient evaluations ("))
  }

  @Test("formats are those that are asked for, and the script draws these")
  func formats() throws {
    let bench = try Self.bench.get()
    let output = try bench.done("plot", "--kind", "values", "--format", "pdf,tex", "--output", "formats")
    #expect(output == "formats/grid-elbo-values/grid-elbo-values.pdf\n")
    let names = try bench.files(in: "formats/grid-elbo-values").keys.sorted()
    #expect(
      names.filter { !$0.hasSuffix(".dat") } == [
        "grid-elbo-values-latex.pdf", "grid-elbo-values-latex.tex", "grid-elbo-values.gp",
        "grid-elbo-values.pdf",
      ])
    try redraw("formats/grid-elbo-values/grid-elbo-values.pdf", in: bench)
    let wrong = try bench.wb("plot", "--format", "svg,jpeg")
    #expect(wrong.code == 2 && wrong.errors.contains("jpeg"))
  }

  @Test("a terminal picture is text without an escape where no terminal is, and leaves no file")
  func terminal() throws {
    // A folder of its own: the other tests draw into theirs meanwhile.
    let bench = try Workbench()
    let store = try Self.bench.get().path("wb.sqlite")
    let text = try bench.done("plot", "--kind", "steps", "--term", "--store", store)
    #expect(text.contains("elbo over steps, eight-schools"))
    #expect(!text.contains("\u{1B}"))
    #expect(try bench.done("plot", "--term", "sixel", "--store", store).hasPrefix("\u{1B}P"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).isEmpty)
  }

  @Test func theMarginalsOfWbsOwnRunsAreDrawn() throws {
    let bench = try Workbench()
    let store = try Self.bench.get().path("wb.sqlite")
    let text = try bench.done("plot", "--kind", "marginals", "--term", "--store", store)
    #expect(text.contains("posterior marginals, eight-schools"))
    // The terminal has too few lines for ten latents under four groups: the picture takes more.
    for latent in ["mu", "tau"] + (1...8).map({ "theta_raw.\($0)" }) {
      #expect(text.contains(" \(latent) "), "\(latent)")
    }
  }

  @Test("what cannot be drawn is said, with what to do")
  func refusals() throws {
    let bench = try Self.bench.get()
    func refusal(_ arguments: String..., code: Int32) throws -> String {
      let ended = try bench.start(["plot"] + arguments).wait()
      #expect(ended.code == code, "\(arguments)")
      #expect(ended.output == "")
      return ended.errors
    }
    #expect(
      try refusal("--kind", "rate-distortion", code: 1).contains("'grid' has no such picture"))
    #expect(
      try refusal("beta = 1", "--by", "family", "--kind", "heat-map", code: 1).contains("--axes KEY,KEY"))
    #expect(
      try refusal("--kind", "heat-map", "--axes", "beta,famly", code: 2).contains("did you mean 'family'?"))
    #expect(try refusal("--axes", "beta,family", code: 2).contains("--axes is for --kind heat-map"))
    #expect(try refusal("--kind", "values", "--x", "seconds", code: 2).contains("--x is for"))
    #expect(
      try refusal("--by", "model", "--kind", "differences", code: 6).contains(
        "is not comparable: there is only one group"))
  }
}
