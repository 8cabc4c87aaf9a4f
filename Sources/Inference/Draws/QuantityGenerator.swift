import StanLanguage
import StanTracing

/// What a model computes from a draw beside its variables: quantities of a posterior that no density depends on, with randomness
/// of their own.
protocol QuantityGenerator: Sendable {
  /// One a number, as `variableNames` of a model.
  var names: [String] { get }
  var areIntegers: [Bool] { get }
  /// The quantities of a draw, by the names.
  ///
  /// - Parameter variables: the model's variables.
  func values(at variables: [Double], seed: UInt64, draw: Int) throws(GenerationProblem) -> [Double]
}

/// A model whose draws come with generated quantities.
protocol GeneratingModel: Model {
  /// nil where it generates none.
  func generator() throws(GenerationProblem) -> (any QuantityGenerator)?
}

/// Why generated quantities cannot be computed.
public struct GenerationProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The draw, from 1; nil where it is none's.
  public var draw: Int?
  /// The place, the line and a caret, and how to put it right.
  public var detail: String

  public var description: String {
    (draw.map { "generated quantities of draw \($0):" } ?? "generated quantities:") + "\n" + detail
  }
}

extension StanModel: GeneratingModel {
  func generator() throws(GenerationProblem) -> (any QuantityGenerator)? {
    guard !traced.program.generatedQuantities.isEmpty else { return nil }
    do throws(StanDiagnostic) {
      return BlockGenerator(block: try GeneratedQuantities(of: traced), source: traced.program.source)
    } catch {
      throw GenerationProblem(draw: nil, detail: error.described(in: traced.program.source))
    }
  }

  private struct BlockGenerator: QuantityGenerator {
    let block: GeneratedQuantities
    let source: StanSource

    var names: [String] { block.names }
    var areIntegers: [Bool] { block.areIntegers }

    func values(at variables: [Double], seed: UInt64, draw: Int) throws(GenerationProblem) -> [Double] {
      do throws(StanDiagnostic) {
        return try block.values(at: variables, seed: seed, draw: draw)
      } catch {
        throw GenerationProblem(draw: draw + 1, detail: error.described(in: source))
      }
    }
  }
}
