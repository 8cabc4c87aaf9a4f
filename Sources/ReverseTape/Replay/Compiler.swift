import CKernels
import NumericArrays

/// Turns the nodes that the outputs need into instructions and plans every buffer.
struct Compiler {
  let tape: Tape
  /// How many runs a replay is for: what depends on a slot has this many values, innermost.
  let lanes: Int
  private let outputs: [Int32]
  private let further: [Int32]
  private(set) var needed: [Bool] = []
  /// The nodes in the order in which they are computed: what the outputs need, then what the further ones need besides.
  private var order: [Int] = []
  /// Whether a node depends on constants alone, so that it is computed once.
  private(set) var isFixed: [Bool] = []
  /// Whether a node is its operand's memory, so that there is nothing to compute.
  private(set) var isView: [Bool] = []
  /// The node whose buffer a node's value lies in, and where in it: views share their operand's buffer, and parts of a
  /// concatenation its.
  private var roots: [Int] = []
  private var rootOffsets: [Int] = []
  /// The last node that reads a root; `.max` for what must outlive the replay.
  private var lastUses: [Int] = []
  private var offsets: [Int]
  /// Where the factors of matrices that are inverted are worked out, one after another; nil where none is.
  private var factorOffset: Int?

  private(set) var arena = ArenaPlan()
  private(set) var slots: [String: Program.Buffer] = [:]
  private(set) var constants: [(offset: Int, values: [Double])] = []
  private(set) var prologue: [Instruction] = []
  /// The last node with calls; nil where it has none in the body.
  private var lastEmitted: Int?
  private(set) var body = Program.Body()
  private(set) var furtherBody = Program.Body()
  /// Where the transposes of constants lie that are multiplied by one column.
  private(set) var transposes: [Int: Int] = [:]
  /// The calls that instructions stand for.
  var loneCalls: [wb_call] = []
  /// The slots whose nonzeros are listed, by the shape of their matrices.
  var listed: [(slot: Int, rows: Int, columns: Int)] = []
  /// The slots whose rows are read where they lie.
  private(set) var picked: [Int] = []

  init(tape: Tape, outputs: [Int32], further: [Int32], lanes: Int) {
    self.tape = tape
    self.outputs = outputs
    self.further = further
    self.lanes = lanes
    offsets = [Int](repeating: -1, count: tape.nodes.count)
  }

  mutating func compile() {
    findNeeded()
    findFixedAndViews()
    placeParts()
    picked = slotsToPick(outputs: outputs + further)
    let early = needs(of: outputs)
    order = evaluationOrder(of: early)
    order = evaluationOrder(of: needed, after: order)
    findLastUses()
    // What stays for good goes first, so that no buffer of the body is placed over it.
    for id in tape.nodes.indices where needed[id] && roots[id] == id && isPinned(id) && !picked.contains(id) {
      offsets[id] = arena.allocate(size(of: id))
    }
    for id in order { transposeFactor(of: id) }
    let factorSize = order.map(factorSize(of:)).max() ?? 0
    if factorSize > 0 { factorOffset = arena.allocate(factorSize) }
    for id in order { emit(id, isFurther: !early[id]) }
  }

  func buffer(of id: Int) -> Program.Buffer {
    Program.Buffer(
      offset: offsets[roots[id]] + rootOffsets[id], count: size(of: id), lanes: laneCount(of: id))
  }

  private mutating func findNeeded() {
    needed = needs(of: outputs + further)
  }

  private func needs(of outputs: [Int32]) -> [Bool] {
    var needed = [Bool](repeating: false, count: tape.nodes.count)
    for id in outputs { needed[Int(id)] = true }
    for id in tape.nodes.indices.reversed() where needed[id] {
      for operand in tape.nodes[id].operands { needed[Int(operand)] = true }
    }
    return needed
  }

  private mutating func findFixedAndViews() {
    isView = [Bool](repeating: false, count: tape.nodes.count)
    isFixed = [Bool](repeating: false, count: tape.nodes.count)
    roots = Array(tape.nodes.indices)
    rootOffsets = [Int](repeating: 0, count: tape.nodes.count)
    for (id, node) in tape.nodes.enumerated() where needed[id] {
      switch node.operation {
      case .constant: isFixed[id] = true
      case .slot: isFixed[id] = false
      default: isFixed[id] = node.operands.allSatisfy { isFixed[Int($0)] }
      }
      switch node.operation {
      case .slice(let start): view(id, from: start * drawCount(of: node.layout) * laneCount(of: id))
      case .reshape, .externalValue, .stopGradient, .drawsAsColumns, .columnsAsDraws: view(id, from: 0)
      // The same memory: one draw summed or one element spread.
      case .sumDraws where tape.draws == 1: view(id, from: 0)
      case .expand where size(of: id) == size(of: Int(node.operands[0])): view(id, from: 0)
      default: break
      }
    }
  }

  private mutating func view(_ id: Int, from start: Int) {
    let operand = Int(tape.nodes[id].operands[0])
    isView[id] = true
    roots[id] = roots[operand]
    rootOffsets[id] = rootOffsets[operand] + start
  }

  /// Lets the parts of a concatenation be computed where they belong, rather than copied there: a part whose whole
  /// buffer is the part, in the first concatenation that wants it.
  private mutating func placeParts() {
    var places: [Int: (whole: Int, start: Int)] = [:]
    for (id, node) in tape.nodes.enumerated() where needed[id] && node.operation == .concatenate {
      var start = 0
      for operand in node.operands.map(Int.init) {
        let root = roots[operand]
        if size(of: root) == size(of: operand), canMove(root), isFixed[root] == isFixed[id],
          places[root] == nil
        {
          places[root] = (id, start)
        }
        // A fixed part takes as many places as the others: it is spread over the lanes.
        start += size(of: operand) / laneCount(of: operand) * laneCount(of: id)
      }
    }
    for id in tape.nodes.indices {
      while let place = places[roots[id]] {
        roots[id] = place.whole
        rootOffsets[id] += place.start
      }
    }
  }

  /// Whether a node is computed into a buffer, rather than given in one.
  private func canMove(_ id: Int) -> Bool {
    switch tape.nodes[id].operation {
    case .constant, .slot: false
    default: true
    }
  }

  private mutating func findLastUses() {
    lastUses = [Int](repeating: -1, count: tape.nodes.count)
    for id in order {
      for operand in tape.nodes[id].operands { lastUses[roots[Int(operand)]] = id }
    }
    for id in outputs + further { lastUses[roots[Int(id)]] = .max }
  }

  private func isPinned(_ id: Int) -> Bool {
    if case .slot = tape.nodes[id].operation { return true }
    return isFixed[id] || lastUses[id] == .max
  }

  /// Whether a node has a buffer of its own that nothing reads after a certain one.
  func isTemporary(_ id: Int, until last: Int) -> Bool {
    roots[id] == id && lastUses[id] == last && !isPinned(id)
  }

  /// The name of a picked slot.
  func slotName(of id: Int) -> String {
    guard case .slot(let index) = tape.nodes[id].operation else { preconditionFailure("no slot") }
    return tape.slots[index].name
  }

  func drawCount(of layout: Layout) -> Int { layout.extent == .perDraw ? tape.draws : 1 }

  /// What depends on constants alone is one value for all lanes.
  func laneCount(of id: Int) -> Int { isFixed[id] ? 1 : lanes }

  func size(of id: Int) -> Int {
    let layout = tape.nodes[id].layout
    return layout.shape.count * drawCount(of: layout) * laneCount(of: id)
  }

  private func factorSize(of id: Int) -> Int {
    switch tape.nodes[id].operation {
    case .inverse, .logDeterminant: size(of: Int(tape.nodes[id].operands[0]))
    case .logAbsoluteDeterminant: tape.nodes[Int(tape.nodes[id].operands[0])].layout.shape.count
    default: 0
    }
  }

  /// Lays out the transpose of a constant that a node multiplies by one column, so that vectors run along its rows.
  private mutating func transposeFactor(of id: Int) {
    guard case .product(transposed: false) = tape.nodes[id].operation, size(of: id) > 1, !isFixed[id],
      size(of: id) == tape.nodes[id].layout.shape.rows
    else { return }
    let factor = Int(tape.nodes[id].operands[0])
    let shape = tape.nodes[factor].layout.shape
    guard case .constant(let index) = tape.nodes[factor].operation, transposes[factor] == nil,
      Products.isSmall(m: shape.rows, k: shape.columns, n: 1)
    else { return }
    let values = tape.constants[index]
    let offset = arena.allocate(shape.count)
    transposes[factor] = offset
    constants.append(
      (
        offset,
        (0..<shape.count).map { values[$0 % shape.rows * shape.columns + $0 / shape.rows] }
      ))
  }

  /// The room for the factor of a matrix.
  func factorRoom(of id: Int) -> Int { factorOffset ?? 0 }

  /// Whether a value may be written past its end up to a multiple of `ArenaPlan.alignment`: its buffer is its own.
  func mayBePadded(_ id: Int) -> Bool {
    roots[id] == id || size(of: id).isMultiple(of: ArenaPlan.alignment)
  }

  // MARK: Emission

  private mutating func emit(_ id: Int, isFurther: Bool) {
    let node = tape.nodes[id]
    switch node.operation {
    case .constant(let index):
      constants.append((offsets[id], tape.constants[index]))
      return
    case .slot(let index):
      if !picked.contains(id) { slots[tape.slots[index].name] = buffer(of: id) }
      return
    default: break
    }
    if isView[id] { return }
    let root = roots[id]
    let reusable = root == id && offsets[id] < 0 ? operandToOverwrite(by: id) : nil
    if let reusable {
      offsets[id] = offsets[reusable]
    } else if offsets[root] < 0 {
      offsets[root] = arena.allocate(size(of: root))
    }
    let list = listing(for: id)
    let product = productToJoin(id, after: lastEmitted)
    lastEmitted = isFixed[id] ? nil : id
    if isFixed[id] {
      prologue += instructions(for: id)
    } else if isFurther {
      furtherBody.append(list + instructions(for: id), calls(for: id), product: product)
    } else {
      body.append(list + instructions(for: id), calls(for: id), product: product)
    }
    for root in Set(node.operands.map { roots[Int($0)] })
    where lastUses[root] == id && !isPinned(root) && root != reusable {
      arena.release(offsets[root], size(of: root))
    }
  }

  /// An operand that dies in an elementwise operation of the same layout: the result takes its buffer, unless the other operand
  /// is a part of it that is read again after its place was written.
  private func operandToOverwrite(by id: Int) -> Int? {
    let node = tape.nodes[id]
    switch node.operation {
    case .unary, .binary: break
    default: return nil
    }
    return node.operands.lazy.map(Int.init).first { operand in
      roots[operand] == operand && tape.nodes[operand].layout == node.layout && lastUses[operand] == id
        && !isPinned(operand)
        && node.operands.map(Int.init).allSatisfy { other in
          roots[other] != operand || (rootOffsets[other] == 0 && size(of: other) == size(of: operand))
        }
    }
  }
}
