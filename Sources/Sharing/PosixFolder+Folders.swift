import Foundation
import Glibc

extension PosixFolder {
  /// Copies a folder of this machine into the folder, with its files, folders and symbolic links: the whole or, where this process dies or
  /// the disk is full, none. There must be none of that name.
  public func bring(folder local: String, as name: String) throws(FolderError) {
    let place = full(name)
    let part = place + "." + token + ".part"
    do throws(FolderError) {
      try makeFolder(of: part + "/entry")
      let names = (try? FileManager.default.subpathsOfDirectory(atPath: local)) ?? []
      // A folder comes before what is in it.
      for name in names.sorted() { try copyEntry(local + "/" + name, to: part + "/" + name) }
      add(operations: names.count + 1)
      if rename(part, place) != 0 { throw problem(place, .write) }
    } catch {
      try? FileManager.default.removeItem(atPath: part)
      throw error
    }
  }

  /// Copies one entry of a folder; what is neither file, folder nor link, such as a socket, is left out.
  private func copyEntry(_ source: String, to target: String) throws(FolderError) {
    var status = stat()
    guard lstat(source, &status) == 0 else { return }
    var failure: Int32 = 0
    switch status.st_mode & S_IFMT {
    case S_IFDIR: if mkdir(target, 0o777) != 0 { failure = errno }
    case S_IFLNK:
      guard let end = try? FileManager.default.destinationOfSymbolicLink(atPath: source) else { return }
      if symlink(end, target) != 0 { failure = errno }
    case S_IFREG:
      failure = Self.copy(source, to: target)
      if failure == 0 { chmod(target, status.st_mode & 0o777) }
      add(operations: 4)
    default: return
    }
    guard failure == 0 else { throw problem(target, .write, failure) }
  }
}
