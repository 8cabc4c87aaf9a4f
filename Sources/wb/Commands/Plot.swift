import ArgumentParser
import Comparison
import Foundation
import Plotting
import Reporting
import Tracking

struct Plot: ParsableCommand {
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case steps, values
    case rateDistortion = "rate-distortion"
    case latents
    case aggregatePosterior = "aggregate-posterior"

    /// Whether `--metric` says what is drawn.
    var isOfMetric: Bool { self == .steps || self == .values }
  }

  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Draw a metric with gnuplot: script, data and pictures in one folder.",
    usage: "wb plot [<filter>] [--by <keys>] [--kind <kind>] [<options>]",
    discussion: """
      'steps' shows the metric over the steps, the median and a band over the seeds of each group; 'values' shows the \
      final evaluation of every run, or the last value that it recorded, with the mean of each group and its 95 % \
      interval.

      Of models that are learned, 'rate-distortion' shows the two terms of the bound per datum for every β, with lines \
      of equal ELBO and, for linear VAEs, the exact curve; 'latents' the KL to the prior of each latent; 'aggregate-posterior' the \
      data in a two-dimensional latent space.

      'gnuplot NAME.gp' in the folder draws the pictures again.
      """)

  @OptionGroup var options: ComparisonOptions
  @ArgumentParser.Option(
    help: "For 'steps' any recorded metric, such as kl_prior or test_elbo; for 'values' as wb compare has it."
  )
  var metric = "elbo"
  @ArgumentParser.Option(help: "What to draw.")
  var kind: Kind = .steps
  @ArgumentParser.Option(help: "The folder for the plots.")
  var output = "plots"

  func run() throws {
    let store = try options.store.open()
    let compared = kind == .values ? metric : RunMetric.elbo.rawValue
    let (sweep, comparison) = try options.compared(in: store, by: compared)
    let source = StoreRunSource(store: store)
    if kind == .steps { try checkStepMetric(of: comparison, source) }
    var isDrawn = false
    for (index, context) in comparison.contexts.enumerated() {
      let suffix = comparison.contexts.count > 1 ? "-\(index + 1)" : ""
      let stem = kind.isOfMetric ? "\(metric)-\(kind.rawValue)" : kind.rawValue
      let name = "\(sweep.record.name)-\(stem)\(suffix)"
      let figures = RunFigures(context, grouping: comparison.grouping)
      guard let drawing = try drawing(figures, name: name, source: source) else { continue }
      try Gnuplot().draw(drawing, in: URL(fileURLWithPath: output).appendingPathComponent(drawing.name))
      try Console.output("\(output)/\(drawing.name)/\(drawing.name).svg")
      isDrawn = true
    }
    guard !isDrawn else { return }
    throw Failure(.failure, "wb: no run of '\(sweep.record.name)' has recorded \(needs)")
  }

  /// nil where the runs have not recorded what the figure shows.
  private func drawing(_ figures: RunFigures, name: String, source: StoreRunSource) throws -> Drawing? {
    switch kind {
    case .steps:
      return try figures.steps(
        name: name, metric: metric, unit: StepMetric.unit(of: metric), source: source
      ).drawing()
    case .values: return try figures.intervals(name: name).drawing()
    case .rateDistortion: return try figures.rateDistortion(name: name, source: source)?.drawing()
    case .latents: return try figures.latentKL(name: name, source: source)?.drawing()
    case .aggregatePosterior: return try figures.aggregatePosterior(name: name, source: source)?.drawing()
    }
  }

  /// What the figure is drawn from.
  private var needs: String {
    switch kind {
    case .steps, .values: metric
    case .rateDistortion: "reconstruction, kl_prior and data_count, which models that are learned do"
    case .latents: "kl_prior[1], kl_prior[2], …, which models with a latent per datum do"
    case .aggregatePosterior: "aggregate_posterior[1] and [2], which models with two latents per datum do"
    }
  }

  private func checkStepMetric(of comparison: RunComparison, _ source: StoreRunSource) throws {
    guard !StepMetric.columns.contains(metric) else { return }
    let recorded = try source.recordedMetrics(
      of: comparison.contexts.flatMap(\.runs).map(\.record.runID))
    guard !recorded.contains(metric) else { return }
    throw MetricError(name: metric, valid: StepMetric.columns, recorded: recorded)
  }
}
