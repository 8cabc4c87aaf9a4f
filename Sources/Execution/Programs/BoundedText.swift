import Foundation

/// The beginning and the end of a text that arrives in pieces and may be of any length.
struct BoundedText {
  /// How much of either is kept, in bytes.
  static let part = 256 << 10

  private var head: [UInt8] = []
  /// The last bytes; twice as many as are kept before they are cut.
  private var tail: [UInt8] = []
  private var cut = 0

  mutating func append(_ bytes: some Collection<UInt8>) {
    let room = Self.part - head.count
    head.append(contentsOf: bytes.prefix(room))
    tail.append(contentsOf: bytes.dropFirst(room))
    if tail.count > 2 * Self.part {
      cut += tail.count - Self.part
      tail.removeFirst(tail.count - Self.part)
    }
  }

  /// What is kept, with a line between beginning and end that says how much is not; what is not UTF-8 is replaced.
  var text: String {
    let excess = max(0, tail.count - Self.part)
    let left = cut + excess
    if left == 0 { return String(decoding: head + tail, as: UTF8.self) }
    return String(decoding: head, as: UTF8.self) + "\n… \(left) bytes are left out …\n"
      + String(decoding: tail.dropFirst(excess), as: UTF8.self)
  }

  /// The last line that is not blank; empty where there is none.
  var lastLine: String {
    let end = tail.isEmpty ? head.suffix(4096) : tail.suffix(4096)
    let lines = end.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    return lines.last { $0.contains { !$0.isWhitespace } }?.trimmingCharacters(in: .whitespaces) ?? ""
  }
}

/// Cuts bytes that arrive in pieces into lines.
struct LineCutter {
  /// A longer line is no line of metrics.
  static let limit = 1 << 20

  private var rest: [UInt8] = []
  /// Whether a line is longer than the limit: nothing more is read.
  private(set) var isOverrun = false

  /// The lines that are complete now, without their ends.
  mutating func lines(adding bytes: some Collection<UInt8>) -> [[UInt8]] {
    if isOverrun { return [] }
    rest.append(contentsOf: bytes)
    var pieces = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    rest = pieces.popLast().map(Array.init) ?? []
    if rest.count > Self.limit {
      isOverrun = true
      rest = []
    }
    return pieces.map(Array.init)
  }

  /// What is left without an end.
  mutating func last() -> [UInt8]? {
    defer { rest = [] }
    return rest.isEmpty ? nil : rest
  }
}
