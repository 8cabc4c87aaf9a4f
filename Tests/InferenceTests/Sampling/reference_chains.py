"""Values of R-hat and effective sample sizes by ArviZ, for ChainStatisticsTests: python reference_chains.py"""

import math

import arviz
import numpy


def chains(count, length, correlation, shift):
    """Autoregressive chains from a counted sine noise, so that they can be written again in any language."""
    rows = []
    for chain in range(count):
        x, row = 0.0, []
        for step in range(length):
            k = chain * length + step + 1
            noise = math.sin(12.9898 * k) * 43758.5453
            u = noise - math.floor(noise)
            x = correlation * x + (u - 0.5)
            row.append(x + shift * chain)
        rows.append(row)
    return numpy.array(rows)


for case in [(4, 250, 0.5, 0.0), (4, 251, 0.9, 0.0), (2, 100, -0.5, 0.0), (3, 80, 0.3, 0.4)]:
    draws = chains(*case)
    print(
        case,
        *(
            repr(float(numpy.ravel(value)[0]))
            for value in [
                arviz.rhat(draws),
                arviz.ess(draws, method="bulk"),
                arviz.ess(draws, method="tail"),
                arviz.mcse(draws, method="mean"),
            ]
        ),
        sep=", ",
    )
