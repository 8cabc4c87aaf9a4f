import Foundation

/// Clusters of rows by Lloyd's iterations from k-means++ seeds, with distances in units of each column's sd, so that the
/// units of the data do not matter (Lloyd 1982; Arthur & Vassilvitskii 2007, §2.2).
struct KMeans {
  /// A start needs no more: the mixture moves on from it.
  private static let iterations = 20

  private let rows: CenteredRows
  private let count: Int
  /// 1 / variance of each column; 0 where it is constant.
  private let precisions: [Double]
  private var centers: [[Double]] = []
  /// The cluster of each row.
  private(set) var labels: [Int]

  /// - Parameter uniforms: one for each cluster, which its seed follows from.
  init(_ rows: CenteredRows, count: Int, uniforms: [Double]) {
    self.rows = rows
    self.count = count
    precisions = (0..<rows.width).map { column in
      let mean = (0..<rows.count).reduce(0) { $0 + rows[$1, column] } / Double(rows.count)
      let sum = (0..<rows.count).reduce(0) { $0 + (rows[$1, column] - mean) * (rows[$1, column] - mean) }
      return sum > 0 ? Double(rows.count) / sum : 0
    }
    labels = [Int](repeating: 0, count: rows.count)
    seed(uniforms)
    for _ in 0..<Self.iterations where assign() { move() }
  }

  private func row(_ index: Int) -> [Double] { (0..<rows.width).map { rows[index, $0] } }

  private func distance(_ row: Int, to center: [Double]) -> Double {
    var sum = 0.0
    for column in 0..<rows.width {
      let offset = rows[row, column] - center[column]
      sum += offset * offset * precisions[column]
    }
    return sum
  }

  /// The first seed is any row, each further one a row with a chance in proportion to its squared distance from the
  /// nearest seed.
  private mutating func seed(_ uniforms: [Double]) {
    var nearest = [Double](repeating: 1, count: rows.count)
    for (index, uniform) in uniforms.enumerated() {
      let total = nearest.reduce(0, +)
      // Where every row is a seed already, another of them makes an empty cluster, which the caller names.
      var rest = uniform * total
      var chosen = nearest.lastIndex { $0 > 0 } ?? 0
      for row in 0..<rows.count {
        rest -= nearest[row]
        if rest < 0 {
          chosen = row
          break
        }
      }
      let center = row(chosen)
      centers.append(center)
      for row in 0..<rows.count {
        let distance = distance(row, to: center)
        nearest[row] = index == 0 ? distance : min(nearest[row], distance)
      }
    }
  }

  /// Puts every row into the cluster of the nearest center; whether any moved.
  private mutating func assign() -> Bool {
    var hasMoved = false
    for row in 0..<rows.count {
      var best = (cluster: 0, distance: Double.infinity)
      for cluster in 0..<count {
        let distance = distance(row, to: centers[cluster])
        if distance < best.distance { best = (cluster, distance) }
      }
      if labels[row] != best.cluster {
        labels[row] = best.cluster
        hasMoved = true
      }
    }
    return hasMoved
  }

  /// Moves every center to the mean of its rows; one without rows stays.
  private mutating func move() {
    let width = rows.width
    var sums = [Double](repeating: 0, count: count * width)
    var sizes = [Int](repeating: 0, count: count)
    for row in 0..<rows.count {
      let cluster = labels[row]
      sizes[cluster] += 1
      for column in 0..<width { sums[cluster * width + column] += rows[row, column] }
    }
    for cluster in 0..<count where sizes[cluster] > 0 {
      centers[cluster] = sums[cluster * width..<(cluster + 1) * width].map { $0 / Double(sizes[cluster]) }
    }
  }
}
