extension Matrix {
  public static func + (left: Matrix, right: Matrix) -> Matrix {
    combined(left, right, +)
  }

  public static func - (left: Matrix, right: Matrix) -> Matrix {
    combined(left, right, -)
  }

  public static func * (factor: Double, matrix: Matrix) -> Matrix {
    Matrix(rows: matrix.rows, columns: matrix.columns, elements: matrix.elements.map { factor * $0 })
  }

  /// The product of each element with the other matrix's.
  public func scaled(by other: Matrix) -> Matrix { Self.combined(self, other, *) }

  /// The matrix product; the left one's columns must be as many as the right one's rows.
  public static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(left.columns == right.rows, "shapes do not fit a product")
    var product = [Double](repeating: 0, count: left.rows * right.columns)
    product.withUnsafeMutableBufferPointer { out in
      left.elements.withUnsafeBufferPointer { a in
        right.elements.withUnsafeBufferPointer { b in
          guard let out = out.baseAddress, let a = a.baseAddress, let b = b.baseAddress else { return }
          Double.kernelProduct(
            out, a, b, m: left.rows, k: left.columns, n: right.columns, transposeA: false)
        }
      }
    }
    return Matrix(rows: left.rows, columns: right.columns, elements: product)
  }

  /// Adds the matrix product of two others, whose shape must be its own.
  public mutating func add(_ left: Matrix, times right: Matrix) {
    precondition(
      left.columns == right.rows && rows == left.rows && columns == right.columns,
      "shapes do not fit a product")
    elements.withUnsafeMutableBufferPointer { out in
      left.elements.withUnsafeBufferPointer { a in
        right.elements.withUnsafeBufferPointer { b in
          guard let out = out.baseAddress, let a = a.baseAddress, let b = b.baseAddress else { return }
          Double.addProduct(out, a, b, m: left.rows, k: left.columns, n: right.columns)
        }
      }
    }
  }

  /// Subtracts a column vector from each column.
  public mutating func subtractFromColumns(_ vector: [Double]) {
    precondition(vector.count == rows, "shapes differ")
    elements.withUnsafeMutableBufferPointer { elements in
      for (row, value) in vector.enumerated() {
        for index in row * columns..<(row + 1) * columns { elements[index] -= value }
      }
    }
  }

  /// The product with a column vector.
  public static func * (matrix: Matrix, vector: [Double]) -> [Double] {
    (matrix * Matrix(rows: vector.count, columns: 1, elements: vector)).elements
  }

  @inline(__always)
  private static func combined(
    _ left: Matrix, _ right: Matrix, _ operation: (Double, Double) -> Double
  ) -> Matrix {
    precondition(left.rows == right.rows && left.columns == right.columns, "shapes differ")
    let elements = [Double](unsafeUninitializedCapacity: left.elements.count) { values, count in
      left.elements.withUnsafeBufferPointer { a in
        right.elements.withUnsafeBufferPointer { b in
          for index in a.indices { values.initializeElement(at: index, to: operation(a[index], b[index])) }
        }
      }
      count = left.elements.count
    }
    return Matrix(rows: left.rows, columns: left.columns, elements: elements)
  }
}
