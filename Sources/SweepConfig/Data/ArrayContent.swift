import FileFormats
import Inference

/// The array in a file's content: NPY or IDX by what it begins with or by its name, else the columns of a table.
func dataArray(_ content: [UInt8], path: String, digest: String) throws(TableProblem) -> DataArray {
  let array: (shape: [Int], values: ArrayValues)?
  do throws(FormatError) {
    array = try numbers(content, name: unzippedName(path))
  } catch {
    throw TableProblem(error)
  }
  if let array { return try dataArray(shape: array.shape, values: array.values, path: path, digest: digest) }
  let columns = try tableColumns(content, path: path, accepted: "NPY, IDX, CSV or JSON")
  return dataArray(columns: columns, path: path, digest: digest)
}

/// The numbers of an NPY or IDX file; nil where it is neither.
private func numbers(_ content: [UInt8], name: String) throws(FormatError) -> (
  shape: [Int], values: ArrayValues
)? {
  if NPYArray.begins(content) || name.hasSuffix(".npy") {
    let array = try NPYArray(content)
    return (array.shape, array.values)
  }
  if IDXArray.begins(content) || name.hasSuffix("-ubyte") || name.hasSuffix(".idx") {
    let array = try IDXArray(content)
    return (array.shape, array.values)
  }
  return nil
}

/// The rows along the first dimension, the others flattened; images where there are two others.
private func dataArray(shape: [Int], values: ArrayValues, path: String, digest: String)
  throws(TableProblem) -> DataArray
{
  guard let rowCount = shape.first else {
    throw TableProblem("the file holds a single number", fix: "use an array with a row for each datum")
  }
  guard values.count > 0 else {
    throw TableProblem(
      "the array has no numbers: its shape is \(shape.map(String.init).joined(separator: " × "))",
      fix: "use an array with a row for each datum")
  }
  let width = values.count / rowCount
  let image = shape.count == 3 ? DataArray.ImageSize(rows: shape[1], columns: shape[2]) : nil
  switch values {
  case .bytes(let bytes):
    return DataArray(
      name: path, rowCount: rowCount, width: width, storage: .bytes(bytes), image: image, digest: digest)
  case .numbers(let numbers):
    return DataArray(
      name: path, rowCount: rowCount, width: width, storage: .numbers(numbers), image: image,
      badCells: badCells(of: numbers, width: width, path: path), digest: digest)
  }
}

/// The first number of each column that is not finite.
private func badCells(of numbers: [Double], width: Int, path: String) -> [Int: DataTable.BadCell] {
  var cells: [Int: DataTable.BadCell] = [:]
  for (index, number) in numbers.enumerated() where !number.isFinite && cells[index % width] == nil {
    cells[index % width] = DataTable.BadCell(
      location: "\(path), row \(index / width + 1)", text: String(number))
  }
  return cells
}

/// All columns of a table side by side.
private func dataArray(columns: [DataTable.Column], path: String, digest: String) -> DataArray {
  let rowCount = columns.first?.values.count ?? 0
  var numbers = [Double](repeating: 0, count: rowCount * columns.count)
  var badCells: [Int: DataTable.BadCell] = [:]
  for (place, column) in columns.enumerated() {
    badCells[place] = column.firstBadCell
    for (row, value) in column.values.enumerated() { numbers[row * columns.count + place] = value }
  }
  return DataArray(
    name: path, rowCount: rowCount, width: columns.count, storage: .numbers(numbers),
    columnNames: columns.map(\.name), badCells: badCells, digest: digest)
}
