import Comparison
import Plotting
import Tracking

/// The pictures of a report: values per group and the metric over steps, per model and data set.
struct PicturesSection {
  var markdown = ""
  var drawings: [Drawing] = []
  /// The kinds of its figures that only learned models have, as `wb plot` names them.
  var learnedKinds: [String] = []

  init(_ analysis: ReportAnalysis, source: any RunSource) throws {
    var parts = ["## Pictures"]
    for (number, context) in analysis.contexts.enumerated() {
      let figures = RunFigures(context, grouping: analysis.grouping)
      let suffix = analysis.contexts.count > 1 ? "-\(number + 1)" : ""
      let intervals = figures.intervals(name: "elbo-per-group\(suffix)")
      parts.append(try picture(intervals.title) { try intervals.drawing() })
      // What was only evaluated has no course to show.
      if context.runs.contains(where: { ($0.outcome?.steps ?? 0) > 0 }) {
        let steps = try figures.steps(
          name: "elbo-over-steps\(suffix)", metric: "elbo", unit: "nats", source: source)
        parts.append(try picture(steps.title) { try steps.drawing() })
      }
      parts += try learned(figures, suffix: suffix, source: source)
    }
    markdown = parts.joined(separator: "\n\n") + "\n"
  }

  /// The pictures of models that are learned, where the runs have recorded what they show.
  private mutating func learned(
    _ figures: RunFigures, suffix: String, source: any RunSource
  ) throws -> [String] {
    var parts: [String] = []
    if Set(figures.runs.compactMap(\.record.beta)).count >= 3,
      let figure = try figures.rateDistortion(name: "rate-distortion\(suffix)", source: source)
    {
      parts.append(try picture(figure.title) { try figure.drawing() })
      note(kind: "rate-distortion")
    }
    if let figure = try figures.latentKL(name: "latent-kl\(suffix)", source: source) {
      parts.append(try picture(figure.title) { try figure.drawing() })
      note(kind: "latents")
    }
    if let figure = try figures.aggregatePosterior(name: "aggregate-posterior\(suffix)", source: source) {
      parts.append(try picture(figure.title) { try figure.drawing() })
      note(kind: "aggregate-posterior")
    }
    return parts
  }

  private mutating func note(kind: String) {
    if !learnedKinds.contains(kind) { learnedKinds.append(kind) }
  }

  /// Keeps a drawing and returns the markdown that shows it, or says why there is none.
  private mutating func picture(_ title: String, _ draw: () throws -> Drawing) throws -> String {
    do {
      let drawing = try draw()
      drawings.append(drawing)
      return Self.image(drawing.name, title: title)
    } catch PlottingError.nothingToDraw {
      return "No picture of \(Markdown.escaped(title)): no run has a finite value."
    }
  }

  private static func image(_ name: String, title: String) -> String {
    let stem = "plots/\(name)/\(name)"
    return
      "![\(Markdown.escaped(title))](\(stem).png)\n\n[SVG](\(stem).svg) · redraw with `gnuplot \(name).gp` in "
      + "`plots/\(name)`"
  }
}
