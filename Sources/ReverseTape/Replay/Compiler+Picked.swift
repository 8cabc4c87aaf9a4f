import NumericArrays

/// Slots of picked rows that need no memory of their own: all that reads them are products with one column, which can read
/// the rows where they lie.
extension Compiler {
  /// The nodes of such slots, in order.
  func slotsToPick(outputs: [Int32]) -> [Int] {
    tape.nodes.indices.filter { id in
      guard needed[id], lanes == 1, case .slot(let index) = tape.nodes[id].operation,
        tape.slots[index].isPicked, !outputs.contains(Int32(id))
      else { return false }
      let shape = tape.nodes[id].layout.shape
      // A larger product is for a team.
      return RowTable<Double>.allowsPicking(width: shape.columns) && shape.count < 1 << 20
        && tape.nodes.indices.allSatisfy { !needed[$0] || !reads(id, by: $0) || isProduct($0, of: id) }
    }
  }

  private func reads(_ id: Int, by reader: Int) -> Bool {
    tape.nodes[reader].operands.contains(Int32(id))
  }

  private func isProduct(_ reader: Int, of id: Int) -> Bool {
    let node = tape.nodes[reader]
    guard case .product = node.operation else { return false }
    return Int(node.operands[0]) == id && Int(node.operands[1]) != id
      && size(of: reader) == node.layout.shape.rows
  }
}
