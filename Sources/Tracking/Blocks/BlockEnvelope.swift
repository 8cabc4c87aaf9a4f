/// The values of a metric over some steps in a row, without each of them: what a picture needs of a long run.
public struct EnvelopePoint: Sendable, Hashable {
  public var firstStep: Int
  public var lastStep: Int
  /// The number of values.
  public var count: Int
  /// Without NaN; NaN where all values are.
  public var minimum: Double
  public var maximum: Double
  public var mean: Double

  public init(
    firstStep: Int, lastStep: Int, count: Int, minimum: Double, maximum: Double, mean: Double
  ) {
    self.firstStep = firstStep
    self.lastStep = lastStep
    self.count = count
    self.minimum = minimum
    self.maximum = maximum
    self.mean = mean
  }
}

/// Writes the places of one column to the envelope of a block: minimum, maximum and mean of each 64 values, the highest byte
/// first. A column of no more values has none, for its header says the same.
struct EnvelopePlaces {
  /// The values of a place.
  static let width = 64
  /// The size of a place in words of eight bytes.
  static let words = 3

  /// How many places a column of `count` values has.
  static func count(of count: Int) -> Int { count > width ? (count + width - 1) / width : 0 }

  private let isWritten: Bool

  init(count: Int, _ envelope: inout [UInt64]) {
    isWritten = count > Self.width
    if isWritten { envelope.reserveCapacity(envelope.count + Self.words * Self.count(of: count)) }
  }

  /// Nothing is below infinity: a place whose minimum is above its maximum has no number.
  func append(_ minimum: Double, _ maximum: Double, _ mean: Double, _ envelope: inout [UInt64]) {
    guard isWritten else { return }
    let isEmpty = minimum > maximum
    envelope.append((isEmpty ? .nan : minimum).bitPattern.bigEndian)
    envelope.append((isEmpty ? .nan : maximum).bitPattern.bigEndian)
    envelope.append(mean.bitPattern.bigEndian)
  }

  /// The last place of values whose number is no multiple of four.
  func appendLast(of values: [Double], _ envelope: inout [UInt64]) {
    guard isWritten else { return }
    let own = values[(values.count - 1) / Self.width * Self.width..<values.count]
    var (low, high, sum) = (Double.infinity, -Double.infinity, 0.0)
    for value in own {
      low = value < low ? value : low
      high = value > high ? value : high
      sum += value
    }
    append(low, high, sum / Double(own.count), &envelope)
  }

  /// Reads the places of a column that begins at place `first` of a block's envelope.
  ///
  /// - Parameters:
  ///   - count: the number of the column's values.
  ///   - step: the step of the value at an index.
  /// - Returns: nil where the envelope is cut short.
  static func points(
    _ envelope: UnsafeRawBufferPointer, from first: Int, count: Int, step: (Int) -> Int
  ) -> [EnvelopePoint]? {
    let places = self.count(of: count)
    guard envelope.count >= 8 * words * (first + places) else { return nil }
    return (0..<places).map { place in
      func number(_ index: Int) -> Double {
        let offset = 8 * (words * (first + place) + index)
        return Double(
          bitPattern: UInt64(bigEndian: envelope.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      }
      let own = width * place..<min(width * (place + 1), count)
      return EnvelopePoint(
        firstStep: step(own.lowerBound), lastStep: step(own.upperBound - 1), count: own.count,
        minimum: number(0), maximum: number(1), mean: number(2))
    }
  }
}
