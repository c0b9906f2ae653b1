"""One side of `cargo xtask bench python`: answers questions about one library, one line each.

A question is the name of a case; the answer is the seconds of one call, or `-` where the library
has no such thing. The process lives through all rounds, so everything is warm after the first.

    python python/bench/serve.py seodang|tensorflow|torch|jax
"""

import importlib
import sys
import time

MODULES = {
    "seodang": "keras_cases",
    "tensorflow": "keras_cases",
    "torch": "torch_cases",
    "jax": "jax_cases",
}


def seconds(call, at_least: float, calls: int) -> float:
    """The mean time of `calls` calls in a row, or of as many as take `at_least` seconds."""
    done = 0
    start = time.perf_counter()
    while True:
        for _ in range(calls):
            call()
        done += calls
        taken = time.perf_counter() - start
        if taken >= at_least:
            return taken / done


def main() -> None:
    library = sys.argv[1]
    cases = importlib.import_module(MODULES[library]).cases(library)
    ready: dict[str, tuple] = {}
    # The libraries print to the standard output too; the answers have it for themselves.
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        name = line.strip()
        if name not in cases:
            print("-", file=answers, flush=True)
            continue
        if name not in ready:
            make, at_least, calls = cases[name]
            call = make()
            call()
            ready[name] = (call, at_least, calls)
        print(seconds(*ready[name]), file=answers, flush=True)


if __name__ == "__main__":
    main()
