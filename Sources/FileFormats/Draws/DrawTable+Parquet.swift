extension DrawTable {
  /// The bytes of a Parquet file: a row for each draw, and before the quantities the columns `.chain`, `.iteration` and `.draw` of
  /// a `draws_df` of R's package posterior.
  public func parquet() -> [UInt8] {
    let ones = [Int64](repeating: 1, count: count)
    let numbers = (0..<count).map { Int64($0 + 1) }
    let own = columns.map { column in
      ParquetColumn(
        column.name,
        column.isInteger ? .integers(column.values.map(\.asInteger)) : .doubles(column.values))
    }
    return ParquetFile.bytes(
      [
        ParquetColumn(".chain", .integers(ones)), ParquetColumn(".iteration", .integers(numbers)),
        ParquetColumn(".draw", .integers(numbers)),
      ] + own, rowCount: count)
  }
}
