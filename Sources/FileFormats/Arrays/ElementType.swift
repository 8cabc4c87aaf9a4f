/// A type of numbers in a file: what they are, their size and their byte order.
struct ElementType {
  enum Kind {
    case unsigned, signed, real
    /// Bytes that are 0 or 1.
    case boolean
  }

  var kind: Kind
  /// The bytes of one number: 1, 2, 4 or 8.
  var size: Int
  var isBigEndian = false

  /// The numbers in `bytes`.
  ///
  /// - Precondition: the size goes with the kind, and divides the count of bytes.
  func values(in bytes: ArraySlice<UInt8>) -> ArrayValues {
    bytes.withUnsafeBytes { bytes in
      switch (kind, size) {
      case (.unsigned, 1): .bytes([UInt8](bytes))
      case (.boolean, _): .bytes(bytes.map { $0 == 0 ? 0 : 1 })
      case (.signed, 1): .numbers(words(bytes, Int8.self) { Double($0) })
      case (.unsigned, 2): .numbers(words(bytes, UInt16.self) { Double($0) })
      case (.signed, 2): .numbers(words(bytes, Int16.self) { Double($0) })
      case (.unsigned, 4): .numbers(words(bytes, UInt32.self) { Double($0) })
      case (.signed, 4): .numbers(words(bytes, Int32.self) { Double($0) })
      case (.unsigned, 8): .numbers(words(bytes, UInt64.self) { Double($0) })
      case (.signed, 8): .numbers(words(bytes, Int64.self) { Double($0) })
      case (.real, 4): .numbers(words(bytes, UInt32.self) { Double(Float(bitPattern: $0)) })
      case (.real, 8): .numbers(words(bytes, UInt64.self) { Double(bitPattern: $0) })
      default: preconditionFailure("no numbers of this kind have \(size) bytes")
      }
    }
  }

  @inline(__always)
  private func words<Word: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, _: Word.Type, _ number: (Word) -> Double
  ) -> [Double] {
    let width = MemoryLayout<Word>.size
    let count = bytes.count / width
    return [Double](unsafeUninitializedCapacity: count) { output, initialized in
      for index in 0..<count {
        let word = bytes.loadUnaligned(fromByteOffset: index * width, as: Word.self)
        output[index] = number(isBigEndian ? Word(bigEndian: word) : Word(littleEndian: word))
      }
      initialized = count
    }
  }
}

extension [UInt8] {
  /// Appends numbers as IEEE 754 singles, little-endian.
  mutating func append(littleEndian values: [Float]) {
    values.map(\.bitPattern.littleEndian).withUnsafeBytes { append(contentsOf: $0) }
  }

  /// Appends numbers as IEEE 754 doubles, little-endian.
  mutating func append(littleEndian values: [Double]) {
    values.map(\.bitPattern.littleEndian).withUnsafeBytes { append(contentsOf: $0) }
  }

  /// Appends integers, little-endian.
  mutating func append<Integer: FixedWidthInteger>(littleEndian values: [Integer]) {
    values.map(\.littleEndian).withUnsafeBytes { append(contentsOf: $0) }
  }
}
