#!/bin/sh
# Says what is missing on this machine, if anything.
python3 -c 'import numpyro, optax' 2>/dev/null || { echo "python3 has no numpyro and optax; pip install numpyro optax"; exit 1; }
