/// Appends a JSON string in quotes; escapes only what must be (RFC 8259, section 7).
package func appendJSON(_ string: String, to text: inout String) {
  text += "\""
  for scalar in string.unicodeScalars {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case _ where scalar.value < 0x20:
      let code = String(scalar.value, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - code.count) + code
    default: text.unicodeScalars.append(scalar)
    }
  }
  text += "\""
}
