/// How images of one size stand in a picture: side by side, with borders around and between them.
public struct ImageGrid: Hashable, Sendable {
  /// The height and width of an image, in numbers.
  public var rows: Int
  public var columns: Int
  /// The images of a line; the last line may have fewer.
  public var perRow: Int
  /// The pixels of a number, each way.
  public var scale: Int
  /// The pixels of a border.
  public var border: Int
  /// The shade of borders and empty places.
  public var borderShade: UInt8

  /// - Precondition: the sizes are above 0, the border from 0.
  public init(
    rows: Int, columns: Int, perRow: Int, scale: Int = 1, border: Int = 1, borderShade: UInt8 = 128
  ) {
    precondition(rows > 0 && columns > 0 && perRow > 0 && scale > 0 && border >= 0, "a grid of no size")
    self.rows = rows
    self.columns = columns
    self.perRow = perRow
    self.scale = scale
    self.border = border
    self.borderShade = borderShade
  }

  /// The picture of images one after another, of numbers from 0, black, to 1, white.
  ///
  /// Numbers outside are drawn as the nearer end, NaN as black.
  /// - Precondition: the numbers of at least one image, and of whole images.
  public func picture(of numbers: [Float]) -> PNGImage {
    picture(shades: numbers.map { Self.shade(Double($0)) })
  }

  /// The picture of images one after another, of numbers from 0, black, to 1, white.
  ///
  /// Numbers outside are drawn as the nearer end, NaN as black.
  /// - Precondition: the numbers of at least one image, and of whole images.
  public func picture(of numbers: [Double]) -> PNGImage {
    picture(shades: numbers.map(Self.shade))
  }

  private static func shade(_ number: Double) -> UInt8 {
    // `max` and `min` would pass a NaN on.
    guard number > 0 else { return 0 }
    return number < 1 ? UInt8((number * 255).rounded()) : 255
  }

  private func picture(shades: [UInt8]) -> PNGImage {
    let size = rows * columns
    precondition(!shades.isEmpty && shades.count % size == 0, "\(shades.count) numbers for images of \(size)")
    let count = shades.count / size
    let across = min(perRow, count)
    let down = (count + perRow - 1) / perRow
    let width = across * (columns * scale + border) + border
    let height = down * (rows * scale + border) + border
    var pixels = [UInt8](repeating: borderShade, count: width * height)
    for image in 0..<count {
      let top = border + image / perRow * (rows * scale + border)
      let left = border + image % perRow * (columns * scale + border)
      for y in 0..<rows * scale {
        let source = image * size + y / scale * columns
        let target = (top + y) * width + left
        for x in 0..<columns * scale { pixels[target + x] = shades[source + x / scale] }
      }
    }
    return PNGImage(width: width, height: height, pixels: pixels)
  }
}
