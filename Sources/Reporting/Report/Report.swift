import Comparison
public import Foundation
public import Plotting
import Tracking

/// A sweep's answer: one markdown page and its pictures.
public struct Report: Sendable {
  public var markdown: String
  /// Each goes into a folder `plots/NAME` of its own.
  public var drawings: [Drawing]
  /// Each goes to `plots/NAME/NAME.png`.
  public var images: [ReportImage]

  /// Composes the report. Verdict first, then what it rests on, then how to repeat it.
  public init(_ input: ReportInput, source: any RunSource) throws {
    let analysis = try ReportAnalysis(input)
    let learned = try LearnedValues(input.runs, source: source)
    let pictures = try PicturesSection(analysis, source: source)
    let made = ImagesSection(input.images, drawings: pictures.drawings)
    drawings = pictures.drawings
    images = made.images
    let sections = [
      OpeningSection.markdown(input), VerdictSection.markdown(analysis), GroupsSection.markdown(analysis),
      try HeldOutSection.markdown(analysis, learned), TermsSection.markdown(analysis),
      LatentsSection.markdown(analysis, learned), try CollapseSection.markdown(analysis, learned),
      try OptimaSection.markdown(analysis, source), pictures.markdown, made.markdown,
      try TrustSection.markdown(analysis, source), CostSection.markdown(input),
      SweepSection.markdown(input), ProvenanceSection.markdown(input),
      ReproduceSection.markdown(analysis, learnedKinds: pictures.learnedKinds),
    ]
    markdown = sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// Writes `report.md` into `folder`, which is made where it is missing, and draws the pictures under `plots`.
  ///
  /// The page, the scripts and their data are complete also where gnuplot is missing and this throws.
  public func write(to folder: URL, gnuplot: Gnuplot = Gnuplot()) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(markdown.utf8).write(to: folder.appendingPathComponent("report.md"))
    let plots = folder.appendingPathComponent("plots")
    for image in images {
      let place = plots.appendingPathComponent(image.name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try image.png.write(to: place.appendingPathComponent("\(image.name).png"))
    }
    var failure: (any Error)?
    for drawing in drawings {
      do {
        try gnuplot.draw(drawing, in: plots.appendingPathComponent(drawing.name))
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }
}
