import Foundation
import Inference
import SweepConfig
import Testing

@Suite("where data files are sought")
final class DataFoldersTests {
  private let root = FileManager.default.temporaryDirectory.appendingPathComponent(
    "folders-\(UUID().uuidString)")

  deinit { try? FileManager.default.removeItem(at: root) }

  private func write(_ text: String, to path: String) throws {
    let file = root.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// The sweep `sweeps/sweep.yaml`, or its error with `DIR` for the folder around it.
  private func load(_ dataLine: String, _ overrides: String..., environment: String? = nil) throws -> String {
    let text =
      "name: x\n\(dataLine)run: {model: {bayesian-linear-regression: {data: points.csv, target: y}}}\n"
    try write(text, to: "sweeps/sweep.yaml")
    do {
      let sweep = try Sweep.load(
        path: root.appendingPathComponent("sweeps/sweep.yaml").path, overrides: overrides,
        dataFolder: environment)
      return try #require(sweep.runs.first).id
    } catch let error as SweepError {
      return error.description.replacingOccurrences(of: root.path, with: "DIR")
    }
  }

  private let table = "x,y\n1,2\n2,3\n"
  private let other = "x,y\n5,2\n2,3\n"

  @Test("the sweep's folder comes before data_dir, and this before the environment's folder")
  func order() throws {
    let environment = root.appendingPathComponent("env").path
    try write("x,y\n1,1\n2,3\n", to: "env/points.csv")
    let third = try load("data_dir: ../data\n", environment: environment)
    try write("x,y\n1,2\n2,3\n", to: "data/points.csv")
    let second = try load("data_dir: ../data\n", environment: environment)
    try write("x,y\n1,3\n2,3\n", to: "sweeps/points.csv")
    let first = try load("data_dir: ../data\n", environment: environment)
    #expect([first, second, third].allSatisfy { $0.count == 16 }, "they are ids")
    #expect(Set([first, second, third]).count == 3)
  }

  @Test("the same data are the same run, wherever they lie and however their folder is given")
  func identity() throws {
    try write(table, to: "data/points.csv")
    let data = root.appendingPathComponent("data").path
    let ids = [
      try load("data_dir: ../data\n"), try load("data_dir: \(data)\n"), try load("", "data_dir=../data"),
      try load("data_dir: nowhere\n", "data_dir=../data"), try load("", environment: data),
      try load("data_dir: null\n", environment: data),
    ]
    try write(table, to: "sweeps/points.csv")
    let beside = try load("")
    #expect(beside.count == 16)
    #expect(ids.allSatisfy { $0 == beside })
  }

  @Test("a folder of the same name does not hide a file")
  func folderInTheWay() throws {
    try write("", to: "sweeps/points.csv/in.txt")
    #expect(
      try load("") == """
        DIR/sweeps/sweep.yaml:2:50: cannot read 'points.csv' (DIR/sweeps/points.csv): it is a folder; name a file in it
            run: {model: {bayesian-linear-regression: {data: points.csv, target: y}}}
                                                             ^
        """)
    try write(table, to: "data/points.csv")
    #expect(try load("data_dir: ../data\n").count == 16)
  }

  private let fix =
    "check the path, or give the folder that holds it, with data_dir: FOLDER in the sweep file or with WB_DATA=FOLDER"

  @Test("a file that is nowhere is named with the folders where it was sought")
  func missing() throws {
    try write("", to: "env/empty")
    #expect(
      try load("data_dir: ../data\n", environment: root.appendingPathComponent("env").path) == """
        DIR/sweeps/sweep.yaml:3:50: cannot read 'points.csv': there is no such file in DIR/sweeps, DIR/data (no such folder) or DIR/env; \(fix)
            run: {model: {bayesian-linear-regression: {data: points.csv, target: y}}}
                                                             ^
        """)
    #expect(
      try load("", environment: "") == """
        DIR/sweeps/sweep.yaml:2:50: cannot read 'points.csv': there is no such file in DIR/sweeps; \(fix)
            run: {model: {bayesian-linear-regression: {data: points.csv, target: y}}}
                                                             ^
        """)
  }

  private func message(_ path: String) -> String {
    do {
      return "no error: \(try DataFiles(besides: "/nowhere/sweep.yaml").array(at: path))"
    } catch {
      return error.description
    }
  }

  @Test("a missing file with the name of an MNIST file is told where such files come from")
  func mnist() {
    let origin =
      ". Such files come from the MNIST or Fashion-MNIST distribution; Debian's package dataset-fashion-mnist puts the latter into /usr/share/datasets/fashion-mnist"
    #expect(
      message("train-images-idx3-ubyte.gz")
        == "cannot read 'train-images-idx3-ubyte.gz': there is no such file in /nowhere (no such folder); \(fix)\(origin)"
    )
    #expect(
      message("/nowhere/train-images.idx3-ubyte")
        == "cannot read '/nowhere/train-images.idx3-ubyte': there is no such file; check the path\(origin)")
    #expect(
      message("/nowhere/x.npy") == "cannot read '/nowhere/x.npy': there is no such file; check the path")
  }

  @Test("a data_dir that is no path is refused at its place")
  func wrongFolder() throws {
    #expect(
      errorText("name: x\ndata_dir: [a, b]\nrun: {model: eight-schools}\n") == """
        sweep.yaml:2:11: data_dir is a list; use the path of a folder
            data_dir: [a, b]
                      ^
        """)
    #expect(
      errorText("name: x\nrun: {model: eight-schools}\n", ["data_dir="]) == """
        argument 'data_dir=': data_dir is empty; use the path of a folder
            data_dir=
                     ^
        """)
  }
}
