import ArgumentParser
import Execution
import Foundation
import Reporting
import Sharing
import SweepConfig
import Tracking

struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect", abstract: "Make one store of what workers have shared.",
    usage: "wb collect <file> [<key>=<value> ...] --shared <folder> [--store <path>]",
    discussion: """
      Merges the results of all workers, as 'wb merge' does, and says whether a run of the sweep is missing: then it \
      exits with 75. Workers may go on meanwhile, and it may be repeated: merging again changes nothing. A file that is \
      damaged is named and left out. 'wb run' with the same file and store executes what is missing.

        wb collect sweep.yaml --shared /scratch/sweep --store sweep.sqlite
      """)

  @OptionGroup var sweep: SweepOptions
  @OptionGroup var shared: SharedOptions
  @OptionGroup var store: StoreOptions

  func run() throws {
    let loaded = try sweep.load()
    let folder = shared.folder
    _ = try PoolRecord.record(of: loaded, in: folder)
    let target = try store.open(.writing)
    let runner = SweepRunner(store: target, jobs: 1, limits: loaded.limits, stop: StopRequest())
    // In the order of the sweep, whoever executes them.
    _ = try runner.select(loaded)
    var collection = Collection()
    let workers = try folder.list(PoolNames.workers).sorted()
    for worker in workers {
      let paths = try Self.shards(of: worker, in: folder)
      for path in paths { try collect(path, into: target, &collection) }
    }
    let standings = try target.standings(of: loaded.runs.map(\.id))
    try target.close()
    func count(_ status: RunStatus) -> Int { standings.count { $0?.status == status } }
    let (finished, failed, diverged) = (count(.finished), count(.failed), count(.diverged))
    let missing = standings.count - finished - failed - diverged
    var sentence = "\(loaded.name): \(Words.count(standings.count, "run")), \(finished) finished"
    if diverged > 0 { sentence += ", \(diverged) diverged" }
    if failed > 0 { sentence += ", \(failed) failed" }
    sentence += missing > 0 ? ", \(missing) missing" : "; nothing is missing"
    try Console.output(
      sentence + "; \(collection.new) new in \(Words.count(collection.shards, "shard"))")
    if collection.conflicts > 0 { throw Failure(.failure) }
    if missing > 0 {
      throw Failure(
        .interrupted,
        "wb: \(Words.count(missing, "run")) not there yet: collect again when the workers are done ('wb status \(ShellText.quoted(sweep.file)) "
          + "--shared \(ShellText.quoted(shared.shared))' says), start more of them, or execute the rest here with 'wb run'"
      )
    }
    if failed + diverged > 0 { throw Failure(.someRunsFailed) }
  }

  /// What was merged so far.
  private struct Collection {
    var shards = 0
    var new = 0
    var conflicts = 0
  }

  /// The whole files of a worker's results, in the order in which they came.
  static func shards(of worker: String, in folder: PosixFolder) throws -> [String] {
    try folder.list(PoolNames.folder(of: worker)).filter { name in
      name.hasSuffix(".sqlite") && name.dropLast(7).count >= 4 && name.dropLast(7).allSatisfy(\.isNumber)
    }.sorted { ($0.count, $0) < ($1.count, $1) }.map { folder.full(PoolNames.folder(of: worker)) + "/" + $0 }
  }

  private func collect(_ path: String, into target: Store, _ collection: inout Collection) throws {
    let report: MergeReport
    do throws(StoreError) {
      report = try target.merge(ForeignStore(path: path, isUnchanging: true))
    } catch {
      // One that is damaged leaves out its runs, not those of others.
      let isTheirs =
        switch error {
        case .corrupt, .notADatabase, .empty, .otherApplication, .foreignSchema, .newerSchema: true
        default: false
        }
      guard isTheirs else { throw error }
      Console.error("wb: \(VisibleText.escaped("\(error)")); it is left out")
      return
    }
    let checkpoints = CheckpointFolder(besides: target.path)
    let taken = report.taken.map(\.runID)
    _ = try checkpoints.delete(ofRuns: taken)
    _ = try checkpoints.bring(report.new + taken + report.same, from: CheckpointFolder(besides: path))
    collection.shards += 1
    collection.new += report.new.count + taken.count
    collection.conflicts += report.conflicts.count
    for conflict in MergeText.remarks(on: report, path: path) { Console.error(VisibleText.escaped(conflict)) }
  }
}
