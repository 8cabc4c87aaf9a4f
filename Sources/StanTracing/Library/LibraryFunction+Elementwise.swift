import Foundation
import StanLanguage

extension LibraryFunction {
  /// Functions of each element (Stan Functions Reference, "Real-valued basic functions").
  static let elementwise: [LibraryFunction] = [
    each("exp") { $0.exp },
    each("log") { $0.log },
    each("sqrt") { $0.squareRoot },
    each("square") { $0.squared },
    each("inv") { 1 / $0 },
    each("inv_sqrt") { 1 / $0.squareRoot },
    each("inv_square") { 1 / $0.squared },
    each("log1p") { $0.log1p },
    each("log1m") { $0.log1m },
    each("expm1") { $0.map(.expm1) },
    each("log1p_exp") { $0.softplus },
    each("log1m_exp") { $0.map(.log1mExp) },
    each("exp2") { (Foundation.log(2) * $0).exp },
    each("log2") { (1 / Foundation.log(2)) * $0.log },
    each("log10") { (1 / Foundation.log(10)) * $0.log },
    each("logit") { $0.log - $0.log1m },
    each("inv_logit") { $0.sigmoid },
    each("log_inv_logit") { -(-$0).softplus },
    each("log1m_inv_logit") { -$0.softplus },
    each("cloglog") { (-$0.log1m).log },
    each("inv_cloglog") { -(-$0.exp).map(.expm1) },
    each("inv_Phi") { $0.map(.standardNormalQuantile) },
    each("Phi") { $0.map(.standardNormalCDF) },
    each("std_normal_log_qf") { $0.exp.map(.standardNormalQuantile) },
    // Bowling et al. (2009), eq. 7.
    each("Phi_approx") { (0.07056 * $0.squared * $0 + 1.5976 * $0).sigmoid },
    each("erf") { $0.map(.errorFunction) },
    each("erfc") { $0.map(.complementaryErrorFunction) },
    each("abs") { $0.absolute },
    each("fabs") { $0.absolute },
    each("sin") { $0.map(.sin) },
    each("cos") { $0.map(.cos) },
    each("tan") { $0.map(.tangent) },
    each("asin") { $0.map(.arcsine) },
    each("acos") { $0.map(.arccosine) },
    each("atan") { $0.map(.arctangent) },
    each("sinh") { $0.map(.hyperbolicSine) },
    each("cosh") { $0.map(.hyperbolicCosine) },
    each("tanh") { $0.map(.tanh) },
    each("asinh") { $0.map(.inverseHyperbolicSine) },
    each("acosh") { $0.map(.inverseHyperbolicCosine) },
    each("atanh") { $0.map(.inverseHyperbolicTangent) },
    each("cbrt") { $0.map(.cubeRoot) },
    each("floor") { $0.map(.floor) },
    each("ceil") { $0.map(.ceiling) },
    each("round") { $0.map(.round) },
    each("trunc") { $0.map(.truncate) },
    each("step") { $0.map(.stepAtZero) },
    each("int_step") { $0.map(.stepAtZero) },
    each("lgamma") { $0.logGamma },
    each("tgamma") { $0.logGamma.exp },
    each("digamma") { $0.map(.digamma) },
    each("is_nan") { $0.map(.isNaN) },
    each("is_inf") { $0.map(.isInfinite) },
    each("minus") { -$0 },
  ]

  /// Functions of pairs of elements.
  static let pairwise: [LibraryFunction] = [
    LibraryFunction("pow") { tracer, values, range throws(StanDiagnostic) in
      try tracer.combined(.elementwisePower, values[0], values[1], at: range)
    },
    pair("fmax") { $0.maximum($1) },
    pair("fmin") { $0.minimum($1) },
    pair("fdim") { ($0 - $1).maximum($0.constant(0)) },
    pair("fmod") { $0.zip(.remainder, $1) },
    pair("hypot") { ($0.squared + $1.squared).squareRoot },
    pair("atan2") { $0.zip(.arctangent2, $1) },
    pair("beta") { $0.logBeta($1).exp },
    pair("lbeta") { $0.logBeta($1) },
    pair("lchoose") { $0.logChoose($1) },
    pair("choose") { $0.logChoose($1).exp.map(.round) },
    pair("binomial_coefficient_log") { $0.logChoose($1) },
    pair("lmultiply") { $0 * $1.log },
    pair("multiply_log") { $0 * $1.log },
    pair("log_diff_exp") { $0 + ($1 - $0).map(.log1mExp) },
    pair("gamma_p") { $0.incompleteGamma($1, .lower) },
    pair("gamma_q") { $0.incompleteGamma($1, .upper) },
    pair("ldexp") { $0 * (Foundation.log(2) * $1).exp },
    pair("log_falling_factorial") { ($0 + 1).logGamma - ($0 - $1 + 1).logGamma },
    pair("falling_factorial") { (($0 + 1).logGamma - ($0 - $1 + 1).logGamma).exp },
    pair("log_rising_factorial") { ($0 + $1).logGamma - $0.logGamma },
    pair("rising_factorial") { (($0 + $1).logGamma - $0.logGamma).exp },
    LibraryFunction("fma") { tracer, values, range throws(StanDiagnostic) in
      let product = try tracer.combined(.elementwiseMultiply, values[0], values[1], at: range)
      return try tracer.combined(.add, product, values[2], at: range)
    },
    LibraryFunction("lmgamma") { tracer, values, range throws(StanDiagnostic) in
      let k = try integer(values, 0, range)
      let x = Quantity(tracer: tracer, value: try numeric(values, 1, range))
      var sum = x.constant(0.25 * Double(k * (k - 1)) * Foundation.log(.pi))
      for j in 0..<max(0, k) { sum = sum + (x - 0.5 * Double(j)).logGamma }
      return .numeric(sum.value)
    },
  ]
}
