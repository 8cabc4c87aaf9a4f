import Exchange
import Testing
import Tracking

@Suite struct CSVImportTests {
  private func read(_ text: String, parameters: String? = nil) throws -> [ImportedRun] {
    try CSVImport.runs(
      Array(text.utf8), path: "a.csv",
      parameters: parameters.map { CSVImport.Companion(bytes: Array($0.utf8), path: "p.csv") }, name: "a",
      sweep: "s"
    ).runs
  }

  private func complaint(_ text: String, parameters: String? = nil) -> String? {
    do {
      _ = try read(text, parameters: parameters)
      return nil
    } catch { return "\(error)" }
  }

  @Test("a row a step has a column a metric; what is empty is absent")
  func wide() throws {
    let runs = try read(
      "run,step,elbo,loss,param.lr,param.name,seed\nb,0,-1.5,,0.1,007,3\nb,10,NaN,2,0.1,007,3\r\n\na,1,-inf,1e3,2,\"x,\"\"y\n\",\n"
    )
    #expect(runs.map(\.name) == ["b", "a"])
    #expect(runs[0].series["elbo"]?.map(\.step) == [0, 10])
    #expect(runs[0].series["elbo"]?[0].value == -1.5 && runs[0].series["elbo"]?[1].value.isNaN == true)
    #expect(runs[0].series["loss"] == [PointRecord(step: 10, value: 2)])
    #expect(
      runs[1].series == [
        "elbo": [PointRecord(step: 1, value: -.infinity)], "loss": [PointRecord(step: 1, value: 1000)],
      ])
    #expect(
      runs[0].parameters == [
        .init(key: "lr", value: .number(0.1)), .init(key: "name", value: .text("007")),
        .init(key: "seed", value: .integer(3)),
      ])
    #expect(
      runs[1].parameters == [
        .init(key: "lr", value: .integer(2)), .init(key: "name", value: .text("x,\"y\n")),
      ])
  }

  @Test("a row a value names the metric; a file of parameters says their types")
  func long() throws {
    let runs = try read(
      "run_id,metric,step,value\nr,'=loss,2,Infinity\nr,'=loss,0,0.1\n",
      parameters:
        "run_id,key,type,value\nr,a,text,1\nr,b,integer,2\nr,c,null,\nr,d,number,NaN\nr,e,text,'+x\n")
    #expect(
      runs[0].series == ["=loss": [PointRecord(step: 0, value: 0.1), PointRecord(step: 2, value: .infinity)]])
    #expect(runs[0].parameters.map(\.key) == ["a", "b", "c", "d", "e"])
    #expect(runs[0].parameters[0].value == .text("1") && runs[0].parameters[1].value == .integer(2))
    #expect(runs[0].parameters[2].value == .null && runs[0].parameters[4].value == .text("+x"))
  }

  static let complaints = [
    ("", "a.csv: the file is empty; begin with a line of columns, such as run,step,elbo"),
    (
      "run,elbo\na,1\n",
      "a.csv:1: there is no column 'step'; add one that counts the steps of each run from 0"
    ),
    ("step\n0\n", "a.csv:1: there is no column of a metric; add one, such as elbo"),
    ("step,elbo,elbo\n", "a.csv:1: there are two columns 'elbo'; keep one"),
    ("step,elbo\n0,1,2\n", "a.csv:2: the row has 3 fields, and the first line 2; give every row as many"),
    ("step,elbo\n0,one\n", "a.csv:2: 'one' is no number; use one, NaN, Infinity or nothing"),
    ("step,elbo\n0,0x10\n", "a.csv:2: '0x10' is no number; use one, NaN, Infinity or nothing"),
    ("step,elbo\n1.5,1\n", "a.csv:2: the step is '1.5'; use an integer"),
    ("step,elbo\n-1,1\n", "a.csv:2: the step -1 is out of range; use steps from 0 to 2^50"),
    ("step,elbo\n9999999999999999999,1\n", "a.csv:2: the step is '9999999999999999999'; use an integer"),
    ("step,elbo\n0,1\n0,2\n", "a.csv:3: metric 'elbo' of run 'a' has step 0 twice; keep one"),
    ("step,elbo\n\"0,1\n", "a.csv:2: a quote is not closed; close it"),
    ("step,elbo\n\"0\"x,1\n", "a.csv:2: a field goes on after its closing quote; double the quotes in it"),
    (
      "step,elbo\n0\"0,1\n",
      "a.csv:2: a quote stands in a field that does not begin with one; put the field in quotes, and double those in it"
    ),
    (
      "step,el\0bo\n0,1\n",
      "a.csv:2: a text of a metric holds the character NUL, at which other programs would end it; remove it"
    ),
    ("step,elbo,param.x\n0,1,a\n1,1,b\n", "a.csv:3: parameter 'x' of run 'a' has a second value; keep one"),
    (
      "step,elbo,status\n0,1,running\n",
      "a.csv:2: the status is 'running'; use finished, diverged, failed or interrupted"
    ),
  ]

  @Test("what is wrong is said with its line", arguments: complaints)
  func wrong(text: String, expected: String) { #expect(complaint(text) == expected) }

  @Test("a byte that is no UTF-8 is no text")
  func bytes() {
    #expect(throws: ExchangeError.self) {
      try CSVImport.runs(Array("step,elbo\n0,".utf8) + [0xFF], path: "a.csv", name: "a", sweep: "s")
    }
  }
}
