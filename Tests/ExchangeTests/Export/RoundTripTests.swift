import Exchange
import Foundation
import Testing
import Tracking

/// What is written for other tools reads back as it was.
@Suite struct RoundTripTests {
  private let folder = FileManager.default.temporaryDirectory.appending(
    path: "wb-exchange-\(UUID().uuidString)"
  ).path

  static let attempt = AttemptRecord(
    wbVersion: "0", gitCommit: nil, host: "h", cpuFlags: "", blasCore: "", command: "wb import")

  static let hostile = [
    "it's \"q\"", "a\nb\r\nc\td", "=cmd|' /C calc'!A0", "'=1", "''@x", "+1", "-x", "../../etc/passwd",
    "<script>alert(1)</script>",
    "`touch pwned`", "\u{202E}evil\u{1B}[31m", "a,b;c", "|pipe|", String(repeating: "ü", count: 5000), " ",
    "'", "NaN",
  ]

  /// A store with a run that has every kind of number, and names that are not kind.
  private func store() throws -> Store {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var run = ImportedRun(name: "first", sweep: "s=\"1\"")
    let numbers: [Double] = [
      0, -0.0, 0.1, 1 / 3, .nan, .infinity, -.infinity, .greatestFiniteMagnitude.nextDown,
      .leastNonzeroMagnitude, 1e15, 1e-7, -5,
    ]
    run.series["elbo"] = numbers.enumerated().map { PointRecord(step: 3 * $0.offset, value: $0.element) }
    run.series["kl_prior"] = [PointRecord(step: 6, value: 2)]
    for name in Self.hostile {
      run.series[name] = numbers.enumerated().map { PointRecord(step: $0.offset + 1, value: $0.element) }
    }
    run.parameters = Self.hostile.map { .init(key: $0, value: .text($0)) }
    run.parameters += [
      .init(key: "lr", value: .number(0.1)), .init(key: "n", value: .integer(3)),
      .init(key: "none", value: .null),
    ]
    var second = ImportedRun(name: "second", sweep: "s=\"1\"")
    second.series["loss"] = [PointRecord(step: 5, value: 1)]
    var imported = ImportedRuns(format: .jsonl)
    imported.runs = [run, second]
    let store = try Store(path: folder + "/wb.sqlite", mode: .writing)
    #expect(try store.take(imported, attempt: Self.attempt).new.count == 2)
    #expect(try Store.examine(path: store.path, thoroughly: true).filter { $0.gravity == .damage } == [])
    return store
  }

  /// All numbers of a run, as bits; a NaN is like any other.
  private func numbers(_ store: Store, _ id: String) throws -> [String: [Int: UInt64]] {
    var numbers: [String: [Int: UInt64]] = [:]
    for metric in try StepColumn.allCases.map(\.name) + store.metrics(of: id) {
      for point in try store.series(of: metric, runID: id) {
        numbers[metric, default: [:]][point.step] = point.value.isNaN ? .max : point.value.bitPattern
      }
    }
    return numbers
  }

  @Test("every format gives back every number and name", arguments: ExchangeFormat.allCases, [false, true])
  func all(format: ExchangeFormat, raw: Bool) throws {
    let first = try store()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let runs = try first.runs()
    let path = "\(folder)/out"
    let count = try RunExport(runs, of: first).write(as: format, to: path, raw: raw)
    #expect(count == (1 + Self.hostile.count) * 12 + 2)
    let second = try Store(path: folder + "/second.sqlite", mode: .writing)
    // What was left raw has no mark to be taken away, where it looks as if it had one.
    let imported = try ImportFile(path).runs(as: nil, sweep: "s", parameters: nil)
    #expect(imported.format == format)
    let report = try second.take(imported, attempt: Self.attempt)
    #expect(report.new.count == 2)
    #expect(try Store.examine(path: second.path, thoroughly: true).filter { $0.gravity == .damage } == [])
    // TensorBoard has floats alone; SQLite keeps a whole number in a column of numbers as an integer, and -0 as 0.
    func rounded(_ bits: UInt64) -> UInt64 {
      switch format {
      case .tensorboard where bits != .max: Double(Float(Double(bitPattern: bits))).bitPattern
      case .mlflow where Double(bitPattern: bits) == 0: 0
      default: bits
      }
    }
    let expected = try Set(
      runs.map { try numbers(first, $0.record.runID).mapValues { $0.mapValues(rounded) } })
    let found = try Set(second.runs().map { try numbers(second, $0.record.runID) })
    if !raw || format != .csv { #expect(found == expected) }
    guard !raw, format != .tensorboard else { return }
    let parameters = try second.runs().map(\.record.parameters).first { $0.count > 1 }
    let texts = Dictionary(uniqueKeysWithValues: (parameters ?? []).map { ($0.key, $0.value) })
    for name in Self.hostile where name != "+1" { #expect(texts[name] == .text(name), "\(name)") }
    // A second time nothing is new.
    #expect(try second.take(imported, attempt: Self.attempt).same.count == 2)
    // Another number is reported, and not taken.
    var other = imported
    let index = try #require(other.runs.firstIndex { $0.series["loss"] != nil })
    other.runs[index].series["loss"] = [PointRecord(step: 5, value: 2)]
    let conflict = try #require(try second.take(other, attempt: Self.attempt).conflicts.first)
    #expect(conflict.difference == .value(metric: "loss", step: 5, ours: 1, theirs: 2))
  }

  @Test("files have safe names, whatever runs and sweeps are called")
  func names() throws {
    let store = try store()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try RunExport(store.runs(), of: store).write(as: .tensorboard, to: "\(folder)/logs", raw: false)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/logs") == ["s__1_"])
  }

  @Test("what is there is left alone")
  func existing() throws {
    let store = try store()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data("precious".utf8).write(to: URL(fileURLWithPath: "\(folder)/out"))
    for format in ExchangeFormat.allCases {
      #expect(throws: ExchangeError.targetExists(path: "\(folder)/out")) {
        try RunExport(store.runs(), of: store).write(as: format, to: "\(folder)/out", raw: false)
      }
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/out")) == Data("precious".utf8))
  }
}
