import Foundation
import Glibc
import Sharing
import Tracking

/// A folder of this machine for this process alone, with a store in it, under TMPDIR or, where that is on a network file system, under
/// /tmp.
struct ScratchFolder {
  private static let prefix = "wb-worker-"
  let path: String
  let store: Store

  init() throws {
    let places = [ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp", "/tmp"]
    var problem: Failure?
    for place in places {
      let path = "\(place)/\(Self.prefix)\(SharedOptions.token)"
      do {
        Self.sweep(place)
        try FileManager.default.createDirectory(
          atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // A store says whether it can be there.
        store = try Store(privateAt: path + "/runs.sqlite")
        self.path = path
        return
      } catch {
        try? FileManager.default.removeItem(atPath: path)
        let why = Failure(error)?.message ?? "wb: \(error)"
        problem = problem ?? Failure(.storeError, why + "; set TMPDIR to a folder of this machine")
      }
    }
    throw problem ?? Failure(.storeError)
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// Removes what processes of this machine that were killed have left.
  private static func sweep(_ place: String) {
    let host = SharedOptions.token.split(separator: "-").dropLast(2).joined(separator: "-")
    for name in (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? [] {
      guard name.hasPrefix("\(prefix)\(host)-"), let process = name.split(separator: "-").dropLast().last,
        let id = pid_t(process), kill(id, 0) != 0, errno == ESRCH
      else { continue }
      try? FileManager.default.removeItem(atPath: "\(place)/\(name)")
    }
  }
}
