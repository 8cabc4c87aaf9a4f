import NumericArrays

/// What a node comes to in instructions, for programs of one lane.
extension Compiler {
  mutating func instructions(for id: Int) -> [Instruction] {
    let node = tape.nodes[id]
    let out = buffer(of: id).offset
    let operands = node.operands.map { buffer(of: Int($0)).offset }
    let draws = drawCount(of: node.layout)
    let rows = node.layout.shape.count
    func layout(_ index: Int) -> Layout { tape.nodes[Int(node.operands[index])].layout }
    func strides(_ index: Int) -> Strides {
      Strides(of: layout(index), in: node.layout, draws: tape.draws)
    }
    func instruction(_ kernel: Instruction.Kernel, rows: Int = rows, draws: Int = draws) -> Instruction {
      Instruction(
        kernel: kernel, out: out, a: operands[0], b: operands.count > 1 ? operands[1] : 0, rows: rows,
        draws: draws)
    }

    switch node.operation {
    case .constant, .slot, .slice, .reshape, .externalValue, .stopGradient, .drawsAsColumns, .columnsAsDraws:
      return []
    case .externalDensity(let number):
      return [instruction(.externalDensity(number), rows: rows - 1)]
    case .unary(let function):
      return [instruction(.unary(function))]
    case .binary(let function):
      var result = instruction(.binary(function))
      result.aStrides = strides(0)
      result.bStrides = strides(1)
      return [result]
    case .ternary, .logSumExpRows, .drawProduct, .choleskyFactor, .triangularSolve, .matrixInverse,
      .logAbsoluteDeterminant:
      return (calls(for: id) ?? []).map { call in
        loneCalls.append(call)
        return instruction(.call(loneCalls.count - 1))
      }
    case .sumElements:
      return [instruction(.sumElements, rows: layout(0).shape.count)]
    case .sumDraws:
      return [instruction(.sumDraws, draws: tape.draws)]
    case .logSumExp:
      return [instruction(.logSumExp, rows: layout(0).shape.count)]
    case .sumRows:
      var result = instruction(.sumRows)
      result.inner = layout(0).shape.columns
      return [result]
    case .repeatColumns:
      var result = instruction(.repeatColumns, rows: node.layout.shape.rows)
      result.inner = node.layout.shape.columns
      return [result]
    case .expand:
      var result = instruction(.expand)
      result.aStrides = strides(0)
      return [result]
    case .concatenate:
      var start = out
      return operands.indices.compactMap { index in
        let count = layout(index).shape.count
        defer { start += count * draws }
        if operands[index] == start { return nil }
        var result = instruction(.expand, rows: count)
        result.a = operands[index]
        result.out = start
        result.aStrides = .contiguous(draws: draws)
        return result
      }
    case .gather(let index):
      return [instruction(.gather(index: index))]
    case .scatter(let index):
      return [instruction(.scatter(index: index))]
    case .product(let transposed):
      if let number = picked.firstIndex(of: Int(node.operands[0])) {
        var result = instruction(.pickedProduct(number, transposed: transposed), rows: layout(0).shape.rows)
        result.inner = layout(0).shape.columns
        return [result]
      }
      let list = listedOperand(of: id)
      var result = instruction(
        list.map { .sparseProduct($0) } ?? .product(transposed: transposed), rows: node.layout.shape.rows)
      result.inner = layout(1).shape.rows
      result.draws = layout(1).shape.columns * draws
      return [result]
    case .outerProduct:
      let list = listedOperand(of: id)
      var result = instruction(
        list.map { .sparseOuterProduct($0) } ?? .outerProduct, rows: node.layout.shape.rows)
      result.draws = node.layout.shape.columns
      result.inner = layout(0).shape.columns * drawCount(of: layout(0))
      return [result]
    case .triangleProduct(let transposed):
      var result = instruction(.triangleProduct(transposed: transposed), rows: layout(1).shape.rows)
      result.draws = layout(1).shape.columns * draws
      return [result]
    case .strictOuterProduct:
      var result = instruction(.strictOuterProduct, rows: layout(0).shape.rows)
      result.draws = layout(0).shape.columns * drawCount(of: layout(0))
      return [result]
    case .triangleComposition:
      return [instruction(.triangleComposition, rows: Traced.triangleSize(count: rows))]
    case .inverse, .logDeterminant:
      let isInverse = node.operation == .inverse
      var result = instruction(isInverse ? .inverse : .logDeterminant, rows: layout(0).shape.rows)
      result.b = factorRoom(of: id)
      return [result]
    }
  }
}
