import Foundation
import Testing
import Tracking

/// Runs that a program executes: what it is told, and what is recorded of what it says.
@Suite struct ProgramRunTests {
  @Test("a program is told its parameters in its arguments, its variables and a file")
  func told() throws {
    let programs = try ProgramBench(
      """
      echo "$@"; echo "$KIND $WB_SEED $WB_RUN_ID"; cat "$WB_PARAMETERS"; pwd
      test -d "$WB_CHECKPOINT_FOLDER" && test "$WB_STORE" = "\\$(pwd)/wb.sqlite" || exit 3
      """.replacing("\\$", with: "$"),
      argv:
        #"[/bin/sh, fit.sh, "--beta={beta}", "{parameters.width}", "{{{optimizer}}}", "{seed} {run_id}"]"#,
      options: #"environment: {KIND: "{family}"}"#,
      """
        parameters: {width: 3, names: [a, b]}
        family: {low-rank: {rank: 3}}
        optimizer: {adam: {learning_rate: 0.02}}
        beta: 0.5
      seeds: [7]
      """)
    let ended = try programs.bench.wb("run", "sweep.yaml")
    #expect(ended.code == 0, "\(ended.errors)")
    let row = try programs.rows("SELECT run_id, stdout, exit_code, signal FROM outputs")[0]
    let lines = row[1].split(separator: "\n").map(String.init)
    #expect(lines[0] == "--beta=0.5 3 {adam} 7 \(row[0])")
    #expect(lines[1] == "low-rank 7 \(row[0])")
    #expect(URL(fileURLWithPath: lines[3]).lastPathComponent == programs.bench.folder.lastPathComponent)
    #expect(Array(row[2...]) == ["0", "NULL"])
    let told = try #require(
      try JSONSerialization.jsonObject(with: Data(lines[2].utf8)) as? [String: Any])
    #expect(told["seed"] as? Int == 7)
    #expect(told["run_id"] as? String == row[0])
    #expect(told["beta"] as? Double == 0.5)
    #expect((told["parameters"] as? [String: Any])?["names"] as? [String] == ["a", "b"])
    #expect(!programs.bench.exists("wb.checkpoints"), "what a finished run was told is not kept")
  }

  @Test("columns of steps, metrics of any name and the final line are recorded to the bit")
  func recorded() throws {
    let programs = try ProgramBench(
      #"""
      printf '{"step": 0, "elbo": -3.25, "accuracy": 0.1}\n{"step": 1, "elbo": NaN}\n' >&"$WB_METRICS_FD"
      echo '{"step": 1, "kl_prior": 0.1, "größe \"x\"": -Infinity}' >&3
      echo '{"step": 5, "elbo": "Infinity", "accuracy": 1e-3, "none": null}' >&3
      echo '{"final": {"elbo": -2.5, "elbo_se": 0.25, "log_evidence": -2, "kl_posterior": 0.5, "size": 12}}' >&3
      """#, options: "of: some-model")
    #expect(try programs.bench.wb("run", "sweep.yaml").code == 0)
    #expect(
      try programs.rows("SELECT step, elbo, kl_prior FROM steps ORDER BY step") == [
        // NaN is NULL in a view, as SQLite has none.
        ["0", "-3.25", "NULL"], ["1", "NULL", "0.1"], ["5", "inf", "NULL"],
      ])
    #expect(
      try programs.rows(
        "SELECT metric, step, value FROM points WHERE metric NOT IN ('elbo', 'kl_prior') ORDER BY metric, step"
      )
        == [
          ["accuracy", "0", "0.1"], ["accuracy", "5", "0.001"], ["größe \"x\"", "1", "-inf"],
          ["size", "5", "12.0"],
        ])
    #expect(
      try programs.rows(
        "SELECT status, model, steps, elbo, elbo_se, log_evidence, kl_posterior, kl_prior FROM runs") == [
          ["finished", "some-model", "5", "-2.5", "0.25", "-2.0", "0.5", "NULL"]
        ])
    let doctor = try programs.bench.wb("doctor", "--full")
    #expect(doctor.code == 0, "\(doctor.output)")
  }

  @Test("without a final line a run has no yardstick, and one warning says how to give it")
  func withoutFinal() throws {
    let programs = try ProgramBench("echo '{\"step\": 3, \"elbo\": -1}' >&3", "seeds: 3")
    let ended = try programs.bench.wb("run", "sweep.yaml")
    #expect(ended.code == 0)
    #expect(
      ended.errors.contains(
        "wb: runs of fit.sh give no final elbo, so nothing ranks them; let the program end with the line "
          + "{\"final\": {\"elbo\": …, \"elbo_se\": …}}\n"))
    #expect(ended.errors.split(separator: "\n").count { $0.contains("final") } == 1)
    #expect(try programs.rows("SELECT DISTINCT status, elbo FROM runs") == [["finished", "NULL"]])
    #expect(try programs.bench.wb("doctor").code == 0)
  }

  @Test("a final elbo that is no number is a divergence")
  func diverged() throws {
    let programs = try ProgramBench("echo '{\"final\": {\"elbo\": NaN}}' >&3")
    #expect(try programs.bench.wb("run", "sweep.yaml").code == 4)
    #expect(try programs.ending == ("diverged", "the final elbo is nan"))
  }

  @Test("lines of standard output with the prefix are metrics, and the others are kept")
  func prefix() throws {
    let programs = try ProgramBench(
      "echo one; echo 'wb: {\"step\": 2, \"elbo\": -1}'; echo two; printf 'wb: {\"final\": {\"elbo\": -1}}'",
      options: #"prefix: "wb: ""#)
    #expect(try programs.bench.wb("run", "sweep.yaml").code == 0)
    #expect(try programs.rows("SELECT stdout FROM outputs") == [["one\ntwo\n"]])
    #expect(try programs.rows("SELECT elbo, steps FROM runs") == [["-1.0", "2"]])
  }

  @Test("of long outputs the first and the last 256 kB are kept, and what is left out is said")
  func longOutput() throws {
    // 100,000 lines of 10 bytes.
    let programs = try ProgramBench("seq -f '%09.0f' 1 100000; seq -f '%09.0f' 1 10 >&2")
    #expect(try programs.bench.wb("run", "sweep.yaml").code == 0)
    let row = try programs.rows("SELECT stdout, stderr FROM outputs")[0]
    #expect(row[0].hasPrefix("000000001\n000000002\n"))
    #expect(row[0].hasSuffix("\n000100000\n"))
    #expect(row[0].contains("\n… \(1_000_000 - 2 * 262_144) bytes are left out …\n"))
    #expect(row[1].utf8.count == 100)
    let shown = try programs.bench.done("show", try programs.rows("SELECT run_id FROM runs")[0][0])
    #expect(shown.contains("standard output\n… "))
    #expect(shown.hasSuffix("000000009\n000000010\n"))
  }

  @Test("nothing of the environment is in the store")
  func secrets() throws {
    let programs = try ProgramBench("test \"$SECRET\" = k3yk3yk3y && echo '{\"final\": {\"elbo\": -1}}' >&3")
    #expect(
      try programs.bench.wb("run", "sweep.yaml", environment: ["SECRET": "k3yk3yk3y"]).code == 0)
    let needle = Data("k3yk3yk3y".utf8)
    for (name, content) in try programs.bench.files(in: ".") where name.hasPrefix("wb.") {
      #expect(content.range(of: needle) == nil, "\(name)")
    }
  }

  @Test("programs and wb's own runs stand in one sweep and in one comparison")
  func together() throws {
    let bench = try Workbench()
    try bench.write(
      "echo \"{\\\"final\\\": {\\\"elbo\\\": -31.$WB_SEED, \\\"elbo_se\\\": 0.01}}\" >&3\n", to: "fit.sh")
    try bench.write(
      """
      name: both
      run: {steps: 50}
      sweep:
        model: [eight-schools, {command: {argv: [/bin/sh, fit.sh], of: eight-schools}}]
      seeds: 3
      """, to: "sweep.yaml")
    #expect(try bench.done("run", "sweep.yaml", "-j", "2").hasPrefix("both: 6 runs, 6 finished; 6 executed"))
    let compared = try bench.done("compare", "--format", "csv")
    #expect(compared.contains("fit.sh"))
    #expect(
      compared.split(whereSeparator: \.isNewline).count {
        $0.contains("eight-schools") || $0.hasPrefix("wb,")
      } >= 1, "\(compared)")
    #expect(try bench.done("run", "sweep.yaml").hasSuffix("; nothing to do\n"))
  }

  @Test("no shell reads what is filled in")
  func hostile() throws {
    let text = #"it's "$HOME" `id` ; \ * {Ω} \#u{202E}"#
    let programs = try ProgramBench(
      #"printf '%s' "$1""#, argv: #"[/bin/sh, fit.sh, "{parameters.text}"]"#,
      "  parameters: {text: '\(text.replacing("'", with: "''"))'}")
    let ended = try programs.bench.wb("run", "sweep.yaml")
    #expect(ended.code == 0, "\(ended.errors)")
    #expect(try programs.rows("SELECT stdout FROM outputs") == [[text]])
  }

  @Test("a changed script is another run, and how it is executed is not part of one")
  func identity() throws {
    let programs = try ProgramBench("true", options: "threads: 1")
    func id(_ arguments: String...) throws -> String {
      let ended = try programs.bench.start(["plan", "sweep.yaml", "--format", "csv"] + arguments).wait()
      #expect(ended.code == 0, "\(ended.errors)")
      return ended.output
    }
    let first = try id()
    #expect(try id("model.command.threads=2", "model.command.prefix=x") == first)
    #expect(try id("model.command.environment.A=1") != first)
    #expect(try id("parameters.a=1") != first)
    #expect(try id("parameters={a: 1, a_digest: 2}") != id("parameters={a: 3, a_digest: 2}"))
    try programs.bench.write("false\n", to: "fit.sh")
    #expect(try id() != first)
    #expect(try id("model.command.inputs=[]") != id())
    try programs.bench.write("true\n", to: "fit.sh")
    #expect(try id() == first)
  }
}
