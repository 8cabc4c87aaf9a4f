import NumericArrays
import ReverseTape
import Testing

/// Programs that are large enough to be divided among a team.
@Suite struct LargeProgramTests {
  /// A network with a Bernoulli likelihood over 300 inputs and its gradient: products, bands, sums, nonzeros.
  private func network(draws: Int, isMostlyZero: Bool) -> Program {
    let tape = Tape(draws: draws)
    let x = tape.slot(Slot("x", Shape(300), .perDraw, isMostlyZero: isMostlyZero))
    let weights = tape.slot(Slot("weights", Shape(2 * 300 * 160 + 160 + 300)))
    let first = weights[0..<48_000].reshaped(Shape(160, 300))
    let second = weights[48_000..<96_000].reshaped(Shape(300, 160))
    let h = (first.times(x) + weights[96_000..<96_160]).relu()
    let logits = second.times(h) + weights[96_160..<96_460]
    let value = (x * logits - logits.softplus()).sum()
    let mean = value.meanOverDraws()
    return Program(tape, outputs: [value, mean, tape.gradient(of: mean, withRespectTo: [weights])[0]])
  }

  /// The outputs for columns of ones and zeros, those from `first` on.
  private func outputs<Scalar: KernelScalar>(
    _: Scalar.Type, draws: Int, isMostlyZero: Bool, threads: Int, first: Int = 0
  ) -> [[Scalar]] {
    let evaluator = Evaluator<Scalar>(
      network(draws: draws, isMostlyZero: isMostlyZero), team: Team(threads: threads))
    let stream = NoiseStream(seed: 1, purpose: .data)
    if let x = evaluator.slot("x") {
      for draw in 0..<draws {
        let coins = stream.uniforms(count: 300, step: UInt64(first + draw))
        for row in 0..<300 { x[row * draws + draw] = coins[row] < 0.15 ? 1 : 0 }
      }
    }
    if let weights = evaluator.slot("weights") {
      let values = stream.normals(dimension: weights.count, draws: 1, step: 1 << 40)
      for index in weights.indices { weights[index] = Scalar(0.1 * values[index]) }
    }
    // Twice: a replay leaves nothing behind.
    evaluator.run()
    evaluator.run()
    return (0..<3).map { Array(evaluator.output($0)) }
  }

  @Test("teams of one, two and three threads give the same bits", arguments: [true, false])
  func teams(isMostlyZero: Bool) {
    func check<Scalar: KernelScalar>(_: Scalar.Type) {
      let alone = outputs(Scalar.self, draws: 96, isMostlyZero: isMostlyZero, threads: 1)
      for threads in [2, 3] {
        let shared = outputs(Scalar.self, draws: 96, isMostlyZero: isMostlyZero, threads: threads)
        #expect(shared == alone, "\(threads) threads")
      }
    }
    check(Float.self)
    check(Double.self)
  }

  @Test("the zeros that are walked over change nothing but rounding")
  func nonzeros() {
    let dense = outputs(Double.self, draws: 96, isMostlyZero: false, threads: 2)
    let sparse = outputs(Double.self, draws: 96, isMostlyZero: true, threads: 2)
    for (dense, sparse) in zip(dense, sparse) {
      #expect(dense.count == sparse.count)
      // Sums of some hundred terms of size 1, then of as many of their functions: a few thousand roundings of values
      // that may be as large as the largest of the array.
      let scale = dense.reduce(1) { max($0, abs($1)) }
      for (a, b) in zip(dense, sparse) { #expect(abs(a - b) < 1e4 * Double.ulpOfOne * scale) }
    }
  }

  @Test("a large program agrees with small ones on its columns")
  func columns() {
    let large = outputs(Double.self, draws: 96, isMostlyZero: true, threads: 2)
    var gradient = [Double](repeating: 0, count: large[2].count)
    // One column at a time nothing is divided, banded or walked.
    for column in 0..<96 {
      let small = outputs(Double.self, draws: 1, isMostlyZero: false, threads: 1, first: column)
      #expect(abs(small[0][0] - large[0][column]) < 1e4 * Double.ulpOfOne * abs(small[0][0]))
      for index in gradient.indices { gradient[index] += small[2][index] / 96 }
    }
    // As above, of gradients below 10.
    for (a, b) in zip(gradient, large[2]) { #expect(abs(a - b) < 1e5 * Double.ulpOfOne) }
  }

  @Test("elementwise chains in bands have the bits of one draw alone")
  func bands() {
    func evaluate(draws: Int, first: Int) -> [[Double]] {
      let tape = Tape(draws: draws)
      let x = tape.slot(Slot("x", Shape(500), .perDraw))
      let shared = tape.slot(Slot("shared", Shape(500)))
      let scale = tape.slot(Slot("scale", .scalar, .perDraw))
      let a = (x + shared).tanh()
      let b = a * scale - x.softplus()
      let c = (b.exp() + 1).log() * x.sigmoid()
      let d = (c - a).square() + c.sum()
      let evaluator = Evaluator<Double>(Program(tape, outputs: [b, c, d, d.sum()]), team: Team(threads: 2))
      let stream = NoiseStream(seed: 2, purpose: .data)
      for (name, rows, step) in [("x", 500, 0), ("scale", 1, 1)] {
        guard let slot = evaluator.slot(name)?.baseAddress else { continue }
        stream.fillNormals(slot, dimension: rows, draws: draws, firstDraw: first, step: UInt64(step))
      }
      if let slot = evaluator.slot("shared")?.baseAddress {
        stream.fillNormals(slot, dimension: 500, draws: 1, step: 2)
      }
      evaluator.run()
      return (0..<4).map { Array(evaluator.output($0)) }
    }
    let large = evaluate(draws: 64, first: 0)
    for draw in stride(from: 0, to: 64, by: 9) {
      let alone = evaluate(draws: 1, first: draw)
      for (large, alone) in zip(large, alone) {
        #expect(alone == alone.indices.map { large[$0 * 64 + draw] })
      }
    }
  }
}
