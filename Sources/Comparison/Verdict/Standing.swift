/// How a group stands against the baseline, by where the interval of its difference lies (Kruschke 2018, "Rejecting or
/// accepting parameter values in Bayesian estimation", doi:10.1177/2515245918771304).
public enum Standing: Sendable, Hashable {
  /// The interval lies wholly beyond the region of practical equivalence, and the test says so too wherever it can.
  case better, worse
  /// The interval lies wholly within the region: whatever difference there is does not matter.
  case equivalent
  /// Neither: more seeds, or a better evaluation, would have to tell.
  case undecided
}
