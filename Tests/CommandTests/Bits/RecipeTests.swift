import Foundation
import Testing
import Tracking

/// The recipes of README's "On a cluster", as they stand there.
@Suite struct RecipeTests {
  private static let small = Result {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml", "-j", "2")
    return try ViewContent(try bench.store())
  }

  /// The commands in the row of the table that begins with a name.
  private static func commands(_ name: String) throws -> [String] {
    let text = try String(contentsOf: Binary.repository.appending(path: "README.md"), encoding: .utf8)
    let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("| \(name) | ") })
    return row.matches(of: /`([^`]*)`/).map { String($0.1).replacing("\\|", with: "|") }
  }

  private static func isThere(_ program: String) -> Bool {
    ["/usr/bin", "/bin", "/usr/local/bin"].contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
  }

  /// A folder with a sweep, and a way to execute commands there as a shell does.
  private struct Kitchen {
    let bench: Workbench

    init() throws {
      bench = try Workbench(sweep: SampleSweep.small)
      try FileManager.default.createDirectory(atPath: bench.path("bin"), withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: bench.path("bin/wb"), withDestinationPath: Binary.path)
    }

    func start(_ command: String, index: Int? = nil) throws -> Started {
      var environment = ["PATH": bench.path("bin") + ":/usr/local/bin:/usr/bin:/bin"]
      if let index { environment["JOB_COMPLETION_INDEX"] = String(index) }
      return try bench.start(["-c", command], program: "/bin/sh", environment: environment)
    }

    func expectWhole(workers: Int) throws {
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: bench.path("pool/workers")).count == workers)
      try bench.done("collect", "sweep.yaml", "--shared", "pool")
      #expect(try ViewContent(try bench.store()) == RecipeTests.small.get())
    }
  }

  @Test("workers that xargs starts bring back the store of one wb run")
  func xargs() throws {
    let kitchen = try Kitchen()
    let ended = try kitchen.start(try #require(try Self.commands("xargs").first)).wait()
    #expect(ended.code == 0, "\(ended.errors)")
    try kitchen.expectWhole(workers: 8)
  }

  @Test(
    "workers that GNU parallel starts bring back the store of one wb run",
    .enabled(if: isThere("parallel"), "there is no parallel (Debian: parallel)"))
  func parallel() throws {
    let kitchen = try Kitchen()
    let ended = try kitchen.start(try #require(try Self.commands("GNU parallel").first)).wait()
    #expect(ended.code == 0, "\(ended.errors)")
    try kitchen.expectWhole(workers: 8)
  }

  /// `make test-slurm` has a real sshd.
  @Test("workers that ssh starts on three hosts bring back the store of one wb run")
  func ssh() throws {
    let kitchen = try Kitchen()
    // What ssh does: the words that follow the host go, with spaces between them, to a shell in the home folder there.
    try kitchen.bench.write(
      """
      #!/bin/sh
      while [ "${1#-}" != "$1" ]; do shift; done
      echo "$1" >> "\(kitchen.bench.path("hosts"))"; shift
      cd / && exec /bin/sh -c "$*"

      """, to: "bin/ssh")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: kitchen.bench.path("bin/ssh"))
    let ended = try kitchen.start(try #require(try Self.commands("ssh").first)).wait()
    #expect(ended.code == 0, "\(ended.errors)")
    #expect(Set(try kitchen.bench.read("hosts").split(separator: "\n")) == ["a", "b", "c"])
    try kitchen.expectWhole(workers: 3)
  }

  @Test("the pods of an indexed job of Kubernetes that share a volume bring back the store of one wb run")
  func indexedJob() throws {
    let kitchen = try Kitchen()
    let command = try #require(try Self.commands("Kubernetes, an indexed Job with a shared volume").first)
    let ended = try (0..<3).map { try kitchen.start(command, index: $0) }.map { try $0.wait() }
    #expect(ended.map(\.code) == [0, 0, 0], "\(ended.map(\.errors))")
    try kitchen.expectWhole(workers: 3)
  }

  @Test("and those that share none execute parts by their JOB_COMPLETION_INDEX, which merged are that store")
  func indexedParts() throws {
    let kitchen = try Kitchen()
    let commands = try Self.commands("the same without one")
    try #require(commands.count == 2)
    let digits = try #require(commands[0].firstMatch(of: /\/([0-9]+)/)).1
    let parts = try #require(Int(digits))
    for index in 0..<parts {
      let ended = try kitchen.start(commands[0], index: index).wait()
      #expect(ended.code == 0, "\(ended.errors)")
    }
    let merged = try kitchen.start(commands[1]).wait()
    #expect(merged.code == 0, "\(merged.errors)")
    let store = try kitchen.bench.store("sweep.sqlite")
    #expect(try ViewContent(store) == Self.small.get())
  }

  @Test("without Slurm or root, make test-slurm says why it is left out")
  func withoutSlurm() throws {
    let kitchen = try Kitchen()
    // The programs that the script needs before it looks for Slurm; of Slurm none.
    for program in ["id", "dirname", "realpath"] {
      try FileManager.default.createSymbolicLink(
        atPath: kitchen.bench.path("bin/\(program)"), withDestinationPath: "/usr/bin/\(program)")
    }
    let script = Binary.repository.appending(path: "Tests/Slurm/scenarios.sh").path
    let ended = try kitchen.bench.start(
      [script, Binary.path], program: "/bin/bash", environment: ["PATH": kitchen.bench.path("bin")]
    ).wait()
    #expect(ended.code == 0, "\(ended.errors)")
    let why =
      getuid() == 0
      ? "there is no slurmctld (Debian: slurmctld slurmd slurm-client munge)" : "it needs root"
    #expect(ended.output == "test-slurm is left out: \(why)\n")
    #expect(ended.errors.isEmpty)
  }
}
