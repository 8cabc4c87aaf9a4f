/// What the files of a model hold, by the names of the options that hold their paths.
public struct ModelData: Sendable {
  public var tables: [String: DataTable] = [:]
  public var arrays: [String: DataArray] = [:]
  public var files: [String: LoadedFile] = [:]

  public init() {}

  /// Reads the file of an option and keeps what it holds.
  ///
  /// - Returns: its digest.
  mutating func load(_ file: ModelChoice.File, from source: any TableSource) throws(SettingsProblem) -> String
  {
    switch file.kind {
    case .table:
      let table = try source.table(at: file.path)
      tables[file.option] = table
      return table.digest
    case .array:
      let array = try source.array(at: file.path)
      arrays[file.option] = array
      return array.digest
    default:
      let loaded = try source.bytes(at: file.path)
      files[file.option] = loaded
      return loaded.digest
    }
  }
}

/// A file whose bytes a model makes sense of itself.
public struct LoadedFile: Hashable, Sendable {
  /// What to call it in messages: the path as the sweep file writes it.
  public var name: String
  /// Its absolute path.
  public var place: String
  /// Its content, decompressed.
  public var bytes: [UInt8]
  /// A digest of the bytes, so that a run's identity changes when they do.
  public var digest: String

  public init(name: String, place: String, bytes: [UInt8], digest: String) {
    self.name = name
    self.place = place
    self.bytes = bytes
    self.digest = digest
  }
}
