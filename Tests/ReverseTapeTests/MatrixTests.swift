import NumericArrays
import ReverseTape
import Testing

@Suite("Matrices of each draw")
struct MatrixTests {
  /// The outputs of a program over a matrix slot `[rows, columns]`, each draw with a matrix of its own, as matrices by draw.
  private func outputs(_ matrices: [Matrix], _ body: (Traced) -> [Traced]) throws -> [[Matrix]] {
    let (rows, columns, draws) = (matrices[0].rows, matrices[0].columns, matrices.count)
    let tape = Tape(draws: draws)
    let results = body(tape.slot(Slot("matrix", Shape(rows, columns), .perDraw)))
    let evaluator = Evaluator<Double>(Program(tape, outputs: results))
    let slot = try #require(evaluator.slot("matrix"))
    for (draw, matrix) in matrices.enumerated() {
      for (index, value) in matrix.elements.enumerated() { slot[index * draws + draw] = value }
    }
    evaluator.run()
    return results.enumerated().map { index, result in
      let values = evaluator.output(index)
      return (0..<draws).map { draw in
        Matrix(
          rows: result.shape.rows, columns: result.shape.columns,
          elements: (0..<result.count).map { values[$0 * draws + draw] })
      }
    }
  }

  private func random(_ rows: Int, _ columns: Int, draws: Int, seed: UInt64) -> [Matrix] {
    (0..<draws).map { draw in
      let normals = NoiseStream(seed: seed, purpose: .data).normals(
        dimension: rows * columns, draws: 1, step: UInt64(draw))
      return Matrix(rows: rows, columns: columns, elements: normals)
    }
  }

  private func distance(_ a: Matrix, _ b: Matrix) -> Double {
    zip(a.elements, b.elements).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  @Test(
    "products, factors and solutions are those of each draw's matrix", arguments: [1, 2, 5], [1, 3, 8, 19])
  func againstMatrices(size: Int, draws: Int) throws {
    let roots = random(size, size, draws: draws, seed: 4)
    let positive = roots.map { $0 * $0.transposed + Matrix.identity(size) }
    let found = try outputs(positive) { a in
      let factor = a.choleskyFactor()
      return [
        factor, factor.lowerTriangularSolve(a), factor.lowerTriangularTransposedSolve(a), a.matrixTimes(a),
        factor.transposed(),
      ]
    }
    for draw in 0..<draws {
      let lower = try positive[draw].cholesky()
      let (columns, rows) = (positive[draw], positive[draw].transposed)
      let forward = Matrix((0..<size).map { Matrix.forwardSubstitution(lower: lower, rows.row($0)) })
        .transposed
      let back = Matrix((0..<size).map { Matrix.backSubstitution(lower: lower, rows.row($0)) }).transposed
      // Elements up to 30, a few dozen roundings: 30 · 30 · 2⁻⁵³ ≈ 1e-13; the pivots are at least 1.
      for (index, wanted) in [lower, forward, back, columns * columns, lower.transposed].enumerated() {
        #expect(distance(found[index][draw], wanted) < 1e-12, "output \(index)")
      }
    }
  }

  @Test(
    "an inverse times its matrix is the identity; the determinant of a triangular product is that of its diagonals"
  )
  func inverses() throws {
    for size in [1, 2, 5, 12] {
      // Rows turned round: pivots must be looked for.
      let matrices = random(size, size, draws: 7, seed: 9).map { normal in
        Matrix((0..<size).map { row in (0..<size).map { normal[row, $0] + (row + $0 == size - 1 ? 9 : 0) } })
      }
      let found = try outputs(matrices) { [$0.matrixInverse(), $0.matrixInverse().matrixTimes($0)] }
      for product in found[1] { #expect(distance(product, .identity(size)) < 1e-12) }

      let triangles = random(size, size, draws: 7, seed: 2).map { normal in
        Matrix(
          (0..<size).map { row in
            (0..<size).map { row == $0 ? 1 + abs(normal[row, row]) : $0 < row ? 0.2 * normal[row, $0] : 0 }
          })
      }
      let logs = try outputs(triangles.map { $0 * $0.transposed }) { [$0.logAbsoluteDeterminant()] }[0]
      for (log, triangle) in zip(logs, triangles) {
        let wanted = triangle.diagonal.reduce(0) { $0 + 2 * SpecialFunctions.log($1) }
        // Condition numbers below 1e3, times some hundred roundings.
        #expect(abs(log[0, 0] - wanted) < 1e-11)
      }
    }
  }

  @Test(
    "a permutation with signs has determinant 1 in magnitude, a singular matrix 0; not positive definite is NaN"
  )
  func edges() throws {
    let matrices = [Matrix([[0, -1], [1, 0]]), Matrix([[1, 2], [2, 4]]), Matrix([[1, 2], [2, 1]])]
    let found = try outputs(matrices) {
      [$0.logAbsoluteDeterminant(), $0.matrixInverse(), $0.choleskyFactor()]
    }
    #expect(found[0][0][0, 0] == 0)
    #expect(found[0][1][0, 0] == -.infinity)
    #expect(abs(found[0][2][0, 0] - SpecialFunctions.log(3)) < 1e-15)
    #expect(found[1][0] == Matrix([[0, 1], [-1, 0]]))
    #expect(!found[1][1].elements.allSatisfy { $0.isFinite })
    #expect(found[2][2][1, 1].isNaN && found[2][2][0, 1] == 0)
  }

  @Test("one draw's NaN does not reach the others")
  func isolation() throws {
    let good = Matrix([[2, 1], [1, 2]])
    let found = try outputs([good, Matrix([[-1, 0], [0, 1]]), good]) {
      [$0.choleskyFactor().lowerTriangularSolve($0.reshaped(Shape(2, 2)))]
    }
    #expect(found[0][1].elements.contains { $0.isNaN })
    #expect(found[0][0] == found[0][2] && found[0][0].elements.allSatisfy { $0.isFinite })
  }
}
