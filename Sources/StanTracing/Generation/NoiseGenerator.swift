import NumericArrays

/// The random numbers of one draw of the generated quantities: they depend on the seed, the draw and their place alone.
final class NoiseGenerator: StanGenerator {
  private var uniforms: Numbers
  private var normals: Numbers

  init(seed: UInt64, draw: Int) {
    uniforms = Numbers(NoiseStream(seed: seed, purpose: .generatedUniforms), draw)
    normals = Numbers(NoiseStream(seed: seed, purpose: .generatedNormals), draw)
  }

  /// The stream has zeros, where logarithms are asked for: its smallest other number is 2⁻⁵³.
  func uniform() -> Double { max(uniforms.next { $0.uniforms(count: Numbers.blockSize, step: $1) }, 0x1p-54) }

  func normal() -> Double {
    normals.next { $0.normals(dimension: Numbers.blockSize, draws: 1, step: $1) }
  }

  /// Numbers that are made a block at a time, a step of the stream each.
  private struct Numbers {
    static let blockSize = 32

    private let stream: NoiseStream
    private var step: UInt64
    private var rest: ArraySlice<Double> = []

    init(_ stream: NoiseStream, _ draw: Int) {
      self.stream = stream
      step = UInt64(draw) << 32
    }

    mutating func next(_ block: (NoiseStream, UInt64) -> [Double]) -> Double {
      if let number = rest.popFirst() { return number }
      rest = block(stream, step)[...]
      step += 1
      return rest.removeFirst()
    }
  }
}
