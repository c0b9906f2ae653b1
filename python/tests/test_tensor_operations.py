"""Tensors in Python's hands: their operators, indices and conversions are TensorFlow's.

The expectations are what TensorFlow gave to the same expressions; `golden/tensor_operations.py`
wrote them.
"""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from seodang.compat import tensorflow as tf

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "data" / "tensor_operations.json"
CASES = json.loads(GOLDEN.read_text(encoding="utf-8"))["cases"]

# Where we do otherwise, and why.
DIFFERENT = {
    "tf.constant([1]) + 1.5": "a TypeError, as TensorFlow 2.0 to 2.5 raise; today's is an OpError",
}


@pytest.mark.parametrize(
    "case", [c for c in CASES if c["code"] not in DIFFERENT], ids=lambda c: c["code"]
)
def test_results_are_tensorflows(case):
    names = {
        "tf": tf,
        "np": np,
        "math": math,
        "a": tf.constant(np.arange(12, dtype="float32").reshape(3, 4)),
        "v": tf.Variable([1.0, 2.0]),
    }
    if "error" in case:
        with pytest.raises(Exception) as raised:
            eval(case["code"], names)
        assert case["error"] in [c.__name__ for c in type(raised.value).__mro__], raised.value
    else:
        assert repr(eval(case["code"], names)) == case["text"]
