/// What a value was made of, as far as it tells prior and likelihood apart.
struct Origin: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  /// Values of the data block, or computed from some.
  static let data = Origin(rawValue: 1)
  /// Log densities of outcomes that depend on data.
  static let likelihood = Origin(rawValue: 2)
  /// Log densities of outcomes that do not.
  static let prior = Origin(rawValue: 4)
}
