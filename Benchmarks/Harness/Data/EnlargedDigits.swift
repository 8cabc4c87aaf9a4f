import FileFormats
import Foundation

/// Binary images of 28 × 28 pixels: handwritten digits of 8 × 8 pixels, enlarged, turned and shifted a little, each pixel drawn
/// to 0 or 1 by its intensity. An eighth of the pixels are ones, as in binarized MNIST.
struct EnlargedDigits {
  private static let side = 28
  private static let sourceSide = 8
  /// Pixels of the image to one of the source.
  private static let zoom = 3.0
  /// What is left of an intensity between 0 and 1: faint borders go.
  private static let least = 0.3
  private static let gain = 1.3

  private let sources: [[Double]]

  /// Reads the digits of an experiment: intensities from 0 to 16.
  init(repository: String) throws {
    let file = repository + "/Experiments/beta-tradeoff/digits-images-idx3-ubyte.gz"
    let packed = try Data(contentsOf: URL(fileURLWithPath: file))
    let array = try IDXArray(try Gzip.decompress(Array(packed), limit: 1 << 24))
    let values =
      switch array.values {
      case .bytes(let bytes): bytes.map(Double.init)
      case .numbers(let numbers): numbers
      }
    let size = Self.sourceSide * Self.sourceSide
    sources = stride(from: 0, to: values.count, by: size).map { start in
      values[start..<start + size].map { $0 / 16 }
    }
  }

  /// An IDX file of bytes 0 and 255.
  func drawn(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = RandomSource(seed: seed)
    var bytes: [UInt8] = [0, 0, 8, 3]
    for length in [count, Self.side, Self.side] {
      bytes += stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: length >> $0) }
    }
    for _ in 0..<count {
      let source = sources[random.index(below: sources.count)]
      let angle = (random.uniform() - 0.5) * .pi / 9
      let shift = (x: 3 * random.uniform() - 1.5, y: 3 * random.uniform() - 1.5)
      for row in 0..<Self.side {
        for column in 0..<Self.side {
          let x = Double(column) - 13.5 - shift.x
          let y = Double(row) - 13.5 - shift.y
          let intensity = Self.intensity(
            of: source, x: (x * cos(angle) + y * sin(angle)) / Self.zoom + 3.5,
            y: (y * cos(angle) - x * sin(angle)) / Self.zoom + 3.5)
          bytes.append(random.uniform() < (intensity - Self.least) * Self.gain ? 255 : 0)
        }
      }
    }
    return bytes
  }

  /// The bilinear interpolation of an image, dark outside of it.
  private static func intensity(of source: [Double], x: Double, y: Double) -> Double {
    func pixel(_ row: Int, _ column: Int) -> Double {
      (0..<sourceSide).contains(row) && (0..<sourceSide).contains(column)
        ? source[row * sourceSide + column] : 0
    }
    let (column, row) = (Int(floor(x)), Int(floor(y)))
    let (right, down) = (x - floor(x), y - floor(y))
    return (1 - down) * ((1 - right) * pixel(row, column) + right * pixel(row, column + 1))
      + down * ((1 - right) * pixel(row + 1, column) + right * pixel(row + 1, column + 1))
  }
}
