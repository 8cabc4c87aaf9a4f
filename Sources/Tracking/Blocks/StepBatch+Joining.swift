extension StepBatch {
  /// The batch cut into batches of at most `capacity` steps.
  func pieces(of capacity: Int) -> [StepBatch] {
    if count <= capacity { return [self] }
    return Swift.stride(from: 0, to: count, by: capacity).map { self[$0..<min($0 + capacity, count)] }
  }

  /// The steps before `step`; nil where there is none.
  func prefix(before step: Int) -> StepBatch? {
    let kept = min(count, (step - firstStep + stride - 1) / stride)
    return kept > 0 ? self[0..<kept] : nil
  }

  /// Some of the steps, counted from 0.
  private subscript(range: Range<Int>) -> StepBatch {
    StepBatch(
      firstStep: firstStep + stride * range.lowerBound, stride: range.count > 1 ? stride : 1,
      count: range.count,
      columns: columns.map { column in
        if case .values(let values) = column { return .values(Array(values[range])) }
        return column
      })
  }

  /// The same steps in batches of at most `capacity` steps, each of which takes all that it can: whatever batches the steps came
  /// in, the result is the same.
  static func joined(_ batches: [StepBatch], capacity: Int) -> [StepBatch] {
    var result: [StepBatch] = []
    for batch in batches {
      var rest = batch
      while let last = result.last {
        let taken = min(last.countJoining(rest), capacity - last.count)
        guard taken > 0 else { break }
        result[result.count - 1].append(rest[0..<taken], stride: rest.firstStep - last.lastStep)
        guard taken < rest.count else { break }
        rest = rest[taken..<rest.count]
      }
      if result.last?.lastStep != rest.lastStep { result += rest.pieces(of: capacity) }
    }
    return result
  }

  /// How many steps of `next` go on where this ends: at its distance, with the same terms.
  private func countJoining(_ next: StepBatch) -> Int {
    let distance = next.firstStep - lastStep
    guard count == 1 || stride == distance,
      zip(columns, next.columns).allSatisfy({ ($0 == .absent) == ($1 == .absent) })
    else { return 0 }
    return next.count == 1 || next.stride == distance ? next.count : 1
  }

  private mutating func append(_ next: StepBatch, stride: Int) {
    for index in columns.indices {
      switch (columns[index], next.columns[index]) {
      case (.absent, _), (_, .absent): break
      case (.constant(let a), .constant(let b)) where a.bitPattern == b.bitPattern: break
      case (let column, let added):
        var values = column.expanded(count)
        values += added.expanded(next.count)
        columns[index] = .values(values)
      }
    }
    self.stride = stride
    count += next.count
  }
}

extension StepBatch.Column {
  /// One value a step; none where the term is absent.
  fileprivate func expanded(_ count: Int) -> [Double] {
    switch self {
    case .absent: []
    case .constant(let value): Array(repeating: value, count: count)
    case .values(let values): values
    }
  }
}
