"""The sweep as NumPyro's users write it: svi.run for each run, the loss of every step in sqlite3 or in MLflow.

A few runs are measured, and the seconds of a run scaled up to 240 of them.
"""

import logging
import os
import sqlite3
import tempfile
import time

from common import SCHOOLS_SIGMA, SCHOOLS_Y, arguments, clock, emit

a = arguments(steps=2_000, seeds=2, store=["sqlite3", "mlflow"])
import jax
import numpy as np
import numpyro
import numpyro.distributions as dist
from numpyro import handlers
from numpyro.infer import SVI, Trace_ELBO
from numpyro.infer.autoguide import AutoLowRankMultivariateNormal, AutoMultivariateNormal, AutoNormal

BETA = 1.0


def model(beta):
    with handlers.scale(scale=beta):
        mu = numpyro.sample("mu", dist.Normal(0, 5))
        tau = numpyro.sample("tau", dist.HalfCauchy(5))
        with numpyro.plate("schools", 8):
            theta = numpyro.sample("theta_raw", dist.Normal(0, 1))
    with numpyro.plate("data", 8):
        numpyro.sample("y", dist.Normal(mu + tau * theta, SCHOOLS_SIGMA), obs=SCHOOLS_Y)


FAMILIES = {
    "mean-field": lambda: AutoNormal(model, init_scale=0.1),
    "full-rank": lambda: AutoMultivariateNormal(model, init_scale=0.1),
    "low-rank": lambda: AutoLowRankMultivariateNormal(model, init_scale=0.1, rank=2),
}


def losses(family, seed):
    guide = FAMILIES[family]()
    scaled = lambda beta: handlers.scale(guide, scale=beta)(beta)
    svi = SVI(model, scaled, numpyro.optim.Adam(0.01), Trace_ELBO())
    return np.asarray(svi.run(jax.random.PRNGKey(seed), a.steps, BETA, progress_bar=False).losses, "f8").tolist()


def sqlite_store(folder):
    store = sqlite3.connect(os.path.join(folder, "runs.sqlite"))
    store.execute("pragma journal_mode = wal")
    store.execute("create table runs (id integer primary key, family text, beta real, seed integer)")
    store.execute("create table steps (run integer, step integer, loss real, primary key (run, step)) without rowid")

    def keep(family, seed, values):
        with store:
            run = store.execute("insert into runs (family, beta, seed) values (?, ?, ?)", (family, BETA, seed)).lastrowid
            store.executemany("insert into steps values (?, ?, ?)", [(run, i, value) for i, value in enumerate(values)])
    return keep


def mlflow_store(folder):
    import mlflow
    from mlflow.entities import Metric
    logging.disable(logging.WARNING)
    mlflow.set_tracking_uri(f"sqlite:///{folder}/mlflow.db")
    mlflow.set_experiment("sweep")
    client = mlflow.MlflowClient()

    def keep(family, seed, values):
        with mlflow.start_run() as run:
            mlflow.log_params(dict(family=family, beta=BETA, seed=seed, steps=a.steps))
            now = int(time.time() * 1000)
            metrics = [Metric("loss", value, now, i) for i, value in enumerate(values)]
            for i in range(0, len(metrics), 1000):     # the most that one call takes
                client.log_batch(run.info.run_id, metrics=metrics[i:i + 1000])
    return keep


with tempfile.TemporaryDirectory() as folder:
    keep = dict(sqlite3=sqlite_store, mlflow=mlflow_store)[a.store](folder)
    begin = clock()
    ended = []
    for family in FAMILIES:
        for seed in range(a.seeds):
            values = losses(family, seed)
            keep(family, seed, values)
            if family == "mean-field":
                ended.append(-np.mean(values[-a.steps // 10:]))
    runs = len(FAMILIES) * a.seeds
    seconds = (clock() - begin) * 240 / runs
emit(seconds, ["numpyro", "jax"] + (["mlflow"] if a.store == "mlflow" else []), float(np.mean(ended)),
     note=f"scaled from {runs} runs; imports and the store's set-up not counted; only the loss of a step is stored")
