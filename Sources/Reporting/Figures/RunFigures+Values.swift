import Comparison
public import Plotting
import Tracking

/// The figures of one value per run.
extension RunFigures {
  /// The comparison's metric per group: every run, the mean and its interval; best groups on top.
  public func intervals(name: String) -> IntervalsFigure {
    let groups = comparison.groups.filter { $0.mean != nil }
    let shown = groups.prefix(Self.mostRows)
    let shared = sharedLabels(shown.map(\.key))
    let rows = shown.map { group in
      IntervalsFigure.Row(
        label: self.name(group.key, without: shared),
        points: group.values.map(\.value), mean: group.mean,
        interval: group.interval.map { $0.low...$0.high }, color: index(of: group.key, along: colorKey))
    }
    let extent = shown.count < groups.count ? "first \(shown.count) of \(groups.count) groups" : ""
    let valueless = comparison.groups.filter { $0.mean == nil }.map(\.key)
    return IntervalsFigure(
      name: name, title: "\(metric.name) per group, \(comparison.context)",
      note: FigureNotes.joined([
        refusal, fixed(shared), extent,
        valueless.isEmpty ? "" : "no value of \(FigureNotes.names(valueless))",
        FigureNotes.exclusions(comparison.groups),
      ]),
      xLabel: Self.axisLabel(metric.name, unit: metric.unit), rows: rows,
      reference: isOfElbo ? evidence : nil)
  }

  /// The differences of each group to the baseline, paired by seed: every seed, the mean and the interval that the
  /// standing rests on, and the differences that do not matter; nil where there is none.
  public func differences(name: String) -> IntervalsFigure? {
    let differences = comparison.differences.filter { $0.pairs > 0 }
    guard let baseline = comparison.baseline, !differences.isEmpty else { return nil }
    let shown = differences.prefix(Self.mostRows)
    let shared = sharedLabels(shown.map(\.group) + [baseline])
    let rows = shown.map { difference in
      IntervalsFigure.Row(
        label: self.name(difference.group, without: shared), points: difference.differences.map(\.value),
        mean: difference.mean, interval: difference.interval.map { $0.low...$0.high },
        color: index(of: difference.group, along: colorKey))
    }
    let unpaired = comparison.differences.count - differences.count
    var figure = IntervalsFigure(
      name: name, title: "\(metric.name): difference to \(baseline), \(comparison.context)",
      note: FigureNotes.joined([
        fixed(shared), FigureNotes.extent(shown.count, of: comparison.differences.count),
        unpaired == 0 ? "" : "\(unpaired) without a common seed",
        FigureNotes.exclusions(comparison.groups),
      ]), xLabel: Self.axisLabel("difference of \(metric.name)", unit: metric.unit), rows: rows,
      reference: ReferenceLine(label: "\(self.name(baseline, without: shared)), the baseline", value: 0))
    if metric.resolution > 0 {
      figure.region = IntervalsFigure.Region(
        label: "differences that do not matter (± \(NumberText.exact(metric.resolution)))",
        values: -metric.resolution...metric.resolution)
    }
    figure.pointLabel = "one seed"
    figure.pointPlural = "differences"
    figure.meanLabel = "mean and 95 % interval over pairs"
    return figure
  }

  /// Per group the share of its runs that come within τ of the best run; nil where no value is better than another.
  public func profile(name: String) -> ProfileFigure? {
    guard metric.direction != .neither, !comparison.isRefused,
      let best = comparison.groups.compactMap(\.best?.value).first
    else {
      return nil
    }
    let shown = comparison.groups.prefix(Self.mostLines)
    let shared = sharedLabels(shown.map(\.key))
    let top = comparison.groups.compactMap(\.best?.value).reduce(best) {
      metric.prefers($1, to: $0) ? $1 : $0
    }
    let unfinished = shown.reduce(0) { $0 + $1.runs - $1.finished - $1.diverged - $1.failed }
    let worthless = shown.reduce(0) { $0 + $1.diverged + $1.failed }
    return ProfileFigure(
      name: name, title: "runs within τ of the best \(metric.name), \(comparison.context)",
      note: FigureNotes.joined([
        fixed(shared),
        shown.count < comparison.groups.count
          ? "first \(shown.count) of \(comparison.groups.count) groups" : "",
        "the best run has \(NumberText.rounded(top, figures: 6))",
        worthless == 0
          ? ""
          : "\(worthless) diverged or failed \(worthless == 1 ? "run counts" : "runs count") as never near",
        FigureNotes.runs(
          diverged: 0, failed: 0, unfinished: unfinished, valueless: 0,
          suspect: shown.reduce(0) { $0 + $1.suspect }),
      ]), xLabel: Self.axisLabel("τ: distance to the best \(metric.name)", unit: metric.unit),
      lines: shown.map { group in
        ProfileFigure.Line(
          label: self.name(group.key, without: shared), gaps: group.values.map { abs(top - $0.value) },
          runs: group.finished + group.diverged + group.failed)
      }, resolution: metric.resolution)
  }
}
