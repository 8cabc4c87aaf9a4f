import ArgumentParser
import Foundation
import Reporting
import SweepConfig
import Tracking

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the report of a sweep: one page with its pictures.",
    usage: "wb report [<sweep>] [--format <formats>] [<options>]",
    discussion: """
      The verdict and how sure it is, what was asked, tables, pictures, whether it can be trusted, what it cost, how to \
      reproduce it. The same store gives the same bytes.

        wb report
        wb report --format markdown,html,latex

      'html' is one file with its pictures in it, without scripts; 'latex' an article with booktabs tables and PDF pictures.
      """)

  @ArgumentParser.Argument(help: "The sweep; else the one that was active last.")
  var sweep: String?
  @ArgumentParser.Option(help: "The folder for reports; the report goes to SWEEP/report.md in it.")
  var output = "Reports"
  @ArgumentParser.Option(
    help: ArgumentHelp("What it is written as, comma separated: markdown, html, latex.", valueName: "formats")
  )
  var format = ReportFormat.markdown.rawValue
  @ArgumentParser.Option(
    help: "The sweep file's path, as the report's commands should name it; else as 'wb run' was given it.")
  var file: String?
  @OptionGroup var store: StoreOptions

  func validate() throws { _ = try formats() }

  private func formats() throws -> [ReportFormat] {
    try format.split(separator: ",").map { word in
      guard let format = ReportFormat(rawValue: word.filter { !$0.isWhitespace }) else {
        throw ValidationError("--format is '\(word)'; use markdown, html, latex or several of them")
      }
      return format
    }
  }

  func run() throws {
    let store = try store.open()
    let chosen = try store.chosenSweep(sweep)
    let runs = try store.runs(in: chosen.record.name)
    guard !runs.isEmpty else {
      throw Failure(
        .failure, "wb: no run of '\(chosen.record.name)' has started; execute them with: wb run FILE")
    }
    let attempts = try store.attempts(inSweep: chosen.record.name)
    let recorded = RecordedCommand.sweepFile(of: chosen.record, attempts: attempts)
    let sweepFile = file ?? recorded ?? "sweep.yaml"
    let tables = DataFiles.of(
      chosen.record.source, file: sweepFile, overrides: chosen.record.overrides,
      dataFolder: ProcessInfo.processInfo.environment["WB_DATA"])
    let input = ReportInput(
      sweep: chosen.record, runs: runs, attempts: attempts, sweepFile: sweepFile, store: self.store.path,
      images: try RunPictures(store, tables: tables).images(of: runs))
    let report = try Report(input, source: StoreRunSource(store: store))
    let folder = URL(fileURLWithPath: output).appendingPathComponent(chosen.record.name)
    let formats = try formats()
    try report.write(to: folder, as: formats)
    for format in formats { try Console.output("\(output)/\(chosen.record.name)/\(format.fileName)") }
  }
}
