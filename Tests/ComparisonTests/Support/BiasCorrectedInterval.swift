import Comparison
import Foundation

/// The alternative that the studentized bootstrap is measured against: the bias-corrected and accelerated interval of a mean
/// (Efron 1987, doi:10.1080/01621459.1987.10478410), from the same 10,000 resamples.
func biasCorrectedInterval(_ values: [Double], confidence: Double = 0.95, _ resamples: Resamples) -> Interval?
{
  guard let center = mean(values) else { return nil }
  var means: [(value: Double, weight: Int)] = []
  for group in stride(from: 0, to: resamples.weights.count, by: Resamples.lanes) {
    var sums = SIMD4<Double>.zero
    for index in values.indices {
      sums += resamples.counts[group / Resamples.lanes * values.count + index] * (values[index] - center)
    }
    for lane in 0..<Resamples.lanes where resamples.weights[group + lane] > 0 {
      means.append((sums[lane] / Double(values.count), resamples.weights[group + lane]))
    }
  }
  means.sort { $0.value < $1.value }
  let draws = Double(Resamples.drawCount)
  // Ties count as halves, as in SciPy.
  let below =
    means.reduce(0.0) { $0 + Double($1.weight) * ($1.value < 0 ? 1 : $1.value == 0 ? 0.5 : 0) } / draws
  guard below > 0, below < 1 else { return nil }
  let bias = Normal.quantile(below)
  // Jackknife: leaving out a value moves the mean by its deviation over n − 1, and the factors cancel.
  let cubes = values.reduce(0) { $0 + pow($1 - center, 3) }
  let squares = values.reduce(0) { $0 + pow($1 - center, 2) }
  let acceleration = cubes / (6 * pow(squares, 1.5))
  func end(_ probability: Double) -> Double {
    let z = bias + Normal.quantile(probability)
    let level = Normal.probability(below: bias + z / (1 - acceleration * z))
    let position = Int((level * (draws - 1)).rounded())
    var passed = 0
    for (value, weight) in means {
      passed += weight
      if passed > position { return center + value }
    }
    return center + (means.last?.value ?? 0)
  }
  return Interval(low: end((1 - confidence) / 2), high: end((1 + confidence) / 2))
}
