import Foundation
import Testing
import Tracking

/// Programs that fail, hang, are stopped, and are left alone.
@Suite struct ProgramTroubleTests {
  struct Failing: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var script: String
    var argv = "[/bin/sh, fit.sh]"
    var options = ""
    var reason: String
  }

  @Test(
    "a program that fails fails its run, with the reason",
    arguments: [
      Failing(
        testDescription: "exit code", script: "echo first >&2; echo 'no data' >&2; echo >&2; exit 7",
        reason: "/bin/sh ended with exit code 7: no data"),
      Failing(
        testDescription: "signal", script: "kill -SEGV $$", reason: "/bin/sh was ended by signal 11"),
      Failing(
        testDescription: "no such program", script: "", argv: "[no-such-program-of-wb]",
        reason: "no-such-program-of-wb cannot be started: No such file or directory"),
      Failing(
        testDescription: "no such folder", script: "", options: "directory: nowhere",
        reason: "/bin/sh cannot be started: its folder: No such file or directory"),
      Failing(
        testDescription: "no JSON",
        script: "echo '{\"step\": 1, \"elbo\": -1}' >&3; echo 'elbo -1' >&3; sleep 60",
        reason: "line 2 of its metrics cannot be read, it is not a JSON object: elbo -1"),
      Failing(
        testDescription: "no number", script: "echo '{\"step\": 1, \"elbo\": true}' >&3",
        reason: "line 1 of its metrics cannot be read, 'elbo' is not a number: {\"step\": 1, \"elbo\": true}"),
      Failing(
        testDescription: "no step", script: "echo '{\"elbo\": -1}' >&3",
        reason: "line 1 of its metrics cannot be read, 'step' is missing: {\"elbo\": -1}"),
      Failing(
        testDescription: "step backwards",
        script: "echo '{\"step\": 5, \"elbo\": -1}' >&3; echo '{\"step\": 4, \"elbo\": -1}' >&3",
        reason:
          "line 2 of its metrics cannot be read, 'elbo' of step 4 comes after that of step 5: {\"step\": 4, \"elbo\": -1}"
      ),
      Failing(
        testDescription: "after the end",
        script: "echo '{\"final\": {\"elbo\": -1}}' >&3; echo '{\"step\": 4, \"elbo\": -1}' >&3",
        reason:
          "line 2 of its metrics cannot be read, it comes after the final one: {\"step\": 4, \"elbo\": -1}"),
    ])
  func failing(_ failing: Failing) throws {
    let programs = try ProgramBench(failing.script, argv: failing.argv, options: failing.options)
    #expect(try programs.bench.wb("run", "sweep.yaml").code == 4)
    #expect(try programs.ending == ("failed", failing.reason))
    // It stays failed until it is asked for again.
    #expect(try programs.bench.wb("run", "sweep.yaml").output.hasSuffix("; nothing to do\n"))
    #expect(try programs.bench.wb("run", "sweep.yaml", "--retry", "failed").output.contains("1 executed"))
    #expect(try programs.rows("SELECT count(*) FROM run_attempt") == [["2"]])
    #expect(try programs.bench.wb("doctor").code == 0)
  }

  @Test("a program that takes longer than it may is ended, and all that it started")
  func timeout() throws {
    let mark = "97\(Int.random(in: 100_000...999_999))"
    let programs = try ProgramBench(
      "echo '{\"step\": 8, \"elbo\": -1}' >&3; sleep \(mark) & sleep \(mark)", "timeout: 0.5")
    #expect(try programs.bench.wb("run", "sweep.yaml").code == 4)
    #expect(try programs.ending == ("failed", "timed out after 0.5 s at step 8"))
    #expect(try programs.rows("SELECT step, elbo FROM steps") == [["8", "-1.0"]])
    #expect(!isRunning("sleep\u{0}\(mark)"))
  }

  @Test("Ctrl-C has a program stop, which may keep where it is and go on from there")
  func interrupted() throws {
    let programs = try ProgramBench(
      """
      state="$WB_CHECKPOINT_FOLDER/state"
      if test -f "$state"; then
        echo '{"step": 2, "elbo": -2}' >&3; echo '{"final": {"elbo": -2}}' >&3; exit 0
      fi
      trap 'echo at 1 > "$state"; exit 0' TERM
      echo '{"step": 0, "elbo": -4}' >&3; echo '{"step": 1, "elbo": -3}' >&3
      touch started
      while true; do sleep 0.05; done
      """)
    let run = try programs.bench.start(["run", "sweep.yaml"])
    try programs.bench.wait(for: "the program") { _ in programs.bench.exists("started") }
    run.send(SIGINT)
    let ended = try run.wait()
    #expect(ended.code == 75, "\(ended.errors)")
    #expect(try programs.rows("SELECT status, steps FROM runs") == [["interrupted", "1"]])
    #expect(try programs.bench.wb("run", "sweep.yaml").code == 0)
    #expect(
      try programs.rows("SELECT step, elbo FROM steps ORDER BY step") == [
        ["0", "-4.0"], ["1", "-3.0"], ["2", "-2.0"],
      ])
    #expect(!programs.bench.exists("wb.checkpoints"))
  }

  @Test("a kill of wb leaves no process of its programs, and their runs are executed again")
  func killed() throws {
    let mark = "96\(Int.random(in: 100_000...999_999))"
    let programs = try ProgramBench(
      """
      echo '{"step": 1, "elbo": -9}' >&3
      if ! test -f again; then touch "started $WB_SEED"; sleep \(mark) & trap '' TERM; sleep \(mark); fi
      echo '{"step": 2, "elbo": -8}' >&3
      echo '{"final": {"elbo": -1}}' >&3
      """, "seeds: 2")
    let run = try programs.bench.start(["run", "sweep.yaml", "-j", "2"])
    try programs.bench.wait(for: "the programs") { _ in
      programs.bench.exists("started 0") && programs.bench.exists("started 1")
    }
    #expect(isRunning("sleep\u{0}\(mark)"))
    run.send(SIGKILL)
    #expect(try run.wait().code == 128 + SIGKILL)
    try programs.bench.wait(for: "the end of the programs") { _ in !isRunning("sleep\u{0}\(mark)") }
    try programs.bench.write("", to: "again")
    let ended = try programs.bench.wb("run", "sweep.yaml")
    #expect(ended.code == 0, "\(ended.errors)")
    #expect(ended.output.hasPrefix("programs: 2 runs, 2 finished; 2 executed"))
    #expect(
      try programs.rows("SELECT step, elbo FROM steps ORDER BY run_id, step").map { $0[1] } == [
        "-9.0", "-8.0", "-9.0", "-8.0",
      ])
  }

  @Test("a background process that outlives its program is ended, and the run with it")
  func leftBehind() throws {
    let mark = "95\(Int.random(in: 100_000...999_999))"
    let programs = try ProgramBench("sleep \(mark) & echo '{\"final\": {\"elbo\": -1}}' >&3")
    #expect(try programs.bench.wb("run", "sweep.yaml").code == 0)
    #expect(!isRunning("sleep\u{0}\(mark)"))
  }

  @Test("a program that takes all threads runs alone")
  func threads() throws {
    let programs = try ProgramBench(
      "mkdir lock || exit 5; sleep 0.1; rmdir lock; echo '{\"final\": {\"elbo\": -1}}' >&3",
      options: "threads: 2",
      "seeds: 4")
    #expect(try programs.bench.wb("run", "sweep.yaml", "-j", "2").code == 0)
  }

  @Test("wb log appends to a program's run, once for each step, and to no other")
  func log() throws {
    let programs = try ProgramBench(
      "echo '{\"step\": 9, \"elbo\": -1}' >&3; echo '{\"final\": {\"elbo\": -1}}' >&3")
    #expect(try programs.bench.wb("run", "sweep.yaml").code == 0)
    let id = try programs.rows("SELECT run_id FROM runs")[0][0]
    try programs.bench.done("log", id, "accuracy=0.5", "a=b=1e-3")
    try programs.bench.done("log", String(id.prefix(6)), "accuracy=nan", "--step", "12")
    #expect(
      try programs.rows("SELECT metric, step, value FROM points WHERE metric <> 'elbo' ORDER BY metric, step")
        == [["a=b", "9", "0.001"], ["accuracy", "9", "0.5"], ["accuracy", "12", "NULL"]])
    let again = try programs.bench.wb("log", id, "accuracy=0.6", "new=1")
    #expect(again.code == 2)
    #expect(
      again.errors
        == "wb: run \(id) has a value of accuracy at step 9 already, and nothing was added; give another --step or another name\n"
    )
    #expect(try programs.bench.wb("log", id, "elbo=1").code == 2)
    #expect(try programs.bench.wb("log", id, "accuracy").code == 2)
    let own = try Workbench(sweep: SampleSweep.small)
    try own.done("run", "sweep.yaml")
    let other = try own.store().query("SELECT run_id FROM runs LIMIT 1").rows[0][0]
    guard case .text(let otherID) = other else { return }
    #expect(try own.wb("log", otherID, "accuracy=1").code == 2)
  }
}
