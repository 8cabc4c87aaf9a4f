import Foundation
package import Tracking

extension Store {
  /// Takes in runs of another tool; all of them or none.
  ///
  /// They are written to a store of their own, which is then merged: a run that is here already is compared, and reported
  /// where its numbers differ.
  ///
  /// - Parameter attempt: the process that imports them.
  package func take(_ imported: ImportedRuns, attempt record: AttemptRecord) throws -> MergeReport {
    let folder = FileManager.default.temporaryDirectory.appending(path: "wb-import-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "imported.sqlite").path
    try Self.write(imported, to: path, attempt: record, known: Set(try sweeps().map(\.record.name)))
    return try merge(ForeignStore(path: path))
  }

  /// - Parameter known: the sweeps that keep the text they have.
  private static func write(
    _ imported: ImportedRuns, to path: String, attempt: AttemptRecord, known: Set<String>
  ) throws {
    let now = StoreSettings().clock()
    let sweeps = Dictionary(grouping: imported.runs, by: \.sweep)
    var replicates: [String: Int] = [:]
    for (name, runs) in sweeps.sorted(by: { $0.key < $1.key }) {
      var settings = StoreSettings()
      // The text that was registered last is the one that stays.
      if known.contains(name) { settings.clock = { 0 } }
      let store = try Store(path: path, mode: .writing, settings: settings)
      let records = runs.map { run in
        run.record(as: imported.format) { cell in
          replicates[cell, default: -1] += 1
          return replicates[cell] ?? 0
        }
      }
      let sweep = SweepRecord(
        name: name, description: "Imported as \(imported.format.rawValue).",
        source: "# These runs were not executed by wb: they were imported as \(imported.format.rawValue).\n",
        overrides: [])
      try store.register(sweep, runs: records)
      let attempt = try store.beginAttempt(attempt)
      for (run, record) in zip(runs, records) {
        try store.write(run.events(runID: record.runID, attempt, now: now))
        try store.note(run.remark(as: imported.format), on: record.runID)
      }
      try store.endAttempt(attempt)
      try store.close()
    }
  }
}

extension ImportedRun {
  /// Where it comes from, as its note.
  fileprivate func remark(as format: ExchangeFormat) -> String {
    "imported as \(format.rawValue): \(title.map { "\($0) (\(name))" } ?? name)"
  }

  /// What happened to the run, as the store records it.
  fileprivate func events(runID: String, _ attempt: AttemptID, now: Double) -> [StoreEvent] {
    let start = startedAt ?? endedAt ?? now
    let end = max(endedAt ?? start, start)
    var events: [StoreEvent] = [.started(runID: runID, attempt: attempt, at: start)]
    var builder = StepBatchBuilder()
    forEachStep { builder.append($0) }
    events += builder.take().flatMap(\.blocks).map { .steps(runID: runID, $0) }
    for (metric, points) in series.sorted(by: { $0.key < $1.key }) where StepColumn(name: metric) == nil {
      events.append(.points(runID: runID, metric: metric, points))
    }
    let isFinished = status == .finished
    let outcome = RunOutcome(
      status: status, yardstick: isFinished ? results : nil,
      elboStandardError: isFinished ? elboStandardError : nil,
      steps: lastStep, seconds: end - start, reason: reason)
    return events + [.ended(runID: runID, outcome, at: end)]
  }

  /// The steps of the metrics that are columns of `steps`, in order; what a metric lacks at a step is absent.
  private func forEachStep(_ body: (StepRecord) -> Void) {
    let columns = StepColumn.allCases.map { series[$0.name] ?? [] }
    var places = columns.map { _ in 0 }
    while let step = zip(columns, places).compactMap({ $1 < $0.count ? $0[$1].step : nil }).min() {
      func value(_ column: StepColumn) -> Double? {
        let place = places[column.rawValue]
        let points = columns[column.rawValue]
        guard place < points.count, points[place].step == step else { return nil }
        places[column.rawValue] += 1
        return points[place].value
      }
      body(
        StepRecord(
          step: step,
          terms: BoundTerms(
            elbo: value(.elbo), reconstruction: value(.reconstruction), klPrior: value(.klPrior),
            klPosterior: value(.klPosterior), logJoint: value(.logJoint), entropy: value(.entropy),
            logEvidence: value(.logEvidence)),
          objective: value(.objective), beta: value(.beta), gradNorm: value(.gradNorm)))
    }
  }
}
