import ArgumentParser
import Execution
import Foundation
import Reporting
import Tracking

struct Collect: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc", abstract: "Delete removed runs for good, and give their space back.",
    usage: "wb gc [--older-than <age>] [--all] [<options>]",
    discussion: """
      Deletes the runs that 'wb rm' has hidden, with their steps, points and checkpoints, and what no other run \
      needs. Other processes may write to the store meanwhile. A store that an older wb made is written anew, once.
      """)

  @ArgumentParser.Option(
    help: ArgumentHelp("Only what was removed so long ago: 30d, 12h, 90m.", valueName: "age"))
  var olderThan = Age(days: 30)

  @Flag(help: "Everything that was removed, just now too.")
  var all = false

  @OptionGroup var consent: ConsentOptions
  @OptionGroup var store: StoreOptions

  func run() throws {
    let store = try store.open(.writing)
    let latest = Date().timeIntervalSince1970 - olderThan.seconds
    let removed = try store.removedRuns()
    let chosen = removed.filter { all || ($0.removedAt ?? latest) <= latest }.map(\.record.runID)
    let count = Words.count(chosen.count, "removed run")
    let kept = removed.count - chosen.count
    let checkpoints = CheckpointFolder(besides: store.path)
    if consent.dryRun {
      let files = Words.size(checkpoints.bytes(ofRuns: chosen))
      return try Console.output("would delete \(count) and \(files) of checkpoints" + Self.rest(kept))
    }
    if !chosen.isEmpty {
      guard consent.isGiven("delete \(count) of \(store.path) for good?") else {
        throw Failure(.failure, "wb: nothing deleted")
      }
    }
    let report = try store.collect(chosen)
    let files = try checkpoints.delete(ofRuns: report.runIDs)
    try store.close()
    let bytes = max(0, report.bytesBefore - report.bytesAfter) + files
    try Console.output(
      "deleted \(Words.count(report.runIDs.count, "removed run")); \(Words.size(bytes)) given back, "
        + "\(Words.size(report.bytesAfter)) left" + Self.rest(kept))
    if report.freeBytes > 0 {
      Console.error(
        "wb: \(Words.size(report.freeBytes)) in the store are free and will be used before it grows")
    }
  }

  private static func rest(_ kept: Int) -> String {
    kept == 0 ? "" : "; \(Words.count(kept, "run")) removed later, see --older-than and --all"
  }
}
