import Comparison
import Tracking

/// What must hold between the cells of a sweep whatever the model is: a family that contains another one has no lower optimum, and no
/// bound is above the evidence. Where a cell violates it by more than its error, it has not converged, or an estimate is wrong.
enum LatticeSection {
  private static let mostRows = 20
  /// What is not held against a cell, in nats: what may be left of a converged run.
  static let tolerance = 0.02

  /// Empty where no two cells can be held against each other.
  static func blocks(_ analysis: ReportAnalysis) -> [DocumentBlock] {
    var relations: [Relation] = []
    for context in analysis.contexts {
      let cells = Cell.all(of: context.runs, analysis)
      relations += nested(cells) + underEvidence(cells, context.runs, analysis)
    }
    guard !relations.isEmpty else { return [] }
    let violated = relations.filter(\.isViolated).sorted { $0.excess > $1.excess }
    let count = VerdictText.count(relations.count, "pair")
    let rule = "A family that contains another has no lower optimum, and no bound is above the evidence"
    guard !violated.isEmpty else {
      return [
        .paragraph(
          "\(rule): that holds, within errors and 0.02 nats, in all \(count) of cells that it can be asked of."
        )
      ]
    }
    let rest = violated.count - mostRows
    return [
      .paragraph(
        RichText(
          "\(rule): of \(count) of cells that it can be asked of, \(violated.count) violate it by more than their error and 0.02 nats."
        )),
      .items(
        violated.prefix(mostRows).map { RichText($0.sentence) }
          + (rest > 0 ? [RichText("… and \(VerdictText.count(rest, "more pair"))")] : [])),
    ]
  }

  /// The runs of a cell that maximised the ELBO itself, by seed.
  private struct Cell {
    let name: String
    let first: RunSummary
    let runs: [Int: RunSummary]
    /// Everything but the family, and what follows from it.
    let rest: [String]

    static func all(of runs: [RunSummary], _ analysis: ReportAnalysis) -> [Cell] {
      let eligible = runs.filter {
        $0.status == .finished && $0.hasBound && $0.record.objective == "elbo" && $0.record.beta == 1
          && $0.outcome?.yardstick?.elbo?.isFinite == true
      }
      return Dictionary(grouping: eligible, by: \.record.cellID).values.compactMap { members in
        guard let first = members.first else { return nil }
        return Cell(
          name: analysis.name(of: first), first: first,
          runs: Dictionary(members.map { ($0.record.seed, $0) }, uniquingKeysWith: { $1 }),
          rest: first.record.parameters.filter {
            $0.key != "seed" && $0.key != "family" && !$0.key.hasPrefix("family.")
          }
          .map { "\($0.key)=\(RunKeys.text($0.value))" }.sorted())
      }.sorted { $0.first.record.cellID < $1.first.record.cellID }
    }

    var level: SeedMean { SeedMean(elboOf: Array(runs.values)) }
  }

  /// One inequality between two numbers.
  private struct Relation {
    /// By how much it is the wrong way round, in nats, and the error of that.
    let excess: Double
    let error: Double
    let sentence: String

    var isViolated: Bool { excess > 3 * error + LatticeSection.tolerance }
  }

  private static func nested(_ cells: [Cell]) -> [Relation] {
    Dictionary(grouping: cells, by: \.rest).values.flatMap { cells in
      cells.flatMap { larger in
        cells.compactMap { smaller in
          FamilyOrder.contains(smaller.first, in: larger.first) ? relation(smaller, in: larger) : nil
        }
      }
    }
  }

  private static func relation(_ smaller: Cell, in larger: Cell) -> Relation? {
    var differences: [Double] = []
    var errors: [Double] = []
    for (seed, run) in larger.runs.sorted(by: { $0.key < $1.key }) {
      guard let other = smaller.runs[seed], let mine = run.outcome?.yardstick?.elbo,
        let its = other.outcome?.yardstick?.elbo
      else { continue }
      differences.append(its - mine)
      errors.append(SeedMean.root(run.outcome?.elboStandardError ?? 0, other.outcome?.elboStandardError ?? 0))
    }
    guard !differences.isEmpty else { return nil }
    let excess = SeedMean(differences, errors)
    return Relation(
      excess: excess.mean, error: excess.error,
      sentence:
        "not converged: \(larger.name) is \(excess.text) below \(smaller.name), which it contains "
        + "(cells \(larger.first.record.cellID.prefix(8)) and \(smaller.first.record.cellID.prefix(8)))")
  }

  /// Against the evidence that runs without a bound have estimated.
  private static func underEvidence(
    _ cells: [Cell], _ runs: [RunSummary], _ analysis: ReportAnalysis
  ) -> [Relation] {
    let references = runs.filter {
      $0.status == .finished && !$0.hasBound && $0.record.family != "delta" && $0.outcome?.suspect == nil
        && $0.outcome?.yardstick?.logEvidence?.isFinite == true
    }
    return Dictionary(grouping: references, by: \.record.cellID).values.flatMap { members in
      let evidence = SeedMean(
        members.map { $0.outcome?.yardstick?.logEvidence ?? .nan },
        members.map { $0.outcome?.logEvidenceStandardError ?? 0 })
      return cells.map { cell in
        let excess = cell.level - evidence
        return Relation(
          excess: excess.mean, error: excess.error,
          sentence: "one of the two is wrong: \(cell.name) is \(excess.text) above the evidence by "
            + "\(analysis.name(of: members[0])) (cells \(cell.first.record.cellID.prefix(8)) and "
            + "\(members[0].record.cellID.prefix(8)))")
      }
    }
  }
}
