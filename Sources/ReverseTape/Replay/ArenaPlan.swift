/// Assigns offsets in one arena to buffers that come and go: first fit, with neighbours merged when freed.
struct ArenaPlan {
  /// Offsets are multiples of this many scalars: whole vectors of 64 bytes in either format.
  static let alignment = 16
  private(set) var size = 0
  private var free: [Range<Int>] = []

  /// Complexity: O(free blocks).
  mutating func allocate(_ count: Int) -> Int {
    let needed = Self.aligned(count)
    if let index = free.firstIndex(where: { $0.count >= needed }) {
      let block = free[index]
      if block.count == needed {
        free.remove(at: index)
      } else {
        free[index] = block.lowerBound + needed..<block.upperBound
      }
      return block.lowerBound
    }
    defer { size += needed }
    return size
  }

  mutating func release(_ offset: Int, _ count: Int) {
    var block = offset..<offset + Self.aligned(count)
    if let index = free.firstIndex(where: { $0.upperBound == block.lowerBound }) {
      block = free.remove(at: index).lowerBound..<block.upperBound
    }
    if let index = free.firstIndex(where: { $0.lowerBound == block.upperBound }) {
      block = block.lowerBound..<free.remove(at: index).upperBound
    }
    free.append(block)
  }

  static func aligned(_ count: Int) -> Int { (count + alignment - 1) / alignment * alignment }
}
