import Tracking

/// What the public views say of runs and steps, to the bit, without what a clock has measured.
struct ViewContent: Equatable {
  var runs: [[SQLValue]]
  var steps: [[SQLValue]]

  init(_ store: Store, of filter: String = "TRUE") throws {
    let columns = try store.query("SELECT * FROM runs LIMIT 0").columns
      .filter { !["started_at", "ended_at", "seconds"].contains($0) }
    let list = columns.joined(separator: ", ")
    runs = try store.query("SELECT \(list) FROM runs WHERE \(filter) ORDER BY run_id").rows
    steps = try store.query(
      "SELECT * FROM steps WHERE run_id IN (SELECT run_id FROM runs WHERE \(filter)) ORDER BY run_id, step"
    ).rows
  }

  /// Equal bits, so that -0 is not 0.
  static func == (a: Self, b: Self) -> Bool { a.bits == b.bits }

  private var bits: [[SQLValue]] {
    (runs + steps).map { row in
      row.map { value in
        if case .number(let number) = value { .text("\(number.bitPattern)") } else { value }
      }
    }
  }
}
