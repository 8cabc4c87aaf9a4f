/// Text as LaTeX takes it: no character of it is a command.
enum LaTeXText {
  static func escaped(_ text: String) -> String {
    VisibleText.escaped(text).map { character in
      switch character {
      case "\\": "\\textbackslash{}"
      case "{", "}", "$", "&", "#", "_", "%": "\\\(character)"
      case "^": "\\textasciicircum{}"
      case "~": "\\textasciitilde{}"
      case "<": "\\textless{}"
      case ">": "\\textgreater{}"
      case "|": "\\textbar{}"
      case "\"": "\\textquotedbl{}"
      case "'": "\\textquotesingle{}"
      case "`": "\\textasciigrave{}"
      // Two of them would become a dash.
      case "-": "{-}"
      case "[", "]", "*": "{\(character)}"
      default: String(character)
      }
    }.joined()
  }

  /// The same, with spaces that stay; a long word may break after its punctuation.
  static func code(_ text: String) -> String {
    escaped(text).replacing(" ", with: "~").replacing("/", with: "/\\allowbreak{}")
      .replacing(",", with: ",\\allowbreak{}")
  }

  /// The same in a table, where the spaces that align numbers stand behind them: digits are as wide as each other.
  static func cell(_ text: String) -> String {
    let trimmed = String(text.reversed().drop { $0 == " " }.reversed())
    let padding = text.count - trimmed.count
    return escaped(trimmed) + (padding > 0 ? "\\phantom{\(String(repeating: "0", count: padding))}" : "")
  }

  /// What pdfTeX has to be told of the characters of a text that its fonts do not have by themselves: those that it can be told
  /// something of by name, the others as their number.
  static func declarations(for text: String) -> String {
    let others = Set(
      text.unicodeScalars.filter { $0.value > 0x17F || ["²", "³", "·", "±", "×", "¹"].contains($0) })
    return others.sorted { $0.value < $1.value }.map { scalar in
      let code = String(scalar.value, radix: 16, uppercase: true)
      let shown =
        known[scalar].map { "\\ensuremath{\($0)}" } ?? plain[scalar] ?? "{\\footnotesize\\texttt{U+\(code)}}"
      return
        "\\DeclareUnicodeCharacter{\(String(repeating: "0", count: max(0, 4 - code.count)))\(code)}{\(shown)}"
    }.joined(separator: "\n")
  }

  private static let plain: [Unicode.Scalar: String] = [
    "–": "\\textendash{}", "—": "\\textemdash{}", "…": "\\ldots{}", "’": "'", "‘": "`", "“": "``", "”": "''",
  ]

  private static let known: [Unicode.Scalar: String] = [
    "α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\varepsilon", "θ": "\\theta",
    "λ": "\\lambda",
    "μ": "\\mu", "π": "\\pi", "ρ": "\\rho", "σ": "\\sigma", "τ": "\\tau", "φ": "\\varphi", "χ": "\\chi",
    "ψ": "\\psi",
    "ω": "\\omega", "Σ": "\\Sigma", "Δ": "\\Delta", "∞": "\\infty", "≤": "\\le", "≥": "\\ge", "≠": "\\ne",
    "≈": "\\approx",
    "∝": "\\propto", "−": "-", "√": "\\surd", "‖": "\\|", "→": "\\rightarrow", "∈": "\\in", "∫": "\\int",
    "²": "^2",
    "³": "^3", "¹": "^1", "·": "\\cdot", "±": "\\pm", "×": "\\times", "ᵢ": "{}_i", "₀": "{}_0", "₁": "{}_1",
    "₂": "{}_2",
  ]
}
