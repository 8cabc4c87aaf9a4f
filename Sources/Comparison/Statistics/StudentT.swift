import Foundation

/// Student's t distribution with a whole number of degrees of freedom.
package enum StudentT {
  /// P(|T| ≤ t), from the finite series for whole degrees of freedom (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4).
  package static func centralProbability(_ t: Double, degreesOfFreedom: Int) -> Double {
    let angle = atan(t / Double(degreesOfFreedom).squareRoot())
    let cosine = cos(angle)
    let isOdd = degreesOfFreedom % 2 == 1
    var term = isOdd ? cosine : 1
    var sum = degreesOfFreedom == 1 ? 0 : term
    var k = isOdd ? 3 : 2
    while k < degreesOfFreedom {
      term *= cosine * cosine * Double(k - 1) / Double(k)
      sum += term
      k += 2
    }
    return isOdd ? 2 / Double.pi * (angle + sin(angle) * sum) : sin(angle) * sum
  }

  /// The t with P(|T| ≤ t) = `probability`, by bisection to the last bit or so.
  package static func centralQuantile(_ probability: Double, degreesOfFreedom: Int) -> Double {
    var low = 0.0
    var high = 1.0
    while centralProbability(high, degreesOfFreedom: degreesOfFreedom) < probability { high *= 2 }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if centralProbability(middle, degreesOfFreedom: degreesOfFreedom) < probability {
        low = middle
      } else {
        high = middle
      }
    }
    return (low + high) / 2
  }
}
