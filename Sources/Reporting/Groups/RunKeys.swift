import Comparison
public import Tracking

/// The parameters by which runs differ.
public enum RunKeys {
  /// The keys whose values differ among runs, besides the seed: first the columns of a run, then its flattened
  /// parameters in the order of the configuration, and the estimator with its options last.
  ///
  /// A key that follows from those before it is left out: the rank that only the low-rank family has says
  /// nothing that the family does not.
  ///
  /// - Parameter first: the keys that come before all others.
  public static func varying(in runs: [RunSummary], first: (String) -> Bool = { _ in false }) -> [String] {
    varying(in: RunCells(of: runs), first: first)
  }

  /// The same of runs whose cells are known.
  package static func varying(in cells: RunCells, first: (String) -> Bool = { _ in false }) -> [String] {
    let cells = cells.examples
    var kept: [String] = []
    var classes = cells.map { _ in 0 }
    var classCount = min(cells.count, 1)
    let keys = allKeys(ofCells: cells).filter { $0 != "seed" && $0 != "seeds" }
    for key in keys.filter(first) + keys.filter({ !first($0) }) {
      var differs = false
      var first: ParameterValue??
      forEachValue(of: key, in: cells) { value in
        if let first { differs = value != first } else { first = .some(value) }
        return !differs
      }
      guard differs else { continue }
      var labels: [String] = []
      labels.reserveCapacity(cells.count)
      forEachValue(of: key, in: cells) { value in
        labels.append(text(value))
        return true
      }
      let refined = refine(classes, by: labels)
      let refinedCount = (refined.max() ?? -1) + 1
      guard refinedCount > classCount else { continue }
      kept.append(key)
      classes = refined
      classCount = refinedCount
    }
    return kept
  }

  /// Every key that some run has a value for and that can tell runs apart.
  static func allKeys(of runs: [RunSummary]) -> [String] {
    allKeys(ofCells: RunCells(of: runs).examples)
  }

  private static func allKeys(ofCells cells: [RunSummary]) -> [String] {
    var keys = ["model", "program", "family", "objective", "form", "optimizer", "beta"]
    // Where none is named it follows from the family and the optimizer: it says something where these do not.
    let last = "estimator"
    var seen = Set(keys + [last])
    // Most cells have the keys of the one before.
    var before: [RunRecord.Parameter] = []
    for index in cells.indices {
      let parameters = cells[index].record.parameters
      if !parameters.elementsEqual(before, by: { $0.key == $1.key }) {
        for parameter in parameters where seen.insert(parameter.key).inserted { keys.append(parameter.key) }
      }
      before = parameters
    }
    func isLast(_ key: String) -> Bool { key.hasPrefix("\(last).") }
    return keys.filter { !isLast($0) } + [last] + keys.filter(isLast)
  }

  /// Calls `body` with the value of a key in each cell, until it returns false.
  private static func forEachValue(
    of key: String, in cells: [RunSummary], _ body: (ParameterValue?) -> Bool
  ) {
    let isColumn = RunSummary.columnKeys.contains(key)
    // A parameter is mostly where it was in the cell before.
    var place = 0
    for index in cells.indices {
      if isColumn {
        guard body(cells[index].value(of: key)) else { return }
        continue
      }
      let count = cells[index].record.parameters.count
      if place >= count || cells[index].record.parameters[place].key != key {
        place = cells[index].record.parameters.firstIndex { $0.key == key } ?? count
      }
      guard body(place < count ? cells[index].record.parameters[place].value : nil) else { return }
    }
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

  /// The coordinates of each run along some keys.
  ///
  /// - Parameter cells: the cells of the runs, where they are known already.
  static func groups(of runs: [RunSummary], by keys: [String], cells: RunCells? = nil) -> [GroupKey] {
    each(of: runs, keys: keys, cells: cells) { group($0, by: keys) }
  }

  /// What is made of the values of some keys, for each run; made once for the runs of a cell, where it can be.
  public static func each<Value>(
    of runs: [RunSummary], keys: [String], _ make: (RunSummary) -> Value
  ) -> [Value] {
    each(of: runs, keys: keys, cells: nil, make)
  }

  package static func each<Value>(
    of runs: [RunSummary], keys: [String], cells: RunCells?, _ make: (RunSummary) -> Value
  ) -> [Value] {
    if keys.contains(where: RunSummary.ownKeys.contains) { return runs.map(make) }
    let cells = cells ?? RunCells(of: runs)
    return cells.spread(cells.examples.map(make))
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
