import ArgumentParser
import Foundation
import Reporting
import Tracking

/// The command line that an attempt records.
enum RecordedCommand {
  /// The command line of this process, as it can be typed again; before it the job of a batch system that it is.
  static var current: String {
    (BatchJob.words + (["wb"] + CommandLine.arguments.dropFirst()).map(ShellText.quoted))
      .joined(separator: " ")
  }

  /// The sweep file as it was named at the last `wb run` of a sweep; nil where no command names it.
  ///
  /// Sweeps can share runs: a file that still holds the sweep's text comes before one that does not.
  static func sweepFile(of sweep: SweepRecord, attempts: [AttemptRecord]) -> String? {
    let files = attempts.reversed().compactMap { attempt -> String? in
      let words = ShellText.words(of: attempt.command).drop { $0.hasPrefix("SLURM_") }.dropFirst()
      let command = try? Wb.parseAsRoot(Array(words))
      return (command as? RunCommand)?.sweep.file ?? (command as? WorkerCommand)?.sweep.file
    }
    let holding = files.first { (try? String(contentsOfFile: $0, encoding: .utf8)) == sweep.source }
    return holding ?? files.first
  }
}
