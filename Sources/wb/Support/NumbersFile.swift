import ArgumentParser
import FileFormats
import Foundation
import Inference

/// A file of numbers to be written: NPY, or PNG for images, by its name.
struct NumbersFile {
  enum Format: String {
    case npy, png
  }

  let path: String
  let format: Format

  /// - Parameters:
  ///   - path: as it was typed; nil: `name` in the current folder, a picture where there are images.
  ///   - image: the size of images, where the numbers are some.
  init(_ path: String?, named name: String, image: DataArray.ImageSize?) throws {
    guard let path else {
      format = image == nil ? .npy : .png
      self.path = "\(name).\(format.rawValue)"
      return
    }
    guard let format = Format(rawValue: (path as NSString).pathExtension.lowercased()) else {
      throw Failure(.usage, "wb: --output is '\(path)'; use a name that ends in .npy or .png")
    }
    if format == .png, image == nil {
      throw Failure(
        .usage,
        "wb: --output is '\(path)', and the model's data are no images; give --image ROWSxCOLUMNS, or a "
          + "name that ends in .npy")
    }
    self.path = path
    self.format = format
  }

  /// - Parameter option: what to call the path in messages.
  init(npy path: String?, option: String, named name: String) throws {
    self.path = path ?? "\(name).npy"
    format = .npy
    guard (self.path as NSString).pathExtension.lowercased() == "npy" else {
      throw Failure(.usage, "wb: \(option) is '\(self.path)'; use a name that ends in .npy")
    }
  }

  /// Writes the numbers of an array, singles where the model's precision is float32, and says so.
  func write(_ numbers: [Double], shape: [Int], _ precision: Precision) throws {
    let bytes =
      precision == .float32
      ? NPYArray.file(numbers.map(Float.init), shape: shape) : NPYArray.file(numbers, shape: shape)
    try write(
      bytes, saying: shape.map(String.init).joined(separator: " × ") + " numbers, \(precision.rawValue)")
  }

  func write(_ picture: PNGImage) throws {
    try write(try picture.file(), saying: "\(picture.width) × \(picture.height) pixels")
  }

  private func write(_ bytes: [UInt8], saying what: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    try Console.output(path)
    Console.error(what)
  }
}

/// Where a command writes numbers, and how they make images.
struct NumbersOptions: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The file to write, NPY or PNG by its name; else one named after the run here, PNG for images.",
      valueName: "file"))
  var output: String?

  @ArgumentParser.Option(
    help: ArgumentHelp("The size of images, where the data do not say it: 8x8.", valueName: "rows>x<columns"))
  var image: ImageSizeArgument?

  /// The size of the images that a model's data are; nil where they are none.
  func imageSize(of trained: TrainedModel) throws -> DataArray.ImageSize? {
    guard let size = image?.size else { return trained.shape.image }
    guard size.rows * size.columns == trained.shape.width else {
      throw Failure(
        .usage,
        "wb: --image is \(size.rows)x\(size.columns), which is \(size.rows * size.columns) numbers, and a datum "
          + "of the model has \(trained.shape.width)")
    }
    return size
  }
}

/// `ROWSxCOLUMNS`.
struct ImageSizeArgument: ExpressibleByArgument {
  let size: DataArray.ImageSize

  init?(argument: String) {
    let parts = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let rows = parts[0], let columns = parts[1], (1...65536).contains(rows),
      (1...65536).contains(columns)
    else { return nil }
    size = DataArray.ImageSize(rows: rows, columns: columns)
  }
}
