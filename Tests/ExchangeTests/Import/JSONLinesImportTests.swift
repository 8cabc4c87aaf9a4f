import Exchange
import Testing
import Tracking

@Suite struct JSONLinesImportTests {
  private func read(_ text: String) throws -> [ImportedRun] {
    try JSONLinesImport.runs(Array(text.utf8), path: "a.jsonl", name: "a", sweep: "s").runs
  }

  @Test("lines of runs and of steps are read, in any order")
  func lines() throws {
    let runs = try read(
      """
      {"step": 0, "run": "r", "elbo": -1.5, "loss": "NaN", "param.lr": 0.5, "none": null}
      {"run_id": "r", "params": {"n": 3, "name": "1", "flag": true, "no": null}, "status": "failed", "reason": "it broke"}

      {"run": "r", "step": 7, "metrics": {"step": 1, "elbo": "-Infinity"}}
      """)
    #expect(runs.count == 1)
    #expect(
      runs[0].series["elbo"] == [PointRecord(step: 0, value: -1.5), PointRecord(step: 7, value: -.infinity)])
    #expect(runs[0].series["step"] == [PointRecord(step: 7, value: 1)])
    #expect(runs[0].series["loss"]?.first?.value.isNaN == true && runs[0].series["none"] == nil)
    #expect(
      runs[0].parameters == [
        .init(key: "lr", value: .number(0.5)), .init(key: "n", value: .integer(3)),
        .init(key: "name", value: .text("1")),
        .init(key: "flag", value: .text("true")), .init(key: "no", value: .null),
      ])
    #expect(runs[0].status == .failed && runs[0].reason == "it broke")
  }

  static let complaints = [
    (
      "{\"step\": 0, \"elbo\": 1}\n[1]\n",
      "a.jsonl:2: the line is no JSON object; write one a line, such as {\"step\": 0, \"elbo\": -1.5}"
    ),
    ("{\"step\": 0, \"elbo\": 1", "a.jsonl:1: an object is not closed; write one JSON object a line"),
    ("{\"step\": 0, \"step\": 1}", "a.jsonl:1: the key 'step' is there twice; write one JSON object a line"),
    ("{\"step\": 0.5}", "a.jsonl:1: 'step' is no integer; use one"),
    (
      "{\"step\": 0, \"elbo\": \"high\"}",
      "a.jsonl:1: 'elbo' is no number; use one, \"NaN\", \"Infinity\", \"-Infinity\" or null; name a parameter param.NAME"
    ),
    (
      "{\"run\": \"a\", \"elbo\": 1}",
      "a.jsonl:1: 'elbo' is nothing of a run; put parameters into 'params'; a line of metrics has a 'step'"
    ),
    (
      "{\"run\": \"a\", \"params\": {\"x\": [1]}}",
      "a.jsonl:1: a parameter is an array or object; write it as a text, or as several parameters"
    ),
    (
      "{\"step\": 0, \"a\\u0000b\": 1}",
      "a.jsonl:1: a text of a metric holds the character NUL, at which other programs would end it; remove it"
    ),
    (
      String(repeating: "[", count: 100_000),
      "a.jsonl:1: values are nested deeper than 64; write one JSON object a line"
    ),
    ("\n\n", "a.jsonl: the file is empty; write a line such as {\"step\": 0, \"elbo\": -1.5}"),
  ]

  @Test("what is wrong is said with its line", arguments: complaints)
  func wrong(text: String, expected: String) {
    let error = #expect(throws: ExchangeError.self) { try read(text) }
    #expect(error?.description == expected)
  }
}
