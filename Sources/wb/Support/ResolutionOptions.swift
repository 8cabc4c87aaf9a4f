import ArgumentParser
import Comparison
import SweepConfig

/// Whether and how far `wb run` adds seeds.
struct ResolutionOptions: ParsableArguments {
  @Flag(help: "Add seeds where a comparison is undecided.")
  var untilResolved = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The most seeds of a cell, declared beforehand; else eight times the sweep's.", valueName: "seeds"))
  var maxSeeds: Int?

  @ArgumentParser.Option(
    help: ArgumentHelp("Differences up to this size do not matter; else 0.01.", valueName: "nats"))
  var rope: Double?

  @ArgumentParser.Option(help: "The parameters that make a group, comma separated; else all that differ.")
  var by: String?

  var keys: [String]? { by.map(Words.list) }

  func validate() throws {
    if !untilResolved, maxSeeds != nil || rope != nil || by != nil {
      throw ValidationError("--max-seeds, --rope and --by say how to go on --until-resolved; add that")
    }
    if let rope, !(rope >= 0 && rope.isFinite) {
      throw ValidationError("--rope is \(rope); use a number of nats from 0")
    }
  }

  /// When to look; nil where nobody asked.
  func rule(for sweep: Sweep) throws -> SequentialRule? {
    guard untilResolved else { return nil }
    let present = sweep.seeds.count
    guard sweep.seeds == Array(0..<present) else {
      throw ValidationError(
        "--until-resolved adds seeds to those of the sweep; give them as a count, as in seeds=5")
    }
    if sweep.halving != nil {
      throw ValidationError("--until-resolved and halving both decide what is run; use one of them")
    }
    let most = maxSeeds ?? 8 * present
    guard most >= present else {
      throw ValidationError("--max-seeds is \(most); the sweep has \(present) seeds already")
    }
    let comparisons = max(sweep.cells.count - 1, 1)
    let rule = SequentialRule(from: present, to: most, comparisons: comparisons)
    guard !rule.looks.isEmpty else {
      let enough = (most...1000).first { seeds in
        !SequentialRule(looks: [seeds], comparisons: comparisons).looks.isEmpty
      }
      throw ValidationError(
        "no more than \(most) seeds could decide \(Words.count(comparisons, "comparison")) at 5 %; use --max-seeds from "
          + "\(enough ?? 1000)")
    }
    return rule
  }
}
