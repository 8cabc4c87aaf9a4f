internal import Foundation
internal import GRDB

extension Store {
  /// Examines the file of a store without changing anything: a line at least for each thing that is looked at.
  ///
  /// - Parameters:
  ///   - thoroughly: whether indexes are compared with their tables, and every recorded value with the header of its block.
  ///   - checkpoints: the ids of the runs that have files beside the store.
  /// - Throws: where there is no store of this version that can be read at all; what is damaged is no error, it is found.
  /// - Complexity: reads every page once, and thoroughly every value twice.
  public static func examine(
    path: String, thoroughly: Bool = false, checkpoints: [String] = []
  ) throws(StoreError) -> [StoreFinding] {
    let path = URL(fileURLWithPath: path).standardizedFileURL.path
    try checkPlace(path, mode: .reading)
    let settings = StoreSettings()
    // Before it is opened: to read a log is to make files beside it.
    let file = StoreFile(path: path)
    do {
      let queue = try Connection.reading(path, settings: settings)
      return try queue.read { database in
        Examination(
          database: database, file: file, isThorough: thoroughly, checkpoints: checkpoints,
          process: settings.process
        ).findings()
      }
    } catch {
      let error = StoreError(error, path: path, busySeconds: settings.busySeconds)
      guard case .corrupt(_, let message) = error else { throw error }
      return [file.damage(message)]
    }
  }
}

/// A store's file as the file system has it.
struct StoreFile {
  var path: String
  var bytes: Int
  /// The size of the log beside it; nil where there is none.
  var logBytes: Int?

  init(path: String) {
    self.path = path
    bytes = Self.size(path) ?? 0
    logBytes = Self.size(path + "-wal")
  }

  private static func size(_ path: String) -> Int? {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size]) as? Int
  }

  /// How to save what is left.
  var rescue: String {
    "take a copy from a backup, or save what can be read: sqlite3 \(path) .recover | sqlite3 rescued.sqlite"
  }

  /// Why SQLite opens none of it: mostly the end is missing.
  func damage(_ message: String) -> StoreFinding {
    if let promised = promisedBytes, promised > bytes {
      return StoreFinding(
        "file", .damage, "the file has \(bytes) of \(promised) bytes: its end is missing", fix: rescue)
    }
    return StoreFinding("file", .damage, "it cannot be opened: \(message)", fix: rescue)
  }

  /// The size that the header says: https://www.sqlite.org/fileformat.html, section 1.3.
  private var promisedBytes: Int? {
    guard let handle = FileHandle(forReadingAtPath: path), let header = try? handle.read(upToCount: 100),
      header.count == 100
    else { return nil }
    let pageSize = Int(header[16]) << 8 | Int(header[17])
    let pages = header[28..<32].reduce(0) { $0 << 8 | Int($1) }
    return pages * (pageSize == 1 ? 65_536 : pageSize)
  }
}

/// What is looked at, one after the other. A page that cannot be read ends one look, and not the others.
struct Examination {
  let database: Database
  let file: StoreFile
  let isThorough: Bool
  let checkpoints: [String]
  let process: ProcessIdentity

  func findings() -> [StoreFinding] {
    let looks: [(String, () throws -> [StoreFinding])] = [
      ("integrity", integrity), ("schema", schema), ("decoding", decoding), ("references", references),
      ("orphans", orphans), ("blocks", blocks), ("series", series),
      ("summaries", summaries), ("results", results), ("log", log), ("claims", claims),
      ("runs", runs), ("space", space),
    ]
    return looks.flatMap { check, look in
      do {
        return try look()
      } catch {
        let message = (error as? DatabaseError)?.message ?? "\(error)"
        return [StoreFinding(check, .damage, "it cannot be read: \(message)", fix: file.rescue)]
      }
    }
  }

  func damage(_ check: String, runID: String? = nil, _ what: String) -> StoreFinding {
    StoreFinding(check, .damage, runID: runID, what, fix: file.rescue)
  }

  /// The line of what is as it should be, where nothing else was found.
  func findings(_ findings: [StoreFinding], of check: String, else fine: String) -> [StoreFinding] {
    findings.isEmpty ? [StoreFinding(check, .ok, fine)] : StoreFinding.abridged(findings)
  }

  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  static func size(_ bytes: Int) -> String {
    let units = ["kB", "MB", "GB", "TB"]
    var value = Double(bytes) / 1000
    var unit = 0
    while value >= 1000, unit + 1 < units.count {
      value /= 1000
      unit += 1
    }
    if bytes < 1000 { return "\(bytes) bytes" }
    let digits = value < 10 ? 100.0 : value < 100 ? 10 : 1
    let rounded = (value * digits).rounded() / digits
    return "\(Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)") \(units[unit])"
  }
}
