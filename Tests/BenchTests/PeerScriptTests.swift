import Testing
import bench

/// What comes of a peer's script.
@Suite struct PeerScriptTests {
  private func ended(_ code: Int32, output: String = "", errors: String = "") -> Ended {
    Ended(code: code, output: output, errors: errors, seconds: 1, megabytes: 1)
  }

  @Test("the last line of JSON is the report")
  func report() {
    let line = #"{"figure": 12.5, "result": null, "precision": "float32", "note": "", "versions": "jax 1"}"#
    guard case .measured(let report) = Peer.outcome(of: ended(0, output: "a warning\n\(line)\n")) else {
      Issue.record("not measured")
      return
    }
    #expect(report.figure == 12.5)
    #expect(report.result == nil)
  }

  @Test("a missing module, a failure and silence are said with a word")
  func skipped() {
    let cases = [
      (
        ended(1, errors: "Traceback …\nModuleNotFoundError: No module named 'torch'\n"),
        "torch is not in this Python"
      ),
      (ended(1, errors: "Traceback …\nValueError: no\n"), "failed: ValueError: no"),
      (ended(124), "longer than 400 s"),
      (ended(0), "failed: it printed nothing"),
    ]
    for (process, expected) in cases {
      guard case .skipped(let reason) = Peer.outcome(of: process) else {
        Issue.record("measured")
        continue
      }
      #expect(reason == expected)
    }
  }

  @Test("a process tells its output, its exit code and its memory")
  func launching() throws {
    let ended = try launch(["sh", "-c", "echo out; echo err >&2; exit 3"])
    #expect(ended.output == "out\n")
    #expect(ended.errors == "err\n")
    #expect(ended.code == 3)
    #expect(try launch(["sh", "-c", "kill -9 $$"]).code == 137)
    #expect(throws: LaunchError.self) { try launch(["no-such-program-anywhere"]) }
    // A block of 800 MiB that dd fills, and little else.
    let block = try launch(["dd", "if=/dev/zero", "of=/dev/null", "bs=800M", "count=1"])
    #expect(block.megabytes > 838 && block.megabytes < 880)
  }
}
