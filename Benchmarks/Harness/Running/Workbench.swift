import Foundation

/// The built `wb`, the generated data, and a temporary folder for stores.
package final class Workbench {
  package let wb: String
  /// The folder of the package.
  package let repository: String
  package let folder: String
  private var storeOfManyRuns: String?
  private var syntheticStores: [String: String] = [:]

  package var data: String { folder + "/data" }

  package init(wb: String, repository: String) throws {
    self.wb = wb
    self.repository = repository
    folder = FileManager.default.temporaryDirectory.appending(path: "wb-bench-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Where the linker put `wb`: beside this program.
  package static var builtCommand: String {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: own).deletingLastPathComponent().appending(path: "wb").path
  }

  package func sweep(_ name: String) -> String { "\(repository)/Benchmarks/sweeps/\(name).yaml" }

  /// How `wb run` is called.
  package struct Call {
    package var sweep: String
    package var overrides: [String]
    /// Runs at a time; nil: as `wb` decides.
    package var jobs: Int?
    /// All threads share one core.
    package var isPinned = false

    package init(_ sweep: String, _ overrides: [String] = [], jobs: Int? = nil, isPinned: Bool = false) {
      self.sweep = sweep
      self.overrides = overrides
      self.jobs = jobs
      self.isPinned = isPinned
    }

    package func with(_ more: String...) -> Call {
      var call = self
      call.overrides += more
      return call
    }
  }

  /// Runs a sweep into a new store, which is deleted after `inspect` has seen its path.
  package func run(_ call: Call, inspect: (String) throws -> Void = { _ in }) throws -> Ended {
    let store = "\(folder)/store"
    try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: store) }
    let path = store + "/wb.sqlite"
    let pinning = call.isPinned ? ["taskset", "--cpu-list", "0"] : []
    let jobs = call.jobs.map { ["--jobs", "\($0)"] } ?? []
    let ended = try launchToSuccess(
      pinning + [wb, "run", sweep(call.sweep)] + call.overrides + jobs
        + ["--store", path, "--progress", "none"], environment: ["WB_DATA": data])
    try inspect(path)
    return ended
  }

  /// The mean yardstick of a store's runs: the ELBO at β = 1 of what each fit ended at.
  package func yardstick(_ store: String, where condition: String = "true") throws -> Double {
    try number("SELECT avg(elbo) FROM runs WHERE \(condition)", in: store)
  }

  /// The mean over a store's runs of the last value of a metric.
  package func last(_ metric: String, in store: String) throws -> Double {
    try number("SELECT avg(last) FROM summaries WHERE metric = '\(metric)'", in: store)
  }

  /// The bulk effective sample size of the variable that has the smallest, summed over a store's runs.
  package func effectiveDraws(_ store: String) throws -> Double {
    try number(
      "SELECT sum(least) FROM (SELECT min(last) AS least FROM summaries WHERE metric LIKE 'ess_bulk[%' GROUP BY run_id)",
      in: store)
  }

  /// The one number that a query of a store gives.
  private func number(_ query: String, in store: String) throws -> Double {
    let ended = try launchToSuccess([wb, "sql", query, "--store", store, "--format", "csv"])
    // CSV's lines end with a carriage return too (RFC 4180).
    guard let value = ended.output.split(whereSeparator: \.isNewline).last.flatMap({ Double($0) }) else {
      throw MeasurementError.noNumber(query)
    }
    return value
  }

  /// Throws unless every run took all its steps: a run that ends early has not done the work.
  package func demand(steps: Int, of store: String) throws {
    let short = try number(
      "SELECT count(*) FROM runs WHERE status <> 'finished' OR steps <> \(steps)", in: store)
    guard short == 0 else { throw MeasurementError.endedEarly(runs: Int(short), steps: steps) }
  }

  /// A store of 10,000 runs, made when it is first asked for.
  package func manyRuns() throws -> String {
    if let storeOfManyRuns { return storeOfManyRuns }
    let store = folder + "/many-runs.sqlite"
    let rates = (1...1000).map { "\($0)e-5" }.joined(separator: ",")
    try launchToSuccess(
      [wb, "run", sweep("many-runs"), "optimizer.adam.learning_rate=\(rates)", "--store", store])
    storeOfManyRuns = store
    return store
  }

  /// A synthetic store, made when it is first asked for by this name; anew each time unless it is kept.
  package func store(_ name: String, runs: Int, steps: Int, isKept: Bool = true) throws -> String {
    if let store = syntheticStores[name] { return store }
    let store = "\(folder)/\(name).sqlite"
    for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store + end) }
    try launchToSuccess(["/proc/\(getpid())/exe", "store", store, "\(runs)", "\(steps)"])
    if isKept { syntheticStores[name] = store }
    return store
  }
}
