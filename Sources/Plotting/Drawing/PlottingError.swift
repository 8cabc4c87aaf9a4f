/// Why a figure could not be drawn.
public enum PlottingError: Error, Sendable, Hashable, CustomStringConvertible {
  case nothingToDraw(name: String)
  case gnuplotMissing(program: String)
  case gnuplotFailed(script: String, message: String)
  case fileNotWritten(path: String, reason: String)

  public var description: String {
    switch self {
    case .nothingToDraw(let name):
      "figure '\(name)' has no finite value to draw"
    case .gnuplotMissing(let program):
      "'\(program)' cannot be started; install gnuplot (Debian: gnuplot-nox)"
    case .gnuplotFailed(let script, let message):
      "gnuplot failed on \(script): \(message)"
    case .fileNotWritten(let path, let reason):
      "cannot write \(path): \(reason)"
    }
  }
}
