import ArgumentParser
import Execution
import Foundation
import Reporting
import Tracking

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Take in the runs of other stores; nothing is blended.",
    usage: "wb merge <store> ... [--dry-run] [--store <path>]",
    discussion: """
      Copies every run with its attempts, results, steps, points, tags, note and checkpoints into the store, which is \
      created where there is none. Merging again changes nothing.

      A run that both stores have stays as it is here; where its numbers differ, the first difference is reported \
      and the command exits with 1. A run that is finished there and not here, or came further there, is taken. \
      Runs that were removed here stay removed; runs that a living process executes are left out.

      The other stores are only read, whoever made them. One that is damaged, or has a trigger or anything else that \
      wb did not make, is refused as a whole.

        wb merge laptop.sqlite server.sqlite --store all.sqlite
        wb merge --dry-run /media/disk/wb.sqlite
      """)

  @ArgumentParser.Argument(help: ArgumentHelp("The stores to take runs from.", valueName: "store"))
  var stores: [String]

  @Flag(help: "Only say what would be done.")
  var dryRun = false

  @OptionGroup var store: StoreOptions

  func run() throws {
    var refusal: Failure?
    var conflicts = 0
    for path in stores {
      do {
        conflicts += try merge(path).conflicts.count
      } catch let error as StoreError {
        let failure = Failure(error) ?? Failure(.storeError)
        Console.error(failure.visibleMessage)
        refusal = refusal ?? failure
      }
    }
    if let refusal { throw Failure(refusal.code) }
    if conflicts > 0 { throw Failure(.failure) }
  }

  private func merge(_ path: String) throws -> MergeReport {
    let other = try ForeignStore(path: path)
    let report: MergeReport
    var copied = 0
    if dryRun {
      let isThere = FileManager.default.fileExists(atPath: store.path)
      report = try other.preview(into: isThere ? try store.open() : nil)
    } else {
      let target = try store.open(.writing)
      report = try target.merge(other)
      copied = try bringCheckpoints(report, from: other.path, to: target.path)
      try target.close()
    }
    try Console.output(MergeText.summary(of: report, path: path, isDone: !dryRun, checkpoints: copied))
    for line in MergeText.remarks(on: report, path: path) { Console.error(VisibleText.escaped(line)) }
    return report
  }

  /// Copies the checkpoints that are not here, of the runs that are as they are there.
  private func bringCheckpoints(_ report: MergeReport, from path: String, to target: String) throws -> Int {
    let folder = CheckpointFolder(besides: target)
    let taken = report.taken.map(\.runID)
    _ = try folder.delete(ofRuns: taken)
    return try folder.bring(report.new + taken + report.same, from: CheckpointFolder(besides: path))
  }
}
