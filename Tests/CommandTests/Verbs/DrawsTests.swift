import Foundation
import Testing
import Tracking

/// `wb draws`.
@Suite struct DrawsTests {
  /// Runs on the eight schools of Rubin (1981) as a Stan program in a folder of its own, and on models without a program.
  private static let bench = Result {
    let bench = try Workbench()
    try FileManager.default.createDirectory(
      at: bench.folder.appending(path: "schools"), withIntermediateDirectories: true)
    try bench.write(program, to: "schools/schools.stan")
    try bench.write(data(first: 28), to: "schools/schools.json")
    try bench.write(
      """
      name: schools
      run:
        model: {stan: {program: schools.stan, data: schools.json}}
        steps: 1500
        optimizer: {adam: {learning_rate: 0.05, average: 0.5}}
      sweep:
        family: [mean-field, full-rank, delta]
      seeds: 1
      """, to: "schools/sweep.yaml")
    try bench.write(SampleSweep.small, to: "small.yaml")
    try bench.done("run", "schools/sweep.yaml", "--progress", "none")
    try bench.done("run", "small.yaml", "--progress", "none")
    return bench
  }

  private static let program = """
    data { int<lower=0> J; vector[J] y; vector<lower=0>[J] sigma; }
    parameters { real mu; real<lower=0> tau; vector[J] eta; }
    transformed parameters { vector[J] theta = mu + tau * eta; }
    model {
      mu ~ normal(0, 5);
      tau ~ normal(0, 5);
      eta ~ std_normal();
      y ~ normal(theta, sigma);
    }
    generated quantities {
      array[J] real y_rep = normal_rng(theta, sigma);
      int<lower=0, upper=1> is_largest = max(y_rep) > max(y);
    }
    """

  private static func data(first: Int) -> String {
    "{\"J\": 8, \"y\": [\(first), 8, -3, 7, -1, 1, 18, 12], \"sigma\": [15, 10, 16, 11, 9, 11, 10, 18]}"
  }

  private static func runs(_ sweep: String, _ family: String) throws -> [RunSummary] {
    try bench.get().store().runs(in: sweep).filter { $0.record.family == family }
  }

  private static func id(_ family: String, sweep: String = "schools") throws -> String {
    try #require(runs(sweep, family).first).record.runID
  }

  /// The columns of a CSV text by their names.
  private static func columns(_ text: String) -> [(name: String, values: [Double])] {
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let names = lines[0].split(separator: ",").map(String.init)
    let rows = lines.dropFirst().map { $0.split(separator: ",").map { Double($0) ?? .nan } }
    return names.enumerated().map { index, name in (name, rows.map { $0[index] }) }
  }

  private static func moments(_ values: [Double]) -> (mean: Double, sd: Double, kurtosis: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    func moment(_ power: Double) -> Double { values.reduce(0) { $0 + pow($1 - mean, power) } / n }
    return (mean, moment(2).squareRoot(), moment(4) / (moment(2) * moment(2)))
  }

  @Test("csv has CmdStan's comments and names: densities, parameters, transformed ones, generated quantities")
  func layout() throws {
    let id = try Self.id("mean-field")
    let text = try Self.bench.get().done("draws", id, "--n", "3")
    let lines = text.split(separator: "\n")
    #expect(lines.count == 14)
    #expect(
      lines[0] == "# wb 0.1.0: independent draws from the mean-field posterior of run \(id)")
    #expect(lines[2] == "# method = sample")
    let eight = { (name: String) in (1...8).map { "\(name).\($0)" } }
    #expect(
      lines[10].split(separator: ",").map(String.init)
        == ["lp__", "log_q__", "mu", "tau"] + eight("eta") + eight("theta") + eight("y_rep") + ["is_largest"])
    let columns = Dictionary(uniqueKeysWithValues: Self.columns(text).map { ($0.name, $0.values) })
    for draw in 0..<3 {
      let (mu, tau) = (try #require(columns["mu"])[draw], try #require(columns["tau"])[draw])
      let theta = mu + tau * (try #require(columns["eta.5"])[draw])
      // A product and a sum of numbers below 100.
      #expect(abs(theta - (try #require(columns["theta.5"])[draw])) < 1e-13)
    }
  }

  /// A mean of n draws is within 5 sd / √n, and an sd within 5 sd √((κ − 1) / 4n), but once in 1.7 million; the recorded moments are
  /// of 1,000 draws of their own, whose error is counted like that of plain ones, though antithetic draws have less.
  @Test("draws have the moments that the run has recorded", arguments: ["mean-field", "full-rank"])
  func moments(family: String) throws {
    let bench = try Self.bench.get()
    let run = try #require(Self.runs("schools", family).first)
    let store = try bench.store()
    let columns = Self.columns(try bench.done("draws", run.record.runID))
    let five = 5 / 4000.0.squareRoot() + 5 / 1000.0.squareRoot()
    var compared = 0
    for (name, values) in columns {
      #expect(values.count == 4000)
      func recorded(_ metric: String) throws -> Double? {
        try store.series(of: "\(metric)[\(name)]", runID: run.record.runID).last?.value
      }
      guard let mean = try recorded("posterior_mean"), let sd = try recorded("posterior_sd") else { continue }
      let own = Self.moments(values)
      #expect(abs(own.mean - mean) < five * sd, "\(name)")
      #expect(abs(own.sd - sd) < five * sd * ((own.kurtosis - 1) / 4).squareRoot(), "\(name)")
      compared += 1
    }
    #expect(compared == 18)
    let byName = Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0.values) })
    // E_q[log p − log q] is the elbo.
    let bounds = zip(try #require(byName["lp__"]), try #require(byName["log_q__"])).map { $0 - $1 }
    let bound = Self.moments(bounds)
    let outcome = try #require(run.outcome)
    let elbo = try #require(outcome.yardstick?.elbo)
    #expect(
      abs(bound.mean - elbo) < 5 * bound.sd / 4000.0.squareRoot() + 5 * (outcome.elboStandardError ?? 0))
    // What is predicted spreads around theta with the sd of the data.
    let residuals = zip(try #require(byName["y_rep.3"]), try #require(byName["theta.3"])).map { $0 - $1 }
    let residual = Self.moments(residuals)
    #expect(abs(residual.mean) < 5 * 16 / 4000.0.squareRoot())
    #expect(abs(residual.sd - 16) < 5 * 16 / 8000.0.squareRoot())
    #expect(Set(try #require(byName["is_largest"])) == [0, 1])
  }

  @Test("the same command gives the same bytes, fewer draws are the first of more, another seed gives others")
  func bytes() throws {
    let bench = try Self.bench.get()
    let id = try Self.id("full-rank")
    for format in ["csv", "json", "parquet"] {
      try bench.done("draws", id, "--n", "50", "--output", "one.\(format)")
      try bench.done("draws", id, "--n", "50", "--output", "two", "--format", format)
      #expect(try bench.bytes("one.\(format)") == bench.bytes("two"))
    }
    let many = try Self.columns(bench.done("draws", id, "-n", "2500"))
    let few = try Self.columns(bench.read("one.csv"))
    for (column, first) in zip(many, few) { #expect(Array(column.values.prefix(50)) == first.values) }
    let other = try Self.columns(bench.done("draws", id, "--n", "50", "--seed", "1"))
    #expect(other[2].values != few[2].values)
    #expect(try Self.columns(bench.done("draws", id, "--n", "50", "--seed", "0"))[2].values == few[2].values)
  }

  @Test("json has an array of chains, draws and dimensions for each variable")
  func json() throws {
    let text = try Self.bench.get().done("draws", Self.id("mean-field"), "--n", "5", "--format", "json")
    let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [[Any]]])
    #expect(
      Set(root.keys) == ["lp__", "log_q__", "mu", "tau", "eta", "theta", "y_rep", "is_largest"])
    for (name, chains) in root {
      #expect(chains.count == 1 && chains[0].count == 5)
      let isVector = ["eta", "theta", "y_rep"].contains(name)
      #expect(chains[0].allSatisfy { isVector ? ($0 as? [Double])?.count == 8 : $0 is Double })
    }
  }

  /// Its posterior is Gaussian: both densities are exact, and a full-rank or mean-field q has them both.
  @Test("models without a program have draws of their latents, and the densities of these")
  func builtIn() throws {
    let bench = try Self.bench.get()
    for run in try Self.runs("small", "mean-field") {
      let columns = try Self.columns(bench.done("draws", run.record.runID, "--n", "2000"))
      #expect(columns.map(\.name) == ["lp__", "log_q__", "mean"])
      let bound = Self.moments(zip(columns[0].values, columns[1].values).map { $0 - $1 })
      let elbo = try #require(run.outcome?.yardstick?.elbo)
      #expect(abs(bound.mean - elbo) < 5 * bound.sd / 2000.0.squareRoot() + 1e-9)
    }
  }

  @Test("what has no draws is refused with the reason and the way out")
  func refused() throws {
    let bench = try Self.bench.get()
    let delta = try Self.id("delta")
    let point = try bench.wb("draws", delta)
    #expect(point.code == 2)
    #expect(
      point.errors
        == "wb: run \(delta) is of family 'delta', a point without a spread; draw from a run of mean-field, "
        + "full-rank or low-rank\n")

    let learned = try TrainedBench.bench.get()
    let id = try TrainedBench.id("columns")
    let trained = try learned.wb("draws", id)
    #expect(trained.code == 2)
    #expect(
      trained.errors
        == "wb: run \(id) is of 'ppca', whose parameters are learned; 'wb sample \(id)' draws from it, and "
        + "'wb encode \(id) FILE' writes the posteriors of data\n")

    let programs = try ProgramBench(
      #"echo 'wb: {"final": {"elbo": -1}}'"#, options: #"prefix: "wb: ""#, "seeds: 1")
    try programs.bench.done("run", "sweep.yaml", "--progress", "none")
    let own = try #require(programs.bench.store().runs(in: "programs").first).record.runID
    let ended = try programs.bench.wb("draws", own)
    #expect(ended.code == 2)
    #expect(
      ended.errors
        == "wb: run \(own) is of a program of yours, and wb has no posterior of it; have the program write its draws\n"
    )

    let diverging = try Workbench(sweep: SampleSweep.diverging)
    try diverging.wb("run", "sweep.yaml", "--progress", "none")
    let lost = try #require(diverging.store().runs(in: "diverging").first { $0.status == .diverged }).record
      .runID
    let unfinished = try diverging.wb("draws", lost)
    #expect(unfinished.code == 2)
    #expect(
      unfinished.errors
        == "wb: run \(lost) is diverged, and only finished runs have a posterior to draw from; "
        + "'wb ls \"status = finished\"' lists them\n")
  }

  @Test("wrong counts and parquet without a file are usage")
  func usage() throws {
    let bench = try Self.bench.get()
    let id = try Self.id("mean-field")
    let none = try bench.wb("draws", id, "--n", "0")
    #expect(none.code == 2 && none.errors.contains("--n is 0; use 1 or more"))
    let parquet = try bench.wb("draws", id, "--format", "parquet")
    #expect(parquet.code == 2 && parquet.output.isEmpty)
    #expect(parquet.errors.contains("parquet is no text; name a file with --output draws.parquet"))
  }

  @Test("other data are noticed before anything is fitted, and a sweep file elsewhere is named with --file")
  func otherData() throws {
    let bench = try Workbench()
    try bench.write(Self.program, to: "schools.stan")
    try bench.write(Self.data(first: 28), to: "schools.json")
    try bench.write(
      """
      name: schools
      run:
        model: {stan: {program: schools.stan, data: schools.json}}
        steps: 20
      """, to: "sweep.yaml")
    try bench.done("run", "sweep.yaml", "--progress", "none")
    let id = try #require(bench.store().runs(in: "schools").first).record.runID
    let before = try bench.done("draws", id, "--n", "2")

    let elsewhere = bench.folder.appending(path: "elsewhere")
    try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
    for name in ["schools.stan", "schools.json", "sweep.yaml"] {
      try FileManager.default.copyItem(
        at: bench.folder.appending(path: name), to: elsewhere.appending(path: name))
    }
    try bench.write(Self.data(first: 29), to: "schools.json")
    let changed = try bench.wb("draws", id)
    #expect(changed.code == 1)
    // sha256sum schools.json, the first 16 digits.
    #expect(
      changed.errors.replacing(/[0-9a-f]{16}/, with: "#")
        == "wb: run # was fitted to other data: data 'schools.json' has the digest #, and had #; bring the file "
        + "back, name the sweep file beside it with --file, or fit what is there now with: wb run FILE\n")
    #expect(try bench.done("draws", id, "--n", "2", "--file", "elsewhere/sweep.yaml") == before)

    try FileManager.default.removeItem(at: bench.folder.appending(path: "schools.json"))
    let missing = try bench.wb("draws", id)
    #expect(missing.code == 1)
    #expect(missing.errors.hasPrefix("wb: run \(id) cannot be fitted again:\n"))
    #expect(
      missing.errors.contains("cannot read 'schools.json': there is no such file in \(bench.folder.path)"))
    #expect(
      missing.errors.hasSuffix(
        "relative paths begin at the folder of the sweep file: name it with --file\n"))
  }

  @Test("an error in generated quantities is shown with its line")
  func programError() throws {
    let bench = try Workbench()
    try bench.write(
      """
      name: rejecting
      run:
        model:
          stan:
            program: |
              parameters { real x; }
              model { x ~ std_normal(); }
              generated quantities {
                if (x > 1) reject("x is too large");
              }
        steps: 2000
      """, to: "sweep.yaml")
    try bench.done("run", "sweep.yaml", "--progress", "none")
    let id = try #require(bench.store().runs(in: "rejecting").first).record.runID
    // q is next to a standard normal, of which 16 % is above 1.
    let ended = try bench.wb("draws", id, "--n", "1000")
    #expect(ended.code == 1)
    #expect(ended.errors.contains(/^wb: generated quantities of draw [0-9]+:\n/))
    #expect(
      ended.errors.hasSuffix(
        """
        program:4:14: error: the program rejects: x is too large
            if (x > 1) reject("x is too large");
                       ^
            fix: check the data against what the program asks of them

        """))
  }
}
