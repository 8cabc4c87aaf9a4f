import GRDB
import Testing
import Tracking

@Suite struct LatestSchemaTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func schema(_ database: Database) throws -> [[String?]] {
    try Row.fetchAll(database, sql: "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
      .map { row in (0..<4).map { row[$0] } }
  }

  private static func rows(of table: String, _ database: Database) throws -> [[DatabaseValue]] {
    try Row.fetchAll(database, sql: "SELECT * FROM \(table) ORDER BY 1").map { Array($0.databaseValues) }
  }

  @Test func `a new store is what all migrations together make`() throws {
    let path = folder.file()
    try Store(path: path, mode: .writing).close()
    let new = try DatabaseQueue(path: path)
    let version = try #require(try new.read { try Int.fetchOne($0, sql: "PRAGMA user_version") })
    let migrated = try Store.empty(ofVersion: version)
    let expected = try migrated.read { try Self.schema($0) }
    #expect(expected.count > 30)
    #expect(try new.read { try Self.schema($0) } == expected)
    for table in expected.compactMap({ $0[0] == "table" ? $0[1] : nil }) {
      let rows = try migrated.read { try Self.rows(of: table, $0) }
      #expect(try new.read { try Self.rows(of: table, $0) } == rows, "the rows of \(table)")
    }
    #expect(try migrated.read { try Self.rows(of: "digits", $0) }.count == 4096)
  }
}
