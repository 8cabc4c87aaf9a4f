import Inference
import Testing

/// Pilots of what has no climb to choose, and of climbs that have no choice.
@Suite struct RefusedPilotTests {
  private static let rated = "optimizer: \(PilotTests.rated.joined(separator: " or "))"
  private static let subject = "a pilot tries starts and learning rates of stochastic ascent"

  private static func banana(_ changes: ConfigMapping) -> ConfigMapping {
    let run: ConfigMapping = ["model": "banana", "pilot": [:]]
    return run.with(changes)
  }

  static let cases: [WrongRun] = [
    WrongRun(
      banana(["family": "nuts"]),
      "\(subject): 'nuts' is of the posterior itself and climbs no bound; remove pilot"),
    WrongRun(
      banana(["optimizer": "dadvi"]),
      "\(subject): 'dadvi' climbs without noise, and without a learning rate; remove pilot, or use \(rated)"),
    WrongRun(
      ["model": conjugateNormal, "optimizer": "coordinate-ascent", "pilot": [:]],
      "\(subject): 'coordinate-ascent' climbs without noise, and without a learning rate; remove pilot, or use \(rated)"
    ),
    WrongRun(
      banana(["optimizer": "raabbvi"]),
      "\(subject): 'raabbvi' lowers its learning rate itself; remove pilot, or use \(rated)"),
    WrongRun(
      banana(["optimizer": "laplace-approximation"]),
      "\(subject): 'laplace-approximation' searches for a Gaussian itself; remove pilot, or use \(rated)"),
    WrongRun(
      banana(["optimizer": "pathfinder"]),
      "\(subject): 'pathfinder' searches for a Gaussian itself; remove pilot, or use \(rated)"),
    WrongRun(
      ["model": conjugateNormal, "family": "exact", "pilot": [:]],
      "\(subject): 'exact' has no parameters that could climb; remove pilot, or use another family"),
    WrongRun(
      banana(["optimizer": "dog"]),
      "\(subject): of one climb there is nothing to choose: 'dog' has no learning rate; use starts: 2 or more, or remove pilot"
    ),
    WrongRun(
      banana(["optimizer": "cocob", "pilot": ["starts": 4, "learning_rates": [1, 2]]]),
      "pilot.learning_rates is given, and 'cocob' has no learning rate: its steps follow from the path; remove learning_rates, "
        + "or use \(rated)"),
    WrongRun(
      banana(["pilot": ["learning_rates": 0.1]]),
      "\(subject): of one climb there is nothing to choose; give several learning_rates, or use starts: 2 or more"
    ),
    WrongRun(
      banana(["pilot": ["learning_rates": [], "starts": 2]]),
      "pilot.learning_rates is an empty list; give one rate or more, or null"),
    WrongRun(
      banana(["steps": 20]), "pilot.steps is 50, and the run has 20; use at most 20"),
    WrongRun(
      banana(["steps": 0]), "pilot.steps is 50, and the run has 0; remove pilot"),
    WrongRun(
      ["model": ["command": ["argv": ["true"]]], "pilot": [:]],
      "\(subject): 'true' climbs by itself; remove pilot"),
  ]

  @Test("they are told why, and what has a choice", arguments: cases)
  func refused(_ wrong: WrongRun) throws { #expect(try wrong.problems() == wrong.expected) }

  @Test("EM has starts of its own", arguments: tractableCases)
  func expectationMaximization(_ model: LearnedCase) throws {
    let run: ConfigMapping = ["family": "exact", "optimizer": "em", "pilot": [:]]
    do {
      _ = try model.settings(run)
      Issue.record("accepted")
    } catch let problems as SettingsProblems {
      #expect(
        problems.description
          == "\(Self.subject): 'em' climbs by half steps, and has starts of its own; remove pilot, or use \(Self.rated)"
      )
    }
  }

  @Test(
    "every optimizer by gradients has a pilot of starts, and every one with a rate one of rates",
    arguments: gradientOptimizers())
  func accepted(_ name: String) throws {
    let rated = PilotTests.rated.contains(name)
    let starts = try settings(Self.banana(["optimizer": .text(name), "pilot": ["starts": 2]]))
    // Resolved, the rates are there, and resolve to themselves.
    let pilot = try #require(starts.configuration["pilot"]?.asMapping)
    let expected: ConfigValue = rated ? .list([100, 10, 1, 0.1, 0.01].map { ConfigValue.number($0) }) : .null
    #expect(pilot["learning_rates"] == expected)
    let again = try SettingsResolver(tables: Tables()).resolve(resolved: starts.configuration)
    #expect(again.configuration == starts.configuration)
    #expect(((try? settings(Self.banana(["optimizer": .text(name)]))) != nil) == rated)
  }

  @Test("without a pilot a configuration does not speak of it")
  func absent() throws {
    for pilot: ConfigMapping in [[:], ["pilot": nil]] {
      let run: ConfigMapping = ["model": "banana"]
      #expect(try settings(run.with(pilot)).configuration["pilot"] == nil)
    }
  }
}
