import NumericArrays
import ReverseTape
import Synchronization
import Testing

/// Independent normals with means 1, 2, … and a value of -½ Σ (z - mean)²; counts its evaluations.
private final class Normals: ExternalDensity {
  let evaluations = Atomic(0)

  func logDensity(
    at point: UnsafeBufferPointer<Double>, gradient: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    evaluations.add(1, ordering: .relaxed)
    var value = 0.0
    for index in point.indices {
      let residual = point[index] - Double(index + 1)
      value -= 0.5 * residual * residual
      gradient[index] = -residual
    }
    return value
  }
}

@Suite("External densities")
struct ExternalDensityTests {
  /// The mean over the draws of the density at x · e + x, squared, with its gradient in x.
  private func program(_ density: (Traced) -> Traced, draws: Int) -> Program {
    let tape = Tape(draws: draws)
    let x = tape.slot(Slot("x", Shape(3)))
    let e = tape.slot(Slot("noise", Shape(3), .perDraw))
    let value = (density(x * e + x).square() + density(x) * x[1]).meanOverDraws()
    return Program(tape, outputs: [value, tape.gradient(of: value, withRespectTo: [x])[0]])
  }

  private func outputs<Scalar: KernelScalar>(_ program: Program, _: Scalar.Type) -> [Double] {
    let evaluator = Evaluator<Scalar>(program)
    for (name, seed) in [("x", 1), ("noise", 2)] {
      guard let slot = evaluator.slot(name) else { continue }
      let values = NoiseStream(seed: UInt64(seed), purpose: .data).normals(
        dimension: slot.count, draws: 1, step: 0)
      for index in slot.indices { slot[index] = Scalar(values[index]) }
    }
    evaluator.run()
    return (Array(evaluator.output(0)) + Array(evaluator.output(1))).map { Double($0) }
  }

  @Test(
    "value and gradient are those of the same density on the tape, by one evaluation for each draw",
    arguments: [1, 5])
  func sameAsTraced(draws: Int) {
    let normals = Normals()
    let found = program({ $0.externalDensity(normals) }, draws: draws)
    let wanted = program(draws: draws)
    // A few dozen roundings of numbers up to 1e3.
    for (a, b) in zip(outputs(found, Double.self), outputs(wanted, Double.self)) {
      #expect(abs(a - b) <= 1e-11 * max(1, abs(b)))
    }
    // One for each draw and one for what they share.
    #expect(normals.evaluations.load(ordering: .relaxed) == draws + 1)
    for (a, b) in zip(outputs(found, Float.self), outputs(wanted, Double.self)) {
      #expect(abs(a - b) <= 1e-4 * max(1, abs(b)))
    }
  }

  private func program(draws: Int) -> Program {
    program({ z in -0.5 * (z - z.tape.constant([1, 2, 3])).square().sum() }, draws: draws)
  }

  @Test("a program with one has one lane")
  func lanes() {
    let normals = Normals()
    #expect(!program({ $0.externalDensity(normals) }, draws: 2).allowsLanes)
    #expect(program(draws: 2).allowsLanes)
  }
}
