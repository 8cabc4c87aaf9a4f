import NumericArrays

/// One pass over data of a mixture with full covariances: log Σ_k π_k N(x; μ_k, Σ_k)^τ, the statistics of the
/// responsibilities r ∝ π N^τ, and the terms of the bound under them and under others that were held.
struct MixturePass: DirectPass {
  /// Columns of a block: 16 rows of them are 16 KB, half of a first-level cache.
  private static let columns = 128

  /// The columns of the blocks of some rows.
  static func columns(rows: Int) -> Int {
    let lanes = MixtureKernels.lanes
    return min(columns, (rows + lanes - 1) / lanes * lanes)
  }

  let center: [Double]
  /// The means, from the center `[K, d]`.
  let offsets: [Double]
  /// The lower triangular A with Σ⁻¹ = Aᵀ A `[K, d, d]`.
  let factors: [Double]
  /// log π `[K]`.
  let logWeights: [Double]
  /// ½ log |Σ⁻¹| − ½ d log 2π `[K]`.
  let logScales: [Double]
  /// log π + τ log scale, and the same at τ = 1 `[K]`.
  private let constants: [Double]
  private let evidenceConstants: [Double]
  let inverseTemperature: Double

  init(
    center: [Double], offsets: [Double], factors: [Double], logWeights: [Double], logScales: [Double],
    inverseTemperature: Double
  ) {
    self.center = center
    self.offsets = offsets
    self.factors = factors
    self.logWeights = logWeights
    self.logScales = logScales
    self.inverseTemperature = inverseTemperature
    constants = zip(logWeights, logScales).map { $0 + inverseTemperature * $1 }
    evidenceConstants = zip(logWeights, logScales).map { $0 + $1 }
  }

  private var width: Int { center.count }
  private var components: Int { logWeights.count }
  /// The numbers that a component's moments take.
  private var momentCount: Int { 1 + width + width * width }
  private var isTempered: Bool { inverseTemperature != 1 }

  /// The sums by lanes, each a place of `MixtureKernels.lanes` numbers.
  private enum Place {
    /// log Z_β, and log p(x) where it is not the same.
    static let logNormalizer = 0
    static let logEvidence = 1
    /// Three expectations each: under the pass's own r at τ and at 1, and under the held one.
    static let own = 2
    static let held = 8
    static let moments = 14
  }

  /// The memory of a block.
  private struct Block {
    let columns: Int
    let sums: UnsafeMutablePointer<Double>
    /// The data from the center `[d, columns]`.
    let y: UnsafeMutablePointer<Double>
    /// Squared distances, responsibilities, and those at τ = 1 `[K, columns]`.
    let distances: UnsafeMutablePointer<Double>
    let shares: UnsafeMutablePointer<Double>
    let untempered: UnsafeMutablePointer<Double>
    /// Log normalizers at τ and at 1 `[columns]`.
    let logNormalizers: UnsafeMutablePointer<Double>
    let logEvidences: UnsafeMutablePointer<Double>
    let room: UnsafeMutablePointer<Double>

    func sum(_ place: Int) -> UnsafeMutablePointer<Double> { sums + place * MixtureKernels.lanes }
  }

  func sums(_ rows: RowBlock, posteriors: PosteriorBlock?) -> [Double] {
    let lanes = MixtureKernels.lanes
    let columns = Self.columns(rows: rows.count)
    let sumCount = (Place.moments + components * momentCount) * lanes
    let roomCount = 4 * max(columns, width * lanes)
    let size = sumCount + (width + 3 * components + 2) * columns + roomCount
    // A vector that lies across two cache lines is loaded twice.
    return withUnsafeTemporaryAllocation(byteCount: size * 8, alignment: 64) { bytes in
      let memory = bytes.bindMemory(to: Double.self)
      memory.initialize(repeating: 0)
      guard let sums = memory.baseAddress else { preconditionFailure("no memory") }
      let y = sums + sumCount
      let distances = y + width * columns
      let logNormalizers = distances + 3 * components * columns
      let block = Block(
        columns: columns, sums: sums, y: y, distances: distances, shares: distances + components * columns,
        untempered: distances + 2 * components * columns, logNormalizers: logNormalizers,
        logEvidences: logNormalizers + columns, room: logNormalizers + 2 * columns)
      for first in stride(from: 0, to: rows.count, by: columns) {
        let count = min(columns, rows.count - first)
        MixtureKernels.center(
          y, rows.start + first, stride: rows.stride, center: center, width: width, columns: columns,
          count: count)
        // The next block, where it is a whole one.
        let next = first + 2 * columns <= rows.count ? rows.start + first + columns : nil
        addDistances(block, next: next, stride: rows.stride)
        addShares(block, count: count)
        if let posteriors {
          addTerms(
            block, posteriors.start + components * first, isHeld: posteriors.isHeld, count: count)
        }
        addMoments(block)
      }
      return total(sums)
    }
  }

  private func addDistances(_ block: Block, next: UnsafePointer<Double>?, stride: Int) {
    offsets.withUnsafeBufferPointer { offsets in
      factors.withUnsafeBufferPointer { factors in
        guard let offsets = offsets.baseAddress, let factors = factors.baseAddress else { return }
        for component in 0..<components {
          MixtureKernels.distances(
            block.distances + component * block.columns, block.y, mean: offsets + component * width,
            factor: factors + component * width * width, width: width, columns: block.columns,
            room: block.room, next: component == 0 ? next : nil, stride: stride)
        }
      }
    }
  }

  private func addShares(_ block: Block, count: Int) {
    MixtureKernels.shares(
      block.shares, logNormalizers: block.logNormalizers, sums: block.sum(Place.logNormalizer),
      distances: block.distances, constants: constants,
      inverseTemperature: inverseTemperature, components: components, columns: block.columns, count: count,
      room: block.room)
  }

  private func addMoments(_ block: Block) {
    for component in 0..<components {
      MixtureKernels.addMoments(
        block.sum(Place.moments + component * momentCount),
        shares: block.shares + component * block.columns, block.y, width: width, columns: block.columns,
        room: block.room)
    }
  }

  /// The terms under r and, where others are held, under those; then r takes their place.
  private func addTerms(
    _ block: Block, _ held: UnsafeMutablePointer<Double>, isHeld: Bool, count: Int
  ) {
    if isTempered {
      // Only the normalizers are of use.
      MixtureKernels.shares(
        block.untempered, logNormalizers: block.logEvidences, sums: block.sum(Place.logEvidence),
        distances: block.distances, constants: evidenceConstants, inverseTemperature: 1,
        components: components, columns: block.columns, count: count, room: block.room)
    }
    addExpectations(block, under: block.shares, to: Place.own)
    if isHeld { addExpectations(block, under: held, to: Place.held) }
    held.update(from: block.shares, count: components * block.columns)
  }

  private func addExpectations(_ block: Block, under shares: UnsafePointer<Double>, to place: Int) {
    func add(_ logNormalizers: UnsafePointer<Double>, inverseTemperature: Double, to place: Int) {
      MixtureKernels.addExpectations(
        block.sum(place), shares: shares, distances: block.distances, logNormalizers: logNormalizers,
        logWeights: logWeights, logScales: logScales, inverseTemperature: inverseTemperature,
        components: components, columns: block.columns)
    }
    add(block.logNormalizers, inverseTemperature: inverseTemperature, to: place)
    if isTempered { add(block.logEvidences, inverseTemperature: 1, to: place + 3) }
  }

  /// The lanes added up: the head of `DirectSums`, then the model's statistics: shares, means and both triangles of squares.
  private func total(_ lanes: UnsafePointer<Double>) -> [Double] {
    let sums = [Double](unsafeUninitializedCapacity: Place.moments + components * momentCount) {
      sums, count in
      count = Place.moments + components * momentCount
      guard let start = sums.baseAddress else { return }
      Double.kernelSumDraws(start, lanes, rows: count, draws: MixtureKernels.lanes)
    }
    func expected(_ place: Int) -> [Double] {
      sums[place..<place + 3] + [sums[place + (isTempered ? 5 : 2)]]
    }
    func moment(_ component: Int, _ index: Int) -> Double {
      sums[Place.moments + component * momentCount + index]
    }
    var result = [sums[Place.logNormalizer], sums[isTempered ? Place.logEvidence : Place.logNormalizer]]
    result.reserveCapacity(DirectSums.headCount + components * momentCount)
    result += expected(Place.own) + expected(Place.held)
    result += (0..<components).map { moment($0, 0) }
    for component in 0..<components { result += (0..<width).map { moment(component, 1 + $0) } }
    for component in 0..<components {
      let start = result.count
      result += repeatElement(0, count: width * width)
      for row in 0..<width {
        for column in 0...row {
          let value = moment(component, 1 + width + row * width + column)
          result[start + row * width + column] = value
          result[start + column * width + row] = value
        }
      }
    }
    return result
  }
}
