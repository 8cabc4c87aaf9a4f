import Comparison
import Reporting

/// A comparison for people: tables, then sentences, of one model after the other.
struct ReadableComparison {
  private let comparison: RunComparison
  private let format: FormatOptions
  private let showsVariance: Bool

  /// - Parameter showsVariance: whether the shares of the variance are a table; else a complete grid of two keys or more
  ///   has a sentence.
  init(_ comparison: RunComparison, format: FormatOptions, showsVariance: Bool) {
    self.comparison = comparison
    self.format = format
    self.showsVariance = showsVariance
  }

  func print() throws {
    for context in comparison.contexts { try print(context) }
    guard let ranks = GroupRanks(comparison.contexts.map(\.comparison)) else { return }
    try Console.output("Average ranks over all of them\n\n")
    try format.print(RankTable.table(ranks))
    try printSentences(RankTable.sentence(ranks))
  }

  private func print(_ context: RunComparison.Context) throws {
    let found = context.comparison
    let unit = found.metric.unit.isEmpty ? "" : " in \(found.metric.unit)"
    try Console.output(safe("\(found.metric.name)\(unit), \(found.context)") + "\n\n")
    try format.print(context.table)
    if !found.differences.isEmpty, let baseline = found.baseline {
      try Console.output("\n" + safe("Differences to \(baseline), paired by seed") + "\n\n")
      try format.print(ComparisonTables.differences(found))
    }
    if !context.gaps.isEmpty {
      try Console.output("\nKL[q ‖ p(z|x)] by the estimated evidence, in nats\n\n")
      try format.print(ComparisonTables.gaps(found, context.gaps))
    }
    let shares = Result { try comparison.varianceShares(of: context) }
    var sentences = [VerdictText.sentences(found)]
    if let sampled = context.sampled, !context.gaps.isEmpty {
      sentences.append("\(sampled.sentence); the bracket of a gap holds its error and that of elbo.")
    }
    switch shares {
    case .success(let shares):
      if showsVariance {
        let seeds = "\(shares.cells) groups × \(shares.seeds.count) seeds"
        try Console.output("\n" + safe("Shares of the variance of \(found.metric.name), \(seeds)") + "\n\n")
        try format.print(VarianceTable.table(shares))
      } else if shares.shares.count > 3 {
        // Two keys, the seed, and their pairs: six, or three of a single seed.
        sentences.append(VarianceTable.sentence(shares, metric: found.metric))
      }
    case .failure(let obstacle):
      if showsVariance { sentences.append("The variance cannot be shared out: \(obstacle).") }
    }
    try printSentences(sentences.joined(separator: " "))
  }

  private func printSentences(_ text: String) throws {
    let lines = isMarkdown ? [safe(text)] : TextWrap.lines(safe(text), width: 80)
    try Console.output("\n" + lines.joined(separator: "\n") + "\n\n")
  }

  private var isMarkdown: Bool { format.format == .markdown }

  /// A name is data: neither the terminal nor markdown takes it for anything else.
  private func safe(_ text: String) -> String {
    isMarkdown ? Markdown.escaped(text) : VisibleText.escaped(text)
  }
}
