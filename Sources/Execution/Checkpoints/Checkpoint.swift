import FileFormats
public import Inference
import SweepConfig

/// What a run has learned, in a file of its own: a safetensors file with a tensor for each parameter by its name, what follows from
/// them as its readers know it (the weights and covariances of a mixture), and all that rebuilds the model without its data.
///
/// The same run gives the same bytes: nothing of a clock or of a machine is in it. Its metadata are `format`, `run_id`, `seed`,
/// `model`, `family`, `precision`, `wb_version`, `configuration` (the resolved one, JSON), `data_width`, and where the data have
/// them `image_rows`, `image_columns`, `column_names` (JSON), and `center` and `scale`, the moments of `standardize` (JSON).
public struct Checkpoint: Sendable {
  static let format = "wb-checkpoint-1"

  public let runID: String
  public let seed: Int
  /// The version of wb that wrote it.
  public let wbVersion: String
  public let configuration: ConfigMapping
  public let trained: TrainedModel

  init(run: Run, trained: TrainedModel, wbVersion: String) {
    runID = run.id
    seed = run.seed
    configuration = run.cell.settings.configuration
    self.wbVersion = wbVersion
    self.trained = trained
  }

  /// The bytes of the file: singles where the run's precision is float32, else doubles.
  func file() -> [UInt8] {
    let blocks = trained.blocks.blocks.map { block in
      ExportedArray(block.name, block.dimensions, trained.values(of: block.name))
    }
    let names = Set(blocks.map(\.name))
    let readable = trained.model.exported(trained.parameters).filter { !names.contains($0.name) }
    let tensors = (blocks + readable).map { array in
      Safetensors.Tensor(
        name: array.name, shape: array.shape,
        values: trained.precision == .float32
          ? .float32(array.values.map(Float.init)) : .float64(array.values))
    }
    return Safetensors(tensors, metadata: metadata).file()
  }

  private var metadata: [String: String] {
    let shape = trained.shape
    var texts = [
      "format": Self.format, "run_id": runID, "seed": String(seed), "model": trained.modelName,
      "family": trained.familyName, "precision": trained.precision.rawValue, "wb_version": wbVersion,
      "configuration": canonicalJSON(configuration), "data_width": String(shape.width),
    ]
    if let image = shape.image {
      texts["image_rows"] = String(image.rows)
      texts["image_columns"] = String(image.columns)
    }
    if let names = shape.columnNames {
      texts["column_names"] = canonicalJSON(.list(names.map(ConfigValue.text)))
    }
    if let moments = trained.treatment.standardization {
      texts["center"] = canonicalJSON(.list(moments.mean.map(ConfigValue.number)))
      texts["scale"] = canonicalJSON(.list(moments.sd.map(ConfigValue.number)))
    }
    return texts
  }
}
