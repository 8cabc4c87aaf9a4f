internal import Foundation
internal import GRDB

/// What filters ask of blocks, as functions of SQL.
enum FilterFunctions {
  static func register(in database: Database) {
    database.add(function: place)
    database.add(function: double)
  }

  /// `wb_place(steps, distance, stride, count)`: the place in a block of the step that is so far from its first; NULL where it was not
  /// recorded. `steps` holds four bytes for each step, its distance; where it is NULL they are at equal distances.
  private static let place = DatabaseFunction("wb_place", argumentCount: 4, pure: true) { values in
    guard let distance = Int64.fromDatabaseValue(values[1]), distance >= 0,
      let stride = Int64.fromDatabaseValue(values[2]), let count = Int64.fromDatabaseValue(values[3])
    else { return nil }
    if let steps = Data.fromDatabaseValue(values[0]) {
      guard steps.count == 4 * Int(count) else { return nil }
      return steps.withUnsafeBytes { bytes in
        (0..<Int(count)).first { index in
          Int64(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)))
            == distance
        }
      }
    }
    guard distance > 0 else { return 0 }
    guard stride > 0, distance % stride == 0, distance / stride < count else { return nil }
    return distance / stride
  }

  /// `wb_double(value, place, count)`: the number at a place of a column of a block; NULL of a NaN and of what is not there.
  private static let double = DatabaseFunction("wb_double", argumentCount: 3, pure: true) { values in
    guard let place = Int.fromDatabaseValue(values[1]), let count = Int.fromDatabaseValue(values[2]) else {
      return nil
    }
    if case .double(let value) = values[0].storage { return value }
    guard let bytes = Data.fromDatabaseValue(values[0]) else { return nil }
    let value = bytes.withUnsafeBytes { ColumnBytes.value($0, count: count, at: place) }
    return value.flatMap { $0.isNaN ? nil : $0 }
  }
}
