"""Recording with Python's own sqlite3: 10 runs, 10 metrics, 10,000 steps, batches of 1,000; a row a step, or a row a point."""

import os
import sqlite3
import tempfile

import numpy as np

import common

options = common.arguments(rows=["steps", "points"])
RUNS, METRICS, STEPS, BATCH = 10, 10, 10_000, 1000
noise = np.random.default_rng(2).normal(size=STEPS + 1000)


def rows(run, first):
    """A batch as Python's numbers: making them is not measured."""
    steps = range(first, first + BATCH)
    columns = [np.roll(noise, 37 * metric + 111 * run)[first:first + BATCH].tolist() for metric in range(METRICS)]
    if options.rows == "steps":
        return [(run, step, *values) for step, *values in zip(steps, *columns)]
    return [(run, metric, step, value) for metric, column in enumerate(columns) for step, value in zip(steps, column)]


batches = [[rows(run, first) for run in range(RUNS)] for first in range(0, STEPS, BATCH)]


def record(path):
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if options.rows == "steps":
        names = ", ".join(f"m{metric} REAL" for metric in range(METRICS))
        connection.execute(f"CREATE TABLE step (run INT, step INT, {names}, PRIMARY KEY (run, step)) WITHOUT ROWID")
        insertion = f"INSERT INTO step VALUES (?, ?{', ?' * METRICS})"
    else:
        connection.execute(
            "CREATE TABLE point (run INT, metric INT, step INT, value REAL, PRIMARY KEY (run, metric, step)) WITHOUT ROWID")
        insertion = "INSERT INTO point VALUES (?, ?, ?, ?)"
    for parts in batches:
        with connection:
            for part in parts:
                connection.executemany(insertion, part)
    connection.close()


times, sizes = [], []
for _ in range(3):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "store.sqlite")
        start = common.clock()
        record(path)
        times.append(common.clock() - start)
        sizes.append(os.path.getsize(path))
points = RUNS * METRICS * STEPS
common.emit(points / min(times), ["numpy"], precision="–", note=f"{sizes[-1] / points:.1f} bytes a point")
