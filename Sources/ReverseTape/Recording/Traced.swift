/// A value on a tape: what a program will hold when it is replayed.
///
/// Written for one draw: `shape` is that of one draw's value, and arithmetic between a value per draw and a shared
/// one broadcasts over the draws.
public struct Traced {
  public let tape: Tape
  package let id: Int32

  package var node: Node { tape.nodes[Int(id)] }
  public var layout: Layout { node.layout }
  public var shape: Shape { layout.shape }
  public var extent: Extent { layout.extent }
  public var count: Int { shape.count }

  // MARK: Reductions

  /// The sum of the elements of each draw: a scalar.
  public func sum() -> Traced {
    if shape.isScalar { return reshaped(.scalar) }
    if let negated { return -negated.sum() }
    return tape.record(.sumElements, [self], Layout(.scalar, extent))
  }

  /// log Σ exp(x) over the elements of each draw, a scalar: without overflow, −∞ where all are, NaN where one is.
  ///
  /// The gradient is the softmax; it is NaN where the value is infinite.
  public func logSumExp() -> Traced {
    if shape.isScalar { return reshaped(.scalar) }
    return tape.record(.logSumExp, [self], Layout(.scalar, extent))
  }

  /// x − log Σ exp(x): the logs of the elements' shares in the sum of their exponentials.
  public func logSoftmax() -> Traced { self - logSumExp() }

  /// The sum of each row of a matrix `[rows, columns]`: a vector `[rows]`.
  public func sumRows() -> Traced {
    if shape.columns == 1 { return self }
    return tape.record(.sumRows, [self], Layout(Shape(shape.rows), extent))
  }

  /// log Σ exp(x) over each row of a matrix `[rows, columns]`: a vector `[rows]`; as `logSumExp()` of each.
  public func logSumExpRows() -> Traced {
    if shape.columns == 1 { return self }
    return tape.record(.logSumExpRows, [self], Layout(Shape(shape.rows), extent))
  }

  /// The sum over the draws: a shared value. A shared value counts once per draw.
  public func sumOverDraws() -> Traced {
    guard extent == .perDraw else { return self * Double(tape.draws) }
    if let negated { return -negated.sumOverDraws() }
    return tape.record(.sumDraws, [self], Layout(shape, .shared))
  }

  /// The mean over the draws: the Monte Carlo estimate of an expectation.
  public func meanOverDraws() -> Traced {
    extent == .perDraw ? sumOverDraws() * (1 / Double(tape.draws)) : self
  }

  // MARK: Parts

  /// One element, as a scalar.
  public subscript(index: Int) -> Traced { self[index..<index + 1] }

  /// Contiguous elements in row-major order, as a vector.
  public subscript(range: Range<Int>) -> Traced {
    precondition(range.lowerBound >= 0 && range.upperBound <= count && !range.isEmpty, "slice out of range")
    if range.count == count { return reshaped(Shape(count)) }
    return tape.record(.slice(start: range.lowerBound), [self], Layout(Shape(range.count), extent))
  }

  /// The same elements, row-major, in another shape.
  public func reshaped(_ shape: Shape) -> Traced {
    precondition(shape.count == count, "cannot reshape \(self.shape) to \(shape)")
    return shape == self.shape ? self : tape.record(.reshape, [self], Layout(shape, extent))
  }

  /// `out[i] = self[index[i]]`, in the given shape.
  public func gathered(_ index: [Int], _ shape: Shape? = nil) -> Traced {
    let shape = shape ?? Shape(index.count)
    precondition(shape.count == index.count && index.allSatisfy { $0 >= 0 && $0 < count }, "bad gather index")
    return tape.record(
      .gather(index: tape.addIndices(index.map(Int32.init))), [self], Layout(shape, extent))
  }

  /// The same value, held fixed by gradients.
  public func stoppingGradient() -> Traced { tape.record(.stopGradient, [self], layout) }

  /// The elements `[count]` of each draw as the columns of a shared matrix `[count, draws]`.
  public func drawsAsColumns() -> Traced {
    precondition(extent == .perDraw, "a shared value has no draws")
    return tape.record(.drawsAsColumns, [self], Layout(Shape(count, tape.draws), .shared))
  }

  /// The columns of a shared matrix `[count, draws]` as a vector for each draw.
  public func columnsAsDraws() -> Traced {
    precondition(extent == .shared && shape.columns == tape.draws, "a column for each draw")
    return tape.record(.columnsAsDraws, [self], Layout(Shape(shape.rows), .perDraw))
  }

  /// A value of zeros with `out[index[i]] += self[i]`.
  public func scattered(_ index: [Int], into shape: Shape) -> Traced {
    precondition(
      count == index.count && index.allSatisfy { $0 >= 0 && $0 < shape.count }, "bad scatter index")
    return tape.record(
      .scatter(index: tape.addIndices(index.map(Int32.init))), [self], Layout(shape, extent))
  }

  /// The same value, explicitly in a wider layout.
  public func expanded(to layout: Layout) -> Traced {
    precondition(self.layout.broadcast(with: layout) == layout, "cannot expand \(self.layout) to \(layout)")
    return layout == self.layout ? self : tape.record(.expand, [self], layout)
  }

  /// The matrix `[rows, columns]` whose columns all are this vector `[rows]`.
  public func repeatedColumns(_ columns: Int) -> Traced {
    precondition(shape.columns == 1, "only a vector is repeated as a matrix's columns")
    if columns == 1 { return self }
    return tape.record(.repeatColumns, [self], Layout(Shape(count, columns), extent))
  }

  /// This matrix `[rows, columns]` with a vector `[rows]` added to each of its columns: a bias over a batch of columns.
  public func addingToColumns(_ vector: Traced) -> Traced {
    self + vector.repeatedColumns(shape.columns)
  }

  /// The elements of several values one after another, as a vector.
  public static func concatenated(_ parts: [Traced]) -> Traced {
    precondition(!parts.isEmpty, "nothing to concatenate")
    if parts.count == 1 { return parts[0].reshaped(Shape(parts[0].count)) }
    let extent: Extent = parts.contains { $0.extent == .perDraw } ? .perDraw : .shared
    let aligned = parts.map { $0.expanded(to: Layout($0.shape, extent)) }
    let count = parts.reduce(0) { $0 + $1.count }
    return parts[0].tape.record(.concatenate, aligned, Layout(Shape(count), extent))
  }

  // MARK: Matrices

  /// The product `A X` of this shared matrix with a matrix or vector, shared or per draw.
  public func times(_ other: Traced) -> Traced { product(other, transposed: false) }

  /// The product `Aᵀ X` of this shared matrix, transposed, with a matrix or vector, shared or per draw.
  public func transposedTimes(_ other: Traced) -> Traced { product(other, transposed: true) }

  private func product(_ other: Traced, transposed: Bool) -> Traced {
    precondition(extent == .shared, "the left factor of a product must be shared by the draws")
    precondition((transposed ? shape.rows : shape.columns) == other.shape.rows, "shapes do not multiply")
    let rows = transposed ? shape.columns : shape.rows
    return tape.record(
      .product(transposed: transposed), [self, other], Layout(Shape(rows, other.shape.columns), other.extent))
  }

  /// `Σ_draws self otherᵀ`, a shared matrix; both shared or both per draw, with equally many columns.
  public func outerProduct(_ other: Traced) -> Traced {
    precondition(shape.columns == other.shape.columns && extent == other.extent, "shapes do not contract")
    return tape.record(
      .outerProduct, [self, other], Layout(Shape(shape.rows, other.shape.rows), .shared))
  }

  /// The inverse of this symmetric positive-definite shared matrix; NaN where it is not positive definite.
  public func inverse() -> Traced {
    precondition(
      extent == .shared && shape.rows == shape.columns, "only a shared square matrix has an inverse")
    return tape.record(.inverse, [self], layout)
  }

  /// The log-determinant of this symmetric positive-definite shared matrix; NaN where it is not.
  public func logDeterminant() -> Traced {
    precondition(extent == .shared && shape.rows == shape.columns, "only a shared square matrix has one")
    return tape.record(.logDeterminant, [self], Layout(.scalar, .shared))
  }
}
