import ArgumentParser
import Reporting
import Tracking

struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls", abstract: "List runs.",
    usage: "wb ls [<filter>] [--sweep <sweep>] [--sweeps | --removed] [<options>]",
    discussion: """
      Lists the runs of the sweep that was active last; with --sweeps the sweeps of the store, with --removed \
      what 'wb rm' has hidden, of all sweeps.

        wb ls 'family in [mean-field, full-rank] and beta <= 1'
        wb ls 'status = diverged or tag = baseline'
      """)

  @OptionGroup var filter: RunOptions
  @Flag(help: "List the sweeps instead.")
  var sweeps = false
  @Flag(help: "List the removed runs instead.")
  var removed = false
  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func validate() throws {
    if sweeps && removed { throw ValidationError("--sweeps and --removed are two listings; use one") }
  }

  func run() throws {
    let store = try store.open()
    if removed {
      let runs = try RunFilter.runs(filter.filter ?? "", in: nil, of: store, areRemoved: true)
      try format.print(runTable(runs.filter { filter.sweep == nil || $0.record.sweep == filter.sweep }))
      return
    }
    if sweeps { return try format.print(sweepTable(store)) }
    let (sweep, runs) = try filter.runs(in: store)
    try format.print(runTable(runs))
    if runs.isEmpty {
      let why = try store.sweep(named: sweep).counts.isEmpty ? "has started" : "matches"
      Console.error("wb: no run of '\(sweep)' \(why)")
    }
    let abandoned = Set(try store.abandonedRuns().interrupted)
    if abandoned.isEmpty { return }
    let gone = abandoned.intersection(runs.map(\.record.runID))
    if !gone.isEmpty {
      Console.error(
        "wb: \(Words.count(gone.count, "run")) listed as running, of a process that is gone; "
          + "wb run executes what is missing")
    }
  }

  private func sweepTable(_ store: Store) throws -> Table {
    let statuses: [RunStatus] = [.finished, .diverged, .failed, .interrupted, .running]
    let sweeps = try store.sweeps()
    var table = Table(
      columns: [Table.Column("sweep"), Table.Column("runs", alignment: .right)]
        + statuses.map { status in
          let isRare = status != .finished && sweeps.allSatisfy { ($0.counts[status] ?? 0) == 0 }
          return Table.Column(status.rawValue, alignment: .right, isDetail: isRare)
        } + [Table.Column("description")])
    for sweep in sweeps {
      table.append(
        [.text(sweep.record.name), .integer(sweep.runs)]
          + statuses.map { .integer(sweep.counts[$0] ?? 0) } + [.text(sweep.record.description)])
    }
    return table
  }

  private func runTable(_ runs: [RunSummary]) -> Table {
    let cells = RunCells(of: runs)
    let keys = RunKeys.varying(in: cells)
    let right = Table.Alignment.right
    // What no run has, a reader does not need to see.
    func rare(_ key: String, alignment: Table.Alignment = .left, isAbsent: (Int) -> Bool) -> Table.Column {
      Table.Column(key, alignment: alignment, isDetail: runs.indices.allSatisfy(isAbsent))
    }
    var table = Table(
      columns: [Table.Column("run_id", isKey: true)]
        + keys.map { Table.Column($0, title: KeyTitle.short($0, among: keys)) }
        + [
          Table.Column("seed", alignment: right), Table.Column("status"),
          Table.Column("elbo", alignment: right),
          rare("elbo_se", alignment: right) { runs[$0].outcome?.elboStandardError == nil },
          Table.Column("seconds", alignment: right, isDetail: true),
          rare("suspect") { runs[$0].outcome?.suspect == nil },
          rare("reason") { runs[$0].outcome?.reason == nil }, rare("tags") { runs[$0].tags.isEmpty },
          rare("note") { runs[$0].note == nil },
        ])
    let labels = RunKeys.each(of: runs, keys: keys, cells: cells) { run in
      keys.map { run.value(of: $0).map(Table.Cell.init) ?? .missing }
    }
    let isForPrograms = format.isForPrograms
    for (index, label) in labels.enumerated() {
      let digits = NumberText.digits(error: runs[index].outcome?.elboStandardError) ?? 4
      let id = runs[index].record.runID
      var row: [Table.Cell] = []
      row.reserveCapacity(table.columns.count)
      row.append(.text(isForPrograms ? id : String(id.prefix(8))))
      for cell in label { row.append(cell) }
      row.append(.integer(runs[index].record.seed))
      row.append(.text(runs[index].status.rawValue))
      row.append(.optional(runs[index].outcome?.yardstick?.elbo, digits: digits))
      row.append(.optional(runs[index].outcome?.elboStandardError, digits: digits))
      row.append(.optional(runs[index].outcome?.seconds, digits: 3))
      row.append(runs[index].outcome?.suspect.map(Table.Cell.text) ?? .missing)
      row.append(runs[index].outcome?.reason.map(Table.Cell.text) ?? .missing)
      row.append(runs[index].tags.isEmpty ? .missing : .text(runs[index].tags.joined(separator: ", ")))
      row.append(runs[index].note.map(Table.Cell.text) ?? .missing)
      table.append(row)
    }
    return table
  }
}

extension Table.Cell {
  init(_ value: ParameterValue) {
    switch value {
    case .null: self = .missing
    case .integer(let number): self = .integer(number)
    case .number(let number): self = .number(number, digits: nil)
    case .text(let text): self = .text(text)
    }
  }
}
