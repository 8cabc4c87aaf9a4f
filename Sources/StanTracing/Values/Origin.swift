/// What a value was made of, as far as it tells prior and likelihood apart.
struct Origin: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  /// Values of the data block, or computed from some.
  static let data = Origin(rawValue: 1)
  /// Log densities of outcomes that depend on data.
  static let likelihood = Origin(rawValue: 2)
  /// Log densities of outcomes that are parameters.
  static let prior = Origin(rawValue: 4)
  /// Log densities of outcomes that the program writes down, as `bernoulli_lpmf(1 | p)`: an observation where it stands alone,
  /// and a value of a latent category that is summed out where it stands beside others.
  static let written = Origin(rawValue: 8)
}
