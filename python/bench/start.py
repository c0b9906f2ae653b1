"""Prints what importing a module takes in a fresh process, beyond NumPy: seconds, peak megabytes.

python python/bench/start.py MODULE
"""

import importlib
import sys
import time

import numpy  # noqa: F401  (what everyone has loaded anyway)

start = time.perf_counter()
importlib.import_module(sys.argv[1])
seconds = time.perf_counter() - start
try:
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes = peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6
except ImportError:
    megabytes = 0.0
print(seconds, megabytes)
