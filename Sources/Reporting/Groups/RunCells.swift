package import Tracking

/// Runs by cell: those of one cell differ in their seed alone, and what can be said of one can be said of all.
package struct RunCells {
  /// A run of each cell, in the order of the runs.
  private(set) var examples: [RunSummary] = []
  /// The place among ``examples`` of each run's cell.
  private(set) var places: [Int] = []

  package init(of runs: [RunSummary]) {
    // One id has one cell, unless the runs come from somewhere else than `wb run`.
    var known: [String: [Int]] = [:]
    places.reserveCapacity(runs.count)
    func isOf(_ place: Int, _ index: Int) -> Bool {
      examples[place].record.isOfCell(of: runs[index].record)
    }
    for index in runs.indices {
      // Runs are registered cell by cell.
      if let last = places.last, isOf(last, index) {
        places.append(last)
        continue
      }
      let id = runs[index].record.cellID
      let place = known[id]?.first { isOf($0, index) }
      if place == nil {
        known[id, default: []].append(examples.count)
        examples.append(runs[index])
      }
      places.append(place ?? examples.count - 1)
    }
  }

  /// What holds of each cell, for each run.
  func spread<Value>(_ values: [Value]) -> [Value] { places.map { values[$0] } }
}
