extension DataArray {
  /// `28 × 28 numbers` for images, `4 numbers` else.
  var sizeInWords: String {
    image.map { "\($0.rows) × \($0.columns) numbers" } ?? "\(width) \(width == 1 ? "number" : "numbers")"
  }

  /// The named columns, in that order; all where `features` is nil.
  ///
  /// - Throws: where the data have no named columns, or not these.
  func selecting(_ features: [String]?) throws(SettingsProblem) -> DataArray {
    guard let features else { return self }
    guard let columnNames, case .numbers(let values) = storage else {
      throw SettingsProblem(
        path: ["features"], what: "the columns of \(name) have no names", fix: "remove features")
    }
    guard !features.isEmpty else {
      throw SettingsProblem(path: ["features"], what: "is empty", fix: "name at least one column")
    }
    var places: [Int] = []
    for feature in features {
      guard let place = columnNames.firstIndex(of: feature) else {
        throw .unknownName(feature, kind: "column", valid: columnNames, at: ["features"])
      }
      places.append(place)
    }
    let chosen = (0..<rowCount).flatMap { row in places.map { values[row * width + $0] } }
    var bad: [Int: DataTable.BadCell] = [:]
    for (new, old) in places.enumerated() { bad[new] = badCells[old] }
    return DataArray(
      name: name, rowCount: rowCount, width: places.count, storage: .numbers(chosen),
      columnNames: features, badCells: bad, digest: digest)
  }

  /// - Throws: a problem that names the first cell that is not a finite number.
  func requireFiniteNumbers(option: String) throws(SettingsProblem) {
    guard let column = badCells.keys.min(), let bad = badCells[column] else { return }
    let what = columnNames.map { "column '\($0[column])'" } ?? "column \(column + 1)"
    throw SettingsProblem(
      path: [option], what: "\(bad.location): \(what) holds '\(bad.text)'",
      fix: "every number must be finite; choose the columns with features")
  }
}
