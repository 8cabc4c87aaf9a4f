/// What Stan has and wb does not.
enum Refusal {
  /// The way out for a program that needs it.
  static let throughBridgeStan = "load it through BridgeStan: model: {bridgestan: {library: …, data: …}}"
}
