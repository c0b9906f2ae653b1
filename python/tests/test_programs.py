"""Programs as a first course writes them for TensorFlow 2.0, run unchanged by `python -m seodang`.

Each prints lines `RESULT name numbers...`; what they must reach is what the same programs reach with
TensorFlow (2.21 with tf_keras), with room for other random numbers.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "programs"
REACHED = {
    "perceptron_and_xor": {"neuron": (0, 0.1), "and": (4, 4), "xor": (0, 0.05)},
    "least_squares": {"line": (0, 0.05), "curve": (-0.001, 0.05), "lists": (0, 0.9)},
    "regression_and_classes": {"regression": (0, 0.1), "stopped": (10, 100), "classes": (0.9, 1)},
    "pictures": {"dense": (0.75, 1), "conv": (0.72, 1)},
    "sequences": {"rnn": (0, 0.02), "lstm": (0, 0.6), "words": (0.95, 1), "writing": (0.8, 1)},
    "own_models": {"autoencoder": (0, 0.4), "frozen": None, "loop": (0.9, 1), "train_step": (0.9, 1)},
}


@pytest.mark.parametrize("name", sorted(REACHED))
def test_a_program_runs_unchanged(name):
    if name == "least_squares":
        pytest.importorskip("matplotlib")
    run = subprocess.run(
        [sys.executable, "-m", "seodang", str(FOLDER / f"{name}.py")],
        capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": "0"}, timeout=600,
    )
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-4000:]
    found = {m[1]: m[2].split() for m in re.finditer(r"^RESULT (\w+) (.*)$", run.stdout, re.M)}
    for what, limits in REACHED[name].items():
        assert what in found, run.stdout[-2000:]
        if limits is None:
            assert found[what] == ["True"], (what, found[what])
            continue
        value = float(found[what][0])
        assert limits[0] <= value <= limits[1], (what, value, limits)
