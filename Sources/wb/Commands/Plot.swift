import ArgumentParser
import Comparison
import Foundation
import Plotting
import Reporting
import Tracking

struct Plot: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Draw runs with gnuplot: script, data and pictures in one folder.",
    usage: "wb plot [<filter>] [--by <keys>] [--kind <kind>] [<options>]",
    discussion: """
      Over steps, or with --x over what they cost: 'steps' shows a metric, the median of each group with its middle half and \
      its whole range over seeds; 'forms' the ELBO by each form and its gap to the evidence; 'decomposition' the terms that \
      make up the ELBO.

      One value per run: 'values' shows every run, with the mean of each group and its 95 % interval; 'differences' those to \
      the baseline, seed by seed; 'profile' the share of runs within τ of the best; 'heat-map' the mean over two keys; \
      'parallel' the mean along all keys; 'variance' how much of the spread each key and pair of keys accounts for; \
      'ranks' average ranks over three or more models or data sets, and which of them differ.

      Of models that are learned, 'rate-distortion' shows the two terms of the bound per datum for every β, with lines \
      of equal ELBO, the Pareto front and, for linear VAEs, the exact curve; 'latents' the KL to the prior of each latent; \
      'aggregate-posterior' the data in a two-dimensional latent space. 'marginals' shows the mean and standard deviation of \
      each latent that runs have recorded.

      'gnuplot NAME.gp' in the folder draws the pictures again. What is left out is said under the title.
      """)

  @OptionGroup var options: ComparisonOptions
  @ArgumentParser.Option(
    help: "For 'steps' any recorded metric, such as kl_prior or test_elbo; for values as wb compare has it."
  )
  var metric = "elbo"
  @ArgumentParser.Option(help: "What to draw.")
  var kind: PlotKind = .steps
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Differences up to this size do not matter, as wb compare has it; shaded.", valueName: "size"))
  var rope: Double?
  @ArgumentParser.Option(help: "What the x axis of courses counts.")
  var x: StepAxis = .step
  @ArgumentParser.Option(
    help: ArgumentHelp("The two keys of a heat map; else β and the learning rate.", valueName: "key,key"))
  var axes: String?
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The pictures: svg, png, pdf, and tex for LaTeX, comma separated.", valueName: "formats"))
  var format = PictureFormats(PictureFormat.usual)
  @ArgumentParser.Option(
    defaultAsFlag: TerminalKind.text,
    help: ArgumentHelp("Show the picture here and keep no files: as text, or as sixel.", valueName: "kind"))
  var term: TerminalKind?
  @ArgumentParser.Option(help: "The folder for the plots.")
  var output = "plots"

  func validate() throws {
    if let rope, !(rope >= 0 && rope.isFinite) {
      throw ValidationError("--rope is \(rope); use a number of at least 0")
    }
    if axes != nil, kind != .heatMap { throw ValidationError("--axes is for --kind heat-map") }
    if x != .step, !kind.isOfSteps {
      throw ValidationError("--x is for --kind steps, forms and decomposition")
    }
  }

  func run() throws {
    let store = try options.store.open()
    let (sweep, comparison) = try comparison(in: store)
    let source = StoreRunSource(store: store)
    if kind == .steps { try checkStepMetric(of: comparison, source) }
    let isOfAll = kind == .ranks
    var obstacle: String?
    var isDrawn = false
    for (index, context) in comparison.contexts.enumerated() where index == 0 || !isOfAll {
      let suffix = comparison.contexts.count > 1 && !isOfAll ? "-\(index + 1)" : ""
      let stem = kind.isOfMetric ? "\(metric)-\(kind.rawValue)" : kind.rawValue
      let name = "\(sweep)-\(stem)\(suffix)"
      let figures = RunFigures(context, grouping: comparison.grouping)
      do {
        let drawing =
          isOfAll
          ? try comparison.ranks(name: name)?.drawing()
          : try drawing(figures, context, of: comparison, name: name, source: source)
        guard let drawing else { continue }
        try show(drawing)
        isDrawn = true
      } catch {
        // Of several models one may have nothing to show.
        guard Self.isObstacle(error) else { throw error }
        obstacle = obstacle ?? "\(error)"
      }
    }
    guard !isDrawn else { return }
    if let first = comparison.contexts.first?.comparison,
      kind == .differences || (first.isRefused && [.profile, .ranks].contains(kind)),
      case .notComparable(let reason) = first.verdict
    {
      throw Failure(.notComparable, "wb: '\(sweep)' is not comparable: \(reason)")
    }
    throw Failure(
      .failure, "wb: '\(sweep)' has no such picture: \(obstacle ?? kind.missing(metric: metric))")
  }

  /// Whether an error says that there is nothing to draw.
  private static func isObstacle(_ error: any Error) -> Bool {
    if case .nothingToDraw? = error as? PlottingError { return true }
    return error is VarianceObstacle
  }

  /// The runs compared by what the figure is of, and for a heat map by its two keys.
  private func comparison(in store: Store) throws -> (sweep: String, comparison: RunComparison) {
    let compared = kind.isOfValues ? metric : RunMetric.elbo.rawValue
    guard kind == .heatMap else { return try options.compared(in: store, by: compared, rope: rope) }
    var options = options
    if let axes {
      options.by = axes
    } else if options.by == nil {
      let runs = try options.filter.runs(in: store).runs
      options.by = try RunGrouping(of: runs).heatMapKeys(of: runs)?.joined(separator: ",")
    }
    return try options.compared(in: store, by: compared)
  }

  /// nil where the runs have not recorded what the figure shows.
  private func drawing(
    _ figures: RunFigures, _ context: RunComparison.Context, of comparison: RunComparison, name: String,
    source: StoreRunSource
  ) throws -> Drawing? {
    switch kind {
    // Of all models and data sets at once.
    case .ranks: nil
    case .variance:
      try figures.variance(name: name, shares: comparison.varianceShares(of: context)).drawing()
    case .steps:
      try figures.steps(
        name: name, metric: metric, unit: StepMetric.unit(of: metric), axis: x, source: source
      ).drawing()
    case .forms: try figures.forms(name: name, axis: x, source: source)?.drawing()
    case .decomposition: try figures.decomposition(name: name, axis: x, source: source)?.drawing()
    case .values: try figures.intervals(name: name).drawing()
    case .differences: try figures.differences(name: name)?.drawing()
    case .profile: try figures.profile(name: name)?.drawing()
    case .heatMap: try figures.heatMap(name: name)?.drawing()
    case .parallel: try figures.parallel(name: name)?.drawing()
    case .rateDistortion: try figures.rateDistortion(name: name, source: source)?.drawing()
    case .marginals:
      try figures.marginals(
        name: name, reference: options.baseline == nil ? nil : figures.baseline, source: source)?.drawing()
    case .latents: try figures.latentKL(name: name, source: source)?.drawing()
    case .aggregatePosterior: try figures.aggregatePosterior(name: name, source: source)?.drawing()
    }
  }

  /// Draws into the folder and says where, or on the terminal.
  private func show(_ drawing: Drawing) throws {
    guard let term else {
      let folder = URL(fileURLWithPath: output).appendingPathComponent(drawing.name)
      try Gnuplot().draw(drawing, in: folder, formats: format.formats)
      let shown = format.formats[0].files(of: drawing.name)[0]
      return try Console.output("\(output)/\(drawing.name)/\(shown)")
    }
    let (lines, width) = Console.outputSize
    let hasColor =
      Console.outputIsTerminal && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
    let picture = TerminalPicture(
      term == .text ? .text(hasColor: hasColor) : .sixel, columns: width - 1, rows: lines - 2)
    try Console.output(String(decoding: try Gnuplot().picture(of: drawing, for: picture), as: UTF8.self))
  }

  private func checkStepMetric(of comparison: RunComparison, _ source: StoreRunSource) throws {
    guard !StepMetric.columns.contains(metric) else { return }
    let recorded = try source.recordedMetrics(
      of: comparison.contexts.flatMap(\.runs).map(\.record.runID))
    guard !recorded.contains(metric) else { return }
    throw MetricError(name: metric, valid: StepMetric.columns, recorded: recorded)
  }
}
