/// A real number, or a vector, row vector, matrix or one-dimensional array of them: constants, or elements of a graph.
struct Numeric: Sendable {
  enum Kind: Hashable, Sendable { case real, vector, rowVector, matrix, array }

  /// One element of a value that is put together.
  enum Element: Hashable, Sendable {
    case constant(Double)
    /// An element of a node, counted from 0.
    case node(NodeID, Int32)
  }

  /// The elements, row-major.
  enum Content: Sendable {
    case constant([Double])
    case node(NodeID)
    case elements([Element])
  }

  var kind: Kind
  var rows: Int
  var columns: Int
  var content: Content
  var origin: Origin

  init(_ kind: Kind, rows: Int, columns: Int = 1, _ content: Content, _ origin: Origin = []) {
    self.kind = kind
    self.rows = rows
    self.columns = columns
    self.content = content
    self.origin = origin
  }

  /// A constant scalar.
  init(_ value: Double, _ origin: Origin = []) { self.init(.real, rows: 1, .constant([value]), origin) }

  /// A constant vector, row vector or array.
  init(_ kind: Kind, _ values: [Double], _ origin: Origin = []) {
    let isRow = kind == .rowVector
    self.init(
      kind, rows: isRow ? 1 : values.count, columns: isRow ? values.count : 1, .constant(values), origin)
  }

  /// A scalar of a node.
  init(node: NodeID, _ origin: Origin = []) { self.init(.real, rows: 1, .node(node), origin) }

  var count: Int { rows * columns }

  /// The values, where they are known before the parameters are.
  var constants: [Double]? {
    switch content {
    case .constant(let values): return values
    case .node: return nil
    case .elements(let elements):
      var values: [Double] = []
      values.reserveCapacity(elements.count)
      for element in elements {
        guard case .constant(let value) = element else { return nil }
        values.append(value)
      }
      return values
    }
  }

  /// The value of a constant scalar.
  var constant: Double? {
    if case .constant(let values) = content, values.count == 1 { return values[0] }
    return count == 1 ? constants?.first : nil
  }

  /// The element at a place that counts from 0.
  func element(_ place: Int) -> Element {
    switch content {
    case .constant(let values): .constant(values[place])
    case .node(let node): .node(node, Int32(place))
    case .elements(let elements): elements[place]
    }
  }

  /// Every element.
  var elements: [Element] {
    if case .elements(let elements) = content { return elements }
    return (0..<count).map(element)
  }

  /// Replaces the element at a place that counts from 0.
  mutating func set(_ place: Int, to element: Element) {
    // What holds the elements lets go of them while one changes, so that the others are not copied.
    if case .constant(let value) = element, case .constant(var values) = content {
      content = .constant([])
      values[place] = value
      content = .constant(values)
    } else if case .elements(var elements) = content {
      content = .elements([])
      elements[place] = element
      content = .elements(elements)
    } else {
      var all = elements
      all[place] = element
      content = .elements(all)
    }
  }

  /// Elements at places that count from 0, as a value of a kind.
  func picked(_ places: [Int], _ kind: Kind, rows: Int, columns: Int = 1) -> Numeric {
    if let values = constants {
      return Numeric(kind, rows: rows, columns: columns, .constant(places.map { values[$0] }), origin)
    }
    return Numeric(kind, rows: rows, columns: columns, .elements(places.map(element)), origin)
  }

  /// One element as a scalar.
  func scalar(_ place: Int) -> Numeric {
    switch element(place) {
    case .constant(let value): Numeric(value, origin)
    case let found: Numeric(.real, rows: 1, .elements([found]), origin)
    }
  }

  /// The same elements as another kind.
  func shaped(_ kind: Kind, rows: Int, columns: Int = 1) -> Numeric {
    Numeric(kind, rows: rows, columns: columns, content, origin)
  }

  /// As a column: a vector, whatever held the elements in their order.
  var asVector: Numeric { shaped(.vector, rows: count) }

  /// The elements of a matrix column by column, as Stan stores them; those of anything else in their order.
  var columnMajor: Numeric {
    guard kind == .matrix, rows > 1, columns > 1 else { return asVector }
    let places = (0..<columns).flatMap { column in (0..<rows).map { $0 * columns + column } }
    return picked(places, .vector, rows: count)
  }
}
