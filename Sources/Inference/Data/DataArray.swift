/// Rows of numbers of one width: the data of a learned model, free of files and formats.
public struct DataArray: Hashable, Sendable {
  /// The numbers, row-major: as they came, so that images take a byte a pixel.
  public enum Storage: Hashable, Sendable {
    case bytes([UInt8])
    case numbers([Double])

    public var count: Int {
      switch self {
      case .bytes(let values): values.count
      case .numbers(let values): values.count
      }
    }
  }

  /// The height and width of the images that the rows hold.
  public struct ImageSize: Hashable, Sendable {
    public var rows: Int
    public var columns: Int

    public init(rows: Int, columns: Int) {
      self.rows = rows
      self.columns = columns
    }
  }

  /// What to call the data in messages: the path as the sweep file writes it.
  public var name: String
  public let rowCount: Int
  /// The numbers of a row.
  public let width: Int
  public let storage: Storage
  /// Where the rows are images.
  public var image: ImageSize?
  /// The names of the columns, where the data are a table.
  public var columnNames: [String]?
  /// The first cell of each column, from 0, that is not a finite number: for the error when the column is used.
  /// Such a cell is NaN, or infinite where the file says so.
  public var badCells: [Int: DataTable.BadCell]
  /// A digest of the file's content, so that a run's identity changes when its data do.
  public var digest: String

  /// - Precondition: the storage holds `rowCount × width` numbers, and an image's pixels are the width.
  public init(
    name: String, rowCount: Int, width: Int, storage: Storage, image: ImageSize? = nil,
    columnNames: [String]? = nil, badCells: [Int: DataTable.BadCell] = [:], digest: String
  ) {
    precondition(storage.count == rowCount * width, "\(storage.count) numbers for \(rowCount) × \(width)")
    precondition(image.map { $0.rows * $0.columns == width } ?? true, "an image of another size than a row")
    self.name = name
    self.rowCount = rowCount
    self.width = width
    self.storage = storage
    self.image = image
    self.columnNames = columnNames
    self.badCells = badCells
    self.digest = digest
  }

  /// A number of a row.
  public subscript(row: Int, column: Int) -> Double {
    switch storage {
    case .bytes(let values): Double(values[row * width + column])
    case .numbers(let values): values[row * width + column]
    }
  }
}
