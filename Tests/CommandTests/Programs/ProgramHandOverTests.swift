import Foundation
import Testing
import Tracking

/// Programs whose runs workers of a shared folder execute.
@Suite struct ProgramHandOverTests {
  /// Takes a step, says so, and waits to be told to stop, unless it finds what it has kept, or a file `again`.
  private static let script = """
    folder="$WB_CHECKPOINT_FOLDER"
    if test -f "$folder/latest" && test -x "$folder/parts/one" && test "$(cat "$folder/latest")" = 'at 1'; then
      touch gone-on
    else
      echo '{"step": 0, "elbo": -4}' >&3; echo '{"step": 1, "elbo": -3}' >&3
      if ! test -f again; then
        trap 'mkdir "$folder/parts"; echo at 1 > "$folder/parts/one"; chmod +x "$folder/parts/one"
          ln -s parts/one "$folder/latest"; exit 0' TERM
        touch started
        while true; do sleep 0.05; done
      fi
    fi
    echo '{"step": 2, "elbo": -2}' >&3; echo '{"final": {"elbo": -2}}' >&3
    """

  private static let worker = ["worker", "sweep.yaml", "--shared", "pool", "-j", "1", "--lease", "1"]

  /// Has a worker begin the run, and ends it.
  private func begun(endedBy signal: Int32) throws -> (ProgramBench, Ended) {
    let programs = try ProgramBench(Self.script)
    let first = try programs.bench.start(Self.worker)
    for _ in 0..<2000 where !programs.bench.exists("started") { Thread.sleep(forTimeInterval: 0.01) }
    first.send(signal)
    return (programs, try first.wait())
  }

  private func expectWhole(_ programs: ProgramBench) throws {
    let second = try programs.bench.start(Self.worker).wait()
    #expect(second.code == 0, "\(second.errors)")
    try programs.bench.done("collect", "sweep.yaml", "--shared", "pool")
    #expect(
      try programs.rows("SELECT step, elbo FROM steps ORDER BY step") == [
        ["0", "-4.0"], ["1", "-3.0"], ["2", "-2.0"],
      ])
  }

  @Test("what a program keeps when its worker is stopped another worker's goes on from")
  func stopped() throws {
    let (programs, ended) = try begun(endedBy: SIGTERM)
    #expect(ended.code == 75, "\(ended.errors)")
    #expect(ended.output.contains("1 interrupted, 1 of them with a checkpoint"), "\(ended.output)")
    try expectWhole(programs)
    #expect(programs.bench.exists("gone-on"))
    #expect(try programs.rows("SELECT attempts FROM run") == [["2"]])
  }

  @Test("where its worker is killed a program starts again, and ends with the same numbers")
  func killed() throws {
    let (programs, ended) = try begun(endedBy: SIGKILL)
    #expect(ended.code == 128 + SIGKILL)
    try programs.bench.write("", to: "again")
    try expectWhole(programs)
    #expect(!programs.bench.exists("gone-on"))
  }
}
