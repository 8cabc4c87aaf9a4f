/// What the end of a function's name says about it (Stan Reference Manual, "User-defined functions").
enum FunctionRole: CaseIterable {
  case density, unnormalisedDensity, distribution, target, jacobian, random, plain

  init(_ name: String) {
    self = Self.allCases.first { role in role.suffixes.contains { name.hasSuffix($0) } } ?? .plain
  }

  private var suffixes: [String] {
    switch self {
    case .density: ["_lpdf", "_lpmf"]
    case .unnormalisedDensity: ["_lupdf", "_lupmf"]
    case .distribution: ["_cdf", "_lcdf", "_lccdf"]
    case .target: ["_lp"]
    case .jacobian: ["_jacobian"]
    case .random: ["_rng"]
    case .plain: []
    }
  }

  /// Whether a bar follows the first of several arguments.
  var isConditional: Bool {
    switch self {
    case .density, .unnormalisedDensity, .distribution: true
    case .target, .jacobian, .random, .plain: false
    }
  }
}

/// Where statements stand.
struct Context {
  var block: Block
  /// The function whose body they are in.
  var function: FunctionDefinition?
  var loops = 0
  /// Within the sizes of a variable of a block, which are of data alone.
  var isSize = false

  init(_ block: Block, in function: FunctionDefinition? = nil) {
    self.block = block
    self.function = function
  }

  private var role: FunctionRole { function.map { FunctionRole($0.name.name) } ?? .plain }

  /// Whether the target can be added to.
  var hasTarget: Bool { block == .model || role == .target }

  /// Whether a Jacobian can be added.
  var hasJacobian: Bool { block == .transformedParameters || role == .jacobian }

  /// Whether random numbers can be drawn.
  var draws: Bool {
    (block == .transformedData || block == .generatedQuantities) && !isSize || role == .random
  }

  /// Whether densities may leave constants out.
  var leavesConstantsOut: Bool { hasTarget || role == .density }
}
