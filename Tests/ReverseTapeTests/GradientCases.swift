import ReverseTape
import Testing

struct GradientCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var count = 4
  /// Where the arguments are drawn from.
  var range: ClosedRange<Double> = -2...2
  var body: @Sendable (Traced, Traced) -> Traced
}

private let weights: [Double] = [0.3, -1.2, 0.7, 2.1, -0.4, 0.9, 1.5, -0.8]

let gradientCases = unaryCases + binaryCases + matrixCases + otherCases

let unaryCases: [GradientCase] = [
  GradientCase(testDescription: "negate") { x, e in -x * e },
  GradientCase(testDescription: "exp") { x, e in x.exp() * e },
  GradientCase(testDescription: "log", range: 0.2...3) { x, e in x.log() * e },
  GradientCase(testDescription: "log1p", range: -0.7...3) { x, e in x.log1p() * e },
  GradientCase(testDescription: "expm1") { x, e in x.expm1() * e },
  GradientCase(testDescription: "squareRoot", range: 0.2...3) { x, e in x.squareRoot() * e },
  GradientCase(testDescription: "square") { x, e in x.square() * e },
  GradientCase(testDescription: "reciprocal", range: 0.3...3) { x, e in (1 / x) * e },
  GradientCase(testDescription: "tanh") { x, e in x.tanh() * e },
  GradientCase(testDescription: "sigmoid") { x, e in x.sigmoid() * e },
  GradientCase(testDescription: "softplus") { x, e in x.softplus() * e },
  GradientCase(testDescription: "sin") { x, e in x.sin() * e },
  GradientCase(testDescription: "cos") { x, e in x.cos() * e },
  GradientCase(testDescription: "absolute", range: 0.5...2) { x, e in (x - 3.5).absolute() * e },
  GradientCase(testDescription: "relu", range: 0.5...2) { x, e in (x - 1.1).relu() * e },
  GradientCase(testDescription: "logGamma", range: 0.3...6) { x, e in x.logGamma() * e },
  GradientCase(testDescription: "digamma", range: 0.3...6) { x, e in x.digamma() * e },
  GradientCase(testDescription: "atan") { x, e in (2 * x).atan() * e },
  GradientCase(testDescription: "asin", range: -0.9...0.9) { x, e in x.asin() * e },
  GradientCase(testDescription: "acos", range: -0.9...0.9) { x, e in x.acos() * e },
  GradientCase(testDescription: "sinh") { x, e in x.sinh() * e },
  GradientCase(testDescription: "cosh") { x, e in x.cosh() * e },
  GradientCase(testDescription: "asinh") { x, e in x.asinh() * e },
  GradientCase(testDescription: "acosh", range: 1.2...4) { x, e in x.acosh() * e },
  GradientCase(testDescription: "atanh", range: -0.8...0.8) { x, e in x.atanh() * e },
  GradientCase(testDescription: "errorFunction") { x, e in x.errorFunction() * e },
  GradientCase(testDescription: "complementaryErrorFunction") { x, e in
    x.complementaryErrorFunction() * e
  },
  GradientCase(testDescription: "standardNormalCDF") { x, e in x.standardNormalCDF() * e },
  GradientCase(testDescription: "logStandardNormalCDF", range: -9...3) { x, e in
    x.logStandardNormalCDF() * e
  },
  GradientCase(testDescription: "standardNormalScore", range: -9...3) { x, e in
    x.mapped(.standardNormalScore) * e
  },
  GradientCase(testDescription: "standardNormalQuantile", range: 0.1...0.9) { x, e in
    x.standardNormalQuantile() * e
  },
  GradientCase(testDescription: "log1mExp", range: -4 ... -0.1) { x, e in x.log1mExp() * e },
  GradientCase(testDescription: "floor") { x, e in x.floor() * x * e },
  GradientCase(testDescription: "ceil") { x, e in x.ceil() * x * e },
  GradientCase(testDescription: "round") { x, e in x.round() * x * e },
  GradientCase(testDescription: "truncate") { x, e in x.truncate() * x * e },
  GradientCase(testDescription: "cubeRoot", range: 0.2...3) { x, e in (x - 3.5).cubeRoot() * e },
]

let binaryCases: [GradientCase] = [
  GradientCase(testDescription: "maximum") { x, e in (x * e).maximum(x[1]) * x },
  GradientCase(testDescription: "minimum") { x, e in x[2].minimum(x * e) * x },
  GradientCase(testDescription: "atan2") { x, e in x.atan2(e) + (x * e).atan2(x[1] - 3) },
  GradientCase(testDescription: "power", range: 0.3...2) { x, e in
    x.power(x[1] + e) + x[3].power(x) * e + (x - 2.5).power(x.tape.constant(3)) * e
  },
  GradientCase(testDescription: "powerExponentSlope", range: 0.3...2) { x, e in
    x.combined(.powerExponentSlope, x[1] + e) + x[3].combined(.powerExponentSlope, x) * e
  },
  GradientCase(testDescription: "gammaP", range: 0.3...4) { x, e in
    Traced.regularizedGammaP(x, x[1] * e.square()) + Traced.regularizedGammaP(x[2], x) * e
  },
  GradientCase(testDescription: "gammaQ", range: 0.3...4) { x, e in
    Traced.regularizedGammaQ(x, x[1] * e.square()) + Traced.regularizedGammaQ(x[2], x) * e
  },
  GradientCase(testDescription: "gammaDensity", range: 0.3...4) { x, e in
    x.combined(.gammaDensity, x[1] * e.square()) + x[2].combined(.gammaDensity, x) * e
  },
  GradientCase(testDescription: "logGammaVariate", range: 0.3...4) { x, e in
    Traced.logGammaVariate(x, x[1] * e) + Traced.logGammaVariate(x[2] + e.square(), x - 2) * e
  },
  GradientCase(testDescription: "incomplete beta function", range: 0.3...4) { x, e in
    Traced.regularizedBeta(x, x[1] * e.square() + 0.1, x[2] / 5)
      + Traced.regularizedBeta(x[3], x[0], x / 5) * e
  },
]

let otherCases: [GradientCase] = [
  GradientCase(testDescription: "add, a scalar broadcast") { x, e in (x + x[1]) * e },
  GradientCase(testDescription: "draws as columns") { x, e in
    let columns = (x * e).drawsAsColumns()
    return columns.logSumExpRows() * x + columns.sumRows()[1]
  },
  GradientCase(testDescription: "columns as draws") { x, e in
    (x * e).drawsAsColumns().exp().columnsAsDraws() * e
  },
  GradientCase(testDescription: "subtract, a scalar broadcast") { x, e in (x[2] - x) * e },
  GradientCase(testDescription: "multiply, shared by per draw") { x, e in x * (x * e) },
  GradientCase(testDescription: "divide", range: 0.5...2) { x, e in e / x + x[0] / (x * e.square() + 1) },
  GradientCase(testDescription: "mean of softplus, by mean and variance", range: 0.2...3) { x, e in
    Traced.meanSoftplus(mean: x - 1.5, variance: x.square()) * e
  },
  GradientCase(testDescription: "sum of elements") { x, e in (x * e).sum().square() },
  GradientCase(testDescription: "sum over draws") { x, e in (x * e).sumOverDraws().square() },
  GradientCase(testDescription: "mean over draws of a shared value") { x, e in x.meanOverDraws() * x },
  GradientCase(testDescription: "overlapping slices") { x, e in
    (x[0..<3] * x[1..<4]).sum() * x[2] * e.sum()
  },
  GradientCase(testDescription: "concatenate and reshape") { x, e in
    let both = Traced.concatenated([x * e, x[0..<2], e[1..<3] * x[3]])
    return both.reshaped(Shape(2, 4)).square().sum()
  },
  GradientCase(testDescription: "gather and scatter") { x, e in
    let gathered = (x * e).gathered([3, 0, 0, 2, 1, 3])
    return (gathered.square().scattered([0, 1, 1, 2, 0, 2], into: Shape(3)) * x[0..<3]).sum()
  },
  GradientCase(testDescription: "expand") { x, e in
    x[1].expanded(to: Layout(Shape(4), .perDraw)).square() * e
  },
  GradientCase(testDescription: "product with a traced matrix, per draw") { x, e in
    x.reshaped(Shape(2, 2)).times(e[0..<2] * x[0..<2]).square().sum()
  },
  GradientCase(testDescription: "transposed product") { x, e in
    x.reshaped(Shape(2, 2)).transposedTimes(e[1..<3] * x[2..<4]).square().sum()
  },
  GradientCase(testDescription: "product with a constant matrix") { x, e in
    x.tape.constant(weights, Shape(2, 4)).times(x * e).square().sum()
  },
  GradientCase(testDescription: "product of shared matrices") { x, e in
    let a = x.reshaped(Shape(2, 2))
    return a.times(a).square().sum()
  },
  GradientCase(testDescription: "outer product") { x, e in
    (x[0..<2] * e[0..<2]).outerProduct(x * e).square().sum()
  },
  GradientCase(testDescription: "inverse of a positive-definite matrix") { x, e in
    let a = x.reshaped(Shape(2, 2))
    let identity = x.tape.constant([1, 0, 0, 1], Shape(2, 2))
    let inverse = (identity + a.transposedTimes(a)).inverse()
    return inverse.times(x[1..<3]).square().sum() * e[0]
  },
  GradientCase(testDescription: "log-determinant of a positive-definite matrix") { x, e in
    let a = x.reshaped(Shape(2, 2))
    let identity = x.tape.constant([1, 0, 0, 1], Shape(2, 2))
    return (identity + a.transposedTimes(a)).logDeterminant().square() * e[0]
  },
  GradientCase(testDescription: "silu") { x, e in x.silu() * e },
  GradientCase(testDescription: "log-sum-exp, per draw and shared") { x, e in
    (x * e).logSumExp().square() + (3 * x).logSumExp()
  },
  GradientCase(testDescription: "log-sum-exp of rows, per draw and shared") { x, e in
    let matrix = x.reshaped(Shape(2, 2))
    return ((matrix * e.reshaped(Shape(2, 2))).logSumExpRows().square() * e[1..<3]).sum()
      + ((3 * matrix).logSumExpRows() * x[1..<3]).sum()
  },
  GradientCase(testDescription: "tan", range: -1.2...1.2) { x, e in x.tan() * e },
  GradientCase(testDescription: "log-softmax") { x, e in ((x * e).logSoftmax() * x).sum() },
  GradientCase(testDescription: "sums of rows, per draw and shared") { x, e in
    let matrix = x.reshaped(Shape(2, 2))
    return (matrix * e.reshaped(Shape(2, 2))).sumRows().square().sum() + (matrix.sumRows() * x[1..<3]).sum()
  },
  GradientCase(testDescription: "repeated columns, per draw and shared") { x, e in
    let weights = x.tape.constant(weights, Shape(4, 2))
    let own = (x * e).repeatedColumns(2) * weights
    return own.square().sum() + (weights.addingToColumns(x).square() * weights).sum()
  },
  GradientCase(testDescription: "unit triangle of each draw times a vector") { x, e in
    let triangle = x[0..<3] * e[1..<4]
    return triangle.unitLowerTimes(x[1..<4]).square().sum()
      + triangle.unitLowerTimes(x[1..<4] * e[0..<3]).square().sum()
  },
  GradientCase(testDescription: "unit triangle of two rows of each draw") { x, e in
    (x[0] * e[1]).unitLowerTimes(x[2..<4] * e[0..<2]).square().sum()
  },
  GradientCase(testDescription: "shared unit triangle times a vector") { x, e in
    x[0..<3].unitLowerTimes(x[1..<4] * e[0..<3]).square().sum()
  },
  GradientCase(testDescription: "shared unit triangle, transposed, times a matrix") { x, e in
    let columns = (x * e).reshaped(Shape(2, 2))
    return x[1].unitTriangleTimes(columns, transposed: true).square().sum() * x[3]
  },
  GradientCase(testDescription: "strict outer product, per draw and shared") { x, e in
    let drawn = (x[0..<3] * e[1..<4]).strictOuterProduct(x[1..<4].square() * e[0..<3])
    return drawn.square().sum() + (x[0..<3].strictOuterProduct(x[1..<4]) * drawn).sum()
  },
  GradientCase(testDescription: "composition of unit triangles", count: 12) { x, e in
    let composed = x[0..<6].composedUnitLower(x[6..<12])
    return (composed.square() * x[3..<9]).sum() * e[0]
  },
  GradientCase(testDescription: "composition with a constant unit triangle") { x, e in
    let constant = x.tape.constant([0.3, -1.2, 0.7])
    let both = constant.composedUnitLower(x[0..<3]) + x[1..<4].composedUnitLower(constant)
    return (both.unitLowerTimes(e[0..<3]) * constant).square().sum()
  },
  GradientCase(testDescription: "gather, scatter, slice and concatenate matrices of each draw") { x, e in
    let matrix = (x * e).reshaped(Shape(2, 2))
    let gathered = matrix.gathered([3, 1, 0, 3, 2, 1], Shape(3, 2)).square()
    let scattered = gathered.scattered([2, 0, 1, 1, 3, 5], into: Shape(2, 3))
    let joined = Traced.concatenated([matrix, scattered, x.reshaped(Shape(2, 2))]).reshaped(Shape(7, 2))
    return (joined[3..<11].reshaped(Shape(4, 2)) * joined[6..<14].reshaped(Shape(4, 2))).sumRows().square()
  },
  GradientCase(testDescription: "product of a shared matrix with a matrix of each draw") { x, e in
    let matrix = x.reshaped(Shape(2, 2))
    return matrix.times((x * e).reshaped(Shape(2, 2))).square().sum()
      + matrix.transposedTimes((x * e).reshaped(Shape(2, 2))).square().sum()
  },
]
