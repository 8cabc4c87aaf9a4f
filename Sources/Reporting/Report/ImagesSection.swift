import Plotting

/// The pictures that models made: reconstructions, samples, a traversal of the latents.
struct ImagesSection {
  var blocks: [DocumentBlock] = []
  /// With names for files that no drawing has and that differ.
  var images: [ReportImage] = []

  init(_ given: [ReportImage], drawings: [Drawing]) {
    guard !given.isEmpty else { return }
    var taken = Set(drawings.map(\.name))
    blocks.append(.heading(2, "What the model makes"))
    for var image in given {
      let stem = Drawing.fileName(image.name)
      var number = 2
      image.name = stem
      while !taken.insert(image.name).inserted {
        image.name = "\(stem)-\(number)"
        number += 1
      }
      images.append(image)
      blocks.append(
        .picture(
          DocumentPicture(name: image.name, title: image.title, caption: image.caption, isDrawn: false)))
    }
  }
}
