import Foundation
import ReverseTape
import Testing

@Suite struct OverwritingTests {
  @Test("a vector plus its own first element is the same for one draw and for several", arguments: [1, 3])
  func partIsReadBeforeItIsOverwritten(_ draws: Int) {
    let tape = Tape(draws: draws)
    let x = tape.slot(Slot("x", Shape(3), .perDraw))
    let first = x[0..<1] * x[1..<2]
    let whole = Traced.concatenated([first, x[1..<3]])
    let evaluator = Evaluator<Double>(Program(tape, outputs: [(whole + first.reshaped(.scalar)).exp()]))
    if let slot = evaluator.slot("x") {
      for index in slot.indices { slot[index] = 0.1 * Double(index / draws + 1) }
    }
    evaluator.run()
    // x = (0.1, 0.2, 0.3): the first element is 0.02.
    for (index, value) in evaluator.output(0).enumerated() {
      let exact = [0.04, 0.22, 0.32][index / draws]
      #expect(abs(exp(exact) - value) < 1e-15 * 4)
    }
  }
}
