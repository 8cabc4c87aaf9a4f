import Exchange
import Foundation
import Testing
import Tracking

/// Filters of runs.
@Suite(.serialized) struct FilterFuzzTests {
  private static let metrics = ["elbo", "kl_prior", "loss", "loss[1]"]
  private static let filters = [
    "family in [mean-field, full-rank] and beta <= 1",
    "not (lr = 0.1 or rank != 'x y') and status is not null",
    "seed not in [1, 2, 3] or \"strange name\" >= -1e3", "tag = paper and note like '%good%'", "beta is null",
    "elbo.last > 3 or elbo.at(4) <= 2 or \"loss[1]\".best < 1",
    "started_at > 1970-01-01 and loss.at(9) = 0.25",
    "tag not like 'p%' or rank like '2_' or strange\u{301} = 1",
    "loss.count = 12 and kl_prior.mean is not null",
  ]
  private static let words = [
    "and", "or", "not", "in", "is", "null", "like", "(", ")", "[", "]", ",", "=", "!=", "<=", ">=", "<", ">",
    "'", "\"", " ", "1e999", "-", "nan", "inf", "0x1p3", "é", "\u{202E}", "\0", "beta", "((((", "lr=1 or ",
    "not ",
    "tag", "note", "status", "seed", "rank", "lr", "family", "elbo", "elbo.last", "loss.best",
    "kl_prior.at(7)",
    "loss.at(9)", "%", "_", "mean-field", "paper", "2", "0.1", "finished", "'x y'", "0", "1",
  ]

  /// A value of a parameter, of every type.
  private static func value(_ random: inout FuzzBits) -> ParameterValue {
    random.pick([
      .integer(2), .integer(0), .number(0.1), .number(1), .number(-2.5e-3), .text("x y"), .text("2"),
      .text("mean-field"),
      .text("GOOD"), .text(""), .null,
    ])
  }

  /// A store of runs that have some of everything.
  private static func store(at path: String, _ random: inout FuzzBits) throws -> Store {
    let store = try Store(path: path, mode: .writing)
    var imported = ImportedRuns(format: .csv)
    for index in 0..<40 {
      var run = ImportedRun(name: "r\(index)", sweep: "s")
      for metric in metrics where random.below(3) > 0 {
        let stride = 1 + random.below(3)
        run.series[metric] = (0..<12).map { step in
          let isIrregular = metric == "loss" && step > 8
          return PointRecord(
            step: stride * step + (isIrregular ? 1 : 0),
            value: random.below(6) == 0
              ? random.pick([.nan, .infinity, -.infinity])
              : Double(random.below(9)) / (metric == "kl_prior" ? 3 : 4))
        }
      }
      run.parameters = ["family", "beta", "lr", "rank", "strange name"].filter { _ in random.below(4) > 0 }
        .map { .init(key: $0, value: value(&random)) }
      imported.runs.append(run)
    }
    _ = try store.take(
      imported,
      attempt: AttemptRecord(
        wbVersion: "0", gitCommit: nil, host: "h", cpuFlags: "", blasCore: "", command: "wb import"))
    for run in try store.runs() {
      if random.below(2) == 0 {
        _ = try store.tag([run.record.runID], with: [random.pick(["paper", "2", "Paper"])])
      }
      if random.below(2) == 0 {
        try store.note(random.pick(["a good one", "GOOD", "2"]), on: run.record.runID)
      }
    }
    return store
  }

  /// What a run has in a column, read without SQL.
  private static func value(
    of column: FilterColumn, in run: RunSummary, _ series: [String: [PointRecord]]
  ) -> FilterValue? {
    func filterValue(_ value: ParameterValue?) -> FilterValue? {
      switch value {
      case nil, .null: nil
      case .integer(let number): .number(Double(number))
      case .number(let number): .number(number)
      case .text(let text): .text(text)
      }
    }
    func number(_ value: Double?) -> FilterValue? { value.map(FilterValue.number) }
    switch column {
    case .tag: return .list(run.tags.map(FilterValue.text))
    case .parameter(let name): return filterValue(run.record.parameters.first { $0.key == name }?.value)
    case .run(let column):
      let terms = run.outcome?.yardstick
      switch column {
      case .sweep: return .list([.text(run.record.sweep)])
      case .startedAt: return number(run.startedAt)
      case .endedAt: return number(run.endedAt)
      case .seconds: return number(run.outcome?.seconds)
      case .steps: return number(run.outcome.map { Double($0.steps) })
      case .elbo: return number(terms?.elbo)
      case .elboStandardError: return number(run.outcome?.elboStandardError)
      case .reconstruction: return number(terms?.reconstruction)
      case .klPrior: return number(terms?.klPrior)
      case .klPosterior: return number(terms?.klPosterior)
      case .logJoint: return number(terms?.logJoint)
      case .entropy: return number(terms?.entropy)
      case .logEvidence: return number(terms?.logEvidence)
      case .logEvidenceStandardError: return number(run.outcome?.logEvidenceStandardError)
      case .suspect: return run.outcome?.suspect.map(FilterValue.text)
      case .reason: return run.outcome?.reason.map(FilterValue.text)
      case .note: return run.note.map(FilterValue.text)
      default: return filterValue(run.value(of: column.rawValue))
      }
    case .summary(let metric, let part):
      guard let own = series[metric], !own.isEmpty else { return nil }
      let known = own.map(\.value).filter { !$0.isNaN }
      switch part {
      case .last: return number(own.last?.value)
      case .minimum: return number(known.min())
      case .maximum: return number(known.max())
      // Sums in the order of the store are another test's.
      case .mean:
        return own.contains { !$0.value.isFinite }
          ? nil : number(own.map(\.value).reduce(0, +) / Double(own.count))
      case .count: return .number(Double(own.count))
      case .firstStep: return number((own.first?.step).map(Double.init))
      case .lastStep: return number((own.last?.step).map(Double.init))
      }
    case .value(let metric, let step):
      guard let own = series[metric], let index = own.firstIndex(where: { $0.step == step }) else {
        return nil
      }
      return .number(own[index].value)
    }
  }

  @Test("filters are refused with a column, or SQL selects what reading every run selects")
  func filters() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "wb-fuzz-\(UUID().uuidString).sqlite")
      .path
    defer {
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }
    var random = FuzzBits(state: Fuzz.seed)
    let store = try Self.store(at: path, &random)
    let names = try store.filterNames { $0.hasPrefix("loss") }
    let runs = try store.runs()
    let series = try runs.map { run in
      Dictionary(
        uniqueKeysWithValues: try Self.metrics.map {
          ($0, try store.series(of: $0, runID: run.record.runID))
        })
    }
    try Fuzz.run("filter", share: 0.3) { random in
      let text = String(decoding: random.text(Self.filters, words: Self.words), as: UTF8.self)
      let filter: FilterExpression
      do throws(FilterError) {
        filter = try FilterExpression(parsing: text, names: names)
      } catch {
        guard error.column >= 1, !error.expected.isEmpty else { throw Silence(text) }
        return false
      }
      // Means with infinities are defined by the store alone.
      if filter.columns.contains(where: { if case .summary(_, .mean) = $0 { true } else { false } }) {
        return true
      }
      let expected = runs.indices.filter { index in
        filter.matches { Self.value(of: $0, in: runs[index], series[index]) }
      }
      let found = try store.runs(in: "s", matching: filter).map(\.record.runID)
      guard found == expected.map({ runs[$0].record.runID }) else {
        throw Silence("\(text): \(found.count) runs by SQL, \(expected.count) by reading them")
      }
      return true
    }
  }
}
