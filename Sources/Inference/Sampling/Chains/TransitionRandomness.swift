import NumericArrays

/// The uniform numbers of one transition of one chain, as many as it takes: keyed by seed, chain and iteration.
struct TransitionRandomness {
  private static let block = 32
  private let stream: NoiseStream
  private let key: UInt64
  private var numbers: [Double] = []
  private var blocks: UInt64 = 0
  private var position = block

  init(seed: UInt64, chain: Int, iteration: Int) {
    stream = NoiseStream(seed: seed, purpose: .transition)
    key = UInt64(chain) << 52 | UInt64(iteration) << 16
  }

  /// In [0, 1).
  mutating func next() -> Double {
    if position == Self.block {
      numbers = stream.uniforms(count: Self.block, step: key | blocks)
      blocks += 1
      position = 0
    }
    position += 1
    return numbers[position - 1]
  }
}
