import Foundation
import Testing
import Tracking

/// Exit code 7: what stands in the store's place.
@Suite struct WrongStoreTests {
  private static let reading = [
    ["ls"], ["show", "x"], ["compare"], ["plot"], ["report"], ["sql", "SELECT 1"],
    ["doctor"], ["backup"],
  ]

  @Test("reading needs a store, and makes none", arguments: reading)
  func missing(verb: [String]) throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    let ended = try bench.start(verb).wait()
    #expect(ended.code == 7)
    #expect(ended.output.isEmpty)
    #expect(
      ended.errors
        == "wb: there is no store at \(bench.path("wb.sqlite")); name another with --store or WB_STORE, or make one "
        + "with 'wb run'\n")
    #expect(!bench.exists("wb.sqlite"))
  }

  /// Neither reads nor writes, and leaves the file as it is.
  private func refused(_ bench: Workbench, _ store: String, _ words: String) throws {
    let before = try? Data(contentsOf: bench.folder.appending(path: store))
    for verb in [["ls"], ["run", "sweep.yaml"]] {
      let ended = try bench.start(verb, environment: ["WB_STORE": store]).wait()
      #expect(ended.code == 7)
      #expect(ended.output.isEmpty)
      #expect(ended.errors.hasPrefix("wb: \(bench.path(store)) \(words)"), "\(ended.errors)")
    }
    #expect(before == (try? Data(contentsOf: bench.folder.appending(path: store))))
  }

  @Test("a folder is no store")
  func folder() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try FileManager.default.createDirectory(
      at: bench.folder.appending(path: "here"), withIntermediateDirectories: false)
    try refused(bench, "here", "is a folder; name a file in it")
  }

  @Test("garbage is no store")
  func garbage() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.write(
      String(repeating: "not a database, but long enough to be one ", count: 100), to: "garbage")
    try refused(bench, "garbage", "is not an SQLite database")
  }

  @Test("another application's database is left alone")
  func foreign() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.sqlite("other.sqlite", "CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('x')")
    try refused(
      bench, "other.sqlite", "is a database of another application (application_id 0, tables bookmarks)")
  }

  @Test("a newer wb's store is left alone")
  func newer() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml", "--store", "new.sqlite")
    try bench.sqlite("new.sqlite", "PRAGMA user_version = 99")
    try refused(bench, "new.sqlite", "has schema version 99 and this wb knows versions up to ")
  }

  @Test("a folder that is not there is named")
  func missingFolder() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    let ended = try bench.wb("run", "sweep.yaml", "--store", "nowhere/wb.sqlite")
    #expect(ended.code == 7)
    #expect(ended.errors.contains("does not exist; make it, or name another place with --store or WB_STORE"))
  }

  /// Without the rights of root, which no permission binds.
  private static let isPlain = geteuid() != 0
  private static let plain =
    isPlain ? [] : ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all"]
  private static let canBePlain = isPlain || Tool.works(plain + ["true"])

  @Test("a read-only store is read and not written", .enabled("setpriv is not allowed here") { canBePlain })
  func readOnly() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml")
    for path in [bench.path("wb.sqlite"), bench.folder.path] {
      chmod(path, path == bench.folder.path ? 0o555 : 0o444)
    }
    defer { chmod(bench.folder.path, 0o755) }
    let listed = try bench.env(Self.plain, ["ls"]).wait()
    #expect(listed.code == 0, "\(listed.errors)")
    let run = try bench.env(Self.plain, ["run", "sweep.yaml", "seeds=4"]).wait()
    #expect(run.code == 7)
    #expect(run.output.isEmpty)
    #expect(
      run.errors.hasPrefix("wb: \(bench.path("wb.sqlite")) cannot be written: it or its folder is read-only"))
  }

  @Test("a file that may not grow loses nothing that was stored")
  func limitedSize() throws {
    let bench = try Workbench(sweep: SampleSweep.long)
    try bench.done("run", "sweep.yaml", "steps=100", "seeds=1")
    // In blocks of 1,024 bytes: two megabytes, where the sweep takes ten.
    try bench.write("ulimit -f 2048; exec \"$@\"", to: "limit.sh")
    let ended = try bench.start(
      ["bash", "limit.sh", Binary.path, "run", "sweep.yaml"], program: "/usr/bin/env"
    ).wait()
    #expect(ended.code == 7)
    #expect(
      ended.errors.hasPrefix("wb: \(bench.path("wb.sqlite")) cannot grow (disk I/O error): a quota, a limit"),
      "\(ended.errors)")
    #expect(try bench.wb("doctor", "--full").code == 0)
    #expect(try bench.store().runs(in: "long").filter { $0.status == .finished }.count >= 2)
    #expect(try bench.done("run", "sweep.yaml").hasPrefix("long: 6 runs, 6 finished; "))
  }

  private static let canMount = Tool.works(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"])

  @Test("a full disk loses nothing that was stored", .enabled("no private mounts here") { canMount })
  func fullDisk() throws {
    let bench = try Workbench(sweep: SampleSweep.long)
    try bench.write(
      """
      mkdir disk && mount -t tmpfs -o size=1m none disk || exit 99
      "$1" run sweep.yaml steps=100 seeds=1 --store disk/wb.sqlite 2> /dev/null
      "$1" run sweep.yaml --store disk/wb.sqlite
      echo "exit $?" >&2
      "$1" sql "SELECT count(*) FROM runs WHERE status = 'finished'" --store disk/wb.sqlite --format csv
      """, to: "fill.sh")
    let ended = try bench.start(["unshare", "-m", "sh", "fill.sh", Binary.path], program: "/usr/bin/env")
      .wait()
    let path = bench.path("disk/wb.sqlite")
    #expect(
      ended.errors
        == "wb: the disk that holds \(path) is full; what was stored before is safe: free some space, then 'wb run' "
        + "resumes\nexit 7\n")
    #expect(ended.output.hasSuffix("\r\n2\r\n"))
  }
}

/// Programs that a machine may not have, or not allow.
enum Tool {
  static func works(_ words: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}

extension Workbench {
  /// Runs `wb` behind another program.
  func env(_ prefix: [String], _ arguments: [String]) throws -> Started {
    try start(prefix + [Binary.path] + arguments, program: "/usr/bin/env")
  }

  /// Runs a statement with SQLite's own client.
  func sqlite(_ file: String, _ statement: String) throws {
    let ended = try start(["sqlite3", file, statement], program: "/usr/bin/env").wait()
    try #require(ended.code == 0, "\(ended.errors)")
  }
}
