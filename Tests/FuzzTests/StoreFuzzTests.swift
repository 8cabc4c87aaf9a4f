import Exchange
import Foundation
import GRDB
import Testing
import Tracking

/// SQLite files that something has changed.
@Suite(.serialized) struct StoreFuzzTests {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "wb-fuzz-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func remove(_ name: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)\(suffix)")
    }
  }

  /// A store of three runs with steps, points, tags and notes.
  private func store() throws -> String {
    var imported = ImportedRuns(format: .csv)
    for name in ["a", "b", "c"] {
      var run = ImportedRun(name: name, sweep: "s")
      run.series["elbo"] = (0..<300).map { PointRecord(step: $0, value: Double($0) / 3) }
      run.series["kl_prior"] = (0..<300).map {
        PointRecord(step: $0, value: $0 % 50 == 7 ? .nan : Double($0))
      }
      run.series["loss"] = (0..<100).map { PointRecord(step: 3 * $0, value: 1 / Double($0 + 1)) }
      run.parameters = [
        .init(key: "lr", value: .number(0.1)), .init(key: "family", value: .text("mean-field")),
      ]
      imported.runs.append(run)
    }
    let path = "\(folder)/source.sqlite"
    let store = try Store(path: path, mode: .writing)
    _ = try store.take(
      imported,
      attempt: AttemptRecord(
        wbVersion: "0", gitCommit: nil, host: "h", cpuFlags: "", blasCore: "", command: "wb import"))
    try store.close()
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE; VACUUM") }
    try database.close()
    return path
  }

  @Test("damaged stores are refused whole, or what is merged of them is a sound store")
  func merge() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: try store())))
    // The tables by which views decode take most of the file and never change: damage goes to the other pages too.
    let pages = bytes.count / 8192
    try Fuzz.run("merge", share: 0.005) { random in
      var changed = bytes
      if random.below(20) > 0 {
        for _ in 0..<(1 + random.below(8)) {
          let place =
            random.below(2) == 0
            ? random.below(changed.count) : 8192 * random.below(pages) + random.below(100)
          switch random.below(4) {
          case 0: changed[place] ^= 1 << UInt8(random.below(8))
          case 1: changed[place] = random.pick([0, 0xFF, 0x7F, 0x80])
          case 2:
            changed.replaceSubrange(
              place..<min(place + 8, changed.count), with: bytes[0..<min(8, changed.count - place)])
          default: changed[place] = UInt8(truncatingIfNeeded: random.next())
          }
        }
        if random.below(10) == 0 { changed.removeLast(1 + random.below(changed.count - 1)) }
      }
      remove("damaged.sqlite")
      remove("target.sqlite")
      try Data(changed).write(to: URL(fileURLWithPath: "\(folder)/damaged.sqlite"))
      let target = try Store(path: "\(folder)/target.sqlite", mode: .writing)
      let isAccepted: Bool
      do throws(StoreError) {
        _ = try target.merge(ForeignStore(path: "\(folder)/damaged.sqlite"))
        isAccepted = true
      } catch {
        isAccepted = false
        guard try target.sweeps().isEmpty else { throw Silence("a part of a refused store has landed") }
      }
      try target.close()
      guard isAccepted else { return false }
      let damage = try Store.examine(path: "\(folder)/target.sqlite", thoroughly: true).filter {
        $0.gravity == .damage
      }
      guard damage.isEmpty else { throw Silence("\(damage)") }
      return true
    }
  }

  @Test("blocks that were changed are refused, or the examination finds them, or they read back as they are")
  func blocks() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try store()
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF")
    }
    let store = try Store(path: path, mode: .reading)
    let columns = try database.read {
      try Row.fetchAll($0, sql: "SELECT name, type FROM pragma_table_info('block')")
    }
    .map { $0["name"] as String }.filter { $0 != "run" }
    let keys = try database.read { try Int64.fetchAll($0, sql: "SELECT rowid FROM block") }
    let ids = try store.runs().map(\.record.runID)
    let sound = try #require(values(of: ids, in: store))
    try Fuzz.run("blocks", share: 0.01) { random in
      let (key, column) = (random.pick(keys), random.pick(columns))
      let blob = random.below(3) == 0 ? Data(random.bytes()) : nil
      let number: DatabaseValue = random.pick([
        Int64(0).databaseValue, Int64(-1).databaseValue, Int64.max.databaseValue, Int64(4097).databaseValue,
        Int64(1 << 51).databaseValue,
        0.5.databaseValue, "text".databaseValue, .null, Int64(1023).databaseValue,
        Int64(bitPattern: random.next()).databaseValue,
      ])
      let original = try database.read {
        try DatabaseValue.fetchOne($0, sql: "SELECT \(column) FROM block WHERE rowid = \(key)") ?? .null
      }
      func set(_ value: DatabaseValue) throws {
        try database.writeWithoutTransaction {
          try $0.execute(sql: "UPDATE block SET \(column) = ? WHERE rowid = ?", arguments: [value, key])
        }
      }
      do {
        if let blob, random.below(2) == 0 {
          // The value's own bytes, a few of them changed.
          var bytes = Data.fromDatabaseValue(original) ?? blob
          for index in bytes.indices.shuffled(using: &random).prefix(4) {
            bytes[index] = UInt8(truncatingIfNeeded: random.next())
          }
          try set(bytes.databaseValue)
        } else {
          try set(blob?.databaseValue ?? number)
        }
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
        return false
      }
      defer { try? set(original) }
      guard let found = values(of: ids, in: store) else { return false }
      if Self.isNear(found, sound) { return true }
      // Steps that are read but are others than were written: the examination knows.
      let damage = try Store.examine(path: path, thoroughly: true).filter { $0.gravity == .damage }
      if damage.isEmpty { throw Silence("\(column) of block \(key) was \(original)") }
      return true
    }
  }

  /// The steps of some runs and their values; nil where the store refuses to read them.
  private func values(of ids: [String], in store: Store) -> [[StepBatch]]? {
    do throws(StoreError) {
      var all: [[StepBatch]] = []
      for id in ids {
        all.append(try store.batches(of: id))
        _ = try store.summaries(of: "elbo", runIDs: [id])
      }
      return all
    } catch { return nil }
  }
  /// Whether the steps are the same and the values as near as sums of 64 of them can tell: a byte at the end of a value that is
  /// small beside its neighbours leaves every mean as it is.
  private static func isNear(_ found: [[StepBatch]], _ sound: [[StepBatch]]) -> Bool {
    let (found, sound) = (found.map { $0.flatMap(\.records) }, sound.map { $0.flatMap(\.records) })
    guard found.map(\.count) == sound.map(\.count) else { return false }
    let terms: [(StepRecord) -> Double?] = [
      \.terms.elbo, \.objective, \.terms.reconstruction, \.terms.klPrior, \.terms.klPosterior,
      \.terms.logJoint, \.terms.entropy, \.terms.logEvidence, \.beta, \.gradNorm,
    ]
    for (run, other) in zip(found, sound) {
      guard run.map(\.step) == other.map(\.step) else { return false }
      for term in terms {
        let largest = other.compactMap(term).filter(\.isFinite).map(abs).max() ?? 0
        let isSame = zip(run, other).allSatisfy { pair in
          switch (term(pair.0), term(pair.1)) {
          case (nil, nil): true
          case (let a?, let b?): a == b || (a.isNaN && b.isNaN) || abs(a - b) <= 64 * largest.ulp
          default: false
          }
        }
        guard isSame else { return false }
      }
    }
    return true
  }

  @Test("MLflow stores that were changed are refused, or what is imported of them is sound")
  func mlflow() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let source = try Store(path: try store(), mode: .reading)
    _ = try RunExport(source.runs(), of: source).write(as: .mlflow, to: "\(folder)/mlflow.db", raw: false)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/mlflow.db")))
    try Fuzz.run("mlflow", share: 0.005) { random in
      var changed = bytes
      for _ in 0..<random.below(8) {
        let place =
          random.below(3) == 0
          ? 4096 * random.below(bytes.count / 4096) + random.below(60) : random.below(bytes.count)
        changed[place] =
          random.below(2) == 0
          ? changed[place] ^ 1 << UInt8(random.below(8)) : UInt8(truncatingIfNeeded: random.next())
      }
      if random.below(10) == 0 { changed.removeLast(1 + random.below(changed.count - 1)) }
      remove("changed.db")
      try Data(changed).write(to: URL(fileURLWithPath: "\(folder)/changed.db"))
      let imported: ImportedRuns
      do {
        imported = try MLflowImport.runs(path: "\(folder)/changed.db", sweep: nil)
      } catch  where error is StoreError || error is ExchangeError {
        return false
      }
      try ImportFuzzTests.check(imported)
      return true
    }
  }
}
