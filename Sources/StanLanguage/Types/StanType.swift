/// The type of an expression (Stan Reference Manual, "Data types and declarations"), without sizes.
package indirect enum StanType: Hashable, Sendable {
  case int, real, vector, rowVector, matrix
  /// An array of that many dimensions; the element is no array itself.
  case array(of: StanType, dimensions: Int)
  case tuple([StanType])
  /// Of a call that stands as a statement.
  case void
  /// Of the words of `print` and `reject`.
  case string
}
