/// Remembers which of a row's values were NaN, for SQLite keeps a NaN as the NULL of an absent value.
struct NaNMask: Sendable, Hashable {
  private(set) var bits: Int64

  init(bits: Int64 = 0) {
    self.bits = bits
  }

  mutating func note(_ value: Double?, bit: Int) {
    if let value, value.isNaN { bits |= 1 << Int64(bit) }
  }

  /// What was recorded, from what SQLite kept of it.
  func restored(_ stored: Double?, bit: Int) -> Double? {
    bits & (1 << Int64(bit)) == 0 ? stored : .nan
  }
}
