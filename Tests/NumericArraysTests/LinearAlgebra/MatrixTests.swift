import Foundation
import NumericArrays
import Testing

@Suite("Matrices")
struct MatrixTests {
  private func random(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(
      rows: rows, columns: columns,
      elements: NoiseStream(seed: 8, purpose: .data).normals(dimension: rows, draws: columns, step: 0))
  }

  private func distance(_ a: Matrix, _ b: Matrix) -> Double {
    (a - b).elements.reduce(0) { max($0, abs($1)) }
  }

  @Test("products and transposes by hand")
  func arithmetic() {
    let a = Matrix([[1, 2, 3], [4, 5, 6]])
    #expect(a.transposed == Matrix([[1, 4], [2, 5], [3, 6]]))
    #expect(a * a.transposed == Matrix([[14, 32], [32, 77]]))
    #expect(a * [1, 0, -1] == [-2, -2])
    #expect(Matrix.identity(2) * a == a && Matrix.diagonal([2, 2]) * a == 2 * a && a + a == 2 * a)
    #expect(a.row(1) == [4, 5, 6] && a.column(2) == [3, 6] && a.diagonal == [1, 5])
  }

  @Test("a Cholesky factor reconstructs its matrix and solves with it")
  func cholesky() throws {
    let half = random(12, 20)
    let matrix = half * half.transposed
    let lower = try matrix.cholesky()
    #expect(distance(lower * lower.transposed, matrix) < 1e-13)
    let x = (0..<12).map { Double($0) - 4 }
    #expect(zip(Matrix.solve(lower: lower, matrix * x), x).allSatisfy { abs($0 - $1) < 1e-11 })
    #expect(distance(Matrix.solve(lower: lower, matrix), .identity(12)) < 1e-11)
    // det [[4, 2], [2, 3]] = 8
    let small = try Matrix([[4, 2], [2, 3]]).cholesky()
    #expect(abs(Matrix.logDeterminant(lower: small) - 2.0794415416798357) < 1e-15)
  }

  @Test("the first pivot that is not positive is named")
  func notPositiveDefinite() {
    let error = #expect(throws: LinearAlgebraError.self) {
      try Matrix([[4, 2, 0], [2, 1, 0], [0, 0, 1]]).cholesky()
    }
    #expect(error?.description == "the matrix is not positive definite: pivot 1 is 0.0")
    #expect(throws: LinearAlgebraError.self) { try Matrix([[.nan]]).cholesky() }
  }

  @Test("eigenvectors reconstruct a symmetric matrix, in ascending order and with fixed signs")
  func eigen() throws {
    let half = random(9, 9)
    let matrix = half + half.transposed
    let eigen = try matrix.symmetricEigen()
    #expect(eigen.values == eigen.values.sorted())
    #expect(distance(eigen.vectors * .diagonal(eigen.values) * eigen.vectors.transposed, matrix) < 1e-13)
    #expect(distance(eigen.vectors.transposed * eigen.vectors, .identity(9)) < 1e-14)
    let known = try Matrix([[2, 1], [1, 2]]).symmetricEigen()
    let side = 0.5.squareRoot()
    #expect(zip(known.values, [1, 3]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(distance(known.vectors, Matrix([[side, side], [-side, side]])) < 1e-15)
    #expect(throws: LinearAlgebraError.self) { try Matrix([[.nan, 0], [0, 1]]).symmetricEigen() }
  }

  @Test(
    "BLAS names its core, and a CPU that OpenBLAS does not know is not taken for one without wide vectors")
  func blas() {
    #expect(!BLAS.coreName.isEmpty)
    // The oldest kernels of all are right where they are asked for, and where the CPU can no more.
    let isAsked = ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"] != nil
    let flags = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    if !isAsked, flags.contains(" avx2 "), flags.contains(" fma ") { #expect(BLAS.coreName != "Prescott") }
  }
}
