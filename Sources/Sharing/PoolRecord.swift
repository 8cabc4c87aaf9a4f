import Foundation

/// What a shared folder is for: the first worker writes it, and all others hold themselves against it.
public struct PoolRecord: Sendable, Hashable, Codable {
  public static let format = "wb-pool-1"

  public var format = Self.format
  public var sweep: String
  public var runs: Int
  /// Of the ids of all runs, in their order.
  public var digest: String
  /// How many workers are expected; nil: unknown.
  public var workers: Int?
  /// Seconds after which a worker that gives no sign of life is gone.
  public var lease: Double
  public var wbVersion: String
  /// Of the bytes of the program.
  public var build: String
  /// What decides the bits of a sum or a logarithm: the kernels of BLAS, and the instructions of the library of mathematics.
  public var arithmetic: String

  public init(
    sweep: String, runs: Int, digest: String, workers: Int?, lease: Double, wbVersion: String, build: String,
    arithmetic: String
  ) {
    self.sweep = sweep
    self.runs = runs
    self.digest = digest
    self.workers = workers
    self.lease = lease
    self.wbVersion = wbVersion
    self.build = build
    self.arithmetic = arithmetic
  }

  public var layout: ChunkLayout { ChunkLayout(runs: runs, workers: workers) }
  public var timing: PoolTiming { PoolTiming(lease: lease) }

  /// The record in a folder; nil where it has none.
  public static func read(in folder: PosixFolder) throws(PoolError) -> PoolRecord? {
    let file: [UInt8]?
    do throws(FolderError) { file = try folder.read(PoolNames.pool) } catch { throw .folder(error) }
    guard let file else { return nil }
    guard let record = try? JSONDecoder().decode(PoolRecord.self, from: Data(file)),
      record.format == Self.format,
      record.runs > 0, record.lease > 0, record.workers ?? 1 > 0
    else { throw .damaged(path: folder.full(PoolNames.pool)) }
    return record
  }

  /// Makes this the record of a folder or, where there is one, holds this against it; returns the folder's.
  ///
  /// The number of workers and the lease are those of the folder, whatever this says.
  public func join(_ folder: PosixFolder) throws(PoolError) -> PoolRecord {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    // It has nothing that JSON cannot hold.
    let file = (try? encoder.encode(self)).map(Array.init) ?? []
    var isFirst = false
    do throws(FolderError) { isFirst = try folder.create(PoolNames.pool, file) } catch {
      throw .folder(error)
    }
    if isFirst { return self }
    // It was made a moment ago, perhaps, and is seen late.
    for _ in 0..<100 {
      if let theirs = try Self.read(in: folder) {
        try check(theirs, folder)
        return theirs
      }
      Thread.sleep(forTimeInterval: 0.1)
    }
    throw .damaged(path: folder.full(PoolNames.pool))
  }

  private func check(_ theirs: PoolRecord, _ folder: PosixFolder) throws(PoolError) {
    guard sweep == theirs.sweep, runs == theirs.runs, digest == theirs.digest else {
      throw .otherSweep(path: folder.path, name: theirs.sweep, runs: theirs.runs)
    }
    guard wbVersion == theirs.wbVersion, build == theirs.build else {
      throw .otherProgram(
        path: folder.path, ours: "\(wbVersion), build \(build)",
        theirs: "\(theirs.wbVersion), build \(theirs.build)")
    }
    guard arithmetic == theirs.arithmetic else {
      throw .otherArithmetic(path: folder.path, ours: arithmetic, theirs: theirs.arithmetic)
    }
  }
}

/// Why a worker cannot take part; `description` is the sentence for the user.
public enum PoolError: Error, Sendable, Hashable, CustomStringConvertible {
  case folder(FolderError)
  case damaged(path: String)
  case missing(path: String)
  case otherSweep(path: String, name: String, runs: Int)
  case otherProgram(path: String, ours: String, theirs: String)
  case otherArithmetic(path: String, ours: String, theirs: String)

  public var description: String {
    switch self {
    case .folder(let error): error.description
    case .damaged(let path):
      "\(path) is not what a worker writes; share another folder with --shared, or remove what is in this one"
    case .missing(let path):
      "nothing is shared in \(path); start workers there with 'wb worker FILE --shared \(path)'"
    case .otherSweep(let path, let name, let runs):
      "\(path) is shared by workers of the sweep '\(name)' with \(runs) runs, and this one has others; share another folder with "
        + "--shared, or give the same file and changes"
    case .otherProgram(let path, let ours, let theirs):
      "\(path) is shared by workers of wb \(theirs), and this is wb \(ours): their bits may differ; start the same program on every node"
    case .otherArithmetic(let path, let ours, let theirs):
      "\(path) is shared by workers that compute with \(theirs), and this machine with \(ours): their bits differ; start a new folder "
        + "with the same --cpu for all, as in --cpu x86-64-v3"
    }
  }
}
