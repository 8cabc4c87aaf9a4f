/// The options that flows have in common.
extension Option {
  static func layers(_ property: Property<Int>) -> Self {
    .integer("layers", property, 1...1000, "layers of the flow, each an invertible map")
  }

  static func base(_ property: Property<GaussianBase>) -> Self {
    .choice("base", property, "the Gaussian that the flow bends: independent elements, or correlated ones")
  }

  static func hidden(_ property: Property<Int>) -> Self {
    .integer("hidden", property, 1...10_000, "tanh units of the network in each layer")
  }
}
