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
from seodang.run import redirect  # noqa: E402

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "golden/data/tensorflow_names.json"
RECORDED = json.loads(GOLDEN.read_text())
RESULTS, SIGNATURES = RECORDED["results"], RECORDED["signatures"]


@pytest.fixture(autouse=True)
def redirected():
    """An example that imports `keras` means ours, whether or not the real one is installed."""
    redirect.install()
    yield
    redirect.uninstall()


@pytest.mark.parametrize("row", ROWS, ids=[r.key.replace(" ", "+") for r in ROWS])
def test_name(row, tmp_path):
    if row.needs and not _there(row.needs):
        pytest.skip(f"keras.{row.needs} is not there yet")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = plain(run(row.code, {**scope(tf, str(tmp_path)), "__name__": "__main__"}))
    found = difference(result, RESULTS[row.key], row.tolerance)
    assert found is None, f"{row.key}: {found}\n{row.code}"


def _there(name: str) -> bool:
    value = tf.keras
    for part in name.split("."):
        value = getattr(value, part, None)
    return value is not None


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


# What is not there, with what a program does with it.
ABSENT = {
    "tf.distribute": "tf.distribute.MirroredStrategy(devices=['/cpu:0'])",
    "tf.saved_model": "tf.saved_model.save(keras.Sequential(), 'x', signatures=None)",
    "tf.ragged": "tf.ragged.constant([[1], [1, 2]], ragged_rank=1)",
    "tf.RaggedTensor": "tf.RaggedTensor.from_row_splits(values=[1], row_splits=[0, 1])",
    "tf.sparse": "tf.sparse.to_dense(None, default_value=0)",
    "tf.SparseTensor": "tf.SparseTensor(indices=[[0]], values=[1], dense_shape=[2])",
    "tf.feature_column": "tf.feature_column.indicator_column(None)",
    "tf.io.FixedLenFeature": "tf.io.FixedLenFeature(shape=[], dtype=tf.int64, default_value=0)",
    "tf.io.VarLenFeature": "tf.io.VarLenFeature(dtype=tf.int64)",
    "tf.io.TFRecordWriter": "tf.io.TFRecordWriter('x')",
    "tf.io.parse_single_example": "tf.io.parse_single_example(b'', {})",
    "tf.data.TFRecordDataset": "tf.data.TFRecordDataset(filenames=['x'])",
    "tf.train.Example": "tf.train.Example(features=None)",
    "tf.train.Feature": "tf.train.Feature(int64_list=None)",
    "tf.train.BytesList": "tf.train.BytesList(value=[b''])",
    "tf.train.Int64List": "tf.train.Int64List(value=[1])",
    "tf.train.FloatList": "tf.train.FloatList(value=[1.0])",
    "tf.signal": "tf.signal.fft(tf.constant([1.0]))",
    "tf.complex64": "tf.cast(1.0, tf.complex64)",
    "tf.quantization": "tf.quantization.fake_quant_with_min_max_args",
    "tf.experimental.dtensor": "tf.experimental.dtensor.create_mesh([('x', 1)], devices=['CPU:0'])",
    "tf.experimental.ExtensionType": "tf.experimental.ExtensionType",
    "tf.lite": "tf.lite.TFLiteConverter",
    "tf.estimator": "tf.estimator.Estimator",
}


@pytest.mark.parametrize("name", ABSENT)
def test_absent_names_say_so(name):
    with pytest.raises((AttributeError, NotImplementedError)) as e:
        run(ABSENT[name], {"tf": tf, "keras": tf.keras})
    assert name in str(e.value) and "not in Seodang" in str(e.value), str(e.value)
