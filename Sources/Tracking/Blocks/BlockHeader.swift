/// What a block says of one column without its values.
struct BlockHeader: Sendable, Hashable {
  /// The size of an entry in `block.header`.
  static let size = 40

  /// The least and the largest value that is not NaN; NaN where all are.
  var minimum: Double
  var maximum: Double
  var sum: Double
  var last: Double
  /// The first step whose value is NaN or infinite; nil where there is none.
  var firstNonFiniteStep: Int?

  /// - Parameters:
  ///   - count: the number of steps.
  ///   - envelope: gets the column's part of the block's envelope.
  ///   - step: the step of the value at an index.
  init(
    of column: StepBatch.Column, count: Int, envelope: inout [UInt64], step: (Int) -> Int
  ) {
    switch column {
    case .absent: self.init(of: [], &envelope, step)
    case .constant(let value):
      self.init(of: [value], &envelope, step)
      sum = value * Double(count)
    case .values(let values): self.init(of: values, &envelope, step)
    }
  }

  /// Four values at a time: a loop that waits for each comparison is several times slower.
  private init(of values: [Double], _ envelope: inout [UInt64], _ step: (Int) -> Int) {
    var low = SIMD4(repeating: Double.infinity)
    var high = SIMD4(repeating: -Double.infinity)
    var sums = SIMD4<Double>.zero
    // Zero unless some value is not finite: infinity - infinity is NaN.
    var rest = SIMD4<Double>.zero
    let whole = values.count & ~3
    let places = EnvelopePlaces(count: values.count, &envelope)
    values.withUnsafeBufferPointer { values in
      for place in stride(from: 0, to: whole, by: EnvelopePlaces.width) {
        var ownLow = SIMD4(repeating: Double.infinity)
        var ownHigh = SIMD4(repeating: -Double.infinity)
        var ownSums = SIMD4<Double>.zero
        let end = min(place + EnvelopePlaces.width, whole)
        for start in stride(from: place, to: end, by: 4) {
          let four = SIMD4(values[start], values[start + 1], values[start + 2], values[start + 3])
          ownLow.replace(with: four, where: four .< ownLow)
          ownHigh.replace(with: four, where: four .> ownHigh)
          ownSums += four
          sums += four
          rest += four - four
        }
        low.replace(with: ownLow, where: ownLow .< low)
        high.replace(with: ownHigh, where: ownHigh .> high)
        if end == place + EnvelopePlaces.width || whole == values.count {
          places.append(ownLow.min(), ownHigh.max(), ownSums.sum() / Double(end - place), &envelope)
        }
      }
    }
    var isFinite = rest == .zero
    minimum = low.min()
    maximum = high.max()
    sum = sums.sum()
    for value in values[whole...] {
      minimum = value < minimum ? value : minimum
      maximum = value > maximum ? value : maximum
      sum += value
      isFinite = isFinite && value.isFinite
    }
    if whole < values.count { places.appendLast(of: values, &envelope) }
    // Nothing was below the one and above the other.
    if minimum > maximum { (minimum, maximum) = (.nan, .nan) }
    last = values.last ?? .nan
    firstNonFiniteStep = isFinite ? nil : values.firstIndex { !$0.isFinite }.map(step)
  }

  /// Appends the entry: four numbers and an integer, the highest byte first.
  func write(to bytes: inout [UInt64]) {
    for value in [minimum, maximum, sum, last] { bytes.append(value.bitPattern.bigEndian) }
    bytes.append(UInt64(bitPattern: Int64(firstNonFiniteStep ?? -1)).bigEndian)
  }

  /// Reads the entry of a column among those that are present; nil where it is not, or the header is cut short.
  init?(of column: StepColumn, present: Int64, header: UnsafeRawBufferPointer) {
    let bit = Int64(1) << Int64(column.rawValue)
    guard present & bit != 0 else { return nil }
    self.init(at: (present & (bit - 1)).nonzeroBitCount, of: header)
  }

  /// Reads an entry; nil where the header is cut short.
  init?(at index: Int, of header: UnsafeRawBufferPointer) {
    let start = Self.size * index
    guard header.count >= start + Self.size else { return nil }
    func word(_ index: Int) -> UInt64 {
      UInt64(bigEndian: header.loadUnaligned(fromByteOffset: start + 8 * index, as: UInt64.self))
    }
    minimum = Double(bitPattern: word(0))
    maximum = Double(bitPattern: word(1))
    sum = Double(bitPattern: word(2))
    last = Double(bitPattern: word(3))
    let step = Int(Int64(bitPattern: word(4)))
    firstNonFiniteStep = step < 0 ? nil : step
  }
}
