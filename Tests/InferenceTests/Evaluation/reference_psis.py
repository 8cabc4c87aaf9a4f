"""Values of Pareto-smoothed importance sampling by ArviZ 0.23.4, for ImportanceWeightsTests.

    pip install arviz==0.23.4 && python reference_psis.py

Log weights by a formula: -a log u - b sin(7 i) at u = frac(i (sqrt(5) - 1) / 2), i = 1 ... n.
"""

import numpy as np
from arviz.stats.stats import _gpdfit, psislw


def log_weights(count, a, b):
    i = np.arange(1, count + 1)
    return -a * np.log(np.mod(i * 0.6180339887498949, 1.0)) + b * np.sin(7 * i)


for count, a, b in ((100, 0.4, 0.3), (1000, 0.2, 0.3), (1000, 0.8, 0.3), (1000, 1.3, 0.3), (10000, 0.6, 0.3), (1000, -0.5, 1.0)):
    x = log_weights(count, a, b)
    smoothed, k = psislw(x.copy())
    shares = np.exp(smoothed)
    raw = psislw(x.copy(), normalize=False)[0]
    top = raw.max()
    evidence = top + np.log(np.mean(np.exp(raw - top)))
    print(f"({count}, {a}, {b}, {float(k)!r}, {float(1 / np.sum(shares**2))!r}, {float(evidence)!r}),")

tail = -np.expm1(-0.3 * np.log1p(-(np.arange(500) + 0.5) / 500)) / -0.3 * 2.0
k, sigma = _gpdfit(tail)
print("fit of quantiles:", repr(float(k)), repr(float(sigma)))
