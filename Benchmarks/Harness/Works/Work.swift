/// One line of the comparison.
package struct Work: Sendable {
  /// What `ONLY=` takes.
  package var name: String
  package var title: String
  package var quantity: Quantity
  /// What `wb` records meanwhile, and in which precision it computes.
  package var recorded: String
  package var precision: String
  package var peers: [Peer]
  package var targets: [Target]
  /// What has to be known to read the line; where we lose, why.
  package var note: String
  /// What the results are, where they are not ELBOs.
  package var resultName: String?
  package var measure: @Sendable (Workbench) throws -> Measurement

  package init(
    name: String, title: String, quantity: Quantity, recorded: String, precision: String = "float32",
    peers: [Peer] = [], targets: [Target], note: String = "",
    resultName: String? = nil,
    measure: @escaping @Sendable (Workbench) throws -> Measurement
  ) {
    self.name = name
    self.title = title
    self.quantity = quantity
    self.recorded = recorded
    self.precision = precision
    self.peers = peers
    self.targets = targets
    self.note = note
    self.resultName = resultName
    self.measure = measure
  }
}

/// One measurement of `wb`.
package struct Measurement: Sendable {
  package var figure: Double
  /// What the fit ended at, to be compared with the peers': an ELBO in nats, or a posterior mean.
  package var result: Double?
  package var detail: String

  package init(figure: Double, result: Double? = nil, detail: String = "") {
    self.figure = figure
    self.result = result
    self.detail = detail
  }
}

package enum MeasurementError: Error, CustomStringConvertible {
  case noDifference(String, seconds: Double)
  case noNumber(String)
  case endedEarly(runs: Int, steps: Int)

  package var description: String {
    switch self {
    case .noDifference(let name, let seconds):
      "\(name): the longer run took only \(digits(seconds)) s more; the machine is too busy to measure a rate"
    case .noNumber(let query): "no number comes of \(query)"
    case .endedEarly(let runs, let steps): "\(runs) runs ended before their \(steps) steps"
    }
  }
}

extension Work {
  static let everyStep = "every term of every step"

  /// All works; the order is that of the table.
  package static let all: [Work] =
    eightSchools + logistic + gaussian + [sweepOf240, autoencoder] + mixture + samplers
    + commands + memory + stores
}

extension Workbench {
  /// The steps per second between two lengths of one sweep, over all its runs: what both lengths share (the start of the
  /// process, reading data, compiling, the final evaluation) cancels; all that a step costs, storing it included, is in the
  /// difference of the wall clock's times.
  func rate(
    _ call: Call, from short: Int, to long: Int, runs: Int = 1, stepsPerUnit: Double = 1,
    resultPer: Double = 1
  ) throws -> Measurement {
    var seconds = 0.0
    var result: Double?
    // Where others use the machine the longer one can be the faster.
    for _ in 0..<3 where seconds <= 0 {
      let brief = try run(call.with("steps=\(short)")) { try demand(steps: short, of: $0) }
      let whole = try run(call.with("steps=\(long)")) {
        try demand(steps: long, of: $0)
        result = try yardstick($0)
      }
      seconds = whole.seconds - brief.seconds
    }
    guard seconds > 0 else { throw MeasurementError.noDifference(call.sweep, seconds: seconds) }
    return Measurement(
      figure: Double(runs * (long - short)) / stepsPerUnit / seconds, result: result.map { $0 / resultPer })
  }
}
