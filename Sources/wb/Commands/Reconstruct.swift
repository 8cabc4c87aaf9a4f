import ArgumentParser
import Inference

struct Reconstruct: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconstruct", abstract: "Write what a learned model makes of data from their latents.",
    usage: "wb reconstruct <run> <file> [-n <count>] [--output <file>] [<options>]",
    discussion: """
      What is written of each row is E[x given z] at the mean z of its posterior: an array, or a picture of the \
      originals above their reconstructions. The file is read as wb encode reads it; numbers are in the units of \
      wb sample.

        wb reconstruct 3f2a digits.npy
      """)

  @OptionGroup var chosen: TrainedRunOptions

  @ArgumentParser.Argument(
    help: "The data: CSV or JSON, NPY or IDX, here or in the folder WB_DATA.", completion: .file())
  var file: String

  @ArgumentParser.Option(
    name: [.customShort("n"), .customLong("count")],
    help: ArgumentHelp("The number of rows, the first ones.", valueName: "count"))
  var count = 32

  @OptionGroup var numbers: NumbersOptions

  func validate() throws {
    if count < 1 { throw ValidationError("-n is \(count); use 1 or more") }
  }

  func run() throws {
    let run = try chosen.load()
    let trained = run.trained
    let image = try numbers.imageSize(of: trained)
    let file = try NumbersFile(numbers.output, named: "reconstruction-\(run.shortID)", image: image)
    let rows = try run.rows(of: self.file, first: count)
    let (originals, reconstructions) = trained.reconstruct(rows)
    switch (file.format, image) {
    case (.png, let image?):
      try file.write(
        ImageSheet(image, of: trained).pairs(originals, reconstructions, perRow: min(rows.rowCount, 16)))
    default:
      let shape = image.map { [rows.rowCount, $0.rows, $0.columns] } ?? [rows.rowCount, trained.shape.width]
      try file.write(trained.treatment.unstandardized(reconstructions), shape: shape, trained.precision)
    }
  }
}
