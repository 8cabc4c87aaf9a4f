"""What every peer's script shares: its arguments, the clock, the data and the one line of JSON that `make bench` reads."""

import argparse
import json
import os
import sys
import time

import numpy as np

clock = time.perf_counter
SCHOOLS_Y = np.array([28, 8, -3, 7, -1, 1, 18, 12], "f4")
SCHOOLS_SIGMA = np.array([15, 10, 16, 11, 9, 11, 10, 18], "f4")


def arguments(**options):
    """Options by name with their defaults; a list gives the choices, the first of which is the default."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default=".", help="the folder that `bench data` wrote")
    for name, default in options.items():
        flag = "--" + name.replace("_", "-")
        if isinstance(default, list):
            parser.add_argument(flag, choices=default, default=default[0])
        else:
            parser.add_argument(flag, type=type(default), default=default)
    return parser.parse_args()


def table(arguments, name):
    """Columns of a CSV file but the last, with a last column of ones, and the last one: `X [rows, columns]`, `y [rows]`."""
    values = np.loadtxt(os.path.join(arguments.data, name), delimiter=",", skiprows=1, dtype="f4")
    return np.hstack([values[:, :-1], np.ones((len(values), 1), "f4")]), values[:, -1].copy()


def images(arguments, name):
    """An IDX file of bytes 0 and 255 as rows of 0.0 and 1.0."""
    with open(os.path.join(arguments.data, name), "rb") as file:
        raw = np.frombuffer(file.read(), "u1")
    count = int.from_bytes(raw[4:8].tobytes(), "big")
    return (raw[16:].reshape(count, -1) / 255).astype("f4")


def best(call, times=3):
    """The shortest of some calls in seconds: the peer at its best."""
    def once():
        start = clock()
        call()
        return clock() - start
    return min(once() for _ in range(times))


def tail(elbos):
    """The mean over the last tenth of the steps, which are the last axis."""
    elbos = np.asarray(elbos, "f8")
    return float(elbos[..., -max(1, elbos.shape[-1] // 10):].mean())


def emit(figure, modules, result=None, precision="float32", note=""):
    """Prints the measurement: a rate or seconds, and what the fit ended at so that both sides can be compared."""
    import importlib.metadata as metadata
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in modules)
    print(json.dumps(dict(figure=figure, result=result, precision=precision, note=note,
                          versions=f"Python {sys.version.split()[0]}, {versions}")), flush=True)
