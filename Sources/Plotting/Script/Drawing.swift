import Foundation

/// A figure as text: a gnuplot script and the data that it reads, in one folder.
public struct Drawing: Sendable, Hashable {
  /// The stem of every file: `NAME.gp`, `NAME-1.dat`, `NAME.svg`, `NAME.png`.
  public var name: String
  /// In pixels of an SVG that is 960 wide.
  var height: Int
  /// The lines below which a picture of text would leave out labels of its rows.
  var textLines: Int
  /// From top to bottom; most figures have one.
  var panels: [Panel]
  /// Contents by file name, in the order in which the script reads them.
  public var data: [DataFile]

  public struct DataFile: Sendable, Hashable {
    public var name: String
    public var contents: String

    public init(name: String, contents: String) {
      self.name = name
      self.contents = contents
    }
  }

  /// One pair of axes.
  struct Panel: Sendable, Hashable {
    var settings: [String]
    /// The layers of the plot, the lowest first.
    var plot: [String]
  }

  package init(
    name: String, height: Int = 100, textLines: Int = 0, settings: [String], plot: [String], data: [DataFile]
  ) {
    self.init(name: name, height: height, panels: [Panel(settings: settings, plot: plot)], data: data)
    self.textLines = textLines
  }

  init(name: String, height: Int, panels: [Panel], data: [DataFile]) {
    self.name = name
    self.height = height
    self.textLines = 0
    self.panels = panels
    self.data = data
  }

  /// The stem that a picture of this name has: ASCII letters, digits, dots, dashes and underscores alone.
  public static func fileName(_ name: String) -> String { GnuplotText.fileName(name) }
}

// MARK: - The script

extension Drawing {
  /// The script that draws the picture as SVG and as PNG.
  public var script: String { script(for: PictureFormat.usual) }

  /// The script that draws the picture in each of the formats.
  public func script(for formats: [PictureFormat]) -> String {
    var lines = ["# Redraw \(Self.pictures(formats.count)) with: gnuplot \(name).gp", "set encoding utf8"]
    for reader in [GnuplotText.Reader.nobody, .latex] {
      let terminals = formats.map { ($0, $0.terminal(height: height)) }.filter { $0.1.reader == reader }
      guard !terminals.isEmpty else { continue }
      if lines.count > 2 { lines.append("reset") }
      lines += drawn(
        terminals.map { [$1.setting, "set output '\($0.files(of: name)[0])'"] }, for: reader)
    }
    return (lines + ["set output"]).joined(separator: "\n") + "\n"
  }

  /// The script that draws the picture for a terminal, into a file.
  func script(for picture: TerminalPicture, output: String) -> String {
    let terminal = picture.settings(height: height, textLines: textLines) + ["set output '\(output)'"]
    let lines = ["set encoding utf8"] + drawn([terminal], for: .nobody) + ["set output"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The same picture once on every terminal.
  private func drawn(_ terminals: [[String]], for reader: GnuplotText.Reader) -> [String] {
    if let panel = panels.first, panels.count == 1 {
      let commands = terminals.enumerated().flatMap { index, terminal in
        terminal + (panel.plot.isEmpty ? [] : [index == 0 ? Self.plot(panel) : "replot"])
      }
      return (panel.settings + commands).map { GnuplotText.rendered($0, for: reader) }
    }
    let plots = panels.flatMap { ["reset"] + $0.settings + [Self.plot($0)] }
      .map { GnuplotText.rendered($0, for: reader) }
    return terminals.flatMap { $0 + ["set multiplot"] + plots + ["unset multiplot"] }
  }

  private static func plot(_ panel: Panel) -> String {
    "plot " + panel.plot.joined(separator: ", \\\n  ")
  }

  private static func pictures(_ count: Int) -> String {
    switch count {
    case 1: "the picture"
    case 2: "both pictures"
    default: "the pictures"
    }
  }

  /// A number as gnuplot reads it.
  static func text(_ value: Double) -> String {
    "\(value)"
  }
}
