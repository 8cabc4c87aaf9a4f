import Foundation
import Sharing
import Testing

/// A folder of a test, deleted with it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "wb-sharing-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite struct PosixFolderTests {
  @Test func `a file is seen whole, replaced whole, and listed without what is only begun`() throws {
    let temporary = try TemporaryFolder()
    let folder = PosixFolder(temporary.path, token: "a")
    #expect(try folder.read("workers/a/state") == nil)
    #expect(try folder.list("workers/a") == [])
    try folder.replace("workers/a/state", [1, 2, 3])
    try folder.replace("workers/a/state", [4])
    #expect(try folder.read("workers/a/state") == [4])
    #expect(try folder.list("workers/a") == ["state"])
  }

  @Test func `a folder under a file says what is wrong and what to do`() throws {
    let temporary = try TemporaryFolder()
    try Data().write(to: URL(fileURLWithPath: temporary.path + "/file"))
    let folder = PosixFolder(temporary.path + "/file", token: "a")
    let error = #expect(throws: FolderError.self) { try folder.list("index") }
    #expect(
      error?.description
        == "\(temporary.path)/file/index cannot be listed (Not a directory); see that it is there and that you may"
    )
  }

  @Test func `a worker of another sweep, program or arithmetic is refused with the way out`() throws {
    let temporary = try TemporaryFolder()
    let folder = PosixFolder(temporary.path, token: "a")
    let first = PoolRecord(
      sweep: "schools", runs: 10, digest: "d", workers: 4, lease: 60, wbVersion: "0.1.0", build: "b",
      arithmetic: "Haswell")
    #expect(try first.join(folder) == first)
    var same = first
    (same.workers, same.lease) = (9, 1)
    #expect(try same.join(folder) == first)
    func refusal(_ change: (inout PoolRecord) -> Void) -> String? {
      var other = first
      change(&other)
      return #expect(throws: PoolError.self) { try other.join(folder) }?.description
    }
    #expect(
      refusal { $0.digest = "e" }
        == "\(temporary.path) is shared by workers of the sweep 'schools' with 10 runs, and this one has others; share another folder "
        + "with --shared, or give the same file and changes")
    #expect(
      refusal { $0.build = "c" }
        == "\(temporary.path) is shared by workers of wb 0.1.0, build b, and this is wb 0.1.0, build c: their bits may differ; start the "
        + "same program on every node")
    #expect(
      refusal { $0.arithmetic = "SkylakeX" }
        == "\(temporary.path) is shared by workers that compute with Haswell, and this machine with SkylakeX: their bits differ; start a "
        + "new folder with the same --cpu for all, as in --cpu x86-64-v3")
  }
}
