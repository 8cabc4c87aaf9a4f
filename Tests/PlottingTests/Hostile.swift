/// Names that try to be more than names.
let hostileNames = [
  "it's", "a \"quoted\" name", "back\\slash", "line\nbreak", "carriage\rreturn", "tab\there",
  "'; system(\"touch pwned\"); '", "\"; system('touch pwned'); \"", "`touch pwned`", "$(touch pwned)",
  "@pwned", "| touch pwned", "< touch pwned", "a_b^c{/Bold x}", "100 %d %s", "\u{202E}evil\u{202C}",
  "\u{0}nul",
  "\u{1B}[31mred", "<svg onload=alert(1)>&amp;", "../../../etc/passwd", "", "-", "# comment", "…ünïcödé 漢字 🎉",
  String(repeating: "x", count: 10_000),
]
