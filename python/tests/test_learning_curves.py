"""Networks learn as they do with TensorFlow, epoch by epoch within the noise of their seeds.

`programs/learning_curves.json` holds what `programs/record_learning.py` measured there. Ours runs with
seeds of its own, so this asks whether two means can be of one distribution: they may differ by
`ERRORS` standard errors of their difference. With these seeds the outcome is always the same.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

FOLDER = Path(__file__).parent / "programs"
RECORDED = json.loads((FOLDER / "learning_curves.json").read_text())
SEEDS = 12
# Of some 200 values that are compared, none should lie that far off by chance (p = 6e-5 each).
ERRORS = 4.0
# Curves are printed with five digits behind the point.
ROUNDING = 2e-5


@pytest.fixture(scope="module")
def histories():
    """By network and measure: our curves, (seeds, epochs)."""
    run = subprocess.run(
        [sys.executable, "-m", "seodang", str(FOLDER / "learning.py"), *map(str, range(1, SEEDS + 1))],
        capture_output=True, text=True, env=dict(os.environ), timeout=600,
    )
    assert run.returncode == 0, run.stderr[-4000:]
    found = defaultdict(lambda: defaultdict(list))
    for line in run.stdout.splitlines():
        one = json.loads(line)
        for key, curve in one["history"].items():
            found[one["name"]][key].append(curve)
    return found


@pytest.mark.parametrize("network", sorted(RECORDED["networks"]))
def test_a_network_learns_as_with_tensorflow(network, histories):
    recorded = RECORDED["networks"][network]
    assert set(histories[network]) == set(recorded)
    for key, theirs in recorded.items():
        ours = np.array(histories[network][key])
        assert ours.shape == (SEEDS, len(theirs["mean"])), key
        error = np.sqrt(np.square(theirs["std"]) / RECORDED["seeds"]
                        + np.var(ours, axis=0, ddof=1) / SEEDS)
        off = np.abs(ours.mean(axis=0) - theirs["mean"])
        assert (off <= ERRORS * error + ROUNDING).all(), (
            f"{key}: ours {ours.mean(axis=0).round(4)}, theirs {np.array(theirs['mean']).round(4)}, "
            f"standard errors apart {(off / error).round(1)}"
        )
