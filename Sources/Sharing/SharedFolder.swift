/// A folder that processes of several machines share, and all that the protocol asks of it.
///
/// Names are paths relative to the folder, with `/` between their parts. Files are created and, those of one writer, replaced; none is
/// ever removed or renamed under a name that others look for. What one machine has made another may see late: a listing or a read may
/// be old, but an exclusive creation is decided by the one server.
public protocol SharedFolder {
  /// Makes a file and the folders that it is in: all its contents at once. Of several who try one succeeds, whatever clocks and
  /// caches say; false for the others.
  func create(_ path: String, _ contents: [UInt8]) throws(FolderError) -> Bool

  /// The contents of a file; nil where there is none.
  func read(_ path: String) throws(FolderError) -> [UInt8]?

  /// Puts new contents in the place of a file that only the caller writes: a reader sees the one or the other.
  func replace(_ path: String, _ contents: [UInt8]) throws(FolderError)

  /// The names in a folder; none where it is not there.
  func list(_ folder: String) throws(FolderError) -> [String]
}

/// Why a shared folder cannot be used; `description` is the sentence for the user.
public struct FolderError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Action: String, Sendable, Hashable {
    case write = "written"
    case read
    case list = "listed"
  }

  public var path: String
  public var action: Action
  /// What the system says.
  public var why: String
  /// Whether the disk or a quota is full.
  public var isFull: Bool
  /// Whether nobody may write there.
  public var isReadOnly: Bool

  public init(path: String, action: Action, why: String, isFull: Bool = false, isReadOnly: Bool = false) {
    self.path = path
    self.action = action
    self.why = why
    self.isFull = isFull
    self.isReadOnly = isReadOnly
  }

  public var description: String {
    let remedy =
      isFull
      ? "free some space there, then start the same command again"
      : isReadOnly
        ? "share a folder that every worker may write with --shared" : "see that it is there and that you may"
    return "\(path) cannot be \(action.rawValue) (\(why)); \(remedy)"
  }
}
