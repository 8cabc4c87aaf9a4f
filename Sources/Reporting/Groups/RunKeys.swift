import Comparison
public import Tracking

/// The parameters by which runs differ.
public enum RunKeys {
  /// The keys whose values differ among runs, besides the seed: first the columns of a run, then its flattened
  /// parameters in the order of the configuration.
  ///
  /// A key that follows from those before it is left out: the rank that only the low-rank family has says
  /// nothing that the family does not.
  ///
  /// - Parameter first: the keys that come before all others.
  public static func varying(in runs: [RunSummary], first: (String) -> Bool = { _ in false }) -> [String] {
    var kept: [String] = []
    var classes = runs.map { _ in 0 }
    let keys = allKeys(of: runs).filter { $0 != "seed" && $0 != "seeds" }
    for key in keys.filter(first) + keys.filter({ !first($0) }) {
      let values = runs.map { text($0.value(of: key)) }
      guard Set(values).count > 1 else { continue }
      let refined = refine(classes, by: values)
      guard Set(refined).count > Set(classes).count else { continue }
      kept.append(key)
      classes = refined
    }
    return kept
  }

  /// Every key that some run has a value for and that can tell runs apart.
  static func allKeys(of runs: [RunSummary]) -> [String] {
    var seen: Set<String> = []
    let columns = ["model", "family", "objective", "form", "estimator", "optimizer", "beta"]
    return (columns + runs.flatMap { $0.record.parameters.map(\.key) }).filter { seen.insert($0).inserted }
  }

  /// The label of a value that a run does not have.
  static let missing = "-"

  /// The value as a label.
  static func text(_ value: ParameterValue?) -> String {
    switch value {
    case nil, .null: missing
    case .integer(let number): "\(number)"
    case .number(let number): NumberText.exact(number)
    case .text(let text): text
    }
  }

  /// The coordinates of a run along some keys.
  static func group(_ run: RunSummary, by keys: [String]) -> GroupKey {
    GroupKey(keys.map { Label(key: $0, text: text(run.value(of: $0))) })
  }

  /// Classes of equal class and value, numbered by first appearance.
  private static func refine(_ classes: [Int], by values: [String]) -> [Int] {
    struct Pair: Hashable {
      var number: Int
      var value: String
    }
    var numbers: [Pair: Int] = [:]
    return zip(classes, values).map { number, value in
      let pair = Pair(number: number, value: value)
      if let known = numbers[pair] { return known }
      numbers[pair] = numbers.count
      return numbers.count - 1
    }
  }
}
