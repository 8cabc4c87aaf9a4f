import ArgumentParser
import Inference

struct Encode: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encode", abstract: "Write the posterior means of the latents of data.",
    usage: "wb encode <run> <file> [--output <file>] [--variances <file>] [<options>]",
    discussion: """
      A row of latents for each row of the file, as the run's own posterior has them: its encoder, or the exact \
      posterior at its last beta. For a mixture they are the probabilities of the components. The file is read as \
      the run's data were: columns by name, divided, standardized and binarized.

        wb encode 3f2a digits.npy --output latents.npy
      """)

  @OptionGroup var chosen: TrainedRunOptions

  @ArgumentParser.Argument(
    help: "The data: CSV or JSON, NPY or IDX, here or in the folder WB_DATA.", completion: .file())
  var file: String

  @ArgumentParser.Option(
    help: ArgumentHelp("The NPY file to write; else one named after the run here.", valueName: "file"))
  var output: String?

  @ArgumentParser.Option(
    help: ArgumentHelp("An NPY file for the posterior variances.", valueName: "file"))
  var variances: String?

  func run() throws {
    let run = try chosen.load()
    let trained = run.trained
    let means = try NumbersFile(npy: output, option: "--output", named: "encoding-\(run.shortID)")
    let spread = try variances.map { try NumbersFile(npy: $0, option: "--variances", named: "") }
    if spread != nil, trained.isCategorical {
      throw Failure(
        .usage,
        "wb: the latents of '\(trained.modelName)' are categorical and have no variances; leave out --variances"
      )
    }
    let encoding = trained.encode(try run.rows(of: file))
    let shape = [encoding.rowCount, encoding.latentCount]
    try means.write(encoding.means, shape: shape, trained.precision)
    if let spread, let variances = encoding.variances {
      try spread.write(variances, shape: shape, trained.precision)
    }
  }
}
