import NumericArrays
import ReverseTape

/// Keeps the recorded steps of all lanes as they come out of the replay, and sorts them by run when they are handed over.
struct StepRecorder<Scalar: KernelScalar>: ~Copyable {
  private let layout: RecordLayout
  private let stride: Int
  private let lanes: Int
  /// Steps are handed over in batches of this many at most: what all lanes have kept until then stays in a second-level cache.
  private let capacity: Int
  /// The outputs that are kept, each `[lanes]` or, where no slot has a say in it, one value for good.
  private let outputs: [(start: UnsafePointer<Scalar>, isLaned: Bool)]
  private let places: Places
  /// `[capacity, outputs, lanes]`.
  private let rows: UnsafeMutablePointer<Scalar>
  private var rowCount = 0
  /// The rows that all lanes are handed over from, as columns: `[outputs, lanes, capacity]`.
  private let columns: UnsafeMutablePointer<Scalar>
  private var areSorted = false
  /// For each lane where its rows begin and the step of the first of them.
  private var firstRows: [Int]
  private var firstSteps: [Int]

  /// Which of the kept outputs is what.
  private struct Places {
    var quantities: [(quantity: StepQuantity, place: Int)] = []
    var identities: [(mean: Int, meanSquare: Int?)] = []
  }

  /// - Parameters:
  ///   - stride: the steps from one row to the next.
  ///   - squaredNorm: where the gradient's is; nil where there is no gradient.
  init(
    _ evaluator: Evaluator<Scalar>, _ program: StepProgram, squaredNorm: UnsafePointer<Scalar>?, stride: Int
  ) {
    layout = program.layout
    self.stride = stride
    var kept: [Int] = []
    func place(_ output: Int) -> Int {
      kept.append(output)
      return kept.count - 1
    }
    var places = Places()
    places.quantities = [(.elbo, place(layout.elbo)), (.objective, place(StepProgram.objective))]
    places.quantities += layout.terms.map { (StepQuantity($0.term), place($0.output)) }
    places.identities = layout.identities.map { (place($0.mean), $0.meanSquare.map(place)) }
    let lanes = evaluator.program.lanes
    self.lanes = lanes
    capacity = min(256, 8192 / lanes)
    var outputs: [(start: UnsafePointer<Scalar>, isLaned: Bool)] = kept.compactMap { output in
      evaluator.output(output).baseAddress.map { ($0, evaluator.laneCount(ofOutput: output) == lanes) }
    }
    if let squaredNorm {
      places.quantities.append((.gradNorm, outputs.count))
      outputs.append((squaredNorm, true))
    }
    self.places = places
    self.outputs = outputs
    let size = capacity * outputs.count * lanes
    rows = .allocate(capacity: size)
    rows.initialize(repeating: 0, count: size)
    columns = .allocate(capacity: size)
    columns.initialize(repeating: 0, count: size)
    firstRows = Array(repeating: 0, count: lanes)
    firstSteps = Array(repeating: 0, count: lanes)
  }

  deinit {
    rows.deallocate()
    columns.deallocate()
  }

  var isFull: Bool { rowCount == capacity }

  /// Begins a lane's rows anew with the next one, or after it.
  mutating func open(_ lane: Int, at step: Int, skipping rows: Int = 0) {
    firstRows[lane] = rowCount + rows
    firstSteps[lane] = step
  }

  /// Keeps what the replay computed of every lane.
  mutating func append() {
    var row = rows + rowCount * outputs.count * lanes
    for output in outputs {
      if output.isLaned {
        row.update(from: output.start, count: lanes)
      } else {
        row.update(repeating: output.start[0], count: lanes)
      }
      row += lanes
    }
    rowCount += 1
  }

  /// Sorts the rows so far by what they hold, before all lanes take theirs.
  mutating func sort() {
    let width = outputs.count * lanes
    Scalar.kernelTranspose(
      columns, outStride: capacity, rows, inputStride: width, rows: rowCount, columns: width)
    areSorted = true
  }

  /// A lane's rows so far, checked for the identities; nil where there are none.
  mutating func take(_ lane: Int, _ state: FitLane) -> RecordedSteps? {
    let count = rowCount - firstRows[lane]
    guard count > 0 else { return nil }
    var steps = RecordedSteps(firstStep: firstSteps[lane], stride: stride, count: count)
    for (quantity, place) in places.quantities { steps[quantity] = values(place, lane, count) }
    // Without parameters there is a gradient of no elements.
    steps[.gradNorm] =
      steps[.gradNorm]?.map { Double(Scalar($0).squareRoot()) } ?? [Double](repeating: 0, count: count)
    let beta = state.beta
    steps[.beta] =
      beta.constant.map { [Double](repeating: $0, count: count) }
      ?? (0..<count).map { beta.value(at: steps.step($0)) }
    for (index, identity) in places.identities.enumerated() {
      state.check.check(
        index, isExact: layout.identities[index].isExact, name: layout.name(ofIdentity: index),
        means: values(identity.mean, lane, count),
        meanSquares: identity.meanSquare.map { values($0, lane, count) },
        of: steps)
    }
    state.check.checkSigns(steps, exact: layout.exactTerms, elboIsExact: layout.elboIsExact)
    open(lane, at: steps.step(count))
    return steps
  }

  /// Forgets the rows, which every lane has taken.
  mutating func clear() {
    rowCount = 0
    areSorted = false
    for lane in 0..<lanes { firstRows[lane] = 0 }
  }

  private func values(_ place: Int, _ lane: Int, _ count: Int) -> [Double] {
    let (index, first, width) = (place * lanes + lane, firstRows[lane], outputs.count * lanes)
    return [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      if areSorted {
        let own = columns + index * capacity + first
        for row in 0..<count { buffer[row] = Double(own[row]) }
      } else {
        let own = rows + first * width + index
        for row in 0..<count { buffer[row] = Double(own[row * width]) }
      }
      initialized = count
    }
  }
}
