import NumericArrays

/// What is done to very many parameters in a step besides the program's replay: the gradient's norm and the optimizer's
/// update, in pieces that a team shares.
final class ParameterPasses<Scalar: KernelScalar> {
  static var pieceSize: Int { 32_768 }

  private let count: Int
  private let team: Team
  private let pieces: Int
  private let partialNorms: UnsafeMutablePointer<Scalar>
  private let partialDistances: UnsafeMutablePointer<Double>
  private var pass: Pass?

  private enum Pass {
    case norm(UnsafePointer<Scalar>)
    case distance(UnsafePointer<Scalar>, from: UnsafePointer<Scalar>)
    case ascent(Ascent)
  }

  private struct Ascent {
    var optimizer: any ElementwiseOptimizer
    var parameters: UnsafeMutablePointer<Scalar>
    var gradient: UnsafePointer<Scalar>
    var moments: UnsafeMutablePointer<Scalar>
    var factors: UpdateFactors<Scalar>
  }

  init(count: Int, team: Team) {
    self.count = count
    self.team = team
    pieces = max(1, (count + Self.pieceSize - 1) / Self.pieceSize)
    partialNorms = .allocate(capacity: pieces)
    partialNorms.initialize(repeating: 0, count: pieces)
    partialDistances = .allocate(capacity: pieces)
    partialDistances.initialize(repeating: 0, count: pieces)
  }

  deinit {
    partialNorms.deallocate()
    partialDistances.deallocate()
  }

  /// The sum of the squares of a gradient, piece by piece.
  func squaredNorm(_ gradient: UnsafePointer<Scalar>) -> Scalar {
    compute(.norm(gradient))
    var sum = 0.0
    for piece in 0..<pieces { sum += Double(partialNorms[piece]) }
    return Scalar(sum)
  }

  /// The squared Euclidean distance of the parameters from a start, piece by piece.
  func squaredDistance(_ parameters: UnsafePointer<Scalar>, from start: UnsafePointer<Scalar>) -> Double {
    compute(.distance(parameters, from: start))
    var sum = 0.0
    for piece in 0..<pieces { sum += partialDistances[piece] }
    return sum
  }

  /// One update of all parameters.
  func ascend(
    _ optimizer: any ElementwiseOptimizer, _ parameters: UnsafeMutablePointer<Scalar>,
    gradient: UnsafePointer<Scalar>, moments: UnsafeMutablePointer<Scalar>, factors: UpdateFactors<Scalar>
  ) {
    compute(
      .ascent(
        Ascent(
          optimizer: optimizer, parameters: parameters, gradient: gradient, moments: moments,
          factors: factors)))
  }

  private func compute(_ pass: Pass) {
    self.pass = pass
    team.compute(self, count: pieces)
    self.pass = nil
  }
}

extension ParameterPasses: Pieces {
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  func compute(piece: Int) {
    let part = piece * Self.pieceSize..<min(count, (piece + 1) * Self.pieceSize)
    switch pass {
    case .norm(let gradient):
      let start = gradient + part.lowerBound
      partialNorms[piece] = Scalar.kernelDot(start, start, part.count)
    case .distance(let parameters, let start):
      var sum = 0.0
      for index in part {
        let offset = Double(parameters[index]) - Double(start[index])
        sum += offset * offset
      }
      partialDistances[piece] = sum
    case .ascent(let ascent):
      ascent.optimizer.ascend(
        ascent.parameters, gradient: ascent.gradient, moments: ascent.moments, count: count, part: part,
        factors: ascent.factors)
    case nil:
      break
    }
  }
}
