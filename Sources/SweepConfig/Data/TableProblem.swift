import FileFormats

/// Why a file holds no table or array.
struct TableProblem: Error {
  /// The line, from 1, where one is at fault.
  var line: Int?
  var what: String
  var fix: String

  init(line: Int? = nil, _ what: String, fix: String) {
    self.line = line
    self.what = what
    self.fix = fix
  }

  init(_ error: FormatError) {
    self.init(error.what, fix: error.fix)
  }
}
