import Foundation
import Testing
import Tracking

/// A check for CI: the exit code and the one line of reason.
@Suite struct GateCommandTests {
  /// The mean of a Gaussian: at β = 4 the posterior is far too narrow, by nats.
  private static let sweep = SampleSweep.small.replacing(
    "  form: [joint-entropy, reconstruction-kl]", with: "  beta: [1, 4]")

  private static let done = Result {
    let bench = try Workbench(sweep: sweep)
    try bench.done("run", "sweep.yaml", "steps=400", "seeds=5")
    return bench
  }

  /// The candidate, the baseline, further options, the exit code and what the line begins with and contains.
  static let answers:
    [(candidate: String, baseline: String, options: [String], code: Int32, says: [String])] = [
      (
        "beta = 4 and family = mean-field", "beta = 1 and family = mean-field", [], 5,
        ["worse: elbo is ", " lower (95 % interval -"]
      ),
      (
        "beta = 1 and family = mean-field", "beta = 4 and family = mean-field", [], 0,
        ["no worse: elbo is ", " higher (95 % interval "]
      ),
      (
        "beta = 4", "beta = 1", ["--max-regress", "100"], 0,
        ["no worse: ", "up to 100 nats lower is allowed"]
      ),
      ("beta = 1", "beta = 1", ["--max-regress", "0"], 0, ["no worse: elbo is the same"]),
      ("beta = 4 and seed < 2", "beta = 1", [], 6, ["inconclusive: 2 paired seeds, too few"]),
      (
        "beta = 4 and seed < 2", "beta = 1 and seed > 2", [], 6, ["not comparable: no seed is common to both"]
      ),
      ("beta = 4", "family = mean-field", [], 6, ["not comparable: the ", " several runs of seed 0"]),
      (
        "beta = 4", "beta = 1", ["--metric", "entropy"], 6,
        ["not comparable: entropy says what a run is like"]
      ),
      (
        "beta = 4", "beta = 1", ["--metric", "objective"], 6,
        ["not comparable: the runs maximise different objectives"]
      ),
      ("beta = 4", "beta = 1", ["--metric", "kl_posterior"], 5, ["worse: kl_posterior is ", " higher"]),
    ]

  @Test(
    "the code says whether the candidate is no worse, and the line by how much and how sure that is",
    arguments: answers)
  func answer(candidate: String, baseline: String, options: [String], code: Int32, says: [String]) throws {
    let bench = try Self.done.get()
    let ended = try bench.start(["gate", candidate, "--baseline", baseline] + options).wait()
    #expect(ended.code == code, "\(ended)")
    #expect(ended.output.split(separator: "\n").count == 1)
    for text in says { #expect(ended.output.contains(text), "\(ended.output)") }
  }

  @Test("a sum of means in SQL is the difference that JSON has")
  func json() throws {
    struct Document: Decodable {
      struct Part: Decodable { var difference: Double?, low: Double?, high: Double?, pairs: Int }
      var verdict: String, parts: [Part]
    }
    let bench = try Self.done.get()
    let ended = try bench.wb("gate", "beta = 4", "--baseline", "beta = 1", "--format", "json")
    #expect(ended.code == 5)
    let document = try JSONDecoder().decode(Document.self, from: Data(ended.output.utf8))
    let part = try #require(document.parts.first)
    #expect(document.verdict == "worse" && part.pairs == 5 && document.parts.count == 1)
    let rows = try bench.store().query("SELECT beta, avg(elbo) FROM runs GROUP BY beta ORDER BY beta").rows
    guard case (.number(let one), .number(let four)) = (rows[0][1], rows[1][1]) else {
      return #expect(Bool(false), "\(rows)")
    }
    let difference = try #require(part.difference)
    // Sums of ten numbers in another order.
    #expect(abs(difference - (four - one)) <= 1e-12 * abs(four))
    #expect(try #require(part.low) <= difference && difference <= #require(part.high))
  }

  @Test("a candidate that diverged is worse, not better for want of bad numbers")
  func diverged() throws {
    let bench = try Workbench(sweep: SampleSweep.diverging)
    #expect(try bench.wb("run", "sweep.yaml").code == 4)
    let ended = try bench.wb(
      "gate", "optimizer.sgd.learning_rate > 1", "--baseline", "optimizer.sgd.learning_rate < 1")
    #expect(ended.code == 5)
    #expect(
      ended.output == "worse: of the candidate 3 of 3 runs diverged or failed, of the baseline 0 of 3\n")
  }

  @Test("other models are not compared, and what differs is named")
  func otherModels() throws {
    let bench = try Workbench(sweep: Self.sweep)
    try bench.done("run", "sweep.yaml", "steps=10")
    try bench.done(
      "run", "sweep.yaml", "name=other", "model=eight-schools", "steps=10", "--store", "other.sqlite")
    let ended = try bench.wb("gate", "beta = 1", "--baseline", "beta = 1", "--baseline-store", "other.sqlite")
    #expect(ended.code == 6)
    #expect(
      ended.output.hasPrefix("not comparable: model is conjugate-normal, of the baseline eight-schools"),
      "\(ended.output)")
  }

  @Test("the same sweep in two stores, by other learning rates")
  func twoStores() throws {
    let bench = try Workbench(sweep: Self.sweep)
    let start = "initial={location: 0, scale: 0.1}"
    try bench.done("run", "sweep.yaml", "steps=400", start)
    try bench.done("run", "sweep.yaml", "steps=4", start, "--store", "short.sqlite")
    let worse = try bench.wb("gate", "beta = 1", "--baseline-store", "wb.sqlite", "--store", "short.sqlite")
    #expect(worse.code == 5, "\(worse)")
    #expect(try bench.wb("gate", "beta = 1", "--baseline-store", "short.sqlite").code == 0)
  }

  @Test("what matches no run is not comparable, what is no question is refused")
  func nothing() throws {
    let bench = try Self.done.get()
    let none = try bench.wb("gate", "beta = 7", "--baseline", "beta = 1")
    #expect(none.code == 6 && none.errors.hasPrefix("wb: no run of the candidate matches 'beta = 7' in "))
    let alone = try bench.wb("gate", "beta = 1")
    #expect(alone.code == 2 && alone.errors.contains("nothing to compare with; give --baseline"))
    #expect(try bench.wb("gate", "beta = 1", "--baseline", "beta = 1", "--max-regress", "-1").code == 2)
  }
}
