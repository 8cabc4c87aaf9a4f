import NumericArrays
import ReverseTape
import Testing

@Suite struct ReplayTests {
  /// A program that uses every kind of slot, with its gradient.
  private func record(draws: Int) -> Program {
    let tape = Tape(draws: draws)
    let x = tape.slot(Slot("parameters", Shape(4)))
    let e = tape.slot(Slot("noise", Shape(2), .perDraw))
    let rows = tape.slot(Slot("minibatch", Shape(3, 2)))
    let beta = tape.slot(Slot("beta", .scalar))
    let z = x[0..<2] + x[2..<4].exp() * e
    let fit = rows.times(z).softplus().sum()
    let value = (fit - beta * z.square().sum()).meanOverDraws()
    return Program(tape, outputs: [value, tape.gradient(of: value, withRespectTo: [x])[0]])
  }

  private func evaluate(_ evaluator: Evaluator<Double>, seed: UInt64) -> [UInt64] {
    let noise = NoiseStream(seed: seed, purpose: .data)
    for (step, name) in ["parameters", "noise", "minibatch", "beta"].enumerated() {
      guard let slot = evaluator.slot(name) else { continue }
      let values = noise.normals(dimension: slot.count, draws: 1, step: UInt64(step))
      for index in slot.indices { slot[index] = values[index] }
    }
    evaluator.run()
    return (Array(evaluator.output(0)) + Array(evaluator.output(1))).map(\.bitPattern)
  }

  @Test("a replay with new inputs equals a fresh recording, bit for bit", arguments: [1, 5])
  func replayEqualsRecording(draws: Int) {
    let evaluator = Evaluator<Double>(record(draws: draws))
    for seed in 0..<5 {
      let replayed = evaluate(evaluator, seed: UInt64(seed))
      let fresh = evaluate(Evaluator<Double>(record(draws: draws)), seed: UInt64(seed))
      #expect(replayed == fresh)
    }
  }

  @Test("Float and Double programs agree to Float rounding")
  func precisions() {
    let program = record(draws: 3)
    let (single, double) = (Evaluator<Float>(program), Evaluator<Double>(program))
    for name in ["parameters", "noise", "minibatch", "beta"] {
      guard let from = double.slot(name), let to = single.slot(name) else { continue }
      for index in from.indices {
        from[index] = Double(Float(0.1 * Double(index + 1)))
        to[index] = Float(from[index])
      }
    }
    single.run()
    double.run()
    // About thirty roundings of values below 10: 30 · 10 · 2⁻²⁴ ≈ 2e-5.
    for index in 0..<4 { #expect(abs(Double(single.output(1)[index]) - double.output(1)[index]) < 2e-5) }
  }

  @Test("matrix values: sums of rows, repeated columns, triangles, shared and per draw", arguments: [1, 3])
  func matrixValues(draws: Int) {
    let tape = Tape(draws: draws)
    let own = tape.slot(Slot("own", Shape(2, 3), .perDraw))
    let shared = tape.constant([1, 2, 3, 4, 5, 6], Shape(2, 3))
    let triangle = tape.slot(Slot("triangle", Shape(3), .perDraw))
    let program = Program(
      tape,
      outputs: [
        own.sumRows(), own.sumRows().repeatedColumns(2), shared.sumRows(),
        shared.addingToColumns(tape.constant([10, 20])), triangle.unitLowerTriangle(3),
        triangle.unitLowerTimes(tape.constant([1, 10, 100])),
        tape.constant([2, 3, 4]).unitLowerTimes(tape.constant([1, 10, 100])),
      ])
    let evaluator = Evaluator<Float>(program)
    // Draw d holds the values of draw 0 times d + 1.
    for (name, count) in [("own", 6), ("triangle", 3)] {
      guard let slot = evaluator.slot(name) else { continue }
      for i in 0..<count { for d in 0..<draws { slot[i * draws + d] = Float((i + 1) * (d + 1)) } }
    }
    evaluator.run()
    for d in 0..<draws {
      func own(_ output: Int) -> [Float] {
        stride(from: d, to: evaluator.output(output).count, by: draws).map { evaluator.output(output)[$0] }
      }
      let s = Float(d + 1)
      #expect(own(0) == [6 * s, 15 * s])
      #expect(own(1) == [6 * s, 6 * s, 15 * s, 15 * s])
      #expect(own(4) == [1, 0, 0, s, 1, 0, 2 * s, 3 * s, 1])
      #expect(own(5) == [1, 10 + s, 100 + 32 * s])
    }
    #expect(Array(evaluator.output(2)) == [6, 15])
    #expect(Array(evaluator.output(3)) == [11, 12, 13, 24, 25, 26])
    #expect(Array(evaluator.output(6)) == [1, 12, 143])
  }

  @Test("what the outputs do not need is dropped, equal nodes are recorded once, constants are folded")
  func compilation() {
    let tape = Tape(draws: 2)
    let x = tape.slot(Slot("x", Shape(3)))
    let unused = tape.slot(Slot("unused", Shape(3)))
    _ = unused.exp()
    let hoisted = tape.constant([1, 2, 3]).exp().sum()
    let once = x.exp().sum()
    let again = x.exp().sum()
    #expect(once.id == again.id)
    let program = Program(tape, outputs: [once + again, once * hoisted])
    #expect(program.slotNames == ["x"])
    // exp, sum, add and multiply; the constant's exp and sum are done before the first replay.
    #expect(program.instructionCount == 4)
    let evaluator = Evaluator<Double>(program)
    evaluator.run()
    #expect(evaluator.output(0)[0] == 6)
  }

  @Test("buffers are reused: the arena of a long chain stays small")
  func arena() {
    let tape = Tape(draws: 8)
    var value = tape.slot(Slot("x", Shape(10), .perDraw))
    for _ in 0..<100 { value = value.sin() + 0.5 }
    let program = Program(tape, outputs: [value.sum()])
    // The slot, the chain's buffer, a constant, the sum: not a hundred buffers of 80.
    #expect(program.size <= 4 * 80 + 16)
  }

  @Test(
    "parts are computed where their concatenation lies, and copied only where they cannot be",
    arguments: [1, 3])
  func concatenation(draws: Int) {
    let tape = Tape(draws: draws)
    let x = tape.slot(Slot("x", Shape(2), .perDraw))
    let (a, b) = (x.exp(), x.sin())
    let inner = Traced.concatenated([a, b])
    // Parts of parts in place: exp, sin, negate; a slot, a part wanted a second time and a constant are copied.
    let outer = Traced.concatenated([-x, inner, x, a, tape.constant([7])])
    // Read again after the concatenation, and overwritten by nothing.
    let after = a * b + outer[2..<4]
    let program = Program(tape, outputs: [outer, after, b])
    // The product of a and b, its sum with the slice, and the constant's spreading where there are several draws.
    #expect(program.instructionCount == 3 + 3 + 2)
    let evaluator = Evaluator<Double>(program)
    guard let slot = evaluator.slot("x") else { return }
    for index in slot.indices { slot[index] = 0.25 * Double(index) - 0.5 }
    let twin = Evaluator<Double>(Program(tape, outputs: [a, b]))
    if let twinSlot = twin.slot("x") { for index in slot.indices { twinSlot[index] = slot[index] } }
    twin.run()
    for _ in 0..<2 {
      evaluator.run()
      let (x, a, b) = (Array(slot), Array(twin.output(0)), Array(twin.output(1)))
      #expect(
        Array(evaluator.output(0)) == x.map { -$0 } + a + b + x + a + [Double](repeating: 7, count: draws))
      #expect(Array(evaluator.output(1)) == zip(a, b).map { $0 * $1 + $0 })
      #expect(Array(evaluator.output(2)) == b)
    }
  }

  @Test("a matrix that is not positive definite gives NaN, not a crash")
  func notPositiveDefinite() {
    let tape = Tape(draws: 1)
    let matrix = tape.slot(Slot("matrix", Shape(2, 2)))
    let program = Program(tape, outputs: [matrix.inverse(), matrix.logDeterminant()])
    let evaluator = Evaluator<Double>(program)
    if let slot = evaluator.slot("matrix") {
      for (index, value) in [1.0, 2, 2, 1].enumerated() { slot[index] = value }
    }
    evaluator.run()
    #expect(evaluator.output(0).contains { $0.isNaN })
    #expect(evaluator.output(1)[0].isNaN)
  }
}
