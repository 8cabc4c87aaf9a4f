import Foundation
import NumericArrays
import ReverseTape

/// The bound on some data at given parameters, in nats summed over the data, and what it says of their latents.
struct SplitEvaluation: Sendable {
  var rowCount = 0
  var elbo = 0.0
  /// The Monte Carlo standard error of `elbo`; nil where it is exact.
  var standardError: Double?
  var terms = TermValues()
  /// The moments of the latents of every datum; nil where they are not Gaussian.
  var latents: LatentMoments?

  /// Evaluates every datum.
  ///
  /// - Parameters:
  ///   - fewestDraws: the draws that the data must have together; each datum has two at least, so that the error is
  ///     known. Exact bounds need none.
  init<Scalar: KernelScalar>(
    _ program: DatumProgram, _ evaluator: Evaluator<Scalar>, parameters: [Double], rows: DataRows,
    fewestDraws: Int
  ) {
    rowCount = rows.rowCount
    let samples = program.isExact ? 1 : max(2, (fewestDraws + rowCount - 1) / rowCount)
    var means = [Double](repeating: 0, count: rowCount)
    var squares = means
    var sums = [Double](repeating: 0, count: program.terms.count)
    var moments = program.latents.map { _ in LatentMoments(rowCount: rowCount) }
    for sample in 0..<samples {
      program.replay(evaluator, parameters: parameters, rows: rows, sample: sample) {
        first, count, evaluator in
        let elbo = evaluator.output(program.elbo)
        for index in 0..<count {
          // Welford's update: the values of a datum may be large and close.
          let offset = Double(elbo[index]) - means[first + index]
          means[first + index] += offset / Double(sample + 1)
          squares[first + index] += offset * (Double(elbo[index]) - means[first + index])
        }
        for (place, term) in program.terms.enumerated() {
          let values = evaluator.output(term.output)
          for index in 0..<count { sums[place] += Double(values[index]) }
        }
        if sample == 0, let outputs = program.latents {
          moments?.read(
            first: first, count: count, stride: DatumProgram.chunk, mean: evaluator.output(outputs.mean),
            variance: evaluator.output(outputs.variance), draw: outputs.draw.map(evaluator.output))
        }
      }
    }
    elbo = means.reduce(0, +)
    latents = moments
    for (place, term) in program.terms.enumerated() {
      terms[term.term] = sums[place] / Double(samples)
    }
    if !program.isExact {
      let variance = squares.reduce(0, +) / Double(samples - 1)
      standardError = (variance / Double(samples)).squareRoot()
      terms.complete(from: elbo, exact: Set(program.terms.filter(\.isExact).map(\.term)))
    }
  }
}
