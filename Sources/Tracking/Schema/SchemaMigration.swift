internal import GRDB

/// One step of the schema's history: takes a store of version `version − 1` to `version`.
struct SchemaMigration: Sendable {
  var version: Int
  var apply: @Sendable (Database) throws -> Void

  /// Every version in order. A released one is never edited: a change of the schema is a further entry.
  static let all = [
    SchemaMigration(version: 1) { database in
      try database.execute(sql: version1Tables + "\n" + version1Views)
    },
    SchemaMigration(version: 2) { database in
      try checkUnused(database)
      try database.execute(sql: version2Tables)
      try convertStepsToBlocks(database)
      try database.execute(sql: version2Views)
    },
    SchemaMigration(version: 3) { database in
      try database.execute(sql: version3Tables + "\n" + version3Views)
    },
    SchemaMigration(version: 4) { database in
      try checkUnused(database)
      try database.execute(sql: version4Tables)
      try convertToVersion4(database)
      try database.execute(sql: version4Replacement)
      try summariseRuns(database)
      try database.execute(sql: version4Views)
      try database.execute(sql: version4OutputTables + "\n" + version4OutputViews)
    },
    SchemaMigration(version: 5) { database in
      try checkUnused(database)
      try database.execute(sql: version5Tables + "\n" + version5Views)
    },
    SchemaMigration(version: 6) { database in
      try checkUnused(database)
      try database.execute(sql: version6Tables + "\n" + version6Views)
    },
  ]

  /// The version of a store that this code writes and reads.
  static let latest = all.map(\.version).max() ?? 0

  /// Brings the store to the latest version, in one transaction; a store that is there already is left alone, and one without
  /// tables gets those of the latest version at once.
  ///
  /// The version is read again inside the transaction, for another process may have migrated meanwhile.
  static func migrate(_ database: Database) throws {
    guard try StoreIdentity(of: database).version < latest else { return }
    // A table that others refer to is replaced by another of its name: https://www.sqlite.org/lang_altertable.html, section 7.
    try database.execute(sql: "PRAGMA foreign_keys = OFF")
    try database.inTransaction(.immediate) {
      let current = try StoreIdentity(of: database).version
      if current == 0 {
        try create(database)
      } else {
        for migration in all where migration.version > current { try migration.apply(database) }
        try database.checkForeignKeys()
      }
      try database.execute(sql: "PRAGMA application_id = \(StoreIdentity.applicationID)")
      try database.execute(sql: "PRAGMA user_version = \(latest)")
      return .commit
    }
    try database.execute(sql: "PRAGMA foreign_keys = ON")
  }
}
