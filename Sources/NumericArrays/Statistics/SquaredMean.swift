extension Statistics {
  /// |E[v]|² from independent vectors of one distribution: the mean of the products of different ones, which has no share of their
  /// noise (a U-statistic; Hoeffding 1948), and its standard error by the jackknife (Efron & Stein 1981).
  ///
  /// - Precondition: three vectors or more, of one length.
  public static func squaredMean(_ vectors: [[Double]]) -> (value: Double, standardError: Double) {
    precondition(vectors.count > 2, "a jackknife of pairs needs three")
    let count = Double(vectors.count)
    func square(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
    let squares = vectors.map(square)
    let total = vectors.dropFirst().reduce(vectors[0]) { zip($0, $1).map(+) }
    let allSquares = squares.reduce(0, +)
    let value = (square(total) - allSquares) / (count * (count - 1))
    let without = vectors.indices.map { index in
      (square(zip(total, vectors[index]).map(-)) - (allSquares - squares[index]))
        / ((count - 1) * (count - 2))
    }
    let mean = without.reduce(0, +) / count
    let spread = without.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (value, (spread * (count - 1) / count).squareRoot())
  }
}
