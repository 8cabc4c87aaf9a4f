import FileFormats
import Foundation
import Tracking

/// An MLflow store in SQLite: a sweep is an experiment, a run a run.
///
/// It has the tables of MLflow 1.1 (revision 7ac759974ad8 of its migrations): MLflow completes them to its own version when
/// it opens the file, whichever version that is. A file with a current schema could be opened by that version alone.
struct MLflowExport {
  private let export: RunExport

  init(_ export: RunExport) { self.export = export }

  func write(to path: String) throws -> Int {
    guard !FileManager.default.fileExists(atPath: path) else { throw ExchangeError.targetExists(path: path) }
    do {
      let database = try PlainDatabase(creating: path)
      var count = 0
      try database.write { writer in
        try writer.execute(Self.schema)
        var experiments: [String: Int] = [:]
        for run in export.runs {
          let name = run.record.sweep
          let experiment = experiments[name] ?? experiments.count + 1
          if experiments[name] == nil {
            experiments[name] = experiment
            try writer.execute(
              "INSERT INTO experiments VALUES (?, ?, ?, 'active')",
              [.integer(experiment), .text(name), .text("mlruns/\(experiment)")])
          }
          count += try write(run, experiment, to: writer)
        }
      }
      try database.close()
      return count
    } catch {
      for suffix in ["", "-journal"] { try? FileManager.default.removeItem(atPath: path + suffix) }
      throw error
    }
  }

  private func write(_ run: RunSummary, _ experiment: Int, to writer: PlainDatabase.Writer) throws -> Int {
    // MLflow's ids have 32 hexadecimal digits.
    let id = SQLValue.text(String(SHA256.hexDigest(of: run.record.runID.utf8).prefix(32)))
    func milliseconds(_ time: Double?) -> SQLValue {
      time.flatMap { Int(exactly: ($0 * 1000).rounded()) }.map(SQLValue.integer) ?? .null
    }
    let start = milliseconds(run.startedAt)
    let status =
      switch run.status {
      case .finished: "FINISHED"
      case .running: "RUNNING"
      case .failed, .diverged, .interrupted: "FAILED"
      }
    try writer.execute(
      "INSERT INTO runs VALUES (?, ?, 'LOCAL', 'wb', '', '', ?, ?, ?, '', 'active', ?, ?)",
      [
        id, .text(run.record.runID), .text(status), start, milliseconds(run.endedAt),
        .text("mlruns/\(experiment)/\(run.record.runID)/artifacts"), .integer(experiment),
      ])
    for (key, text) in tags(of: run) {
      try writer.execute("INSERT INTO tags VALUES (?, ?, ?)", [.text(key), .text(text), id])
    }
    for parameter in [.init(key: "seed", value: .integer(run.record.seed))] + run.record.parameters {
      let text =
        switch parameter.value {
        case .null: "null"
        case .integer(let value): "\(value)"
        case .number(let value): JSONText.number(value)
        case .text(let text): text
        }
      try writer.execute(
        "INSERT OR IGNORE INTO params VALUES (?, ?, ?)", [.text(parameter.key), .text(text), id])
    }
    var count = 0
    let time = start == .null ? SQLValue.integer(0) : start
    try export.forEachPoint(of: run) { metric, point in
      // As MLflow writes what SQL has no number for: a NaN is 0 with a mark, an infinity the greatest number.
      let value = point.value.isNaN ? 0 : max(-MLflowImport.largest, min(MLflowImport.largest, point.value))
      try writer.execute(
        "INSERT INTO metrics VALUES (?, ?, ?, ?, ?, ?)",
        [.text(metric), .number(value), time, id, .integer(point.step), .integer(point.value.isNaN ? 1 : 0)])
      count += 1
    }
    return count
  }

  private func tags(of run: RunSummary) -> [(String, String)] {
    var tags = [
      ("mlflow.runName", run.record.runID), ("wb.run_id", run.record.runID),
      ("wb.status", run.status.rawValue),
    ]
    if let reason = run.outcome?.reason { tags.append(("wb.reason", reason)) }
    if let elbo = run.outcome?.yardstick?.elbo { tags.append(("wb.elbo", JSONText.number(elbo))) }
    if let note = run.note { tags.append(("mlflow.note.content", note)) }
    return tags + run.tags.map { ("wb.tag.\($0)", "") }
  }

  private static let schema = """
    CREATE TABLE alembic_version (
      version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
    INSERT INTO alembic_version VALUES ('7ac759974ad8');
    CREATE TABLE experiments (
      experiment_id INTEGER NOT NULL, name VARCHAR(256) NOT NULL, artifact_location VARCHAR(256),
      lifecycle_stage VARCHAR(32),
      CONSTRAINT experiment_pk PRIMARY KEY (experiment_id), UNIQUE (name),
      CONSTRAINT experiments_lifecycle_stage CHECK (lifecycle_stage IN ('active', 'deleted')));
    CREATE TABLE runs (
      run_uuid VARCHAR(32) NOT NULL, name VARCHAR(250), source_type VARCHAR(20), source_name VARCHAR(500),
      entry_point_name VARCHAR(50), user_id VARCHAR(256), status VARCHAR(20), start_time BIGINT, end_time BIGINT,
      source_version VARCHAR(50), lifecycle_stage VARCHAR(20), artifact_uri VARCHAR(200), experiment_id INTEGER,
      CONSTRAINT run_pk PRIMARY KEY (run_uuid),
      CONSTRAINT source_type CHECK (source_type IN ('NOTEBOOK', 'JOB', 'LOCAL', 'UNKNOWN', 'PROJECT')),
      CONSTRAINT status CHECK (status IN ('SCHEDULED', 'FAILED', 'FINISHED', 'RUNNING')),
      CONSTRAINT runs_lifecycle_stage CHECK (lifecycle_stage IN ('active', 'deleted')),
      FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id));
    CREATE TABLE tags (
      "key" VARCHAR(250) NOT NULL, value VARCHAR(5000), run_uuid VARCHAR(32) NOT NULL,
      CONSTRAINT tag_pk PRIMARY KEY ("key", run_uuid), FOREIGN KEY(run_uuid) REFERENCES runs (run_uuid));
    CREATE TABLE metrics (
      "key" VARCHAR(250) NOT NULL, value FLOAT NOT NULL, timestamp BIGINT NOT NULL, run_uuid VARCHAR(32) NOT NULL,
      step BIGINT DEFAULT '0' NOT NULL, is_nan BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT metric_pk PRIMARY KEY ("key", timestamp, step, run_uuid, value, is_nan),
      FOREIGN KEY(run_uuid) REFERENCES runs (run_uuid));
    CREATE TABLE params (
      "key" VARCHAR(250) NOT NULL, value VARCHAR(250) NOT NULL, run_uuid VARCHAR(32) NOT NULL,
      CONSTRAINT param_pk PRIMARY KEY ("key", run_uuid), FOREIGN KEY(run_uuid) REFERENCES runs (run_uuid));
    CREATE TABLE experiment_tags (
      "key" VARCHAR(250) NOT NULL, value VARCHAR(5000), experiment_id INTEGER NOT NULL,
      CONSTRAINT experiment_tag_pk PRIMARY KEY ("key", experiment_id),
      FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id));
    """
}
