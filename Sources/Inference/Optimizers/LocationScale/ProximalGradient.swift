import NumericArrays

/// Stochastic gradient ascent in the location m and the factor C themselves rather than in log scales, where the ELBO's energy is smooth and
/// its entropy is not (Domke 2020; Domke, Garrigos & Gower 2023).
///
/// `proximal` takes the gradient of the energy alone and then the entropy's proximal step, C(i, i) = ½ (c + √(c² + 4 ρ β)) with the rate ρ:
/// scales stay positive whatever the step. `clipped` takes the whole gradient and projects the diagonal of C to
/// at least `smallest_scale`.
public struct ProximalGradient: LocationScaleOptimizer {
  /// What is done for the entropy.
  public enum ScaleStep: String, CaseIterable, Sendable {
    case proximal, clipped
  }

  public static let name = "proximal-gradient"
  public static let summary = "ascent in location and scale, proximal in the entropy, or clipped (Domke 2020)"
  public var control = StepControl(learningRate: 0.001)
  public var scaleStep = ScaleStep.proximal
  public var smallestScale = 0.001
  public static var options: [Option<Self>] {
    Option.stepControl + [
      .choice("scale_step", \.scaleStep, "the entropy's proximal step, or the whole gradient's, clipped"),
      .number("smallest_scale", \.smallestScale, .positive, "what clipped scales are kept at or above"),
    ]
  }

  public init() {}

  public static func obstacle(family: any Family, objective: any Objective) -> SettingsProblem? {
    if !(family is any LocationScaleFamily) {
      let valid = Registry.families.entries.map(\.description.name).filter(isLocationScale)
      return SettingsProblem(
        path: ["optimizer"],
        what:
          "'\(name)' moves a location and a triangle of scales, which '\(type(of: family).name)' is not made of",
        fix: "use family: \(valid.joined(separator: " or ")), or another optimizer")
    }
    if !(objective is EvidenceLowerBound) {
      return SettingsProblem(
        path: ["optimizer"],
        what: "'\(name)' takes the entropy of the ELBO apart, which '\(type(of: objective).name)' has not",
        fix: "use objective: elbo, or another optimizer")
    }
    return nil
  }

  private static func isLocationScale(_ family: String) -> Bool {
    var ignored: [SettingsProblem] = []
    return Registry.families.make(.text(family), at: [], problems: &ignored) is any LocationScaleFamily
  }

  public func ascend(_ q: inout LocationScale, rate: Double, beta: Double) {
    for index in q.location.indices { q.location[index] += rate * q.locationSlope[index] }
    for row in 0..<q.dimension {
      if !q.isDiagonal {
        for column in 0..<row { q.factor[q.place(row, column)] += rate * q.factorSlope[q.place(row, column)] }
      }
      let place = q.place(row, row)
      let (scale, slope) = (q.factor[place], q.factorSlope[place])
      // The entropy is Σ log C(i, i).
      q.factor[place] =
        switch scaleStep {
        case .proximal: Self.proximal(scale + rate * (slope - beta / scale), rate * beta)
        case .clipped: max(scale + rate * slope, smallestScale)
        }
    }
  }

  /// The c > 0 with the smallest ½ (c − value)² − weight · log c.
  private static func proximal(_ value: Double, _ weight: Double) -> Double {
    let root = (value * value + 4 * weight).squareRoot()
    // Of numbers below 0 the sum would cancel.
    return value > 0 ? 0.5 * (value + root) : 2 * weight / (root - value)
  }
}
