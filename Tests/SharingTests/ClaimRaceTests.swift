import Foundation
import Sharing
import Testing

/// Processes that race for claims, as pilots on one file system do.
@Suite struct ClaimRaceTests {
  /// Hard links, and exclusive creation where a file system has none.
  @Test func `of two processes that race for a claim one gets it, twice ten thousand times`() async throws {
    let path = ClaimRace.folder(of: getpid())
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    for racer in 0..<2 { #expect(mkfifo(ClaimRace.signal(to: racer, in: path), 0o600) == 0) }
    await withTaskGroup { group in
      group.addTask { await #expect(processExitsWith: .success) { try ClaimRace.run(racer: 0) } }
      group.addTask { await #expect(processExitsWith: .success) { try ClaimRace.run(racer: 1) } }
    }
    for shelf in ["links", "creation"] {
      let won = try (0..<2).map { racer in
        Set(try String(contentsOfFile: "\(path)/\(shelf).\(racer)", encoding: .utf8).split(separator: "\n"))
      }
      #expect(won[0].isDisjoint(with: won[1]))
      #expect(won[0].count + won[1].count == ClaimRace.races)
      // Both take part: of hundreds of stretches that begin together neither wins all.
      #expect(won.allSatisfy { !$0.isEmpty })
      let folder = PosixFolder(path, token: "reader")
      #expect(try folder.list(shelf).count == ClaimRace.races)
      for (racer, races) in won.enumerated() {
        for race in races.prefix(100) {
          #expect(try folder.read("\(shelf)/\(race).0") == ClaimRace.claim(of: racer))
        }
      }
    }
  }
}

/// What each of the two processes does.
private enum ClaimRace {
  static let races = 10_000
  /// They begin so many together, and go through them in the same order: to fail is quicker than to succeed, so that the one behind
  /// catches up.
  static let stretch = 20

  static func folder(of process: pid_t) -> String {
    FileManager.default.temporaryDirectory.appending(path: "wb-race-\(process)").path
  }

  /// The pipe on which a racer is told that the other one is ready.
  static func signal(to racer: Int, in path: String) -> String { "\(path)/ready.\(racer)" }

  static func claim(of racer: Int) -> [UInt8] { Array("racer-\(racer)\n".utf8) }

  /// Races for the claims of two shelves, and writes which it has got.
  static func run(racer: Int) throws {
    // A racer whose other one has failed does not wait for ever.
    alarm(300)
    let path = folder(of: getppid())
    let (own, other) = (
      open(signal(to: racer, in: path), O_RDWR), open(signal(to: 1 - racer, in: path), O_RDWR)
    )
    var byte: UInt8 = 0
    for (shelf, usesLinks) in [("links", true), ("creation", false)] {
      let folder = PosixFolder(path, token: "racer-\(racer)-\(shelf)", usesLinks: usesLinks)
      var won = ""
      for race in 0..<races {
        if race % stretch == 0 {
          try #require(write(other, &byte, 1) == 1 && read(own, &byte, 1) == 1)
        }
        if try folder.create("\(shelf)/\(race).0", claim(of: racer)) { won += "\(race)\n" }
      }
      try Data(won.utf8).write(to: URL(fileURLWithPath: "\(path)/\(shelf).\(racer)"))
    }
  }
}
