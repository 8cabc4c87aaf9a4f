import Reporting
import Tracking

/// Why runs have no result: like reasons together, the most frequent first.
struct FailureReasons {
  struct Group {
    var status: RunStatus
    var reason: String
    var runs: Int
    /// The first run that ended so.
    var example: String
  }

  let groups: [Group]

  init(_ groups: [Group]) { self.groups = groups.sorted { $0.runs > $1.runs } }

  init(_ runs: [RunSummary]) {
    var groups: [Group] = []
    var places: [String: Int] = [:]
    for run in runs where [.failed, .diverged].contains(run.status) {
      let reason = run.outcome?.reason ?? "no reason was recorded"
      let key = "\(run.status.rawValue) \(Self.withoutNumbers(reason))"
      if let place = places[key] {
        groups[place].runs += 1
      } else {
        places[key] = groups.count
        groups.append(Group(status: run.status, reason: reason, runs: 1, example: run.record.runID))
      }
    }
    self.groups = groups.sorted { $0.runs > $1.runs }
  }

  /// Reasons that differ in steps and values alone are alike.
  private static func withoutNumbers(_ reason: String) -> String {
    reason.replacing(/[-+]?[0-9][0-9.]*(?:[eE][-+]?[0-9]+)?|\bnan\b|-?\binf(?:inity)?\b/, with: "#")
  }

  var table: Table {
    var table = Table(columns: [
      Table.Column("status"), Table.Column("runs", alignment: .right), Table.Column("example"),
      Table.Column("reason"),
    ])
    for group in groups {
      table.append([
        .text(group.status.rawValue), .integer(group.runs), .text(String(group.example.prefix(8))),
        .text(group.reason),
      ])
    }
    return table
  }
}
