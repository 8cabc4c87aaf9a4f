import Foundation

/// The built command, which stands beside the test bundle that depends on it.
enum Binary {
  static let path: String = {
    let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let folders = [bundle, CommandLine.arguments[0], Bundle.main.executablePath ?? ""].map { path in
      URL(fileURLWithPath: path).deletingLastPathComponent()
    }
    let builds = ["release", "debug"].map { repository.appending(path: ".build/\($0)") }
    let candidates = (folders + builds).map { $0.appending(path: "wb").path }
    return candidates.first(where: FileManager.default.isExecutableFile(atPath:)) ?? "wb"
  }()

  /// The folder of the package.
  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}
