"""Files that Keras 3 and Keras 2 wrote: predictions are theirs, and training goes on as theirs did.

`golden/model_files.py` writes the files, and reads ours with the real libraries.
"""

import pathlib
import sys
import warnings
import zipfile

import numpy as np
import pytest
from seodang import keras

GOLDEN = pathlib.Path(__file__).parents[2] / "golden"
pytestmark = pytest.mark.skipif(not GOLDEN.is_dir(), reason="the golden files are not here")
sys.path.insert(0, str(GOLDEN))
if GOLDEN.is_dir():
    import model_files as golden

    FILES = [
        (library, name, kind)
        for library in "32"
        for name in golden.chosen(library, [])
        for kind in golden.CASES[name].formats
        if (library, kind) != ("3", "old.h5")
    ]
else:
    FILES = []


@pytest.fixture(scope="module", params="32")
def unpacked(request, tmp_path_factory):
    root = tmp_path_factory.mktemp(f"keras{request.param}")
    with zipfile.ZipFile(GOLDEN / "data" / f"model_files_keras{request.param}.zip") as archive:
        archive.extractall(root)
    return request.param, root


def test_every_file_predicts_and_trains_as_its_library_does(unpacked):
    library, root = unpacked
    read = 0
    for name, kind in [(n, k) for lib, n, k in FILES if lib == library]:
        if name == "attention" and "MultiHeadAttention" not in dir(keras.layers):
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            off, after = golden.read_case(name, keras, root / name, kind)
        what = f"{name} .{kind} of Keras {library}"
        assert off <= golden.PREDICTED, f"{what}: predictions differ by {off:.1e}"
        if kind in ("keras", "h5") and golden.CASES[name].optimizer is not None:
            assert after <= golden.TRAINED, f"{what}: after training they differ by {after:.1e}"
        read += 1
    assert read >= 30


def test_what_was_written_is_read_with_equal_bits(tmp_path):
    for name, c in golden.CASES.items():
        if "3" not in c.libraries or c.optimizer is None:
            continue
        x, y = golden.data(name)
        model = c.build(keras)
        golden.compile_model(model, c, keras, keras.losses)
        golden.train(model, x, y, 2)
        golden.write_files(model, keras, tmp_path, ("keras", "h5"))
        before = golden.predictions(model, x)
        rest = golden.train(model, x, y, 2)
        for kind in ("keras", "h5"):
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                again = keras.models.load_model(tmp_path / f"model.{kind}")
            assert type(again) is type(model)
            assert again.get_config() == model.get_config(), (name, kind)
            for a, b in zip(golden.predictions(again, x), before, strict=True):
                np.testing.assert_array_equal(a, b, f"{name} .{kind}")
            assert golden.train(again, x, y, 2) == rest, (name, kind)


def test_keras2_nadam_continues_with_the_product_that_its_file_lacks(tmp_path):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.Nadam(0.01), "mse")
    x, y = np.ones((4, 2), "float32"), np.ones((4, 1), "float32")
    golden.train(model, [x], [y], 5)
    from seodang.keras.saving import optimizer_state

    arrays = [v.numpy() for v in optimizer_state._State(model.optimizer).keras2()]
    other = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    other.compile(keras.optimizers.Nadam(0.01), "mse")
    assert optimizer_state.restore(other.optimizer, other.trainable_variables, arrays)
    want = [v.numpy() for v in optimizer_state.keras3(model.optimizer)]
    got = [v.numpy() for v in optimizer_state.keras3(other.optimizer)]
    for a, b in zip(got, want, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-6)
