/// Adjusts the p of a family of comparisons so that rejecting where the result is at most α errs in any of them with
/// probability at most α, whatever their dependence (Holm 1979, "A simple sequentially rejective multiple test procedure").
///
/// The k-th smallest of m is multiplied by m − k + 1, at most 1, and never below the one before it.
///
/// - Returns: in the order of `p`.
public func holmAdjusted(_ p: [Double]) -> [Double] {
  var adjusted = p
  var highest = 0.0
  for (rank, index) in p.indices.sorted(by: { (p[$0], $0) < (p[$1], $1) }).enumerated() {
    highest = max(highest, min(p[index] * Double(p.count - rank), 1))
    adjusted[index] = highest
  }
  return adjusted
}
