import NumericArrays

/// The temperatures between the Gaussian (t = 0) and the posterior (t = 1), with what moves particles at each.
struct AnnealingPath {
  struct Rung {
    /// t, ascending from rung to rung.
    var inverseTemperature: Double
    /// Of the leapfrog steps.
    var stepSize: Double
    /// The diagonal of M⁻¹: the variances of u.
    var inverseMetric: [Double]
  }

  /// Above t = 0; the last is t = 1.
  let rungs: [Rung]

  /// The increase of t on the way to a rung.
  func increase(to rung: Int) -> Double {
    rungs[rung].inverseTemperature - (rung == 0 ? 0 : rungs[rung - 1].inverseTemperature)
  }

  /// The same way in so many rungs, equally far from each other where the old ones are: interpolated in t and in the logs of step
  /// sizes and variances.
  func resampled(to count: Int) -> AnnealingPath {
    AnnealingPath(
      rungs: (1...count).map { number in
        let place = Double(number) * Double(rungs.count) / Double(count)
        let above = min(rungs.count - 1, max(0, Int(place.rounded(.up)) - 1))
        let share = place - Double(above)
        let upper = rungs[above]
        guard above > 0 else {
          var first = upper
          first.inverseTemperature *= share
          return first
        }
        let lower = rungs[above - 1]
        func between(_ a: Double, _ b: Double) -> Double { a + share * (b - a) }
        func geometric(_ a: Double, _ b: Double) -> Double {
          SpecialFunctions.exp(between(SpecialFunctions.log(a), SpecialFunctions.log(b)))
        }
        return Rung(
          inverseTemperature: number == count
            ? 1 : between(lower.inverseTemperature, upper.inverseTemperature),
          stepSize: geometric(lower.stepSize, upper.stepSize),
          inverseMetric: zip(lower.inverseMetric, upper.inverseMetric).map(geometric))
      })
  }
}
