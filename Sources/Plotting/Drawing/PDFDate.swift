import Foundation

/// The date in a PDF that cairo wrote: the one thing in it that is not of the picture.
enum PDFDate {
  private static let key = Data("/CreationDate (D:".utf8)
  /// As reproducible builds have it where no date is meant.
  private static let epoch = Data("19700101000000Z".utf8)

  /// Puts the beginning of 1970 where the date stands, so that the same drawing gives the same bytes.
  static func erase(in file: URL) throws(PlottingError) {
    do {
      var bytes = try Data(contentsOf: file)
      guard let place = bytes.range(of: key, options: .backwards),
        bytes.distance(from: place.upperBound, to: bytes.endIndex) > epoch.count,
        // Of the same length, or the table of places in the file would be wrong.
        bytes[place.upperBound + epoch.count] == UInt8(ascii: ")")
      else { return }
      bytes.replaceSubrange(place.upperBound..<place.upperBound + epoch.count, with: epoch)
      try bytes.write(to: file)
    } catch {
      throw .fileNotWritten(path: file.path, reason: error.localizedDescription)
    }
  }
}
