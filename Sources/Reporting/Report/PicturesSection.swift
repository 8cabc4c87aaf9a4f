import Comparison
import Plotting
import Tracking

/// The pictures of a report: values per group and the metric over steps, per model and data set.
struct PicturesSection {
  var markdown = ""
  var drawings: [Drawing] = []

  init(_ analysis: ReportAnalysis, source: any RunSource) throws {
    var parts = ["## Pictures"]
    for (number, context) in analysis.contexts.enumerated() {
      let figures = RunFigures(context, grouping: analysis.grouping)
      let suffix = analysis.contexts.count > 1 ? "-\(number + 1)" : ""
      let intervals = figures.intervals(name: "elbo-per-group\(suffix)")
      var pictures = [(intervals.title, intervals.drawing)]
      if context.runs.contains(where: { ($0.outcome?.steps ?? 0) > 0 }) {
        let steps = try figures.steps(
          name: "elbo-over-steps\(suffix)", metric: "elbo", unit: "nats", source: source)
        pictures.append((steps.title, steps.drawing))
      }
      for (title, draw) in pictures {
        do {
          let drawing = try draw()
          drawings.append(drawing)
          parts.append(Self.image(drawing.name, title: title))
        } catch PlottingError.nothingToDraw {
          parts.append("No picture of \(Markdown.escaped(title)): no run has a finite value.")
        }
      }
    }
    markdown = parts.joined(separator: "\n\n") + "\n"
  }

  private static func image(_ name: String, title: String) -> String {
    let stem = "plots/\(name)/\(name)"
    return
      "![\(Markdown.escaped(title))](\(stem).png)\n\n[SVG](\(stem).svg) · redraw with `gnuplot \(name).gp` in "
      + "`plots/\(name)`"
  }
}
