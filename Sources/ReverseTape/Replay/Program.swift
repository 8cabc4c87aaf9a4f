/// A compiled tape: the instructions that its outputs need, in order, over one planned arena.
///
/// Immutable and shared between threads; each run replays it in an `Evaluator` of its own. What depends on constants
/// alone is computed once, when an evaluator is made.
public struct Program: Sendable {
  public let draws: Int
  /// Where each slot lies, by name.
  let slots: [String: Buffer]
  let outputs: [Buffer]
  let constants: [(offset: Int, values: [Double])]
  let indices: [[Int32]]
  let prologue: [Instruction]
  let body: [Instruction]
  /// The body in stages that a team can share; empty where it is small.
  let stages: [Stage]
  /// The shapes of the matrices whose nonzeros are listed.
  let listedShapes: [(rows: Int, columns: Int)]
  package let arenaSize: Int

  /// A stretch of the arena.
  struct Buffer: Sendable {
    var offset: Int
    var count: Int
  }

  /// The number of kernel calls of one replay.
  public var instructionCount: Int { body.count }

  /// The number of elements of each output's value for one draw, where all are per draw.
  public var outputWidths: [Int] { outputs.map { $0.count / draws } }

  /// The names of the slots that the outputs depend on.
  public var slotNames: Set<String> { Set(slots.keys) }

  /// Compiles what `outputs` need; all else on the tape is dropped.
  public init(_ tape: Tape, outputs: [Traced]) {
    var compiler = Compiler(tape: tape, outputs: outputs.map(\.id))
    compiler.compile()
    draws = tape.draws
    self.outputs = outputs.map { compiler.buffer(of: Int($0.id)) }
    slots = compiler.slots
    constants = compiler.constants
    indices = tape.indices
    prologue = compiler.prologue
    let plan = StagePlan(compiler.body)
    body = plan.instructions
    stages = plan.stages
    listedShapes = compiler.listed.map { ($0.rows, $0.columns) }
    arenaSize = max(1, compiler.arena.size)
  }
}
