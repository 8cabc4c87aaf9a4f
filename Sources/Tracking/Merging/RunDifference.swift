internal import GRDB

/// The first thing in which two stores disagree about one run.
public enum RunDifference: Sendable, Hashable {
  /// A recorded value; nil where a store has none at that step.
  case value(metric: String, step: Int, ours: Double?, theirs: Double?)
  /// A value of the final evaluation.
  case result(metric: String, ours: Double?, theirs: Double?)
  case status(ours: RunStatus, theirs: RunStatus)
  case configuration
}

extension RunDifference {
  /// The first difference of what two stores have recorded, in the order of steps, then of metrics; nil where the numbers
  /// are the same, however they are cut into blocks. A NaN is like any other.
  ///
  /// - Parameter asFarAsBoth: whether what one has recorded after the other's end is no difference.
  init?(of ours: RunContent, and theirs: RunContent, asFarAsBoth: Bool) throws {
    let inSteps = try Self.inSteps(ours, theirs, asFarAsBoth)
    if let difference = try inSteps ?? Self.inPoints(ours, theirs, asFarAsBoth) {
      self = difference
    } else {
      return nil
    }
  }

  /// The first difference between how two stores say that a run has ended; nil where there is none. What it took is no
  /// number of the run's.
  init?(of ours: RunOutcome, and theirs: RunOutcome) {
    guard ours.status == theirs.status else {
      self = .status(ours: ours.status, theirs: theirs.status)
      return
    }
    let own = Self.results(ours)
    for (index, other) in Self.results(theirs).enumerated() where !sameNumber(own[index].1, other.1) {
      self = .result(metric: other.0, ours: own[index].1, theirs: other.1)
      return
    }
    return nil
  }

  private static func results(_ outcome: RunOutcome) -> [(String, Double?)] {
    let terms = outcome.yardstick ?? BoundTerms()
    return [
      ("elbo", terms.elbo), ("reconstruction", terms.reconstruction), ("kl_prior", terms.klPrior),
      ("kl_posterior", terms.klPosterior), ("log_joint", terms.logJoint), ("entropy", terms.entropy),
      ("log_evidence", terms.logEvidence), ("elbo_se", outcome.elboStandardError),
      ("log_evidence_se", outcome.logEvidenceStandardError), ("steps", Double(outcome.steps)),
    ]
  }

  private static func inSteps(
    _ ours: RunContent, _ theirs: RunContent, _ asFarAsBoth: Bool
  ) throws -> RunDifference? {
    var (own, other) = (try StepCursor(ours), try StepCursor(theirs))
    while own.step != nil || other.step != nil {
      if asFarAsBoth, own.step == nil || other.step == nil { return nil }
      if own.isAtSameBlock(as: other) {
        try own.nextBlock()
        try other.nextBlock()
        continue
      }
      let step = min(own.step ?? .max, other.step ?? .max)
      for column in StepColumn.allCases {
        let (value, otherValue) = (own.value(of: column, at: step), other.value(of: column, at: step))
        if !sameNumber(value, otherValue) {
          return .value(metric: column.name, step: step, ours: value, theirs: otherValue)
        }
      }
      if own.step == step { try own.next() }
      if other.step == step { try other.next() }
    }
    return nil
  }

  private static func inPoints(
    _ ours: RunContent, _ theirs: RunContent, _ asFarAsBoth: Bool
  ) throws -> RunDifference? {
    for metric in Set(try ours.metrics() + theirs.metrics()).sorted() {
      var last = -1
      while true {
        let own = try ours.points(of: metric, after: last)
        let other = try theirs.points(of: metric, after: last)
        if own.isEmpty && other.isEmpty { break }
        if asFarAsBoth, own.isEmpty || other.isEmpty { break }
        // Where one piece is shorter it is the last one, and the other may go on.
        let count = asFarAsBoth ? min(own.count, other.count) : max(own.count, other.count)
        for index in 0..<count {
          let (point, otherPoint) = (own[safe: index], other[safe: index])
          let step = min(point?.step ?? .max, otherPoint?.step ?? .max)
          let value = point.flatMap { $0.step == step ? $0.value : nil }
          let otherValue = otherPoint.flatMap { $0.step == step ? $0.value : nil }
          if !sameNumber(value, otherValue) {
            return .value(metric: metric, step: step, ours: value, theirs: otherValue)
          }
          last = step
        }
      }
    }
    return nil
  }
}

/// Whether two numbers have the same bits, or are both NaN: its bits differ between machines. nil is no number.
private func sameNumber(_ a: Double?, _ b: Double?) -> Bool {
  guard let a, let b else { return a == nil && b == nil }
  return a.bitPattern == b.bitPattern || a.isNaN && b.isNaN
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

/// Goes through the steps of a run.
private struct StepCursor {
  private let content: RunContent
  private var batch: StepBatch?
  private var index = 0

  init(_ content: RunContent) throws {
    self.content = content
    batch = try content.batch(after: -1)
  }

  /// nil after the last one.
  var step: Int? { batch.map { $0.firstStep + $0.stride * index } }

  func value(of column: StepColumn, at step: Int) -> Double? {
    step == self.step ? batch?[column].value(at: index) : nil
  }

  mutating func next() throws {
    index += 1
    if let batch, index == batch.count { try nextBlock() }
  }

  mutating func nextBlock() throws {
    guard let batch else { return }
    self.batch = try content.batch(after: batch.firstStep)
    index = 0
  }

  /// Whether both are at the beginning of a block with the same numbers, as they mostly are.
  func isAtSameBlock(as other: StepCursor) -> Bool {
    guard index == 0, other.index == 0, let batch, let theirs = other.batch,
      batch.firstStep == theirs.firstStep, batch.stride == theirs.stride, batch.count == theirs.count
    else { return false }
    return zip(batch.columns, theirs.columns).allSatisfy { column, theirs in
      switch (column, theirs) {
      case (.absent, .absent): true
      case (.constant(let a), .constant(let b)): sameNumber(a, b)
      case (.values(let a), .values(let b)): zip(a, b).allSatisfy(sameNumber)
      default: false
      }
    }
  }
}
