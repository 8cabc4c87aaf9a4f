import Testing
import Tracking

/// What the public views say of runs, steps and other metrics, to the bit, without what a clock has measured.
struct ViewContent: Equatable {
  var runs: [[SQLValue]]
  var steps: [[SQLValue]]
  /// The values of metrics that are no columns of steps.
  var points: [[SQLValue]]
  var summaries: [[SQLValue]]

  init(_ store: Store, of filter: String = "TRUE") throws {
    let columns = try store.query("SELECT * FROM runs LIMIT 0").columns
      .filter { !["started_at", "ended_at", "seconds"].contains($0) }
    let list = columns.joined(separator: ", ")
    runs = try store.query("SELECT \(list) FROM runs WHERE \(filter) ORDER BY run_id").rows
    steps = try store.query(
      "SELECT * FROM steps WHERE run_id IN (SELECT run_id FROM runs WHERE \(filter)) ORDER BY run_id, step"
    ).rows
    points = try store.query(
      """
      SELECT * FROM points WHERE metric NOT IN (SELECT name FROM pragma_table_info('steps'))
      AND run_id IN (SELECT run_id FROM runs WHERE \(filter)) ORDER BY run_id, metric, step
      """
    ).rows
    summaries = try store.query(
      """
      SELECT * FROM summaries WHERE run_id IN (SELECT run_id FROM runs WHERE \(filter)) ORDER BY run_id, metric
      """
    ).rows
  }

  /// Equal bits, so that -0 is not 0.
  static func == (a: Self, b: Self) -> Bool { a.bits == b.bits }

  private var bits: [[SQLValue]] {
    (runs + steps + points + summaries).map { row in
      row.map { value in
        if case .number(let number) = value { .text("\(number.bitPattern)") } else { value }
      }
    }
  }
}

extension ViewContent: CustomTestStringConvertible {
  /// What `#expect` says of it: whole stores cannot be read there.
  var testDescription: String {
    "\(runs.count) runs, \(steps.count) steps, \(points.count) points, \(summaries.count) summaries"
  }

  /// The first rows that one has and the other has not; empty where they are equal.
  func difference(from other: Self) -> [String] {
    let (own, others) = (bits, other.bits)
    let missing = Set(others).subtracting(own).prefix(2).map { "only there: \($0)" }
    return Set(own).subtracting(others).prefix(2).map { "only here: \($0)" } + missing
  }
}
