import NumericArrays

/// The log of a sum of exponentials, taken up one by one: the largest is kept apart, so that none overflows.
struct LogSum {
  private var largest = -Double.infinity
  private var sum = 0.0

  mutating func add(_ value: Double) {
    if value > largest {
      sum = sum * SpecialFunctions.exp(largest - value) + 1
      largest = value
    } else if value > -.infinity {
      sum += SpecialFunctions.exp(value - largest)
    }
  }

  var value: Double { sum > 0 ? largest + SpecialFunctions.log(sum) : -.infinity }
}
