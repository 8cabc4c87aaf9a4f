import Tracking

/// SplitMix64 (Steele, Lea, Flood 2014, https://doi.org/10.1145/2714064.2660195): a seed gives the same bits everywhere.
struct RandomBits: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Any 64 bits as a number: every size, subnormals and NaN included, and now and then what is special.
  mutating func double() -> Double {
    let special: [Double] = [
      0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNormalMagnitude,
      .greatestFiniteMagnitude, 1,
    ]
    let bits = next()
    switch bits % 8 {
    case 0: return special[Int(next() % UInt64(special.count))]
    case 1: return Double(bitPattern: next() & 0x800F_FFFF_FFFF_FFFF)
    default: return Double(bitPattern: next())
    }
  }

  /// Any 32 bits as a number, as ``double()`` has any 64.
  mutating func single() -> Double {
    let special: [Float] = [
      0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNormalMagnitude,
      .greatestFiniteMagnitude, 1,
    ]
    let bits = UInt32(truncatingIfNeeded: next())
    switch bits % 8 {
    case 0: return Double(special[Int(next() % UInt64(special.count))])
    case 1: return Double(Float(bitPattern: bits & 0x807F_FFFF))
    default: return Double(Float(bitPattern: bits))
    }
  }

  mutating func column(_ count: Int) -> StepBatch.Column {
    switch next() % 5 {
    case 0: .absent
    case 1: .constant(double())
    case 2: .values((0..<count).map { _ in single() })
    default: .values((0..<count).map { _ in double() })
    }
  }

  mutating func batch(firstStep: Int, stride: Int, count: Int) -> StepBatch {
    StepBatch(
      firstStep: firstStep, stride: stride, count: count,
      columns: StepColumn.allCases.map { _ in column(count) })
  }
}

/// Steps with every value as its bits: a NaN is itself, and 0 is not -0.
struct StepBits: Hashable {
  var step: Int
  var values: [UInt64?]

  static func all(_ batches: [StepBatch]) -> [StepBits] {
    batches.flatMap { batch in
      (0..<batch.count).map { index in
        StepBits(
          step: batch.firstStep + batch.stride * index,
          values: batch.columns.map { $0.value(at: index)?.bitPattern })
      }
    }
  }
}
