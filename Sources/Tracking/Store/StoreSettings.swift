internal import Foundation

/// What a store takes from its surroundings; tests pass their own.
package struct StoreSettings: Sendable {
  /// How long to wait for another process that holds the file.
  package var busySeconds: Double = 10
  /// The size of the file at most, in pages of 4,096 bytes; nil for what the disk holds.
  package var maximumPages: Int?
  /// Gives the time in seconds since 1970.
  package var clock: @Sendable () -> Double = { Date().timeIntervalSince1970 }
  /// The process that attempts belong to.
  package var process = ProcessIdentity.current

  /// Whether nobody but this process opens the file, and it is of no use to anybody after a crash of the machine.
  package var isPrivate = false

  /// The table of mounts as `/proc/self/mountinfo` has it; nil for that file.
  package var mounts: String?

  package init() {}
}
