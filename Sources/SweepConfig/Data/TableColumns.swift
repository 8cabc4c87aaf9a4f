import Inference

/// The columns of a table, JSON where the file's name says so and else CSV.
///
/// - Parameter accepted: the formats to name where the file is neither.
func tableColumns(_ content: [UInt8], path: String, accepted: String) throws(TableProblem)
  -> [DataTable.Column]
{
  let body = content.starts(with: [0xEF, 0xBB, 0xBF]) ? content[3...] : content[...]
  guard !body.isEmpty else { throw TableProblem("the file is empty", fix: "give it a header and rows") }
  if body.contains(0) {
    throw TableProblem("the file is binary", fix: "use \(accepted), plain or gzipped")
  }
  return unzippedName(path).hasSuffix(".json")
    ? try jsonColumns(body, table: path) : try csvColumns(body, table: path)
}

/// A file's name in lower case, without `.gz` at its end.
func unzippedName(_ path: String) -> String {
  let name = path.lowercased()
  return name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
}
