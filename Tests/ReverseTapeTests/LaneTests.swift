import NumericArrays
import ReverseTape
import Testing

/// Programs of several lanes: every lane has the bits that it has alone, and so have the walk in C and single instructions.
@Suite struct LaneTests {
  /// A value and its gradient; the squared value is a further output.
  private func program(_ example: GradientCase, draws: Int, lanes: Int) -> Program {
    let tape = Tape(draws: draws)
    let x = tape.slot(Slot("x", Shape(example.count)))
    let e = tape.slot(Slot("noise", Shape(example.count), .perDraw))
    let value = example.body(x, e).meanOverDraws().sum()
    let gradient = tape.gradient(of: value, withRespectTo: [x])[0]
    let further = [value.square(), (gradient * value).exp()]
    return Program(tape, outputs: [value, gradient], further: further, lanes: lanes)
  }

  private func fill<Scalar: KernelScalar>(
    _ evaluator: Evaluator<Scalar>, _ example: GradientCase, lane: Int, of lanes: Int, seed: Int
  ) {
    let stream = NoiseStream(seed: UInt64(seed), purpose: .data)
    let width = example.range.upperBound - example.range.lowerBound
    if let slot = evaluator.slot("x") {
      let uniforms = stream.uniforms(count: slot.count / lanes, step: 0)
      for (index, value) in uniforms.enumerated() {
        slot[index * lanes + lane] = Scalar(example.range.lowerBound + width * value)
      }
    }
    if let slot = evaluator.slot("noise") {
      let normals = stream.normals(dimension: slot.count / lanes, draws: 1, step: 1)
      for (index, value) in normals.enumerated() { slot[index * lanes + lane] = Scalar(value) }
    }
  }

  private func outputs<Scalar: KernelScalar>(
    _ evaluator: Evaluator<Scalar>, lane: Int
  ) -> [[Scalar]] {
    (0..<4).map { index in
      let (values, lanes) = (evaluator.output(index), evaluator.laneCount(ofOutput: index))
      return stride(from: lanes == 1 ? 0 : lane, to: values.count, by: lanes).map { values[$0] }
    }
  }

  private func check<Scalar: KernelScalar>(_ example: GradientCase, draws: Int, lanes: Int, _: Scalar.Type) {
    let single = program(example, draws: draws, lanes: 1)
    guard single.allowsLanes else { return }
    let together = Evaluator<Scalar>(program(example, draws: draws, lanes: lanes))
    for lane in 0..<lanes { fill(together, example, lane: lane, of: lanes, seed: lane) }
    // Twice: what a replay leaves in the arena changes nothing.
    for _ in 0..<2 {
      together.run()
      together.runFurther()
    }
    for lane in 0..<lanes {
      let alone = Evaluator<Scalar>(single)
      fill(alone, example, lane: 0, of: 1, seed: lane)
      alone.run()
      alone.runFurther()
      let (a, b) = (outputs(together, lane: lane), outputs(alone, lane: 0))
      #expect(zip(a.joined(), b.joined()).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) })
      #expect(a.map(\.count) == b.map(\.count))
    }
  }

  @Test("each lane has the bits that it has alone", arguments: gradientCases)
  func aloneAndTogether(_ example: GradientCase) {
    for (draws, lanes) in [(1, 16), (3, 16), (1, 32), (3, 64)] {
      check(example, draws: draws, lanes: lanes, Double.self)
      check(example, draws: draws, lanes: lanes, Float.self)
    }
  }
}
