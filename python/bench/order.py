"""Writes the order in which common programs first call the extension's functions.

The linker lays the functions of `crates/seodang-python/functions.order` out in that order, so that what is
used lies together: a program then reads, and holds, a few of the extension's pages instead of one here and
one there. Names that are not there (any more) are ignored, so an old file costs memory and nothing else.

The extension runs under `ptrace` with a breakpoint at every function, which its first call removes.

    cargo build -p seodang-python --profile python
    python python/bench/order.py target/python/lib_native.so [FILE]

Only on Linux on x86-64; needs `nm` and scikit-learn, for its data.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ORDER = ROOT / "crates/seodang-python/functions.order"
# Estimators that many programs use, the most common ones first; all others follow.
FIRST = (
    "LogisticRegression", "KNeighborsClassifier", "LinearRegression", "DecisionTreeClassifier",
    "StandardScaler", "RandomForestClassifier", "SVC", "Ridge", "GaussianNB",
)
# The instruction of a breakpoint, and where the kernel has the instruction pointer.
BREAK = 0xCC
RIP = 16 * 8


def tour() -> None:
    """What is traced: every estimator learns and answers."""
    import importlib
    import pkgutil
    import warnings

    import numpy as np
    from sklearn.datasets import load_diabetes, load_iris

    from seodang import _native, learn

    warnings.simplefilter("ignore")
    places = [m.name for m in pkgutil.iter_modules(learn.__path__) if not m.name.startswith("_")]
    modules = [importlib.import_module(f"seodang.learn.{place}") for place in places]
    names = [record["name"] for record in _native.learn_classes()]
    iris, diabetes = load_iris(), load_diabetes()
    rng = np.random.default_rng(0)
    for name in sorted(names, key=lambda n: FIRST.index(n) if n in FIRST else len(FIRST)):
        cls = next((getattr(m, name) for m in modules if hasattr(m, name)), None)
        if cls is None:
            continue
        regresses = getattr(cls(), "_estimator_type", "") == "regressor" or name.endswith("Regressor")
        for rows, dtype in ((3000, np.float64), (150, np.float32)):
            data = diabetes if regresses else iris
            picked = rng.integers(0, len(data.data), rows)
            X = np.abs(data.data[picked] + 1e-3 * rng.normal(size=(rows, 1))).astype(dtype)
            targets = [data.target[picked]] + ([] if regresses else [data.target[picked] > 0])
            for y in targets:
                try:
                    estimator = cls().fit(X, y)
                except Exception:
                    continue
                for method in ("predict", "score", "predict_proba", "decision_function", "transform"):
                    try:
                        answer = getattr(estimator, method, lambda *_: None)
                        answer(X, y) if method == "score" else answer(X)
                    except Exception:
                        continue


def functions(extension: Path) -> dict[int, str]:
    """The names of functions by where they are."""
    lines = subprocess.run(["nm", extension], capture_output=True, text=True, check=True).stdout
    parts = (line.split() for line in lines.splitlines())
    return {int(p[0], 16): p[2] for p in parts if len(p) == 3 and p[1] in "tT"}


def traced(extension: Path, names: dict[int, str]) -> list[str]:
    """The names of the functions that the tour calls, in the order of their first calls."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    libc.ptrace.restype = ctypes.c_long
    trace_me, peek_user, poke_user, go_on = 0, 3, 6, 7
    child = os.fork()
    if child == 0:
        libc.ptrace(trace_me, 0, None, None)
        # Mapped, but nothing of it has run.
        ctypes.CDLL(str(extension))
        os.kill(os.getpid(), signal.SIGSTOP)
        tour()
        os._exit(0)
    os.waitpid(child, 0)
    maps = Path(f"/proc/{child}/maps").read_text().splitlines()
    base = min(int(line.split("-")[0], 16) for line in maps if line.endswith(str(extension)))
    memory = os.open(f"/proc/{child}/mem", os.O_RDWR)
    places = {base + at: name for at, name in names.items()}
    first = {at: os.pread(memory, 1, at) for at in places}
    for at in places:
        os.pwrite(memory, bytes([BREAK]), at)
    found, deliver = [], 0
    while True:
        libc.ptrace(go_on, child, None, deliver)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status) or os.WIFSIGNALED(status):
            break
        deliver = os.WSTOPSIG(status)
        if deliver != signal.SIGTRAP:
            continue
        deliver, ip = 0, libc.ptrace(peek_user, child, RIP, None) - 1
        if ip in first:
            os.pwrite(memory, first.pop(ip), ip)
            found.append(places[ip])
            libc.ptrace(poke_user, child, RIP, ip)
    return found


def main() -> None:
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    built = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as place:
        # The package with this extension, whichever else is there.
        package = Path(place) / "seodang"
        shutil.copytree(ROOT / "python/seodang", package, ignore=shutil.ignore_patterns("*.so"))
        extension = package / "_native.abi3.so"
        shutil.copy(built, extension)
        sys.path.insert(0, place)
        os.environ |= {"SEODANG_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        found = traced(extension, functions(extension))
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else ORDER
    target.write_text("".join(f"{name}\n" for name in dict.fromkeys(found)))
    print(f"{len(found)} functions, in {target}")


if __name__ == "__main__":
    main()
