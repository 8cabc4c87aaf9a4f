/// Names that try to be more than names.
let hostileNames = [
  "it's", "a \"quoted\" name", "back\\slash", "line\nbreak", "carriage\rreturn", "tab\there",
  "'; system(\"touch pwned\"); '", "\"; system('touch pwned'); \"", "`touch pwned`", "$(touch pwned)",
  "@pwned", "| touch pwned", "< touch pwned", "a_b^c{/Bold x}", "100 %d %s", "\u{202E}evil\u{202C}",
  "\u{0}nul",
  "\u{1B}[31mred", "<svg onload=alert(1)>&amp;", "../../../etc/passwd", "", "-", "# comment", "…ünïcödé 漢字 🎉",
  String(repeating: "x", count: 10_000),
  // LaTeX.
  "\\input{/etc/passwd}", "\\immediate\\write18{touch pwned}", "}\\end{picture}\\input|\"touch pwned\"",
  "\\\\{}\\def\\x{y}\\x", "$\\int$ x_{1}^2 & y # z ~ %", "^^5cinput{x}", "\\csname input\\endcsname",
  // gnuplot again: macros, a literal that the label would end, formats of tics, the marks of labels inside a script.
  "@GPVAL_VERSION @ARG0", "''''", "%s%n%%d %1.0f", "\u{E000}\u{E001}x\u{E002}' system(\"touch pwned\") '",
  // Terminals: sixel, title and clipboard sequences, C1 controls, a bell, a form feed.
  "\u{1B}Pq#0;2;0;0;0~\u{1B}\\", "\u{1B}]0;pwned\u{7}", "\u{9B}31m\u{85}", "a\u{C}b\u{7}",
  // Right-to-left and invisible marks, and letters that join others.
  "\u{200F}\u{2066}x\u{2069}\u{200B}\u{FEFF}", "Z\u{351}\u{36B}a\u{343}l\u{363}go", "שלום",
  String(repeating: "\\", count: 200), String(repeating: "漢%", count: 40),
  "100 % of " + String(repeating: "é", count: 45),
]
