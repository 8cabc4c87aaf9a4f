import Foundation
public import Sharing
public import Tracking

/// Brings results from a worker's own store into the shared folder: ended runs as shards, `0001.sqlite` and so on, each once and never
/// changed; unfinished ones in one file that is replaced.
struct ShardPublisher {
  let store: Store
  let folder: PosixFolder
  let worker: String
  /// A folder of this machine.
  let scratch: String
  private var count = 0

  init(of store: Store, worker: String, to folder: PosixFolder, scratch: String) {
    self.store = store
    self.worker = worker
    self.folder = folder
    self.scratch = scratch
  }

  private var checkpoints: CheckpointFolder { CheckpointFolder(besides: store.path) }

  /// Brings ended runs, with what they have learned. They are in the folder when this returns.
  mutating func publish(_ ids: Set<String>) throws(PoolTrouble) {
    let name = String(format: "%04d", count + 1)
    let shard = try copy(of: ids)
    defer { try? FileManager.default.removeItem(atPath: shard) }
    do throws(FolderError) {
      for id in ids.sorted() where checkpoints.has(id) {
        try folder.bring(
          checkpoints.path(ofRun: id),
          as: PoolNames.folder(of: worker) + "/\(name).checkpoints/\(id).safetensors")
      }
      try folder.bring(shard, as: PoolNames.folder(of: worker) + "/\(name).sqlite")
    } catch {
      throw .folder(error)
    }
    count += 1
  }

  /// Brings unfinished runs that have a checkpoint, so that another worker can go on with them; returns how many.
  ///
  /// What is recorded comes before the checkpoints: a store that knows more than a checkpoint says is cut back to it, one that knows
  /// less makes it useless.
  ///
  /// - Parameter isAtEnd: whether nothing runs any more. What programs keep is brought then alone: only they know when it is whole.
  func handOver(_ ids: [String], isAtEnd: Bool) throws(PoolTrouble) -> Int {
    let kept = ids.filter { checkpoints.hasState(of: $0) }
    let programs = isAtEnd ? ids.filter { ProgramFolder(ofRun: $0, in: checkpoints).hasSomethingKept } : []
    if kept.isEmpty, programs.isEmpty { return 0 }
    var copies: [(id: String, state: String)] = []
    defer { for copy in copies { try? FileManager.default.removeItem(atPath: copy.state) } }
    for id in kept {
      let state = "\(scratch)/\(id).state"
      try? FileManager.default.removeItem(atPath: state)
      // One that has ended meanwhile has none.
      if (try? FileManager.default.copyItem(atPath: checkpoints.statePath(of: id), toPath: state)) != nil {
        copies.append((id, state))
      }
    }
    let shard = try copy(of: Set(copies.map(\.id) + programs))
    defer { try? FileManager.default.removeItem(atPath: shard) }
    let place = PoolNames.folder(of: worker) + "/unfinished"
    do throws(FolderError) {
      try folder.bring(shard, as: place + ".sqlite")
      let theirs = CheckpointFolder(besides: place + ".sqlite")
      for copy in copies { try folder.bring(copy.state, as: theirs.statePath(of: copy.id)) }
      for id in programs {
        try folder.bring(
          folder: ProgramFolder(ofRun: id, in: checkpoints).path,
          as: ProgramFolder(ofRun: id, in: theirs).path)
      }
    } catch {
      throw .folder(error)
    }
    return copies.count + programs.count
  }

  /// Takes over what earlier owners of runs have left; what cannot be used is left, and the run starts again.
  func inherit(_ ids: Set<String>, from owner: String) {
    let path = folder.full(PoolNames.folder(of: owner) + "/unfinished.sqlite")
    folder.add(operations: 1)
    guard FileManager.default.fileExists(atPath: path) else { return }
    let theirs = CheckpointFolder(besides: path)
    let useful = ids.filter { theirs.hasState(of: $0) && !checkpoints.hasState(of: $0) }
    let programs = ids.filter {
      ProgramFolder(ofRun: $0, in: theirs).exists && !ProgramFolder(ofRun: $0, in: checkpoints).exists
    }
    folder.add(operations: 2 * ids.count + 4)
    guard !useful.isEmpty || !programs.isEmpty, let other = try? ForeignStore(path: path, isUnchanging: true),
      (try? store.merge(other)) != nil
    else { return }
    for id in useful {
      if let state = theirs.contents(theirs.statePath(of: id)) {
        _ = checkpoints.apply([.write(runID: id, state)])
      }
    }
    for id in programs {
      ProgramFolder(ofRun: id, in: checkpoints).copy(from: ProgramFolder(ofRun: id, in: theirs))
    }
  }

  /// A store of these runs alone, closed; the caller deletes it.
  private func copy(of ids: Set<String>) throws(PoolTrouble) -> String {
    let path = "\(scratch)/shard.sqlite"
    try? FileManager.default.removeItem(atPath: path)
    do throws(StoreError) {
      let shard = try Store(privateAt: path)
      try shard.take(ids, from: store)
      try shard.close()
    } catch {
      throw .store(error)
    }
    return path
  }
}

/// What keeps a worker from its work.
public enum PoolTrouble: Error, Sendable, Hashable, CustomStringConvertible {
  case folder(FolderError)
  case store(StoreError)

  public var description: String {
    switch self {
    case .folder(let error): error.description
    case .store(let error): error.description
    }
  }
}
