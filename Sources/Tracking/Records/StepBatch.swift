/// Recorded steps of one run at equal distances, a column for each column of `steps` but the step itself.
public struct StepBatch: Sendable, Hashable {
  public enum Column: Sendable, Hashable {
    /// The term cannot be had.
    case absent
    /// The same value (same bits) at every step.
    case constant(Double)
    /// One value a step; NaN and ±infinity are values like any other.
    case values([Double])
  }

  public var firstStep: Int
  /// The distance between steps, at least 1.
  public var stride: Int
  public var count: Int
  /// In the order of `StepColumn.allCases`.
  public var columns: [Column]

  /// - Precondition: `count` and `stride` are at least 1, there is a column for each `StepColumn`, and each column of
  ///   values has `count` of them.
  public init(firstStep: Int, stride: Int, count: Int, columns: [Column]) {
    precondition(count >= 1 && stride >= 1 && firstStep >= 0, "a batch of no steps")
    precondition(columns.count == StepColumn.allCases.count, "a batch without a column for each term")
    for case .values(let values) in columns {
      precondition(values.count == count, "a column of another length than its batch")
    }
    self.firstStep = firstStep
    self.stride = stride
    self.count = count
    self.columns = columns
  }

  public var lastStep: Int { firstStep + stride * (count - 1) }

  public subscript(column: StepColumn) -> Column { columns[column.rawValue] }

  /// The steps one by one.
  public var records: [StepRecord] {
    (0..<count).map { index in
      func value(_ column: StepColumn) -> Double? { self[column].value(at: index) }
      return StepRecord(
        step: firstStep + stride * index,
        terms: BoundTerms(
          elbo: value(.elbo), reconstruction: value(.reconstruction), klPrior: value(.klPrior),
          klPosterior: value(.klPosterior), logJoint: value(.logJoint), entropy: value(.entropy),
          logEvidence: value(.logEvidence)),
        objective: value(.objective), beta: value(.beta), gradNorm: value(.gradNorm))
    }
  }
}

extension StepBatch.Column {
  /// The values, or a constant where they all have the same bits.
  public init(compacting values: [Double]) {
    let first = values.first?.bitPattern
    self =
      first.map { first in values.allSatisfy { $0.bitPattern == first } } ?? false
      ? .constant(values[0]) : .values(values)
  }

  /// The value at the batch's step `index`, counted from 0; nil where the term is absent.
  public func value(at index: Int) -> Double? {
    switch self {
    case .absent: nil
    case .constant(let value): value
    case .values(let values): values[index]
    }
  }
}

extension StepRecord {
  /// What the record has in a column of `steps`.
  subscript(column: StepColumn) -> Double? {
    switch column {
    case .elbo: terms.elbo
    case .objective: objective
    case .reconstruction: terms.reconstruction
    case .klPrior: terms.klPrior
    case .klPosterior: terms.klPosterior
    case .logJoint: terms.logJoint
    case .entropy: terms.entropy
    case .logEvidence: terms.logEvidence
    case .beta: beta
    case .gradNorm: gradNorm
    }
  }
}
