import ArgumentParser
import Inference

struct Sample: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Write what a learned model generates: means of x at draws of z.",
    usage: "wb sample <run> [-n <count>] [--seed <seed>] [--draws] [<options>]",
    discussion: """
      The latents z are drawn from the prior; what is written is E[x given z], or with --draws a draw of x \
      given z. Numbers are in the units that the model was fitted in: divided by divide_by, and not \
      standardized.

        wb sample 3f2a
        wb sample 3f2a -n 1000 --seed 7 --draws --output draws.npy
      """)

  /// About a gigabyte.
  private static let mostNumbers = 1 << 27

  @OptionGroup var chosen: TrainedRunOptions

  @ArgumentParser.Option(
    name: [.customShort("n"), .customLong("count")],
    help: ArgumentHelp("The number of samples.", valueName: "count"))
  var count = 64

  @ArgumentParser.Option(help: "The seed of the samples.")
  var seed: UInt64 = 0

  @Flag(help: "Draws from p(x given z) in place of its means.")
  var draws = false

  @OptionGroup var numbers: NumbersOptions

  func validate() throws {
    if count < 1 { throw ValidationError("-n is \(count); use 1 or more") }
  }

  func run() throws {
    let run = try chosen.load()
    let trained = run.trained
    let image = try numbers.imageSize(of: trained)
    guard count <= Self.mostNumbers / trained.shape.width else {
      throw Failure(
        .usage,
        "wb: -n is \(count), and a datum has \(trained.shape.width) numbers; use at most "
          + "\(Self.mostNumbers / trained.shape.width), with another --seed for more")
    }
    let file = try NumbersFile(numbers.output, named: "sample-\(run.shortID)", image: image)
    let samples = trained.sample(count, seed: seed)
    guard let values = draws ? samples.draws : samples.means else {
      throw Failure(.usage, "wb: '\(trained.modelName)' draws no x given z; leave out --draws")
    }
    switch (file.format, image) {
    case (.png, let image?):
      // As near to a square as whole lines allow.
      let perRow = min(Int(Double(count).squareRoot().rounded(.up)), 32)
      try file.write(ImageSheet(image, of: trained).picture(values, perRow: perRow))
    default:
      let shape = image.map { [count, $0.rows, $0.columns] } ?? [count, trained.shape.width]
      try file.write(trained.treatment.unstandardized(values), shape: shape, trained.precision)
    }
  }
}
