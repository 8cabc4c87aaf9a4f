import Foundation
import Glibc

/// A process that has ended, and what it took.
package struct Ended: Sendable {
  package var code: Int32
  package var output: String
  package var errors: String
  /// From just before it began to its end, by the wall clock.
  package var seconds: Double
  /// The most memory that was resident, in MB of 10⁶ bytes. Linux lets a child begin with the peak of the process that
  /// starts it, so this is never less than that: `bench` keeps small, and makes data in a process of its own.
  package var megabytes: Double

  package init(code: Int32, output: String, errors: String, seconds: Double, megabytes: Double) {
    self.code = code
    self.output = output
    self.errors = errors
    self.seconds = seconds
    self.megabytes = megabytes
  }
}

package enum LaunchError: Error, CustomStringConvertible {
  case notStarted(String, reason: String)
  case failed(String, code: Int32, errors: String)

  package var description: String {
    switch self {
    case .notStarted(let command, let reason): "cannot start '\(command)': \(reason)"
    case .failed(let command, let code, let errors): "'\(command)' ended with \(code): \(errors.suffix(600))"
    }
  }
}

/// Runs a program that is found in PATH and waits for its end; what it writes goes through files, as a terminal or a pipe would
/// be part of what is measured.
///
/// Foundation's Process does not tell the memory of one child; wait4(2) does.
package func launch(_ command: [String], environment: [String: String] = [:]) throws -> Ended {
  let shown = command.joined(separator: " ")
  let folder = FileManager.default.temporaryDirectory.path
  let files = ["out", "err"].map { "\(folder)/wb-bench-\(getpid())-\($0)" }
  defer { for file in files { unlink(file) } }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  for (descriptor, file) in zip([1, 2] as [Int32], files) {
    posix_spawn_file_actions_addopen(&actions, descriptor, file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  }
  let surroundings = ProcessInfo.processInfo.environment.merging(environment) { _, given in given }
  var arguments = command.map { strdup($0) } + [nil]
  var variables = surroundings.map { strdup("\($0)=\($1)") } + [nil]
  defer { for text in arguments + variables { free(text) } }

  var child = pid_t()
  var status = Int32()
  var usage = rusage()
  let clock = ContinuousClock()
  let start = clock.now
  let trouble = posix_spawnp(&child, command[0], &actions, nil, &arguments, &variables)
  guard trouble == 0 else { throw LaunchError.notStarted(shown, reason: String(cString: strerror(trouble))) }
  while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
  let seconds = (clock.now - start) / .seconds(1)

  let texts = files.map {
    String(decoding: FileManager.default.contents(atPath: $0) ?? Data(), as: UTF8.self)
  }
  // As a shell has it: the exit code, or 128 and the signal.
  let signal = status & 0x7F
  return Ended(
    code: signal == 0 ? status >> 8 & 0xFF : 128 + signal, output: texts[0], errors: texts[1],
    seconds: seconds, megabytes: Double(usage.ru_maxrss) * 1024 / 1e6)
}

/// The same, and anything but success is an error.
@discardableResult
package func launchToSuccess(_ command: [String], environment: [String: String] = [:]) throws -> Ended {
  let ended = try launch(command, environment: environment)
  guard ended.code == 0 else {
    throw LaunchError.failed(command.joined(separator: " "), code: ended.code, errors: ended.errors)
  }
  return ended
}
