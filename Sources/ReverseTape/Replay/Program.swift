import CKernels

/// A compiled tape: the instructions that its outputs need, in order, over one planned arena.
///
/// Immutable and shared between threads; each run replays it in an `Evaluator` of its own. What depends on constants
/// alone is computed once, when an evaluator is made.
///
/// A program for several lanes computes as many runs at once: every value that depends on a slot is laid out
/// `[elements, draws, lanes]`, and each lane has the bits that it has alone.
public struct Program: Sendable {
  public let draws: Int
  /// The number of runs that a replay is for.
  public let lanes: Int
  /// Where each slot lies, by name.
  let slots: [String: Buffer]
  /// The slots whose rows are read where they lie, in the order of their numbers.
  let pickedSlots: [String]
  let outputs: [Buffer]
  let constants: [(offset: Int, values: [Double])]
  let indices: [[Int32]]
  let prologue: [Instruction]
  let body: Body
  let furtherBody: Body
  /// The calls that single instructions stand for.
  let loneCalls: [wb_call]
  /// The densities that others compute.
  let densities: [any ExternalDensity]
  /// The shapes of the matrices whose nonzeros are listed.
  let listedShapes: [(rows: Int, columns: Int)]
  let arenaSize: Int

  /// A stretch of the arena.
  struct Buffer: Sendable {
    var offset: Int
    var count: Int
    /// The lanes in it, innermost: one where no slot has a say in it.
    var lanes: Int
  }

  /// What a replay executes: calls of small kernels, which one walk in C makes; or, where a product is one for BLAS or an
  /// operation has no such call, instructions one by one.
  struct Body: Sendable {
    var instructions: [Instruction] = []
    /// nil where one instruction has none.
    var calls: [wb_call]? = []
    /// The instructions in stages that a team can share; empty where the body is small.
    var stages: [Stage] = []

    /// - Parameter product: the place among the operands of a node of the product that the last call computes for it alone;
    ///   nil where that is not so.
    mutating func append(_ instructions: [Instruction], _ calls: [wb_call]?, product: Int? = nil) {
      self.instructions += instructions
      if let product, let last = self.calls?.popLast(), let sum = calls?.first {
        self.calls? += sum.joined(to: last, at: product).map { [$0] } ?? [last, sum]
        return
      }
      guard let calls, var all = self.calls else {
        self.calls = nil
        return
      }
      for call in calls {
        if let last = all.last, call.isSlope(of: last) {
          all[all.count - 1].kernel = Int32(WB_SOFTPLUS_SIGMOID.rawValue)
          all[all.count - 1].b = call.out
        } else {
          all.append(call)
        }
      }
      self.calls = all
    }

    /// The body with its stages.
    func staged() -> Body {
      let plan = StagePlan(instructions)
      return Body(instructions: plan.instructions, calls: calls, stages: plan.stages)
    }
  }

  /// The most numbers that a point of an external density has, or 0.
  var largestPoint: Int {
    (prologue + body.instructions + furtherBody.instructions).reduce(0) { largest, instruction in
      if case .externalDensity = instruction.kernel { max(largest, instruction.rows) } else { largest }
    }
  }

  /// The number of kernel calls of one replay.
  public var instructionCount: Int { body.instructions.count }

  /// The number of elements of each output's value for one draw, where all are per draw.
  public var outputWidths: [Int] { outputs.map { $0.count / draws / $0.lanes } }

  /// The names of the slots that the outputs depend on.
  public var slotNames: Set<String> { Set(slots.keys).union(pickedSlots) }

  /// The number of a slot whose rows are read where they lie: it has no memory, and `Evaluator.pick` says which they are.
  public func pickedNumber(of slot: String) -> Int? { pickedSlots.firstIndex(of: slot) }

  /// The number of scalars that a replay works in.
  public var size: Int { arenaSize }

  /// Whether the same tape can be compiled for several lanes: nothing in it is too big to be worth it.
  public var allowsLanes: Bool { body.calls != nil && furtherBody.calls != nil }

  /// Compiles what `outputs` need; all else on the tape is dropped.
  ///
  /// - Parameters:
  ///   - further: outputs that are computed when they are asked for, after the others; numbered after them.
  ///   - lanes: 1, or a multiple of `laneBlock`.
  /// - Precondition: a program for several lanes `allowsLanes`.
  public init(_ tape: Tape, outputs: [Traced], further: [Traced] = [], lanes: Int = 1) {
    precondition(lanes == 1 || lanes.isMultiple(of: Self.laneBlock), "lanes come in blocks")
    var compiler = Compiler(
      tape: tape, outputs: outputs.map(\.id), further: further.map(\.id), lanes: lanes)
    compiler.compile()
    draws = tape.draws
    self.lanes = lanes
    self.outputs = (outputs + further).map { compiler.buffer(of: Int($0.id)) }
    slots = compiler.slots
    pickedSlots = compiler.picked.map(compiler.slotName)
    constants = compiler.constants
    indices = tape.indices
    prologue = compiler.prologue
    body = compiler.body.staged()
    furtherBody = compiler.furtherBody.staged()
    loneCalls = compiler.loneCalls
    densities = tape.densities
    listedShapes = compiler.listed.map { ($0.rows, $0.columns) }
    // Padded reads go past the end of the last buffer.
    arenaSize = compiler.arena.size + ArenaPlan.alignment
    precondition(lanes == 1 || allowsLanes, "a program for several lanes has calls alone")
  }

  /// The lanes of a replay are a multiple of this.
  public static let laneBlock = 8
}

extension wb_call {
  /// Whether this is the slope of softplus at the place where the last call takes softplus itself.
  fileprivate func isSlope(of last: wb_call) -> Bool {
    last.kernel == WB_SOFTPLUS.rawValue && kernel == WB_SIGMOID.rawValue && last.a == a && last.out != last.a
      && last.extent.2 == extent.2 && last.padded == padded
  }
}
