import Foundation

/// What Slurm says of itself.
struct SlurmCluster {
  /// Slurm's own default (slurm.conf(5)).
  static let usualArraySize = 1001

  /// The tasks of a job array at most: their numbers are below MaxArraySize.
  var arraySize: Int
  /// MaxJobCount, the jobs that the controller keeps; nil where it does not say.
  var jobs: Int?
  /// Whether accounting limits what a user submits.
  var enforcesLimits: Bool

  /// Reads what `scontrol show config` prints.
  init(config: String) {
    func value(_ key: String) -> String? {
      for line in config.split(separator: "\n") {
        let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        if parts.count == 2, parts[0] == key { return parts[1] }
      }
      return nil
    }
    func number(_ key: String) -> Int? { value(key).flatMap { Int($0.prefix { $0.isNumber }) } }
    arraySize = max(1, number("MaxArraySize") ?? Self.usualArraySize)
    jobs = number("MaxJobCount")
    enforcesLimits = (value("AccountingStorageEnforce") ?? "").split(separator: ",").contains("limits")
  }

  /// The sizes of the arrays that so many tasks make.
  func arrays(of tasks: Int) -> [Int] {
    stride(from: 0, to: tasks, by: arraySize).map { min(arraySize, tasks - $0) }
  }
}

/// A program of this machine that is run to its end.
struct Tool {
  var code: Int32
  var output: String
  var errors: String

  /// nil where there is no such program in the PATH.
  init?(_ words: [String]) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    // What these tools say fits into a pipe.
    self.output = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    self.errors = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    code = process.terminationStatus
    // As env(1) says it.
    if code == 127 { return nil }
  }
}
