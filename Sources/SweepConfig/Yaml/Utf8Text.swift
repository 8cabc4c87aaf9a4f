/// The text of a file's bytes, without a byte order mark.
///
/// - Throws: the place of the first byte that is not UTF-8.
func utf8Text(_ bytes: [UInt8]) throws(YamlProblem) -> String {
  if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
    throw YamlProblem("the file is UTF-16; save it as UTF-8")
  }
  let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
  if let text = String(validating: body, as: UTF8.self) { return text }
  // Decoding puts U+FFFD where bytes are wrong: the longest common prefix with the bytes ends there.
  let repaired = String(decoding: body, as: UTF8.self)
  let good = zip(repaired.utf8, body).prefix { $0 == $1 }.count
  let prefix = String(decoding: body.prefix(good), as: UTF8.self).unicodeScalars
  let line = prefix.count { $0 == "\n" } + 1
  let column =
    (prefix.lastIndex(of: "\n").map { prefix[prefix.index(after: $0)...].count } ?? prefix.count) + 1
  throw YamlProblem(
    "byte 0x\(String(body[body.startIndex + good], radix: 16, uppercase: true)) at line \(line), column \(column) is not UTF-8; save the file as UTF-8"
  )
}
