/// The options of models with a number of linear latents.
public struct LinearLatentOptions: LearnedModelOptions {
  public var source = DataOptions()
  public var latents = 2
  public static var options: [Option<Self>] {
    Option.dataOptions + [.integer("latents", \.latents, 1...10_000, "number of latents of a datum")]
  }
  public init() {}
}

extension DataArray {
  /// Twelve rows of four columns, by a rule: the data of examples.
  static let example = DataArray(
    name: "example.csv", rowCount: 12, width: 4,
    storage: .numbers(
      (0..<48).map { index in
        let (row, column) = (Double(index / 4), Double(index % 4))
        return (row * (1 + 0.3 * column)).truncatingRemainder(dividingBy: 5) + 0.7 * column * row / 12
      }),
    columnNames: ["a", "b", "c", "d"], digest: "example")
}
