import StanLanguage

/// What the statements of a program added to its log density, prior and likelihood apart.
struct FactorLedger: Sendable {
  /// What a factor is a part of.
  enum Part: String, Hashable, Sendable {
    case prior, likelihood
    /// It depends on data otherwise than as the density of an outcome.
    case mixed
  }

  /// The factors of one statement.
  struct Entry: Hashable, Sendable {
    var range: SourceRange
    var part: Part
    /// The name of the density; nil of a plain expression.
    var distribution: String?
    /// How many times the statement ran, and over how many outcomes in all.
    var turns = 0
    var outcomes = 0
  }

  private(set) var prior = LinearSum()
  private(set) var likelihood = LinearSum()
  private(set) var mixed = LinearSum()
  private(set) var entries: [Entry] = []
  private var known: [Key: Int] = [:]

  private struct Key: Hashable {
    var range: SourceRange
    var part: Part
    var distribution: String?
  }

  mutating func add(
    _ sum: LinearSum, times weight: Double = 1, to part: Part, at range: SourceRange, distribution: String?,
    outcomes: Int
  ) {
    switch part {
    case .prior: prior.add(sum, times: weight)
    case .likelihood: likelihood.add(sum, times: weight)
    case .mixed: mixed.add(sum, times: weight)
    }
    let key = Key(range: range, part: part, distribution: distribution)
    let index = known[key] ?? entries.count
    if index == entries.count {
      entries.append(Entry(range: range, part: part, distribution: distribution))
      known[key] = index
    }
    entries[index].turns += 1
    entries[index].outcomes += outcomes
  }

  /// All of it.
  var everything: LinearSum {
    var sum = prior
    sum.add(likelihood)
    sum.add(mixed)
    return sum
  }
}
