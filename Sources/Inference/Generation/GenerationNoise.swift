public import ReverseTape

/// The random numbers that a fitted model makes a datum of, a set for each draw.
public struct GenerationNoise {
  static let uniformSlot = "generation_uniform"
  static let normalsSlot = "generation_normals"
  static let uniformsSlot = "generation_uniforms"

  /// Standard normals `[latents]`.
  public let latentNormals: Traced
  /// A uniform in [0, 1), for a choice.
  public let latentUniform: Traced
  /// Standard normals `[width]`.
  public let normals: Traced
  /// Uniforms in [0, 1) `[width]`.
  public let uniforms: Traced

  init(latentCount: Int, width: Int, on tape: Tape) {
    latentNormals = tape.slot(Slot(BoundTape.noiseSlot, Shape(latentCount), .perDraw))
    latentUniform = tape.slot(Slot(Self.uniformSlot, .scalar, .perDraw))
    normals = tape.slot(Slot(Self.normalsSlot, Shape(width), .perDraw))
    uniforms = tape.slot(Slot(Self.uniformsSlot, Shape(width), .perDraw))
  }
}
