/// What is done to rows before they are modelled: scaled and binarised, whichever file they come from.
public struct DataTreatment: Sendable, Hashable {
  /// The moments that `standardize` takes from the training data, by column.
  public struct Standardization: Sendable, Hashable {
    public var mean: [Double]
    public var sd: [Double]

    public init(mean: [Double], sd: [Double]) {
      self.mean = mean
      self.sd = sd
    }
  }

  /// nil where the columns are only divided.
  public let standardization: Standardization?
  /// What numbers are divided by where they are not standardised.
  public let divisor: Double
  private let width: Int
  public let binarization: Binarization

  /// - Precondition: the moments are those of `width` columns.
  init(_ options: DataOptions, width: Int, _ standardization: Standardization?) {
    precondition(
      standardization.map { $0.mean.count == width && $0.sd.count == width } ?? true,
      "moments for every column")
    self.standardization = standardization
    divisor = options.divideBy
    self.width = width
    binarization = options.binarize
  }

  /// Rows of an array, or all of them for nil.
  func rows(_ rows: [Int32]?, of array: DataArray) -> DataRows {
    DataRows(
      array, rows: rows, center: standardization?.mean,
      scale: standardization?.sd ?? [Double](repeating: divisor, count: width), binarization: binarization)
  }

  /// All rows of further data, the columns chosen by the names of the training data's where both have names.
  ///
  /// - Throws: where the data have another size, or a number that is not finite.
  public func rows(of array: DataArray, shape: LearningData.Shape) throws(SettingsProblem) -> DataRows {
    var array = array
    if let names = shape.columnNames, let own = array.columnNames, Set(own).isSuperset(of: names) {
      array = try array.selecting(names)
    }
    guard array.width == shape.width, array.image == nil || shape.image == nil || array.image == shape.image
    else {
      throw SettingsProblem(
        path: [],
        what: "\(array.name) has rows of \(array.sizeInWords), and the model was fitted to rows of "
          + shape.sizeInWords,
        fix: "give data of that size")
    }
    do throws(SettingsProblem) {
      try array.requireFiniteNumbers(option: "")
    } catch {
      throw SettingsProblem(path: [], what: error.what, fix: "every number must be finite")
    }
    return rows(nil, of: array)
  }

  /// Rows of numbers as they were before they were standardised; other treatments are left as they are.
  public func unstandardized(_ numbers: [Double]) -> [Double] {
    guard let standardization else { return numbers }
    return numbers.enumerated().map { index, number in
      number * standardization.sd[index % width] + standardization.mean[index % width]
    }
  }
}

extension LearningData.Shape {
  /// `28 × 28 numbers` for images, `4 numbers` else.
  var sizeInWords: String {
    image.map { "\($0.rows) × \($0.columns) numbers" } ?? "\(width) \(width == 1 ? "number" : "numbers")"
  }
}
