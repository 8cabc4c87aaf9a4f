import Reporting
import Testing

@Suite struct TableTests {
  static let table = Table(
    columns: [
      Table.Column("family"), Table.Column("n", alignment: .right),
      Table.Column("mean", title: "mean elbo", alignment: .right), Table.Column("why"),
      Table.Column("id", isDetail: true),
    ],
    rows: [
      [.text("mean-field"), .integer(5), .number(-33.404128, digits: 3), .text("a|b"), .text("r1")],
      [.text("full-rank"), .integer(12), .number(-1.5, digits: 1), .missing, .text("r2")],
      [.text("=1+1"), .integer(0), .number(.nan, digits: 2), .text("two\nlines, \"quoted\""), .missing],
    ])

  @Test("a plain table aligns numbers at the decimal point and shows NULL as a dash")
  func plain() {
    #expect(
      TableFormat.table.render(Self.table) == """
        family       n  mean elbo  why
        ----------  --  ---------  --------------------
        mean-field   5    -33.404  a|b
        full-rank   12     -1.5    -
        =1+1         0        NaN  two\\nlines, "quoted"

        """)
  }

  @Test("a markdown table escapes pipes")
  func markdown() {
    #expect(
      TableFormat.markdown.render(Self.table) == """
        | family     |   n | mean elbo | why                   |
        | ---------- | --: | --------: | --------------------- |
        | mean-field |   5 |   -33.404 | a\\|b                  |
        | full-rank  |  12 |      -1.5 | -                     |
        | =1+1       |   0 |       NaN | two\\\\nlines, "quoted" |

        """)
  }

  @Test("CSV quotes as RFC 4180 says, neutralises formulas and leaves numbers exact")
  func csv() {
    #expect(
      TableFormat.csv.render(Self.table)
        == "family,n,mean,why,id\r\nmean-field,5,-33.404128,a|b,r1\r\nfull-rank,12,-1.5,,r2\r\n"
        + "'=1+1,0,NaN,\"two\nlines, \"\"quoted\"\"\",\r\n")
  }

  @Test("JSON has numbers as numbers and null for what is none")
  func json() {
    #expect(
      TableFormat.json.render(Self.table) == """
        [
          {"family": "mean-field", "n": 5, "mean": -33.404128, "why": "a|b", "id": "r1"},
          {"family": "full-rank", "n": 12, "mean": -1.5, "why": null, "id": "r2"},
          {"family": "=1+1", "n": 0, "mean": null, "why": "two\\nlines, \\"quoted\\"", "id": null}
        ]

        """)
  }

  @Test("a table without rows is a header, or an empty array")
  func empty() {
    let empty = Table(columns: [Table.Column("a"), Table.Column("b", alignment: .right)])
    #expect(TableFormat.table.render(empty) == "a  b\n-  -\n")
    #expect(TableFormat.markdown.render(empty) == "| a   |   b |\n| --- | --: |\n")
    #expect(TableFormat.csv.render(empty) == "a,b\r\n")
    #expect(TableFormat.json.render(empty) == "[]\n")
  }

  @Test("a wide listing is folded into blocks that repeat its key")
  func folding() {
    let numbers = (1...9).map { Table.Column("column_\($0)", alignment: .right) }
    let table = Table(
      columns: [Table.Column("family", isKey: true)] + numbers,
      rows: [[.text("mean-field")] + (1...9).map { .number(Double($0) + 0.5, digits: 1) }])
    #expect(
      TableFormat.table.render(table) == """
        family      column_1  column_2  column_3  column_4  column_5  column_6  column_7
        ----------  --------  --------  --------  --------  --------  --------  --------
        mean-field       1.5       2.5       3.5       4.5       5.5       6.5       7.5

        family      column_8  column_9
        ----------  --------  --------
        mean-field       8.5       9.5

        """)
  }

  @Test("long texts are shortened in the middle to fit 80 columns; numbers never are")
  func width() {
    let table = Table(
      columns: [Table.Column("name"), Table.Column("value", alignment: .right)],
      rows: [
        [
          .text(String(repeating: "a", count: 60) + String(repeating: "z", count: 60)),
          .number(-496.599, digits: 3),
        ]
      ])
    let lines = TableFormat.table.render(table).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines[2].hasSuffix("  -496.599"))
    #expect(lines[2].contains("a…z"))
  }

  @Test("columns that are optional are left out where the terminal is too narrow, the last ones first")
  func optional() {
    func columns(_ count: Int, isOptional: Bool) -> [Table.Column] {
      (0..<count).map { Table.Column("\(isOptional ? "optional" : "needed")_\($0)", isOptional: isOptional) }
    }
    func header(needed: Int, optional: Int) -> [[Substring]] {
      let all =
        [Table.Column("key", isKey: true)] + columns(needed, isOptional: false)
        + columns(optional, isOptional: true)
      let table = Table(columns: all, rows: [all.map { _ in .integer(1) }])
      return TableFormat.table.render(table).split(separator: "\n").filter { $0.contains("key") }
        .map { $0.split(separator: " ") }
    }
    // 3 + 2 × (2 + 8) leaves 57 columns: four of the optional ones, of 2 + 10.
    #expect(header(needed: 2, optional: 6).map(\.count) == [7])
    #expect(header(needed: 2, optional: 6)[0].last == "optional_3")
    // Nine do not fit beside the key; the block of the last two has room for four optional ones.
    #expect(header(needed: 9, optional: 6).map(\.count) == [8, 7])
  }

  @Test("readers see four digits of a probability, and never 0; programs see all of them")
  func probability() {
    let table = Table(
      columns: [Table.Column("p", alignment: .right)],
      rows: [[.probability(1.9e-6)], [.probability(0.0312)], [.probability(1)], [.probability(0)]])
    let lines = TableFormat.table.render(table).split(separator: "\n").dropFirst(2)
    #expect(Array(lines) == ["<0.0001", " 0.0312", " 1.0000", " 0.0000"])
    #expect(TableFormat.csv.render(table) == "p\r\n1.9e-06\r\n0.0312\r\n1\r\n0\r\n")
    #expect(TableFormat.json.render(table).hasPrefix("[\n  {\"p\": 1.9e-06},\n"))
  }
}
