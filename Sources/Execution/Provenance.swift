import Foundation
import NumericArrays
public import Tracking

extension AttemptRecord {
  /// Where and with what this process runs a sweep; environment variables are never read.
  ///
  /// - Parameter sweepFolder: the folder of the sweep file, whose git commit is recorded where it has one.
  public static func current(version: String, sweepFolder: String, command: String) -> AttemptRecord {
    AttemptRecord(
      wbVersion: version, gitCommit: gitCommit(of: sweepFolder), host: ProcessInfo.processInfo.hostName,
      cpuFlags: cpuFlags, blasCore: BLAS.coreName, command: command)
  }

  /// The commit that is checked out, with a mark where the folder has changes; nil outside a repository.
  private static func gitCommit(of folder: String) -> String? {
    let arguments = ["-C", folder, "status", "--porcelain=v2", "--branch", "--untracked-files=no", "."]
    guard let lines = git(arguments)?.split(separator: "\n") else { return nil }
    let prefix = "# branch.oid "
    guard let commit = lines.first(where: { $0.hasPrefix(prefix) })?.dropFirst(prefix.count),
      commit != "(initial)"
    else { return nil }
    return lines.allSatisfy { $0.hasPrefix("#") } ? String(commit) : commit + " with changes"
  }

  private static func git(_ arguments: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // A repository that came with a download may name programs of its own to watch files with: none is started.
    process.arguments = ["git", "-c", "core.fsmonitor=false", "--no-optional-locks"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    // What git says tells whether it succeeded; Foundation would take 50 ms to notice that it has ended.
    return String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The vector instruction sets that the kernels and BLAS choose by, of the first CPU.
  private static var cpuFlags: String {
    let vector = Arithmetic.allFlags.filter { flag in
      ["sse4", "avx", "fma", "asimd", "sve"].contains { flag.hasPrefix($0) }
    }
    return vector.joined(separator: " ")
  }
}
