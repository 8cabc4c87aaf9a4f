public import ReverseTape

/// The reconstruction with the rate held at a capacity C that rises with the steps (Burgess, Higgins, Pal, Matthey, Watters, Desjardins
/// & Lerchner 2018, "Understanding disentangling in β-VAE", eq. 8):
///
///     E_q[log p(x|z)] − γ |KL[q ‖ p(z)] − C|
///
/// With γ above the slope −dD/dR of the model's distortion at the rate C, the maximum has a rate of exactly C.
public struct CapacityObjective: RateObjective {
  public static let name = "capacity"
  public static let summary = "the reconstruction, the KL held at a scheduled capacity (Burgess et al. 2018)"
  public var gamma = 1000.0
  /// C in nats per datum.
  public var capacity: Beta = {
    var ramp = LinearBeta()
    ramp.to = 25
    return .scheduled(ramp)
  }()
  public static var options: [Option<Self>] {
    [
      .number("gamma", \.gamma, .positive, "γ, the weight on the KL's distance from the capacity"),
      .component("capacity", \.capacity, "C in nats per datum: a number or a schedule, as of β"),
    ]
  }

  public init() {}

  public var dependsOnBeta: Bool { false }
  public var control: ObjectiveControl? { .scheduled(capacity, metric: "capacity") }

  public func bound(_ terms: RateTerms) -> Traced {
    guard let capacity = terms.control else { preconditionFailure("a capacity without a slot") }
    return terms.reconstruction - gamma * (terms.rate - capacity).absolute()
  }
}
