import Foundation
import NumericArrays

/// The options of a regression: which columns of which table, and how they are prepared.
protocol RegressionOptions: Configurable {
  var data: String? { get set }
  var target: String? { get set }
  var features: [String]? { get set }
  var intercept: Bool { get set }
  var standardize: Bool { get set }
}

extension Option where Root: RegressionOptions {
  static var regressionOptions: [Option<Root>] {
    [
      .table("data", \.data, required: true, "a table (CSV or JSON, also gzipped)"),
      .text("target", \.target, required: true, "the column that is explained"),
      .texts("features", \.features, "the columns that explain it; default: all others"),
      .boolean("intercept", \.intercept, "add a column of ones as the last feature"),
      .boolean("standardize", \.standardize, "bring columns to mean 0 and population sd 1"),
    ]
  }
}

/// A design matrix and a response, read from a table.
struct RegressionData {
  /// `[rows, features]`.
  let design: Matrix
  let response: [Double]
  let featureNames: [String]

  /// - Parameter standardizesResponse: whether `standardize` includes the target.
  init(_ options: some RegressionOptions, table: DataTable?, standardizesResponse: Bool)
    throws(SettingsProblem)
  {
    guard let table, let target = options.target else {
      throw SettingsProblem(path: ["data"], what: "is nothing", fix: "name a table and its target column")
    }
    let names = options.features ?? table.columns.map(\.name).filter { $0 != target }
    if names.contains(target) {
      throw SettingsProblem(
        path: ["features"], what: "the target '\(target)' is among the features", fix: "remove it")
    }
    if let repeated = names.first(where: { name in names.filter { $0 == name }.count > 1 }) {
      throw SettingsProblem(
        path: ["features"], what: "feature '\(repeated)' is named twice", fix: "name each column once")
    }
    if table.rowCount == 0 {
      throw SettingsProblem(path: ["data"], what: "\(table.name) has no rows", fix: "give at least one")
    }
    var columns: [[Double]] = []
    for name in names {
      let values = try table.values(of: name, option: "features")
      columns.append(options.standardize ? try standardized(values, name: name) : values)
    }
    var response = try table.values(of: target, option: "target")
    if options.standardize, standardizesResponse { response = try standardized(response, name: target) }
    if options.intercept { columns.append([Double](repeating: 1, count: response.count)) }
    if columns.isEmpty {
      throw SettingsProblem(
        path: ["features"], what: "there are no features", fix: "name a column, or set intercept: true")
    }
    self.response = response
    featureNames = names + (options.intercept ? ["intercept"] : [])
    design = Matrix(
      rows: response.count, columns: columns.count,
      elements: response.indices.flatMap { row in columns.map { $0[row] } })
  }
}

/// The values with mean 0 and population sd (divisor n) 1.
private func standardized(_ values: [Double], name: String) throws(SettingsProblem) -> [Double] {
  let mean = Statistics.mean(values)
  let sd = Statistics.variance(values, ddof: 0).squareRoot()
  // A constant column's sd is rounding, not spread.
  guard sd > 1e-12 * max(1, abs(mean)) else {
    throw SettingsProblem(
      path: ["standardize"], what: "column '\(name)' is constant",
      fix: "leave it out of features, or set standardize: false")
  }
  return values.map { ($0 - mean) / sd }
}
