package import GRDB

/// The statements of a schema, by kind and name.
struct SchemaText: Hashable {
  /// What SQLite made by itself has no statement.
  private var statements: [String: String?] = [:]

  init(of database: Database) throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT type, name, sql FROM sqlite_master")
    while let row = try rows.next() {
      let kind: String = row[0]
      let name: String = row[1]
      // Statistics that somebody has SQLite keep: a table of this name is SQLite's own and holds counts alone.
      if kind == "table", name == "sqlite_stat1" || name == "sqlite_stat4" { continue }
      statements["\(kind) \(name)"] = row[2] as String?
    }
  }

  /// What the migrations up to a version make.
  init(ofVersion version: Int) throws {
    self = try Store.empty(ofVersion: version).read { try SchemaText(of: $0) }
  }

  /// What is different, as a clause: what is there and should not be, before what is missing.
  func difference(to expected: SchemaText) -> String? {
    for name in statements.keys.sorted() {
      guard let own = expected.statements[name] else { return "the \(name) is not of wb's making" }
      if own != statements[name] { return "the \(name) is not the one that wb made" }
    }
    return expected.statements.keys.sorted().first { statements[$0] == nil }.map { "the \($0) is missing" }
  }
}

extension Store {
  /// A store without runs, in memory, as the wb of a schema version made it.
  package static func empty(ofVersion version: Int) throws -> DatabaseQueue {
    let queue = try DatabaseQueue()
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA foreign_keys = OFF")
      for migration in SchemaMigration.all where migration.version <= version {
        try migration.apply(database)
      }
      try database.execute(sql: "PRAGMA application_id = \(StoreIdentity.applicationID)")
      try database.execute(sql: "PRAGMA user_version = \(version)")
    }
    return queue
  }
}
