import FileFormats
import Foundation
import Testing
import Tracking

/// Finished runs of learned models on made-up data, for tests that only read: a VAE of 3 × 4 images with test data, PPCA
/// of named, standardised columns, and a model that learns nothing.
enum TrainedBench {
  static let bench = Result {
    let bench = try Workbench()
    try bench.write(NPYArray.file(images(90), shape: [90, 3, 4]), to: "images.npy")
    try bench.write(table(40), to: "table.csv")
    // A number beyond the others' largest, and columns in another order beside one that the model has not.
    let bright: [Float] = (0..<12).map { $0 == 1 ? 9 : 0 }
    try bench.write(NPYArray.file(bright, shape: [1, 12]), to: "bright.npy")
    try bench.write("count,extra,weight,height\n3,9,95,12.5\n0,9,110,8\n", to: "other.csv")
    try bench.write(vae, to: "vae.yaml")
    try bench.write(ppca, to: "ppca.yaml")
    try bench.write(SampleSweep.small, to: "small.yaml")
    for sweep in ["vae.yaml", "ppca.yaml", "small.yaml"] {
      try bench.done("run", sweep, "--progress", "none")
    }
    return bench
  }

  /// The id of the only run of a sweep, or of its first.
  static func id(_ sweep: String) throws -> String {
    try #require(try bench.get().store().runs(in: sweep).first).record.runID
  }

  /// Bars and squares in intensities from 0 to 8.
  static func images(_ count: Int) -> [Float] {
    (0..<count).flatMap { image in
      (0..<12).map { pixel in
        let (row, column) = (pixel / 4, pixel % 4)
        let isLit = image % 2 == 0 ? row == image / 2 % 3 : column == image / 2 % 4
        return isLit ? Float(6 + image % 3) : Float(image % 2)
      }
    }
  }

  static func table(_ count: Int) -> String {
    let rows = (0..<count).map { row in
      let wave = sin(Double(row))
      return "\(10 + 3 * wave),\(row % 5),\(100 - 20 * wave + Double(row % 3))"
    }
    return (["height,count,weight"] + rows).joined(separator: "\n") + "\n"
  }

  static let vae = """
    name: pictures
    run:
      model: {vae: {data: images.npy, latents: 3, hidden: [8], divide_by: 8, test_fraction: 0.2}}
      family: mean-field
      form: reconstruction-kl
      optimizer: {adam: {learning_rate: 0.02}}
      minibatch: 24
      steps: 300
    seeds: 2
    """

  static let ppca = """
    name: columns
    run:
      model: {ppca: {data: table.csv, latents: 2, features: [weight, height, count], standardize: true}}
      family: exact
      optimizer: {em: {}}
      steps: 41
    seeds: 1
    """
}

extension Workbench {
  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: folder.appending(path: name))
  }

  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

  /// The numbers of an NPY file, with their shape.
  func array(_ name: String) throws -> (shape: [Int], numbers: [Double]) {
    let array = try NPYArray(try bytes(name))
    switch array.values {
    case .bytes(let values): return (array.shape, values.map(Double.init))
    case .numbers(let values): return (array.shape, values)
    }
  }
}
