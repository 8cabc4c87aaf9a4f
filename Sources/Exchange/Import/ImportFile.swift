import Foundation

/// A file or folder to take runs from.
package struct ImportFile {
  package let path: String

  package init(_ path: String) { self.path = path }

  /// Reads the runs.
  ///
  /// - Parameters:
  ///   - format: nil to look at what is in it.
  ///   - sweep: nil for the name of the file, and the experiments of MLflow.
  ///   - parameters: a file `run_id,key,value` beside one of comma-separated values.
  package func runs(as format: ExchangeFormat?, sweep: String?, parameters: String?) throws -> ImportedRuns {
    let url = URL(fileURLWithPath: path)
    let stem = url.deletingPathExtension().lastPathComponent
    let sweepName = sweep ?? (stem.isEmpty || stem == "/" ? "imported" : stem)
    switch try format ?? guess() {
    case .mlflow: return try MLflowImport.runs(path: path, sweep: sweep)
    case .tensorboard: return try TensorBoardImport.runs(path: path, sweep: sweepName)
    case .jsonl:
      return try JSONLinesImport.runs(try Self.bytes(path), path: path, name: stem, sweep: sweepName)
    case .csv:
      let isFolder = Self.isFolder(path)
      let points = isFolder ? "\(path)/points.csv" : path
      func companion(_ place: String?, else name: String) throws(ExchangeError) -> CSVImport.Companion? {
        let beside = "\(path)/\(name)"
        let isBeside = isFolder && FileManager.default.fileExists(atPath: beside)
        guard let place = place ?? (isBeside ? beside : nil) else { return nil }
        return CSVImport.Companion(bytes: try Self.bytes(place), path: place)
      }
      return try CSVImport.runs(
        try Self.bytes(points), path: points, parameters: companion(parameters, else: "params.csv"),
        runs: companion(nil, else: "runs.csv"), name: stem, sweep: sweepName)
    }
  }

  /// The format that the content has.
  private func guess() throws(ExchangeError) -> ExchangeFormat {
    if Self.isFolder(path) {
      return FileManager.default.fileExists(atPath: "\(path)/points.csv") ? .csv : .tensorboard
    }
    let start = try Self.bytes(path, upTo: 100)
    if start.starts(with: "SQLite format 3\0".utf8) {
      // The application_id in the header: https://www.sqlite.org/fileformat.html, section 1.3.
      if start.count >= 72, start[68..<72].elementsEqual("wb01".utf8) { throw .isStore(path: path) }
      return .mlflow
    }
    if TFRecord.begins(start) { return .tensorboard }
    return start.first { ![0x20, 0x09, 0x0D, 0x0A].contains($0) } == UInt8(ascii: "{") ? .jsonl : .csv
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// The bytes of a file, or its first ones.
  static func bytes(_ path: String, upTo count: Int? = nil) throws(ExchangeError) -> [UInt8] {
    guard !isFolder(path) else { throw .unreadable(path: path, why: "it is a folder") }
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw .unreadable(
        path: path,
        why: FileManager.default.fileExists(atPath: path) ? "it may not be opened" : "it is not there")
    }
    do {
      let data = if let count { try file.read(upToCount: count) } else { try file.readToEnd() }
      return Array(data ?? Data())
    } catch {
      throw .unreadable(path: path, why: "\(error.localizedDescription)")
    }
  }
}
