"""Our estimators beside scikit-learn's, scikit-learn-intelex's, XGBoost's and LightGBM's.

Each library lives in a process of its own; they take turns, so that a machine that slows down slows
them all. The table shows medians, the median of each round's own ratio of our time to the best
peer's with a 95 % interval (bootstrap), scores, and how far memory grew beyond the data.

    python python/bench/learn.py [CASE ...] [--threads 1 2] [--rounds 15] [--json FILE]
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import time
import warnings
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from learn_cases import CASES  # noqa: E402

_THREADS = ("SEODANG_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def make(spec):
    """The estimator of `"module:Class"` and its arguments."""
    (place, options) = spec
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(module), name)(**options)


def memory(field: str) -> float:
    """Megabytes: VmRSS, or VmHWM, the most since it was last reset."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) / 1024
    return float("nan")


def serve(case_name: str, library: str) -> None:
    """One side: a round for each line that comes in."""
    case = next(c for c in CASES if c.name == case_name)
    spec = case.ours if library == "seodang" else case.peers[library]
    answers, sys.stdout = sys.stdout, sys.stderr
    warnings.simplefilter("ignore")
    try:
        make(spec)
    except (ImportError, AttributeError) as e:
        print(json.dumps({"absent": str(e)}), file=answers, flush=True)
        return
    (X, y), (other, labels) = case.tables()
    Path("/proc/self/clear_refs").write_text("5")
    before = memory("VmRSS")
    print(json.dumps({}), file=answers, flush=True)
    for _ in sys.stdin:
        estimator = make(spec)
        start = time.perf_counter()
        estimator.fit(X, y)
        middle = time.perf_counter()
        getattr(estimator, case.method)(other)
        end = time.perf_counter()
        rows = slice(0, 20_000)
        print(json.dumps({
            "fit": middle - start, "predict": end - middle, "memory": memory("VmHWM") - before,
            "score": float(estimator.score(other[rows], labels[rows])),
        }), file=answers, flush=True)


class Side:
    """A process that serves."""

    def __init__(self, case, library, threads):
        env = {**os.environ, **{name: str(threads) for name in _THREADS}}
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--serve", case.name, library], env=env, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )
        self.absent = self._answer().get("absent")

    def _answer(self):
        line = self.process.stdout.readline()
        return json.loads(line) if line else {"absent": "the process ended"}

    def round(self):
        """One fit and one predict."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self._answer()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def interval(ratios, rng=np.random.default_rng(0)):
    """A 95 % bootstrap interval of the median."""
    medians = np.median(rng.choice(ratios, (2000, len(ratios))), axis=1)
    return np.quantile(medians, [0.025, 0.975])


def compare(case, threads: int, rounds: int) -> dict:
    """The figures of a case, printed as they are known."""
    sides = {name: Side(case, name, threads) for name in ("seodang", *case.peers)}
    for name, side in list(sides.items()):
        if side.absent:
            print(f"  {name} left out: {side.absent}")
            side.close()
            del sides[name]
    if "seodang" not in sides or len(sides) < 2:
        return {"case": case.name, "threads": threads, "absent": True}
    results = {name: [] for name in sides}
    for number in range(rounds + 1):
        for name, side in sides.items():
            answer = side.round()
            if "fit" not in answer:
                raise SystemExit(f"{case.name}: {name} failed: {answer}")
            # The first round is for warming up.
            if number or rounds == 1:
                results[name].append(answer)
    for side in sides.values():
        side.close()
    out = {"case": case.name, "threads": threads, "rounds": rounds, "libraries": {}}
    for name, rows in results.items():
        out["libraries"][name] = {k: float(np.median([r[k] for r in rows])) for k in rows[0]}
    peers = [n for n in results if n != "seodang"]
    for part, bar in (("fit", case.fit), ("predict", case.predict)):
        best = min(peers, key=lambda n: out["libraries"][n][part])
        ratios = [a[part] / b[part] for a, b in zip(results["seodang"], results[best], strict=True)]
        low, high = interval(ratios)
        ratio = float(np.median(ratios))
        kept = bool(ratio <= bar and high <= max(1.15, bar)) if bar else None
        out[part] = {"best": best, "ratio": ratio, "low": low, "high": high, "bar": bar, "kept": kept}
    growth = {n: out["libraries"][n]["memory"] for n in results}
    out["memory"] = growth["seodang"] / max(1.0, min(growth[n] for n in peers))
    show(out)
    return out


def show(out: dict) -> None:
    """A case as lines of text."""
    print(f"{out['case']}, {out['threads']} thread(s)")
    for name, row in out["libraries"].items():
        print(f"  {name:10} fit {row['fit']:9.4f} s  predict {row['predict']:9.5f} s  "
              f"score {row['score']:.4f}  memory +{row['memory']:.0f} MB")
    for part in ("fit", "predict"):
        r = out[part]
        verdict = {True: "ok", False: "MISSED", None: ""}[r["kept"]]
        print(f"  {part:8} {r['ratio']:.3f} of {r['best']} [{r['low']:.3f}, {r['high']:.3f}]  "
              f"bar {r['bar']}  {verdict}")
    print(f"  memory   {out['memory']:.2f} of the least", flush=True)


def main() -> None:
    if sys.argv[1:2] == ["--serve"]:
        serve(*sys.argv[2:4])
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", nargs="*", choices=[[], *(c.name for c in CASES)])
    parser.add_argument("--threads", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    wanted = [c for c in CASES if not options.cases or c.name in options.cases]
    found = [compare(c, t, options.rounds) for c in wanted for t in options.threads]
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
