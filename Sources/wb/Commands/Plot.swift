import ArgumentParser
import Comparison
import Foundation
import Plotting
import Reporting
import Tracking

struct Plot: ParsableCommand {
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case steps, values
  }

  static let configuration = CommandConfiguration(
    abstract: "Draw a metric with gnuplot: script, data and pictures in one folder.",
    usage: "wb plot [<filter>] [--by <keys>] [--kind <kind>] [<options>]",
    discussion: """
      'steps' shows the metric over the steps, the median and a band over the seeds of each group; 'values' shows the \
      final evaluation of every run, with the mean of each group and its 95 % interval. 'gnuplot NAME.gp' in the folder \
      draws the pictures again.
      """)

  @OptionGroup var options: ComparisonOptions
  @ArgumentParser.Option(
    help: "For 'steps' any recorded metric, such as kl_prior or grad_norm; for 'values' as wb compare has it."
  )
  var metric = "elbo"
  @ArgumentParser.Option(help: "What to draw.")
  var kind: Kind = .steps
  @ArgumentParser.Option(help: "The folder for the plots.")
  var output = "plots"

  func run() throws {
    let store = try options.store.open()
    let final = RunMetric(rawValue: metric)
    if kind == .values, final == nil {
      let valid = RunMetric.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--metric is '\(metric)', which no final evaluation has; use one of \(valid)")
    }
    let (sweep, comparison) = try options.compared(in: store, by: kind == .values ? final ?? .elbo : .elbo)
    for (index, context) in comparison.contexts.enumerated() {
      let suffix = comparison.contexts.count > 1 ? "-\(index + 1)" : ""
      let name = "\(sweep.record.name)-\(metric)-\(kind.rawValue)\(suffix)"
      let figures = RunFigures(context, grouping: comparison.grouping)
      let drawing = try drawing(figures, name: name, store: store)
      try Gnuplot().draw(drawing, in: URL(fileURLWithPath: output).appendingPathComponent(drawing.name))
      try Console.output("\(output)/\(drawing.name)/\(drawing.name).svg")
    }
  }

  private func drawing(_ figures: RunFigures, name: String, store: Store) throws -> Drawing {
    switch kind {
    case .steps:
      // What is recorded at steps is in nats, but for the weight, which has no unit, and the gradient.
      let unit = ["beta", "grad_norm"].contains(metric) ? "" : "nats"
      return try figures.steps(
        name: name, metric: metric, unit: unit, source: StoreRunSource(store: store)
      ).drawing()
    case .values: return try figures.intervals(name: name).drawing()
    }
  }
}
