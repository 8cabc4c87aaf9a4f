import CKernels

/// A product and the sum that alone reads it become one call: two walks over short rows take twice the time of one.
extension Compiler {
  /// The place among a node's operands of the product that was computed just before, if nothing else reads it.
  ///
  /// - Parameter last: the node that was computed before.
  func productToJoin(_ id: Int, after last: Int?) -> Int? {
    let node = tape.nodes[id]
    guard let last, node.operation == .binary(.add) || node.operation == .binary(.subtract),
      tape.nodes[last].operation == .binary(.multiply), tape.nodes[last].layout == node.layout,
      isTemporary(last, until: id), node.operands[0] != node.operands[1]
    else { return nil }
    return node.operands.firstIndex(of: Int32(last))
  }
}

extension wb_call {
  /// The call that computes a product and, with it, this sum or difference of which it is an operand; nil where the two do not
  /// walk alike, or the result would be written over what is still to be read.
  func joined(to product: wb_call, at place: Int) -> wb_call? {
    guard product.kernel == WB_MULTIPLY.rawValue, product.walk != WB_LOOPS.rawValue,
      walk != WB_LOOPS.rawValue, extent == product.extent,
      (place == 0 ? a_stride : b_stride).2 == 1, (place == 0 ? a : b) == product.out
    else { return nil }
    var both = product
    if kernel == WB_ADD.rawValue {
      both.kernel = Int32(WB_MULTIPLY_ADD.rawValue)
    } else if place == 0 {
      both.kernel = Int32(WB_MULTIPLY_SUBTRACT.rawValue)
    } else {
      both.kernel = Int32(WB_SUBTRACT_PRODUCT.rawValue)
    }
    both.out = out
    both.padded = padded
    both.c = place == 0 ? b : a
    both.c_stride = (place == 0 ? b_stride : a_stride).2
    let operands = [(both.a, both.a_stride.2), (both.b, both.b_stride.2), (both.c, both.c_stride)]
    return operands.allSatisfy { both.mayOverwrite($0, stride: $1) } ? both : nil
  }

  /// Whether an operand may be where the result is written: at the same places, or one number, which is read first.
  private func mayOverwrite(_ operand: Int64, stride: Int32) -> Bool {
    let count = Int64(ArenaPlan.aligned(Int(extent.2)))
    return stride == 0 || operand == out || operand + count <= out || out + count <= operand
  }
}
