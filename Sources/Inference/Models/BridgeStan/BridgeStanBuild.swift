import Foundation

/// Makes a library of a Stan program with an installation of BridgeStan, beside the program: `eight_schools_model.so` of
/// `eight_schools.stan`. What is up to date is left as it is.
package struct BridgeStanBuild {
  private let installation: String?

  /// - Parameter installation: its folder; nil where there is none.
  package init(installation: String?) { self.installation = installation }

  /// With the installation that the environment variable `BRIDGESTAN` names.
  init() {
    let folder = ProcessInfo.processInfo.environment["BRIDGESTAN"]
    self.init(installation: folder.flatMap { $0.isEmpty ? nil : $0 })
  }

  /// - Returns: the absolute path of the library.
  package func library(of program: LoadedFile) throws(SettingsProblem) -> String {
    guard let installation else {
      throw SettingsProblem(
        path: ["program"], what: "is to be made into a library, and no installation of BridgeStan is known",
        fix: "set the environment variable BRIDGESTAN to its folder, or give library: FILE_model.so")
    }
    guard program.place.hasSuffix(".stan") else {
      throw SettingsProblem(
        path: ["program"], what: "is '\(program.name)'", fix: "use a file whose name ends in .stan")
    }
    let library = program.place.dropLast(".stan".count) + "_model.so"
    let make = Process()
    make.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    make.arguments = ["make", "-C", installation, String(library)]
    let output = Pipe()
    make.standardInput = FileHandle.nullDevice
    make.standardOutput = output
    make.standardError = output
    let text: String
    do {
      try make.run()
      text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    } catch {
      throw SettingsProblem(path: ["program"], what: "cannot be made: \(error)", fix: "install make")
    }
    make.waitUntilExit()
    guard make.terminationStatus == 0 else {
      let lines = text.split(whereSeparator: \.isNewline).suffix(12).joined(separator: "\n")
      throw SettingsProblem(
        path: ["program"], what: "make -C \(installation) \(library) failed:\n\(lines)\n",
        fix: "see what it says")
    }
    return String(library)
  }
}
