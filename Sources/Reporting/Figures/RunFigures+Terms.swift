import Comparison
public import Plotting
import Tracking

/// The figures of what makes up a bound.
extension RunFigures {
  /// The ELBO over steps by each form that was optimised, and below it the gap to the evidence where that is known: of the
  /// groups that agree with the best one in everything but the form. nil where there is no group.
  public func forms(name: String, axis: StepAxis = .step, source: any RunSource) throws -> StackedStepsFigure?
  {
    // What was only evaluated has no course.
    let moving = Set(members().filter { $0.value.contains { ($0.outcome?.steps ?? 0) > 0 } }.keys)
    let ranked = comparison.groups.map(\.key)
    guard let best = ranked.first(where: moving.contains) ?? ranked.first else { return nil }
    let others = best.labels.filter { $0.key != "form" }
    let groups = ranked.filter { key in others.allSatisfy(key.labels.contains) }.sorted()
    let isSingle = best.labels.count == others.count
    let choice = Choice(
      groups: groups, fixed: isSingle ? [] : others, colorKey: isSingle ? nil : "form",
      dashKey: isSingle ? nil : "form", available: ranked.count)
    let courses = try Courses(self, choice, axis: axis, source: source)
    let elbo = try courses.lines { try source.series(ofRun: $0.record.runID, metric: "elbo") }
    let gap = try courses.lines { try self.gap(of: $0, source: source) }
    let isKnown = gap.contains { $0.runs.contains { !$0.isEmpty } }
    return StackedStepsFigure(
      name: name, title: "elbo by each form, and its gap, \(comparison.context)",
      note: FigureNotes.joined([
        courses.note, isSingle || groups.count == 1 ? "runs of one form" : "",
        isKnown ? "" : "log_evidence is not known, and so no gap",
      ]), xLabel: axis.label,
      panels: [StackedStepsFigure.Panel(yLabel: "elbo (nats)", lines: elbo, reference: evidence)]
        + (isKnown
          ? [.init(yLabel: "log_evidence − elbo (nats)", lines: gap, isLogarithmic: true)] : []))
  }

  /// What a run's ELBO lacks to log p(x) at each step: KL[q ‖ p(z|x)] where it was recorded, else the difference to the
  /// evidence of the final evaluation, which does not change unless parameters are learned.
  private func gap(of run: RunSummary, source: any RunSource) throws -> StepSeries {
    let id = run.record.runID
    let recorded = try source.series(ofRun: id, metric: "kl_posterior")
    guard recorded.isEmpty else { return recorded }
    guard run.dataCount == nil, let level = run.outcome?.yardstick?.logEvidence, level.isFinite else {
      return StepSeries(steps: [], values: [])
    }
    return try source.series(ofRun: id, metric: "elbo").gap(to: level)
  }

  /// The terms of the ELBO over steps, one above the other: reconstruction − kl_prior makes the bound, and kl_posterior
  /// what it lacks to the evidence. nil where there is no group.
  public func decomposition(
    name: String, axis: StepAxis = .step, source: any RunSource
  ) throws -> StackedStepsFigure? {
    let choice = chosenGroups(RunMetric.elbo.rawValue)
    guard !choice.groups.isEmpty else { return nil }
    let courses = try Courses(self, choice, axis: axis, source: source)
    let panels = try ["reconstruction", "kl_prior", "kl_posterior"].map { term in
      StackedStepsFigure.Panel(
        yLabel: "\(term) (nats)",
        lines: try courses.lines { try source.series(ofRun: $0.record.runID, metric: term) })
    }
    let unknown = panels.filter { $0.lines.allSatisfy { $0.runs.allSatisfy(\.isEmpty) } }
    return StackedStepsFigure(
      name: name, title: "elbo = reconstruction − kl_prior, \(comparison.context)",
      note: FigureNotes.joined([
        courses.note,
        unknown.isEmpty
          ? ""
          : "not known: \(unknown.map { String($0.yLabel.prefix { $0 != " " }) }.joined(separator: ", "))",
      ]), xLabel: axis.label, panels: panels)
  }
}
