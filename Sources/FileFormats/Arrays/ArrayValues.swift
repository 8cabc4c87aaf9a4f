/// The numbers of an array file, row-major: unsigned bytes as they are, everything else as `Double`.
///
/// Integers beyond 2⁵³ are rounded to the nearest `Double`.
public enum ArrayValues: Hashable, Sendable {
  case bytes([UInt8])
  case numbers([Double])

  public var count: Int {
    switch self {
    case .bytes(let values): values.count
    case .numbers(let values): values.count
    }
  }
}

/// The product of a shape's lengths; nil where it, or that many elements of `size` bytes, cannot be counted.
func elementCount(_ shape: [Int], size: Int) -> Int? {
  var count = 1
  for length in shape {
    let (product, overflow) = count.multipliedReportingOverflow(by: length)
    if overflow || length < 0 { return nil }
    count = product
  }
  // Half of what an Int holds, so that a header's length can be added.
  return count <= Int.max / 2 / size ? count : nil
}

extension ArrayValues {
  /// The same numbers row-major, where they are in the column-major order of `shape`.
  func rowMajor(fromColumnMajor shape: [Int]) -> ArrayValues {
    switch self {
    case .bytes(let values): .bytes(transposed(values, shape))
    case .numbers(let values): .numbers(transposed(values, shape))
    }
  }
}

private func transposed<Element>(_ values: [Element], _ shape: [Int]) -> [Element] {
  guard shape.count > 1, !values.isEmpty else { return values }
  var strides: [Int] = []
  var stride = 1
  for length in shape {
    strides.append(stride)
    stride *= length
  }
  var index = [Int](repeating: 0, count: shape.count)
  var source = 0
  var result: [Element] = []
  result.reserveCapacity(values.count)
  for _ in values.indices {
    result.append(values[source])
    // Counts up the last index first, as row-major order does.
    var axis = shape.count - 1
    index[axis] += 1
    source += strides[axis]
    while axis > 0 && index[axis] == shape[axis] {
      source -= strides[axis] * shape[axis]
      index[axis] = 0
      axis -= 1
      index[axis] += 1
      source += strides[axis]
    }
  }
  return result
}
