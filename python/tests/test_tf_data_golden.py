"""`tf.data` pipelines against the elements, orders, specs and sizes that TensorFlow gives (golden/tf_data.py)."""

import golden_support
import numpy as np
import pytest

from seodang import _seeds
from seodang.compat import tensorflow as tf

CASES = golden_support.cases("tf_data")

# Batches of a window whose size only the elements tell: ours describes the elements it has seen.
NARROWER = ("w.batch(3)", "w.batch(2)")


@pytest.fixture(autouse=True)
def no_seed_of_the_program(monkeypatch):
    """The orders are those of a program that sets no seed, whatever tests ran before."""
    monkeypatch.setattr(_seeds, "_global", None)


def _same(got, want) -> None:
    if isinstance(want, dict) and set(want) == {"dtype", "shape", "values"}:
        array = np.asarray(got)
        kind = "bytes" if array.dtype.kind in "OS" else array.dtype.name
        assert (kind, list(array.shape)) == (want["dtype"], want["shape"])
        values = [v.decode() for v in array.ravel()] if kind == "bytes" else array.ravel().tolist()
        assert values == (want["values"] if kind == "bytes" else pytest.approx(want["values"], rel=1e-6))
    elif set(want) == {"tuple"}:
        assert isinstance(got, tuple) and len(got) == len(want["tuple"])
        for a, b in zip(got, want["tuple"]):
            _same(a, b)
    else:
        assert isinstance(got, dict) and sorted(got) == sorted(want)
        for key, value in want.items():
            _same(got[key], value)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_pipelines(case):
    data = eval(case["name"], {"tf": tf, "np": np, "D": tf.data.Dataset})
    for want in case["passes"]:
        got = list(data.as_numpy_iterator())
        assert len(got) == len(want)
        for a, b in zip(got, want):
            _same(a, b)
    assert int(data.cardinality()) == case["count"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_specs(case):
    data = eval(case["name"], {"tf": tf, "np": np, "D": tf.data.Dataset})
    if any(text in case["name"] for text in NARROWER):
        pytest.xfail("the first dimension is known here where TensorFlow has None")
    assert repr(data.element_spec) == case["spec"]
