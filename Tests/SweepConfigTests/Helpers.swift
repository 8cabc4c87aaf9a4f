import Inference
import SweepConfig
import Testing

/// Tables that are there without files.
final class FixedTables: TableSource {
  let tables: [String: DataTable]

  init(_ tables: [DataTable]) {
    self.tables = Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0) })
  }

  func table(at path: String) throws(SettingsProblem) -> DataTable {
    guard let table = tables[path] else {
      throw SettingsProblem(path: [], what: "cannot read '\(path)'", fix: "check the path")
    }
    return table
  }

  func array(at path: String) throws(SettingsProblem) -> DataArray {
    throw SettingsProblem(path: [], what: "cannot read '\(path)'", fix: "check the path")
  }
}

/// A table of two columns, `x` and `y`.
func pairTable(name: String = "pairs.csv", digest: String = "0123456789abcdef") -> DataTable {
  DataTable(
    name: name,
    columns: [
      DataTable.Column(name: "x", values: [1, 2, 3, 4]), DataTable.Column(name: "y", values: [1, 3, 2, 5]),
    ], digest: digest)
}

func read(_ text: String, _ overrides: String..., tables: [DataTable] = [pairTable()]) throws(SweepError)
  -> Sweep
{
  try Sweep.read(text, file: "sweep.yaml", tables: FixedTables(tables), overrides: overrides)
}

/// What reading `text` says is wrong.
func errorText(_ text: String, _ overrides: [String] = []) -> String {
  do throws(SweepError) {
    let sweep = try Sweep.read(
      text, file: "sweep.yaml", tables: FixedTables([pairTable()]), overrides: overrides)
    return "no error: \(sweep.cells.count) cells"
  } catch {
    return error.description
  }
}

/// A sweep with something wrong, and the whole text of the error.
struct WrongSweep: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var arguments: [String]
  var text: String
  var error: String

  init(_ title: String, arguments: [String] = [], text: String, error: String) {
    testDescription = title
    self.arguments = arguments
    self.text = text
    self.error = error
  }
}

/// The components of a kind as errors list them.
func names(of kind: ComponentKind) -> String {
  Catalog.components(of: kind).map(\.name).joined(separator: ", ")
}

/// The learned models with a tractable posterior as errors list them.
let learnedTractable = Registry<ModelChoice>.learnedModelTypes.filter { $0.hasTractablePosterior }
  .map { $0.name }.joined(separator: ", ")

/// The keys of `run:` as errors list them.
let runOptionNames = RunSettings.optionInfos.map(\.name).joined(separator: ", ")
