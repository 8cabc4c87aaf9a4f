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
  @ArgumentParser.Option(help: "What to draw.")
  var kind: Kind = .steps
  @ArgumentParser.Option(help: "The folder for the plots.")
  var output = "plots"

  func run() throws {
    let store = try options.store.open()
    let (sweep, comparison) = try options.compared(in: store)
    for (index, context) in comparison.contexts.enumerated() {
      let suffix = comparison.contexts.count > 1 ? "-\(index + 1)" : ""
      let name = "\(sweep.record.name)-\(options.metric.rawValue)-\(kind.rawValue)\(suffix)"
      let figures = RunFigures(context, grouping: comparison.grouping)
      try Gnuplot().draw(
        try drawing(figures, name: name, store: store),
        in: URL(fileURLWithPath: output).appendingPathComponent(name))
      try Console.output("\(output)/\(name)/\(name).svg")
    }
  }

  private func drawing(_ figures: RunFigures, name: String, store: Store) throws -> Drawing {
    switch kind {
    case .steps:
      try figures.steps(
        name: name, metric: options.metric.rawValue, unit: options.metric.metric.unit,
        source: StoreRunSource(store: store)
      ).drawing()
    case .values: try figures.intervals(name: name).drawing()
    }
  }
}
