import NumericArrays

extension RunSettings {
  /// φ of one of a seed's starts: 0 is where the run itself starts; the others are as wide, and lie around it.
  ///
  /// Latents start uniformly within `spread` of the location that the run is told, or of 0 where its start is fitted, as Stan starts them on the
  /// unconstrained scale (Stan Reference Manual, "Initialization"): around the fitted one there would be no other mode. Learned models
  /// start by their own rule with other noise.
  ///
  /// - Throws: where a model degenerates there.
  func start(seed: UInt64, number: Int, spread: Double) throws(DegenerateModel) -> [Double] {
    if number == 0 { return try start(seed: seed) }
    switch task {
    case .inference(let task):
      let stream = NoiseStream(seed: seed, purpose: .dispersedStart)
      let uniforms = stream.uniforms(count: task.model.dimension, step: UInt64(number) << 32)
      let center = task.start.center(dimension: task.model.dimension)
      let own = task.start.gaussian(for: task.family)
      let count = task.family.parameterCount(for: task.model)
      return task.family.parameters(
        near: own.moved(to: zip(center, uniforms).map { $0 + spread * (2 * $1 - 1) }), model: task.model,
        noise: stream.normals(dimension: count, draws: 1, step: UInt64(number)))
    case .learning(let task):
      let stream = NoiseStream(seed: seed ^ (UInt64(number) << 32), purpose: .dispersedStart)
      return try task.initialParameters(noise: stream, start: 0)
    case .program: preconditionFailure("a program starts elsewhere")
    }
  }
}

extension FitStart {
  /// Where it is told to be; 0 where it is fitted, from where it is sought.
  fileprivate func center(dimension: Int) -> [Double] {
    switch self {
    case .given(let gaussian): gaussian.mean
    case .fitted: [Double](repeating: 0, count: dimension)
    }
  }
}
