import Comparison
import Plotting
import Tracking

/// The pictures of a report, per model and data set: values per group, differences to the best, the metric over steps, what makes
/// up the spread; and ranks over all of them.
struct PicturesSection {
  var blocks: [DocumentBlock] = []
  var drawings: [Drawing] = []
  /// The kinds of its figures that not every report has, as `wb plot` names them.
  var kinds: [String] = []

  init(_ analysis: ReportAnalysis, source: any RunSource) throws {
    blocks.append(.heading(2, "Pictures"))
    for (number, context) in analysis.contexts.enumerated() {
      let figures = RunFigures(context, grouping: analysis.grouping)
      let suffix = analysis.contexts.count > 1 ? "-\(number + 1)" : ""
      let intervals = figures.intervals(name: "elbo-per-group\(suffix)")
      try picture(intervals.title) { try intervals.drawing() }
      if let figure = figures.differences(name: "differences\(suffix)") {
        try picture(figure.title) { try figure.drawing() }
        note(kind: "differences")
      }
      // What was only evaluated has no course to show.
      if context.runs.contains(where: { ($0.outcome?.steps ?? 0) > 0 }) {
        let steps = try figures.steps(
          name: "elbo-over-steps\(suffix)", metric: "elbo", unit: "nats", source: source)
        try picture(steps.title) { try steps.drawing() }
        if analysis.grouping.by.contains("form"),
          let forms = try figures.forms(name: "forms\(suffix)", source: source)
        {
          try picture(forms.title) { try forms.drawing() }
          note(kind: "forms")
        }
      }
      try learned(figures, suffix: suffix, source: source)
      try spread(figures, of: analysis.comparison, suffix: suffix)
    }
    guard
      let ranks = analysis.comparison.ranks(name: "ranks")
    else { return }
    try picture(ranks.title) { try ranks.drawing() }
    note(kind: "ranks")
  }

  /// How the ELBO depends on the keys of a grid: its map over two of them, and the shares of its variance.
  private mutating func spread(_ figures: RunFigures, of comparison: RunComparison, suffix: String) throws {
    guard figures.grouping.by.count > 1 else { return }
    if figures.grouping.by.count == 2, let figure = figures.heatMap(name: "heat-map\(suffix)") {
      try picture(figure.title) { try figure.drawing() }
      note(kind: "heat-map")
    }
    if let shares = try? comparison.varianceShares(of: figures.context) {
      let figure = figures.variance(name: "variance\(suffix)", shares: shares)
      try picture(figure.title) { try figure.drawing() }
      note(kind: "variance")
    }
  }

  /// The pictures of models that are learned, where the runs have recorded what they show.
  private mutating func learned(_ figures: RunFigures, suffix: String, source: any RunSource) throws {
    if Set(figures.runs.compactMap(\.record.beta)).count >= 3,
      let figure = try figures.rateDistortion(name: "rate-distortion\(suffix)", source: source)
    {
      try picture(figure.title) { try figure.drawing() }
      note(kind: "rate-distortion")
    }
    if let figure = try figures.latentKL(name: "latent-kl\(suffix)", source: source) {
      try picture(figure.title) { try figure.drawing() }
      note(kind: "latents")
    }
    if let figure = try figures.aggregatePosterior(name: "aggregate-posterior\(suffix)", source: source) {
      try picture(figure.title) { try figure.drawing() }
      note(kind: "aggregate-posterior")
    }
  }

  private mutating func note(kind: String) {
    if !kinds.contains(kind) { kinds.append(kind) }
  }

  /// Keeps a drawing and shows it, or says why there is none.
  private mutating func picture(_ title: String, _ draw: () throws -> Drawing) throws {
    do {
      let drawing = try draw()
      drawings.append(drawing)
      blocks.append(
        .picture(DocumentPicture(name: drawing.name, title: title, caption: "", isDrawn: true)))
    } catch PlottingError.nothingToDraw {
      blocks.append(.paragraph("No picture of \(title): no run has a finite value."))
    }
  }
}
