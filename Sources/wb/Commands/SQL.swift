import ArgumentParser
import Reporting
import Tracking

struct SQL: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql", abstract: "Read the store with SQL; nothing can be written.",
    discussion: """
      The views are runs, params, steps and points.

        wb sql 'SELECT family, avg(elbo) FROM runs GROUP BY family'
      """)

  @ArgumentParser.Argument(help: "One SELECT.")
  var statement: String
  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let result = try store.open().query(statement)
    var table = Table(
      columns: result.columns.enumerated().map { index, name in
        Table.Column(name, alignment: isNumeric(result.rows, index) ? .right : .left)
      })
    for row in result.rows { table.append(row.map(Table.Cell.init)) }
    try format.print(table)
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
