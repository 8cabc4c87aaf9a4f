import FileFormats
public import Inference

/// One point of a sweep, without the seed.
public struct Cell: Sendable {
  /// The value of one of the sweep's axes.
  public struct AxisValue: Sendable {
    /// The dotted path that the axis sets.
    public var path: String
    public var value: ConfigValue
  }

  /// The place among the cells that are left after `exclude:`, from 0.
  public var index: Int
  /// The place in the product of the axes, from 0.
  var place: Int
  /// The axis values that make this cell, in the order of the axes.
  public var axisValues: [AxisValue]
  /// The `run:` settings with the axis values put in, before defaults.
  public var configuration: ConfigMapping
  /// The validated settings, with every default.
  public var settings: RunSettings
  /// The canonical JSON that the identity is made of: the resolved configuration without the paths of tables.
  public var identityJSON: String
  /// The first 16 hex digits of the SHA-256 of `identityJSON`.
  public var id: String

  init(index: Int, place: Int, axisValues: [AxisValue], configuration: ConfigMapping, settings: RunSettings) {
    self.index = index
    self.place = place
    self.axisValues = axisValues
    self.configuration = configuration
    self.settings = settings
    identityJSON = canonicalJSON(withoutTablePaths(settings.configuration))
    id = shortDigest(identityJSON)
  }

  /// The canonical JSON of the resolved configuration, with the paths of tables.
  public var configurationJSON: String { canonicalJSON(settings.configuration) }

  /// The run of this cell with a seed.
  public func run(seed: Int) -> Run {
    Run(cell: self, seed: seed, id: shortDigest("\(identityJSON)\nseed: \(seed)"))
  }
}

/// A cell with a seed.
public struct Run: Sendable {
  public var cell: Cell
  public var seed: Int
  /// The first 16 hex digits of the SHA-256 of the cell's identity JSON, a line feed and `seed: N`.
  public var id: String
}

/// The first 16 hex digits of the SHA-256 of a text.
private func shortDigest(_ text: String) -> String {
  String(SHA256.hexDigest(of: text.utf8).prefix(16))
}
