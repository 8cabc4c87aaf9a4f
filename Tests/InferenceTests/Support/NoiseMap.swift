import Foundation
import Inference
import NumericArrays
import ReverseTape
import Testing

/// A family's draw and its log density as functions of one noise.
struct NoiseMap {
  private let evaluator: Evaluator<Double>

  init(_ settings: RunSettings) throws {
    let bound = BoundTape(settings, draws: 1, for: .draws)
    evaluator = Evaluator(
      Program(bound.tape, outputs: [try #require(bound.q.draw), try #require(bound.q.logDensity)]))
  }

  func callAsFunction(_ noise: [Double], _ parameters: [Double]) -> (draw: [Double], logDensity: Double) {
    for (name, values) in [(BoundTape.noiseSlot, noise), (BoundTape.parametersSlot, parameters)] {
      guard let slot = evaluator.slot(name) else { continue }
      for index in slot.indices { slot[index] = values[index] }
    }
    evaluator.run()
    return (Array(evaluator.output(0)), evaluator.output(1)[0])
  }
}

/// ∂z/∂ε of a family's draw, by the tape.
struct NoiseJacobian {
  private let evaluator: Evaluator<Double>
  private let dimension: Int

  init(_ settings: RunSettings) throws {
    dimension = settings.model.dimension
    // A draw for each element of z, all of the same noise: each is asked for the gradient of its own element.
    let bound = BoundTape(settings, draws: dimension, for: .draws)
    let own = bound.tape.slot(Slot("own", Shape(dimension), .perDraw))
    let draw = try #require(bound.q.draw)
    let picked = (draw * own).sum().sumOverDraws()
    let noise = bound.tape.slot(Slot(BoundTape.noiseSlot, Shape(dimension), .perDraw))
    evaluator = Evaluator(
      Program(bound.tape, outputs: bound.tape.gradient(of: picked, withRespectTo: [noise])))
  }

  /// `[element of z, element of ε]`.
  func callAsFunction(_ noise: [Double], _ parameters: [Double]) -> Matrix {
    let identity = Matrix.identity(dimension).elements
    let repeated = noise.flatMap { [Double](repeating: $0, count: dimension) }
    for (name, values) in [
      ("own", identity), (BoundTape.noiseSlot, repeated), (BoundTape.parametersSlot, parameters),
    ] {
      guard let slot = evaluator.slot(name) else { continue }
      for index in slot.indices { slot[index] = values[index] }
    }
    evaluator.run()
    return Matrix(rows: dimension, columns: dimension, elements: Array(evaluator.output(0))).transposed
  }
}

extension Matrix {
  /// log |det| of a square matrix by Gaussian elimination with row exchanges.
  var logAbsoluteDeterminant: Double {
    var rows = (0..<self.rows).map { row($0) }
    var result = 0.0
    for column in rows.indices {
      let pivot = (column..<rows.count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, pivot)
      result += Foundation.log(abs(rows[column][column]))
      for below in rows.indices.dropFirst(column + 1) {
        let factor = rows[below][column] / rows[column][column]
        for index in column..<rows.count { rows[below][index] -= factor * rows[column][index] }
      }
    }
    return result
  }
}
