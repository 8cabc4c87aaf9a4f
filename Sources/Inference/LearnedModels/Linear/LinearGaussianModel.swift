import NumericArrays
import ReverseTape

/// A learned model whose core is linear and Gaussian: its conformers differ in their noise and their options alone.
protocol LinearGaussianModel: LearnedModel {
  var core: LinearGaussian { get }
}

extension LinearGaussianModel {
  public static var hasTractablePosterior: Bool { true }
  public var parameters: ParameterBlocks { core.parameters }
  public var dataWidth: Int { core.width }
  public var latentCount: Int { core.latentCount }
  public var tractable: (any TractableLatents)? { core }

  public func initialParameters(_ data: DataRows, noise: NoiseStream, start: Int) throws(DegenerateModel)
    -> [Double]
  {
    core.initialParameters(data, noise: noise, start: start)
  }

  /// A linear location and scales that all data share: the posterior's covariance does not depend on the datum
  /// (Lucas, Tucker, Grosse & Norouzi 2019, eq. 8).
  public func encoder(for family: any EncodedFamily) -> Encoder? {
    Encoder(
      affine: latentCount, width: core.width, center: "offset",
      parameterCount: family.parameterCount(dimension: latentCount))
  }

  public func logLikelihood(_ x: Traced, _ z: Traced, _ theta: ParameterView) -> Traced {
    core.logLikelihood(x, z, theta)
  }
  public func expectedLogLikelihood(_ x: Traced, _ q: LatentDistribution, _ theta: ParameterView) -> Traced? {
    q.gaussian.map { core.expectedLogLikelihood(x, $0, theta) }
  }
  public func logPrior(_ z: Traced, _ theta: ParameterView, encode: (Traced) -> Traced) -> Traced {
    StandardNormalLatents.logPrior(z)
  }
  public func expectedLogPrior(_ q: LatentDistribution, _ theta: ParameterView) -> Traced? {
    StandardNormalLatents.expectedLogPrior(q)
  }
  public func priorDivergence(_ q: LatentDistribution, _ theta: ParameterView) -> Traced? {
    StandardNormalLatents.divergence(q)
  }
  public func latentDivergences(_ q: LatentDistribution) -> Traced? {
    StandardNormalLatents.divergences(q)
  }
  public func mean(_ z: Traced, _ theta: ParameterView) -> Traced { core.mean(z, theta) }
  public func draw(_ z: Traced, _ noise: GenerationNoise, _ theta: ParameterView) -> Traced? {
    core.mean(z, theta) + core.variances(theta).squareRoot() * noise.normals
  }

  /// The eigenvalues of the maximum-likelihood covariance, descending: what the linear VAE's exact curve is made of.
  public func facts(_ data: DataRows) -> [MetricPoint] {
    guard core.width <= 512, let eigen = try? data.covariance.symmetricEigen() else { return [] }
    return eigen.values.sorted(by: >).enumerated().map {
      MetricPoint("covariance_eigenvalue", step: $0.offset + 1, $0.element)
    }
  }

  public func check(_ data: LearningData) throws(SettingsProblem) {
    if latentCount > core.width {
      throw SettingsProblem(
        path: ["latents"], what: "is \(latentCount), and a datum has only \(core.width) numbers",
        fix: "use at most \(core.width)")
    }
    guard case .perColumn = core.noise else { return }
    let variance = data.training.columnMoments.variance
    if let column = variance.firstIndex(where: { !($0 > 0) }) {
      throw SettingsProblem(
        path: ["data"],
        what: "\(data.shape.name(ofColumn: column)) is constant, so its noise variance has no maximum",
        fix: "leave it out with features")
    }
  }
}

extension DataRows {
  /// The maximum-likelihood covariance of the columns, divisor N, before binarisation.
  var covariance: Matrix {
    let mean = columnMoments.mean
    var sums = Matrix(rows: width, columns: width)
    for row in 0..<rowCount {
      let offset = (0..<width).map { self[row, $0] - mean[$0] }
      for i in 0..<width {
        for j in 0...i { sums[i, j] += offset[i] * offset[j] }
      }
    }
    for i in 0..<width {
      for j in 0...i {
        sums[i, j] /= Double(rowCount)
        sums[j, i] = sums[i, j]
      }
    }
    return sums
  }
}
