import NumericArrays
import ReverseTape

/// A program of one datum for each draw, replayed over any number of them, a chunk at a time.
struct ChunkedProgram {
  /// The data of a chunk.
  static let chunk = 200

  /// What a slot `[elements]` per draw is filled with.
  enum Input {
    /// The rows of some data.
    case rows(DataRows)
    /// Given numbers, row-major `[count, elements]`.
    case numbers([Double])
    /// Standard normals: those of datum i depend on the stream, the step and i alone.
    case normals(NoiseStream, step: UInt64)
    /// Uniforms in [0, 1), likewise.
    case uniforms(NoiseStream, step: UInt64)
  }

  private let program: Program
  private let shared: [String: [Double]]

  /// - Parameters:
  ///   - outputs: vectors, shared or per draw.
  ///   - shared: what the shared slots hold.
  init(_ tape: Tape, outputs: [Traced], shared: [String: [Double]]) {
    precondition(tape.draws == Self.chunk, "a tape of another size than a chunk")
    program = Program(tape, outputs: outputs.map { $0.expanded(to: Layout($0.shape, .perDraw)) })
    self.shared = shared
  }

  /// The outputs for `count` data, each row-major `[count, elements]`.
  func values(_ count: Int, _ inputs: [String: Input], _ precision: Precision) -> [[Double]] {
    switch precision {
    case .float64: values(count, inputs, Evaluator<Double>(program))
    case .float32: values(count, inputs, Evaluator<Float>(program))
    }
  }

  private func values<Scalar: KernelScalar>(
    _ count: Int, _ inputs: [String: Input], _ evaluator: Evaluator<Scalar>
  ) -> [[Double]] {
    for (name, values) in shared {
      guard let slot = evaluator.slot(name) else { continue }
      for index in slot.indices { slot[index] = Scalar(values[index]) }
    }
    let widths = program.outputWidths
    var results = widths.map { [Double](repeating: 0, count: $0 * count) }
    for first in stride(from: 0, to: count, by: Self.chunk) {
      let size = min(Self.chunk, count - first)
      for (name, input) in inputs {
        guard let slot = evaluator.slot(name) else { continue }
        fill(slot, with: input, first: first, count: size)
      }
      evaluator.run()
      for (index, width) in widths.enumerated() {
        let output = evaluator.output(index)
        for place in 0..<size {
          for element in 0..<width {
            results[index][(first + place) * width + element] = Double(output[element * Self.chunk + place])
          }
        }
      }
    }
    return results
  }

  /// Writes a chunk of an input; where it is not full, the rest repeats its last datum, which is not read.
  private func fill<Scalar: KernelScalar>(
    _ slot: UnsafeMutableBufferPointer<Scalar>, with input: Input, first: Int, count: Int
  ) {
    guard let start = slot.baseAddress else { return }
    let width = slot.count / Self.chunk
    switch input {
    case .rows(let rows):
      RowCopy<Scalar>(rows, count: Self.chunk, team: Team()).copyChunk(
        from: first, to: start, chunk: Self.chunk)
    case .numbers(let numbers):
      for place in 0..<Self.chunk {
        let row = first + min(place, count - 1)
        for element in 0..<width {
          slot[element * Self.chunk + place] = Scalar(numbers[row * width + element])
        }
      }
    case .normals(let stream, let step):
      stream.fillNormals(start, dimension: width, draws: Self.chunk, firstDraw: first, step: step)
    case .uniforms(let stream, let step):
      var numbers = [Scalar](repeating: 0, count: width)
      for place in 0..<Self.chunk {
        numbers.withUnsafeMutableBufferPointer {
          guard let start = $0.baseAddress else { return }
          stream.fillUniforms(start, count: width, step: step << 32 | UInt64(first + place))
        }
        for element in 0..<width { slot[element * Self.chunk + place] = numbers[element] }
      }
    }
  }
}
