import ReverseTape

/// A network with one layer of tanh units whose outputs for element i depend on the elements before i alone (Germain et al. 2015,
/// MADE): a log scale and a shift for each.
///
/// A unit of degree d sees the first d elements and is seen by the outputs of all after them; units are in ascending order of degree.
/// Its parameters are the weights of the inputs, of each element those to the units that see it; the units' offsets; the weights of
/// the units, of each those to the log scales and then to the shifts; the offsets of the log scales, then of the shifts.
struct MaskedNetwork {
  let dimension: Int
  /// The degree of each unit, in 1…D − 1.
  private let degrees: [Int]

  init(dimension: Int, hidden: Int) {
    self.dimension = dimension
    degrees = dimension > 1 ? (0..<hidden).map { 1 + $0 * (dimension - 1) / hidden } : []
  }

  private var inputCount: Int { degrees.reduce(0, +) }
  private var outputCount: Int { degrees.reduce(0) { $0 + 2 * (dimension - $1) } }

  var parameterCount: Int { inputCount + degrees.count + outputCount + 2 * dimension }

  /// Outputs of 0: what leads to the units is random, with sums of about unit variance; the rest is 0.
  func parameters(noise: [Double]) -> [Double] {
    let weights = inputPlaces.enumerated().map { index, place in
      noise[index] / Double(degrees[place % degrees.count]).squareRoot()
    }
    return weights + noise[inputCount..<inputCount + degrees.count]
      + [Double](repeating: 0, count: outputCount + 2 * dimension)
  }

  /// Where the weights of the inputs stand in a matrix `[D, units]`, and those of the units in one `[units, 2 D]`.
  private var inputPlaces: [Int] {
    (0..<dimension).flatMap { element in
      degrees.indices.filter { degrees[$0] > element }.map { element * degrees.count + $0 }
    }
  }
  private var outputPlaces: [Int] {
    degrees.enumerated().flatMap { unit, degree in
      [0, dimension].flatMap { kind in
        (degree..<dimension).map { unit * 2 * dimension + kind + $0 }
      }
    }
  }

  /// The parameters as matrices: `[D, units]`, `[units]`, `[units, 2 D]`, `[2 D]`; the first three nil where there are no units.
  private func parts(_ parameters: Traced) -> (units: Units?, offset: Traced) {
    let offset = parameters[parameterCount - 2 * dimension..<parameterCount]
    guard !degrees.isEmpty else { return (nil, offset) }
    let second = inputCount + degrees.count
    return (
      Units(
        input: parameters[0..<inputCount].scattered(inputPlaces, into: Shape(dimension, degrees.count)),
        offset: parameters[inputCount..<second],
        output: parameters[second..<second + outputCount]
          .scattered(outputPlaces, into: Shape(degrees.count, 2 * dimension))),
      offset
    )
  }

  private struct Units {
    var input, offset, output: Traced
  }

  /// The log scales and shifts `[2 D]` of known elements `[D]`, all at once; shared by the draws where there are no units.
  func callAsFunction(_ x: Traced, _ parameters: Traced) -> Traced {
    let (units, offset) = parts(parameters)
    guard let units else { return offset }
    let height = (units.input.transposedTimes(x) + units.offset).tanh()
    return units.output.transposedTimes(height) + offset
  }

  /// The elements x_i = ε_i exp(s_i) + t_i with s and t of the elements before, one after another, and Σ s: each unit and each output
  /// is computed once, when the last element that it sees is known.
  func unrolled(_ noise: Traced, _ parameters: Traced) -> (x: Traced, logScaleSum: Traced) {
    let (units, offset) = parts(parameters)
    var outputs = offset
    var sums = units?.offset
    var x: [Traced] = []
    var logScales: [Traced] = []
    for element in 0..<dimension {
      let logScale = outputs[element]
      let value = noise[element] * logScale.exp() + outputs[dimension + element]
      x.append(value)
      logScales.append(logScale)
      guard let units, let known = sums, element + 1 < dimension else { continue }
      let count = degrees.count
      let extended =
        known + units.input.reshaped(Shape(dimension * count))[element * count..<(element + 1) * count]
        * value
      sums = extended
      let done = degrees.indices.filter { degrees[$0] == element + 1 }
      guard let first = done.first, let last = done.last else { continue }
      let width = 2 * dimension
      let weights = units.output.reshaped(Shape(count * width))[first * width..<(last + 1) * width]
        .reshaped(Shape(done.count, width))
      outputs = outputs + weights.transposedTimes(extended[first..<last + 1].tanh())
    }
    let sum = logScales.dropFirst().reduce(logScales[0], +)
    return (Traced.concatenated(x), sum)
  }
}
