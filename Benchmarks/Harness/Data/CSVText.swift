/// A table of numbers that are sixteenths between −8 and 8, so that every side reads the same ones, to the bit.
struct CSVText {
  private(set) var bytes: [UInt8] = []
  /// The text of each sixteenth from −128 on.
  private static let texts = (-128...127).map { Array("\(Double($0) / 16)".utf8) }

  init(columns: [String]) { bytes += Array((columns.joined(separator: ",") + "\n").utf8) }

  /// The nearest sixteenth that the table can hold.
  static func rounded(_ value: Double) -> Double {
    (max(-128, min(127, (value * 16).rounded()))) / 16
  }

  mutating func append(_ row: [Double], then last: Int? = nil) {
    for (index, value) in row.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += Self.texts[Int(value * 16) + 128]
    }
    if let last { bytes += Array(",\(last)".utf8) }
    bytes.append(UInt8(ascii: "\n"))
  }
}
