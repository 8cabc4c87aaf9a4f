public import Inference

/// Successive halving at fixed budgets (Karnin, Koren & Somekh 2013; Jamieson & Talwalkar 2016): all cells are executed with the
/// first budget, the best of them with the second, and so on. A rung's runs are runs like any other, with that many steps.
public struct Halving: Sendable {
  /// Of so many cells one goes on.
  public var factor: Int
  /// The values of the parameter, one for each rung.
  public var budgets: [Int]
  /// The dotted path of the parameter.
  public var parameter: String
  /// How many places of the product of all axes a rung has.
  var cellsPerRung = 0
  /// The budgets as an axis.
  var column: Axis.Column
  private var factorLocation: Location

  /// Reads the value of `halving:`; nil after adding a finding.
  init?(_ value: Positioned, findings: inout Findings) {
    let valid = ["factor", "budgets", "parameter"]
    guard let entries = value.entries else {
      findings.add(
        "halving is \(value.value.kindDescription); use {factor: 3, budgets: [100, 300, 900]}",
        at: value.location)
      return nil
    }
    let before = findings.count
    for entry in entries where !valid.contains(entry.key) {
      let problem = SettingsProblem.unknownName(
        entry.key, kind: "key", valid: valid, at: ["search", "halving"])
      findings.add(problem.description, at: entry.keyLocation)
    }
    factor = 3
    factorLocation = value.location
    if let entry = value.entry("factor") {
      factorLocation = entry.value.location
      if case .scalar(.integer(let number)) = entry.value.content, (2...1000).contains(number) {
        factor = number
      } else {
        findings.add(
          "halving: factor is \(spelled(entry.value.value)); use a whole number from 2 to 1000",
          at: entry.value.location)
      }
    }
    let items = value.entry("budgets")?.value.items ?? []
    budgets = items.compactMap { if case .scalar(.integer(let number)) = $0.content { number } else { nil } }
    let isRising = zip(budgets, budgets.dropFirst()).allSatisfy { $0 < $1 }
    if budgets.count < 2 || budgets.count < items.count || !isRising || budgets[0] < 1 {
      findings.add(
        "halving: budgets are two whole numbers or more, each larger than the one before, as in budgets: [100, 300, 900]",
        at: value.entry("budgets")?.value.location ?? value.location)
    }
    parameter = "steps"
    if let entry = value.entry("parameter") {
      parameter = entry.value.text ?? ""
      if dottedPath(parameter) == nil {
        findings.add(
          "halving: parameter is \(spelled(entry.value.value)); use the path of an option, as in steps",
          at: entry.value.location)
      }
    }
    column = Axis.Column(
      path: dottedPath(parameter) ?? ["steps"],
      keyLocation: value.entry("budgets")?.keyLocation ?? value.location,
      values: items)
    if findings.count > before { return nil }
  }

  /// Which rung a cell is of, from 0.
  public func rung(of cell: Cell) -> Int { cell.place / cellsPerRung }

  /// What the cells of a rung are told from others by, as `steps 300`.
  public func name(ofRung rung: Int) -> String { "\(parameter) \(budgets[rung])" }

  /// What the cells of different rungs that differ in their budget alone have in common.
  public func candidate(of cell: Cell) -> Int { cell.place % cellsPerRung }

  /// What cells must have in common to be ranked: the model with its data, the objective and whether q has a density. A program
  /// is ranked with those that fit the same model.
  public static func group(of cell: Cell) -> ConfigMapping {
    let settings = cell.settings
    var model = settings.configuration["model"] ?? .null
    if case .program(let task) = settings.task { model = .mapping(["command": .text(task.modelName)]) }
    return [
      "model": model, "objective": settings.configuration["objective"] ?? .null,
      "density": .boolean(settings.family.hasDensity),
    ]
  }

  /// Adds a finding for each group that is too small to choose from.
  func check(_ cells: [Cell], findings: inout Findings) {
    let groups = Dictionary(grouping: cells.filter { rung(of: $0) == 0 }, by: Self.group)
    for group in groups.values where group.count < factor {
      findings.add(
        "halving chooses one of \(factor) cells, and of \(group[0].settings.modelName) there are \(group.count) to rank; "
          + "use a smaller factor or more points (different models, data and objectives are not ranked)",
        at: factorLocation)
    }
  }

  /// The JSON Schema of `halving:`.
  static var schema: SchemaNode {
    [
      "type": "object",
      "properties": [
        "factor": ["type": "integer", "minimum": 2, "maximum": 1000, "default": 3],
        "budgets": ["type": "array", "minItems": 2, "items": ["type": "integer", "minimum": 1]],
        "parameter": ["type": "string", "default": "steps"],
      ],
      "required": ["budgets"], "additionalProperties": false,
      "description":
        "all cells get the first budget; the best of them, one of factor by the mean final elbo, the next one",
    ]
  }
}
