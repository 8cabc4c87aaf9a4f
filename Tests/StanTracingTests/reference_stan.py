#!/usr/bin/env python3
"""Log densities, gradients and constrained parameters of Stan programs, by Stan itself.

    python3 -m venv venv && venv/bin/pip install httpstan==4.13.0
    venv/bin/python reference_stan.py Programs/*.stan
    venv/bin/python reference_stan.py --posteriordb posterior_database --into values

Writes NAME.values.json beside NAME.stan, with the data of NAME.json: five points of the unconstrained space, uniform between -1
and 1, each with the log density (all constants, and the Jacobian), its gradient, and the constrained and transformed parameters.
What is there already stays. The second form does the same for the programs of a posteriordb checkout, each with the smallest of
its data sets, whose name it notes.

The package httpstan (4.13 has Stan 2.35) is needed for its stanc and its headers alone: a program is compiled with
reference_stan.cpp and run. The headers are compiled once, into a temporary folder; then a program takes some 15 seconds.
"""
import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import zipfile

import httpstan

STAN = pathlib.Path(httpstan.__file__).parent
FLAGS = [
    "-std=c++17", "-O0", "-w", "-DBOOST_DISABLE_ASSERTS", "-DBOOST_PHOENIX_NO_VARIADIC_EXPRESSION", "-DSTAN_THREADS",
    "-D_REENTRANT", "-D_GLIBCXX_USE_CXX11_ABI=0", f"-I{STAN}/include",
]
LIBRARIES = [f"-L{STAN}/lib", "-lsundials_cvodes", "-lsundials_idas", "-lsundials_kinsol", "-lsundials_nvecserial", "-ltbb"]
POINTS = 5


def run(*words, text=None):
    """The output of a command; its errors where it fails."""
    done = subprocess.run([str(word) for word in words], input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError((done.stderr or done.stdout)[-4000:])
    return done.stdout


class Stan:
    """Compiles programs in a folder that holds the compiled headers."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        header = self.folder / "model_header.hpp"
        if not (self.folder / "driver.o").exists():
            header.write_text("#include <stan/model/model_header.hpp>\n")
            run("g++", *FLAGS, "-x", "c++-header", header, "-o", f"{header}.gch")
            self.compile(pathlib.Path(__file__).with_suffix(".cpp"), self.folder / "driver.o")

    def compile(self, source, target):
        run("g++", *FLAGS, f"-I{self.folder}", "-include", "model_header.hpp", "-c", source, "-o", target)

    def values(self, program, data):
        """What Stan says of a program's file with a data file."""
        source, model = self.folder / "model.cpp", self.folder / "model"
        run(STAN / "stanc", "--name", "model", "--o", source, program)
        self.compile(source, self.folder / "model.o")
        run("g++", self.folder / "model.o", self.folder / "driver.o", *LIBRARIES, f"-Wl,-rpath,{STAN}/lib", "-o", model)
        dimension = json.loads(run(model, data, text=""))["dimension"]
        draw = random.Random(1)
        points = [[draw.uniform(-1, 1) for _ in range(dimension)] for _ in range(POINTS)]
        return run(model, data, text="".join(" ".join(map(repr, point)) + "\n" for point in points))


def programs(paths):
    """Program, data, output and what else to note."""
    for path in map(pathlib.Path, paths):
        yield path, path.with_suffix(".json").read_bytes(), path.with_suffix(".values.json"), {}


def posteriors(database, folder):
    smallest = {}
    for path in sorted(database.glob("posteriors/*.json")):
        posterior = json.loads(path.read_text())
        archive = database / "data" / "data" / (posterior["data_name"] + ".json.zip")
        model = posterior["model_name"]
        if archive.exists() and (model not in smallest or archive.stat().st_size < smallest[model].stat().st_size):
            smallest[model] = archive
    for model, archive in sorted(smallest.items()):
        name = archive.name.removesuffix(".json.zip")
        data = zipfile.ZipFile(archive).read(name + ".json")
        yield database / "models" / "stan" / f"{model}.stan", data, folder / f"{model}.json", {"data": name}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("programs", nargs="*")
    parser.add_argument("--posteriordb", type=pathlib.Path, help="its folder posterior_database")
    parser.add_argument("--into", type=pathlib.Path, default=pathlib.Path("values"))
    parser.add_argument("--headers", type=pathlib.Path, help="keep the compiled headers there")
    arguments = parser.parse_args()
    work = programs(arguments.programs)
    if arguments.posteriordb:
        arguments.into.mkdir(parents=True, exist_ok=True)
        work = posteriors(arguments.posteriordb, arguments.into)
    failures = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.headers or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        stan = Stan(folder)
        for program, data, output, notes in work:
            if output.exists():
                continue
            try:
                file = folder / "data.json"
                file.write_bytes(data)
                output.write_text(json.dumps(notes | json.loads(stan.values(program, file))).replace("{\"log", "\n{\"log"))
                print(program.stem, flush=True)
            except (RuntimeError, ValueError) as error:
                failures += 1
                print(f"{program}: {error}", file=sys.stderr, flush=True)
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
