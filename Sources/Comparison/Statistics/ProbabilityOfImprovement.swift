/// The share of pairs in which the group is ahead, ties counted as halves; nil of no pair.
///
/// The probability of superiority of dependent samples (Grissom & Kim 2012, "Effect sizes for research", 2nd ed., ch. 5;
/// with halves for ties as in Vargha & Delaney 2000, doi:10.3102/10769986025002101). Agarwal et al. 2021 (arXiv:2108.13264)
/// ask the same of all pairs of runs; of runs that share their noise only those of one seed are a pair.
///
/// - Parameters:
///   - differences: group minus baseline, one per pair.
///   - isAhead: whether a difference speaks for the group.
public func probabilityOfImprovement(_ differences: [Double], isAhead: (Double) -> Bool) -> Double? {
  guard !differences.isEmpty else { return nil }
  let ahead = differences.reduce(0.0) { $0 + ($1 == 0 ? 0.5 : isAhead($1) ? 1 : 0) }
  return ahead / Double(differences.count)
}
