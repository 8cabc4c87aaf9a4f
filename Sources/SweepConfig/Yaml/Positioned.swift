package import Inference

/// A place in one of the texts of a sweep: the file, or an argument of the command line.
package struct Location: Hashable, Sendable, Comparable {
  /// 0 for the file, 1 for the first argument, and so on.
  package var source: Int
  /// From 1.
  package var line: Int
  /// From 1, in Unicode scalars.
  package var column: Int

  package init(source: Int = 0, line: Int, column: Int) {
    self.source = source
    self.line = line
    self.column = column
  }

  package static func < (first: Location, second: Location) -> Bool {
    (first.source, first.line, first.column) < (second.source, second.line, second.column)
  }
}

/// A configuration value that remembers where it was written.
package struct Positioned: Sendable {
  package indirect enum Content: Sendable {
    /// Anything but a list or a mapping.
    case scalar(ConfigValue)
    case list([Positioned])
    case mapping([Entry])
  }

  package struct Entry: Sendable {
    package var key: String
    package var keyLocation: Location
    package var value: Positioned
  }

  package var content: Content
  package var location: Location

  package init(_ content: Content, at location: Location) {
    self.content = content
    self.location = location
  }

  package var entries: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  package var items: [Positioned]? {
    if case .list(let items) = content { items } else { nil }
  }

  package var text: String? {
    if case .scalar(let value) = content { value.asText } else { nil }
  }

  package var isNull: Bool {
    if case .scalar(.null) = content { true } else { false }
  }

  /// The entry of a mapping at `key`.
  package func entry(_ key: String) -> Entry? {
    entries?.first { $0.key == key }
  }

  /// The value without its positions.
  package var value: ConfigValue {
    switch content {
    case .scalar(let value): value
    case .list(let items): .list(items.map(\.value))
    case .mapping(let entries): .mapping(Self.mapping(entries))
    }
  }

  /// A mapping without its positions.
  package static func mapping(_ entries: [Entry]) -> ConfigMapping {
    var mapping = ConfigMapping()
    for entry in entries { mapping[entry.key] = entry.value.value }
    return mapping
  }
}
