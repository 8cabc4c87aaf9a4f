internal import Foundation
internal import GRDB

extension Store {
  /// Takes in what another store has recorded: its sweeps, and every run with its attempts, results, steps, points, tags
  /// and note; all of it or, where this throws, nothing.
  ///
  /// A run that both have finished (or that diverged in both) stays as it is here, and is reported where its numbers
  /// differ. One that is finished there and not here is taken, and so is one that is finished in neither and came further
  /// there; its attempts count on from ours. Merging again changes nothing. What a living process executes is left out.
  /// The memory it takes does not grow with the stores.
  ///
  /// - Throws: `corrupt` where the other store is damaged, `mergeIntoItself`, and whatever keeps SQLite from writing.
  /// - Complexity: every page of the other store is read twice, and every value that both have compared.
  public func merge(_ other: ForeignStore) throws(StoreError) -> MergeReport {
    guard mode == .writing else { throw .readOnly(path: path) }
    try check(other)
    return try other.read { theirs in
      try self.write { ours in
        var merge = try Merge(theirs, of: other, into: ours, of: self)
        return try merge.run()
      }
    }
  }

  /// Takes in some runs of another store that this process made, which is not examined: as ``merge(_:)``, but a run that is being
  /// executed is taken as far as it has come, as interrupted.
  ///
  /// - Complexity: what is recorded of these runs is read once; the others cost a row each.
  @discardableResult
  public func take(_ runIDs: Set<String>, from other: Store) throws(StoreError) -> MergeReport {
    try other.read { theirs in
      try self.write { ours in
        var merge = try Merge(runIDs, theirs, of: other, into: ours, of: self)
        return try merge.run()
      }
    }
  }

  private func check(_ other: ForeignStore) throws(StoreError) {
    func file(_ path: String) -> [FileAttributeKey: Any]? {
      try? FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    }
    guard let ours = file(path), let theirs = file(other.path) else { return }
    let isSame = [FileAttributeKey.systemNumber, .systemFileNumber].allSatisfy {
      (ours[$0] as? Int) == (theirs[$0] as? Int)
    }
    if isSame { throw .mergeIntoItself(path: path) }
  }
}

extension ForeignStore {
  /// What merging would do to a store; changes nothing.
  ///
  /// - Parameter store: nil for one that is still to be created.
  public func preview(into store: Store?) throws(StoreError) -> MergeReport {
    try read { theirs in
      guard let store else {
        return try DatabaseQueue().writeWithoutTransaction { ours in
          try SchemaMigration.migrate(ours)
          return try Merge.preview(theirs, of: self, into: ours, of: nil)
        }
      }
      return try store.read { try Merge.preview(theirs, of: self, into: $0, of: store) }
    }
  }
}
