import ArgumentParser
import Execution
import Foundation
import SweepConfig
import Tracking

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Execute what is missing of a sweep.",
    discussion: """
      Finished runs are left alone, interrupted ones start again and give the same numbers to the bit. Every error of \
      every cell is found before the first run starts. Ctrl-C stops cleanly and exits with 75.
      """)

  @OptionGroup var sweep: SweepOptions
  @OptionGroup var store: StoreOptions

  @ArgumentParser.Option(name: [.customShort("j"), .long], help: "Runs at a time; else one per CPU.")
  var jobs: Int?

  @ArgumentParser.Option(help: "Run again what ended so: failed, diverged or failed,diverged.")
  var retry: String?

  @Flag(help: "Run everything again, finished or not.")
  var force = false

  @ArgumentParser.Option(help: "How progress is shown: none, plain or bar.")
  var progress: ProgressStyle?

  @Flag(help: "Without colours, as NO_COLOR asks too.")
  var noColor = false

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs is \(jobs); use 1 to 1024") }
    _ = try again()
  }

  func run() throws {
    let loaded = try sweep.load()
    let store = try store.open(.writing)
    let runner = SweepRunner(store: store, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
    let (selection, recovered) = try runner.select(loaded, again: try again())
    if !recovered.interrupted.isEmpty {
      Console.error("wb: \(recovered.interrupted.count) runs of a process that is gone start again")
    }
    if selection.count(.running) > 0, let live = recovered.live.first {
      Console.error(
        "wb: \(selection.count(.running)) runs are left to process \(live.processID), which is executing them")
    }
    let ended = try execute(selection, with: runner)
    try store.close()
    try finish(loaded, selection, ended)
  }

  private func execute(_ selection: Selection, with runner: SweepRunner) throws -> SweepRunner.Progress {
    let isTerminal = Console.errorIsTerminal
    let environment = ProcessInfo.processInfo.environment
    var display = ProgressDisplay(
      style: progress ?? (isTerminal ? .bar : .plain),
      usesColor: isTerminal && !noColor && (environment["NO_COLOR"] ?? "").isEmpty)
    let stop = StopRequest()
    let signals = StopOnSignal(stop)
    defer { withExtendedLifetime(signals) {} }
    let provenance = AttemptRecord.current(
      version: Wb.version, sweepFolder: sweep.folder,
      command: (["wb"] + CommandLine.arguments.dropFirst()).joined(separator: " "))
    let ended = try runner.run(selection, provenance: provenance, stop: stop) { display.show($0) }
    display.clear()
    return ended
  }

  /// Says how the sweep stands, and exits with its code.
  private func finish(_ sweep: Sweep, _ selection: Selection, _ ended: SweepRunner.Progress) throws {
    let executed = selection.executed.count
    let diverged = selection.count(.diverged) + ended.diverged
    let failed = selection.count(.failed) + ended.failed
    var sentence = "\(sweep.name): \(sweep.runs.count) runs, \(selection.count(.finished) + ended.finished) finished"
    if diverged > 0 { sentence += ", \(diverged) diverged" }
    if failed > 0 { sentence += ", \(failed) failed" }
    if executed == 0 {
      sentence += "; nothing to do"
    } else {
      let rate = ProgressDisplay.rate(Double(ended.steps) / max(ended.seconds, 1e-9))
      sentence +=
        "; \(ended.ended) executed in \(ProgressDisplay.duration(ended.seconds)), \(rate) recorded steps/s"
    }
    Console.output(sentence)
    if ended.ended < executed || ended.interrupted > 0 {
      throw Failure(.interrupted, "wb: interrupted; go on with the same command")
    }
    if diverged + failed > 0 { throw Failure(.someRunsFailed) }
  }

  private func again() throws -> Selection.Again {
    if force { return .everything }
    let statuses = try (retry ?? "").split(separator: ",").map { word in
      guard let status = RunStatus(rawValue: String(word)), [.failed, .diverged].contains(status) else {
        throw ValidationError("--retry is '\(word)'; use failed, diverged or failed,diverged")
      }
      return status
    }
    return Selection.Again(Set(statuses))
  }
}
