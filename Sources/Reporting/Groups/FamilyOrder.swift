import Tracking

/// Which variational families contain which: the optimum of the larger one cannot be the lower.
enum FamilyOrder {
  /// Those with Gaussian members alone; each contains the first and is contained in the last.
  static let gaussians = ["mean-field", "low-rank", "block-diagonal", "householder", "full-rank"]
  /// Those that hold the Gaussians of their base as a special or limiting case.
  static let extensions = [
    "mixture", "planar", "radial", "sylvester", "real-nvp", "inverse-autoregressive", "masked-autoregressive",
    "neural-spline",
  ]

  /// Whether the family of `larger`, with its options, contains that of `smaller`.
  static func contains(_ smaller: RunSummary, in larger: RunSummary) -> Bool {
    let (inner, outer) = (smaller.record.family, larger.record.family)
    if inner == outer {
      guard inner == "low-rank", let few = smaller.integer("family.low-rank.rank"),
        let many = larger.integer("family.low-rank.rank")
      else { return false }
      return few < many
    }
    if outer == gaussians.last { return gaussians.contains(inner) }
    if gaussians.contains(outer) { return inner == gaussians.first }
    guard extensions.contains(outer), let base = larger.value(of: "family.\(outer).base").map(RunKeys.text)
    else {
      return false
    }
    return inner == base || inner == gaussians.first || base == gaussians.last && gaussians.contains(inner)
  }
}
