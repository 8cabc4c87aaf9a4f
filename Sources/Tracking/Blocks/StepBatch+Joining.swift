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
      firstStep: firstStep + stride * range.lowerBound, stride: stride, count: range.count,
      columns: columns.map { column in
        if case .values(let values) = column { return .values(Array(values[range])) }
        return column
      })
  }

  /// The same steps in as few batches of at most `capacity` steps as can be, where each begins after the one before.
  static func joined(_ batches: [StepBatch], capacity: Int) -> [StepBatch] {
    var result: [StepBatch] = []
    for batch in batches {
      for piece in batch.pieces(of: capacity) {
        guard let last = result.last, let stride = last.strideJoining(piece) else {
          result.append(piece)
          continue
        }
        let taken = min(capacity - last.count, piece.count)
        if taken > 0 { result[result.count - 1].append(piece[0..<taken], stride: stride) }
        if taken < piece.count { result.append(piece[taken..<piece.count]) }
      }
    }
    return result
  }

  /// The distance between the steps of both, where they go on at the same one and have the same terms; else nil.
  private func strideJoining(_ next: StepBatch) -> Int? {
    let distance = next.firstStep - lastStep
    let isRegular = (count == 1 || stride == distance) && (next.count == 1 || next.stride == distance)
    let isAlike = zip(columns, next.columns).allSatisfy { ($0 == .absent) == ($1 == .absent) }
    return isRegular && isAlike ? distance : nil
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
