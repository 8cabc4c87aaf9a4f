extension UnsafeMutablePointer where Pointee: BinaryFloatingPoint {
  /// Zeros at a multiple of 64 bytes, so that no vector straddles two cache lines.
  static func allocateAligned(_ count: Int) -> UnsafeMutablePointer {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Pointee>.stride, alignment: 64)
    return memory.initializeMemory(as: Pointee.self, repeating: 0, count: count)
  }
}
