import FileFormats
import Foundation
import NumericArrays
import ReverseTape
import StanLanguage
import StanTracing

/// The log density of a program with its data, and its gradient, at unconstrained parameters: one point, or one for each draw.
struct TracedDensity {
  let program: TracedProgram
  private let draws: Int
  private let evaluator: Evaluator<Double>

  init(_ text: String, data: [UInt8] = Array("{}".utf8), name: String = "test.stan") throws {
    let program = try StanProgram.parse(StanSource(name: name, text: text))
    try self.init(TracedProgram(program, data: StanData(data, name: "data")))
  }

  init(_ program: TracedProgram, draws: Int = 1) {
    self.program = program
    self.draws = draws
    let tape = Tape(draws: draws)
    let x = tape.slot(Slot("x", Shape(program.dimension)))
    // Through values per draw, as runs have it.
    let offset = tape.slot(Slot("offset", Shape(program.dimension), .perDraw))
    let terms = program.terms(at: x + offset)
    let parts = [terms.prior, terms.likelihood, terms.mixed].map { $0.meanOverDraws() }
    let total = parts[0] + parts[1] + parts[2]
    let gradient = tape.gradient(of: total, withRespectTo: [x])[0]
    evaluator = Evaluator(Program(tape, outputs: [total, gradient] + parts))
  }

  struct Result {
    var value: Double
    var gradient: [Double]
    var prior: Double
    var likelihood: Double
    var mixed: Double
  }

  func callAsFunction(_ point: [Double]) -> Result { self([[Double]](repeating: point, count: draws)) }

  /// The means over draws at a point each.
  func callAsFunction(_ points: [[Double]]) -> Result {
    evaluator.slot("x")?.update(repeating: 0)
    if let slot = evaluator.slot("offset") {
      for index in slot.indices { slot[index] = points[index % draws][index / draws] }
    }
    evaluator.run()
    return Result(
      value: evaluator.output(0)[0], gradient: Array(evaluator.output(1)), prior: evaluator.output(2)[0],
      likelihood: evaluator.output(3)[0], mixed: evaluator.output(4)[0])
  }
}

/// The constrained and transformed parameters of a program at unconstrained ones.
struct ConstrainedParameters {
  private let evaluator: Evaluator<Double>

  init(_ program: TracedProgram) {
    let tape = Tape(draws: 1)
    let x = tape.slot(Slot("x", Shape(program.dimension)))
    evaluator = Evaluator(Program(tape, outputs: [program.constrained(x)]))
  }

  func callAsFunction(_ point: [Double]) -> [Double] {
    if let slot = evaluator.slot("x") { for index in slot.indices { slot[index] = point[index] } }
    evaluator.run()
    return Array(evaluator.output(0))
  }
}

/// What Stan says of a program at a point.
struct StanValue: Decodable {
  var x: [Double]
  var logDensity: Double?
  var gradient: [Double]?
  var constrained: [Double]?

  enum CodingKeys: String, CodingKey {
    case x
    case logDensity = "log_density"
    case gradient, constrained
  }

  /// A sum of terms of both signs is as exact as its largest term; the gradient's size stands for them.
  var scale: Double { max(1, abs(logDensity ?? 0), gradient?.map { abs($0) }.max() ?? 0) }

  /// The largest difference from a traced density, relative to 1 or to the size of what is compared.
  func difference(from density: TracedDensity) -> Double {
    guard let logDensity, let gradient, x.count == density.program.dimension else { return .infinity }
    let own = density(x)
    let differences = zip([own.value] + own.gradient, [logDensity] + gradient).map { abs($0 - $1) / scale }
    return differences.contains { $0.isNaN } ? .infinity : differences.max() ?? 0
  }

  /// Both values, and the element of the gradient that differs most.
  func described(beside density: TracedDensity) -> String {
    guard let logDensity, let gradient, x.count == density.program.dimension else {
      return "other parameters"
    }
    let own = density(x)
    let worst =
      gradient.indices.max { abs(own.gradient[$0] - gradient[$0]) < abs(own.gradient[$1] - gradient[$1]) }
      ?? 0
    return "\(own.value) for \(logDensity), gradient[\(worst)] \(own.gradient[worst]) for \(gradient[worst])"
  }
}
