import FileFormats
import Inference

/// Images of a model's data side by side.
struct ImageSheet {
  /// What is no image is as grey as the borders.
  private static let blank = 0.5
  /// Pictures are about so wide, in pixels.
  private static let width = 560

  private let size: DataArray.ImageSize
  private let trained: TrainedModel

  init(_ size: DataArray.ImageSize, of trained: TrainedModel) {
    self.size = size
    self.trained = trained
  }

  /// Images one after another, in lines.
  ///
  /// - Parameter numbers: as the model has them, image by image.
  func picture(_ numbers: [Double], perRow: Int) -> PNGImage {
    let scale = max(1, min(16, Self.width / (perRow * size.columns)))
    let grid = ImageGrid(rows: size.rows, columns: size.columns, perRow: perRow, scale: scale)
    return grid.picture(of: shades(numbers))
  }

  /// Lines of originals, each above the line of what became of them.
  func pairs(_ originals: [Double], _ others: [Double], perRow: Int) -> PNGImage {
    let width = size.rows * size.columns
    let line = perRow * width
    var numbers: [Double] = []
    let shades = shades(originals + others)
    let (above, below) = (shades[..<originals.count], shades[originals.count...])
    for start in stride(from: 0, to: originals.count, by: line) {
      let end = min(start + line, originals.count)
      let rest = [Double](repeating: Self.blank, count: start + line - end)
      numbers += above[start..<end] + rest
      numbers += below[below.startIndex + start..<below.startIndex + end] + rest
    }
    let scale = max(1, min(16, Self.width / (perRow * size.columns)))
    return ImageGrid(rows: size.rows, columns: size.columns, perRow: perRow, scale: scale).picture(
      of: numbers)
  }

  /// The numbers from 0, black, to 1, white.
  ///
  /// Numbers that were divided or binarised lie there; others are black at 0 and white at the largest.
  private func shades(_ numbers: [Double]) -> [Double] {
    let treatment = trained.treatment
    let plain = treatment.unstandardized(numbers)
    let isIntensity =
      treatment.binarization != .none || (treatment.standardization == nil && treatment.divisor != 1)
    let white = isIntensity ? 1 : plain.reduce(1) { $1 > $0 ? $1 : $0 }
    return plain.map { $0 / white }
  }
}
