import ArgumentParser
import Execution
import Foundation
import Reporting
import Tracking

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Examine the store: integrity, abandoned and unfinished runs, space.",
    discussion: """
      Changes nothing. Each line says what was looked at, what was found and what to do about it; a store in which \
      something is damaged exits with 7.
      """)

  @Flag(help: "Compare indexes with tables, and every recorded value with its block's header.")
  var full = false

  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let checkpoints = CheckpointFolder(besides: store.path).files().keys.sorted()
    let findings = try Store.examine(path: store.path, thoroughly: full, checkpoints: checkpoints)
    if format.format == .table {
      for finding in findings { try Console.output(line(finding)) }
    } else {
      try format.print(table(findings))
    }
    let damages = findings.count { $0.gravity == .damage }
    guard damages == 0 else {
      throw Failure(.storeError, "wb: \(store.path) is damaged: \(Words.count(damages, "finding"))")
    }
  }

  /// One line for a reader, whatever its length: it can be searched and copied.
  private func line(_ finding: StoreFinding) -> String {
    func padded(_ text: String, to width: Int) -> String {
      text.padding(toLength: width, withPad: " ", startingAt: 0)
    }
    let run = finding.runID.map { "run \($0.prefix(8)): " } ?? ""
    let fix = finding.fix.map { "; \($0)" } ?? ""
    return padded(finding.gravity.rawValue, to: 9) + padded(finding.check, to: 12)
      + VisibleText.escaped(run + finding.what + fix)
  }

  private func table(_ findings: [StoreFinding]) -> Table {
    var table = Table(columns: ["check", "state", "run_id", "finding", "fix"].map { Table.Column($0) })
    for finding in findings {
      table.append([
        .text(finding.check), .text(finding.gravity.rawValue), finding.runID.map(Table.Cell.text) ?? .missing,
        .text(finding.what), finding.fix.map(Table.Cell.text) ?? .missing,
      ])
    }
    return table
  }
}
