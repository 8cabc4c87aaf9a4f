import Foundation

/// Where and with what the figures were measured.
package struct Surroundings: Sendable {
  package var machine: String
  package var versions: String
  package var date: String

  package static func now(wb: String) -> Surroundings {
    let model = field("model name", in: "/proc/cpuinfo", separator: ":") ?? "an unknown CPU"
    let flags = field("flags", in: "/proc/cpuinfo", separator: ":")?.split(separator: " ") ?? []
    let vectors = ["avx512f", "avx2", "avx", "sse4_2"].first { flags.contains(Substring($0)) }
    let memory = field("MemTotal", in: "/proc/meminfo", separator: ":")?.split(separator: " ").first
    let gigabytes = memory.flatMap { Double($0) }.map { digits($0 * 1024 / 1e9) + " GB" }
    let system = field("PRETTY_NAME", in: "/etc/os-release", separator: "=")?.replacing("\"", with: "")
    let kernel = output(["uname", "-sr"])
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let swift = output(["swift", "--version"])?.split(separator: "\n").first { $0.contains("Swift version") }
    let zone = DateFormatter()
    zone.locale = Locale(identifier: "en_US_POSIX")
    zone.timeZone = TimeZone(identifier: "UTC")
    zone.dateFormat = "yyyy-MM-dd HH:mm 'UTC'"
    return Surroundings(
      machine: [model + (vectors.map { " (\($0))" } ?? ""), "\(cores) cores", gigabytes, system, kernel]
        .compactMap { $0 }.joined(separator: ", "),
      versions: ["wb \(output([wb, "--version"]) ?? "?")", swift.map(String.init)]
        .compactMap { $0 }.joined(separator: "; "),
      date: zone.string(from: Date()))
  }

  private static func output(_ command: [String]) -> String? {
    guard let ended = try? launch(command), ended.code == 0 else { return nil }
    return ended.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The first value of a name in a file of lines `NAME separator VALUE`.
  static func field(_ name: String, in file: String, separator: Character) -> String? {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
    for line in text.split(separator: "\n") {
      guard let place = line.firstIndex(of: separator) else { continue }
      if line[..<place].trimmingCharacters(in: .whitespaces) == name {
        return line[line.index(after: place)...].trimmingCharacters(in: .whitespaces)
      }
    }
    return nil
  }
}
