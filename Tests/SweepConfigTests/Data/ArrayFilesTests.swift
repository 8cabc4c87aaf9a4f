import FileFormats
import Foundation
import Inference
import SweepConfig
import Testing

@Suite("arrays")
struct ArrayFilesTests {
  private func array(_ content: some Sequence<UInt8>, _ name: String) throws -> DataArray {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("arrays-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(content).write(to: folder.appendingPathComponent(name))
    return try DataFiles(besides: folder.appendingPathComponent("sweep.yaml").path).array(at: name)
  }

  private func error(_ content: some Sequence<UInt8>, _ name: String) -> String {
    do {
      return "no error: \(try array(content, name))"
    } catch {
      return "\(error)"
    }
  }

  /// Two images of 1 × 3 pixels.
  private let twoImages: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 1, 2, 3, 4, 255]

  @Test("IDX images are rows of bytes with the size of the image")
  func images() throws {
    let array = try array(twoImages, "x-images-idx3-ubyte")
    #expect(array.name == "x-images-idx3-ubyte")
    #expect(array.rowCount == 2 && array.width == 3)
    #expect(array.storage == .bytes([0, 1, 2, 3, 4, 255]))
    #expect(array.image == DataArray.ImageSize(rows: 1, columns: 3))
    #expect(array.columnNames == nil && array.badCells.isEmpty)
    // sha256sum, the first 16 digits.
    #expect(array.digest == "ab736658243733f7")
  }

  @Test("what a file is, its first bytes tell whatever its name, and gzip hides nothing")
  func names() throws {
    let plain = try array(twoImages, "pixels.csv")
    #expect(plain.storage == .bytes([0, 1, 2, 3, 4, 255]))
    let numbers = NPYArray.file([1, 2] as [Double], shape: [2, 1])
    #expect(try array(numbers, "numbers.dat").storage == .numbers([1, 2]))
    // gzip.compress(IMAGES, mtime=0), Python 3.11.
    let zipped: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x63, 0x60, 0xE0, 0x60, 0x66, 0x60, 0x60,
      0x60, 0x02, 0x62, 0x46, 0x20, 0x66, 0x66, 0x60, 0x64, 0x62, 0x66, 0xF9, 0x0F, 0x00, 0xDC, 0xE0, 0x05,
      0x12, 0x16, 0x00, 0x00, 0x00,
    ]
    let unzipped = try array(zipped, "x-images-idx3-ubyte.gz")
    #expect(unzipped.storage == plain.storage && unzipped.digest == plain.digest)
  }

  @Test("labels are rows of one number")
  func labels() throws {
    let array = try array([0, 0, 8, 1, 0, 0, 0, 2, 7, 9], "labels-idx1-ubyte")
    #expect(array.rowCount == 2 && array.width == 1 && array.image == nil)
    #expect(array.storage == .bytes([7, 9]))
  }

  @Test("NPY dimensions after the first are flattened; three of them are images")
  func shapes() throws {
    let numbers = (0..<12).map(Double.init)
    let expected: [([Int], Int, DataArray.ImageSize?)] = [
      ([12], 1, nil), ([4, 3], 3, nil), ([2, 3, 2], 6, .init(rows: 3, columns: 2)), ([3, 2, 2, 1], 4, nil),
    ]
    for (shape, width, image) in expected {
      let array = try array(NPYArray.file(numbers, shape: shape), "a.npy")
      #expect(array.rowCount == shape[0] && array.width == width && array.image == image)
      #expect(array.storage == .numbers(numbers))
    }
  }

  @Test("the columns of a table stand side by side with their names, and bad cells are remembered")
  func table() throws {
    let array = try array("x,kind,y\n1,a,2\n3,b,NA\n5,c,\n".utf8, "iris.csv")
    #expect(array.rowCount == 3 && array.width == 3)
    #expect(array.columnNames == ["x", "kind", "y"])
    #expect((0..<3).map { array[$0, 0] } == [1, 3, 5])
    #expect(array[0, 2] == 2 && array[1, 2].isNaN && array[0, 1].isNaN)
    #expect(
      array.badCells == [
        1: DataTable.BadCell(location: "iris.csv:2", text: "a"),
        2: DataTable.BadCell(location: "iris.csv:3", text: "NA"),
      ])
    #expect(try self.array(#"{"x": [1, 2], "y": [3, 4]}"#.utf8, "a.json").storage == .numbers([1, 3, 2, 4]))
  }

  @Test("numbers of an NPY file that are not finite are remembered, the first of each column")
  func notFinite() throws {
    let array = try array(
      NPYArray.file([1, .nan, .infinity, 2, -.infinity, 3] as [Double], shape: [3, 2]), "a.npy")
    #expect(
      array.badCells == [
        0: DataTable.BadCell(location: "a.npy, row 2", text: "inf"),
        1: DataTable.BadCell(location: "a.npy, row 1", text: "nan"),
      ])
  }

  @Test("a file is read once")
  func once() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("arrays-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("a.csv")
    try Data("x\n1\n".utf8).write(to: file)
    let files = DataFiles(besides: folder.appendingPathComponent("sweep.yaml").path)
    let first = try files.array(at: "a.csv")
    try FileManager.default.removeItem(at: folder)
    #expect(try files.array(at: "a.csv") == first)
    #expect(throws: SettingsProblem.self) { try files.table(at: "a.csv") }
  }

  @Test(
    "what is wrong is said with the file's name",
    arguments: [
      (
        Array("x\n1\n".utf8), "a.npy",
        "the file begins with 78 0A 31 0A, as no NPY file does; check that it is the file you mean, and that it is NPY"
      ),
      (
        Array("x\n1\n".utf8), "train-images.idx3-ubyte",
        "the file begins with 78 0A 31 0A, as no IDX file does; check that it is the file you mean, and that it is IDX"
      ),
      (
        [0, 0, 8, 1, 0, 0, 0, 3, 1], "a.idx",
        "the IDX data are cut off: 11 bytes expected, 9 found; make the file again"
      ),
      (
        NPYArray.file([1] as [Double], shape: []), "a.npy",
        "the file holds a single number; use an array with a row for each datum"
      ),
      (
        NPYArray.file([] as [Float], shape: [3, 0]), "a.npy",
        "the array has no numbers: its shape is 3 × 0; use an array with a row for each datum"
      ),
      (
        NPYArray.file([] as [Float], shape: [0]), "a.npy",
        "the array has no numbers: its shape is 0; use an array with a row for each datum"
      ),
      ([0x50, 0x4B, 3, 4, 0, 0], "a.npz", "the file is binary; use NPY, IDX, CSV or JSON, plain or gzipped"),
      ([], "a.csv", "the file is empty; give it a header and rows"),
      ([0x1F, 0x8B, 8], "a.npy.gz", "the gzip data are damaged or cut off; make the file again"),
    ] as [([UInt8], String, String)])
  func wrongFile(_ content: [UInt8], _ name: String, _ expected: String) {
    #expect(error(content, name) == "\(name): \(expected)")
  }
}
