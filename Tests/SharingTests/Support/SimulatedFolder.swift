import Sharing

/// A folder on a server that every worker sees late: what it lists or reads is the state of a while ago, and only exclusive creation is
/// decided at once, as a network file system does it.
final class SimulatedFolder {
  private struct Version {
    var time: Double
    var contents: [UInt8]
  }

  private struct Entry {
    var name: String
    var time: Double
  }

  private var files: [String: [Version]] = [:]
  private var folders: [String: [Entry]] = [:]
  /// What has been asked of it, and in each second.
  private(set) var operations = 0
  private(set) var operationsBySecond: [Int: Int] = [:]
  /// The time of the simulation.
  var now = 0.0

  fileprivate func count() {
    operations += 1
    operationsBySecond[Int(now), default: 0] += 1
  }

  fileprivate func create(_ path: String, _ contents: [UInt8]) -> Bool {
    count()
    guard files[path] == nil else { return false }
    files[path] = [Version(time: now, contents: contents)]
    enter(path)
    return true
  }

  fileprivate func replace(_ path: String, _ contents: [UInt8]) {
    count()
    if files[path] == nil { enter(path) }
    // Nobody sees further back than a few versions.
    files[path] = Array((files[path] ?? []).suffix(7)) + [Version(time: now, contents: contents)]
  }

  fileprivate func read(_ path: String, lag: Double) -> [UInt8]? {
    count()
    return files[path]?.last { $0.time <= now - lag }?.contents
  }

  fileprivate func list(_ folder: String, lag: Double) -> [String] {
    count()
    return folders[folder]?.lazy.filter { $0.time <= self.now - lag }.map(\.name) ?? []
  }

  private func enter(_ path: String) {
    guard let slash = path.lastIndex(of: "/") else { return }
    folders[String(path[..<slash]), default: []].append(
      Entry(name: String(path[path.index(after: slash)...]), time: now))
  }

  /// How one machine sees it.
  struct View: SharedFolder {
    let server: SimulatedFolder
    /// How late it sees things, in seconds; drawn anew by the simulation.
    let lag: Lag

    func create(_ path: String, _ contents: [UInt8]) throws(FolderError) -> Bool {
      let isNew = server.create(path, contents)
      if isNew, let slash = path.lastIndex(of: "/") { lag.listings[String(path[..<slash])] = nil }
      return isNew
    }
    func read(_ path: String) throws(FolderError) -> [UInt8]? { server.read(path, lag: lag.seconds) }
    func replace(_ path: String, _ contents: [UInt8]) throws(FolderError) { server.replace(path, contents) }
    func list(_ folder: String) throws(FolderError) -> [String] {
      if let seen = lag.listings[folder], server.now - seen.time < lag.caching {
        server.count()
        return seen.names
      }
      let names = server.list(folder, lag: lag.seconds)
      if lag.caching > 0 { lag.listings[folder] = (server.now, names) }
      return names
    }
  }

  final class Lag {
    var seconds = 0.0
    /// For so long a machine shows a listing again that it has, until it makes something there itself: as clients of network file systems do.
    var caching = 0.0
    fileprivate var listings: [String: (time: Double, names: [String])] = [:]
  }
}
