"""The expected values of ComparisonTests/Statistics, by SciPy 1.17.1 and NumPy 2.4.6 (Python 3).

    python Tests/ComparisonTests/reference_statistics.py

prints every number that the tests hold, under the name of its test. What SciPy has no function for (Holm's adjustment,
Hedges' correction, Nemenyi's critical difference, sums of squares, Brookmeyer-Crowley) is written out here from its
definition, in another way than in Sources/Comparison.
"""

import itertools
import math

import numpy as np
import scipy
from scipy import stats

print("SciPy", scipy.__version__, "NumPy", np.__version__)


def section(name):
    print("\n" + name)


section("Proportion: stats.binomtest(k, n).proportion_ci(method='wilson')")
for k, n in [(0, 5), (1, 20), (3, 7), (20, 20), (120, 240)]:
    ci = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
    print(k, n, repr(float(ci.low)), repr(float(ci.high)))

section("Normal: stats.norm")
for p in [1e-12, 0.003, 0.025, 0.5, 0.9, 0.975, 0.9999]:
    print(p, repr(float(stats.norm.ppf(p))))

section("interquartileMean: stats.trim_mean(x, 0.25)")
iqm = [3.1, -2.0, 8.4, 0.6, 1.9, 100.0, 2.2, -7.5, 4.0, 2.8]
for n in [1, 3, 4, 7, 8, 10]:
    print(n, repr(float(stats.trim_mean(iqm[:n], 0.25))))

section("effectSize: mean / sd * gamma(m / 2) / (sqrt(m / 2) gamma((m - 1) / 2)), m = n - 1")
for x in [[0.3, 1.9, 0.7, 4.2, 0.1, 1.1], [1.0, 2.5, 3.0], list(np.linspace(-1, 3, 40))]:
    x = np.array(x)
    m = len(x) - 1
    j = math.gamma(m / 2) / (math.sqrt(m / 2) * math.gamma((m - 1) / 2))
    print(len(x), repr(float(x.mean() / x.std(ddof=1) * j)))

section("signFlip: stats.permutation_test((d,), np.mean, permutation_type='samples', n_resamples=np.inf)")
flips = [
    [0.3, 1.9, -0.7, 4.2, 0.1],
    [1.0, 2.5, 3.0],
    [1, -1, 2, -2, 3, 3, 0, 1],
    [0.5, 0.1, -0.2, 0.9, 1.3, -0.4, 0.8, 0.05, 0.6, -0.1, 0.35, 0.7],
    [0.11, -0.42, 0.73, 0.25, -0.08, 0.61, 0.94, -0.35, 0.47, 0.18, 0.52, -0.67, 0.29, 0.83, 0.06, -0.14, 0.39,
     0.75, -0.21, 0.58],
]
for d in flips:
    r = stats.permutation_test((np.array(d),), lambda x, axis: np.mean(x, axis=axis), permutation_type="samples",
                               n_resamples=np.inf, vectorized=True, batch=4096)
    print(len(d), repr(float(r.pvalue)))

section("signFlip of 24 pairs: all 2^24 sums, by outer sums of two halves")
long = [0.11, -0.42, 0.73, 0.25, -0.08, 0.61, 0.94, -0.35, 0.47, 0.18, 0.52, -0.67, 0.29, 0.83, 0.06, -0.14, 0.39,
        -0.75, -0.21, 0.58, -0.9, 0.4, -0.3, 0.2]
signs = np.array(list(itertools.product([-1, 1], repeat=12)))
sums = (signs @ long[:12])[:, None] + (signs @ long[12:])[None, :]
print(24, repr(float((np.abs(sums) >= abs(sum(long)) - 1e-12).mean())))

section("holm: the definition by closed testing: the largest Bonferroni p of all sets of comparisons that hold it")
for p in [[0.01, 0.04, 0.03, 0.005], [0.0001, 0.02, 0.02, 0.5, 0.9], [0.6, 0.7]]:
    m = len(p)
    sets = [s for r in range(1, m + 1) for s in itertools.combinations(range(m), r)]
    print(p, [max(min(1, len(s) * min(p[i] for i in s)) for s in sets if j in s) for j in range(m)])

section("studentizedRange: stats.studentized_range.ppf(0.95, k, np.inf)")
for k in [2, 3, 5, 10, 50]:
    print(k, repr(float(stats.studentized_range.ppf(0.95, k, np.inf))))

section("chiSquare: stats.chi2.sf(x, df)")
for x, df in [(0.5, 1), (3.84, 1), (7.2, 2), (11.07, 5), (40.0, 8), (1e-3, 7)]:
    print(x, df, repr(float(stats.chi2.sf(x, df))))

section("friedman: stats.friedmanchisquare, stats.rankdata; CD = q sqrt(k (k + 1) / 6 N), higher is better")
for block in [
    # Demsar 2006, table 6: AUC of C4.5 with no change, m, cf, m + cf on 14 data sets.
    [[0.763, 0.768, 0.771, 0.798], [0.599, 0.591, 0.590, 0.569], [0.954, 0.971, 0.968, 0.967],
     [0.628, 0.661, 0.654, 0.657], [0.882, 0.888, 0.886, 0.898], [0.936, 0.931, 0.916, 0.931],
     [0.661, 0.668, 0.609, 0.685], [0.583, 0.583, 0.563, 0.625], [0.775, 0.838, 0.866, 0.875],
     [1.000, 1.000, 1.000, 1.000], [0.940, 0.962, 0.965, 0.962], [0.619, 0.666, 0.614, 0.669],
     [0.972, 0.981, 0.9751, 0.975], [0.957, 0.978, 0.946, 0.970]],
    [[3, 1, 2], [9, 7, 8], [5, 5, 1]],
]:
    a = np.array(block)
    n, k = a.shape
    ranks = np.array([stats.rankdata(-row) for row in a])
    r = stats.friedmanchisquare(*a.T)
    cd = stats.studentized_range.ppf(0.95, k, np.inf) / math.sqrt(2) * math.sqrt(k * (k + 1) / (6 * n))
    print(ranks.mean(0).tolist(), repr(float(r.statistic)), repr(float(r.pvalue)), repr(float(cd)))

section("varianceShares: projections onto the dummy columns, by least squares; 3 x 2 cells x 4 seeds")
y = {}
for i, f in enumerate(["a", "b", "c"]):
    for j, b in enumerate([1, 4]):
        for s in range(4):
            y[f, b, s] = round(i * 1.7 - j * 0.9 + 0.4 * i * j + 0.31 * ((s * 7 + 3) % 4) + 0.13 * ((i * 5 + j * 3 + s * s) % 7), 2)
keys = list(y)
v = np.array([y[k] for k in keys])


def explained(columns):
    x = np.column_stack([np.ones(len(v))] + columns)
    fit = x @ np.linalg.lstsq(x, v, rcond=None)[0]
    return float(((fit - v.mean()) ** 2).sum())


def dummies(places):
    levels = sorted({tuple(k[p] for p in places) for k in keys}, key=str)
    return [np.array([tuple(k[p] for p in places) == level for k in keys], float) for level in levels]


total = float(((v - v.mean()) ** 2).sum())
print("values", [y[k] for k in keys])
alone = [explained(dummies([p])) for p in range(3)]
shares = [a / total for a in alone]
for p, q in [(0, 1), (0, 2), (1, 2)]:
    shares.append((explained(dummies([p]) + dummies([q]) + dummies([p, q])) - alone[p] - alone[q]) / total)
print(shares, 1 - sum(shares), math.sqrt(total / len(v)))

section("survivalMedian: stats.ecdf(CensoredData).sf, and the log-log interval of its values that holds a half")
for ended, censored in [
    # Freireich et al. 1963: weeks of remission under 6-MP; the median is 23 weeks in every textbook.
    ([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]),
    ([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], []),
    ([120, 250, 310], [400, 400, 400, 400]),
    ([5, 5, 5], []),
]:
    res = stats.ecdf(stats.CensoredData(uncensored=ended, right=censored)).sf
    ci = res.confidence_interval(0.95, method="log-log")
    def first(curve):
        below = [q for q, p in zip(curve.quantiles, curve.probabilities) if p <= 0.5 * (1 + 1e-12)]
        return float(below[0]) if below else None
    print(first(res), first(ci.low), first(ci.high))

section("averageHeight: np.trapezoid(y, x) / (x[-1] - x[0])")
x = np.array([0.0, 1.0, 1.5, 4.0, 10.0])
h = np.array([-40.0, -33.5, -32.1, -31.7, -31.6])
print(repr(float(np.trapezoid(h, x) / (x[-1] - x[0]))))

section("BCa: stats.bootstrap((x,), np.mean, method='BCa', n_resamples=200_000), seed 1")
for x in [[-31.62, -31.55, -31.58, -31.49, -31.71], [0.3, 1.9, 0.7, 4.2, 0.1, 1.1]]:
    ci = stats.bootstrap((np.array(x),), np.mean, method="BCa", n_resamples=200_000,
                         rng=np.random.default_rng(1)).confidence_interval
    print(x, repr(float(ci.low)), repr(float(ci.high)))

section("meanInterval at other levels: all n^n resamples, as in MeanIntervalTests")
x = np.array([0.3, 1.9, 0.7, 4.2, 0.1, 1.1])
n, sd = len(x), x.std(ddof=1)
r = x[np.array(list(itertools.product(range(n), repeat=n)))]
s = r.std(1, ddof=1)
t = (r.mean(1) - x.mean())[s > 1e-9 * sd] / (np.maximum(s[s > 1e-9 * sd], 0.3 * sd) / math.sqrt(n))
for c in [0.8, 0.99]:
    print(c, (x.mean() - np.quantile(t, [(1 + c) / 2, (1 - c) / 2]) * stats.sem(x)).tolist())
print("Student 0.99", [float(end) for end in stats.t.interval(0.99, 2, np.mean([1, 2.5, 3]), stats.sem([1, 2.5, 3]))])
