import Comparison
public import Foundation
public import Plotting
import Tracking

/// A sweep's answer: one page, in as many formats as are asked for, and its pictures.
public struct Report: Sendable {
  public var blocks: [DocumentBlock]
  /// Each goes into a folder `plots/NAME` of its own.
  public var drawings: [Drawing]
  /// Each goes to `plots/NAME/NAME.png`.
  public var images: [ReportImage]

  /// Composes the report. Verdict first, then what it rests on, then how to repeat it.
  public init(_ input: ReportInput, source: any RunSource) throws {
    let analysis = try ReportAnalysis(input)
    let learned = try LearnedValues(input.runs, source: source)
    let gaps = try ConvergenceSection.Gaps(input.runs, source)
    let pictures = try PicturesSection(analysis, source: source)
    let calibration = try CalibrationSection(analysis, source)
    drawings = pictures.drawings + calibration.drawings
    let made = ImagesSection(input.images, drawings: drawings)
    images = made.images
    blocks = OpeningSection.blocks(input) + VerdictSection.blocks(analysis, gaps)
    blocks += AskedSection.blocks(analysis) + GroupsSection.blocks(analysis)
    blocks += try HeldOutSection.blocks(analysis, learned)
    blocks += try TermsSection.blocks(analysis) + GapSection.blocks(analysis, gaps, source)
    blocks += calibration.blocks
    blocks += LatentsSection.blocks(analysis, learned)
    blocks += try CollapseSection.blocks(analysis, learned) + OptimaSection.blocks(analysis, source)
    blocks += pictures.blocks + made.blocks
    blocks += try TrustSection.blocks(analysis, gaps, source) + CostSection.blocks(analysis)
    blocks += SweepSection.blocks(input) + ProvenanceSection.blocks(input)
    blocks += ReproduceSection.blocks(analysis, kinds: pictures.kinds)
  }

  /// The page as markdown.
  public var markdown: String { MarkdownPage.render(blocks) }

  /// The page as LaTeX; its drawn pictures are PDF files.
  public var latex: String { LaTeXPage.render(blocks) }

  /// The page as one file of HTML.
  ///
  /// - Parameter folder: where its pictures have been drawn.
  public func html(besides folder: URL) -> String {
    HTMLPage.render(blocks) { picture, suffix in
      try? Data(contentsOf: folder.appendingPathComponent(picture.file(suffix)))
    }
  }

  /// Writes the page into `folder`, which is made where it is missing, and draws the pictures under `plots`.
  ///
  /// The page, the scripts and their data are complete also where gnuplot is missing and this throws; a page of HTML then
  /// says which pictures it lacks.
  public func write(to folder: URL, as formats: [ReportFormat] = [.markdown], gnuplot: Gnuplot = Gnuplot())
    throws
  {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let pictures = Set(formats.flatMap(\.pictures))
    let failure = try drawPictures(in: folder, PictureFormat.allCases.filter(pictures.contains), gnuplot)
    for format in formats {
      let text =
        switch format {
        case .markdown: markdown
        case .html: html(besides: folder)
        case .latex: latex
        }
      try Data(text.utf8).write(to: folder.appendingPathComponent(format.fileName))
    }
    if let failure { throw failure }
  }

  /// Why the first picture that could not be drawn was not; nil where all are there.
  private func drawPictures(
    in folder: URL, _ formats: [PictureFormat], _ gnuplot: Gnuplot
  ) throws -> (any Error)? {
    let plots = folder.appendingPathComponent("plots")
    for image in images {
      let place = plots.appendingPathComponent(image.name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try image.png.write(to: place.appendingPathComponent("\(image.name).png"))
    }
    var failure: (any Error)?
    for drawing in drawings {
      do {
        try gnuplot.draw(drawing, in: plots.appendingPathComponent(drawing.name), formats: formats)
      } catch {
        failure = failure ?? error
      }
    }
    return failure
  }
}
