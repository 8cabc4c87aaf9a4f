internal import GRDB

/// What an SQLite file says that it is.
struct StoreIdentity {
  /// "wb01" in ASCII, in the header of every store.
  static let applicationID = 0x7762_3031

  var applicationID: Int
  var version: Int
  /// The tables of a file without our mark: a fresh file has none.
  var foreignTables: [String]

  var isFresh: Bool { applicationID == 0 && foreignTables.isEmpty }

  init(of database: Database) throws {
    applicationID = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    foreignTables =
      applicationID == Self.applicationID
      ? [] : try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
  }

  /// Throws unless this is a store that can be opened; a fresh file can be where `writing`.
  func check(path: String, writing: Bool) throws(StoreError) {
    if isFresh {
      guard writing else { throw .empty(path: path) }
    } else if applicationID != Self.applicationID {
      throw .otherApplication(path: path, applicationID: applicationID, tables: foreignTables)
    } else if version > SchemaMigration.latest {
      throw .newerSchema(path: path, found: version, supported: SchemaMigration.latest)
    } else if version < SchemaMigration.latest && !writing {
      throw .olderSchema(path: path, found: version, needed: SchemaMigration.latest)
    }
  }
}
