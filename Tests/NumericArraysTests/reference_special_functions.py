"""The expected values of special functions, by mpmath 1.3 with 60 digits (Python 3).

    python Tests/NumericArraysTests/reference_special_functions.py

prints the tables of NumericArraysTests/Statistics/SpecialFunctionReference.swift and of
ReverseTapeTests/SpecialFunctionReference.swift: a function, its arguments, its value. Slopes in shapes are differences over
1e-20 with 80 digits.
"""

from mpmath import *

mp.dps = 60


def normal_cdf(x):
    return erfc(-x / sqrt(2)) / 2


def log_normal_cdf(x):
    return log(normal_cdf(x)) if x < 5 else log1p(-normal_cdf(-x))


def normal_quantile(p):
    if 2 * p > 1:
        return -normal_quantile(1 - p)
    start = -sqrt(-2 * log(p)) if p < 0.05 else (p - mpf(1) / 2) * 2.5
    return findroot(lambda x: log(normal_cdf(x)) - log(p), start)


def gamma_p(a, x):
    return gammainc(a, 0, x, regularized=True)


def gamma_q(a, x):
    return gammainc(a, x, inf, regularized=True)


def log_gamma_variate(a, normal):
    level = log_normal_cdf(normal) if normal < 0 else log_normal_cdf(-normal)

    def excess(y):
        # Where x is below the rounding of 60 digits, P is its first term.
        lower = a * y - loggamma(a + 1)
        if y < -150:
            return (lower if normal < 0 else log(-expm1(lower))) - level
        return log(gamma_p(a, exp(y)) if normal < 0 else gamma_q(a, exp(y))) - level

    low, high = mpf(-3000), log(a + 12 * sqrt(a) + 50)
    mp.dps = 20
    while high - low > 1e-6:
        y = (low + high) / 2
        low, high = (y, high) if (excess(y) < 0) == (normal < 0) else (low, y)
    mp.dps = 60
    return findroot(excess, (low, high))


def log_gamma_variate_slope(a, y):
    x = exp(y)
    in_shape = slope(lambda s: gamma_p(s, x), a) if x < a else -slope(lambda s: gamma_q(s, x), a)
    return -in_shape / exp(a * y - x - loggamma(a))


def beta_i(a, b, x):
    return betainc(a, b, 0, x, regularized=True)


def slope(f, x):
    mp.dps = 80
    h = mpf(10) ** -20
    value = (f(x + h) - f(x - h)) / (2 * h)
    mp.dps = 60
    return value


gammas = [(0.001, 1e-5), (0.001, 0.7), (0.3, 1.1), (0.9, 3), (1, 2.5), (2.5, 0.1), (2.5, 40), (9.9, 10.2), (61, 6.1),
          (150.5, 160.25), (1000, 990), (25000, 25500)]
variates = [(0.001, -1), (0.02, 2.5), (0.3, -3), (0.9, 0.5), (1, 0), (2.5, -7.5), (2.5, 6), (9.9, 0.001), (61, -2), (150.5, 1.5),
            (1000, -8), (25000, 3)]
betas = [(0.01, 0.02, 0.3), (0.5, 0.5, 0.999), (1, 3, 0.25), (2.5, 1.5, 1e-6), (3, 40, 0.1), (40, 3, 0.97), (120.5, 80.25, 0.61),
         (0.3, 315.5, 0.0015), (1000, 2000, 0.334), (7, 5, 0.999999)]
tails = [-37.5, -20.25, -8, -3.3, -1, -0.6, -0.1, 0.0003, 0.4, 1.1, 2.9, 6]

tape = {
    "atan": (atan, [-1e9, -3, -1.3, -0.7, 1e-9, 0.3, 0.45, 0.9, 1.9, 2.5, 77]),
    "asin": (asin, [-1, -0.95, -0.3, 1e-10, 0.1, 0.6, 0.999999999]),
    "acos": (acos, [-1, -0.95, -0.3, 0.1, 0.6, 0.999999999]),
    "sinh": (sinh, [-710, -30.5, -1.2, -0.4, 1e-9, 0.1, 3, 25.5, 709.9]),
    "cosh": (cosh, [-710, -30.5, -1.2, -0.4, 1e-9, 0.1, 3, 25.5, 709.9]),
    "asinh": (asinh, [-1e300, -100, -0.3, 1e-12, 0.01, 1.5, 1e9]),
    "acosh": (acosh, [1.0000000001, 1.2, 3.5, 1e5, 1e300]),
    "atanh": (atanh, [-0.9999, -0.4, 1e-11, 0.01, 0.6, 0.9999999]),
    "errorFunction": (erf, [-4.2, -1.4, -0.999, 1e-300, 1e-5, 0.3, 0.75, 1.001, 2.5, 5.5]),
    "complementaryErrorFunction": (erfc, [-5, -0.7, -0.3, 0.2, 0.49, 0.51, 1.3, 5.5, 13.25, 26.5]),
    "standardNormalCDF": (normal_cdf, tails),
    "logStandardNormalCDF": (log_normal_cdf, tails + [-1e8, -300.5]),
    "standardNormalScore": (lambda x: npdf(x) / normal_cdf(x), tails + [-300.5]),
    "standardNormalQuantile": (normal_quantile, [1e-310, 1e-100, 1e-10, 0.001, 0.07, 0.2, 0.4999, 0.62, 0.9, 0.9999999]),
    "log1mExp": (lambda x: log(-expm1(x)), [-1e-300, -1e-9, -0.1, -0.69, -0.7, -3, -40]),
    "cubeRoot": (lambda x: sign(x) * cbrt(abs(x)), [-1e300, -27, -1.1, 1e-320, 0.3, 2, 1000, 4e100]),
    "atan2": (atan2, [(0.3, 2), (-0.3, 2), (0.3, -2), (-3, -2), (1e-200, -1e200), (5, 1e-3)]),
    "power": (power, [(0.3, 1.7), (2, 0.5), (10, -300), (1.0000001, 6e9), (7.5, 350.5), (1e-310, -0.9), (3, -7.25),
                      (-1.5, 31), (-2.25, -8), (0.999, 1e5)]),
    "powerExponentSlope": (lambda x, y: power(x, y) * log(x), [(0.3, 1.7), (2, 0.5), (10, -30), (7.5, 35.5)]),
    "gammaP": (gamma_p, gammas),
    "gammaQ": (gamma_q, gammas),
    "gammaDensity": (lambda a, x: exp((a - 1) * log(x) - x - loggamma(a)), gammas),
    "gammaShapeSlope": (lambda a, x: slope(lambda s: gamma_p(s, x), a) if x < a
                        else -slope(lambda s: gamma_q(s, x), a), gammas),
    "logGammaVariate": (log_gamma_variate, variates),
    "logGammaVariateShapeSlope": (log_gamma_variate_slope, [(a, float(log(x))) for a, x in gammas]),
    "beta": (beta_i, betas),
    "betaFirstSlope": (lambda a, b, x: slope(lambda s: beta_i(s, b, x), a), betas),
    "betaSecondSlope": (lambda a, b, x: slope(lambda s: beta_i(a, s, x), b), betas),
    "betaDensity": (lambda a, b, x: exp((a - 1) * log(x) + (b - 1) * log1p(-x) - log(beta(a, b))), betas),
}
numbers = {
    "erf": tape["errorFunction"], "erfc": tape["complementaryErrorFunction"], "normalCDF": tape["standardNormalCDF"],
    "logNormalCDF": tape["logStandardNormalCDF"], "normalQuantile": tape["standardNormalQuantile"],
    "regularizedGammaP": tape["gammaP"], "regularizedGammaQ": tape["gammaQ"], "regularizedBeta": tape["beta"],
    "logChoose": (lambda n, k: loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1),
                  [(5, 2), (10, 0), (50, 25), (1000, 3), (7.5, 2.25)]),
}

for title, table in [("NumericArraysTests", numbers), ("ReverseTapeTests", tape)]:
    print(title)
    for name, (function, points) in table.items():
        for point in points:
            arguments = point if isinstance(point, tuple) else (point,)
            value = float(re(function(*[mpf(x) for x in map(float, arguments)])))
            print(" ", name, *[repr(float(x)) for x in arguments], repr(value))
