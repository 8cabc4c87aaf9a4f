import ArgumentParser
import Execution
import Foundation
import Reporting
import Sharing
import SweepConfig

/// The folder that workers share.
struct SharedOptions: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp("The folder that all workers see.", valueName: "folder"))
  var shared: String

  var folder: PosixFolder {
    PosixFolder(URL(fileURLWithPath: shared).standardizedFileURL.path, token: Self.token)
  }

  /// A name that no other process has or had.
  static let token: String = {
    let host = ProcessInfo.processInfo.hostName.prefix { $0 != "." }.prefix(40)
    let name = host.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let number = UInt32.random(in: 0...UInt32.max)
    return String(name) + "-\(ProcessInfo.processInfo.processIdentifier)-" + String(number, radix: 36)
  }()
}

extension PoolRecord {
  /// What the runs of a sweep are, to be executed by this program on this machine.
  init(_ sweep: Sweep, workers: Int?, lease: Double) {
    self.init(
      sweep: sweep.name, runs: sweep.runs.count, digest: Self.digest(of: sweep), workers: workers,
      lease: lease,
      wbVersion: Wb.version, build: ProgramBuild.current, arithmetic: Arithmetic.current)
  }

  /// Of the ids of all runs in their order (FNV-1a; Fowler, Noll & Vo 1991).
  static func digest(of sweep: Sweep) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for run in sweep.runs {
      for byte in run.id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    return String(hash, radix: 16)
  }

  /// The record of a folder, which has to be that of a sweep.
  static func record(of sweep: Sweep, in folder: PosixFolder) throws(PoolError) -> PoolRecord {
    guard let record = try read(in: folder) else { throw .missing(path: folder.path) }
    guard record.sweep == sweep.name, record.digest == digest(of: sweep) else {
      throw .otherSweep(path: folder.path, name: record.sweep, runs: record.runs)
    }
    return record
  }
}
