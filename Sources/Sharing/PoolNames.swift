/// Where things are in a shared folder.
///
///     pool.json                     what is executed, by whose binary
///     index/SHELF.full              every chunk of the shelf is claimed
///     index/SHELF.done              every chunk of the shelf is done
///     shelves/SHELF/CHUNK.G         claim of generation G: the one who makes the file has the chunk
///     shelves/SHELF/CHUNK.done      its results are in the folder
///     standby/SLOT.G                claim of one of the places of those who wait for others
///     workers/WORKER/state          the beat of a worker's heart, and how far it is
///     workers/WORKER/0001.sqlite    results of ended runs, and so on
///     workers/WORKER/unfinished.sqlite   what another worker goes on with
public enum PoolNames {
  public static let pool = "pool.json"
  public static let workers = "workers"
  public static let index = "index"
  static let standby = "standby"

  static func shelf(_ shelf: Int) -> String { "shelves/\(shelf)" }
  static func claim(_ chunk: Int, generation: Int, shelf: Int) -> String {
    "shelves/\(shelf)/\(chunk).\(generation)"
  }
  static func done(_ chunk: Int, shelf: Int) -> String { "shelves/\(shelf)/\(chunk).done" }
  static func full(shelf: Int) -> String { "index/\(shelf).full" }
  static func done(shelf: Int) -> String { "index/\(shelf).done" }
  static func standby(_ slot: Int, generation: Int) -> String { "standby/\(slot).\(generation)" }
  static func state(of worker: String) -> String { "workers/\(worker)/state" }
  public static func folder(of worker: String) -> String { "workers/\(worker)" }
}
