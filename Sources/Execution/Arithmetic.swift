import Foundation
import Glibc
import NumericArrays

/// What decides the last bits of numbers that libraries compute: the kernels that OpenBLAS chose for this CPU, and whether the C
/// library's functions use fused multiply-add. The kernels of wb have the same bits on every CPU.
public enum Arithmetic {
  public static var current: String {
    let fused = flags.isSuperset(of: ["fma", "avx2"]) && !isMasked ? "with" : "without"
    return "\(BLAS.version) for \(BLAS.coreName), \(libraryName) \(fused) FMA"
  }

  /// The flags of the first CPU, as the kernel names them.
  public static var allFlags: [String] {
    guard let info = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else { return [] }
    let line = info.split(separator: "\n").first { $0.hasPrefix("flags") || $0.hasPrefix("Features") }
    return (line ?? "").split(separator: ":").last?.split(separator: " ").map(String.init) ?? []
  }

  private static var flags: Set<String> { Set(allFlags) }

  /// Whether the C library is told to do without (the GNU C Library, Tunables).
  private static var isMasked: Bool {
    (ProcessInfo.processInfo.environment["GLIBC_TUNABLES"] ?? "").contains("-FMA")
  }

  private static var libraryName: String {
    var text = [CChar](repeating: 0, count: 64)
    confstr(Int32(_CS_GNU_LIBC_VERSION), &text, text.count)
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
