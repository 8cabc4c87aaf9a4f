/// The values of a column as the bytes of a cell, the highest byte first: four for each (IEEE 754 binary32) where every one of them
/// is a binary32, and else eight (binary64). Whatever their width, they come back with their bits.
enum ColumnBytes {
  /// Fewer values are never narrow: eight bytes are one number for all steps.
  static let fewestNarrow = 3

  /// Appends the values to words of eight bytes.
  ///
  /// - Parameter canBeNarrow: whether the table admits four bytes for each.
  /// - Returns: the bytes.
  static func append(_ values: [Double], canBeNarrow: Bool, to words: inout [UInt64]) -> Range<Int> {
    let start = 8 * words.count
    if canBeNarrow, values.count >= fewestNarrow, appendNarrow(values, to: &words) {
      return start..<start + 4 * values.count
    }
    let first = words.count
    words.append(contentsOf: repeatElement(0, count: values.count))
    words.withUnsafeMutableBufferPointer { words in
      values.withUnsafeBufferPointer { values in
        for index in values.indices { words[first + index] = values[index].bitPattern.bigEndian }
      }
    }
    return start..<start + 8 * values.count
  }

  /// Appends nothing, and returns false, where a value is no binary32.
  private static func appendNarrow(_ values: [Double], to words: inout [UInt64]) -> Bool {
    // What is no binary32 at all is seldom one at three places.
    for place in [0, values.count / 2, values.count - 1] where lost(values[place]) != 0 { return false }
    let first = words.count
    words.append(contentsOf: repeatElement(0, count: (values.count + 1) / 2))
    let isExact = words.withUnsafeMutableBytes { words in
      values.withUnsafeBufferPointer { values in
        let narrow = UnsafeMutableRawBufferPointer(rebasing: words[(8 * first)...])
          .assumingMemoryBound(to: UInt32.self)
        var bits: UInt64 = 0
        for index in values.indices {
          bits |= lost(values[index])
          narrow[index] = Float(values[index]).bitPattern.bigEndian
        }
        return bits == 0
      }
    }
    if !isExact { words.removeSubrange(first...) }
    return isExact
  }

  /// The bits that a value does not keep as a binary32.
  private static func lost(_ value: Double) -> UInt64 { Double(Float(value)).bitPattern ^ value.bitPattern }

  /// The values; nil where the bytes are of another number of them.
  static func values(_ bytes: UnsafeRawBufferPointer, count: Int) -> [Double]? {
    let isNarrow = isNarrow(bytes, count)
    guard isNarrow || bytes.count == 8 * count else { return nil }
    return [Double](unsafeUninitializedCapacity: count) { values, initialized in
      if isNarrow {
        for place in 0..<count { values.initializeElement(at: place, to: narrow(bytes, place)) }
      } else {
        for place in 0..<count { values.initializeElement(at: place, to: wide(bytes, place)) }
      }
      initialized = count
    }
  }

  /// The value at a place of `count`; nil where the bytes do not reach so far.
  static func value(_ bytes: UnsafeRawBufferPointer, count: Int, at place: Int) -> Double? {
    if isNarrow(bytes, count) { return place < count ? narrow(bytes, place) : nil }
    let place = bytes.count == 8 ? 0 : place
    return 8 * (place + 1) <= bytes.count ? wide(bytes, place) : nil
  }

  private static func isNarrow(_ bytes: UnsafeRawBufferPointer, _ count: Int) -> Bool {
    count >= fewestNarrow && bytes.count == 4 * count
  }

  private static func narrow(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Double {
    let word = bytes.loadUnaligned(fromByteOffset: 4 * place, as: UInt32.self)
    return Double(Float(bitPattern: UInt32(bigEndian: word)))
  }

  private static func wide(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Double {
    Double(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * place, as: UInt64.self)))
  }
}
