import FileFormats
import Foundation
import NumericArrays
import ReverseTape
import StanLanguage
import StanTracing

/// The log density of a program with its data, and its gradient, at unconstrained parameters.
struct TracedDensity {
  let program: TracedProgram
  private let evaluator: Evaluator<Double>

  init(_ text: String, data: [UInt8] = Array("{}".utf8), name: String = "test.stan") throws {
    let program = try StanProgram.parse(StanSource(name: name, text: text))
    try self.init(TracedProgram(program, data: StanData(data, name: "data")))
  }

  init(_ program: TracedProgram) {
    self.program = program
    let tape = Tape(draws: 1)
    let x = tape.slot(Slot("x", Shape(program.dimension)))
    let noise = tape.slot(Slot("noise", .scalar, .perDraw))
    // Through a value per draw, as runs have it.
    let terms = program.terms(at: x + 0 * noise)
    let parts = [terms.prior, terms.likelihood, terms.mixed].map { $0.meanOverDraws() }
    let total = parts[0] + parts[1] + parts[2]
    let gradient = tape.gradient(of: total, withRespectTo: [x])[0]
    evaluator = Evaluator(Program(tape, outputs: [total, gradient] + parts))
    if let slot = evaluator.slot("noise") { slot[0] = 0 }
  }

  struct Result {
    var value: Double
    var gradient: [Double]
    var prior: Double
    var likelihood: Double
    var mixed: Double
  }

  func callAsFunction(_ point: [Double]) -> Result {
    if let slot = evaluator.slot("x") { for index in slot.indices { slot[index] = point[index] } }
    evaluator.run()
    return Result(
      value: evaluator.output(0)[0], gradient: Array(evaluator.output(1)), prior: evaluator.output(2)[0],
      likelihood: evaluator.output(3)[0], mixed: evaluator.output(4)[0])
  }
}

/// What Stan says of a program at a point.
struct StanValue: Decodable {
  var x: [Double]
  var logDensity: Double?
  var gradient: [Double]?

  enum CodingKeys: String, CodingKey {
    case x
    case logDensity = "log_density"
    case gradient
  }

  /// The largest difference from a traced density, relative to 1 or to the size of what is compared.
  func difference(from density: TracedDensity) -> Double {
    guard let logDensity, let gradient, x.count == density.program.dimension else { return .infinity }
    let own = density(x)
    // A sum of terms of both signs is as exact as its largest term; the gradient's size stands for them.
    let scale = max(1, abs(logDensity), gradient.map { abs($0) }.max() ?? 0)
    var worst = abs(own.value - logDensity) / scale
    for (a, b) in zip(own.gradient, gradient) { worst = max(worst, abs(a - b) / scale) }
    return worst.isNaN ? .infinity : worst
  }
}
