"""Compares regenerated files with the committed ones: `check.py COMMITTED REGENERATED NAME...`.

The JSON must be equal; tensors of whole numbers must be equal bit for bit; floating-point tensors
may differ in rounding, since the reference library vectorizes by the machine it runs on.
"""

import json
import pathlib
import sys

import common  # noqa: F401  (teaches numpy bfloat16)
import numpy as np
from safetensors import safe_open

ROUNDING = {"float64": 1e-10, "float32": 1e-4, "float16": 1e-2, "bfloat16": 1e-1}


def differences(old, new, name):
    a, b = (json.loads((d / f"{name}.json").read_text()) for d in (old, new))
    if a != b:
        bad = [x["name"] for x, y in zip(a["cases"], b["cases"]) if x != y] or ["the head or the number of cases"]
        yield f"{name}.json: {', '.join(bad[:5])}"
        return
    with safe_open(old / f"{name}.safetensors", "numpy") as f, safe_open(new / f"{name}.safetensors", "numpy") as g:
        for key in sorted(set(f.keys()) | set(g.keys())):
            if key not in f.keys() or key not in g.keys():
                yield f"{name}.safetensors: {key} is in one file only"
                continue
            x, y = f.get_tensor(key), g.get_tensor(key)
            if x.dtype != y.dtype or x.shape != y.shape:
                yield f"{name}.safetensors: {key} was {x.dtype}{x.shape}, is {y.dtype}{y.shape}"
            elif x.dtype.name not in ROUNDING:
                if not np.array_equal(x, y):
                    yield f"{name}.safetensors: {key} differs"
            else:
                tolerance = ROUNDING[x.dtype.name]
                if not np.allclose(x.astype(np.float64), y.astype(np.float64), rtol=tolerance, atol=tolerance, equal_nan=True):
                    yield f"{name}.safetensors: {key} differs by more than rounding"


def main(old, new, names):
    found = []
    for name in names:
        if (old / f"{name}.json").exists():
            found += differences(old, new, name)
        else:
            found.append(f"{name}: not committed")
    for line in found:
        print(line)
    print(f"golden: {len(names)} files compared, {len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:]))
