import Comparison
import Plotting
import Tracking

/// Which optima EM has reached from which start, and whether it climbed all the way.
struct OptimaSection {
  private let analysis: ReportAnalysis
  private let source: any RunSource
  private let objectives: [String: Double]

  static func blocks(_ analysis: ReportAnalysis, _ source: any RunSource) throws -> [DocumentBlock] {
    let runs = analysis.input.runs.filter { $0.isExpectationMaximization && $0.status == .finished }
    guard !runs.isEmpty else { return [] }
    let section = OptimaSection(
      analysis: analysis, source: source,
      objectives: try source.lastValues(of: "objective", runs: runs.map(\.record.runID)))
    var blocks: [DocumentBlock] = [.heading(2, "Optima"), .paragraph(try section.monotone(runs))]
    for context in analysis.contexts {
      let members = Dictionary(
        grouping: context.runs.filter { $0.isExpectationMaximization && $0.status == .finished },
        by: analysis.grouping.group(of:))
      guard !members.isEmpty else { continue }
      if analysis.contexts.count > 1 {
        blocks.append(.heading(3, "\(context.comparison.context): optima"))
      }
      blocks.append(.table(try section.table(members)))
    }
    if let limit = Self.unconverged(runs) { blocks.append(.paragraph(limit)) }
    blocks.append(
      .paragraph(
        """
        Starts whose final objectives agree to \(NumberText.exact(Optima.tolerance)) of their size have reached one \
        optimum. The objective is in nats, summed over the data.
        """))
    return blocks
  }

  /// One row per optimum of every group, best first.
  private func table(_ members: [GroupKey: [RunSummary]]) throws -> Table {
    let groups = members.keys.sorted()
    let keys = groups.first?.labels.map(\.key) ?? []
    var table = Table(
      columns: ComparisonTables.keyColumns(keys, groups) + [
        Table.Column("optimum", alignment: .right), Table.Column("objective", alignment: .right),
        Table.Column("below the best", alignment: .right), Table.Column("starts", alignment: .right),
        Table.Column("reached from"),
      ])
    for group in groups {
      let optima = Optima(
        try members[group, default: []].flatMap { run in
          try Optima.starts(of: run, lastObjective: objectives[run.record.runID], source: source)
        })
      let best = optima.found.first?.objective
      for (index, optimum) in optima.found.prefix(Self.mostOptima).enumerated() {
        table.append(
          ComparisonTables.labels(group) + [
            .integer(index + 1), .number(optimum.objective, digits: 6),
            best.map { .text(index == 0 ? "-" : NumberText.rounded($0 - optimum.objective, figures: 3)) }
              ?? .missing,
            .integer(optimum.starts.count), .text(Optima.names(optimum.starts)),
          ])
      }
      let rest = optima.found.dropFirst(Self.mostOptima).flatMap(\.starts)
      if !rest.isEmpty { table.append(row(group, "others", rest)) }
      if !optima.lost.isEmpty { table.append(row(group, "none", optima.lost)) }
    }
    return table
  }

  private static let mostOptima = 6

  private func row(_ group: GroupKey, _ name: String, _ starts: [Optima.Start]) -> [Table.Cell] {
    ComparisonTables.labels(group) + [
      .text(name), .missing, .missing, .integer(starts.count), .text(Optima.names(starts)),
    ]
  }

  /// What must be known before two objectives are taken for two optima; nil where every run ended by itself.
  private static func unconverged(_ runs: [RunSummary]) -> RichText? {
    let count = runs.count { run in
      guard let limit = run.integer("steps"), let outcome = run.outcome else { return false }
      return outcome.steps >= limit
    }
    guard count > 0 else { return nil }
    return """
      **\(count) of \(VerdictText.count(runs.count, "run")) had not converged** when the steps ran out: objectives \
      that differ a little may be one optimum, not yet reached. Raise `steps`.
      """
  }

  private func monotone(_ runs: [RunSummary]) throws -> RichText {
    var halfSteps = 0
    var falls: [(run: RunSummary, fall: Monotonicity.Fall)] = []
    for run in runs {
      let series = try source.series(ofRun: run.record.runID, metric: "objective")
      halfSteps += max(series.values.count - 1, 0)
      if let fall = Monotonicity.firstFall(series) { falls.append((run, fall)) }
    }
    guard let first = falls.first else {
      return """
        Monotone: **yes**. No half step of \(VerdictText.count(runs.count, "run")) \
        (\(VerdictText.count(halfSteps, "half step"))) fell by more than \(NumberText.exact(Monotonicity.tolerance)) \
        of the objective.
        """
    }
    let step = first.fall.step % 2 == 1 ? "an E-step" : "an M-step"
    let others = falls.count > 1 ? "; \(falls.count) of \(runs.count) runs fell somewhere" : ""
    return """
      Monotone: **no**. Run \(first.run.record.runID.prefix(8)) (\(analysis.grouping.group(of: first.run)), seed \
      \(first.run.record.seed)) fell by \(NumberText.rounded(first.fall.size, figures: 2)) of the objective at step \
      \(first.fall.step), \(step)\(others).
      """
  }
}
