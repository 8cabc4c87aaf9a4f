/// The options of a model of independent, identically distributed numbers: inline, or a column of a table.
protocol ObservationOptions: Configurable {
  var observations: [Double] { get set }
  var data: String? { get set }
  var target: String? { get set }
}

extension Option where Root: ObservationOptions {
  static var observationOptions: [Option<Root>] {
    [
      .numbers("observations", \.observations, .any, "the observations, inline; or give data and target"),
      .table("data", \.data, "a table (CSV or JSON, also gzipped) that holds the observations"),
      .text("target", \.target, "the column of the table that holds them"),
    ]
  }
}

extension ObservationOptions {
  /// The observations, from wherever the options say.
  func observed(in table: DataTable?) throws(SettingsProblem) -> [Double] {
    guard let table else {
      if observations.isEmpty {
        throw SettingsProblem(
          path: [], what: "there are no observations",
          fix: "add observations: [1, 0, …], or data: FILE and target: COLUMN")
      }
      return observations
    }
    if !observations.isEmpty {
      throw SettingsProblem(
        path: ["observations"], what: "both observations and data are given", fix: "remove one of them")
    }
    guard let target else {
      throw SettingsProblem(
        path: [], what: "option 'target' is missing",
        fix: "name a column of \(table.name): \(table.columns.map(\.name).joined(separator: ", "))")
    }
    let values = try table.values(of: target, option: "target")
    if values.isEmpty {
      throw SettingsProblem(path: ["data"], what: "\(table.name) has no rows", fix: "give at least one")
    }
    return values
  }
}

/// Refuses observations that the likelihood does not allow.
func requireAll(_ values: [Double], _ allowed: (Double) -> Bool, _ rule: String) throws(SettingsProblem) {
  guard let index = values.firstIndex(where: { !allowed($0) }) else { return }
  throw SettingsProblem(
    path: [], what: "observation \(index + 1) is \(values[index].shortest)", fix: rule)
}
