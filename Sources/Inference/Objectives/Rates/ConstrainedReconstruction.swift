public import ReverseTape

/// The least rate whose distortion is within a tolerance κ: GECO (Rezende & Viola 2018, "Taming VAEs", algorithm 1), with the distortion
/// −E_q[log p(x|z)] of a datum, in nats, for the constraint's function of the reconstruction:
///
///     minimise KL[q ‖ p(z)] + λ C,   C = −E_q[log p(x|z)] − κ
///
/// The multiplier λ > 0 is moved up by what a moving average of C is above 0, see ``MultiplierRule``.
public struct ConstrainedReconstruction: RateObjective {
  public static let name = "geco"
  public static let summary = "the least KL at a given reconstruction, by a multiplier (Rezende & Viola 2018)"
  /// nil is refused.
  public var tolerance: Double?
  public var rule = MultiplierRule()
  public static var options: [Option<Self>] {
    [
      .number(
        "tolerance", \.tolerance, .any,
        "κ, the largest −E[log p(x|z)] of a datum in nats; it must be given"),
      .number("rate", \.rule.rate, .positive, "how far log λ moves at a step, per nat of the constraint"),
      .number("decay", \.rule.decay, .decay, "α, the share of the past in the constraint's moving average"),
      .number("multiplier", \.rule.start, .positive, "λ at the first step"),
    ]
  }

  public init() {}

  public var dependsOnBeta: Bool { false }
  public var control: ObjectiveControl? { .multiplier(rule) }

  public var flaw: SettingsProblem? {
    tolerance == nil
      ? SettingsProblem(
        path: ["objective", Self.name, "tolerance"], what: "is not given",
        fix: "say how many nats −E[log p(x|z)] of a datum may be, such as the distortion of a run at β = 1")
      : nil
  }

  /// C of a step, in nats per datum.
  func constraint(_ terms: RateTerms) -> Traced {
    guard let tolerance else { preconditionFailure("a constraint without a tolerance") }
    return -terms.reconstruction - tolerance
  }

  public func bound(_ terms: RateTerms) -> Traced {
    guard let multiplier = terms.control else { preconditionFailure("a multiplier without a slot") }
    return -(terms.rate + multiplier * constraint(terms))
  }
}
