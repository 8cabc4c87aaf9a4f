import Foundation
import GRDB
import Testing
import Tracking

@Suite struct OpeningTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func error(_ path: String, _ mode: Store.Mode) throws -> String {
    let error = #expect(throws: StoreError.self) {
      _ = try Store(path: path, mode: mode, settings: .fixed())
    }
    return error?.description ?? ""
  }

  private func make(_ sql: String, at path: String) throws {
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction { try $0.execute(sql: sql) }
    try database.close()
  }

  @Test("a store that is not there is not created by reading")
  func missing() throws {
    let path = folder.file()
    #expect(
      try error(path, .reading)
        == "there is no store at \(path); name another with --store or WB_STORE, or make one with 'wb run'")
    #expect(try folder.names() == [])
  }

  @Test("an empty file is no store to read, and becomes one by writing")
  func empty() throws {
    let path = folder.file()
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    #expect(
      try error(path, .reading)
        == "\(path) is an empty file, not yet a store; name another with --store or WB_STORE, or fill it with "
        + "'wb run'")
    try Store(path: path, mode: .writing).close()
    #expect(try Store(path: path, mode: .reading).sweeps() == [])
  }

  @Test("a folder that is not there is named")
  func missingFolder() throws {
    let path = folder.file("no/wb.sqlite")
    #expect(
      try error(path, .writing)
        == "the folder \(folder.path)/no of the store \(path) does not exist; make it, or name another place "
        + "with --store or WB_STORE")
  }

  @Test("a folder is no store")
  func isFolder() throws {
    let text =
      "\(folder.path) is a folder; name a file in it with --store or WB_STORE, such as \(folder.path)/wb.sqlite"
    #expect(try error(folder.path, .reading) == text)
    #expect(try error(folder.path, .writing) == text)
  }

  @Test("a file of something else is refused and left as it is", arguments: [Store.Mode.reading, .writing])
  func garbage(mode: Store.Mode) throws {
    let path = folder.file("notes.txt")
    let text = Data(String(repeating: "no database\n", count: 100).utf8)
    try text.write(to: URL(fileURLWithPath: path))
    #expect(
      try error(path, mode)
        == "\(path) is not an SQLite database; name another file with --store or WB_STORE")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
    #expect(try folder.names() == ["notes.txt"])
  }

  @Test("another application's database is refused and left as it is")
  func otherApplication() throws {
    let path = folder.file("other.sqlite")
    try make("CREATE TABLE a (x); CREATE TABLE b (x); CREATE TABLE c (x); CREATE TABLE d (x);", at: path)
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let text =
      "\(path) is a database of another application (application_id 0, tables a, b, c, …); name another file "
      + "with --store or WB_STORE"
    #expect(try error(path, .writing) == text)
    #expect(try error(path, .reading) == text)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    #expect(try folder.names() == ["other.sqlite"])
  }

  @Test("a database with another application's mark and no tables is refused")
  func otherMark() throws {
    let path = folder.file()
    try make("PRAGMA application_id = 7", at: path)
    #expect(
      try error(path, .writing)
        == "\(path) is a database of another application (application_id 7, no tables); name another file "
        + "with --store or WB_STORE")
  }

  @Test("a store of a newer wb is refused", arguments: [Store.Mode.reading, .writing])
  func newer(mode: Store.Mode) throws {
    let path = folder.file()
    try Store(path: path, mode: .writing).close()
    try make("PRAGMA user_version = 7", at: path)
    #expect(
      try error(path, mode)
        == "\(path) has schema version 7 and this wb knows versions up to 6; use a newer wb, or name another "
        + "store with --store or WB_STORE")
  }

  @Test("a store of an older wb asks for its migration where it is only read")
  func older() throws {
    let path = folder.file()
    try make("PRAGMA application_id = 0x77623031", at: path)
    #expect(
      try error(path, .reading)
        == "\(path) has schema version 0 and this wb needs 6; 'wb run' with it, or with a copy of it "
        + "where it cannot be written, brings it up to date")
    try Store(path: path, mode: .writing).close()
    _ = try Store(path: path, mode: .reading)
  }

  @Test(
    "a store on a network file system or an unknown one of FUSE is read, and refused for writing with a way out",
    arguments: ["nfs", "nfs4", "lustre", "gpfs", "beegfs", "fuse", "fuse.sshfs", "fuse.unheard-of"])
  func network(kind: String) throws {
    let path = folder.file()
    try Store(path: path, mode: .writing).close()
    // The machine's own table of mounts, as if every file system in it were of that kind.
    let table = try String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
    var settings = StoreSettings.fixed()
    settings.mounts = table.replacing(#/ - [^ ]+ /#, with: " - \(kind) ")
    let failure = #expect(throws: StoreError.self) {
      _ = try Store(path: path, mode: .writing, settings: settings)
    }
    #expect(
      failure?.description
        == "\(path) is on a network file system (\(kind)), where a log and locks cannot be relied on; copy it to a local disk "
        + "with 'wb backup', or name a place there with --store or WB_STORE")
    #expect(throws: StoreError.networkFileSystem(path: folder.file("new.sqlite"), kind: kind)) {
      _ = try Store(path: folder.file("new.sqlite"), mode: .writing, settings: settings)
    }
    #expect(try folder.names() == ["wb.sqlite"])
    _ = try Store(path: path, mode: .reading, settings: settings)
    settings.mounts = table.replacing(#/ - [^ ]+ /#, with: " - fuse.ntfs-3g ")
    _ = try Store(path: path, mode: .writing, settings: settings)
  }

  @Test("a place where no file can be made is named")
  func cannotOpen() throws {
    #expect(
      try error("/proc/wb.sqlite", .writing)
        == "/proc/wb.sqlite cannot be opened (unable to open database file); see that it and its folder can be "
        + "read and written, or name another place with --store or WB_STORE")
  }

  @Test("a truncated store is damaged")
  func truncated() throws {
    let path = folder.file()
    let store = try Store(path: path, mode: .writing)
    try store.register(.sample(), runs: (0..<500).map { .sample("r\($0)", seed: $0) })
    try store.close()
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    try file.truncate(atOffset: 8192 * 5)
    try file.close()
    let failure = #expect(throws: StoreError.self) {
      _ = try Store(path: path, mode: .reading).sweeps()
    }
    #expect(
      failure?.description
        == "\(path) is damaged (database disk image is malformed); take a copy from a backup, or save what can "
        + "be read with 'sqlite3 \(path) .recover'")
  }

  @Test("a store opened to read refuses to write")
  func readOnly() throws {
    let path = folder.file()
    try Store(path: path, mode: .writing).close()
    let store = try Store(path: path, mode: .reading)
    #expect(throws: StoreError.readOnly(path: path)) { try store.register(.sample(), runs: []) }
    #expect(
      StoreError.readOnly(path: path).description
        == "\(path) cannot be written: it or its folder is read-only; change that, or name another place with "
        + "--store or WB_STORE")
  }

  @Test("a store that another process holds is busy after the wait")
  func busy() throws {
    let path = folder.file()
    let store = try Store(path: path, mode: .writing, settings: .fixed())
    try DatabaseQueue(path: path).inTransaction(.immediate) { _ in
      let failure = #expect(throws: StoreError.self) { try store.register(.sample(), runs: []) }
      #expect(
        failure?.description
          == "\(path) is in use by another process, and was so for 0.2 s; try again when that has ended")
      return .rollback
    }
    try store.register(.sample(), runs: [])
  }

  @Test("stores that create one file at the same time all open it")
  func concurrentCreation() async throws {
    let path = folder.file()
    try await withThrowingTaskGroup(of: Int.self) { group in
      for index in 0..<8 {
        group.addTask {
          try Store(path: path, mode: .writing).register(.sample("s\(index)"), runs: [])
        }
      }
      try await group.waitForAll()
    }
    #expect(try Store(path: path, mode: .reading).sweeps().count == 8)
  }

  @Test("a store is a write-ahead log with our mark, and one file once it is closed")
  func format() throws {
    let path = folder.file()
    let store = try Store(path: path, mode: .writing)
    let pragmas = try ["application_id", "user_version", "journal_mode"].map {
      try store.query("PRAGMA \($0)").rows
    }
    #expect(pragmas == [[[.integer(0x7762_3031)]], [[.integer(6)]], [[.text("wal")]]])
    try store.close()
    #expect(try folder.names() == ["wb.sqlite"])
  }

  @Test("a path that looks like an address is a path")
  func addressLikePath() throws {
    let path = folder.file("file:x?mode=memory")
    try Store(path: path, mode: .writing).close()
    #expect(try folder.names() == ["file:x?mode=memory"])
  }
}
