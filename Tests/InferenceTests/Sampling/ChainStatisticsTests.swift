import Foundation
import Inference
import Testing

/// R-hat and effective sample sizes against ArviZ 0.23.4 (`reference_chains.py`).
@Suite struct ChainStatisticsTests {
  struct Reference: Sendable, CustomTestStringConvertible {
    var chains: Int
    var length: Int
    var correlation: Double
    var shift: Double
    var rHat: Double
    var bulk: Double
    var tail: Double
    var meanError: Double
    var testDescription: String {
      "\(chains) chains of \(length), correlation \(correlation), shift \(shift)"
    }

    /// Autoregressive chains from a counted sine noise.
    var draws: [[Double]] {
      (0..<chains).map { chain in
        var x = 0.0
        return (0..<length).map { step in
          let noise = sin(12.9898 * Double(chain * length + step + 1)) * 43758.5453
          x = correlation * x + (noise - noise.rounded(.down) - 0.5)
          return x + shift * Double(chain)
        }
      }
    }
  }

  static let references = [
    Reference(
      chains: 4, length: 250, correlation: 0.5, shift: 0, rHat: 1.0247014506996748, bulk: 246.902737514618,
      tail: 486.1315946921448, meanError: 0.02080822852476935),
    Reference(
      chains: 4, length: 251, correlation: 0.9, shift: 0, rHat: 1.1547036591694484, bulk: 24.317978803955047,
      tail: 60.173482967063904, meanError: 0.1409349219756938),
    Reference(
      chains: 2, length: 100, correlation: -0.5, shift: 0, rHat: 1.0044828284567973, bulk: 460.2059991327962,
      tail: 219.87383357215091, meanError: 0.015228992686927867),
    Reference(
      chains: 3, length: 80, correlation: 0.3, shift: 0.4, rHat: 1.6518432309073627, bulk: 5.419931926161771,
      tail: 58.54054838240886, meanError: 0.207728235163278),
  ]

  /// The sine may be off by its last digit, which the noise multiplies to 1e-11; sums of a thousand keep ten digits.
  @Test("R-hat, effective sizes and the mean's error are those of ArviZ", arguments: references)
  func agreement(_ reference: Reference) {
    let own = ChainStatistics(reference.draws)
    #expect(abs(own.rHat - reference.rHat) < 1e-9 * reference.rHat)
    #expect(abs(own.bulkSize - reference.bulk) < 1e-8 * reference.bulk)
    #expect(abs(own.tailSize - reference.tail) < 1e-8 * reference.tail)
    #expect(abs(own.meanError - reference.meanError) < 1e-8 * reference.meanError)
  }

  @Test("draws that never move have no R-hat")
  func constantDraws() {
    let own = ChainStatistics([[Double]](repeating: [Double](repeating: 2, count: 20), count: 2))
    #expect(own.rHat.isNaN && own.mean == 2 && own.sd == 0)
  }
}
