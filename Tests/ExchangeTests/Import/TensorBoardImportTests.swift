import Exchange
import Foundation
import Testing
import Tracking

@Suite struct TensorBoardImportTests {
  /// A message as a record of an event file.
  private func record(_ message: [UInt8]) -> [UInt8] {
    func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: value.littleEndian, Array.init)
    }
    let length = littleEndian(UInt64(message.count))
    return length + littleEndian(Self.masked(length)) + message + littleEndian(Self.masked(message))
  }

  /// The check bit by bit, as RFC 3720 defines it, and not by the table of the code.
  private static func masked(_ bytes: [UInt8]) -> UInt32 {
    var rest: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      rest ^= UInt32(byte)
      for _ in 0..<8 { rest = rest & 1 == 1 ? rest >> 1 ^ 0x82F6_3B78 : rest >> 1 }
    }
    rest = ~rest
    return (rest >> 15 | rest << 17) &+ 0xA282_EAD8
  }

  @Test("the check is that of RFC 3720: 32 bytes of zeros have 8A9136AA")
  func check() {
    let masked = Self.masked([UInt8](repeating: 0, count: 32))
    let expected: UInt32 = 0x8A91_36AA
    #expect(masked == (expected >> 15 | expected << 17) &+ 0xA282_EAD8)
  }

  /// Event(wall_time: 2, step: 3, summary: [value(tag: "loss", simple_value: 0.5)]), by hand.
  private static let simple: [UInt8] =
    [0x09, 0, 0, 0, 0, 0, 0, 0, 0x40, 0x10, 3, 0x2A, 13, 0x0A, 11, 0x0A, 4] + Array("loss".utf8)
    + [0x15, 0, 0, 0, 0x3F]
  /// Event(step: 4, summary: [value(tag: "loss", tensor(dtype: DT_FLOAT, float_val: [0.25]))]).
  private static let tensor: [UInt8] =
    [0x10, 4, 0x2A, 18, 0x0A, 16, 0x0A, 4] + Array("loss".utf8) + [
      0x42, 8, 0x08, 1, 0x2A, 4, 0, 0, 0x80, 0x3E,
    ]

  private func read(_ bytes: [UInt8]) throws -> ImportedRuns {
    try TensorBoardImport.runs(bytes, path: "events", name: "r", sweep: "s")
  }

  @Test("simple values and tensors of one number are read")
  func values() throws {
    let imported = try read(record(Self.simple) + record(Self.tensor))
    #expect(
      imported.runs[0].series == [
        "loss": [PointRecord(step: 3, value: 0.5), PointRecord(step: 4, value: 0.25)]
      ])
    #expect(imported.runs[0].startedAt == 2 && imported.remarks.isEmpty)
  }

  @Test("a later value of a step counts, and is told of")
  func repeated() throws {
    var later = Self.simple
    later[later.count - 1] = 0xBF
    let imported = try read(record(Self.simple) + record(later))
    #expect(imported.runs[0].series == ["loss": [PointRecord(step: 3, value: -0.5)]])
  }

  @Test("one changed byte anywhere is found; a file that is cut off ends before its last record")
  func damage() throws {
    let bytes = record(Self.simple) + record(Self.tensor)
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 0x10
      #expect(throws: ExchangeError.self, "byte \(index)") { try read(changed) }
    }
    let cut = try read(Array(bytes.dropLast(3)))
    #expect(cut.runs[0].series["loss"]?.count == 1)
    #expect(cut.remarks == ["events: the last record is cut off at byte 42, and left out"])
  }

  @Test("lengths beyond the end are not believed")
  func lengths() throws {
    for message in [[0x2A, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F] as [UInt8], [0x0A], [0xFF], [0x2A, 5, 0x0A, 100]] {
      #expect(throws: ExchangeError.self) { try read(record(message)) }
    }
  }
}
