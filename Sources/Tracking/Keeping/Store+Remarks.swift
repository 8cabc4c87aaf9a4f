internal import GRDB

extension Store {
  /// Gives every one of the runs these tags; a run that has one keeps it.
  ///
  /// - Returns: how many runs have a tag now that they had not.
  /// - Precondition: no tag is empty.
  @discardableResult
  public func tag(_ runIDs: [String], with tags: [String]) throws(StoreError) -> Int {
    precondition(!tags.contains(""), "a tag without a name")
    return try changeTags(runIDs, tags, "INSERT INTO tag (run, name) VALUES (?, ?) ON CONFLICT DO NOTHING")
  }

  /// Takes these tags from every one of the runs.
  ///
  /// - Returns: how many runs had one of them.
  @discardableResult
  public func untag(_ runIDs: [String], _ tags: [String]) throws(StoreError) -> Int {
    try changeTags(runIDs, tags, "DELETE FROM tag WHERE run = ? AND name = ?")
  }

  private func changeTags(_ runIDs: [String], _ tags: [String], _ sql: String) throws(StoreError) -> Int {
    try write { database in
      let statement = try database.cachedStatement(sql: sql)
      var count = 0
      for runID in runIDs {
        let run = try self.runKey(runID, database)
        var isChanged = false
        for tag in tags {
          try statement.execute(arguments: [run, tag])
          isChanged = isChanged || database.changesCount > 0
        }
        if isChanged { count += 1 }
      }
      return count
    }
  }

  /// Says something of a run, in place of what was said of it before; nothing where the text is empty.
  public func note(_ text: String, on runID: String) throws(StoreError) {
    try write { database in
      let run = try self.runKey(runID, database)
      try database.execute(sql: "DELETE FROM note WHERE run = ?", arguments: [run])
      guard !text.isEmpty else { return }
      try database.execute(sql: "INSERT INTO note (run, text) VALUES (?, ?)", arguments: [run, text])
    }
  }
}
