import NumericArrays

/// Products with slots that are mostly zeros: their nonzeros are listed once in a replay, and the products walk them.
extension Compiler {
  /// What lists the nonzeros of a product's second operand, where that is a slot whose zeros are worth it and they have
  /// not been listed yet.
  mutating func listing(for id: Int) -> [Instruction] {
    guard let slot = sparseOperand(of: id), listedOperand(of: id) == nil else { return [] }
    let index = listed.count
    let (rows, columns) = (
      tape.nodes[slot].layout.shape.rows, size(of: slot) / tape.nodes[slot].layout.shape.rows
    )
    listed.append((slot, rows, columns))
    let start = buffer(of: slot).offset
    return [.nonzeros(index), .nonzeroColumns(index)].map {
      Instruction(kernel: $0, out: start, a: start, rows: rows, draws: columns)
    }
  }

  func listedOperand(of id: Int) -> Int? {
    sparseOperand(of: id).flatMap { slot in listed.firstIndex { $0.slot == slot } }
  }

  private func sparseOperand(of id: Int) -> Int? {
    let node = tape.nodes[id]
    let (m, n): (Int, Int)
    switch node.operation {
    case .product(transposed: false): (m, n) = (node.layout.shape.rows, size(of: id) / node.layout.shape.rows)
    case .outerProduct: (m, n) = (node.layout.shape.rows, node.layout.shape.columns)
    default: return nil
    }
    let second = Int(node.operands[1])
    guard case .slot(let index) = tape.nodes[second].operation, tape.slots[index].isMostlyZero else {
      return nil
    }
    let contracted =
      node.operation == .outerProduct ? size(of: second) / n : tape.nodes[second].layout.shape.rows
    return Products.isSmall(m: m, k: contracted, n: n) ? nil : second
  }
}
