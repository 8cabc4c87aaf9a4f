import CKernels

/// The numbers by which C knows the elementwise functions.
extension Unary {
  var kernel: wb_kernel {
    switch self {
    case .negate: WB_NEGATE
    case .exp: WB_EXP
    case .log: WB_LOG
    case .log1p: WB_LOG1P
    case .expm1: WB_EXPM1
    case .squareRoot: WB_SQRT
    case .square: WB_SQUARE
    case .reciprocal: WB_RECIPROCAL
    case .tanh: WB_TANH
    case .sigmoid: WB_SIGMOID
    case .softplus: WB_SOFTPLUS
    case .sin: WB_SIN
    case .cos: WB_COS
    case .absolute: WB_ABS
    case .sign: WB_SIGN
    case .relu: WB_RELU
    case .step: WB_STEP
    case .logGamma: WB_LOG_GAMMA
    case .digamma: WB_DIGAMMA
    case .trigamma: WB_TRIGAMMA
    case .atan: WB_ATAN
    case .asin: WB_ASIN
    case .acos: WB_ACOS
    case .sinh: WB_SINH
    case .cosh: WB_COSH
    case .asinh: WB_ASINH
    case .acosh: WB_ACOSH
    case .atanh: WB_ATANH
    case .errorFunction: WB_ERF
    case .complementaryErrorFunction: WB_ERFC
    case .standardNormalCDF: WB_NORMAL_CDF
    case .logStandardNormalCDF: WB_LOG_NORMAL_CDF
    case .standardNormalScore: WB_NORMAL_SCORE
    case .standardNormalQuantile: WB_NORMAL_QUANTILE
    case .log1mExp: WB_LOG1M_EXP
    case .floor: WB_FLOOR
    case .ceil: WB_CEIL
    case .round: WB_ROUND
    case .truncate: WB_TRUNCATE
    case .cubeRoot: WB_CUBE_ROOT
    }
  }
}

extension Binary {
  var kernel: wb_kernel {
    switch self {
    case .add: WB_ADD
    case .subtract: WB_SUBTRACT
    case .multiply: WB_MULTIPLY
    case .divide: WB_DIVIDE
    case .meanSoftplus: WB_MEAN_SOFTPLUS
    case .meanSigmoid: WB_MEAN_SIGMOID
    case .meanSigmoidSlope: WB_MEAN_SIGMOID_SLOPE
    case .maximum: WB_MAXIMUM
    case .minimum: WB_MINIMUM
    case .atan2: WB_ATAN2
    case .power: WB_POWER
    case .powerExponentSlope: WB_POWER_EXPONENT_SLOPE
    case .gammaP: WB_GAMMA_P
    case .gammaQ: WB_GAMMA_Q
    case .gammaDensity: WB_GAMMA_DENSITY
    case .gammaShapeSlope: WB_GAMMA_SHAPE_SLOPE
    case .logGammaVariate: WB_LOG_GAMMA_VARIATE
    case .logGammaVariateShapeSlope: WB_LOG_GAMMA_VARIATE_SHAPE_SLOPE
    }
  }
}

extension Ternary {
  var kernel: wb_kernel {
    switch self {
    case .beta: WB_BETA_I
    case .betaFirstSlope: WB_BETA_FIRST_SLOPE
    case .betaSecondSlope: WB_BETA_SECOND_SLOPE
    case .betaDensity: WB_BETA_DENSITY
    }
  }
}
