extension SweepDraft {
  /// Whether the numbers of cells and of runs are within their limits; adds a finding where not.
  func hasAcceptableSize(_ findings: inout Findings) -> Bool {
    guard let count = axes.productCount, count <= Sweep.cellLimit else {
      let count = axes.productCount.map(String.init) ?? "more than \(Int.max)"
      findings.add(
        "the sweep has \(count) cells; the limit is \(Sweep.cellLimit), so shorten an axis", at: sweepLocation
      )
      return false
    }
    guard count * seeds.count <= runLimit else {
      findings.add(
        "the sweep has \(count * seeds.count) runs; the limit is \(runLimit), so use fewer seeds or cells",
        at: sweepLocation)
      return false
    }
    return true
  }
}
