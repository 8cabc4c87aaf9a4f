import ArgumentParser
import Plotting
import Reporting

/// What `wb plot` draws.
enum PlotKind: String, ExpressibleByArgument, CaseIterable {
  case steps, forms, decomposition, values, differences, profile
  case heatMap = "heat-map"
  case parallel, ranks, variance
  case rateDistortion = "rate-distortion"
  case marginals, latents
  case aggregatePosterior = "aggregate-posterior"

  /// Whether the figure is of the values that runs are compared by.
  var isOfValues: Bool {
    switch self {
    case .values, .differences, .profile, .heatMap, .parallel, .ranks, .variance: true
    default: false
    }
  }

  /// Whether `--metric` says what is drawn.
  var isOfMetric: Bool { self == .steps || isOfValues }

  /// Whether `--x` says what the axis counts.
  var isOfSteps: Bool { [.steps, .forms, .decomposition].contains(self) }

  /// What the runs have not, where the figure cannot be drawn.
  func missing(metric: String) -> String {
    switch self {
    case .steps, .values: "no run has recorded \(metric)"
    case .forms, .decomposition: "no group of runs has a bound; see: wb compare"
    case .differences: "no group has a seed in common with another one that has \(metric); see: wb compare"
    case .profile: "no value of \(metric) is better than another, or no run has one; give --metric elbo"
    case .heatMap:
      "a heat map is of two keys that vary within a model and its data; name them with --axes KEY,KEY"
    case .ranks:
      "groups are ranked over three models or data sets at least, of which each has three of them or more"
    case .variance: "a share of the variance is of a complete grid"
    case .parallel: "the runs differ in nothing but their seed"
    case .rateDistortion:
      "no run has recorded reconstruction, kl_prior and data_count, which models that are learned do"
    case .marginals:
      "no run has recorded \(RunFigures.marginalMetrics.mean)[NAME] and \(RunFigures.marginalMetrics.sd)[NAME], the "
        + "mean and the standard deviation of each latent, as runs of up to 1,000 latents do; a program can: wb log"
    case .latents: "no run has recorded kl_prior[1], kl_prior[2], …, which models with a latent per datum do"
    case .aggregatePosterior:
      "no run has recorded aggregate_posterior[1] and [2], which models with two latents per datum do"
    }
  }
}

/// How `--term` shows a picture.
enum TerminalKind: String, ExpressibleByArgument, CaseIterable {
  case text, sixel
}

/// What `--format` names: some of the formats, comma separated.
struct PictureFormats: ExpressibleByArgument {
  var formats: [PictureFormat]

  init?(argument: String) {
    formats = []
    for name in argument.split(separator: ",") {
      guard let format = PictureFormat(rawValue: name.filter { !$0.isWhitespace }) else { return nil }
      if !formats.contains(format) { formats.append(format) }
    }
    if formats.isEmpty { return nil }
  }

  init(_ formats: [PictureFormat]) { self.formats = formats }

  var defaultValueDescription: String { formats.map(\.rawValue).joined(separator: ",") }
}
