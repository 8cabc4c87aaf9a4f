import FileFormats
import Foundation
public import Inference

/// The tables and arrays of a sweep, read from files, each once.
public final class DataFiles: TableSource {
  /// The greatest size of a file once decompressed, in bytes.
  static let byteLimit = 2 << 30

  private let folders: DataFolders
  /// Where the sweep file is, or the command is given.
  private let home: String
  private var digests: [String: String?] = [:]
  private var tables: [String: Result<DataTable, SettingsProblem>] = [:]
  private var arrays: [String: Result<DataArray, SettingsProblem>] = [:]
  private var files: [String: Result<LoadedFile, SettingsProblem>] = [:]

  /// - Parameters:
  ///   - sweepFile: the path of the sweep file, in whose folder data are sought first.
  ///   - dataFolders: where they are sought then, in this order; an empty path is none.
  public convenience init(besides sweepFile: String, dataFolders: [String] = []) {
    self.init(
      in: [Self.folder(of: sweepFile).path] + dataFolders,
      further: "with data_dir: FOLDER in the sweep file or with WB_DATA=FOLDER")
  }

  /// The data that a command names: sought in the current folder, and then in the one of `WB_DATA`.
  public convenience init(dataFolder: String?) {
    self.init(in: [".", dataFolder ?? ""], further: "with WB_DATA=FOLDER")
  }

  /// The data of a sweep by its text, sought as `Sweep.load` seeks them.
  ///
  /// - Parameters:
  ///   - file: the path of the sweep file.
  ///   - dataFolder: the folder that `WB_DATA` names.
  public static func of(_ source: String, file: String, overrides: [String], dataFolder: String?) -> DataFiles
  {
    let own = Sweep.dataFolder(of: source, overrides: overrides).map { folder($0, besides: file) }
    return DataFiles(besides: file, dataFolders: [own, dataFolder].compactMap(\.self))
  }

  private init(in folders: [String], further: String) {
    home = URL(fileURLWithPath: folders.first ?? ".").standardizedFileURL.path
    self.folders = DataFolders(
      folders.filter { !$0.isEmpty }.map { URL(fileURLWithPath: $0).standardizedFileURL.path },
      further: further)
  }

  /// The folder that `path` names relative to a sweep file.
  static func folder(_ path: String, besides sweepFile: String) -> String {
    URL(fileURLWithPath: path, relativeTo: folder(of: sweepFile)).standardizedFileURL.path
  }

  private static func folder(of sweepFile: String) -> URL {
    URL(fileURLWithPath: sweepFile).deletingLastPathComponent()
  }

  /// The table of a CSV or JSON file.
  public func table(at path: String) throws(SettingsProblem) -> DataTable {
    if let known = tables[path] { return try known.get() }
    let result = Result { () throws(SettingsProblem) in
      try read(path) { content throws(TableProblem) in
        DataTable(
          name: path, columns: try tableColumns(content, path: path, accepted: "CSV or JSON"),
          digest: Self.digest(of: content))
      }
    }
    tables[path] = result
    return try result.get()
  }

  /// The array of an NPY or IDX file, or of all columns of a CSV or JSON file.
  public func array(at path: String) throws(SettingsProblem) -> DataArray {
    if let known = arrays[path] { return try known.get() }
    let result = Result { () throws(SettingsProblem) in
      try read(path) { content throws(TableProblem) in
        try dataArray(content, path: path, digest: Self.digest(of: content))
      }
    }
    arrays[path] = result
    return try result.get()
  }

  /// The bytes of a file, decompressed.
  public func bytes(at path: String) throws(SettingsProblem) -> LoadedFile {
    if let known = files[path] { return try known.get() }
    let result = Result { () throws(SettingsProblem) in
      let place = try folders.place(of: path)
      return try read(path) { content throws(TableProblem) in
        LoadedFile(name: path, place: place, bytes: content, digest: Self.digest(of: content))
      }
    }
    files[path] = result
    return try result.get()
  }

  public func place(of path: String) -> String {
    URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: home, isDirectory: true))
      .standardizedFileURL.path
  }

  public func digest(ofFile path: String, in folder: String) -> String? {
    let place = URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: folder, isDirectory: true))
      .standardizedFileURL.path
    if let known = digests[place] { return known }
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: URL(fileURLWithPath: place).resolvingSymlinksInPath().path)
    let isFile = attributes?[.type] as? FileAttributeType == .typeRegular
    let bytes = isFile ? try? FileBytes.read(place, limit: Self.byteLimit) : nil
    let digest = bytes.map { SHA256.hexDigest(of: $0) }
    digests[place] = .some(digest)
    return digest
  }

  private static func digest(of content: [UInt8]) -> String {
    String(SHA256.hexDigest(of: content).prefix(16))
  }

  /// What `interpret` makes of the decompressed content of a file.
  private func read<Data>(_ path: String, as interpret: ([UInt8]) throws(TableProblem) -> Data)
    throws(SettingsProblem) -> Data
  {
    let place = try folders.place(of: path)
    let bytes: [UInt8]
    do throws(FileBytes.Failure) {
      bytes = try FileBytes.read(place, limit: Self.byteLimit)
    } catch {
      throw SettingsProblem(
        path: [], what: "cannot read '\(path)' (\(place)): \(error.what)", fix: error.fix)
    }
    do throws(TableProblem) {
      return try interpret(Gzip.begins(bytes) ? decompressed(bytes) : bytes)
    } catch {
      let position = error.line.map { "\(path):\($0)" } ?? path
      throw SettingsProblem(path: [], what: "\(position): \(error.what)", fix: error.fix)
    }
  }

  private func decompressed(_ bytes: [UInt8]) throws(TableProblem) -> [UInt8] {
    do throws(FormatError) {
      return try Gzip.decompress(bytes, limit: Self.byteLimit)
    } catch {
      throw TableProblem(error)
    }
  }
}
