import Foundation
import Inference
import ReverseTape
import Testing

@Suite struct SupportTests {
  static let supports: [Support] = [
    .real, .positive, .interval(lower: 0, upper: 1), .interval(lower: -3, upper: 5),
  ]

  /// The constrained values and the log-Jacobians at `points`.
  private func evaluate(_ support: Support, _ points: [Double]) -> (x: [Double], logJacobian: [Double]) {
    let tape = Tape(draws: 1)
    let u = tape.slot(Slot("u", Shape(points.count)))
    let jacobian = support.logJacobian(u) ?? (u - u)
    let evaluator = Evaluator<Double>(Program(tape, outputs: [support.constrain(u), jacobian]))
    if let slot = evaluator.slot("u") { for index in slot.indices { slot[index] = points[index] } }
    evaluator.run()
    return (Array(evaluator.output(0)), Array(evaluator.output(1)))
  }

  @Test("log-Jacobians agree with differences of the transforms", arguments: supports)
  func logJacobians(_ support: Support) {
    let points = stride(from: -6.0, through: 6, by: 0.75).map { $0 }
    let expected = evaluate(support, points).logJacobian
    // Richardson's extrapolation from h and 2h: truncation 4h⁴/120 ≈ 3e-13 and rounding ε|x|/(h x′), with x′ down
    // to 2e-3: 1e-9.
    let h = 1e-3
    let values = [-2.0, -1, 1, 2].map { factor in evaluate(support, points.map { $0 + factor * h }).x }
    for index in points.indices {
      let near = (values[2][index] - values[1][index]) / (2 * h)
      let far = (values[3][index] - values[0][index]) / (4 * h)
      let slope = (4 * near - far) / 3
      #expect(abs(log(slope) - expected[index]) < 1e-8, "at \(points[index])")
    }
  }

  @Test("constrained values lie in their support, far out too")
  func constrainedValues() {
    let points: [Double] = [-700, -40, 0, 30, 700]
    #expect(evaluate(.positive, points).x.allSatisfy { $0 > 0 && $0.isFinite })
    #expect(evaluate(.interval(lower: -3, upper: 5), points).x.allSatisfy { $0 >= -3 && $0 <= 5 })
    // log σ′(u) = −|u| far out.
    let far = evaluate(.interval(lower: 0, upper: 1), points).logJacobian
    #expect(far[0] == -700 && far[4] == -700)
  }
}
