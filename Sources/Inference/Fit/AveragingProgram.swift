import NumericArrays
import ReverseTape

/// A program whose outputs are averages over rows, compiled for a chunk of them: what is computed of a chunk stays in the
/// processor's cache, and memory does not grow with the rows.
struct AveragingProgram: Sendable {
  /// 1,024 rows of 16 columns are 128 KB, which a second-level cache holds several of.
  static let size = 1024

  /// Chunks of one size, and the number of chunks before them.
  fileprivate let parts: [(program: Program, firstChunk: Int)]
  fileprivate let rowCount: Int

  fileprivate var chunks: Int { (rowCount + Self.size - 1) / Self.size }

  /// - Parameter record: the program for a number of rows.
  init(rows: Int, record: (Int) -> Program) {
    precondition(rows > 0, "a program over no rows")
    rowCount = rows
    let whole = rows / Self.size
    let rest = rows % Self.size
    var parts: [(program: Program, firstChunk: Int)] = []
    if whole > 0 { parts.append((record(Self.size), 0)) }
    if rest > 0 { parts.append((record(rest), whole)) }
    self.parts = parts
  }
}

/// Evaluates an averaging program.
final class AveragingEvaluator {
  private let program: AveragingProgram
  private let team: Team
  /// Of every member, for every part.
  private let evaluators: [[Evaluator<Double>]]

  init(_ program: AveragingProgram, team: Team) {
    self.program = program
    self.team = team
    evaluators = (0..<min(team.threads, program.chunks)).map { _ in
      program.parts.map { Evaluator($0.program) }
    }
  }

  /// The outputs, averaged over the rows.
  ///
  /// - Parameters:
  ///   - data: the rows `[width, rows]`.
  ///   - inputs: the values of the other slots; those that the program has not are left out.
  func run(data: UnsafeBufferPointer<Double>, inputs: [(String, [Double])]) -> [[Double]] {
    for evaluator in evaluators.joined() {
      for (name, values) in inputs {
        guard let slot = evaluator.slot(name) else { continue }
        for index in slot.indices { slot[index] = values[index] }
      }
    }
    var sums = team.sum(chunks: program.chunks, members: evaluators.count) { member, chunk in
      let part = program.parts.count > 1 && chunk == program.parts[1].firstChunk ? 1 : 0
      return run(evaluators[member][part], data: data, firstRow: chunk * AveragingProgram.size)
    }[...]
    return program.parts[0].program.outputWidths.indices.map { index in
      let count = evaluators[0][0].output(index).count
      defer { sums = sums.dropFirst(count) }
      return Array(sums.prefix(count))
    }
  }

  /// The outputs for a chunk, one after another, times its share of the rows.
  private func run(_ evaluator: Evaluator<Double>, data: UnsafeBufferPointer<Double>, firstRow: Int)
    -> [Double]
  {
    let rows = evaluator.program.draws
    if let target = evaluator.slot(BoundTape.datumSlot)?.baseAddress, let source = data.baseAddress {
      for column in 0..<data.count / program.rowCount {
        (target + column * rows).update(from: source + column * program.rowCount + firstRow, count: rows)
      }
    }
    evaluator.run()
    let weight = Double(rows) / Double(program.rowCount)
    return evaluator.program.outputWidths.indices.flatMap { evaluator.output($0).map { weight * $0 } }
  }
}
