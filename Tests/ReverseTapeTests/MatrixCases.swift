import ReverseTape

/// Matrices that are shared or one for each draw.
let matrixCases: [GradientCase] =
  [
    GradientCase(testDescription: "product of matrices of each draw and shared ones", count: 12) { x, e in
      let (a, b) = (x[0..<6].reshaped(Shape(2, 3)), x[6..<12].reshaped(Shape(3, 2)))
      let (c, d) = ((x * e)[0..<6].reshaped(Shape(2, 3)), (x * e)[6..<12].reshaped(Shape(3, 2)))
      let sums = [a.matrixTimes(d), c.matrixTimes(b), c.matrixTimes(d), a.matrixTimes(b)].map {
        $0.square().sum()
      }
      return sums.dropFirst().reduce(sums[0], +) * e[0]
    },
    GradientCase(testDescription: "transposed products and transposes", count: 12) { x, e in
      let (a, b) = (x[0..<6].reshaped(Shape(2, 3)), (x * e)[6..<12].reshaped(Shape(2, 3)))
      let left = a.matrixProduct(b, transposedLeft: true, transposedRight: false)
      let right = b.matrixProduct(a, transposedLeft: false, transposedRight: true)
      let both = b.matrixProduct(a.transposed(), transposedLeft: true, transposedRight: true)
      return (left.square() * both.transposed()).sum() + right.square().sum()
        + b.transposed().matrixTimes(b).square().sum()
    },
    GradientCase(testDescription: "constant matrices and right-hand sides, shared and spread over the draws")
    { x, e in
      let constant = x.tape.constant([2, 0, 0.5, 3], Shape(2, 2))
      let spread = x.tape.constant([1, -1]).expanded(to: Layout(Shape(2), .perDraw))
      let own = (x * e.tanh()).reshaped(Shape(2, 2))
      let lower = 0.3 * own + x.tape.constant([2, 0, 0, 2], Shape(2, 2))
      let first = own.matrixTimes(constant).square().sum() + constant.lowerTriangularSolve(own).square().sum()
      return first + lower.lowerTriangularSolve(constant).square().sum()
        + lower.lowerTriangularTransposedSolve(spread).square().sum()
        + Traced.regularizedBeta(x.tape.constant(2.5), x.square() + 1, x.tape.constant(0.3)).sum() * e[0]
    },
    GradientCase(testDescription: "the lower triangle alone is factorised", count: 9, range: 0.2...1) {
      x, e in
      let lower = x.tape.constant([3, 0, 0, 1, 3, 0, -1, 1, 3], Shape(3, 3))
      return ((lower + (x * 0.3).reshaped(Shape(3, 3))).choleskyFactor() * x.reshaped(Shape(3, 3))).sum()
        * e[0]
    },
  ]
  + [1, 2, 5].flatMap { size in [false, true].flatMap { isDrawn in squareCases(size, isDrawn: isDrawn) } }

private func squareCases(_ size: Int, isDrawn: Bool) -> [GradientCase] {
  let shape = Shape(size, size)
  let kind = "\(size) x \(size) \(isDrawn ? "per draw" : "shared")"
  @Sendable func identity(_ tape: Tape, _ scale: Double) -> Traced {
    tape.constant((0..<size * size).map { $0 / size == $0 % size ? scale : 0 }, shape)
  }
  /// No symmetry, well away from singular.
  @Sendable func square(_ x: Traced, _ e: Traced) -> Traced {
    ((isDrawn ? x * e.tanh() : x) * (0.4 / Double(size))).reshaped(shape) + identity(x.tape, 1.5)
  }
  @Sendable func positive(_ x: Traced, _ e: Traced) -> Traced {
    let root = square(x, e)
    return root.matrixTimes(root.transposed())
  }
  @Sendable func weighted(_ matrix: Traced, _ x: Traced, _ e: Traced) -> Traced {
    (matrix.square() * x.sin().reshaped(shape)).sum() * e[0].square() + matrix.sum() * e[0]
  }
  return [
    GradientCase(testDescription: "Cholesky factor, \(kind)", count: size * size) { x, e in
      weighted(positive(x, e).choleskyFactor(), x, e)
    },
    GradientCase(testDescription: "lower triangular solutions, \(kind)", count: size * size) { x, e in
      let (lower, columns) = (square(x, e), (x.cos() * e).reshaped(shape))
      return weighted(lower.lowerTriangularSolve(columns), x, e)
        + weighted(lower.lowerTriangularTransposedSolve(x.reshaped(shape)), x, e)
        + lower.lowerTriangularSolve(x[0..<size]).square().sum()
        + lower.lowerTriangularTransposedSolve(e[0..<size] * x[0..<size]).square().sum()
    },
    GradientCase(testDescription: "general inverse, \(kind)", count: size * size) { x, e in
      weighted(square(x, e).matrixInverse(), x, e)
    },
    GradientCase(testDescription: "log of a determinant's magnitude, \(kind)", count: size * size) { x, e in
      (-square(x, e)).logAbsoluteDeterminant().square() * e[0]
    },
  ]
}
