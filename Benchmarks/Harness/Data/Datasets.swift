import Foundation

/// The data of the benchmarks, made up from seeds; all programs read the same files.
package enum Datasets {
  package static let images = 10_000

  package static let names = [
    "logistic-small.csv", "logistic-large.csv", "logistic-1000.csv", "logistic-10000.csv",
    "logistic-100000.csv",
    "mixture.csv", "mixture-start.csv", "images-train-idx3-ubyte",
  ]

  /// Writes files into a folder.
  package static func write(_ names: [String], to folder: String, repository: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in names {
      let bytes = try content(of: name, repository: repository)
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
    }
  }

  private static func content(of name: String, repository: String) throws -> [UInt8] {
    switch name {
    case "logistic-small.csv": logistic(rows: 1_000, columns: 20, seed: 1)
    case "logistic-large.csv": logistic(rows: 50_000, columns: 54, seed: 2)
    case "logistic-1000.csv": logistic(rows: 1_000, columns: 20, seed: 3)
    case "logistic-10000.csv": logistic(rows: 10_000, columns: 20, seed: 3)
    case "logistic-100000.csv": logistic(rows: 100_000, columns: 20, seed: 3)
    case "mixture.csv": mixture(rows: 100_000, columns: 16, components: 5, seed: 4)
    // The first rows, where EM starts.
    case "mixture-start.csv": mixture(rows: 5, columns: 16, components: 5, seed: 4)
    case "images-train-idx3-ubyte": try EnlargedDigits(repository: repository).drawn(images, seed: 5)
    case "images-small-idx3-ubyte": try EnlargedDigits(repository: repository).drawn(64, seed: 6)
    default: preconditionFailure("there is no file \(name)")
    }
  }

  /// Correlated columns and a 0 or 1 drawn with the probability that a logistic regression on them gives.
  static func logistic(rows: Int, columns: Int, seed: UInt64) -> [UInt8] {
    var random = RandomSource(seed: seed)
    let mixing = Mixing(columns, by: 0.7, &random)
    let weights = random.normals(columns).map { 0.5 * $0 }
    var text = CSVText(columns: columnNames(columns) + ["y"])
    for _ in 0..<rows {
      let row = mixing.applied(to: random.normals(columns)).map(CSVText.rounded)
      let logit = zip(row, weights).reduce(0.3) { $0 + $1.0 * $1.1 }
      text.append(row, then: random.uniform() < 1 / (1 + exp(-logit)) ? 1 : 0)
    }
    return text.bytes
  }

  /// Gaussians of one covariance whose means are so near that EM, which must find both, climbs for long.
  static func mixture(rows: Int, columns: Int, components: Int, seed: UInt64) -> [UInt8] {
    var random = RandomSource(seed: seed)
    let means = (0..<components).map { _ in random.normals(columns).map { 0.3 * $0 } }
    let mixing = Mixing(columns, by: 0.6, &random)
    var text = CSVText(columns: columnNames(columns))
    for _ in 0..<rows {
      let component = random.index(below: components)
      let centered = mixing.applied(to: random.normals(columns))
      text.append(zip(means[component], centered).map { CSVText.rounded($0 + $1) })
    }
    return text.bytes
  }

  private static func columnNames(_ count: Int) -> [String] { (1...count).map { "x\($0)" } }
}

/// The linear map a (I + G), G of independent normals over the root of its width: it correlates what is independent.
private struct Mixing {
  private let rows: [[Double]]

  init(_ width: Int, by scale: Double, _ random: inout RandomSource) {
    rows = (0..<width).map { row in
      let noise = random.normals(width).map { scale * $0 / Double(width).squareRoot() }
      return noise.enumerated().map { $0.element + ($0.offset == row ? scale : 0) }
    }
  }

  func applied(to values: [Double]) -> [Double] {
    rows.map { row in
      var sum = 0.0
      for index in row.indices { sum += row[index] * values[index] }
      return sum
    }
  }
}
