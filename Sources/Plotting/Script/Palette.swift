/// Colours that stay apart for every kind of colour vision (Okabe & Ito 2008), and dashes and marks that stay apart in
/// grey print.
///
/// In grey the colours fall into four levels of CIE lightness, about 46, 55 to 62, 71 and 21, so that colour alone tells
/// no two lines apart for sure: what has a colour of its own has a mark of its own too.
enum Palette {
  /// Without the palette's yellow, which vanishes on white.
  private static let colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#333333"]
  private static let dashes = ["solid", "(14,5)", "(4,3)", "(14,4,3,4)", "(8,3,8,6)"]
  /// Discs, squares, triangles up and down, diamonds, pentagons, crosses.
  private static let marks = [7, 5, 9, 11, 13, 15, 2]

  /// The number of colours.
  static var count: Int { colors.count }

  static func color(_ index: Int) -> String {
    colors[index % colors.count]
  }

  static func dash(_ index: Int) -> String {
    dashes[index % dashes.count]
  }

  /// gnuplot's number of the mark that goes with the colour.
  static func mark(_ index: Int) -> Int {
    marks[index % marks.count]
  }
}
