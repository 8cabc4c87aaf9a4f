public import Foundation

/// A picture that a model made, such as reconstructions: it comes from outside and goes into the report as it is.
public struct ReportImage: Sendable, Hashable {
  /// The stem of the file, which is `plots/NAME/NAME.png`: what is no ASCII letter, digit, dot, dash or underscore
  /// becomes a dash.
  public var name: String
  public var title: String
  /// What a reader must know to read the picture; below it.
  public var caption: String
  public var png: Data

  public init(name: String, title: String, caption: String, png: Data) {
    self.name = name
    self.title = title
    self.caption = caption
    self.png = png
  }
}
