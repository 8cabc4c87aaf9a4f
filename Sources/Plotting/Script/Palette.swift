/// Colours that stay apart for every kind of colour vision (Okabe & Ito 2008), and dashes that stay apart in
/// grey print.
enum Palette {
  /// Without the palette's yellow, which vanishes on white.
  private static let colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#333333"]
  private static let dashes = ["solid", "(14,5)", "(4,3)", "(14,4,3,4)", "(8,3,8,6)"]

  /// The number of colours.
  static var count: Int { colors.count }

  static func color(_ index: Int) -> String {
    colors[index % colors.count]
  }

  static func dash(_ index: Int) -> String {
    dashes[index % dashes.count]
  }
}
