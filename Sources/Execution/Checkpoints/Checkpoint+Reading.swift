import FileFormats
import Inference
import SweepConfig

/// Why bytes are no checkpoint, as a clause.
struct CheckpointDamage: Error {
  var what: String
}

extension Checkpoint {
  /// Reads a file's bytes.
  init(file bytes: [UInt8]) throws(CheckpointDamage) {
    let tensors: Safetensors
    do throws(FormatError) {
      tensors = try Safetensors(file: bytes)
    } catch {
      throw CheckpointDamage(what: error.what)
    }
    let metadata = CheckpointMetadata(texts: tensors.metadata)
    let format = try metadata.text("format")
    guard format == Self.format else {
      throw CheckpointDamage(what: "its format is '\(format)', and this wb reads '\(Self.format)'")
    }
    runID = try metadata.text("run_id")
    seed = try metadata.integer("seed")
    wbVersion = try metadata.text("wb_version")
    configuration = try metadata.configuration("configuration")
    let values = Dictionary(
      uniqueKeysWithValues: tensors.tensors.map { tensor in
        switch tensor.values {
        case .float32(let values): (tensor.name, values.map(Double.init))
        case .float64(let values): (tensor.name, values)
        }
      })
    let shape = try metadata.shape(widest: values.values.map(\.count).max() ?? 0)
    let standardization = try metadata.standardization()
    do throws(SettingsProblems) {
      trained = try TrainedModel(
        configuration: configuration, shape: shape, standardization: standardization, values: values)
    } catch {
      throw CheckpointDamage(what: error.problems.first?.description ?? "its model cannot be built")
    }
    for block in trained.blocks.blocks where tensors[block.name]?.shape != block.dimensions {
      throw CheckpointDamage(what: "tensor '\(block.name)' has another shape than the model's")
    }
  }
}

/// The texts of a checkpoint, read as what they are.
private struct CheckpointMetadata {
  let texts: [String: String]

  func text(_ key: String) throws(CheckpointDamage) -> String {
    guard let text = texts[key] else { throw CheckpointDamage(what: "it lacks the metadata '\(key)'") }
    return text
  }

  func integer(_ key: String) throws(CheckpointDamage) -> Int {
    let text = try text(key)
    guard let number = Int(text), number >= 0 else {
      throw CheckpointDamage(what: "the metadata '\(key)' are '\(text)', not a number")
    }
    return number
  }

  func configuration(_ key: String) throws(CheckpointDamage) -> ConfigMapping {
    let text = try text(key)
    do throws(JSONProblem) {
      return try ConfigurationReader.configuration(text)
    } catch {
      throw CheckpointDamage(what: "the metadata '\(key)' are damaged: \(error.what)")
    }
  }

  /// A list in JSON; nil where there is none.
  private func list<Item>(_ key: String, _ item: (ConfigValue) -> Item?) throws(CheckpointDamage) -> [Item]? {
    guard let text = texts[key] else { return nil }
    do throws(JSONProblem) {
      let mapping = try ConfigurationReader.configuration("{\"list\":\(text)}")
      if case .list(let values) = mapping["list"] {
        let items = values.compactMap(item)
        if items.count == values.count { return items }
      }
    } catch {
      throw CheckpointDamage(what: "the metadata '\(key)' are damaged: \(error.what)")
    }
    throw CheckpointDamage(what: "the metadata '\(key)' are not a list of what they should be")
  }

  /// - Parameter widest: the elements of the largest tensor. Every model has a parameter as wide as a datum: what claims
  ///   to be wider is not built.
  func shape(widest: Int) throws(CheckpointDamage) -> LearningData.Shape {
    let width = try integer("data_width")
    guard width > 0 else { throw CheckpointDamage(what: "its data have no columns") }
    guard width <= widest else { throw CheckpointDamage(what: "no tensor is as wide as its data, \(width)") }
    var image: DataArray.ImageSize?
    if texts["image_rows"] != nil {
      let size = DataArray.ImageSize(rows: try integer("image_rows"), columns: try integer("image_columns"))
      guard size.rows.multipliedReportingOverflow(by: size.columns) == (width, false) else {
        throw CheckpointDamage(what: "images of \(size.rows) × \(size.columns) have not \(width) numbers")
      }
      image = size
    }
    let names = try list("column_names") { $0.asText }
    guard names.map({ $0.count == width }) ?? true else {
      throw CheckpointDamage(what: "there are \(names?.count ?? 0) column names for \(width) columns")
    }
    return LearningData.Shape(width: width, image: image, columnNames: names)
  }

  func standardization() throws(CheckpointDamage) -> DataTreatment.Standardization? {
    guard let mean = try list("center", { $0.asNumber }), let sd = try list("scale", { $0.asNumber }) else {
      return nil
    }
    return DataTreatment.Standardization(mean: mean, sd: sd)
  }
}
