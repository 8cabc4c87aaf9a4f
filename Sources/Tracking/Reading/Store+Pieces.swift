internal import GRDB

extension Store {
  /// The metrics of a run that are no column of `steps`, in the order of their names.
  ///
  /// - Throws: `unknownRun` where no run has exactly this id.
  public func metrics(of runID: String) throws(StoreError) -> [String] {
    try read { try RunContent(run: self.runKey(runID, $0), database: $0).metrics() }
  }

  /// Calls `body` with the recorded steps of a run, in order, thousands at a time: memory does not grow with the run.
  ///
  /// - Throws: `unknownRun` where no run has exactly this id, what keeps SQLite from reading, and what `body` throws.
  public func forEachBatch(of runID: String, _ body: (StepBatch) throws -> Void) throws {
    try pieces { try RunContent(run: self.runKey(runID, $0), database: $0).forEachBatch(body) }
  }

  /// Calls `body` with the recorded values of a metric that is no column of `steps`, as ``forEachBatch(of:_:)`` does.
  public func forEachPiece(
    of metric: String, runID: String, _ body: ([PointRecord]) throws -> Void
  ) throws {
    try pieces { try RunContent(run: self.runKey(runID, $0), database: $0).forEachPiece(of: metric, body) }
  }

  /// Reads, and throws what `body` throws as it is.
  private func pieces(_ body: (Database) throws -> Void) throws {
    let thrown: (any Error)? = try read { database in
      do {
        try body(database)
        return nil
      } catch let error as DatabaseError {
        throw error
      } catch {
        return error
      }
    }
    if let thrown { throw thrown }
  }
}
