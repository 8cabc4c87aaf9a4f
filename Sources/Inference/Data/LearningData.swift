import NumericArrays

/// The data of a learned model, split: what it is fitted to and what it is watched and judged by.
public struct LearningData: Sendable {
  /// What a datum is: all that a model needs to know of the data before it is fitted to them.
  public struct Shape: Sendable, Hashable {
    public var width: Int
    public var image: DataArray.ImageSize?
    public var columnNames: [String]?
    /// A point amid the training data: sums of squares are taken around it, so that they lose nothing to data far
    /// from 0.
    public var center: [Double]

    /// - Parameter center: nil: the origin.
    public init(
      width: Int, image: DataArray.ImageSize? = nil, columnNames: [String]? = nil, center: [Double]? = nil
    ) {
      precondition(center.map { $0.count == width } ?? true, "a center of another width")
      self.width = width
      self.image = image
      self.columnNames = columnNames
      self.center = center ?? [Double](repeating: 0, count: width)
    }

    /// What to call a column, from 0.
    func name(ofColumn index: Int) -> String {
      columnNames.map { "column '\($0[index])'" } ?? "column \(index + 1)"
    }
  }

  public let shape: Shape
  public let treatment: DataTreatment
  public let training: DataRows
  public let validation: DataRows?
  public let test: DataRows?
  /// Whether the training data are zeros for the most part, so that products with them are worth walking the others: at
  /// 70 % they take half the time.
  package let isMostlyZero: Bool

  /// Chooses, splits and scales the data.
  ///
  /// - Parameter arrays: the arrays by the name of their option; `data` is among them.
  /// - Throws: a problem whose path starts at the model's options.
  public init(_ options: DataOptions, arrays: [String: DataArray]) throws(SettingsProblem) {
    guard let array = arrays["data"] else {
      throw SettingsProblem(
        path: [], what: "option 'data' is missing", fix: "add data: FILE (CSV, JSON, NPY or IDX)")
    }
    let training = try Self.chosen(array, options.features, option: "data")
    var shape = Shape(width: training.width, image: training.image, columnNames: training.columnNames)
    let split = try Self.split(training, options, given: Set(arrays.keys))

    var standardization: DataTreatment.Standardization?
    if options.standardize {
      let plain = DataRows(
        training, rows: split.training, center: nil, scale: [Double](repeating: 1, count: training.width),
        binarization: .none)
      let moments = plain.columnMoments
      if let constant = moments.variance.firstIndex(where: { !($0 > 0) }) {
        throw SettingsProblem(
          path: ["standardize"], what: "\(shape.name(ofColumn: constant)) of \(array.name) is constant",
          fix: "leave it out of features, or remove standardize")
      }
      standardization = DataTreatment.Standardization(
        mean: moments.mean, sd: moments.variance.map { $0.squareRoot() })
    }
    treatment = DataTreatment(options, width: training.width, standardization)
    self.training = treatment.rows(split.training, of: training)
    shape.center = self.training.typicalRow
    isMostlyZero = self.training.zeroShare >= 0.7
    self.shape = shape
    var heldOut: [String: DataRows] = [:]
    for (option, part) in [("validation", split.validation), ("test", split.test)] {
      if let part {
        heldOut[option] = treatment.rows(part, of: training)
      } else if let array = arrays[option] {
        let other = try Self.chosen(array, options.features, option: option)
        guard other.width == training.width, other.image == nil || other.image == training.image else {
          throw SettingsProblem(
            path: [option],
            what: "\(array.name) has rows of \(other.sizeInWords), and the training data of "
              + training.sizeInWords,
            fix: "give data of one size")
        }
        heldOut[option] = treatment.rows(nil, of: other)
      }
    }
    validation = heldOut["validation"]
    test = heldOut["test"]
  }

  /// The rows that a held-out option names, or the training rows where there are none: what latents are described on.
  var judged: DataRows { test ?? validation ?? training }

  /// The columns that `features` names, checked to be finite numbers.
  private static func chosen(_ array: DataArray, _ features: [String]?, option: String)
    throws(SettingsProblem) -> DataArray
  {
    guard array.rowCount > 0, array.width > 0 else {
      throw SettingsProblem(path: [option], what: "\(array.name) has no rows", fix: "give at least one")
    }
    let selected = try array.selecting(features)
    try selected.requireFiniteNumbers(option: option)
    return selected
  }

  private typealias Split = (training: [Int32]?, validation: [Int32]?, test: [Int32]?)

  /// The rows of each part, by a permutation that depends on nothing but their number.
  private static func split(_ array: DataArray, _ options: DataOptions, given: Set<String>)
    throws(SettingsProblem) -> Split
  {
    let fractions = [("validation", options.validationFraction), ("test", options.testFraction)]
    for (option, fraction) in fractions where fraction > 0 && given.contains(option) {
      throw SettingsProblem(
        path: [option + "_fraction"], what: "\(option) data and a fraction are both given",
        fix: "remove one of them")
    }
    guard fractions.contains(where: { $0.1 > 0 }) else { return (nil, nil, nil) }
    let counts = fractions.map { Int(($0.1 * Double(array.rowCount)).rounded()) }
    let held = counts[0] + counts[1]
    guard held < array.rowCount, zip(fractions, counts).allSatisfy({ $0.1 == 0 || $1 > 0 }) else {
      throw SettingsProblem(
        path: [], what: "of \(array.rowCount) rows the fractions leave a part without any",
        fix: "use fractions that give every part rows")
    }
    let order = NoiseStream(seed: 0, purpose: .data).permutation(count: array.rowCount, step: UInt64(1) << 63)
    let validation = counts[0] > 0 ? Array(order[..<counts[0]]) : nil
    let test = counts[1] > 0 ? Array(order[counts[0]..<held]) : nil
    return (Array(order[held...]), validation, test)
  }
}
