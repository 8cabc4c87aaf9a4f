import ArgumentParser
import Execution
import Foundation
import SweepConfig
import Tracking

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Execute what is missing of a sweep.",
    usage: "wb run <file> [<key>=<value> ...] [-j <jobs>] [<options>]",
    discussion: """
      Finished runs are left alone, interrupted ones start again and give the same numbers to the bit. Every \
      error of every cell is found before the first run starts. Ctrl-C stops cleanly and exits with 75. \
      What a run learns besides latents is kept beside the store, of wb.sqlite as wb.checkpoints/RUN.safetensors.

        wb run sweep.yaml
        wb run sweep.yaml beta=0.1,1,4 seeds=20 -j 4
      """)

  @OptionGroup var sweep: SweepOptions
  @OptionGroup var store: StoreOptions

  @ArgumentParser.Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "Threads, shared by the runs; else one per CPU.")
  var jobs: Int?

  @ArgumentParser.Option(
    help: ArgumentHelp("Run again what ended so: failed, diverged or failed,diverged.", valueName: "statuses")
  )
  var retry: String?

  @Flag(help: "Run everything again, finished or not.")
  var force = false

  @ArgumentParser.Option(
    help: ArgumentHelp("How progress is shown; else a bar on a terminal.", valueName: "style"))
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
      let runs = Words.count(recovered.interrupted.count, "run")
      Console.error("wb: \(runs) of a process that is gone may start again")
    }
    let ids = Set(selection.runs.filter { $0.decision == .running }.map(\.run.id))
    if let live = recovered.live.first(where: { ids.contains($0.runID) }) {
      // It will come to the others too, and each run belongs to one process.
      throw Failure(
        .storeError,
        "wb: process \(live.processID) on \(live.host) is executing \(Words.count(ids.count, "run")) of this sweep in "
          + "\(store.path); wait for it, or end it: what it has finished is kept")
    }
    let ended = try execute(selection, with: runner)
    let summary = RunSentence(loaded, selection, ended, store: self.store)
    let trouble = try summary.trouble(in: store)
    try store.close()
    try Console.output(summary.sentence)
    if !trouble.isEmpty { Console.error(trouble) }
    if summary.isInterrupted { throw Failure(.interrupted, "wb: interrupted; go on with the same command") }
    Console.error(summary.next)
    if summary.lost > 0 { throw Failure(.someRunsFailed) }
  }

  private func execute(_ selection: Selection, with runner: SweepRunner) throws -> SweepRunner.Progress {
    if selection.executed.isEmpty { return SweepRunner.Progress() }
    let environment = ProcessInfo.processInfo.environment
    let isTerminal = Console.errorIsTerminal && environment["TERM"] != "dumb"
    let hidden = ProgressDisplay(
      style: progress ?? (isTerminal ? .bar : .plain),
      usesColor: isTerminal && !noColor && (environment["NO_COLOR"] ?? "").isEmpty)
    let stop = StopRequest()
    let signals = StopOnSignal(stop) { hidden.clear() }
    defer { withExtendedLifetime(signals) { hidden.clear() } }
    let provenance = AttemptRecord.current(
      version: Wb.version, sweepFolder: sweep.folder, command: RecordedCommand.current)
    var display = hidden
    return try runner.run(selection, provenance: provenance, stop: stop) { display.show($0) }
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
