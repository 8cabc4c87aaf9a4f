import Foundation
import ReverseTape
import Synchronization

/// The log density of a Stan program with its data: with the Jacobians of the transforms and all constants.
///
/// Programs that were compiled without `STAN_THREADS=true` share one autodiff stack: of those one evaluation is made at a time.
final class BridgeStanDensity: ExternalDensity {
  /// What libraries without threads wait for.
  private static let turn = Mutex(())

  /// The number of unconstrained parameters.
  let dimension: Int
  let unconstrainedNames: [String]
  /// The names of the constrained parameters, as Stan prints them.
  let names: [String]
  private let library: BridgeStanLibrary
  /// Never written to: threads may share it, where they may call Stan at all.
  nonisolated(unsafe) private let model: OpaquePointer
  private let isThreaded: Bool

  /// - Parameter data: JSON text; empty where the program reads none.
  /// - Throws: what Stan says of the data, as a problem without a path.
  init(_ library: BridgeStanLibrary, data: String, seed: UInt32) throws(SettingsProblem) {
    var made: OpaquePointer?
    let failure = Self.turn.withLock { _ in
      library.failure { message in
        made = library.construct(data, seed, message)
        return made == nil ? 1 : 0
      }
    }
    guard let made else {
      throw SettingsProblem(
        path: [], what: "Stan refuses the data: \(failure ?? "it says nothing")",
        fix: "give what the program's data block declares")
    }
    self.library = library
    model = made
    dimension = Int(library.unconstrainedCount(made))
    unconstrainedNames = Self.text(library.unconstrainedNames(made)).split(separator: ",").map(String.init)
    names = Self.text(library.names(made, false, false)).split(separator: ",").map(String.init)
    isThreaded = Self.text(library.information(made)).contains("STAN_THREADS=true")
  }

  deinit { inTurn { library.destruct(model) } }

  func logDensity(
    at point: UnsafeBufferPointer<Double>, gradient: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    if let z = point.baseAddress, let slope = gradient.baseAddress {
      var value = Double.nan
      let failure = inTurn { library.failure { library.gradient(model, false, true, z, &value, slope, $0) } }
      if failure == nil { return value }
    }
    gradient.update(repeating: .nan)
    return .nan
  }

  /// The parameters on their own scale at a point z `[D]`, by ``names``; nil where Stan cannot transform them.
  func constrained(_ point: [Double]) -> [Double]? {
    precondition(point.count == dimension, "a point has \(dimension) elements")
    var values = [Double](repeating: .nan, count: names.count)
    let failure = inTurn {
      library.failure { library.constrain(model, false, false, point, &values, nil, $0) }
    }
    return failure == nil ? values : nil
  }

  private func inTurn<Result>(_ call: () -> Result) -> Result {
    if isThreaded { return call() }
    return Self.turn.withLock { _ in Unchecked(value: call()) }.value
  }

  /// A result that leaves the lock.
  private struct Unchecked<Value>: @unchecked Sendable {
    var value: Value
  }

  private static func text(_ text: UnsafePointer<CChar>?) -> String { text.map { String(cString: $0) } ?? "" }
}
