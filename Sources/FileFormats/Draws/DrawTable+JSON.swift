extension DrawTable {
  /// One object of names and arrays: one chain, its draws, and the variable's own dimensions. What is not finite is null.
  public var json: String {
    var text = "{"
    for (index, variable) in variables.enumerated() {
      text += index > 0 ? ",\n" : "\n"
      appendJSON(variable.name, to: &text)
      text += ": [["
      for draw in 0..<count {
        if draw > 0 { text += "," }
        append(variable, variable.columns[...], variable.dimensions[...], draw, to: &text)
      }
      text += "]]"
    }
    return text + "\n}\n"
  }

  private func append(
    _ variable: Variable, _ own: ArraySlice<Int>, _ dimensions: ArraySlice<Int>, _ draw: Int,
    to text: inout String
  ) {
    guard let length = dimensions.first else {
      for column in own { append(columns[column].values[draw], columns[column].isInteger, to: &text) }
      return
    }
    let width = own.count / max(1, length)
    text += "["
    for place in 0..<length {
      if place > 0 { text += "," }
      let start = own.startIndex + place * width
      append(variable, own[start..<start + width], dimensions.dropFirst(), draw, to: &text)
    }
    text += "]"
  }

  private func append(_ value: Double, _ isInteger: Bool, to text: inout String) {
    text += isInteger ? String(value.asInteger) : value.isFinite ? "\(value)" : "null"
  }
}
