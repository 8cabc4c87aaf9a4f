import FileFormats
import Foundation
import Testing
import Tracking

/// `wb sample`, `wb encode` and `wb reconstruct`.
@Suite struct GenerationTests {
  /// The width and height that a PNG file says it has, big-endian from its 17th byte on (w3.org/TR/png, 11.2.2).
  private func size(ofPNG bytes: [UInt8]) -> [Int] {
    #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    return [16, 20].map { start in bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
  }

  /// The tensors of a run's checkpoint as `[name: numbers]`.
  private func tensors(_ id: String) throws -> [String: [Double]] {
    let file = try Safetensors(file: try TrainedBench.bench.get().bytes("wb.checkpoints/\(id).safetensors"))
    return Dictionary(
      uniqueKeysWithValues: file.tensors.map { tensor in
        switch tensor.values {
        case .float32(let values): (tensor.name, values.map(Double.init))
        case .float64(let values): (tensor.name, values)
        }
      })
  }

  @Test("samples of images are a picture by default, of the size that they need")
  func picture() throws {
    let bench = try TrainedBench.bench.get()
    let id = try TrainedBench.id("pictures")
    let name = "sample-\(id.prefix(8)).png"
    let ended = try bench.wb("sample", id)
    #expect(ended.code == 0, "\(ended.errors)")
    #expect(ended.output == name + "\n")
    // 8 × 8 images of 4 × 3 numbers, each drawn 16 times as large, with borders of 1 pixel.
    #expect(ended.errors == "521 × 393 pixels\n")
    #expect(size(ofPNG: try bench.bytes(name)) == [8 * 65 + 1, 8 * 49 + 1])
  }

  @Test("samples are the same for a seed, whatever their number, and others for another")
  func seeds() throws {
    let bench = try TrainedBench.bench.get()
    let id = try TrainedBench.id("pictures")
    try bench.done("sample", String(id.prefix(6)), "-n", "5", "--output", "five.npy")
    try bench.done("sample", id, "-n", "300", "--seed", "0", "--output", "many.npy")
    try bench.done("sample", id, "-n", "5", "--seed", "1", "--output", "other.npy")
    let five = try bench.array("five.npy")
    #expect(five.shape == [5, 3, 4])
    #expect(try bench.array("many.npy").shape == [300, 3, 4])
    #expect(try Array(bench.array("many.npy").numbers.prefix(60)) == five.numbers)
    #expect(try bench.array("other.npy").numbers != five.numbers)
    #expect(five.numbers.allSatisfy { $0 > 0 && $0 < 1 })
  }

  @Test("--draws writes draws: of Bernoulli data 0 and 1")
  func draws() throws {
    let bench = try TrainedBench.bench.get()
    try bench.done("sample", try TrainedBench.id("pictures"), "-n", "50", "--draws", "--output", "draws.npy")
    #expect(try Set(bench.array("draws.npy").numbers) == [0, 1])
  }

  /// Draws are in the units of the file: standardised columns have the moments of the data again. With 2000 draws a mean is
  /// within 5 sd / √2000 of the data's, 0.112 sd.
  @Test("what standardize did is undone in samples")
  func units() throws {
    let bench = try TrainedBench.bench.get()
    try bench.done(
      "sample", try TrainedBench.id("columns"), "-n", "2000", "--draws", "--output", "columns.npy")
    let (shape, numbers) = try bench.array("columns.npy")
    #expect(shape == [2000, 3])
    let rows = TrainedBench.table(40).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",").compactMap { Double($0) }
    }
    // The model has the columns in the order of its features.
    for (place, column) in [2, 0, 1].enumerated() {
      let values = rows.map { $0[column] }
      let mean = values.reduce(0, +) / 40
      let sd = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40).squareRoot()
      let drawn = (0..<2000).reduce(0) { $0 + numbers[3 * $1 + place] } / 2000
      #expect(abs(drawn - mean) < 5 * sd / Double(2000).squareRoot())
    }
  }

  /// M = WᵀW + σ² I; the posterior has the mean M⁻¹ Wᵀ (x − b) and the covariance σ² M⁻¹ (Tipping & Bishop 1999, eq. 6).
  @Test("PPCA encodes to its posterior, by the columns' names and the training data's moments")
  func encode() throws {
    let bench = try TrainedBench.bench.get()
    let id = try TrainedBench.id("columns")
    try bench.done("encode", id, "other.csv", "--output", "means.npy", "--variances", "variances.npy")
    let theta = try tensors(id)
    let metadata = try Safetensors(file: try bench.bytes("wb.checkpoints/\(id).safetensors")).metadata
    func list(_ key: String) throws -> [Double] {
      try JSONDecoder().decode([Double].self, from: Data(try #require(metadata[key]).utf8))
    }
    let (center, scale) = (try list("center"), try list("scale"))
    let weights = try #require(theta["weights"])
    let offset = try #require(theta["offset"])
    let noise = exp(try #require(theta["log_noise_variance"])[0])
    func product(_ i: Int, _ j: Int) -> Double {
      (0..<3).reduce(0) { $0 + weights[2 * $1 + i] * weights[2 * $1 + j] }
    }
    let (a, b, d) = (product(0, 0) + noise, product(0, 1), product(1, 1) + noise)
    let determinant = a * d - b * b
    let means = try bench.array("means.npy")
    let variances = try bench.array("variances.npy")
    #expect(means.shape == [2, 2])
    #expect(variances.shape == [2, 2])
    for (row, values) in [[95, 12.5, 3], [110.0, 8, 0]].enumerated() {
      let x = (0..<3).map { (values[$0] - center[$0]) / scale[$0] - offset[$0] }
      let projected = (0..<2).map { j in (0..<3).reduce(0) { $0 + weights[2 * $1 + j] * x[$1] } }
      let expected = [
        (d * projected[0] - b * projected[1]) / determinant,
        (a * projected[1] - b * projected[0]) / determinant,
      ]
      // Rounding, of a 2 × 2 inverse whose condition is below 1e6.
      for latent in 0..<2 { #expect(abs(means.numbers[2 * row + latent] - expected[latent]) < 1e-9) }
      #expect(abs(variances.numbers[2 * row] - noise * d / determinant) < 1e-9)
      #expect(abs(variances.numbers[2 * row + 1] - noise * a / determinant) < 1e-9)
    }
  }

  @Test("reconstructions are a picture of images, and an array of the first rows")
  func reconstruct() throws {
    let bench = try TrainedBench.bench.get()
    let id = try TrainedBench.id("pictures")
    #expect(try bench.done("reconstruct", id, "images.npy") == "reconstruction-\(id.prefix(8)).png\n")
    // 32 images in two lines of 16, each above its reconstruction: 560 / (16 · 4) = 8 pixels a number.
    #expect(
      size(ofPNG: try bench.bytes("reconstruction-\(id.prefix(8)).png")) == [16 * 33 + 1, 4 * 25 + 1])
    try bench.done("reconstruct", id, "images.npy", "-n", "20", "--output", "again.npy")
    let (shape, numbers) = try bench.array("again.npy")
    #expect(shape == [20, 3, 4])
    let originals = TrainedBench.images(20).map { Double($0) / 8 }
    let mean = originals.reduce(0, +) / 240
    func squares(_ values: [Double]) -> Double {
      zip(values, originals).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    // It has learned something: nearer to the originals than one shade for all pixels.
    #expect(squares(numbers) < 0.7 * squares([Double](repeating: mean, count: 240)))
  }

  @Test("a file of rows is taken for images where --image says so")
  func imageOption() throws {
    let bench = try TrainedBench.bench.get()
    let id = try TrainedBench.id("columns")
    try bench.done("sample", id, "-n", "2", "--image", "1x3", "--output", "strip.png")
    // Two images of 3 × 1 numbers, 16 pixels each.
    #expect(size(ofPNG: try bench.bytes("strip.png")) == [2 * 49 + 1, 18])
  }

  static let refusals: [(arguments: [String], code: Int32, message: String)] = [
    (
      ["sample", "@small"], 2,
      "wb: run @small is of 'conjugate-normal', which learns no parameters; runs of gaussian-mixture, ppca, "
        + "factor-analysis, linear-vae, vae have checkpoints\n"
    ),
    (["sample", "zz"], 2, "wb: @store has no run 'zz'; 'wb ls' lists its runs\n"),
    (
      ["sample", "@columns", "--output", "x.png"], 2,
      "wb: --output is 'x.png', and the model's data are no images; give --image ROWSxCOLUMNS, or a name that ends in "
        + ".npy\n"
    ),
    (
      ["sample", "@columns", "--output", "x.jpg"], 2,
      "wb: --output is 'x.jpg'; use a name that ends in .npy or .png\n"
    ),
    (
      ["sample", "@pictures", "-n", "11184811", "--output", "x.npy"], 2,
      "wb: -n is 11184811, and a datum has 12 numbers; use at most 11184810, with another --seed for more\n"
    ),
    (
      ["sample", "@columns", "--image", "2x2"], 2,
      "wb: --image is 2x2, which is 4 numbers, and a datum of the model has 3\n"
    ),
    (
      ["encode", "@columns", "table.csv", "--output", "x.png"], 2,
      "wb: --output is 'x.png'; use a name that ends in .npy\n"
    ),
    (
      ["encode", "@columns", "images.npy"], 3,
      "wb: images.npy has rows of 3 × 4 numbers, and the model was fitted to rows of 3 numbers; give data of that size\n"
    ),
    (
      ["reconstruct", "@pictures", "table.csv"], 3,
      "wb: table.csv has rows of 3 numbers, and the model was fitted to rows of 3 × 4 numbers; give data of that size\n"
    ),
    (
      ["encode", "@columns", "none.csv"], 3,
      "wb: cannot read 'none.csv': there is no such file in @folder; check the path, or give the folder that holds it, "
        + "with WB_DATA=FOLDER\n"
    ),
    (
      ["encode", "@pictures", "bright.npy"], 3,
      "wb: row 1, column 2 is 1.125, and a Bernoulli likelihood takes numbers from 0 to 1; set divide_by to the largest "
        + "value (255 for bytes), or use likelihood: gaussian\n"
    ),
  ]

  @Test("what cannot be done says why, and how it can", arguments: refusals)
  func refused(arguments: [String], code: Int32, message: String) throws {
    let bench = try TrainedBench.bench.get()
    let store = try bench.store().path
    func filled(_ text: String) throws -> String {
      try text.replacing("@small", with: TrainedBench.id("small"))
        .replacing("@columns", with: TrainedBench.id("columns"))
        .replacing("@pictures", with: TrainedBench.id("pictures")).replacing("@store", with: store)
        .replacing("@folder", with: (store as NSString).deletingLastPathComponent)
    }
    let ended = try bench.start(try arguments.map(filled)).wait()
    #expect(ended.code == code)
    #expect(ended.errors == (try filled(message)))
    #expect(ended.output.isEmpty)
  }

  @Test("data are found in the folder WB_DATA")
  func dataFolder() throws {
    let bench = try TrainedBench.bench.get()
    let elsewhere = try Workbench()
    try elsewhere.write(TrainedBench.table(7), to: "away.csv")
    let ended = try bench.wb(
      "encode", try TrainedBench.id("columns"), "away.csv", "--output", "away.npy",
      environment: ["WB_DATA": elsewhere.folder.path])
    #expect(ended.code == 0, "\(ended.errors)")
    #expect(ended.errors == "7 × 2 numbers, float64\n")
  }
}
