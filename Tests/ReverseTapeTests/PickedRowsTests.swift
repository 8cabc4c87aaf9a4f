import NumericArrays
import ReverseTape
import Testing

/// Slots whose rows are read where they lie.
@Suite struct PickedRowsTests {
  static let width = 20
  static let count = 37
  static let rowCount = 64
  static let table = NoiseStream(seed: 7, purpose: .data).normals(
    dimension: rowCount * width, draws: 1, step: 0)

  /// The log likelihood of a logistic regression and its gradient, and a product of `side × side` that from 256 on is one
  /// for BLAS, so that the program is not one walk in C.
  private func program(isPicked: Bool, side: Int = 2, squares: Bool = false) -> Program {
    let tape = Tape(draws: 1)
    let rows = tape.slot(Slot("rows", Shape(Self.count, Self.width), isPicked: isPicked))
    let weights = tape.slot(Slot("weights", Shape(Self.width)))
    var value = -rows.times(weights).softplus().sum()
    if squares { value = value + rows.square().sum() }
    let identity = tape.constant((0..<side * side).map { $0 % (side + 1) == 0 ? 1 : 0 }, Shape(side, side))
    value = value + identity.times(tape.constant([Double](repeating: 1, count: side)) * weights[0]).sum()
    return Program(tape, outputs: [value, tape.gradient(of: value, withRespectTo: [weights])[0]])
  }

  private func outputs(_ program: Program, step: UInt64) -> [[Double]] {
    let evaluator = Evaluator<Double>(program)
    var index = [Int32](repeating: 0, count: Self.count)
    let stream = NoiseStream(seed: 8, purpose: .minibatch)
    stream.fillIndices(&index, count: Self.count, bound: Self.rowCount, step: step)
    if let weights = evaluator.slot("weights")?.baseAddress {
      stream.fillNormals(weights, dimension: Self.width, draws: 1, step: step)
    }
    let table = RowTable<Double>(Self.table, width: Self.width, isPadded: true)
    return index.withUnsafeBufferPointer { index in
      if let rows = evaluator.slot("rows") {
        for place in rows.indices {
          rows[place] = Self.table[Int(index[place / Self.width]) * Self.width + place % Self.width]
        }
      }
      if let number = program.pickedNumber(of: "rows"), let start = index.baseAddress {
        evaluator.pick(number, from: table, start)
      }
      evaluator.run()
      return [0, 1].map { Array(evaluator.output($0)) }
    }
  }

  @Test("rows are read where they lie with the value and the gradient of copied ones, at every step")
  func sameValues() {
    for side in [2, 256] {
      let (picking, copying) = (program(isPicked: true, side: side), program(isPicked: false, side: side))
      #expect(picking.pickedNumber(of: "rows") == 0)
      #expect(copying.pickedNumber(of: "rows") == nil)
      #expect(picking.allowsLanes == (side == 2))
      #expect(picking.slotNames == copying.slotNames)
      for step: UInt64 in 0..<4 {
        let (a, b) = (outputs(picking, step: step), outputs(copying, step: step))
        // Sums of 20 and 37 terms of order 1 to 10: some 40 roundings of 1e-16.
        for (a, b) in zip(a.joined(), b.joined()) { #expect(abs(a - b) <= 1e-13 * max(1, abs(b))) }
        if step > 0 { #expect(a != outputs(picking, step: 0)) }
      }
    }
  }

  @Test("rows that are read by more than products with one column are copied")
  func otherReaders() {
    #expect(program(isPicked: true, squares: true).pickedNumber(of: "rows") == nil)
    let tape = Tape(draws: 8)
    let rows = tape.slot(Slot("rows", Shape(Self.count, Self.width), isPicked: true))
    let noise = tape.slot(Slot("noise", Shape(Self.width), .perDraw))
    #expect(Program(tape, outputs: [rows.times(noise)]).pickedNumber(of: "rows") == nil)
    #expect(Program(tape, outputs: [rows]).pickedNumber(of: "rows") == nil)
  }
}
