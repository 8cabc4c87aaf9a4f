import Tracking

/// Runs by cell: those of one cell differ in their seed alone, and what can be said of one can be said of all.
struct RunCells {
  /// A run of each cell, in the order of the runs.
  private(set) var examples: [RunSummary] = []
  /// The place among ``examples`` of each run's cell.
  private(set) var places: [Int] = []

  init(of runs: [RunSummary]) {
    // One id has one cell, unless the runs come from somewhere else than `wb run`.
    var known: [String: [Int]] = [:]
    places.reserveCapacity(runs.count)
    for index in runs.indices {
      // Runs are registered cell by cell.
      if let last = places.last, Self.areOfOneCell(examples[last].record, runs[index].record) {
        places.append(last)
        continue
      }
      let id = runs[index].record.cellID
      let place = known[id]?.first { Self.areOfOneCell(examples[$0].record, runs[index].record) }
      if place == nil {
        known[id, default: []].append(examples.count)
        examples.append(runs[index])
      }
      places.append(place ?? examples.count - 1)
    }
  }

  /// What holds of each cell, for each run.
  func spread<Value>(_ values: [Value]) -> [Value] { places.map { values[$0] } }

  private static func areOfOneCell(_ a: RunRecord, _ b: RunRecord) -> Bool {
    a.cellID == b.cellID && a.model == b.model && a.family == b.family && a.objective == b.objective
      && a.form == b.form && a.estimator == b.estimator && a.optimizer == b.optimizer && a.beta == b.beta
      && a.parameters == b.parameters
  }
}
