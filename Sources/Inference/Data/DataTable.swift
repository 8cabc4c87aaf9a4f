/// A table of numbers by named columns: the data of a model, free of files and formats.
public struct DataTable: Hashable, Sendable {
  public struct Column: Hashable, Sendable {
    public var name: String
    /// One value a row; NaN where the cell is not a number.
    public var values: [Double]
    /// The first cell that is not a finite number, for the error when the column is used.
    public var firstBadCell: BadCell?

    public init(name: String, values: [Double], firstBadCell: BadCell? = nil) {
      self.name = name
      self.values = values
      self.firstBadCell = firstBadCell
    }
  }

  public struct BadCell: Hashable, Sendable {
    /// Where the cell stands, ready to print: `diabetes.csv:12`.
    public var location: String
    public var text: String

    public init(location: String, text: String) {
      self.location = location
      self.text = text
    }
  }

  /// What to call the table in messages: the path as the sweep file writes it.
  public var name: String
  public var columns: [Column]
  /// A digest of the file's bytes, so that a run's identity changes when its data do.
  public var digest: String

  /// - Precondition: all columns have the same number of rows.
  public init(name: String, columns: [Column], digest: String) {
    precondition(Set(columns.map(\.values.count)).count <= 1, "columns of different lengths")
    self.name = name
    self.columns = columns
    self.digest = digest
  }

  public var rowCount: Int { columns.first?.values.count ?? 0 }

  /// The values of a column.
  ///
  /// - Throws: a problem that names the valid columns, or the first cell that is not a finite number.
  public func values(of column: String, option: String) throws(SettingsProblem) -> [Double] {
    guard let found = columns.first(where: { $0.name == column }) else {
      throw .unknownName(column, kind: "column", valid: columns.map(\.name), at: [option])
    }
    if let bad = found.firstBadCell {
      throw SettingsProblem(
        path: [option], what: "\(bad.location): column '\(column)' holds '\(bad.text)'",
        fix: "every cell of a used column must be a finite number")
    }
    return found.values
  }
}

/// Where models get their data from; implemented by whoever reads files.
public protocol TableSource {
  /// The table at `path`, read once.
  func table(at path: String) throws(SettingsProblem) -> DataTable
  /// The array at `path`, read once.
  func array(at path: String) throws(SettingsProblem) -> DataArray
  /// The file at `path`, read once.
  func bytes(at path: String) throws(SettingsProblem) -> LoadedFile
  /// The absolute path of what lies at `path` beside the sweep file.
  func place(of path: String) -> String
  /// The SHA-256 of the file at `path` in a folder, in hexadecimal; nil where there is no such file.
  func digest(ofFile path: String, in folder: String) -> String?
}

extension TableSource {
  public func bytes(at path: String) throws(SettingsProblem) -> LoadedFile {
    throw SettingsProblem(path: [], what: "cannot read '\(path)'", fix: "files are not read here")
  }
  public func place(of path: String) -> String { path }
  public func digest(ofFile path: String, in folder: String) -> String? { nil }
}
