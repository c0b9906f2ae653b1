"""The architectures are Keras's, layer by layer and number by number, and read Keras's files."""

from __future__ import annotations

import json
import pathlib
import sys

import numpy as np
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from names.applications import computed, described  # noqa: E402

from seodang import keras  # noqa: E402
from seodang.keras.utils import files  # noqa: E402

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "golden/data/keras_applications.json"
CASES = json.loads(GOLDEN.read_text())["cases"]


@pytest.mark.parametrize("case", CASES, ids=[f"{c['name']}-{i}" for i, c in enumerate(CASES)])
def test_architecture(case):
    keras.backend.clear_session()
    model = getattr(keras.applications, case["name"])(weights=None, **case["options"])
    found = described(model)
    assert found == {k: case[k] for k in found}
    if "output" in case:
        # Rounding grows with the depth; a wrong padding or order of weights changes all digits.
        np.testing.assert_allclose(computed(model), case["output"], rtol=2e-3, atol=2e-4)


def test_trained_weights_come_from_keras_folder_or_say_where_they_belong(tmp_path, monkeypatch):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))

    def refuse(origin, path):
        raise OSError(f"URL fetch failure on {origin}")

    monkeypatch.setattr(files, "_download", refuse)
    options = {"include_top": False, "input_shape": (96, 96, 3), "alpha": 0.35}
    name = "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_96_no_top.h5"
    with pytest.raises(OSError, match=name) as e:
        keras.applications.MobileNetV2(**options)
    assert str(tmp_path / "models") in str(e.value)
    model = keras.applications.MobileNetV2(weights=None, **options)
    model.save_weights(tmp_path / "models" / name)
    again = keras.applications.MobileNetV2(weights="imagenet", **options)
    for a, b in zip(model.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


def test_arguments_that_do_not_fit():
    net = keras.applications.MobileNetV2
    with pytest.raises(ValueError, match="`classes` should be 1000"):
        net(classes=5)
    with pytest.raises(ValueError, match="should be either `None`"):
        net(weights="none such")
    with pytest.raises(ValueError, match="Input size must be at least 32x32"):
        net(weights=None, input_shape=(16, 16, 3), include_top=False)
    with pytest.raises(ValueError, match="static `input_shape`"):
        net(weights=None, input_shape=(None, None, 3))
    with pytest.raises(NotImplementedError, match="ConvNeXtTiny is not in Seodang"):
        keras.applications.ConvNeXtTiny(weights=None)


def test_decode_predictions(tmp_path, monkeypatch):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    (tmp_path / "models").mkdir()
    names = {str(i): [f"n{i:08d}", f"thing_{i}"] for i in range(1000)}
    (tmp_path / "models" / "imagenet_class_index.json").write_text(json.dumps(names))
    scores = np.zeros((1, 1000), "float32")
    scores[0, [7, 3]] = 0.75, 0.25
    decoded = keras.applications.mobilenet_v2.decode_predictions(scores, top=2)
    assert decoded == [[("n00000007", "thing_7", 0.75), ("n00000003", "thing_3", 0.25)]]
    with pytest.raises(ValueError, match="batch of predictions"):
        keras.applications.vgg16.decode_predictions(scores[0])


def test_layers_names_may_have_slashes(tmp_path):
    def make():
        return keras.Sequential([
            keras.layers.Dense(2, name="conv1/conv", input_shape=(3,)), keras.layers.Dense(2, name="conv1/bn"),
        ])

    model, again = make(), make()
    for name in ("w.h5", "w.weights.h5"):
        model.save_weights(tmp_path / name)
        again.set_weights([np.zeros_like(w) for w in again.get_weights()])
        again.load_weights(tmp_path / name)
        for a, b in zip(model.get_weights(), again.get_weights(), strict=True):
            np.testing.assert_array_equal(a, b)
    assert model.get_layer("conv1/bn").units == 2
