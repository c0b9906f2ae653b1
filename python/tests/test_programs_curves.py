"""Learning curves on real tables and pictures beside TensorFlow's, epoch by epoch.

`golden/tensorflow_curves.py` recorded the mean and the deviation of every measure after every epoch over
many runs of `programs/curves.py`; the mean of our runs must be as near as two such means are.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import golden_support
import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).parent / "programs" / "curves.py"
RUNS = 8
CASES = {case["name"]: case for case in golden_support.cases("tensorflow_curves")}


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_program_learns_as_with_tensorflow(name):
    run = subprocess.run(
        [sys.executable, "-m", "seodang", str(PROGRAM), str(ROOT / "crates/seodang-data/builtin"),
         str(RUNS), name],
        capture_output=True, text=True, timeout=600,
    )
    assert run.returncode == 0, run.stderr[-4000:]
    lines = [line.split(" ", 2) for line in run.stdout.splitlines() if line.startswith("CURVE ")]
    ours = [json.loads(history) for _, _, history in lines]
    theirs = CASES[name]
    assert len(ours) == RUNS and list(ours[0]) == list(theirs["mean"])
    for measure, mean in theirs["mean"].items():
        values = np.array([h[measure] for h in ours])
        noise = np.sqrt(
            np.square(theirs["deviation"][measure]) / theirs["runs"] + values.var(axis=0, ddof=1) / RUNS
        )
        # A hundredth beside it: two recorded means that barely vary differ by rounding and order.
        room = 4 * noise + 0.01 * np.abs(mean)
        apart = np.abs(values.mean(axis=0) - mean)
        assert (apart <= room).all(), (measure, values.mean(axis=0), mean, apart / room)
