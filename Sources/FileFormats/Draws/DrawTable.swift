/// Draws of named quantities, a column for each of their elements.
public struct DrawTable: Hashable, Sendable {
  public struct Column: Hashable, Sendable {
    /// As Stan prints it: `theta.2`, `Omega.1.2`.
    public var name: String
    public var isInteger: Bool
    public var values: [Double]

    public init(_ name: String, isInteger: Bool = false, _ values: [Double]) {
      self.name = name
      self.isInteger = isInteger
      self.values = values
    }
  }

  public let columns: [Column]
  /// The number of draws.
  public let count: Int

  /// - Precondition: every column has as many values.
  public init(_ columns: [Column], count: Int) {
    precondition(columns.allSatisfy { $0.values.count == count }, "columns of different lengths")
    self.columns = columns
    self.count = count
  }
}

extension DrawTable {
  /// A quantity with all of its elements.
  struct Variable: Hashable {
    var name: String
    /// The lengths of its dimensions; empty of a single number.
    var dimensions: [Int]
    /// The columns of its elements, row-major.
    var columns: [Int]
  }

  /// The columns gathered by the names before their indices; columns whose indices fill no array stand for themselves.
  var variables: [Variable] {
    var variables: [Variable] = []
    var start = 0
    while start < columns.count {
      let name = Self.parts(of: columns[start].name).name
      let end = columns[start...].firstIndex { Self.parts(of: $0.name).name != name } ?? columns.count
      variables += gathered(name, start..<end)
      start = end
    }
    return variables
  }

  private func gathered(_ name: String, _ range: Range<Int>) -> [Variable] {
    let indices = range.map { Self.parts(of: columns[$0].name).indices }
    let rank = indices[0].count
    if indices.allSatisfy({ $0.count == rank }) {
      let dimensions = (0..<rank).map { axis in indices.map { $0[axis] }.max() ?? 0 }
      var places = [Int?](repeating: nil, count: range.count)
      for (column, index) in zip(range, indices) {
        let place = zip(index, dimensions).reduce(0) { $0 * $1.1 + $1.0 - 1 }
        if places.indices.contains(place) { places[place] = column }
      }
      let found = places.compactMap(\.self)
      if found.count == range.count { return [Variable(name: name, dimensions: dimensions, columns: found)] }
    }
    return range.map { Variable(name: columns[$0].name, dimensions: [], columns: [$0]) }
  }

  /// `theta.2.1` as `theta` and [2, 1]; a name of another form as it is.
  private static func parts(of name: String) -> (name: String, indices: [Int]) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let indices = parts.dropFirst().compactMap { part in Int(part).flatMap { $0 > 0 ? $0 : nil } }
    return indices.count == parts.count - 1 ? (String(parts[0]), indices) : (name, [])
  }
}

extension Double {
  /// The integer that this is; the nearest one where there is none.
  var asInteger: Int64 { Int64(exactly: rounded()) ?? (self < 0 ? .min : .max) }
}
