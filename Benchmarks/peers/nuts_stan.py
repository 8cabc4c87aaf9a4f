"""Stan's own NUTS in C++ on a program with its data: effective draws per second, of the parameter that has fewest.

The httpstan wheel brings Stan's compiler and headers; g++ builds the program with them (about 40 s, not counted)."""

import os
import subprocess
import tempfile
import warnings

from common import arguments, emit

warnings.filterwarnings("ignore")
a = arguments(program="", json="", chains=4, warm_up=1000, draws=4000, seeds=3)
import arviz
import httpstan
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
program, data = (os.path.join(here, "..", "..", path) for path in (a.program, a.json))
root = os.path.dirname(httpstan.__file__)
with tempfile.TemporaryDirectory() as folder:
    subprocess.run([f"{root}/stanc", "--O1", "--name", "program", "--o", f"{folder}/model.hpp", program], check=True)
    subprocess.run(
        ["g++", "-O3", "-march=native", "-std=c++17", "-w", "-DSTAN_THREADS", "-D_REENTRANT", "-DBOOST_DISABLE_ASSERTS",
         "-DBOOST_PHOENIX_NO_VARIADIC_EXPRESSION", "-D_GLIBCXX_USE_CXX11_ABI=0", "-I", folder, "-I", f"{root}/include",
         f"{here}/nuts_stan.cpp", "-o", f"{folder}/nuts", "-L", f"{root}/lib", "-l:libtbb.so.2",
         f"-Wl,-rpath,{root}/lib", "-lpthread"], check=True)
    rates, means = [], []
    for seed in range(1, a.seeds + 1):
        output = subprocess.run(
            [f"{folder}/nuts", data, str(a.chains), str(a.warm_up), str(a.draws), str(seed), f"{folder}/draws"],
            capture_output=True, text=True, check=True).stdout.split()
        seconds, columns, count, names = float(output[0]), int(output[1]), int(output[2]), output[3:]
        draws = np.fromfile(f"{folder}/draws").reshape(a.chains, a.draws, columns)
        # lp__, accept_stat__, stepsize__, treedepth__, n_leapfrog__, divergent__ and energy__ stand before the parameters.
        own = draws[:, :, 7:7 + count]
        rates.append(min(float(arviz.ess(own[:, :, i])) for i in range(count)) / seconds)
        means.append(float(own[:, :, names.index("tau")].mean()))
emit(float(np.median(rates)), ["httpstan"], float(np.mean(means)), "float64")
