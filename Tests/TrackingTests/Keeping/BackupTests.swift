import Foundation
import Testing
import Tracking

@Suite struct BackupTests {
  private func finished() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.store.write([
      .started(runID: "r1", attempt: sample.attempt, at: 1),
      .steps(runID: "r1", .sample([.sample(0), .sample(2)])),
      .ended(runID: "r1", .finished, at: 3),
    ])
    return sample
  }

  @Test("a backup of a store that is being written is one sound file with all that was recorded")
  func whole() throws {
    let sample = try finished()
    // The store is open, and its log is not yet in the file.
    let target = sample.folder.file("copy.sqlite")
    try Store(path: sample.store.path, mode: .reading).backUp(to: target)
    #expect(try sample.folder.names().filter { $0.hasPrefix("copy") } == ["copy.sqlite"])
    #expect(try Store.examine(path: target, thoroughly: true).filter { $0.gravity == .damage } == [])
    let copy = try Store(path: target, mode: .reading)
    #expect(try copy.steps(of: "r1") == sample.store.steps(of: "r1"))
    #expect(try copy.runs() == sample.store.runs())
  }

  @Test("backups taken while another thread writes are each a state that there was")
  func concurrent() async throws {
    let sample = try SampleStore()
    try sample.store.write([.started(runID: "r1", attempt: sample.attempt, at: 1)])
    // Every transaction records ten steps: a backup with another number of them would be half of one.
    let store = sample.store
    let writer = Task.detached {
      for round in 0..<200 {
        try store.write([.steps(runID: "r1", .sample((0..<10).map { .sample(10 * round + $0) }))])
      }
    }
    for index in 0..<5 {
      let target = sample.folder.file("copy-\(index).sqlite")
      try Store(path: sample.store.path, mode: .reading).backUp(to: target)
      #expect(try Store.examine(path: target, thoroughly: true).filter { $0.gravity == .damage } == [])
      #expect(try Store(path: target, mode: .reading).steps(of: "r1").count % 10 == 0)
    }
    try await writer.value
    #expect(try sample.store.steps(of: "r1").count == 2000)
  }

  @Test("what is there is left alone, or replaced where that is asked for")
  func replacing() throws {
    let sample = try finished()
    let target = sample.folder.file("copy.sqlite")
    try Data("precious".utf8).write(to: URL(fileURLWithPath: target))
    let failure = #expect(throws: StoreError.self) { try sample.store.backUp(to: target) }
    #expect(
      failure?.description == "\(target) is there already; name another file, or replace it with --force")
    #expect(try Data(contentsOf: URL(fileURLWithPath: target)) == Data("precious".utf8))
    try sample.store.backUp(to: target, replacing: true)
    #expect(try Store(path: target, mode: .reading).runs().count == 1)
  }

  @Test("a store is not its own backup, by another name neither")
  func itself() throws {
    let sample = try finished()
    let link = sample.folder.file("link.sqlite")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: sample.store.path)
    for target in [sample.store.path, link] {
      #expect(throws: StoreError.backupOntoItself(path: sample.store.path)) {
        try sample.store.backUp(to: target, replacing: true)
      }
    }
    #expect(try sample.store.runs().count == 1)
  }

  @Test("a place that cannot be written is named, and nothing is left there")
  func unwritable() throws {
    let sample = try finished()
    #expect(
      throws: StoreError.missingFolder(
        path: sample.folder.file("no/copy.sqlite"), folder: sample.folder.file("no"))
    ) { try sample.store.backUp(to: sample.folder.file("no/copy.sqlite")) }
    #expect(throws: StoreError.isFolder(path: sample.folder.path)) {
      try sample.store.backUp(to: sample.folder.path)
    }
    let failure = #expect(throws: StoreError.self) { try sample.store.backUp(to: "/proc/copy.sqlite") }
    #expect(failure?.description.hasPrefix("/proc/copy.sqlite.part cannot be opened") == true)
  }
}
