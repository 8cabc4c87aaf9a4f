import NumericArrays
import ReverseTape

/// A program whose outputs are averages over rows, compiled for a chunk of them: what is computed of a chunk stays in the
/// processor's cache, and memory does not grow with the rows.
struct AveragingProgram: Sendable {
  /// 1,024 rows of 16 columns are 128 KB, which a second-level cache holds several of.
  static let size = 1024

  fileprivate let parts: [(program: Program, firstRow: Int, chunks: Int)]
  fileprivate let rowCount: Int
  let draws: Int

  var instructionCount: Int { parts.reduce(0) { $0 + $1.program.instructionCount * $1.chunks } }

  /// - Parameter record: the program for a number of rows.
  init(rows: Int, record: (Int) -> Program) {
    precondition(rows > 0, "a program over no rows")
    rowCount = rows
    let whole = rows / Self.size
    let rest = rows % Self.size
    var parts: [(program: Program, firstRow: Int, chunks: Int)] = []
    if whole > 0 { parts.append((record(Self.size), 0, whole)) }
    if rest > 0 { parts.append((record(rest), whole * Self.size, 1)) }
    self.parts = parts
    draws = parts[0].program.draws
  }
}

/// Evaluates an averaging program.
final class AveragingEvaluator {
  private let program: AveragingProgram
  private let evaluators: [Evaluator<Double>]

  init(_ program: AveragingProgram) {
    self.program = program
    evaluators = program.parts.map { Evaluator($0.program) }
  }

  /// The outputs, averaged over the rows.
  ///
  /// - Parameters:
  ///   - data: the rows `[width, rows]`.
  ///   - inputs: the values of the other slots; those that the program has not are left out.
  func run(data: UnsafeBufferPointer<Double>, inputs: [(String, [Double])]) -> [[Double]] {
    var outputs: [[Double]] = []
    for (part, evaluator) in zip(program.parts, evaluators) {
      for (name, values) in inputs {
        guard let slot = evaluator.slot(name) else { continue }
        for index in slot.indices { slot[index] = values[index] }
      }
      let rows = part.program.draws
      for chunk in 0..<part.chunks {
        copy(data, from: part.firstRow + chunk * rows, to: evaluator.slot(BoundTape.datumSlot), rows: rows)
        evaluator.run()
        add(evaluator, weight: Double(rows) / Double(program.rowCount), to: &outputs)
      }
    }
    return outputs
  }

  private func copy(
    _ data: UnsafeBufferPointer<Double>, from first: Int, to slot: UnsafeMutableBufferPointer<Double>?,
    rows: Int
  ) {
    guard let target = slot?.baseAddress, let source = data.baseAddress else { return }
    for column in 0..<data.count / program.rowCount {
      (target + column * rows).update(from: source + column * program.rowCount + first, count: rows)
    }
  }

  private func add(_ evaluator: Evaluator<Double>, weight: Double, to outputs: inout [[Double]]) {
    let count = evaluator.program.outputWidths.count
    if outputs.isEmpty {
      outputs = (0..<count).map { evaluator.output($0).map { weight * $0 } }
      return
    }
    for index in 0..<count {
      for (place, value) in evaluator.output(index).enumerated() { outputs[index][place] += weight * value }
    }
  }
}
