internal import Foundation
internal import GRDB

/// The file as SQLite sees it: pages, trees, and the statements of the schema.
extension Examination {
  func integrity() throws -> [StoreFinding] {
    let pragma = isThorough ? "integrity_check" : "quick_check"
    let complaints = try String.fetchAll(database, sql: "PRAGMA \(pragma)(100)").filter { $0 != "ok" }
    return findings(
      complaints.flatMap { $0.split(separator: "\n") }.map { damage("integrity", String($0)) },
      of: "integrity",
      else: isThorough ? "every page, row and index is well formed" : "every page and row is well formed")
  }

  /// Compares the schema with that of a new store: what is missing or different makes wrong answers, and what is more
  /// can be a trigger, which runs when `wb` writes.
  func schema() throws -> [StoreFinding] {
    let expected = try Self.newSchema()
    let found = try Self.schema(of: database)
    var findings: [StoreFinding] = []
    for (name, sql) in expected.sorted(by: { $0.key < $1.key }) {
      guard let own = found[name] else {
        findings.append(damage("schema", "the \(name) is missing"))
        continue
      }
      if own != sql { findings.append(damage("schema", "the \(name) is not the one that wb made")) }
    }
    for name in found.keys.sorted() where expected[name] == nil {
      let isTrigger = name.hasPrefix("trigger ")
      let kind = name.prefix { $0 != " " }.uppercased()
      findings.append(
        StoreFinding(
          "schema", isTrigger ? .damage : .note, "the \(name) is not of wb's making",
          fix: isTrigger ? "sqlite3 \(file.path) 'DROP \(kind) …' unless you made it" : nil))
    }
    let version = try StoreIdentity(of: database).version
    return self.findings(findings, of: "schema", else: "version \(version), as wb makes it")
  }

  private static func newSchema() throws -> [String: String] {
    let queue = try DatabaseQueue()
    return try queue.writeWithoutTransaction { database in
      try SchemaMigration.migrate(database)
      return try schema(of: database)
    }
  }

  /// The statements by kind and name, without what SQLite makes by itself.
  private static func schema(of database: Database) throws -> [String: String] {
    var statements: [String: String] = [:]
    let rows = try Row.fetchCursor(
      database, sql: "SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    while let row = try rows.next() {
      let name: String = row[0]
      if !name.contains(" sqlite_") { statements[name] = row[1] }
    }
    return statements
  }

  /// The tables by which the views read a block hold what they should.
  func decoding() throws -> [StoreFinding] {
    var findings: [StoreFinding] = []
    let places = try Row.fetchOne(database, sql: "SELECT count(*), min(place), max(place) FROM place")
    if places.map({ [$0[0], $0[1], $0[2]] as [Int?] }) != [4096, 0, 4095] {
      findings.append(damage("decoding", "the table place does not hold 0 to 4095"))
    }
    var count = 0
    var wrong = 0
    let statement = try RawStatement(
      database, sql: "SELECT digits, value, implicit, scale FROM digits ORDER BY digits")
    try statement.forEachRow { row in
      let number = count
      count += 1
      let text = String(number + 4096, radix: 16, uppercase: true).dropFirst()
      let exponent = number & 2047
      // 2^(max(e, 1) - 1075), the value of the last of the 52 bits; of infinities and NaN it is infinite.
      let scale =
        exponent == 2047
        ? Double.infinity : Double(sign: .plus, exponent: max(exponent, 1) - 1075, significand: 1)
      let isRight =
        row.text(0) == text && row.integer(1) == Int64(number)
        && row.integer(2) == (exponent == 0 ? 0 : 1 << 52)
        && row.double(3) == (number < 2048 ? scale : -scale)
      if !isRight { wrong += 1 }
    }
    if count != 4096 || wrong > 0 {
      findings.append(
        damage("decoding", "the table digits has \(wrong) wrong rows of \(count), where 4096 are right"))
    }
    return self.findings(findings, of: "decoding", else: "the views read blocks by the right tables")
  }

  /// A log that is there when nobody writes is of a process that was killed.
  func log() throws -> [StoreFinding] {
    guard let bytes = file.logBytes, bytes > 0 else {
      return [StoreFinding("log", .ok, "all that was written is in the file itself")]
    }
    let size = Self.size(bytes)
    let name = URL(fileURLWithPath: file.path).lastPathComponent
    let isWritten = try runningRuns().contains { $0.isAlive }
    return [
      isWritten
        ? StoreFinding("log", .ok, "\(name)-wal holds \(size) that a running process goes on writing")
        : StoreFinding(
          "log", .note, "\(name)-wal holds \(size) that a process left behind; a copy needs both files",
          fix: "copy with 'wb backup'; the next 'wb run' takes it in")
    ]
  }
}
