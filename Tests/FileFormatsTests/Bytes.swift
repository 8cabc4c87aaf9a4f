import FileFormats

/// The bytes that hex digits spell; blanks are skipped.
func bytes(_ hex: String) -> [UInt8] {
  let digits = hex.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// What reading says is wrong.
func message(_ read: () throws(FormatError) -> some Any) -> String {
  do throws(FormatError) {
    return "no error: \(try read())"
  } catch {
    return error.description
  }
}
