import Foundation
import Inference
import SweepConfig
import Testing

/// What people write by hand.
@Suite(.serialized) struct TextFuzzTests {
  /// No data: models that read tables say so.
  private final class NoTables: TableSource {
    func table(at path: String) throws(SettingsProblem) -> DataTable {
      throw SettingsProblem(path: [], what: "cannot read '\(path)'", fix: "check the path")
    }
    func array(at path: String) throws(SettingsProblem) -> DataArray {
      throw SettingsProblem(path: [], what: "cannot read '\(path)'", fix: "check the path")
    }
  }

  private static let sweeps = [
    """
    name: three-elbos
    description: The three forms agree.
    run:
      model: {conjugate-normal: {observations: [1, 2, 3], noise_sd: 1.0}}
      family: mean-field
      form: reconstruction-kl
      beta: {linear: {from: 0, to: 1, steps: 500}}
      optimizer: {adam: {learning_rate: 0.05}}
      samples: 8
      steps: 200
      record: {every: 1}
    sweep:
      family: [mean-field, full-rank]
      optimizer.adam.learning_rate: [0.01, 0.05]
    exclude:
      - {family: full-rank}
    seeds: 5
    """,
    "name: e\nrun: {model: eight-schools, steps: 50}\nzip:\n  beta: [0.5, 1]\n  samples: [1, 2]\nseeds: [1, 2]\n",
    "name: a\nrun: &r {model: neals-funnel, family: &f mean-field}\nsweep: {beta: [1, 1e-3, .5], family: [*f]}\n",
  ]

  private static let words = [
    "name", "run", "sweep", "seeds", ": ", "- ", "[", "]", "{", "}", ",", "\n", "  ", "\"", "'", "|", ">",
    "&a ", "*a", "!!str ",
    "#", "---", "...", "1e400", "-0", ".nan", ".inf", "~", "null", "true", "99999999999999999999", "<<: ",
    "\t", "\u{FEFF}",
    "\0", "\u{202E}", "family", "mean-field", "beta", "[[", "{{", "? ", "%YAML 1.1\n", "exclude", "zip",
  ]

  @Test("sweep files are read or refused with a place, and what is read is the same when it is read again")
  func sweeps() throws {
    try Fuzz.run("sweep", share: 0.2) { random in
      let bytes = random.text(Self.sweeps, words: Self.words)
      let text = String(decoding: bytes, as: UTF8.self)
      let sweep: Sweep
      do throws(SweepError) {
        sweep = try Sweep.read(text, file: "sweep.yaml", tables: NoTables())
      } catch {
        guard error.description.hasPrefix("sweep.yaml") else { throw Silence("no place: \(error)") }
        return false
      }
      let again = try Sweep.read(text, file: "sweep.yaml", tables: NoTables())
      guard sweep.cells.map(\.id) == again.cells.map(\.id), !sweep.cells.isEmpty else { throw Silence(text) }
      return true
    }
  }
}

/// Something was accepted that should not have been, or refused without a word.
struct Silence: Error, CustomStringConvertible {
  let description: String
  init(_ text: String) {
    description = "accepted or refused in silence: \(text.prefix(2000).debugDescription)"
  }
}
