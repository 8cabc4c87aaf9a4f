import Comparison
import Tracking

/// What must hold between the cells of a sweep whatever the model is: a family that contains another one has no lower optimum, a bound that is
/// tighter at every q has none either, and bounds are on their side of the evidence. Where a cell violates it by more than its error, it
/// has not converged, or an estimate is wrong.
enum LatticeSection {
  private static let mostRows = 20
  /// What is not held against a cell, in nats: what may be left of a converged run.
  static let tolerance = 0.02

  /// Empty where no two cells can be held against each other.
  static func blocks(_ analysis: ReportAnalysis, _ source: any RunSource) throws -> [DocumentBlock] {
    let bounds = try LatticeCell.Bounds(analysis.input.runs, source)
    var relations: [Relation] = []
    var hasOthers = false
    var heavy = 0
    for context in analysis.contexts {
      let all = LatticeCell.all(of: context.runs, analysis, bounds)
      let cells = all.filter { !$0.isHeavy }
      heavy += all.count - cells.count
      hasOthers = hasOthers || cells.contains { $0.first.record.objective != "elbo" }
      relations +=
        nested(cells) + ordered(cells) + opposed(cells) + besideEvidence(cells, context.runs, analysis)
    }
    guard !relations.isEmpty else { return [] }
    let violated = relations.filter(\.isViolated).sorted { $0.excess > $1.excess }
    let count = VerdictText.count(relations.count, "pair")
    let left =
      heavy == 0
      ? ""
      : " The tails of CUBO's weights are too heavy to be averaged in \(VerdictText.count(heavy, "cell")), which is left out."
    let rule = Self.rule(hasOthers: hasOthers)
    guard !violated.isEmpty else {
      return [
        .paragraph(
          RichText(
            "\(rule): that holds, within errors and 0.02 nats, in all \(count) of cells that it can be asked of.\(left)"
          ))
      ]
    }
    let rest = violated.count - mostRows
    return [
      .paragraph(
        RichText(
          "\(rule): of \(count) of cells that it can be asked of, \(violated.count) violate it by more than their error and 0.02 nats.\(left)"
        )),
      .items(
        violated.prefix(mostRows).map { RichText($0.sentence) }
          + (rest > 0 ? [RichText("… and \(VerdictText.count(rest, "more pair"))")] : [])),
    ]
  }

  private static func rule(hasOthers: Bool) -> String {
    hasOthers
      ? "A family that contains another has no lower optimum, nor has a tighter bound, and the evidence is above every lower bound and below CUBO"
      : "A family that contains another has no lower optimum, and no bound is above the evidence"
  }

  /// One inequality between two numbers.
  private struct Relation {
    /// By how much it is the wrong way round, in nats, and the error of that.
    let excess: Double
    let error: Double
    let sentence: String

    init(_ excess: SeedMean, _ sentence: String) {
      self.excess = excess.mean
      error = excess.error
      self.sentence = sentence
    }

    var isViolated: Bool { excess > 3 * error + LatticeSection.tolerance }
  }

  /// Families of which one contains the other, under one lower bound.
  private static func nested(_ cells: [LatticeCell]) -> [Relation] {
    pairs(cells.filter { BoundOrder.isLower($0.first) }, without: ["family"]) { larger, smaller in
      guard FamilyOrder.contains(smaller.first, in: larger.first),
        let excess = smaller.excess(over: larger)
      else { return nil }
      return Relation(
        excess,
        "not converged: \(larger.name) is \(excess.text) below \(smaller.name), which it contains "
          + "(cells \(larger.id) and \(smaller.id))")
    }
  }

  /// Bounds of which one is nowhere below the other, of one family. What their estimates want, draws and estimators, may differ.
  private static func ordered(_ cells: [LatticeCell]) -> [Relation] {
    pairs(cells, without: ["objective", "estimator", "samples"]) { higher, lower in
      guard BoundOrder.isBelow(lower.first, higher.first), let excess = lower.excess(over: higher) else {
        return nil
      }
      return Relation(
        excess,
        "not converged: the bound of \(higher.name) is \(excess.text) below that of \(lower.name), which is below it at every q "
          + "(cells \(higher.id) and \(lower.id))")
    }
  }

  /// Of cells that are alike but for some keys, every ordered pair that has a relation.
  private static func pairs(
    _ cells: [LatticeCell], without keys: [String], _ relation: (LatticeCell, LatticeCell) -> Relation?
  ) -> [Relation] {
    Dictionary(grouping: cells) { $0.rest(without: keys) }.values.flatMap { cells in
      cells.flatMap { one in cells.compactMap { other in relation(one, other) } }
    }
  }

  /// Lower bounds against upper ones, whatever they are of.
  private static func opposed(_ cells: [LatticeCell]) -> [Relation] {
    let lower = cells.filter { BoundOrder.isLower($0.first) }
    return cells.filter { BoundOrder.isUpper($0.first) }.flatMap { upper in
      lower.map { lower in
        let excess = lower.level - upper.level
        return Relation(
          excess,
          "one of the two is wrong: the lower bound of \(lower.name) is \(excess.text) above the upper one of \(upper.name) "
            + "(cells \(lower.id) and \(upper.id))")
      }
    }
  }

  /// Against the evidence that the model knows, and that runs without a bound have estimated.
  private static func besideEvidence(
    _ cells: [LatticeCell], _ runs: [RunSummary], _ analysis: ReportAnalysis
  ) -> [Relation] {
    evidence(runs, analysis).flatMap { evidence in
      cells.compactMap { cell in
        // Of single runs under the ELBO the identities say it.
        if evidence.isExact, cell.first.record.objective == "elbo" { return nil }
        let isUpper = BoundOrder.isUpper(cell.first)
        guard isUpper || BoundOrder.isLower(cell.first) else { return nil }
        let excess = isUpper ? evidence.value - cell.level : cell.level - evidence.value
        return Relation(
          excess,
          "one of the two is wrong: \(cell.name) is \(excess.text) \(isUpper ? "below" : "above") the evidence \(evidence.source) "
            + "(\(evidence.isExact ? "cell" : "cells") \(([String(cell.id)] + evidence.cells).joined(separator: " and ")))"
        )
      }
    }
  }

  private struct Evidence {
    var value: SeedMean
    var source: String
    var cells: [String] = []
    var isExact = false
  }

  private static func evidence(_ runs: [RunSummary], _ analysis: ReportAnalysis) -> [Evidence] {
    let known = runs.first {
      $0.status == .finished && $0.hasBound && !$0.hasSimulatedData
        && $0.outcome?.logEvidenceStandardError == nil
        && $0.outcome?.yardstick?.logEvidence?.isFinite == true
    }
    let references = runs.filter {
      $0.status == .finished && !$0.hasBound && $0.record.family != "delta" && $0.outcome?.suspect == nil
        && $0.outcome?.yardstick?.logEvidence?.isFinite == true
    }
    let exact = known?.outcome?.yardstick?.logEvidence.map {
      Evidence(value: SeedMean([$0], [0]), source: "of the model", isExact: true)
    }
    return [exact].compactMap(\.self)
      + Dictionary(grouping: references, by: \.record.cellID).sorted { $0.key < $1.key }.map {
        cell, members in
        Evidence(
          value: SeedMean(
            members.map { $0.outcome?.yardstick?.logEvidence ?? .nan },
            members.map { $0.outcome?.logEvidenceStandardError ?? 0 }),
          source: "by \(analysis.name(of: members[0]))", cells: [String(cell.prefix(8))])
      }
  }
}
