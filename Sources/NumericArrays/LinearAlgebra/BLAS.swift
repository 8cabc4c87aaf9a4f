import COpenBLAS
import Glibc

/// What the program says to, and asks of, the BLAS it runs on.
public enum BLAS {
  /// Keeps every product on the calling thread: runs are parallel, products within a run are not, and bits do not depend on
  /// how one is divided. It is done once, before the first product at the latest.
  ///
  /// OpenBLAS starts its threads when it is loaded, and they poll for work for a tenth of a second: they are ended.
  public static func useOneThread() { isReady }

  private static let isReady: Void = {
    // A CPU that is newer than the library is taken for one of 2004, and products take three times as long.
    if chosenCore == "Prescott", getenv("OPENBLAS_CORETYPE") == nil, let core = wb_blas_best_core() {
      wb_blas_choose(core)
    }
    openblas_set_num_threads(1)
    wb_blas_end_threads()
  }()

  /// The kernel family that products are computed with on this CPU, such as `Zen` or `Haswell`: above the small sizes their
  /// bits depend on it. It is what OpenBLAS chose or was told to take (`OPENBLAS_CORETYPE`); where OpenBLAS does not know the CPU,
  /// the best one that has no instructions the CPU lacks.
  public static var coreName: String {
    useOneThread()
    return chosenCore
  }

  private static var chosenCore: String {
    guard let name = openblas_get_corename() else { return "unknown" }
    return String(cString: name)
  }

  /// The library and its version, such as `OpenBLAS 0.3.26`.
  public static var version: String {
    guard let text = openblas_get_config() else { return "BLAS" }
    return String(cString: text).split(separator: " ").prefix(2).joined(separator: " ")
  }
}
