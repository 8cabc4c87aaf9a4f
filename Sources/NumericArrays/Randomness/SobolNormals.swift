/// Standard normals by the first points of Sobol's sequence, which every step shifts by random digits of its own: each is a standard
/// normal, and together they are more even than independent ones (Buchholz, Wenzel & Mandt 2018, "Quasi-Monte Carlo variational
/// inference", ICML).
public struct SobolNormals: Sendable {
  private let dimension: Int
  private let draws: Int
  /// `[dimension, draws]`, the digits of the points without a shift.
  private let digits: [UInt32]

  /// - Precondition: `SobolSequence` has so many axes.
  public init(dimension: Int, draws: Int) {
    self.dimension = dimension
    self.draws = draws
    let sequence = SobolSequence(dimension: dimension, seed: nil)
    var digits = [UInt32](repeating: 0, count: dimension * draws)
    for draw in 0..<draws {
      // Without a shift a point is a fraction of 32 digits, exactly.
      for (axis, coordinate) in sequence.point(draw).enumerated() {
        digits[axis * draws + draw] = UInt32(coordinate * 0x1p32)
      }
    }
    self.digits = digits
  }

  /// Fills `[dimension, draws]`, elements `stride` apart, with the normals of a step.
  public func fill<Scalar: KernelScalar>(
    _ out: UnsafeMutablePointer<Scalar>, stride: Int = 1, seed: UInt64, step: UInt64
  ) {
    let uniforms = NoiseStream(seed: seed, purpose: .fit).uniforms(count: dimension, step: step)
    for axis in 0..<dimension {
      let shift = UInt32(uniforms[axis] * 0x1p32)
      for place in axis * draws..<(axis + 1) * draws {
        // The middle of an interval of length 2^-32: never 0 or 1.
        let uniform = (Double(digits[place] ^ shift) + 0.5) * 0x1p-32
        out[place * stride] = Scalar(SpecialFunctions.normalQuantile(uniform))
      }
    }
  }
}
