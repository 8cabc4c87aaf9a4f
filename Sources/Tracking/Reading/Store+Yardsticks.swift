internal import GRDB

/// How a run ended, in one number.
public struct RunYardstick: Sendable, Hashable {
  public var status: RunStatus
  /// The final elbo; nil where there is none, or it is NaN.
  public var elbo: Double?
}

extension Store {
  /// The yardsticks of runs, in the order of their ids; nil of those that nobody has begun, or that were removed.
  public func yardsticks(of runIDs: [String]) throws(StoreError) -> [RunYardstick?] {
    try read { database in
      let statement = try RawStatement(database, sql: "SELECT status, elbo FROM runs WHERE run_id = ?")
      return try runIDs.map { runID in
        try statement.bind(runID, at: 1)
        var yardstick: RunYardstick?
        try statement.forEachRow { row in
          yardstick = RunYardstick(status: try RunStatus(stored: row.text(0)), elbo: row.double(1))
        }
        return yardstick
      }
    }
  }
}
