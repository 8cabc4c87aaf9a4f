import ArgumentParser
import Reporting
import Tracking

struct SQL: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql", abstract: "Read the store with SQL; nothing can be written.",
    usage: "wb sql <statement> [--timeout <seconds>] [<options>]",
    discussion: """
      The views are runs, params, steps and points. What could write, attach a file, load code or change \
      the connection is refused, and what takes too long or gives too much is stopped.

        wb sql 'SELECT family, avg(elbo) FROM runs GROUP BY family'
      """)

  @ArgumentParser.Argument(help: "One SELECT.")
  var statement: String

  @ArgumentParser.Option(help: ArgumentHelp("Stop after so long.", valueName: "seconds"))
  var timeout = 30.0

  @ArgumentParser.Option(help: ArgumentHelp("Stop after so many rows.", valueName: "rows"))
  var limit = 1_000_000

  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func validate() throws {
    guard timeout > 0 else { throw ValidationError("--timeout is \(timeout); use seconds above 0") }
    guard limit > 0 else { throw ValidationError("--limit is \(limit); use 1 or more") }
  }

  func run() throws {
    let result = try store.open().query(statement, limit: limit, within: timeout)
    var table = Table(
      columns: result.columns.enumerated().map { index, name in
        Table.Column(name, alignment: isNumeric(result.rows, index) ? .right : .left)
      })
    for row in result.rows { table.append(row.map(Table.Cell.init)) }
    try format.print(table)
    // A part that looked like the whole would be a wrong answer.
    if result.isTruncated {
      throw Failure(
        .failure, "wb: there are more than these \(Words.count(limit, "row")); ask for them with --limit")
    }
  }

  private func isNumeric(_ rows: [[SQLValue]], _ index: Int) -> Bool {
    rows.allSatisfy { row in
      switch row[index] {
      case .integer, .number, .null: true
      case .text, .blob: false
      }
    }
  }
}

extension Table.Cell {
  init(_ value: SQLValue) {
    switch value {
    case .null: self = .missing
    case .integer(let number): self = .integer(number)
    case .number(let number): self = .number(number, digits: nil)
    case .text(let text): self = .text(text)
    case .blob(let bytes): self = .text("x'" + bytes.map(Self.hex).joined() + "'")
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
