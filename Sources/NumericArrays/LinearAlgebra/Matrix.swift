/// A dense matrix of doubles, row-major.
public struct Matrix: Hashable, Sendable {
  public let rows: Int
  public let columns: Int
  /// Element (i, j) is `elements[i * columns + j]`.
  public internal(set) var elements: [Double]

  /// Takes `elements` row after row; their count must be `rows * columns`.
  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative side")
    precondition(elements.count == rows * columns, "\(elements.count) elements are not \(rows) x \(columns)")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    self.init(rows: rows, columns: columns, elements: Array(repeating: value, count: rows * columns))
  }

  /// Takes rows of one length.
  public init(_ rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columns }, "the rows of a matrix have one length")
    self.init(rows: rows.count, columns: columns, elements: rows.flatMap(\.self))
  }

  public subscript(row: Int, column: Int) -> Double {
    @inlinable get {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns, "index outside the matrix")
      return elements[row * columns + column]
    }
    set {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns, "index outside the matrix")
      elements[row * columns + column] = newValue
    }
  }

  public func row(_ index: Int) -> [Double] { Array(elements[index * columns..<(index + 1) * columns]) }
  public func column(_ index: Int) -> [Double] { (0..<rows).map { self[$0, index] } }

  public static func identity(_ size: Int) -> Matrix {
    diagonal(Array(repeating: 1, count: size))
  }

  /// The square matrix with these diagonal elements and zeros elsewhere.
  public static func diagonal(_ values: [Double]) -> Matrix {
    var result = Matrix(rows: values.count, columns: values.count)
    for (index, value) in values.enumerated() { result[index, index] = value }
    return result
  }

  /// The elements on the diagonal.
  public var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }

  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for i in 0..<rows {
      for j in 0..<columns { result.elements[j * rows + i] = elements[i * columns + j] }
    }
    return result
  }
}
