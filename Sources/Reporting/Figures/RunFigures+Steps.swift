import Comparison
public import Plotting
import Tracking

/// The figures of courses over steps, or over what the steps cost.
extension RunFigures {
  /// A metric over steps, one line per group. Of a large grid only the groups that agree with the best one in
  /// everything but their family and one more key are drawn. The note says what is left out: groups that have not recorded
  /// the metric, runs that diverged, runs that have no place on the axis.
  public func steps(
    name: String, metric: String, unit: String, xScale: AxisScale = .linear, axis: StepAxis = .step,
    source: any RunSource
  ) throws -> StepsFigure {
    let recorded = try source.summaries(of: metric, runs: runs.map(\.record.runID))
    let chosen = chosenGroups(metric, recorded: Set(recorded.keys))
    let courses = try Courses(self, chosen, axis: axis, source: source)
    return StepsFigure(
      name: name, title: "\(metric) over \(axis.shortLabel), \(comparison.context)",
      note: FigureNotes.joined([courses.note, without(metric, chosen)]), xLabel: axis.label,
      yLabel: Self.axisLabel(metric, unit: unit), xScale: xScale,
      lines: try courses.lines { try source.series(ofRun: $0.record.runID, metric: metric) },
      reference: metric == RunMetric.elbo.rawValue ? evidence : nil)
  }

  private func without(_ metric: String, _ chosen: Choice) -> String {
    chosen.without.isEmpty ? "" : "no \(metric) of \(FigureNotes.names(chosen.without))"
  }

  /// The lines of the chosen groups: which runs make them, and what each shows.
  struct Courses {
    var note: String
    private let figures: RunFigures
    private let choice: Choice
    private let units: StepUnits
    private let runs: [GroupKey: [RunSummary]]

    init(_ figures: RunFigures, _ choice: Choice, axis: StepAxis, source: any RunSource) throws {
      self.figures = figures
      self.choice = choice
      let members = figures.members()
      let all = choice.groups.flatMap { members[$0, default: []] }
      let units = try StepUnits(axis, of: all, source: source)
      self.units = units
      let placed = all.filter { units.perStep(of: $0) != nil }
      // Where every run diverged, that is what there is to see.
      let showsDiverged = placed.allSatisfy { $0.status == .diverged }
      let drawn = Set(placed.filter { showsDiverged || $0.status != .diverged }.map(\.record.runID))
      runs = members.mapValues { $0.filter { drawn.contains($0.record.runID) } }
      let diverged = placed.count - drawn.count
      let unplaced = all.count - placed.count
      note = FigureNotes.joined([
        figures.fixed(choice.fixed), FigureNotes.extent(choice.groups.count, of: choice.available),
        FigureNotes.runs(
          diverged: diverged, failed: 0, unfinished: 0, valueless: 0,
          suspect: all.count { drawn.contains($0.record.runID) && $0.outcome?.suspect != nil }),
        showsDiverged && !placed.isEmpty ? "all runs diverged" : "",
        unplaced == 0 ? "" : "\(unplaced) runs without \(axis.needs) not shown",
      ])
    }

    /// One line per group; `series` gives what of a run is drawn.
    func lines(_ series: (RunSummary) throws -> StepSeries) rethrows -> [StepsFigure.Line] {
      try choice.groups.enumerated().map { place, key in
        let runs = runs[key, default: []]
        // Without keys to go by, the lines shown are told apart from each other, and not from those that are not.
        func look(_ axis: String?) -> Int {
          choice.colorKey == nil ? place : figures.index(of: key, along: axis)
        }
        return StepsFigure.Line(
          label: choice.label(key),
          runs: try runs.map { run in
            var series = try series(run)
            series.unitsPerStep = units.perStep(of: run) ?? 1
            return series
          },
          color: look(choice.colorKey), dash: look(choice.dashKey),
          hasHalfSteps: units.axis == .step && !runs.isEmpty && runs.allSatisfy(\.isExpectationMaximization))
      }
    }
  }
}

extension StepAxis {
  /// As a title has it.
  fileprivate var shortLabel: String {
    switch self {
    case .step: "steps"
    case .seconds: "seconds"
    case .gradientEvaluations: "gradient evaluations"
    case .likelihoodEvaluations: "likelihood evaluations"
    }
  }
}
