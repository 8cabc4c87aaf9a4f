/// Gradients through the draws alone for functions of several weights, whose part through φ in log q has become one through the
/// draws: the signal does not vanish as K grows (Tucker, Lawson, Gu & Maddison 2019).
public struct DoublyReparameterized: Estimator {
  public static let name = "dreg"
  public static let summary = "doubly reparameterised, for several weights (Tucker et al. 2019)"
  public static var options: [Option<Self>] { [] }

  public init() {}

  public var source: GradientSource { .paths }
}
