import FileFormats
import Foundation
import Testing

/// Tables of draws as text.
@Suite struct DrawTableTests {
  static let table = DrawTable(
    [
      .init("lp__", [-1.5, .nan]), .init("k", isInteger: true, [2, -3]), .init("A.1.1", [1, 10]),
      .init("A.2.1", [3, 30]), .init("A.1.2", [2, 20]), .init("A.2.2", [4, .infinity]),
      .init("t.1", [5, 50]),
      .init("t.2.1", [6, 1e-300]),
    ], count: 2)

  @Test("csv has comments, a line of names and a line for each draw")
  func csv() {
    #expect(
      Self.table.csv(comments: ["method = sample", "one\nline"]) == """
        # method = sample
        # one
        lp__,k,A.1.1,A.2.1,A.1.2,A.2.2,t.1,t.2.1
        -1.5,2,1.0,3.0,2.0,4.0,5.0,6.0
        nan,-3,10.0,30.0,20.0,inf,50.0,1e-300

        """)
  }

  @Test("json nests a chain, its draws and the dimensions, rows first; what fills no array stands alone")
  func json() throws {
    let text = Self.table.json
    #expect(
      text == """
        {
        "lp__": [[-1.5,null]],
        "k": [[2,-3]],
        "A": [[[[1.0,2.0],[3.0,4.0]],[[10.0,20.0],[30.0,null]]]],
        "t.1": [[5.0,50.0]],
        "t.2.1": [[6.0,1e-300]]
        }

        """)
    #expect(try JSONSerialization.jsonObject(with: Data(text.utf8)) is [String: Any])
  }

  @Test("a table without columns or draws is written all the same")
  func empty() {
    #expect(DrawTable([], count: 0).json == "{\n}\n")
    #expect(DrawTable([.init("x", [])], count: 0).csv(comments: []) == "x\n")
  }
}
