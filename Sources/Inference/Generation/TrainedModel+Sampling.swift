import NumericArrays
import ReverseTape

extension TrainedModel {
  private static let latentsSlot = "latents"

  /// E[x given z] for latents row-major `[count, latents]`: row-major `[count, width]`.
  public func decode(_ latents: [Double]) -> [Double] {
    let latentCount = latentCount
    precondition(latents.count % latentCount == 0, "latents of whole data")
    let tape = Tape(draws: ChunkedProgram.chunk)
    let z = tape.slot(Slot(Self.latentsSlot, Shape(latentCount), .perDraw))
    return program(tape, [model.mean(z, theta(tape))]).values(
      latents.count / latentCount, [Self.latentsSlot: .numbers(latents)], precision)[0]
  }

  /// What a model generates: row-major `[count, width]`.
  public struct Samples: Sendable, Hashable {
    /// E[x given z].
    public let means: [Double]
    /// Draws from p(x given z); nil where the model draws none.
    public let draws: [Double]?
  }

  /// Data made of z drawn from p(z): those of sample i depend on the seed and i alone.
  public func sample(_ count: Int, seed: UInt64) -> Samples {
    let tape = Tape(draws: ChunkedProgram.chunk)
    let theta = theta(tape)
    let noise = GenerationNoise(latentCount: latentCount, width: shape.width, on: tape)
    let z = model.priorDraw(noise, theta) { x in
      let q = DatumPosterior(model, posterior, x, theta, beta: tape.constant(beta), source: .task, on: tape)
      guard let draw = q.draw else { preconditionFailure("a prior made of posteriors has an encoder") }
      return draw
    }
    let outputs = [model.mean(z, theta)] + [model.draw(z, noise, theta)].compactMap(\.self)
    let stream = NoiseStream(seed: seed, purpose: .generation)
    let values = program(tape, outputs).values(
      count,
      [
        BoundTape.noiseSlot: .normals(stream, step: 0),
        GenerationNoise.normalsSlot: .normals(stream, step: 1),
        GenerationNoise.uniformSlot: .uniforms(stream, step: 2),
        GenerationNoise.uniformsSlot: .uniforms(stream, step: 3),
      ], precision)
    return Samples(means: values[0], draws: values.count > 1 ? values[1] : nil)
  }

  /// E[x given z] where one latent after another takes each of some values and the others are 0: row-major
  /// `[latents, values, width]`.
  public func traverse(_ latents: [Int], over values: [Double]) -> [Double] {
    let latentCount = latentCount
    return decode(
      latents.flatMap { latent in
        values.flatMap { value in (0..<latentCount).map { $0 == latent ? value : 0 } }
      })
  }
}
