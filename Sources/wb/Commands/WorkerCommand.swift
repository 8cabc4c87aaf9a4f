import ArgumentParser
import Execution
import Foundation
import Glibc
import Reporting
import Sharing
import SweepConfig
import Tracking

struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Execute runs of a sweep that many machines share by a folder.",
    usage: "wb worker <file> [<key>=<value> ...] --shared <folder> [<options>]",
    discussion: """
      Any number of workers, on any machines that see the folder, pull runs from it until all are done: no server, no \
      database. Each writes a store of its own under TMPDIR and brings what has ended into the folder; \
      'wb collect' makes one store of it.

      SIGTERM, SIGUSR1 and Ctrl-C stop it cleanly: runs under way are checkpointed where others can go on with them, \
      and it exits with 75. What a worker that dies has claimed is done by others when its heart has not beaten for \
      the lease. All workers have to be the same program, and to compute with the same libraries.

        wb worker sweep.yaml --shared /scratch/sweep -j 8
        wb submit slurm sweep.yaml -j 200 --shared /scratch/sweep
      """)

  @OptionGroup var sweep: SweepOptions
  @OptionGroup var shared: SharedOptions
  @OptionGroup var cpu: CPUOptions
  @OptionGroup var unshared: UnsharedOptions

  @ArgumentParser.Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "Threads, shared by the runs; else one per CPU.")
  var jobs: Int?

  @ArgumentParser.Option(
    help: ArgumentHelp("How many workers there will be: the first one decides.", valueName: "number"))
  var workers: Int?

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "After so long without a sign of life a worker is gone: the first one decides.", valueName: "seconds"))
  var lease: Double = 120

  @ArgumentParser.Option(
    help: ArgumentHelp("How progress is shown; else a bar on a terminal.", valueName: "style"))
  var progress: ProgressStyle?

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs is \(jobs); use 1 to 1024") }
    if let workers, !(1...1_000_000).contains(workers) {
      throw ValidationError("--workers is \(workers); use 1 to 1000000")
    }
    if !(1...86_400).contains(lease) { throw ValidationError("--lease is \(lease); use 1 to 86400 seconds") }
  }

  func run() throws {
    try cpu.apply()
    let startedAt = ProgramBuild.startedAt
    // From now on: a batch system may have something to say at any moment.
    let stop = StopRequest()
    let environment = ProcessInfo.processInfo.environment
    let isTerminal = Console.errorIsTerminal && environment["TERM"] != "dumb"
    let hidden = ProgressDisplay(
      style: progress ?? (isTerminal ? .bar : .plain),
      usesColor: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty)
    let signals = StopOnSignal(stop, isPatient: true) { hidden.clear() }
    defer { withExtendedLifetime(signals) { hidden.clear() } }
    // To ask git takes as long as all the rest.
    let (version, place, command) = (Wb.version, sweep.folder, RecordedCommand.current)
    let provenance = Deferred {
      AttemptRecord.current(version: version, sweepFolder: place, command: command)
    }
    let loaded = try sweep.load()
    try unshared.check(loaded, file: sweep.file)
    let folder = shared.folder
    defer { folder.leave() }
    let pool = try PoolRecord(loaded, workers: workers, lease: lease).join(folder)
    let scratch = try ScratchFolder()
    defer { scratch.remove() }
    let report = WorkerReport(
      host: ProcessInfo.processInfo.hostName, process: Int(getpid()), job: BatchJob.name, startedAt: startedAt
    )
    let runner = PoolRunner(
      loaded, pool: pool, folder: folder, worker: SharedOptions.token,
      jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount, stop: stop, report: report,
      claimText: Self.claimText(pool), store: scratch.store, scratch: scratch.path)
    var display = hidden
    let outcome = try runner.run(provenance.value()) {
      display.show($0)
    } warn: { text in
      hidden.clear()
      Console.error("wb: \(VisibleText.escaped(text))")
    }
    hidden.clear()
    try Console.output(Self.sentence(loaded.name, outcome))
    if stop.isSet, !outcome.isOver {
      throw Failure(.interrupted, "wb: interrupted; go on with the same command, here or elsewhere")
    }
    if outcome.progress.failed + outcome.progress.diverged > 0 { throw Failure(.someRunsFailed) }
  }

  /// Who it is, for readers of the folder.
  private static func claimText(_ pool: PoolRecord) -> [UInt8] {
    let process = ProcessIdentity.current
    let lines = [
      "host \(ProcessInfo.processInfo.hostName)", "process \(process.pid) started \(process.start)",
      "boot \(process.bootID)", "wb \(pool.wbVersion) build \(pool.build)", "arithmetic \(pool.arithmetic)",
      "cpu \(Arithmetic.allFlags.joined(separator: " "))",
    ]
    return Array(((lines + BatchJob.words).joined(separator: "\n") + "\n").utf8)
  }

  private static func sentence(_ name: String, _ outcome: PoolRunner.Outcome) -> String {
    let progress = outcome.progress
    let own = progress.ended - progress.interrupted
    var sentence = "\(name): \(Words.count(own, "run")) executed in \(Words.duration(progress.seconds))"
    if progress.diverged > 0 { sentence += ", \(progress.diverged) diverged" }
    if progress.failed > 0 { sentence += ", \(progress.failed) failed" }
    if progress.interrupted > 0 {
      sentence += ", \(progress.interrupted) interrupted, \(outcome.handedOver) of them with a checkpoint"
    }
    if let first = outcome.firstRunAfter {
      sentence += "; the first began after \(Int((1000 * first).rounded())) ms"
    }
    if own > 0 {
      let each = Double(outcome.operations) / Double(own)
      sentence += "; \(String(format: "%.1f", each)) file operations a run in the folder"
    }
    return sentence + (outcome.isOver ? "; every run of the sweep is done" : "; others do the rest")
  }
}
