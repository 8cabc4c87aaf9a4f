import Comparison
import Tracking

/// Runs that are said to have converged, though another cell of the sweep has found a member of the same family with a higher ELBO.
///
/// The optimisation gap is that of a quadratic, and sees neither the end of a curved valley nor a second top; cells with other settings can
/// have seen it.
enum LowerTops {
  private static let mostRows = 20

  /// Empty where there are none.
  static func blocks(_ analysis: ReportAnalysis, _ gaps: ConvergenceSection.Gaps) -> [DocumentBlock] {
    let found = analysis.contexts.flatMap { context in
      families(context.runs).flatMap { below($0, analysis, gaps) }
    }.sorted { $0.shortfall.mean > $1.shortfall.mean }
    guard !found.isEmpty else { return [] }
    let rest = found.count - mostRows
    return [
      .paragraph(
        RichText(
          "Of \(VerdictText.count(found.count, "cell")) the top that was found is not the highest of its family: the gap to the top nearby is "
            + "small, and another cell has a higher ELBO.")),
      .items(
        found.prefix(mostRows).map { RichText($0.sentence) }
          + (rest > 0 ? [RichText("… and \(VerdictText.count(rest, "more cell"))")] : [])),
    ]
  }

  /// Finished runs with a bound, by model and family with their options.
  private static func families(_ runs: [RunSummary]) -> [[RunSummary]] {
    let eligible = runs.filter {
      $0.status == .finished && $0.hasBound && $0.outcome?.yardstick?.elbo?.isFinite == true
    }
    let parts = Dictionary(grouping: eligible) { run in
      run.record.parameters.filter { parameter in
        ["model", "family"].contains { parameter.key == $0 || parameter.key.hasPrefix("\($0).") }
      }.map { "\($0.key)=\(RunKeys.text($0.value))" }.sorted()
    }
    return parts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }

  private struct Cell {
    let first: RunSummary
    let level: SeedMean
  }

  private static func cells(_ runs: [RunSummary]) -> [Cell] {
    Dictionary(grouping: runs, by: \.record.cellID).sorted { $0.key < $1.key }.compactMap { _, members in
      members.first.map { Cell(first: $0, level: SeedMean(elboOf: members)) }
    }
  }

  /// The cells of one family whose runs have converged below another of its cells.
  private static func below(
    _ runs: [RunSummary], _ analysis: ReportAnalysis, _ gaps: ConvergenceSection.Gaps
  ) -> [(shortfall: SeedMean, sentence: String)] {
    guard let best = cells(runs).max(by: { $0.level.mean < $1.level.mean }) else { return [] }
    return cells(runs.filter { gaps.isSaidToHaveConverged($0) && $0.record.beta == 1 }).compactMap { cell in
      let shortfall = best.level - cell.level
      guard shortfall.mean > 3 * shortfall.error + LatticeSection.tolerance else { return nil }
      return (
        shortfall,
        "another top: \(analysis.name(of: cell.first)) is \(shortfall.text) below \(analysis.name(of: best.first)) "
          + "(cells \(cell.first.record.cellID.prefix(8)) and \(best.first.record.cellID.prefix(8)))"
      )
    }
  }
}
