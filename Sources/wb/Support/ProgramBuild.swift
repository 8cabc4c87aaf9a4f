import Foundation
import Glibc

/// Which program this is.
enum ProgramBuild {
  /// A number that another build hardly has: over all bytes of the program's file, by words (FNV-1a's step; Fowler, Noll & Vo 1991).
  static let current: String = {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: "/proc/self/exe"), options: .alwaysMapped)
    else {
      return "unknown"
    }
    var hash = UInt64(data.count)
    data.withUnsafeBytes { bytes in
      for index in 0..<(bytes.count / 8) {
        let word = bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
        hash = (hash ^ word) &* 0x100_0000_01b3
        // The multiplication carries upwards only: a turn brings the high bits down.
        hash = hash << 29 | hash >> 35
      }
    }
    return String(hash, radix: 16)
  }()

  /// The path of the program's file.
  static var path: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }

  /// When this process began, in seconds since 1970, to a hundredth (proc_pid_stat(5), field 22, and proc_uptime(5)).
  static var startedAt: Double {
    func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
    let now = Date().timeIntervalSince1970
    let fields = text("/proc/self/stat").split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 19, let ticks = Double(fields[19]),
      let uptime = text("/proc/uptime").split(separator: " ").first.flatMap({ Double($0) })
    else { return now }
    return now - (uptime - ticks / Double(sysconf(Int32(_SC_CLK_TCK))))
  }
}

/// What the batch system says that this process is: the only variables of the environment that are recorded.
enum BatchJob {
  private static let names = [
    "SLURM_JOB_ID", "SLURM_ARRAY_JOB_ID", "SLURM_ARRAY_TASK_ID", "SLURM_RESTART_COUNT",
  ]

  /// As words before a command line; empty outside of a job.
  static var words: [String] {
    var environment = ProcessInfo.processInfo.environment
    // Slurm sets it from the second start on.
    if environment["SLURM_JOB_ID"] != nil, environment["SLURM_RESTART_COUNT"] == nil {
      environment["SLURM_RESTART_COUNT"] = "0"
    }
    return names.compactMap { name in
      environment[name].flatMap { Int($0) }.map { "\(name)=\($0)" }
    }
  }

  /// As `17_3`; nil outside of a job.
  static var name: String? {
    let environment = ProcessInfo.processInfo.environment
    guard let job = environment["SLURM_JOB_ID"].flatMap({ Int($0) }) else { return nil }
    guard let array = environment["SLURM_ARRAY_JOB_ID"].flatMap({ Int($0) }),
      let task = environment["SLURM_ARRAY_TASK_ID"].flatMap({ Int($0) })
    else { return "\(job)" }
    return "\(array)_\(task)"
  }
}
