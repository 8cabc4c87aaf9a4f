import NumericArrays

/// The trapezoidal rule over the points of a lattice at which a positive integrand counts, found outwards from where it is large.
///
/// For integrands that are analytic and fall off at both ends its error decreases exponentially with the inverse of the spacing
/// (Trefethen & Weideman 2014, "The exponentially convergent trapezoidal rule", theorem 5.1).
struct Lattice {
  /// Integrand values below exp(−40) of the largest are not followed any further.
  private static let range = 40.0
  /// The points where the integrand is looked for first: 17 in each direction, half a unit apart.
  private static let looks = -8...8
  static let firstSpacing = 0.5

  /// In each direction.
  let spacings: [Double]
  /// The log of the integral.
  let logIntegral: Double
  /// How far the lattice that has every other point in one direction differs, relative to the integral; by direction.
  let differences: [Double]
  /// How far such lattices differ in all: the sum of the differences, or that of every other point in all directions at once, which
  /// alone sees a ridge across them.
  let difference: Double
  /// The points that count, and the log integrand there.
  let points: [Index]
  let logValues: [Double]

  /// The place of a point in up to three directions.
  struct Index: Hashable {
    var places: SIMD4<Int32>

    /// One word of 21 bits a direction.
    func hash(into hasher: inout Hasher) {
      func bits(_ direction: Int) -> UInt64 { UInt64(UInt32(bitPattern: places[direction])) }
      hasher.combine(bits(0) ^ bits(1) << 21 ^ bits(2) << 42)
    }

    func coordinates(_ spacings: [Double]) -> [Double] {
      spacings.indices.map { Double(places[$0]) * spacings[$0] }
    }

    func neighbour(_ direction: Int, _ step: Int32) -> Index {
      var next = self
      next.places[direction] += step
      return next
    }
  }

  /// - Parameter logIntegrand: at coordinates; −∞ where there is none.
  /// - Returns: nil where the points that count are more than `mostPoints`, or where it was asked to stop.
  init?(
    spacings: [Double], mostPoints: Int, shouldStop: () -> Bool, _ logIntegrand: ([Double]) -> Double
  ) {
    var waiting: [Index] = []
    var found: Set<Index> = []
    var points: [Index] = []
    var logValues: [Double] = []
    for index in Self.firstLooks(spacings) {
      waiting.append(index)
      found.insert(index)
    }
    let looks = waiting.map { logIntegrand($0.coordinates(spacings)) }
    guard let largest = looks.max(), largest > -.infinity else { return nil }
    let floor = largest - Self.range
    var position = 0
    while position < waiting.count {
      if position & 1023 == 0, shouldStop() { return nil }
      let index = waiting[position]
      let value = position < looks.count ? looks[position] : logIntegrand(index.coordinates(spacings))
      position += 1
      guard value > floor else { continue }
      points.append(index)
      logValues.append(value)
      guard points.count <= mostPoints else { return nil }
      for direction in spacings.indices {
        for step: Int32 in [-1, 1] {
          let next = index.neighbour(direction, step)
          if found.insert(next).inserted { waiting.append(next) }
        }
      }
    }
    self.spacings = spacings
    self.points = points
    self.logValues = logValues
    var whole = LogSum()
    var halves = [LogSum](repeating: LogSum(), count: spacings.count)
    var everyOther = LogSum()
    for (index, value) in zip(points, logValues) {
      whole.add(value)
      let isEven = spacings.indices.map { index.places[$0] & 1 == 0 }
      for direction in spacings.indices where isEven[direction] { halves[direction].add(value) }
      if !isEven.contains(false) { everyOther.add(value) }
    }
    logIntegral = spacings.reduce(whole.value) { $0 + SpecialFunctions.log($1) }
    func difference(_ part: LogSum, _ share: Double) -> Double {
      abs(share * SpecialFunctions.exp(part.value - whole.value) - 1)
    }
    differences = halves.map { difference($0, 2) }
    self.difference = max(
      differences.reduce(0, +), difference(everyOther, Double(1 << spacings.count)))
  }

  private static func firstLooks(_ spacings: [Double]) -> [Index] {
    var indices = [Index(places: .zero)]
    for direction in spacings.indices {
      let stride = Int32((firstSpacing / spacings[direction]).rounded())
      indices = indices.flatMap { index in looks.map { index.neighbour(direction, Int32($0) * stride) } }
    }
    return indices
  }
}
