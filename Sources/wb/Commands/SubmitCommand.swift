import ArgumentParser
import Execution
import Foundation
import Reporting
import Sharing
import SweepConfig

struct SubmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Have a batch system start workers.", subcommands: [SubmitSlurm.self])
}

struct SubmitSlurm: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slurm", abstract: "Submit workers to Slurm as a job array.",
    usage: "wb submit slurm <file> [<key>=<value> ...] -j <n> [-- <sbatch options>]",
    discussion: """
      Writes one script for an array of workers into the shared folder, submits it, and returns at once. What stands \
      after -- goes to sbatch: partition, account, time, memory; a worker uses as many threads as --cpus-per-task \
      gives it. Arrays longer than MaxArraySize become several; more workers than MaxJobCount and the account's and the \
      QOS's limits on submitted jobs leave room for are refused before any is submitted. Shortly before its time is over a worker stops, its \
      task is queued again, and goes on; change how long before with -- --signal=B:USR1@SECONDS.

        wb submit slurm sweep.yaml -j 200 --shared pool -- --time=4:00:00 --mem=4G
        wb status sweep.yaml --shared pool
        wb collect sweep.yaml --shared pool
        wb cancel --shared pool
      """)

  @OptionGroup var sweep: SweepOptions
  @OptionGroup var unshared: UnsharedOptions

  @ArgumentParser.Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: ArgumentHelp("How many workers there are.", valueName: "number"))
  var workers: Int

  @ArgumentParser.Option(
    help: ArgumentHelp("The folder that all nodes see; else NAME.shared here.", valueName: "folder"))
  var shared: String?

  @ArgumentParser.Option(
    help: ArgumentHelp("Compute as on this kind of CPU: nodes may be of several.", valueName: "level"))
  var cpu: CPULevel?

  @ArgumentParser.Option(
    help: ArgumentHelp("After so long without a sign of life a worker is gone.", valueName: "seconds"))
  var lease: Double = 120

  @Flag(help: "Show the script and what would be submitted.")
  var dryRun = false

  @ArgumentParser.Argument(parsing: .postTerminator, help: "What goes to sbatch.")
  var sbatch: [String] = []

  func validate() throws {
    if !(1...1_000_000).contains(workers) {
      throw ValidationError("--workers is \(workers); use 1 to 1000000")
    }
    if !(1...86_400).contains(lease) { throw ValidationError("--lease is \(lease); use 1 to 86400 seconds") }
  }

  func run() throws {
    let loaded = try sweep.load()
    try unshared.check(loaded, file: sweep.file)
    let path = URL(fileURLWithPath: shared ?? loaded.name + ".shared").standardizedFileURL.path
    let folder = PosixFolder(path, token: SharedOptions.token)
    if try PoolRecord.read(in: folder) != nil { _ = try PoolRecord.record(of: loaded, in: folder) }
    let config = Tool(["scontrol", "show", "config"])
    guard dryRun || config?.code == 0 else {
      let why = config.map { $0.errors.split(separator: "\n").first.map(String.init) ?? "no reason" }
      throw Failure(
        .failure,
        "wb: Slurm does not answer here (\(why ?? "there is no scontrol in the PATH")); submit on a node where it does, or see what would "
          + "be submitted with --dry-run")
    }
    let isThere = config?.code == 0
    let cluster = SlurmCluster(config: isThere ? config?.output ?? "" : "")
    let refusal = isThere ? SubmitLimit.tightest(on: cluster, options: sbatch).flatMap(refusal) : nil
    let script = SlurmScript(
      name: loaded.name,
      worker: [ProgramBuild.path, "worker", URL(fileURLWithPath: sweep.file).standardizedFileURL.path]
        + sweep.overrides + ["--shared", path, "--workers", "\(workers)", "--lease", "\(lease)"]
        + (cpu.map { ["--cpu", $0.rawValue] } ?? []),
      logs: path + "/slurm")
    let arrays = cluster.arrays(of: workers)
    let place = path + "/slurm/workers.sh"
    let commands = arrays.map { ["sbatch", "--parsable", "--array=0-\($0 - 1)"] + sbatch + [place] }
    if dryRun {
      let lines = commands.map { $0.map(ShellText.quoted).joined(separator: " ") }
      try Console.output(script.text + "\n" + lines.map { "# \($0)" }.joined(separator: "\n"))
      if let refusal { Console.error("wb: " + refusal) }
      return
    }
    if let refusal { throw Failure(.failure, "wb: nothing was submitted: \(refusal)") }
    try folder.replace("slurm/workers.sh", Array(script.text.utf8))
    try submit(zip(arrays, commands).map { ($0, $1) }, folder)
  }

  /// Why so many workers are not taken; nil where they are.
  private func refusal(_ limit: SubmitLimit) -> String? {
    guard limit.room < workers else { return nil }
    let remedy =
      limit.room > 0
      ? "use -j \(limit.room), which do all runs too, or wait for others" : "wait until some have ended"
    return "Slurm takes \(Words.count(limit.room, "more job")) now, and \(Words.count(workers, "worker")) "
      + "are asked for: \(limit.name) is \(limit.jobs), and \(limit.present) are there; \(remedy)"
  }

  private func submit(_ arrays: [(size: Int, command: [String])], _ folder: PosixFolder) throws {
    var jobs: [String] = []
    var submitted = 0
    var refusal: String?
    for array in arrays {
      let answer = Tool(array.command)
      let id = answer?.output.prefix { $0.isNumber } ?? ""
      guard answer?.code == 0, !id.isEmpty else {
        refusal =
          answer?.errors.trimmingCharacters(in: .whitespacesAndNewlines) ?? "there is no sbatch in the PATH"
        break
      }
      jobs.append(String(id))
      submitted += array.size
      // At once: what is not written down cannot be cancelled.
      let known = try folder.read(SlurmJobs.name) ?? []
      try folder.replace(SlurmJobs.name, known + Array("\(id)\n".utf8))
    }
    if jobs.isEmpty { throw Failure(.failure, "wb: nothing was submitted: \(refusal ?? "")") }
    try Console.output(
      "submitted \(Words.count(submitted, "worker")) as \(jobs.count == 1 ? "job" : "jobs") \(jobs.joined(separator: ", "))"
    )
    if let refusal {
      Console.error(
        "wb: the other \(workers - submitted) workers were refused: \(refusal); those that were submitted do all runs, and more can be "
          + "submitted with the same command")
    }
    let place = ShellText.quoted(folder.path)
    Console.error(
      "next: wb status --shared \(place), then wb collect \(ShellText.quoted(sweep.file)) --shared \(place)")
  }
}

/// The job arrays that were submitted for a folder.
enum SlurmJobs {
  static let name = "slurm/jobs"

  static func read(in folder: PosixFolder) throws -> [String] {
    String(decoding: try folder.read(name) ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
  }
}
