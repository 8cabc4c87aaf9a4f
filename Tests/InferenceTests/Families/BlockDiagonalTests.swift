import Foundation
import Inference
import NumericArrays
import ReverseTape
import Testing

@Suite struct BlockDiagonalTests {
  /// A normal of four latents, of which none is independent of another.
  static let target: ConfigValue = [
    "stan": [
      "program": """
      data { vector[5] m; matrix[5, 5] S; }
      parameters { real a; vector[2] b; real c; real d; }
      model { [a, b[1], b[2], c, d]' ~ multi_normal(m, S); }
      """,
      "data": [
        "m": [1, -1, 0.5, 2, 0],
        "S": .list((0..<5).map { row in .list((0..<5).map { .number(covariance[row, $0]) }) }),
      ],
    ]
  ]

  static let covariance: Matrix = {
    let elements = NoiseStream(seed: 23, purpose: .data).normals(dimension: 25, draws: 1, step: 0)
    let factor = Matrix(rows: 5, columns: 5, elements: elements)
    return factor * factor.transposed + 0.5 * Matrix.identity(5)
  }()

  static let blocks: [(ConfigValue, [[Int]])] = [
    (["block-diagonal": ["blocks": [["a", "d"], ["c", "b"]]]], [[0, 4], [1, 2, 3]]),
    (["block-diagonal": ["blocks": [["b", "c"]]]], [[1, 2, 3], [0], [4]]),
    ("block-diagonal", [[0], [1, 2], [3], [4]]),
    (["block-diagonal": ["blocks": [["a", "b", "c", "d"]]]], [[0, 1, 2, 3, 4]]),
    (["block-diagonal": ["blocks": []]], [[0], [1, 2], [3], [4]]),
  ]

  private func precision() throws -> Matrix {
    Matrix.solve(lower: try Self.covariance.cholesky(), .identity(5))
  }

  private func part(_ matrix: Matrix, _ places: [Int]) -> Matrix {
    Matrix(places.map { row in places.map { matrix[row, $0] } })
  }

  @Test("of a normal the best has the inverses of the precision's blocks", arguments: 0..<blocks.count)
  func optimum(_ index: Int) throws {
    let (family, blocks) = Self.blocks[index]
    let precision = try precision()
    // KL[q ‖ p] = ½ (Σ log |Λ_bb| − log |Λ|) at the optimum (Bishop 2006, §10.1.2, for blocks).
    let logDeterminant = Matrix.logDeterminant(lower: try precision.cholesky())
    let gap =
      0.5
      * (try blocks.reduce(0) { $0 + Matrix.logDeterminant(lower: try part(precision, $1).cholesky()) }
        - logDeterminant)
    let settings = try settings(["model": Self.target, "family": family])
    let start = try GaussianStart(mean: [1, -1, 0.5, 2, 0], covariance: Self.covariance)
    let parameters = settings.family.parameters(near: start, model: settings.model, noise: [])
    #expect(parameters.count == settings.family.parameterCount(for: settings.model))
    let probe = BoundProbe(settings, draws: 20_000) { bound in
      guard let joint = bound.logJoint, let density = bound.logDensity, let q = bound.q.gaussian else {
        return []
      }
      let objective = bound.objective
      return [density - joint] + (0..<5).map { q.covariance(with: $0) }
        + [bound.gradient(of: objective)].compactMap(\.self)
    }
    let values = probe(at: parameters)
    #expect(Estimate(values[0]).agrees(with: gap), "\(Estimate(values[0]).mean), not \(gap)")
    #expect(index == 3 ? abs(gap) < 1e-12 : gap > 0.1)
    for block in blocks {
      let expected = Matrix.solve(lower: try part(precision, block).cholesky(), .identity(block.count))
      for (i, row) in block.enumerated() {
        for column in 0..<5 {
          let own = block.firstIndex(of: column).map { expected[i, $0] } ?? 0
          #expect(abs(values[1 + row][column] - own) < 1e-12)
        }
      }
    }
  }

  @Test("moments agree with the draws' for blocks that are no neighbours", arguments: 0..<blocks.count)
  func moments(_ index: Int) throws {
    let settings = try settings(["model": Self.target, "family": Self.blocks[index].0])
    let rows = Matrix(
      rows: 2, columns: 5,
      elements: NoiseStream(seed: 3, purpose: .data).normals(dimension: 10, draws: 1, step: 0))
    let probe = BoundProbe(settings, draws: 20_000) { bound in
      guard let draw = bound.q.draw, let q = bound.q.gaussian else { return [] }
      let along = q.variances(along: bound.tape.constant(rows.elements, Shape(2, 5)))
      return [draw, q.variance, along, q.mean] + (0..<5).map { q.covariance(with: $0) }
    }
    let values = probe(at: probe.randomParameters(3, scale: 0.7))
    let covariance = Matrix(Array(values[4...]))
    let z = Matrix(rows: 5, columns: 20_000, elements: values[0])
    let projected = rows * covariance * rows.transposed
    for i in 0..<2 { #expect(abs(values[2][i] - projected[i, i]) < 1e-12) }
    for i in 0..<5 {
      #expect(abs(values[1][i] - covariance[i, i]) < 1e-12)
      for j in 0...i {
        let own = z.row(i).map { $0 - values[3][i] }
        let other = z.row(j).map { $0 - values[3][j] }
        #expect(Estimate(zipMap(own, other, *)).agrees(with: covariance[i, j]))
        #expect(covariance[i, j] == covariance[j, i] || abs(covariance[i, j] - covariance[j, i]) < 1e-13)
      }
    }
  }

  @Test("one block is full rank, and blocks of one are a mean field")
  func extremes() throws {
    for (blocks, name): (ConfigValue, ConfigValue) in [
      ([["x1", "x2"]], "full-rank"), ([["x1"], ["x2"]], "mean-field"), (nil, "mean-field"),
    ] {
      let run: ConfigMapping = [
        "model": "banana", "steps": 50, "initial": ["scale": [0.3, 0.2]], "estimator": "reparameterization",
      ]
      let own = try fit(run.with(["family": ["block-diagonal": ["blocks": blocks]]]))
      let other = try fit(run.with(["family": name]))
      #expect(own.steps.count == 51)
      // The same operations in another order.
      for (a, b) in zip(own.steps, other.steps) {
        #expect(abs(a.elbo - b.elbo) < 1e-9 * max(1, abs(b.elbo)))
      }
    }
  }

  static let wrong: [WrongRun] = [
    WrongRun(
      ["model": "banana", "family": ["block-diagonal": ["blocks": [["x1"], ["x3"]]]]],
      "unknown latent of 'banana' 'x3'; did you mean 'x1'? valid: x1, x2"),
    WrongRun(
      ["model": "banana", "family": ["block-diagonal": ["blocks": [["x1", "x2"], ["x1"]]]]],
      "'x1' is in two places; name each latent in one block"),
    WrongRun(
      ["model": "banana", "family": ["block-diagonal": ["blocks": ["x1", "x2"]]]],
      "family.block-diagonal.blocks.0 is text; use a list of lists of names"),
    WrongRun(
      ["model": "banana", "family": ["block-diagonal": ["blocks": [["x1", 2]]]]],
      "family.block-diagonal.blocks.0.1 is an integer; use a list of lists of names"),
    WrongRun(
      ["model": "banana", "family": ["block-diagonal": ["blocks": "x1"]]],
      "family.block-diagonal.blocks is text; use a list of lists of names"),
  ]

  @Test("what names no latent, or one twice, is refused at its place", arguments: wrong)
  func refused(_ wrong: WrongRun) throws {
    #expect(try wrong.problems() == wrong.expected)
  }
}
