"""Programs as a first course writes them for TensorFlow 2.0, run unchanged by `python -m seodang`.

Each prints lines `RESULT name numbers...`; what they must reach is what the same programs reach with
TensorFlow (2.21 with tf_keras), with room for other random numbers. Programs that read real data are
skipped unless `SEODANG_DATA` names a folder with the files of `NEEDS`.
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
    "latent_spaces": {"vae": (19, 21.5), "place": (0, 0.02), "frozen": None, "top": (2, 2)},
    "boston": {"prices": (0, 0.45), "shape": None},
    "wine": {"wine": (0.7, 0.82), "frames": (0.7, 0.78)},
    "fashion": {"dense": (0.76, 0.86), "deep": (0.65, 0.86), "augmented": None},
    "memory": {"counting": (0, 0.006), "SimpleRNN": (0, 0.065), "LSTM": (0, 0.06), "GRU": (0, 0.06)},
    "reviews": {"reviews": (0.65, 0.78), "probable": None},
    "writing": {"characters": (2.0, 2.3), "length": None, "words": (0.72, 0.80)},
    "style": {"texture": (0, 0.6), "clipped": None},
    "playing": {"policy": (0.64, 0.69), "balanced": (30, 200), "values": (0, 3), "actor": None},
    "pictures_to_pictures": {
        "dense": (0, 0.03), "conv_relu": (0, 0.045), "conv_elu": (0, 0.04), "psnr": (8, 25),
        "mask": (0.88, 1),
    },
    "reinforcement": {"q_right": (1, 1), "q_scores": (0, 1), "actor_critic": (0.8, 0.95),
                      "picked": (0.8, 1), "no_gym": None},
    "loops_by_hand": {"and_gate": (4, 4), "or_gate": (4, 4), "xor": (0, 0.01), "slope": (0, 0.05),
                      "compiled": (0.95, 1), "restored": None, "collatz": (111, 111),
                      "total": (27, 27)},
    "own_parts": {"within": (0.99, 1), "r_squared": (0.98, 1), "loaded": None, "mae": (0, 0.6),
                  "constrained": None, "rate": None, "total": (0, 0.1), "function": None},
    "sentiment": {"reviews": (0.8, 0.95), "learnt": (0.8, 0.95), "sums": (0, 1e-6),
                  "masked": (0.8, 0.95), "classes": (0.8, 1)},
    "speaking": {"words": (0.7, 1), "spoken": None, "characters": (0, 0.25), "plausible": (0.8, 1),
                 "stateful": None},
    "symbolic_losses": {"vae": (0, 0.5), "rebuilt": (0.9, 1)},
    "translating": {"reversed": (0.85, 1), "attention": (0, 0.05),
                    "masked_loss": (0.5704, 0.5708), "backwards": None},
}
# Files under SEODANG_DATA; of a tuple one has to be there.
NEEDS = {
    "boston": ["boston_housing.npz"],
    "wine": ["red-wine/red_wine_quality.csv"],
    "fashion": [("fashion-mnist", "fashion_mnist")],
    "reviews": ["nsmc-train.tsv.gz"],
    "writing": ["tinyshakespeare.txt.gz"],
}
LIBRARIES = {"least_squares": "matplotlib", "fashion": "matplotlib", "wine": "pandas"}


def _need(name: str) -> None:
    if name in LIBRARIES:
        pytest.importorskip(LIBRARIES[name])
    folder = os.environ.get("SEODANG_DATA")
    for file in NEEDS.get(name, ()):
        choices = file if isinstance(file, tuple) else (file,)
        if not folder or not any((Path(folder) / f).exists() for f in choices):
            pytest.skip(f"{name} reads {file}, which is not in SEODANG_DATA")


@pytest.mark.parametrize("name", sorted(REACHED))
def test_a_program_runs_unchanged(name):
    _need(name)
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
