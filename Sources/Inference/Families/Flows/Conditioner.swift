import ReverseTape

/// A network with one layer of tanh units from some elements to what moves others: W₂ tanh(W₁ x + b₁) + b₂. Of no inputs its
/// outputs are b₂.
///
/// Its parameters are W₁ `[hidden, inputs]`, b₁, W₂ `[outputs, hidden]`, b₂.
struct Conditioner {
  var inputs: Int
  var hidden: Int
  var outputs: Int

  private var units: Int { inputs == 0 ? 0 : hidden }

  var parameterCount: Int { units * (inputs + 1) + outputs * (units + 1) }

  /// Outputs of 0: W₁ and b₁ are random with sums of about unit variance, the rest is 0.
  func parameters(noise: [Double]) -> [Double] {
    let width = 1 / Double(max(1, inputs)).squareRoot()
    let weights = noise[0..<units * inputs].map { width * $0 }
    let offsets = noise[units * inputs..<units * (inputs + 1)]
    return weights + offsets + [Double](repeating: 0, count: outputs * (units + 1))
  }

  /// The outputs `[outputs]` at x `[inputs]`; shared by the draws where there is no input.
  func callAsFunction(_ x: Traced?, _ parameters: Traced) -> Traced {
    guard let x else { return parameters }
    let first = parameters[0..<units * inputs].reshaped(Shape(units, inputs))
    let offset = parameters[units * inputs..<units * (inputs + 1)]
    let rest = units * (inputs + 1)
    let second = parameters[rest..<rest + outputs * units].reshaped(Shape(outputs, units))
    let height = (first.times(x) + offset).tanh()
    return second.times(height) + parameters[rest + outputs * units..<parameters.count]
  }
}
