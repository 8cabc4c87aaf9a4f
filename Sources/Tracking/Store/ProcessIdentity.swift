internal import Foundation

/// Tells a process from every other that this machine runs or ran, a later one with the same pid included.
package struct ProcessIdentity: Sendable, Hashable {
  package var pid: Int
  /// When it started, in clock ticks after boot; 0 where the system does not say.
  package var start: Int
  /// Random for every boot; empty where the system does not say.
  package var bootID: String

  package init(pid: Int, start: Int, bootID: String) {
    self.pid = pid
    self.start = start
    self.bootID = bootID
  }

  /// The process that asks.
  package static var current: ProcessIdentity {
    let pid = Int(ProcessInfo.processInfo.processIdentifier)
    return ProcessIdentity(pid: pid, start: startTicks(pid: pid) ?? 0, bootID: currentBootID)
  }

  /// Whether it still runs, on this machine and since this boot. One that has ended and whose parent has not asked
  /// how does not.
  package var isAlive: Bool {
    bootID == Self.currentBootID && Self.startTicks(pid: pid) == start
  }

  private static var currentBootID: String {
    contents("/proc/sys/kernel/random/boot_id")?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
  }

  /// Field 22 of `/proc/PID/stat`; nil where the process has ended. Field 2 is the program's name in parentheses and
  /// can hold blanks and parentheses itself, so the count begins after the last one, with the state.
  private static func startTicks(pid: Int) -> Int? {
    guard let stat = contents("/proc/\(pid)/stat"), let name = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[stat.index(after: name)...].split(separator: " ")
    guard fields.count > 19, !["Z", "X"].contains(fields[0]) else { return nil }
    return Int(fields[19])
  }

  private static func contents(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}
