import Foundation
import StanLanguage
import StanTracing

/// A program of the folder `Programs` with its data and what Stan says of it, which `reference_stan.py` wrote.
struct ReferenceProgram {
  let program: TracedProgram
  let values: StanValues

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Programs")

  /// The names of all.
  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".stan") }.map { String($0.dropLast(5)) }.sorted()
  }()

  init(_ name: String) throws {
    let source = StanSource(
      name: name + ".stan",
      text: try String(contentsOf: Self.folder.appending(path: name + ".stan"), encoding: .utf8))
    let data = try StanData(
      Array(Data(contentsOf: Self.folder.appending(path: name + ".json"))), name: name + ".json")
    do {
      program = try TracedProgram(StanProgram.parse(source), data: data)
    } catch let error as StanDiagnostic {
      throw Refused(message: error.described(in: source))
    } catch let error as StanProblems {
      throw Refused(message: error.problems.map { $0.described(in: source) }.joined(separator: "\n"))
    }
    values = try JSONDecoder().decode(
      StanValues.self, from: Data(contentsOf: Self.folder.appending(path: name + ".values.json")))
  }

  struct Refused: Error {
    var message: String
  }
}

/// What Stan says of a program.
struct StanValues: Decodable {
  /// The number of unconstrained parameters.
  var dimension: Int
  /// Of the constrained and transformed parameters, element by element.
  var names: [String]
  var points: [StanValue]
}
