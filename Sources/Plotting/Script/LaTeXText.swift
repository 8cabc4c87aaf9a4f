/// Text that LaTeX sets as text.
///
/// The ten characters that mean something to LaTeX become commands for themselves, so that no command, group or
/// comment of a label survives. What pdfLaTeX has no letter for becomes a formula where it is mathematics (β, −, ≤),
/// and its code point in brackets (`[U+6F22]`) elsewhere: a document must compile whatever a run is called.
package enum LaTeXText {
  /// The size of most text, in points; 13 in other pictures.
  static let size = 7

  /// The command for the size that stands to ``size`` as a font's does to 13 in other pictures: gnuplot lays a picture for
  /// LaTeX out for the sizes that it is told, but does not tell LaTeX.
  static func sizeCommand(pictureSize: Int) -> String {
    let points = (Double(size * pictureSize) / 13).rounded()
    return "\\fontsize{\(Int(points))}{\(Int(points * 1.2))}\\selectfont "
  }

  /// The text with the code points of what pdfLaTeX has no letter for.
  package static func spelled(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII || isLatin(scalar) || commands[scalar] != nil
        || greek.contains(where: { $0.0 == scalar })
      {
        result.unicodeScalars.append(scalar)
      } else {
        let code = String(scalar.value, radix: 16, uppercase: true)
        result += "[U+" + String(repeating: "0", count: max(4 - code.count, 0)) + code + "]"
      }
    }
    return result
  }

  /// A text that has been ``spelled(_:)``, as LaTeX source.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if let command = commands[scalar] {
        result += command
      } else if let index = greek.firstIndex(where: { $0.0 == scalar }) {
        result += "$\\\(greek[index].1)$"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The letters of Latin-1 and Latin Extended-A that every LaTeX since 2018 reads as UTF-8 with T1 or OT1 fonts.
  private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
    (0xC0...0x17E).contains(scalar.value) && scalar.properties.isAlphabetic
      && !"ÐÞðþĐđĦħĸĿŀŉŊŋŦŧſ".unicodeScalars.contains(scalar) && !"ĄąĘęĮįŲų".unicodeScalars.contains(scalar)
  }

  private static let commands: [Unicode.Scalar: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "_": "\\_",
    "%": "\\%", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}",
    // Letters of other shapes in the oldest fonts, and what ends gnuplot's literal.
    "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}", "\"": "{\\textquotedblright}",
    "'": "\\textquoteright{}", "`": "\\textasciigrave{}", "\u{2019}": "\\textquoteright{}",
    "\u{2018}": "\\textquoteleft{}", "“": "\\textquotedblleft{}", "”": "\\textquotedblright{}",
    "…": "\\ldots{}", "–": "--", "—": "---", "·": "$\\cdot$", "−": "$-$", "±": "$\\pm$", "×": "$\\times$",
    "≤": "$\\leq$", "≥": "$\\geq$", "≠": "$\\neq$", "≈": "$\\approx$", "∞": "$\\infty$",
    "→": "$\\rightarrow$",
    "‖": "$\\Vert$", "∈": "$\\in$", "√": "$\\surd$", "∂": "$\\partial$", "∇": "$\\nabla$", "°": "$^\\circ$",
    "²": "$^2$", "³": "$^3$", "½": "$\\frac12$", "ᵢ": "$_i$", "µ": "$\\mu$", "§": "\\S{}", "\u{A0}": "~",
  ]

  private static let greek: [(Unicode.Scalar, String)] = [
    ("α", "alpha"), ("β", "beta"), ("γ", "gamma"), ("δ", "delta"), ("ε", "varepsilon"), ("ζ", "zeta"),
    ("η", "eta"), ("θ", "theta"), ("κ", "kappa"), ("λ", "lambda"), ("μ", "mu"), ("ν", "nu"), ("ξ", "xi"),
    ("π", "pi"), ("ρ", "rho"), ("σ", "sigma"), ("τ", "tau"), ("φ", "varphi"), ("χ", "chi"), ("ψ", "psi"),
    ("ω", "omega"), ("Γ", "Gamma"), ("Δ", "Delta"), ("Θ", "Theta"), ("Λ", "Lambda"), ("Π", "Pi"),
    ("Σ", "Sigma"), ("Φ", "Phi"), ("Ψ", "Psi"), ("Ω", "Omega"),
  ]
}
