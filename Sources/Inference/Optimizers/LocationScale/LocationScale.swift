import Foundation
import NumericArrays

/// A location m and a lower factor C with a positive diagonal, z = m + C x, and the slopes of the objective in them.
public struct LocationScale: Sendable {
  public let dimension: Int
  /// Whether C is its diagonal.
  public let isDiagonal: Bool
  /// `[dimension]`.
  public internal(set) var location: [Double]
  public internal(set) var locationSlope: [Double]
  /// Of a diagonal C `[dimension]`, else its lower triangle row by row, `[dimension (dimension + 1) / 2]`.
  public internal(set) var factor: [Double]
  public internal(set) var factorSlope: [Double]

  init(dimension: Int, base: GaussianBase) {
    self.dimension = dimension
    isDiagonal = base == .meanField || dimension == 1
    location = [Double](repeating: 0, count: dimension)
    locationSlope = location
    factor = [Double](repeating: 0, count: isDiagonal ? dimension : dimension * (dimension + 1) / 2)
    factorSlope = factor
  }

  /// Where C(row, column ≤ row) is; of a diagonal C, row = column.
  func place(_ row: Int, _ column: Int) -> Int { isDiagonal ? row : row * (row + 1) / 2 + column }

  /// The elements of a row of C: its first column and how many there are.
  private func columns(_ row: Int) -> Range<Int> { isDiagonal ? row..<row + 1 : 0..<row + 1 }

  // MARK: φ

  /// Where U(row, column < row) is in φ: location, log scale, then the strict unit triangle row by row.
  private func trianglePlace(_ row: Int, _ column: Int) -> Int {
    2 * dimension + row * (row - 1) / 2 + column
  }

  /// Takes a lane of φ and of its gradient `[parameters, lanes]`.
  ///
  /// C = diag(s) U with s = exp(log scale): the slope in C(i, j) is that in U(i, j) over s(i), and what is left of the slope in log
  /// s(i) once its share through the row of U is taken away, over s(i), is that in C(i, i).
  mutating func read<Scalar: KernelScalar>(
    _ parameters: UnsafePointer<Scalar>, gradient: UnsafePointer<Scalar>, lane: Int, lanes: Int
  ) {
    func value(_ index: Int) -> Double { Double(parameters[index * lanes + lane]) }
    func slope(_ index: Int) -> Double { Double(gradient[index * lanes + lane]) }
    for row in 0..<dimension {
      location[row] = value(row)
      locationSlope[row] = slope(row)
      let scale = Foundation.exp(value(dimension + row))
      var own = slope(dimension + row)
      for column in columns(row).dropLast() {
        let (place, index) = (place(row, column), trianglePlace(row, column))
        factor[place] = scale * value(index)
        factorSlope[place] = slope(index) / scale
        own -= slope(index) * value(index)
      }
      factor[place(row, row)] = scale
      factorSlope[place(row, row)] = own / scale
    }
  }

  /// Puts q into a lane of φ.
  func write<Scalar: KernelScalar>(_ parameters: UnsafeMutablePointer<Scalar>, lane: Int, lanes: Int) {
    for row in 0..<dimension {
      let scale = factor[place(row, row)]
      parameters[row * lanes + lane] = Scalar(location[row])
      parameters[(dimension + row) * lanes + lane] = Scalar(Foundation.log(scale))
      for column in columns(row).dropLast() {
        parameters[trianglePlace(row, column) * lanes + lane] = Scalar(factor[place(row, column)] / scale)
      }
    }
  }
}
