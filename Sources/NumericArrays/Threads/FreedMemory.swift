internal import CKernels

/// What becomes of memory that was freed.
public enum FreedMemory {
  /// Keeps it for what is allocated next, where the C library can be told so.
  public static func keep() { wb_keep_freed_memory() }
}
