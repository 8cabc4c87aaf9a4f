internal import GRDB

/// What a store takes on the disk.
struct Space: Hashable {
  /// The value of `PRAGMA auto_vacuum` where free pages can be given back one by one.
  static let incremental = 2

  var pageSize: Int
  var pages: Int
  /// Pages that hold nothing.
  var freePages: Int

  init(of database: Database) throws {
    func value(_ pragma: String) throws -> Int { try Int.fetchOne(database, sql: "PRAGMA \(pragma)") ?? 0 }
    pageSize = try value("page_size")
    pages = try value("page_count")
    freePages = try value("freelist_count")
  }

  var bytes: Int { pages * pageSize }
  var freeBytes: Int { freePages * pageSize }
}
