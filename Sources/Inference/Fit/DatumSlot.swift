package import NumericArrays
package import ReverseTape

/// The slot of a program that holds the data of a step: all training data, or the next of an epoch's minibatches.
///
/// Every epoch takes the data in a permutation of its own, from the seed's stream, and drops the rows that do not fill a
/// minibatch.
package struct DatumSlot<Scalar: KernelScalar> {
  private let slot: UnsafeMutableBufferPointer<Scalar>
  private let data: DataRows
  private let copier: RowCopy<Scalar>
  private let size: Int
  private let samples: Int
  private let order: NoiseStream
  private let coins: NoiseStream
  private let isMinibatch: Bool
  private var permutation: [Int32]
  private var positions: [Double]
  private var epoch: Int?

  /// - Parameter size: the rows of a minibatch; nil: all rows, in order.
  package init?(
    _ evaluator: Evaluator<Scalar>, data: DataRows, size: Int?, samples: Int, seed: UInt64,
    team: Team = Team()
  ) {
    guard let slot = evaluator.slot(BoundTape.datumSlot) else { return nil }
    self.init(slot, data: data, size: size, samples: samples, seed: seed, team: team)
  }

  /// - Parameter slot: memory for `[width, size · samples]`.
  package init(
    _ slot: UnsafeMutableBufferPointer<Scalar>, data: DataRows, size: Int?, samples: Int, seed: UInt64,
    team: Team = Team()
  ) {
    self.slot = slot
    self.data = data
    self.size = size ?? data.rowCount
    copier = RowCopy(data, count: self.size, team: team)
    self.samples = samples
    isMinibatch = size != nil
    order = NoiseStream(seed: seed, purpose: .minibatch)
    coins = NoiseStream(seed: seed, purpose: .data)
    permutation = Array(0..<Int32(data.rowCount))
    positions = [Double](repeating: 0, count: isMinibatch ? data.rowCount : 0)
  }

  /// Copies the rows of a step into the slot, once for each sample.
  package mutating func fill(step: Int) {
    let batches = data.rowCount / size
    let newEpoch = step / batches
    if newEpoch != epoch {
      if isMinibatch {
        order.fillPermutation(&permutation, positions: &positions, step: UInt64(newEpoch))
      } else if epoch != nil, data.binarization != .dynamic {
        return
      }
      epoch = newEpoch
    } else if !isMinibatch {
      return
    }
    guard let out = slot.baseAddress else { return }
    let first = (step % batches) * size
    permutation.withUnsafeBufferPointer { permutation in
      let chosen = UnsafeBufferPointer(rebasing: permutation[first..<first + size])
      for sample in 0..<samples {
        copier.copy(
          chosen, to: out + sample * size, stride: size * samples, coins: coins, epoch: newEpoch)
      }
    }
  }
}
