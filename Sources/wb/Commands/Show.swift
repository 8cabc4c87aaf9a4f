import ArgumentParser
import Execution
import Foundation
import Inference
import Reporting
import Tracking

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one run: its terms, its configuration and where it ran.")

  @ArgumentParser.Argument(help: ArgumentHelp("The run's id, or enough of its start.", valueName: "run"))
  var id: String
  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let store = try store.open()
    let run = try store.run(id)
    var table = Table(columns: [Table.Column("key"), Table.Column("value", isProse: true)])
    func add(_ key: String, _ value: Table.Cell) { table.append([.text(key), value]) }
    add("run_id", .text(run.record.runID))
    add("sweep", .text(run.record.sweep))
    add("cell_id", .text(run.record.cellID))
    add("seed", .integer(run.record.seed))
    add("status", .text(run.status.rawValue))
    if !run.tags.isEmpty { add("tags", .text(run.tags.joined(separator: ", "))) }
    if let note = run.note { add("note", .text(note)) }
    let checkpoints = CheckpointFolder(besides: store.path)
    if checkpoints.has(run.record.runID) {
      add("checkpoint", .text(checkpoints.path(ofRun: run.record.runID)))
    }
    if let outcome = run.outcome { addOutcome(outcome, of: run, to: &table) }
    if let gap = try gap(of: run, store) { add("gap", .text(gap)) }
    if let verdict = try convergence(of: run.record.runID, store) { add("converged", .text(verdict)) }
    if let warmUp = try warmUp(of: run.record.runID, store) { add("warm_up", .text(warmUp)) }
    for parameter in run.record.parameters { add(parameter.key, Table.Cell(parameter.value)) }
    for attempt in try store.attempts(of: run.record.runID) {
      let prefix = "attempt \(attempt.number)"
      add("\(prefix) status", .text(attempt.status.rawValue))
      add("\(prefix) started", .text(Date(timeIntervalSince1970: attempt.startedAt).ISO8601Format()))
      add("\(prefix) wb", .text(attempt.record.wbVersion))
      add("\(prefix) git commit", attempt.record.gitCommit.map(Table.Cell.text) ?? .missing)
      add("\(prefix) host", .text(attempt.record.host))
      add("\(prefix) BLAS core", .text(attempt.record.blasCore))
      add("\(prefix) command", .text(attempt.record.command))
    }
    let output = try store.output(of: run.record.runID)
    if let output { add("exit_code", output.exitCode.map(Table.Cell.integer) ?? .missing) }
    if let signal = output?.signal { add("signal", .integer(signal)) }
    guard let output, format.format == .table else {
      if let output {
        add("stdout", .text(output.standardOutput))
        add("stderr", .text(output.standardError))
      }
      return try format.print(table)
    }
    let texts = [("standard output", output.standardOutput), ("standard error", output.standardError)]
    try Console.output(
      format.format.render(table) + texts.map { Self.section($0, $1, id: id) }.joined())
  }

  /// KL[q ‖ p(z|x)] by an evidence that other runs have estimated; nil where the run knows its own, or none does.
  private func gap(of run: RunSummary, _ store: Store) throws -> String? {
    let known = try SampledEvidence.byModel(of: [run], in: store, StoreRunSource(store: store))
    guard let evidence = known.values.first, let gap = EvidenceGap(of: [run], evidence) else { return nil }
    return "\(gap.sentence): \(evidence.sentence)"
  }

  /// Whether the run's schedules had come to their ends; nil where it had none.
  private func warmUp(of run: String, _ store: Store) throws -> String? {
    let metric = RunSettings.warmUpMetric
    guard let left = try store.summaries(of: metric, runIDs: [run])[run]?.last else { return nil }
    return left > 0
      ? "not over: \(Words.count(Int(left), "step")) of the schedule were left; use more steps, or a shorter schedule"
      : "over"
  }

  /// Whether the run had converged, and what says so; nil where nothing does.
  private func convergence(of run: String, _ store: Store) throws -> String? {
    func last(_ metric: String) throws -> Double? {
      try store.summaries(of: metric, runIDs: [run])[run]?.last
    }
    guard let gap = try last("optimization_gap"), let error = try last("optimization_gap_se") else {
      return nil
    }
    let size =
      "the optimisation gap is \(NumberText.rounded(gap, figures: 2)) nats (se \(NumberText.rounded(error, figures: 2)))"
    return switch try last("converged") {
    case 0?: "no: \(size); use more steps, or a larger learning rate that decays"
    case nil: "cannot be told: \(size)"
    default: "yes: \(size)"
    }
  }

  /// The lines of what a program wrote that a reader begins with: the last ones.
  private static func section(_ title: String, _ text: String, id: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let whole = lines.last == "" ? lines.dropLast() : lines[...]
    if whole.isEmpty { return "" }
    let shown = whole.suffix(20)
    let rest = whole.count - shown.count
    let head =
      rest > 0
      ? ["… \(Words.count(rest, "line")) before, which 'wb show \(id) --format json' has too"] : []
    return "\n\(title)\n" + (head + shown.map(VisibleText.escaped)).joined(separator: "\n") + "\n"
  }

  private func addOutcome(_ outcome: RunOutcome, of run: RunSummary, to table: inout Table) {
    for metric in RunMetric.allCases {
      let isExact =
        metric == .elbo ? outcome.elboStandardError == nil : outcome.exactTerms.contains(metric.rawValue)
      let isTerm = metric != .seconds && metric != .steps
      let value = metric.value(of: run)
      guard let value, isTerm else {
        table.append([.text(metric.rawValue), .optional(value, digits: nil)])
        continue
      }
      let text = NumberText.exact(value) + (isExact ? " (exact)" : "")
      table.append([.text(metric.rawValue), .text(text)])
    }
    table.append([.text("elbo_se"), .optional(outcome.elboStandardError, digits: nil)])
    table.append([.text("identities_checked"), .integer(outcome.identitiesChecked)])
    table.append([.text("largest_residual"), .optional(outcome.largestResidual, digits: nil)])
    table.append([.text("suspect"), outcome.suspect.map(Table.Cell.text) ?? .missing])
    if let reason = outcome.reason { table.append([.text("reason"), .text(reason)]) }
  }
}
