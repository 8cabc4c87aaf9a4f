import NumericArrays

/// Divides a program's instructions into stages: neighbouring elementwise instructions of one size become bands of rows,
/// large products become blocks.
struct StagePlan {
  private(set) var instructions: [Instruction] = []
  /// Empty where no instruction is large enough to be divided.
  private(set) var stages: [Stage] = []

  init(_ body: [Instruction]) {
    instructions = Self.merged(body)
    var index = 0
    while index < instructions.count {
      let end = endOfBands(from: index)
      if end > index {
        let size = instructions[index].bandRows * instructions[index].bandWidth
        stages.append(Stage(instructions: index..<end, division: .bands, pieces: min(16, size / 8192)))
        index = end
      } else {
        add(Stage(instructions[index], at: index))
        index += 1
      }
    }
    if stages.allSatisfy({ $0.pieces == 1 }) { stages = [] }
  }

  /// Undivided neighbours are one stage.
  private mutating func add(_ stage: Stage) {
    if stage.division == .none, let last = stages.last, last.division == .none {
      stages[stages.count - 1].instructions = last.instructions.lowerBound..<stage.instructions.upperBound
    } else {
      stages.append(stage)
    }
  }

  /// Where the instructions end that can be carried out band by band together with the one at `start`.
  private func endOfBands(from start: Int) -> Int {
    let first = instructions[start]
    guard first.isBanded, first.bandRows * first.bandWidth >= Stage.smallestDivided, first.bandRows > 1 else {
      return start
    }
    var accesses = first.accesses
    var end = start + 1
    while end < instructions.count {
      let next = instructions[end]
      guard next.isBanded, next.bandRows == first.bandRows, next.bandWidth == first.bandWidth else { break }
      let more = next.accesses
      guard more.allSatisfy({ new in accesses.allSatisfy { $0.allowsBands(with: new) } }) else { break }
      accesses += more
      end += 1
    }
    return end
  }

  /// Softplus followed by its slope at the same place becomes one instruction.
  private static func merged(_ body: [Instruction]) -> [Instruction] {
    var merged: [Instruction] = []
    for instruction in body {
      if case .unary(.sigmoid) = instruction.kernel, let last = merged.last,
        case .unary(.softplus) = last.kernel, last.a == instruction.a, last.out != last.a,
        last.rows == instruction.rows, last.draws == instruction.draws
      {
        merged[merged.count - 1].kernel = .softplusSigmoid
        merged[merged.count - 1].b = instruction.out
      } else {
        merged.append(instruction)
      }
    }
    return merged
  }
}

/// Memory that an instruction reads or writes: row r of it starts at `start + r · pitch`.
private struct Access {
  var start: Int
  var count: Int
  var pitch: Int
  var isWrite: Bool

  /// Whether two accesses keep their order when rows are taken in bands: nothing is written that another band uses.
  func allowsBands(with other: Access) -> Bool {
    if !isWrite, !other.isWrite { return true }
    if start + count <= other.start || other.start + other.count <= start { return true }
    return start == other.start && pitch == other.pitch && pitch > 0 && count == other.count
  }
}

extension Instruction {
  /// Whether row r of the result depends on row r of the operands alone.
  fileprivate var isBanded: Bool {
    switch kernel {
    case .unary, .binary, .softplusSigmoid, .sumDraws: true
    default: false
    }
  }

  fileprivate var bandRows: Int { rows }
  fileprivate var bandWidth: Int { draws }

  fileprivate var accesses: [Access] {
    let size = rows * draws
    func whole(_ start: Int, isWrite: Bool) -> Access {
      Access(start: start, count: size, pitch: draws, isWrite: isWrite)
    }
    switch kernel {
    case .softplusSigmoid:
      return [whole(a, isWrite: false), whole(out, isWrite: true), whole(b, isWrite: true)]
    case .binary:
      let operands = [(a, aStrides), (b, bStrides)].map { start, strides in
        let width = strides.draw == 0 ? 1 : draws
        return Access(
          start: start, count: (rows - 1) * strides.row + width, pitch: strides.row, isWrite: false)
      }
      return operands + [whole(out, isWrite: true)]
    case .sumDraws:
      return [
        whole(a, isWrite: false), Access(start: out, count: rows, pitch: 1, isWrite: true),
      ]
    default:
      return [whole(a, isWrite: false), whole(out, isWrite: true)]
    }
  }

  /// The instruction for some rows of an elementwise result.
  func restricted(to part: Range<Int>) -> Instruction {
    var result = self
    result.rows = part.count
    result.out += part.lowerBound * (isSum ? 1 : draws)
    switch kernel {
    case .binary:
      result.a += part.lowerBound * aStrides.row
      result.b += part.lowerBound * bStrides.row
    case .softplusSigmoid:
      result.a += part.lowerBound * draws
      result.b += part.lowerBound * draws
    default:
      result.a += part.lowerBound * draws
    }
    return result
  }

  private var isSum: Bool { if case .sumDraws = kernel { true } else { false } }
}
