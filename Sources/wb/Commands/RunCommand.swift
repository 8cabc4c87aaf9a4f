import ArgumentParser
import Comparison
import Execution
import Foundation
import Reporting
import SweepConfig
import Tracking

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Execute what is missing of a sweep.",
    usage: "wb run <file> [<key>=<value> ...] [-j <jobs>] [<options>]",
    discussion: """
      Finished runs are left alone, interrupted ones go on from their last checkpoint, or start again, and give \
      the same numbers to the bit. Several wb run on one store share the runs, and each waits for the others'. \
      Every error of every cell is found before the first run starts. Ctrl-C stops cleanly and exits with 75; a \
      second one stops at once, resumable too. \
      What a run learns besides latents is kept beside the store, of wb.sqlite as wb.checkpoints/RUN.safetensors.

        wb run sweep.yaml
        wb run sweep.yaml beta=0.1,1,4 seeds=20 -j 4
        wb run sweep.yaml --shard 1/3

      --until-resolved adds seeds to the cells whose comparison with the best is undecided: their number doubles until \
      none is left or --max-seeds is reached. Each look is surer than 95 %, so that looking repeatedly finds a difference where \
      there is none in at most 5 % of sweeps.

      The sweep file's timeout: ends runs that take longer as failed, max_seconds: is --max-seconds, and \
      checkpoint_seconds: (60) is the time between the checkpoints of long runs; 0: none.
      """)

  @OptionGroup var sweep: SweepOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var cpu: CPUOptions
  @OptionGroup(title: "Seeds until it is resolved") var resolution: ResolutionOptions

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
    help: ArgumentHelp("Execute at most so many of the missing runs.", valueName: "runs"))
  var limit: Int?

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Execute the i-th of n parts: every n-th run of the sweep, from the i-th on.", valueName: "i/n"))
  var shard: String?

  @ArgumentParser.Option(
    help: ArgumentHelp("Stop after this time as by Ctrl-C, with exit code 75.", valueName: "seconds"))
  var maxSeconds: Double?

  @ArgumentParser.Option(
    help: ArgumentHelp("How progress is shown; else a bar on a terminal.", valueName: "style"))
  var progress: ProgressStyle?

  @Flag(help: "Without colours, as NO_COLOR asks too.")
  var noColor = false

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs is \(jobs); use 1 to 1024") }
    if let limit, limit < 1 { throw ValidationError("--limit is \(limit); use a number of runs from 1") }
    if let shard, Shard(shard) == nil {
      throw ValidationError("--shard is '\(shard)'; use i/n with i from 1 to n, as in 2/5")
    }
    if let maxSeconds, !(maxSeconds > 0 && maxSeconds.isFinite) {
      throw ValidationError("--max-seconds is \(maxSeconds); use a number above 0")
    }
    if resolution.untilResolved, limit != nil || shard != nil {
      throw ValidationError("--until-resolved decides what to execute; leave out --limit and --shard")
    }
    _ = try again()
  }

  func run() throws {
    try cpu.apply()
    // To ask git takes as long as to open a store.
    let (version, folder, command) = (Wb.version, sweep.folder, RecordedCommand.current)
    let provenance = Deferred {
      AttemptRecord.current(version: version, sweepFolder: folder, command: command)
    }
    var loaded = try sweep.load()
    for warning in WarmUpWarnings(loaded.cells).lines { Console.error(warning) }
    let rule = try resolution.rule(for: loaded)
    if let maxSeconds { loaded.limits.maxSeconds = maxSeconds }
    let store = try store.open(.writing)
    let stop = StopRequest()
    let runner = SweepRunner(
      store: store, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount, limits: loaded.limits,
      stop: stop)
    if let rule { loaded.seeds = Array(0..<rule.looks[0].seeds) }
    var (summary, ended) = try execute(loaded, in: store, with: runner, stop, provenance, again: try again())
    if let rule {
      var looks = SequentialLooks(of: loaded, rule, resolution)
      while !summary.isInterrupted, let next = try looks.next(in: store) {
        try Console.output(summary.sentence + "\n" + looks.sentence)
        (summary, ended) = try execute(
          next, in: store, with: runner, stop, provenance, again: Selection.Again())
      }
      if !summary.isInterrupted { try Console.output(looks.sentence) }
    }
    if loaded.halving != nil {
      // What ends a rung decides the next one.
      while !summary.isInterrupted, let next = try Rungs(of: loaded, in: store), !next.isOver, limit == nil,
        summary.rung != next.current
      {
        try Console.output(summary.sentence)
        (summary, ended) = try execute(
          loaded, in: store, with: runner, stop, provenance, again: Selection.Again())
      }
    }
    let trouble = try summary.trouble(in: store)
    try store.close()
    try Console.output(summary.sentence)
    if !trouble.isEmpty { Console.error(trouble) }
    if summary.isInterrupted {
      let limit = loaded.limits.maxSeconds.map(Words.duration) ?? ""
      let why = ended.isOutOfTime ? "stopped after \(limit), as max_seconds asks" : "interrupted"
      throw Failure(.interrupted, "wb: \(why); go on with the same command")
    }
    Console.error(summary.next)
    if summary.lost > 0 { throw Failure(.someRunsFailed) }
  }

  /// Executes what is missing of a sweep or, where it has rungs, of those that are known.
  private func execute(
    _ sweep: Sweep, in store: Store, with runner: SweepRunner, _ stop: StopRequest,
    _ provenance: Deferred<AttemptRecord>, again: Selection.Again
  ) throws -> (RunSentence, SweepRunner.Progress) {
    let rungs = try Rungs(of: sweep, in: store)
    let sweep = rungs?.sweepSoFar ?? sweep
    var (selection, recovered) = try runner.select(sweep, again: again)
    if let shard = shard.flatMap(Shard.init) { selection = selection.part(shard) }
    if let limit { selection = selection.limited(to: limit) }
    if !recovered.interrupted.isEmpty {
      let runs = Words.count(recovered.interrupted.count, "run")
      Console.error("wb: \(runs) of a process that is gone may start again")
    }
    let ended = try execute(selection, with: runner, stop, provenance)
    return (RunSentence(sweep, selection, ended, rungs: rungs, shard: shard, store: self.store), ended)
  }

  private func execute(
    _ selection: Selection, with runner: SweepRunner, _ stop: StopRequest,
    _ provenance: Deferred<AttemptRecord>
  ) throws -> SweepRunner.Progress {
    if selection.awaited.isEmpty { return SweepRunner.Progress() }
    let environment = ProcessInfo.processInfo.environment
    let isTerminal = Console.errorIsTerminal && environment["TERM"] != "dumb"
    let hidden = ProgressDisplay(
      style: progress ?? (isTerminal ? .bar : .plain),
      usesColor: isTerminal && !noColor && (environment["NO_COLOR"] ?? "").isEmpty)
    let signals = StopOnSignal(stop) { hidden.clear() }
    defer { withExtendedLifetime(signals) { hidden.clear() } }
    var display = hidden
    return try runner.run(selection, provenance: provenance.value()) {
      display.show($0)
    } warn: { text in
      hidden.clear()
      Console.error("wb: \(VisibleText.escaped(text))")
    }
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
