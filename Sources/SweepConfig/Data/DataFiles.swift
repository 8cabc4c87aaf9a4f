import Foundation
public import Inference

/// The tables of a sweep, read from files relative to the sweep file's folder, each once.
public final class DataFiles: TableSource {
  /// The greatest size of a table once decompressed, in bytes.
  static let byteLimit = 2 << 30

  private let folder: String
  private var results: [String: Result<DataTable, SettingsProblem>] = [:]

  /// - Parameter sweepFile: the path of the sweep file.
  public init(besides sweepFile: String) {
    folder = URL(fileURLWithPath: sweepFile).deletingLastPathComponent().path
  }

  public func table(at path: String) throws(SettingsProblem) -> DataTable {
    if let known = results[path] { return try known.get() }
    let result = Result { () throws(SettingsProblem) in try read(path) }
    results[path] = result
    return try result.get()
  }

  public func array(at path: String) throws(SettingsProblem) -> DataArray {
    let table = try table(at: path)
    let width = table.columns.count
    var values = [Double](repeating: 0, count: table.rowCount * width)
    for (place, column) in table.columns.enumerated() {
      for (row, value) in column.values.enumerated() { values[row * width + place] = value }
    }
    return DataArray(
      name: path, rowCount: table.rowCount, width: width, storage: .numbers(values),
      columnNames: table.columns.map(\.name), digest: table.digest)
  }

  private func read(_ path: String) throws(SettingsProblem) -> DataTable {
    let full = path.hasPrefix("/") ? path : folder + "/" + path
    let bytes: [UInt8]
    do throws(FileBytes.Failure) {
      bytes = try FileBytes.read(full, limit: Self.byteLimit)
    } catch {
      let relative = path.hasPrefix("/") ? "" : "; paths are relative to the sweep file"
      throw SettingsProblem(
        path: [], what: "cannot read '\(path)' (\(full)): \(error.what)", fix: error.fix + relative)
    }
    do throws(TableProblem) {
      let content = try isGzip(bytes) ? gunzip(bytes, limit: Self.byteLimit) : bytes
      let digest = String(SHA256.hexDigest(of: content).prefix(16))
      let columns = try columns(of: content, path: path)
      return DataTable(name: path, columns: columns, digest: digest)
    } catch {
      let place = error.line.map { "\(path):\($0)" } ?? path
      throw SettingsProblem(path: [], what: "\(place): \(error.what)", fix: error.fix)
    }
  }

  /// The columns of a table, by the format that its name or else its first character tells.
  private func columns(of content: [UInt8], path: String) throws(TableProblem) -> [DataTable.Column] {
    let body = content.starts(with: [0xEF, 0xBB, 0xBF]) ? content[3...] : content[...]
    guard !body.isEmpty else { throw TableProblem("the file is empty", fix: "give it a header and rows") }
    if body.contains(0) {
      throw TableProblem("the file is binary", fix: "use CSV or JSON, plain or gzipped")
    }
    let name = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
    return name.lowercased().hasSuffix(".json")
      ? try jsonColumns(body, table: path) : try csvColumns(body, table: path)
  }
}

/// Why a file is not a table.
struct TableProblem: Error {
  /// The line, from 1, where one is at fault.
  var line: Int?
  var what: String
  var fix: String

  init(line: Int? = nil, _ what: String, fix: String) {
    self.line = line
    self.what = what
    self.fix = fix
  }
}
