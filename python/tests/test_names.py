"""Every name that programs use, with every keyword argument seen, gives what TensorFlow gives."""

from __future__ import annotations

import inspect
import json
import pathlib
import sys
import warnings

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from names import ROWS  # noqa: E402
from names.table import difference, plain, run, scope  # noqa: E402

from seodang.compat import tensorflow as tf  # noqa: E402

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "golden/data/tensorflow_names.json"
RECORDED = json.loads(GOLDEN.read_text())
RESULTS, SIGNATURES = RECORDED["results"], RECORDED["signatures"]


@pytest.mark.parametrize("row", ROWS, ids=[r.key.replace(" ", "+") for r in ROWS])
def test_name(row, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = plain(run(row.code, scope(tf, str(tmp_path))))
    found = difference(result, RESULTS[row.key], row.tolerance)
    assert found is None, f"{row.key}: {found}\n{row.code}"


def test_every_row_uses_its_keyword_arguments():
    for row in ROWS:
        absent = set(row.keywords.split()) - row.keywords_used()
        assert not absent, f"{row.key} does not pass {absent}"


def test_rows_and_results_belong_together():
    keys = [r.key for r in ROWS]
    assert len(keys) == len(set(keys)), sorted(k for k in keys if keys.count(k) > 1)
    assert set(keys) == set(RESULTS)


@pytest.mark.parametrize("name", SIGNATURES)
def test_options_stand_in_keras_order(name):
    """Programs give options by position: `SGD(0.01, 0.9)` sets the momentum."""
    family, _, cls = name.rpartition(".")
    module = tf.keras
    for part in family.split("."):
        module = getattr(module, part)
    if not hasattr(module, cls):
        pytest.skip(f"{name} is not there")
    parameters = list(inspect.signature(getattr(module, cls).__init__).parameters.values())[1:]
    ours = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    # Names of the class come last in ours and may stand anywhere in Keras's; nobody counts to them.
    theirs = [n for n in SIGNATURES[name] if n in ours and n not in ("name", "dtype")]
    assert [n for n in ours if n in theirs][: len(theirs)] == theirs
    assert [n for n in ours if n not in ("name", "dtype")][: len(theirs)] == theirs
