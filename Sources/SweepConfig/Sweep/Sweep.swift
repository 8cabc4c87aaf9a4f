/// A sweep file, read, checked and resolved: every cell of it can run.
public struct Sweep: Sendable {
  /// The greatest number of cells, before `exclude:`.
  public static let cellLimit = 1_000_000

  public var name: String
  public var description: String?
  /// The text of the file.
  public var source: String
  /// The `key=value` arguments that changed it.
  public var overrides: [String]
  public var axes: [Axis]
  /// The cells in the order of the product, the first axis changing slowest.
  public var cells: [Cell]
  public var seeds: [Int]
  /// Which of the cells go on to more steps; nil where all are executed.
  public var halving: Halving?
  /// How its runs are executed.
  public var limits: ExecutionLimits

  /// The runs, cell by cell, each with every seed.
  public var runs: Runs { Runs(cells: cells, seeds: seeds) }

  /// Reads the sweep file at `path`, applies the arguments, and resolves every cell.
  ///
  /// Data files are sought beside the sweep file, then in its `data_dir`, then in `dataFolder`.
  ///
  /// - Parameter dataFolder: where to seek data that lie nowhere else, as `WB_DATA` names it.
  /// - Throws: everything that is wrong with any cell.
  public static func load(path: String, overrides: [String] = [], dataFolder: String? = nil)
    throws(SweepError) -> Sweep
  {
    let text: String
    do throws(YamlProblem) {
      text = try fileText(path)
    } catch {
      var findings = Findings()
      findings.add(error, source: 0)
      throw findings.error(in: [SourceText("", origin: .file(path))])
    }
    return try read(text, file: path, overrides: overrides) { ownFolder in
      let ownFolder = ownFolder.map { DataFiles.folder($0, besides: path) }
      return DataFiles(besides: path, dataFolders: [ownFolder, dataFolder].compactMap(\.self))
    }
  }

  private static func fileText(_ path: String) throws(YamlProblem) -> String {
    let bytes: [UInt8]
    do throws(FileBytes.Failure) {
      bytes = try FileBytes.read(path, limit: YamlReader.byteLimit)
    } catch {
      throw YamlProblem("\(error.what); \(error.fix)")
    }
    return try utf8Text(bytes)
  }
}
