import Inference
import Testing

/// A maximum of a mixture's likelihood: weights, means and covariances in the order in which they are exported.
struct MixtureReference: Sendable, CustomTestStringConvertible {
  var model: LearnedCase
  var logLikelihood: Double
  var weights: [Double]
  var means: [Double]
  var covariances: [Double]

  var testDescription: String { model.testDescription }
}

/// Two components of Old Faithful from means at (2, 55) and (4.3, 80), variances 1 and 100, and equal weights.
func faithfulMixture(_ covariance: String) -> LearnedCase {
  LearnedCase(
    testDescription: "\(covariance) mixture of Old Faithful",
    configuration: [
      "gaussian-mixture": [
        "data": .text(faithful.name), "covariance": .text(covariance), "start": "given",
        "start_means": [2, 55, 4.3, 80], "start_variances": [1, 100],
      ]
    ], arrays: [faithful.name: faithful])
}

/// Three components of iris from means near those of the species.
func irisMixture(_ covariance: String) -> LearnedCase {
  irisModel(
    "gaussian-mixture",
    [
      "components": 3, "covariance": .text(covariance), "start": "given",
      "start_means": [5, 3.4, 1.5, 0.2, 5.9, 2.8, 4.3, 1.3, 6.6, 3, 5.6, 2],
      "start_variances": [0.7, 0.2, 3, 0.6],
    ])
}

/// Where scikit-learn 1.9.1 ends: `GaussianMixture(K, covariance_type=…, reg_covar=0, tol=0, max_iter=4000,
/// means_init=…, weights_init=1/K, precisions_init=1/variances)`, for spherical 1 / their mean; `score_samples(X).sum()`.
let mixtureReferences = [
  MixtureReference(
    model: faithfulMixture("full"), logLikelihood: -1130.2639601847416,
    weights: [
      0.3558728571, 0.6441271429,
    ],
    means: [
      2.036388455, 54.47851638, 4.289661973, 79.96811517,
    ],
    covariances: [
      0.06916767256, 0.4351676244, 0.4351676244, 33.69728207, 0.1699684357, 0.9406093193, 0.9406093193,
      36.04621132,
    ]),
  MixtureReference(
    model: faithfulMixture("tied"), logLikelihood: -1140.186759437082,
    weights: [
      0.3592478485, 0.6407521515,
    ],
    means: [
      2.046195087, 54.59651386, 4.296032248, 80.0362177,
    ],
    covariances: [
      0.1327766, 0.7515170766, 0.7515170766, 35.17054472,
    ]),
  MixtureReference(
    model: faithfulMixture("diagonal"), logLikelihood: -1147.8063525378159,
    weights: [
      0.3565167363, 0.6434832637,
    ],
    means: [
      2.037915672, 54.49295375, 4.29107049, 79.98562155,
    ],
    covariances: [
      0.07033675047, 33.75584632, 0.1681511197, 35.77335124,
    ]),
  MixtureReference(
    model: faithfulMixture("spherical"), logLikelihood: -1709.5292821774215,
    weights: [
      0.3670505818, 0.6329494182,
    ],
    means: [
      2.097675728, 54.74289371, 4.293913406, 80.26494121,
    ],
    covariances: [
      17.35173449, 15.99882885,
    ]),
  MixtureReference(
    model: irisMixture("full"), logLikelihood: -180.18547713130337,
    weights: [
      0.3333333333, 0.2991931877, 0.3674734789,
    ],
    means: [
      5.006, 3.428, 1.462, 0.246, 5.914969588, 2.777843647, 4.201553226, 1.296966853, 6.544548649,
      2.94866115, 5.479553435, 1.984604953,
    ],
    covariances: [
      0.121764, 0.097232, 0.016028, 0.010124, 0.097232, 0.140816, 0.011464, 0.009112, 0.016028, 0.011464,
      0.029556, 0.005948, 0.010124, 0.009112, 0.005948, 0.010884, 0.275318782, 0.09694138144, 0.184662393,
      0.05439073973, 0.09694138144, 0.09264604137, 0.09114317419, 0.0429973474, 0.184662393, 0.09114317419,
      0.2006304135, 0.06097847059, 0.05439073973, 0.0429973474, 0.06097847059, 0.03199695405, 0.387044294,
      0.09220792075, 0.302811731, 0.06165104854, 0.09220792075, 0.1103377023, 0.08428757916, 0.05601150313,
      0.302811731, 0.08428757916, 0.3277973586, 0.07453004419, 0.06165104854, 0.05601150313, 0.07453004419,
      0.08579773344,
    ]),
  MixtureReference(
    model: irisMixture("tied"), logLikelihood: -256.3540431255831,
    weights: [
      0.3333333333, 0.329607571, 0.3370590957,
    ],
    means: [
      5.006, 3.428, 1.462, 0.246, 5.942320945, 2.760759667, 4.258687047, 1.319195042, 6.574611759,
      2.98078109, 5.5390025, 2.024916902,
    ],
    covariances: [
      0.2639350454, 0.08985130927, 0.1696562392, 0.03933904956, 0.08985130927, 0.1119487702, 0.05112306089,
      0.02998024517, 0.1696562392, 0.05112306089, 0.1865275215, 0.04197304642, 0.03933904956,
      0.02998024517, 0.04197304642, 0.03971381297,
    ]),
  MixtureReference(
    model: irisMixture("diagonal"), logLikelihood: -306.86046050621314,
    weights: [
      0.3333333333, 0.3051483137, 0.361518353,
    ],
    means: [
      5.006, 3.428, 1.462, 0.246, 5.834612311, 2.700113712, 4.222487711, 1.304415783, 6.622746921,
      3.017084781, 5.482935086, 1.98964465,
    ],
    covariances: [
      0.121764, 0.140816, 0.029556, 0.010884, 0.2288310102, 0.08702029126, 0.2254159918, 0.03482484602,
      0.324623652, 0.08270077669, 0.326850744, 0.08508278761,
    ]),
  MixtureReference(
    model: irisMixture("spherical"), logLikelihood: -384.3140950608249,
    weights: [
      0.3333333339, 0.4139398421, 0.252726824,
    ],
    means: [
      5.006, 3.427999998, 1.462000003, 0.2460000014, 5.905212988, 2.748867575, 4.402605953, 1.43262356,
      6.84637944, 3.073677906, 5.730506279, 2.074624902,
    ],
    covariances: [
      0.07575500151, 0.1632694137, 0.1629283309,
    ]),
]
