/// The order in which nodes are computed: that of the tape, but large elementwise nodes follow one of the same layout as
/// soon as their operands are there, so that a band of rows goes through all of them while it is in the cache; and the slope
/// of softplus follows it.
extension Compiler {
  /// - Parameters:
  ///   - candidates: the nodes that are wanted.
  ///   - placed: those of them that come first, in their order.
  func evaluationOrder(of candidates: [Bool], after placed: [Int] = []) -> [Int] {
    var isPlaced = [Bool](repeating: false, count: tape.nodes.count)
    for id in placed { isPlaced[id] = true }
    var order = placed
    func place(_ id: Int) {
      isPlaced[id] = true
      order.append(id)
      if let slope = slopeOfSoftplus(id), candidates[slope], !isPlaced[slope] { place(slope) }
    }
    let bands = Dictionary(
      grouping: tape.nodes.indices.filter {
        candidates[$0] && !isPlaced[$0] && bandLayout(of: $0) != nil
      }, by: bandLayout)
    for id in tape.nodes.indices where candidates[id] && !isPlaced[id] {
      place(id)
      guard let layout = bandLayout(of: id) else { continue }
      while let next = bands[layout]?.first(where: { !isPlaced[$0] && isReady($0, isPlaced) }) { place(next) }
    }
    return order
  }

  /// The layout of the bands that a node would go with; nil where it is small or not elementwise.
  private func bandLayout(of id: Int) -> Layout? {
    let node = tape.nodes[id]
    if isFixed[id] || isView[id] { return nil }
    let layout: Layout
    switch node.operation {
    case .unary, .binary: layout = node.layout
    case .sumDraws: layout = tape.nodes[Int(node.operands[0])].layout
    default: return nil
    }
    // A program for several lanes is small.
    if lanes > 1 { return nil }
    let size = layout.shape.count * drawCount(of: layout)
    return size >= Stage.smallestDivided && layout.shape.count > 1 ? layout : nil
  }

  /// Whether all that a node reads has been computed, or is there before a replay.
  private func isReady(_ id: Int, _ isPlaced: [Bool]) -> Bool {
    tape.nodes[id].operands.map(Int.init).allSatisfy { operand in
      if isPlaced[operand] || isFixed[operand] { return true }
      if case .slot = tape.nodes[operand].operation { return true }
      return isView[operand] && isReady(operand, isPlaced)
    }
  }

  /// The sigmoid of what a node is the softplus of: computed with it, it shares its exponential.
  private func slopeOfSoftplus(_ id: Int) -> Int? {
    guard tape.nodes[id].operation == .unary(.softplus) else { return nil }
    return tape.nodes.indices.first {
      needed[$0] && tape.nodes[$0].operation == .unary(.sigmoid)
        && tape.nodes[$0].operands == tape.nodes[id].operands
    }
  }
}
