internal import GRDB

/// A filter as a condition on a row of `run` joined with its `outcome`. Names of columns and tables are those of this file; every
/// name, value and pattern of the filter is bound.
struct FilterSQL {
  private(set) var condition = ""
  private(set) var arguments: [ParameterValue]

  /// - Parameter arguments: what is bound before.
  init(_ filter: FilterExpression, after arguments: [ParameterValue]) {
    self.arguments = arguments
    condition = sql(filter)
  }

  /// The name by which SQL knows a bound value.
  private mutating func bind(_ value: ParameterValue) -> String {
    arguments.append(value)
    return "?\(arguments.count)"
  }

  private mutating func sql(_ filter: FilterExpression) -> String {
    switch filter {
    case .comparison(let column, let relation, let literal): comparison(column, relation, literal)
    case .membership(let column, let literals): membership(column, literals)
    case .like(let column, let pattern): like(column, pattern)
    case .isNull(let column) where column.isSet: "NOT \(any(column) { _, _ in "TRUE" })"
    case .isNull(let column): "\(value(of: column)) IS NULL"
    case .not(let inner): "NOT (\(sql(inner)))"
    case .and:
      chain(filter.operands { if case .and(let left, let right) = $0 { [left, right] } else { nil } }, "AND")
    case .or:
      chain(filter.operands { if case .or(let left, let right) = $0 { [left, right] } else { nil } }, "OR")
    }
  }

  /// A balanced tree: SQLite refuses one that is a thousand levels deep.
  private mutating func chain(_ operands: [FilterExpression], _ word: String) -> String {
    func joined(_ parts: ArraySlice<String>) -> String {
      guard parts.count > 1 else { return parts.first ?? "TRUE" }
      let middle = parts.startIndex + parts.count / 2
      return "(\(joined(parts[..<middle])) \(word) \(joined(parts[middle...])))"
    }
    return joined(operands.map { sql($0) }[...])
  }

  private mutating func comparison(
    _ column: FilterColumn, _ relation: FilterExpression.Operator, _ literal: FilterLiteral
  ) -> String {
    let number = literal.number.map(ParameterValue.number) ?? .null
    let text = ParameterValue.text(literal.text)
    switch (column, column.kind) {
    case _ where column.isSet:
      let has = any(column) { sql, name in "\(name) = \(sql.bind(text))" }
      return relation == .notEqual ? "NOT \(has)" : has
    case (_, .number), (_, .time): return "\(value(of: column)) \(relation.rawValue) \(bind(number))"
    case (_, .text): return "\(value(of: column)) \(relation.rawValue) \(bind(text))"
    case (_, .any) where relation.isOrdering:
      return typed(column, text: "NULL", number: "v \(relation.rawValue) \(bind(number))")
    case (_, .any):
      // A number is never equal to a word.
      let ofNumber =
        literal.number == nil
        ? (relation == .equal ? "FALSE" : "TRUE") : "v \(relation.rawValue) \(bind(number))"
      return typed(column, text: "v \(relation.rawValue) \(bind(text))", number: ofNumber)
    }
  }

  private mutating func membership(_ column: FilterColumn, _ literals: [FilterLiteral]) -> String {
    let texts = literals.map { ParameterValue.text($0.text) }
    let numbers = literals.compactMap { $0.number.map(ParameterValue.number) }
    switch (column, column.kind) {
    case _ where column.isSet: return any(column) { sql, name in "\(name) IN (\(sql.list(texts)))" }
    case (_, .number), (_, .time): return "\(value(of: column)) IN (\(list(numbers)))"
    case (_, .text): return "\(value(of: column)) IN (\(list(texts)))"
    case (_, .any): return typed(column, text: "v IN (\(list(texts)))", number: "v IN (\(list(numbers)))")
    }
  }

  private mutating func list(_ values: [ParameterValue]) -> String {
    values.map { bind($0) }.joined(separator: ", ")
  }

  private mutating func like(_ column: FilterColumn, _ pattern: String) -> String {
    if column.isSet { return any(column) { sql, name in "\(name) LIKE \(sql.bind(.text(pattern)))" } }
    return typed(column, text: "v LIKE \(bind(.text(pattern)))", number: "NULL")
  }

  /// Whether one of several names is as `condition` says.
  private mutating func any(_ column: FilterColumn, _ condition: (inout FilterSQL, _ name: String) -> String)
    -> String
  {
    let (source, name) =
      column == .tag
      ? ("tag WHERE tag.run = run.run", "tag.name")
      : ("sweep_run JOIN sweep ON sweep.sweep = sweep_run.sweep WHERE sweep_run.run = run.run", "sweep.name")
    return "EXISTS (SELECT 1 FROM \(source) AND \(condition(&self, name)))"
  }

  /// Asks a value `v` by its type; of a value that is not there nothing is known.
  private mutating func typed(_ column: FilterColumn, text: String, number: String) -> String {
    """
    (SELECT CASE typeof(v) WHEN 'text' THEN \(text) WHEN 'null' THEN NULL ELSE \(number) END
      FROM (SELECT \(value(of: column)) AS v))
    """
  }
}

extension FilterExpression {
  /// The operands of a chain of one operator, in order.
  ///
  /// - Parameter split: the two operands of that operator; nil of all else.
  fileprivate func operands(_ split: (FilterExpression) -> [FilterExpression]?) -> [FilterExpression] {
    split(self).map { $0.flatMap { $0.operands(split) } } ?? [self]
  }
}

// MARK: Values

extension FilterSQL {
  private mutating func value(of column: FilterColumn) -> String {
    switch column {
    case .run(let column): value(of: column)
    case .parameter(let name): parameter(name)
    case .tag: "NULL"
    case .summary(let metric, let part):
      """
      (SELECT summary.\(part.rawValue) FROM \(SingleTable.andSummary)
        WHERE summary.metric = \(key(of: metric)) AND summary.run = run.run)
      """
    case .value(let metric, let step): recorded(metric, at: step)
    }
  }

  private mutating func value(of column: RunColumn) -> String {
    switch column {
    case .runID: "run.run_id"
    case .sweep: "NULL"
    case .cellID, .model, .family, .objective, .form, .estimator, .optimizer: cell(column)
    case .program: "coalesce(\(parameter(column.rawValue)), 'wb')"
    case .beta: "coalesce(\(cell(column)), \(parameter(column.rawValue)))"
    case .seed, .status, .startedAt, .endedAt, .reason: "run.\(column.rawValue)"
    case .seconds, .steps, .elbo, .elboStandardError, .reconstruction, .klPrior, .klPosterior, .logJoint,
      .entropy,
      .logEvidence, .logEvidenceStandardError, .suspect:
      "outcome.\(column.rawValue)"
    case .note: "(SELECT note.text FROM note WHERE note.run = run.run)"
    }
  }

  private func cell(_ column: RunColumn) -> String {
    "(SELECT cell.\(column.rawValue) FROM cell WHERE cell.cell = run.cell)"
  }

  private mutating func parameter(_ name: String) -> String {
    """
    (SELECT value FROM cell_parameter WHERE cell_parameter.cell = run.cell
      AND cell_parameter.parameter = (SELECT parameter.parameter FROM parameter WHERE parameter.key = \(bind(.text(name)))))
    """
  }

  private mutating func key(of metric: String) -> String {
    "(SELECT metric.metric FROM metric WHERE metric.name = \(bind(.text(metric))))"
  }

  /// The value of a metric at a step, in the last block that begins before it.
  private mutating func recorded(_ metric: String, at step: Int) -> String {
    let wanted = bind(.integer(step))
    let source: (value: String, place: String, from: String)
    if let column = StepColumn.allCases.first(where: { $0.name == metric }) {
      source = (
        "block.\(column.name)", "wb_place(NULL, \(wanted) - first_step, stride, count)",
        "block WHERE block.run = run.run"
      )
    } else {
      source = (
        "series.value",
        "wb_place(series.step, \(wanted) - first_step, (last_step - first_step) / max(count - 1, 1), count)",
        "\(SingleTable.andSeries) WHERE series.run = run.run AND series.metric = \(key(of: metric))"
      )
    }
    return """
      (SELECT wb_double(v, place, count) FROM (
        SELECT \(source.value) AS v, \(source.place) AS place, count, first_step FROM \(source.from) AND first_step <= \(wanted)
        ORDER BY first_step DESC LIMIT 1))
      """
  }
}
