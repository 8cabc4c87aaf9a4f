import Foundation
import Inference
import NumericArrays
import ReverseTape
import Testing

@Suite("Programs in BridgeStan libraries", .enabled(if: StandIn.hasCompiler, "there is no C compiler"))
struct BridgeStanTests {
  private func model(_ standIn: StandIn, data: String = #"{"shift": 0.5}"#) throws -> BridgeStanModel {
    try BridgeStanModel(BridgeStanModel.Options(), data: files(standIn, data: data))
  }

  private func files(
    _ standIn: StandIn, data: String, _ name: String = "gaussian_model.so", flags: [String] = []
  ) throws -> ModelData {
    var files = ModelData()
    files.files["library"] = try standIn.library(name, flags: flags)
    files.files["data"] = StandIn.data(data)
    return files
  }

  /// What a model cannot be made of.
  private func problem(_ data: ModelData, _ options: BridgeStanModel.Options = .init()) -> String {
    do {
      return "no problem: \(try BridgeStanModel(options, data: data).latents)"
    } catch {
      return "\(error)"
    }
  }

  @Test("its latents are the unconstrained parameters, its constrained ones have Stan's names")
  func names() throws {
    let standIn = try StandIn()
    defer { standIn.remove() }
    let model = try model(standIn)
    #expect(model.latents == [Latent("theta", count: 2), Latent("sigma")])
    #expect(model.constrainedNames == ["theta.1", "theta.2", "sigma"])
    #expect(model.constrained([1, 2, 0]) == [1, 2, 1])
  }

  @Test("the density has the Jacobian and every constant; a refusal is NaN, of its draw alone")
  func density() throws {
    let standIn = try StandIn()
    defer { standIn.remove() }
    let model = try model(standIn)
    let tape = Tape(draws: 3)
    let z = tape.slot(Slot("z", Shape(3), .perDraw))
    let joint = model.logJoint(LatentDraw(z, latents: model.latents))
    let gradient = tape.gradient(of: joint.sumOverDraws(), withRespectTo: [z])[0]
    let evaluator = Evaluator<Double>(Program(tape, outputs: [joint, gradient]))
    let points = [[1.5, 2.5, 0], [0.5, 4.5, 1], [51, 0, 0]]
    let slot = try #require(evaluator.slot("z"))
    for (draw, point) in points.enumerated() {
      for (index, x) in point.enumerated() { slot[3 * index + draw] = x }
    }
    evaluator.run()
    let peak = -1.5 * log(2 * Double.pi) + log(2)
    // ½ (1 + 4) + 2 below the peak.
    for (value, wanted) in zip(evaluator.output(0), [peak, peak - 4.5]) {
      #expect(abs(value - wanted) < 1e-14)
    }
    #expect(evaluator.output(0)[2].isNaN)
    let slopes = (0..<3).map { draw in (0..<3).map { evaluator.output(1)[3 * $0 + draw] } }
    #expect(slopes[0] == [0, 0, 0] && slopes[1] == [1, -2, -4] && slopes[2].allSatisfy { $0.isNaN })
  }

  @Test(
    "threads evaluate two models at the same time, one after another where the library was made without threads",
    arguments: [false, true])
  func threads(isThreaded: Bool) throws {
    let standIn = try StandIn()
    defer { standIn.remove() }
    let flags = isThreaded ? ["-DSTAN_THREADS"] : []
    var data = try files(standIn, data: "", flags: flags)
    let models = try [0.5, -1].map { shift in
      data.files["data"] = StandIn.data(#"{"shift": \#(shift)}"#)
      return try BridgeStanModel(BridgeStanModel.Options(), data: data)
    }
    let results = UnsafeMutableBufferPointer<Double>.allocate(capacity: 64)
    defer { results.deallocate() }
    nonisolated(unsafe) let values = results
    DispatchQueue.concurrentPerform(iterations: 64) { index in
      let tape = Tape(draws: 1)
      let model = models[index % 2]
      let x = tape.slot(Slot("x", Shape(3)))
      let joint = model.logJoint(LatentDraw(x, latents: model.latents))
      let evaluator = Evaluator<Double>(Program(tape, outputs: [joint]))
      evaluator.slot("x")?[2] = Double(index)
      var sum = 0.0
      for _ in 0..<2000 {
        evaluator.run()
        sum += evaluator.output(0)[0]
      }
      values[index] = sum
    }
    for (index, value) in results.enumerated() {
      let distance = index % 2 == 0 ? 2.25 + 6.25 : 0 + 1
      let peak = -1.5 * log(2 * Double.pi) + log(2)
      let wanted = 2000 * (peak - 0.5 * distance - 2 * Double(index * index))
      #expect(abs(value - wanted) <= 1e-11 * abs(wanted))
    }
  }

  @Test("a fit records the log joint, the entropy and the ELBO, and finds the density's own mass")
  func fits() throws {
    let standIn = try StandIn()
    defer { standIn.remove() }
    let data = try files(standIn, data: #"{"shift": 0.5}"#)
    for (family, precision) in [
      ("mean-field", "float64"), ("full-rank", "float64"), ("mean-field", "float32"),
    ] {
      let settings = try settings(
        [
          "model": ["bridgestan": ["library": "l.so", "data": "d.json"]], "family": .text(family),
          "form": "joint-entropy", "steps": 1500, "precision": .text(precision),
        ], files: ["l.so": try #require(data.files["library"]), "d.json": try #require(data.files["data"])])
      #expect(
        settings.configuration["model"]?.asMapping?["bridgestan"]?.asMapping?["data_digest"]
          == .text(#"{"shift": 0.5}"#))
      let (steps, result) = fit(settings)
      let last = try #require(steps.last)
      #expect(last.terms.reconstruction == nil && last.terms.klPrior == nil && last.terms.logEvidence == nil)
      let joint = try #require(last.terms.logJoint)
      let entropy = try #require(last.terms.entropy)
      #expect(abs(last.elbo - (joint + entropy)) < 1e-5)
      // q reaches the density itself, whose mass is 1; the optimizer leaves a little.
      let yardstick = try #require(result.yardstick)
      #expect(abs(yardstick.elbo) < 0.02, "\(family) \(precision)")
      #expect(yardstick.terms.reconstruction == nil && yardstick.terms.klPrior == nil)
    }
  }

  @Test("what needs the prior apart is refused, with the reason and the way out")
  func refused() throws {
    let standIn = try StandIn()
    defer { standIn.remove() }
    let data = try files(standIn, data: #"{"shift": 0.5}"#)
    func problems(_ run: ConfigMapping) throws -> [String] {
      let named: ConfigMapping = ["model": ["bridgestan": ["library": "l.so", "data": "d.json"]]]
      do {
        _ = try settings(
          named.with(run),
          files: ["l.so": try #require(data.files["library"]), "d.json": try #require(data.files["data"])])
        return []
      } catch let error as SettingsProblems {
        return error.problems.map(\.description)
      }
    }
    let reason = "of 'bridgestan' only the joint density is known: a library does not tell its factors apart"
    for form in ["reconstruction-kl", "evidence-gap"] {
      #expect(
        try problems(["form": .text(form)]) == [
          "\(form) needs the prior apart from the likelihood, but \(reason); use form: joint-entropy"
        ])
    }
    for (beta, text) in [(0.5, "0.5"), (["linear": ["from": 0.1]], "a schedule")] as [(ConfigValue, String)] {
      #expect(
        try problems(["form": "joint-entropy", "beta": beta]) == [
          "beta is \(text), which weighs the prior against the likelihood, but \(reason); remove it, or use beta: 1"
        ])
    }
    #expect(
      try problems(["form": "joint-entropy", "minibatch": 4]) == [
        "the likelihood of 'bridgestan' is not a sum over rows; remove minibatch"
      ])
    #expect(try problems(["form": "joint-entropy", "family": "delta"]) == [])
  }

  @Test("a library that is none, is too old, or does not take the data says so")
  func wrong() throws {
    let standIn = try StandIn()
    defer { standIn.remove() }
    #expect(
      problem(ModelData()) == "there is no library; add library: FILE_model.so, made by BridgeStan 2")
    #expect(
      problem(try files(standIn, data: "{}"))
        == "Stan refuses the data: Exception: variable does not exist; variable name=shift; give what the "
        + "program's data block declares")
    let old = try files(standIn, data: "{}", "old_model.so", flags: ["-DMAJOR=1"])
    #expect(
      problem(old)
        == "'old_model.so' was made with BridgeStan 1, and version 2 is needed; make it again with "
        + "BridgeStan 2")
    let none = try files(standIn, data: "{}", "none_model.so", flags: ["-Dbs_major_version=other"])
    #expect(
      problem(none)
        == "'none_model.so' is no BridgeStan library: it has no bs_major_version; make it with "
        + "BridgeStan 2")
    var text = ModelData()
    text.files["library"] = LoadedFile(name: "x.so", place: StandIn.source, bytes: [], digest: "x")
    #expect(problem(text).hasPrefix("cannot load 'x.so': "))
    var both = try files(standIn, data: "{}")
    both.files["program"] = both.files["library"]
    #expect(problem(both) == "both library and program are given; remove one of them")
  }

  @Test("a program is made into a library by an installation's Makefile, once")
  func built() throws {
    let standIn = try StandIn()
    defer { standIn.remove() }
    let place = standIn.folder.appendingPathComponent("own.stan").path
    try Data("parameters {}".utf8).write(to: URL(fileURLWithPath: place))
    let program = LoadedFile(name: "own.stan", place: place, bytes: [], digest: "own")
    let rule = "%_model.so: %.stan\n\tcc -shared -fPIC -w -o $@ \(StandIn.source) -lm && echo made >> log\n"
    try Data(rule.utf8).write(to: standIn.folder.appendingPathComponent("Makefile"))
    let build = BridgeStanBuild(installation: standIn.folder.path)
    for _ in 0..<2 { #expect(try build.library(of: program) == place.dropLast(5) + "_model.so") }
    let log = try String(contentsOf: standIn.folder.appendingPathComponent("log"), encoding: .utf8)
    #expect(log == "made\n")

    func refusal(_ build: BridgeStanBuild, _ program: LoadedFile) -> String {
      do {
        return try build.library(of: program)
      } catch {
        return "\(error)"
      }
    }
    #expect(
      refusal(BridgeStanBuild(installation: nil), program)
        == "program is to be made into a library, and no installation of BridgeStan is known; set the environment "
        + "variable BRIDGESTAN to its folder, or give library: FILE_model.so")
    let other = LoadedFile(name: "own.txt", place: "/own.txt", bytes: [], digest: "own")
    #expect(refusal(build, other) == "program is 'own.txt'; use a file whose name ends in .stan")
    try Data("%_model.so: %.stan\n\t@echo Syntax error in line 1; exit 1\n".utf8)
      .write(to: standIn.folder.appendingPathComponent("Makefile"))
    try FileManager.default.removeItem(atPath: place.dropLast(5) + "_model.so")
    let failed = refusal(build, program)
    #expect(failed.hasPrefix("make -C ") && failed.contains("\nSyntax error in line 1\n"))
  }
}
