public import CKernels

/// What noise is for. Two purposes never share a number, whatever their seed and step.
public enum NoisePurpose: UInt32, CaseIterable, Sendable {
  /// The samples of a fit's steps.
  case fit = 1
  /// The choice of data for a step.
  case minibatch
  /// The final evaluation, common to all runs of a model.
  case yardstick
  /// Starting values.
  case initial
  /// Simulated data.
  case data
  /// What a fitted model generates.
  case generation
  /// The points of a search.
  case search
  /// Draws from a fitted posterior.
  case posterior
  /// What a program's generated quantities draw: uniform numbers, and normal ones.
  case generatedUniforms
  case generatedNormals
  /// The draws by which the noise of gradients is measured.
  case gradientNoise
  /// Where chains start, their momenta, and what their transitions decide.
  case chainStart
  case momentum
  case transition
  /// The particles that are led to a posterior, their momenta, and what their transitions and resamplings decide.
  case annealing
  case annealingDecision
  /// The latents that data are simulated from, the data, and the draws of q that the latents are ranked among.
  case truth
  case simulation
  case truthRank
  /// Where the further starts of a pilot are, and the draws by which its climbs are judged.
  case dispersedStart
  case pilot
}

/// The random numbers of one seed and purpose: pure functions of a step and an index, by Philox4x32-10.
///
/// Nothing is consumed: the same call gives the same numbers, on any thread, in any order, after any restart.
public struct NoiseStream: Hashable, Sendable {
  public let seed: UInt64
  public let purpose: NoisePurpose

  @inlinable
  public init(seed: UInt64, purpose: NoisePurpose) {
    self.seed = seed
    self.purpose = purpose
  }

  /// Fills `[dimension, draws]` with standard normals. Element (d, s) depends on `firstDraw + s` and d, not on the
  /// shape: draws 0..<8 are the first eight of draws 0..<100.
  @inlinable
  public func fillNormals<Scalar: KernelScalar>(
    _ out: UnsafeMutablePointer<Scalar>, dimension: Int, draws: Int, firstDraw: Int = 0, step: UInt64
  ) {
    Scalar.kernelNormals(
      out, dimension: dimension, draws: draws, firstDraw: firstDraw,
      seed: seed, purpose: purpose.rawValue, step: step)
  }

  /// Standard normals `[dimension, draws]` in a new array.
  public func normals(dimension: Int, draws: Int, firstDraw: Int = 0, step: UInt64) -> [Double] {
    precondition(dimension >= 0 && draws >= 0 && firstDraw >= 0, "counts must not be negative")
    precondition(firstDraw + draws <= 1 << 32, "a stream has 2^32 draws")
    return Array(unsafeUninitializedCapacity: max(1, dimension * draws)) { buffer, count in
      if let base = buffer.baseAddress {
        fillNormals(base, dimension: dimension, draws: draws, firstDraw: firstDraw, step: step)
        count = dimension * draws
      }
    }
  }

  /// Fills `out` with uniforms in [0, 1).
  @inlinable
  public func fillUniforms<Scalar: KernelScalar>(
    _ out: UnsafeMutablePointer<Scalar>, count: Int, step: UInt64
  ) {
    Scalar.kernelUniforms(out, count, seed: seed, purpose: purpose.rawValue, step: step)
  }

  /// Uniforms in [0, 1) in a new array.
  public func uniforms(count: Int, step: UInt64) -> [Double] {
    precondition(count >= 0, "counts must not be negative")
    return Array(unsafeUninitializedCapacity: max(1, count)) { buffer, initialized in
      if let base = buffer.baseAddress {
        fillUniforms(base, count: count, step: step)
        initialized = count
      }
    }
  }

  /// Fills `out` with uniform integers in `0..<bound`, with repetition.
  @inlinable
  public func fillIndices(_ out: UnsafeMutablePointer<Int32>, count: Int, bound: Int, step: UInt64) {
    precondition(bound > 0 && bound <= Int(Int32.max), "the bound must be a positive 32-bit integer")
    wb_indices(out, count, UInt32(bound), seed, purpose.rawValue, step)
  }

  /// A uniform permutation of `0..<count`.
  public func permutation(count: Int, step: UInt64) -> [Int32] {
    var order = [Int32](repeating: 0, count: count)
    var positions = [Double](repeating: 0, count: count)
    fillPermutation(&order, positions: &positions, step: step)
    return order
  }

  /// Fills `order` with a uniform permutation of its indices (Fisher and Yates 1938, as in Durstenfeld 1964).
  ///
  /// - Parameter positions: room for as many uniforms.
  public func fillPermutation(_ order: inout [Int32], positions: inout [Double], step: UInt64) {
    precondition(order.count == positions.count, "a uniform for each place")
    positions.withUnsafeMutableBufferPointer { positions in
      if let start = positions.baseAddress { fillUniforms(start, count: positions.count, step: step) }
    }
    for index in order.indices { order[index] = Int32(index) }
    for last in stride(from: order.count - 1, to: 0, by: -1) {
      // A uniform below 1 times last + 1 may round up to last + 1.
      order.swapAt(last, min(last, Int(positions[last] * Double(last + 1))))
    }
  }
}
