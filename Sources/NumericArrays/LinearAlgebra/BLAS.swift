import COpenBLAS

/// What the program says to, and asks of, the BLAS it runs on.
public enum BLAS {
  /// Keeps every product on the calling thread: runs are parallel, products within a run are not, and bits do not depend on
  /// how one is divided. It is done once, before the first product at the latest.
  ///
  /// OpenBLAS starts its threads when it is loaded, and they poll for work for a tenth of a second: they are ended.
  public static func useOneThread() { isOnOneThread }

  private static let isOnOneThread: Void = {
    openblas_set_num_threads(1)
    wb_blas_end_threads()
  }()

  /// The kernel family that OpenBLAS chose for this CPU, such as `Zen` or `Haswell`: products above the small sizes
  /// have bits that depend on it.
  public static var coreName: String {
    guard let name = openblas_get_corename() else { return "unknown" }
    return String(cString: name)
  }

  /// The library and its version, such as `OpenBLAS 0.3.26`.
  public static var version: String {
    guard let text = openblas_get_config() else { return "BLAS" }
    return String(cString: text).split(separator: " ").prefix(2).joined(separator: " ")
  }
}
