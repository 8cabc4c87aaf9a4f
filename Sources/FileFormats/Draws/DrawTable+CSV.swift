extension DrawTable {
  /// The draws as CmdStan writes them: comments, a line of names, a line for each draw.
  ///
  /// - Parameter comments: what stands before the names, without `# `; of more lines than one, all but the first are lost.
  public func csv(comments: [String]) -> String {
    var text = ""
    for comment in comments { text += "# \(comment.prefix { !$0.isNewline })\n" }
    text += columns.map(\.name).joined(separator: ",") + "\n"
    for draw in 0..<count {
      for (index, column) in columns.enumerated() {
        if index > 0 { text += "," }
        let value = column.values[draw]
        text += column.isInteger ? String(value.asInteger) : "\(value)"
      }
      text += "\n"
    }
    return text
  }
}
