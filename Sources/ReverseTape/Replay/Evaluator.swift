import CKernels
public import NumericArrays

/// Replays a program in an arena of its own: write the slots, `run()`, read the outputs. Nothing is allocated in a
/// replay. The outputs of a large program do not depend on the team that shares its pieces.
public final class Evaluator<Scalar: KernelScalar> {
  public let program: Program
  let arena: UnsafeMutablePointer<Scalar>
  /// The program's tables of indices, end to end.
  private let indices: UnsafeMutableBufferPointer<Int32>
  /// By the numbers of the slots of picked rows.
  private let picked: UnsafeMutablePointer<wb_picked_rows>

  package let team: Team
  /// The body and the stage of it that are being computed.
  var body: Program.Body
  var stage = Stage(instructions: 0..<0)
  let nonzeros: [Nonzeros<Scalar>]
  /// A point of an external density, and then its gradient.
  private let point: UnsafeMutableBufferPointer<Double>

  public init(_ program: Program, team: Team = Team()) {
    self.program = program
    self.team = team
    body = program.body
    let pieces = (program.body.stages + program.furtherBody.stages).reduce(1) { max($0, $1.pieces) }
    nonzeros = program.listedShapes.map { Nonzeros(rows: $0.rows, columns: $0.columns, pieces: pieces) }
    arena = .allocateAligned(program.arenaSize)
    point = .allocate(capacity: 2 * program.largestPoint)
    point.initialize(repeating: 0)
    picked = .allocate(capacity: max(1, program.pickedSlots.count))
    picked.initialize(repeating: wb_picked_rows(), count: max(1, program.pickedSlots.count))
    indices = .allocate(capacity: max(1, program.indices.reduce(0) { $0 + $1.count }))
    _ = indices.initialize(from: program.indices.joined())
    for constant in program.constants {
      for (index, value) in constant.values.enumerated() { arena[constant.offset + index] = Scalar(value) }
    }
    execute(program.prologue)
  }

  deinit {
    arena.deallocate()
    indices.deallocate()
    picked.deallocate()
    point.deallocate()
  }

  /// Says which rows of a padded table a slot of picked rows holds from now on, as many as it has. Table and indices must
  /// outlive the replays.
  ///
  /// - Parameter number: the slot's `Program.pickedNumber`.
  public func pick(_ number: Int, from table: RowTable<Scalar>, _ index: UnsafePointer<Int32>) {
    picked[number] = table.picked(index)
  }

  /// The memory of a slot, `[elements, draws, lanes]`; nil where no output depends on it, or its rows are picked.
  public func slot(_ name: String) -> UnsafeMutableBufferPointer<Scalar>? {
    program.slots[name].map { UnsafeMutableBufferPointer(start: arena + $0.offset, count: $0.count) }
  }

  /// The value of an output after a replay, valid until the next one.
  public func output(_ index: Int) -> UnsafeBufferPointer<Scalar> {
    let buffer = program.outputs[index]
    return UnsafeBufferPointer(start: arena + buffer.offset, count: buffer.count)
  }

  /// The number of lanes in an output: one where no slot has a say in it.
  public func laneCount(ofOutput index: Int) -> Int { program.outputs[index].lanes }

  /// Computes every output but the further ones from the slots as they are now.
  public func run() { execute(program.body) }

  /// Computes the further outputs after a `run()`.
  public func runFurther() { execute(program.furtherBody) }

  @inline(__always)
  private func execute(_ body: Program.Body) {
    if program.lanes == 1, !body.stages.isEmpty { return executeStages(of: body) }
    guard let calls = body.calls else { return execute(body.instructions) }
    calls.withUnsafeBufferPointer { calls in
      guard let first = calls.baseAddress else { return }
      walk(first, calls.count, lanes: program.lanes)
    }
  }

  @inline(__always)
  private func walk(_ calls: UnsafePointer<wb_call>, _ count: Int, lanes: Int) {
    guard let indices = indices.baseAddress else { return }
    Scalar.kernelReplay(calls, count, arena, indices: indices, lanes: lanes, picked: picked)
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  private func execute(_ instructions: [Instruction]) {
    instructions.withUnsafeBufferPointer { for index in $0.indices { execute($0[index]) } }
  }

  @inline(__always)
  func execute(_ instruction: Instruction) {
    let out = arena + instruction.out
    let a = UnsafePointer(arena + instruction.a)
    let b = UnsafePointer(arena + instruction.b)
    let rows = instruction.rows
    let draws = instruction.draws
    switch instruction.kernel {
    case .unary(let function):
      apply(function, out, a, rows * draws)
    case .binary(let function):
      let aStrides = instruction.aStrides
      let bStrides = instruction.bStrides
      switch function {
      case .add: Scalar.kernelAdd(out, rows: rows, draws: draws, a, aStrides, b, bStrides)
      case .subtract: Scalar.kernelSubtract(out, rows: rows, draws: draws, a, aStrides, b, bStrides)
      case .multiply: Scalar.kernelMultiply(out, rows: rows, draws: draws, a, aStrides, b, bStrides)
      case .divide: Scalar.kernelDivide(out, rows: rows, draws: draws, a, aStrides, b, bStrides)
      case .meanSoftplus:
        Scalar.kernelMeanSoftplus(out, rows: rows, draws: draws, a, aStrides, b, bStrides)
      case .meanSigmoid:
        Scalar.kernelMeanSigmoid(out, rows: rows, draws: draws, a, aStrides, b, bStrides)
      case .meanSigmoidSlope:
        Scalar.kernelMeanSigmoidSlope(out, rows: rows, draws: draws, a, aStrides, b, bStrides)
      case .maximum: Scalar.kernelMaximum(out, rows: rows, draws: draws, a, aStrides, b, bStrides)
      case .minimum: Scalar.kernelMinimum(out, rows: rows, draws: draws, a, aStrides, b, bStrides)
      case .atan2, .power, .powerExponentSlope, .gammaP, .gammaQ, .gammaDensity, .gammaShapeSlope,
        .logGammaVariate, .logGammaVariateShapeSlope:
        Scalar.kernelSpecial(
          function.kernel, out, rows: rows, draws: draws, a, aStrides, b, bStrides)
      }
    case .sumElements:
      Scalar.kernelSumRows(out, a, rows: rows, draws: draws)
    case .sumDraws:
      Scalar.kernelSumDraws(out, a, rows: rows, draws: draws)
    case .logSumExp:
      Scalar.kernelLogSumExpRows(out, a, rows: rows, draws: draws)
    case .sumRows:
      let columns = instruction.inner
      if draws == 1 {
        Scalar.kernelSumDraws(out, a, rows: rows, draws: columns)
      } else {
        for row in 0..<rows {
          Scalar.kernelSumRows(out + row * draws, a + row * columns * draws, rows: columns, draws: draws)
        }
      }
    case .repeatColumns:
      let columns = instruction.inner
      if draws == 1 {
        Scalar.kernelExpand(out, rows: rows, draws: columns, a, .column)
      } else {
        for row in 0..<rows {
          Scalar.kernelExpand(
            out + row * columns * draws, rows: columns, draws: draws, a + row * draws, .acrossDraws)
        }
      }
    case .expand:
      Scalar.kernelExpand(
        out, rows: rows, draws: draws, a, instruction.aStrides)
    case .gather(let index):
      program.indices[index].withUnsafeBufferPointer {
        Scalar.kernelGatherRows(out, a, $0.baseAddress!, rows: rows, draws: draws)
      }
    case .scatter(let index):
      out.update(repeating: 0, count: rows * draws)
      program.indices[index].withUnsafeBufferPointer {
        Scalar.kernelScatterAddRows(out, a, $0.baseAddress!, rows: $0.count, draws: draws)
      }
    case .product(let transposed):
      Scalar.kernelProduct(out, a, b, m: rows, k: instruction.inner, n: draws, transposeA: transposed)
    case .pickedProduct(let number, let transposed):
      if transposed {
        Scalar.kernelPickedTransposedTimes(out, picked + number, b, count: rows, width: instruction.inner)
      } else {
        Scalar.kernelPickedTimes(out, picked + number, b, count: rows, width: instruction.inner)
      }
    case .outerProduct:
      Scalar.kernelProductTransposed(out, a, b, m: rows, k: instruction.inner, n: draws)
    case .triangleProduct(let transposed):
      Scalar.kernelTriangleProduct(out, a, b, size: rows, n: draws, transposed: transposed)
    case .strictOuterProduct:
      Scalar.kernelStrictOuterProduct(out, a, b, size: rows, n: draws)
    case .triangleComposition:
      Scalar.kernelTriangleComposition(out, a, b, size: rows)
    case .softplusSigmoid:
      Scalar.kernelSoftplusSigmoid(out, arena + instruction.b, a, rows * draws)
    case .nonzeros(let index):
      nonzeros[index].list(a, rows: 0..<rows, piece: 0)
    case .nonzeroColumns(let index):
      nonzeros[index].listColumns()
    case .sparseProduct(let index):
      nonzeros[index].multiply(out, a, rows: rows, piece: 0)
    case .sparseOuterProduct(let index):
      nonzeros[index].multiplyTransposed(out, a, rows: rows, piece: 0)
    case .inverse:
      Scalar.kernelInverse(out, a, factor: arena + instruction.b, size: rows)
    case .logDeterminant:
      Scalar.kernelLogDeterminant(out, a, factor: arena + instruction.b, size: rows)
    case .externalDensity(let number):
      evaluate(program.densities[number], out, a, dimension: rows, draws: draws)
    case .call(let number):
      // One lane: what has several is walked as a whole, but for what is computed once.
      withUnsafePointer(to: program.loneCalls[number]) { walk($0, 1, lanes: 1) }
    }
  }

  /// `out[1 + dimension, draws]` = the value and then the gradient at each draw of `[dimension, draws]`.
  private func evaluate(
    _ density: any ExternalDensity, _ out: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>,
    dimension: Int, draws: Int
  ) {
    let z = UnsafeMutableBufferPointer(rebasing: point[..<dimension])
    let gradient = UnsafeMutableBufferPointer(rebasing: point[dimension..<2 * dimension])
    for draw in 0..<draws {
      for index in 0..<dimension { z[index] = Double(a[index * draws + draw]) }
      out[draw] = Scalar(density.logDensity(at: UnsafeBufferPointer(z), gradient: gradient))
      for index in 0..<dimension { out[(index + 1) * draws + draw] = Scalar(gradient[index]) }
    }
  }

  @inline(__always)
  private func apply(
    _ function: Unary, _ out: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ count: Int
  ) {
    switch function {
    case .negate: Scalar.kernelNegate(out, a, count)
    case .exp: Scalar.kernelExp(out, a, count)
    case .log: Scalar.kernelLog(out, a, count)
    case .log1p: Scalar.kernelLog1p(out, a, count)
    case .expm1: Scalar.kernelExpm1(out, a, count)
    case .squareRoot: Scalar.kernelSquareRoot(out, a, count)
    case .square: Scalar.kernelSquare(out, a, count)
    case .reciprocal: Scalar.kernelReciprocal(out, a, count)
    case .tanh: Scalar.kernelTanh(out, a, count)
    case .sigmoid: Scalar.kernelSigmoid(out, a, count)
    case .softplus: Scalar.kernelSoftplus(out, a, count)
    case .sin: Scalar.kernelSin(out, a, count)
    case .cos: Scalar.kernelCos(out, a, count)
    case .absolute: Scalar.kernelAbsolute(out, a, count)
    case .sign: Scalar.kernelSign(out, a, count)
    case .relu: Scalar.kernelRelu(out, a, count)
    case .step: Scalar.kernelStep(out, a, count)
    case .logGamma: Scalar.kernelLogGamma(out, a, count)
    case .digamma: Scalar.kernelDigamma(out, a, count)
    case .trigamma: Scalar.kernelTrigamma(out, a, count)
    case .atan, .asin, .acos, .sinh, .cosh, .asinh, .acosh, .atanh, .errorFunction,
      .complementaryErrorFunction, .standardNormalCDF, .logStandardNormalCDF, .standardNormalScore,
      .standardNormalQuantile, .log1mExp, .floor, .ceil, .round, .truncate, .cubeRoot:
      Scalar.kernelSpecial(function.kernel, out, a, count)
    }
  }
}
