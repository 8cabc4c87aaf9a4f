extension UnsafeMutablePointer where Pointee: BinaryFloatingPoint {
  /// Zeros at a multiple of 64 bytes, so that no vector straddles two cache lines.
  static func allocateAligned(_ count: Int) -> UnsafeMutablePointer {
    let bytes = count * MemoryLayout<Pointee>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    // Bytes, since the loop over elements of a generic type asks the type how to make each of them.
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    return memory.bindMemory(to: Pointee.self, capacity: count)
  }
}
