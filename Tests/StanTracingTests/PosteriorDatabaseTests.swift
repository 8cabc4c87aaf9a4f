import FileFormats
import Foundation
import StanLanguage
import StanTracing
import Testing

/// The programs of posteriordb, which nobody here wrote, against values by Stan: set WB_POSTERIORDB to the folder
/// `posterior_database` and WB_STAN_VALUES to one of `MODEL.json`, each made by `reference_stan.py`.
@Suite struct PosteriorDatabaseTests {
  static let database = ProcessInfo.processInfo.environment["WB_POSTERIORDB"]
  static let values = ProcessInfo.processInfo.environment["WB_STAN_VALUES"]

  private struct Posterior: Decodable {
    var model_name: String
    var data_name: String
  }

  private struct Values: Decodable {
    var data: String?
    var dimension: Int?
    var points: [StanValue]?
  }

  @Test(.enabled(if: database != nil, "WB_POSTERIORDB is not set"))
  func programsLoadAndAgree() throws {
    let root = URL(fileURLWithPath: Self.database ?? "")
    let posteriors = try FileManager.default.contentsOfDirectory(atPath: root.path + "/posteriors")
      .filter { $0.hasSuffix(".json") }.sorted()
    var seen: Set<String> = []
    var (loaded, refused, agreed, compared) = (0, 0, 0, 0)
    for file in posteriors {
      let posterior = try JSONDecoder().decode(
        Posterior.self, from: Data(contentsOf: root.appending(path: "posteriors/" + file)))
      let model = posterior.model_name
      var dataName = posterior.data_name
      var reference: Values?
      if let folder = Self.values,
        let bytes = try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(model).json"))
      {
        reference = try? JSONDecoder().decode(Values.self, from: bytes)
        if let own = reference?.data { dataName = own }
      }
      guard seen.insert(model).inserted,
        let program = try? String(
          contentsOf: root.appending(path: "models/stan/\(model).stan"), encoding: .utf8),
        let zip = try? Data(contentsOf: root.appending(path: "data/data/\(dataName).json.zip")),
        let bytes = try ZipArchive(Array(zip)).content(of: dataName + ".json", limit: 1 << 30)
      else { continue }
      let source = StanSource(name: model + ".stan", text: program)
      do {
        let start = Date()
        let checked = try StanProgram.parse(source)
        let parsed = Date()
        let traced = try TracedProgram(checked, data: StanData(bytes, name: dataName))
        let done = Date()
        let density = TracedDensity(traced)
        let recorded = Date()
        loaded += 1
        var line = String(
          format: "%@: %d parameters, parse %.1f ms, trace %.1f ms, record %.1f ms", model, traced.dimension,
          1000 * parsed.timeIntervalSince(start), 1000 * done.timeIntervalSince(parsed),
          1000 * recorded.timeIntervalSince(done))
        if let mixed = traced.mixedFactor { line += ", mixed at \(mixed.range.start)" }
        if let points = reference?.points?.filter({ $0.logDensity != nil }), !points.isEmpty {
          compared += 1
          let worst = points.map { $0.difference(from: density) }.max() ?? .infinity
          if worst < 1e-8 { agreed += 1 }
          line += String(format: ", worst %.1e%@", worst, worst < 1e-8 ? "" : "  <-- DIFFERS")
          if worst >= 1e-8 {
            for point in points.prefix(2) where point.x.count == traced.dimension {
              line += "\n   ours \(density(point.x).value), Stan's \(point.logDensity ?? .nan)"
            }
          }
        }
        print(line)
      } catch let error as StanDiagnostic {
        refused += 1
        print("\(model): REFUSED", error.described(in: source))
      } catch let error as StanProblems {
        refused += 1
        print("\(model): UNCHECKED", error.problems.first?.described(in: source) ?? "")
      }
    }
    print("loaded \(loaded), refused \(refused), compared \(compared), agreed \(agreed)")
  }
}
