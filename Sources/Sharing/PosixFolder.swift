import Foundation
import Glibc
import Synchronization

/// A folder of a file system that several machines may have mounted.
///
/// A claim is a hard link to a file of this process, with all its contents from the first moment: link(2) is exclusive on every version
/// of NFS. Where the answer was lost on the way and the link was made, the repeated request finds the name taken, and the file there is
/// ours (open(2), O_EXCL; rfc1813, 4.5). Where a file system has no hard links, the file is created with O_EXCL.
public final class PosixFolder: SharedFolder, Sendable {
  private struct Source {
    var path: String
    var contents: [UInt8]
  }

  public let path: String
  let token: String
  private let usesLinks: Bool
  /// The file that claims are links to.
  private let source = Mutex<Source?>(nil)
  private let count = Atomic(0)

  /// - Parameters:
  ///   - token: a name that no other process has or had, of which temporary files are made.
  ///   - usesLinks: whether to try hard links.
  public init(_ path: String, token: String, usesLinks: Bool = true) {
    self.path = path
    self.token = token
    self.usesLinks = usesLinks
  }

  /// Removes what claims were made from.
  public func leave() {
    source.withLock { source in
      if let source { unlink(source.path) }
      source = nil
    }
  }

  /// The system calls on files of the folder so far.
  public var operations: Int { count.load(ordering: .relaxed) }

  /// Counts system calls that others make in the folder.
  public func add(operations: Int) { count.add(operations, ordering: .relaxed) }

  public func full(_ name: String) -> String { path + "/" + name }

  public func create(_ name: String, _ contents: [UInt8]) throws(FolderError) -> Bool {
    let place = full(name)
    if contents.isEmpty || !usesLinks { return try createExclusively(place, contents) }
    let source = try source(holding: contents)
    for attempt in 0..<2 {
      add(operations: 1)
      if link(source, place) == 0 { return true }
      switch errno {
      case EEXIST: return isSame(source, place)
      case ENOENT where attempt == 0: try makeFolder(of: place)
      case EMLINK:
        // As many links as the file system allows.
        self.source.withLock { $0 = nil }
        unlink(source)
        return try createExclusively(place, contents)
      case EPERM, EOPNOTSUPP, EXDEV, ENOSYS: return try createExclusively(place, contents)
      default: throw problem(place, .write)
      }
    }
    throw problem(place, .write)
  }

  public func read(_ name: String) throws(FolderError) -> [UInt8]? {
    let place = full(name)
    add(operations: 3)
    let file = open(place, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw problem(place, .read)
    }
    defer { close(file) }
    var contents: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count < 0 {
        // The file was replaced on another machine while it was read (NFS).
        if errno == ESTALE { return nil }
        if errno == EINTR { continue }
        throw problem(place, .read)
      }
      if count == 0 { return contents }
      contents += buffer[..<count]
    }
  }

  public func replace(_ name: String, _ contents: [UInt8]) throws(FolderError) {
    let place = full(name)
    let part = place + "." + token + ".part"
    add(operations: 4)
    var failure = Self.write(contents, to: part, O_CREAT | O_TRUNC)
    if failure == ENOENT {
      try makeFolder(of: place)
      failure = Self.write(contents, to: part, O_CREAT | O_TRUNC)
    }
    if failure == 0, rename(part, place) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(part)
      throw problem(place, .write, failure)
    }
  }

  public func list(_ name: String) throws(FolderError) -> [String] {
    let place = full(name)
    add(operations: 3)
    guard let folder = opendir(place) else {
      if errno == ENOENT { return [] }
      throw problem(place, .list)
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}

extension PosixFolder {
  private func source(holding contents: [UInt8]) throws(FolderError) -> String {
    try source.withLock { source throws(FolderError) in
      if let source, source.contents == contents { return source.path }
      let place = full(".\(token).claim")
      add(operations: 4)
      unlink(place)
      var failure = Self.write(contents, to: place, O_CREAT | O_EXCL)
      if failure == ENOENT {
        try makeFolder(of: place)
        failure = Self.write(contents, to: place, O_CREAT | O_EXCL)
      }
      guard failure == 0 else { throw problem(place, .write, failure) }
      source = Source(path: place, contents: contents)
      return place
    }
  }

  private func isSame(_ a: String, _ b: String) -> Bool {
    var (first, second) = (stat(), stat())
    add(operations: 2)
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_ino == second.st_ino
      && first.st_dev == second.st_dev
  }

  private func createExclusively(_ place: String, _ contents: [UInt8]) throws(FolderError) -> Bool {
    add(operations: contents.isEmpty ? 2 : 3)
    var failure = Self.write(contents, to: place, O_CREAT | O_EXCL)
    if failure == ENOENT {
      try makeFolder(of: place)
      failure = Self.write(contents, to: place, O_CREAT | O_EXCL)
    }
    if failure == EEXIST { return false }
    guard failure == 0 else { throw problem(place, .write, failure) }
    return true
  }

  func makeFolder(of place: String) throws(FolderError) {
    let folder = URL(fileURLWithPath: place).deletingLastPathComponent().path
    add(operations: 1)
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw problem(folder, .write)
    }
  }

  func problem(_ place: String, _ action: FolderError.Action, _ code: Int32 = errno) -> FolderError {
    FolderError(
      path: place, action: action, why: String(cString: strerror(code)),
      isFull: [ENOSPC, EDQUOT].contains(code), isReadOnly: [EROFS, EACCES, EPERM].contains(code))
  }

  /// Returns 0, or the `errno` that kept it from writing.
  private static func write(_ contents: [UInt8], to place: String, _ flags: Int32) -> Int32 {
    let file = open(place, O_WRONLY | O_CLOEXEC | flags, 0o666)
    guard file >= 0 else { return errno }
    var failure = write(contents[...], to: file)
    // A network file system may say only now that its disk is full.
    if close(file) != 0, failure == 0 { failure = errno }
    return failure
  }
}

extension PosixFolder {
  /// Copies a file of this machine into the folder: the whole file or, where this process dies or the disk is full, none.
  public func bring(_ local: String, as name: String) throws(FolderError) {
    let place = full(name)
    let part = place + "." + token + ".part"
    var failure = Self.copy(local, to: part)
    if failure == ENOENT {
      try makeFolder(of: place)
      failure = Self.copy(local, to: part)
    }
    add(operations: 5)
    if failure == 0, rename(part, place) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(part)
      throw problem(place, .write, failure)
    }
  }

  /// Returns 0, or the `errno` that kept it from copying.
  static func copy(_ source: String, to part: String) -> Int32 {
    let input = open(source, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { return errno }
    defer { close(input) }
    let output = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard output >= 0 else { return errno }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var failure: Int32 = 0
    while failure == 0 {
      let count = Glibc.read(input, &buffer, buffer.count)
      if count == 0 { break }
      if count < 0 { failure = errno } else { failure = write(buffer[..<count], to: output) }
    }
    if failure == 0, fsync(output) != 0 { failure = errno }
    if close(output) != 0, failure == 0 { failure = errno }
    return failure
  }

  private static func write(_ bytes: ArraySlice<UInt8>, to file: Int32) -> Int32 {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return errno }
    }
    return 0
  }
}
