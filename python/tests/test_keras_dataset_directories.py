"""Data sets from folders and series: what is in them, in which order (Keras's, by the same seeds)."""

import numpy as np
import pytest

from seodang import _native as native
from seodang import keras
from seodang.compat import tensorflow as tf


@pytest.fixture
def pictures(tmp_path):
    r = np.random.default_rng(0)
    for name, count in (("cats", 3), ("dogs", 5)):
        (tmp_path / name).mkdir()
        for i in range(count):
            points = r.integers(0, 256, (8 + i, 9, 3), np.uint8)
            (tmp_path / name / f"{i}.png").write_bytes(native.encode_png(points, None))
            (tmp_path / name / f"{i}.txt").write_text(f"{name} {i}")
    (tmp_path / ".hidden").mkdir()
    return tmp_path


def _load(path):
    return tf.image.resize(tf.io.decode_image(tf.io.read_file(path)), (4, 6)).numpy()


def test_pictures_of_folders(pictures, capsys):
    data = keras.utils.image_dataset_from_directory(
        pictures, image_size=(4, 6), batch_size=3, shuffle=False
    )
    assert "Found 8 files belonging to 2 classes." in capsys.readouterr().out
    assert data.class_names == ["cats", "dogs"] and len(data) == 3
    x, y = (np.concatenate(parts) for parts in zip(*data.as_numpy_iterator()))
    assert x.dtype == np.float32 and y.dtype == np.int32 and y.tolist() == [0] * 3 + [1] * 5
    np.testing.assert_array_equal(x, np.stack([_load(p) for p in data.file_paths]))


def test_the_two_parts_share_nothing_and_keep_keras_order(pictures):
    train, valid = keras.utils.image_dataset_from_directory(
        pictures, image_size=(4, 6), validation_split=0.3, subset="both", seed=7, label_mode="categorical"
    )
    # Keras shuffles the sorted paths and the labels alike, with NumPy's RandomState.
    paths = [f"{c}/{i}.png" for c, n in (("cats", 3), ("dogs", 5)) for i in range(n)]
    np.random.RandomState(7).shuffle(paths)
    assert train.file_paths == [str(pictures / p) for p in paths[:-2]]
    assert valid.file_paths == [str(pictures / p) for p in paths[-2:]]
    _, y = next(iter(valid))
    assert y.numpy().tolist() == [[float("cats" in p), float("dogs" in p)] for p in paths[-2:]]
    alone = keras.utils.image_dataset_from_directory(
        pictures, image_size=(4, 6), validation_split=0.3, subset="validation", seed=7
    )
    assert alone.file_paths == valid.file_paths


def test_labels_colours_and_forms(pictures):
    make = keras.utils.image_dataset_from_directory
    data = make(pictures, label_mode="binary", class_names=["dogs", "cats"], color_mode="grayscale",
                image_size=5, shuffle=False)
    x, y = next(iter(data))
    assert x.shape == (8, 5, 5, 1) and y.numpy().ravel().tolist() == [0.0] * 5 + [1.0] * 3
    x = next(iter(make(pictures, labels=None, batch_size=None, color_mode="rgba", shuffle=False)))
    assert x.shape == (256, 256, 4) and (x.numpy()[..., 3] == 255).all()
    x, y = next(iter(make(pictures, labels=list(range(8)), shuffle=False, image_size=(4, 6),
                          data_format="channels_first", pad_to_aspect_ratio=True)))
    assert x.shape == (8, 3, 4, 6) and y.numpy().tolist() == list(range(8))


@pytest.mark.parametrize("arguments, message", [
    ({"label_mode": "x"}, "label_mode"), ({"validation_split": 0.2}, "subset"),
    ({"validation_split": 0.2, "subset": "training"}, "seed"), ({"color_mode": "x"}, "color_mode"),
    ({"class_names": ["birds"]}, "class_names"), ({"labels": [1, 2]}, "lengths"),
    ({"interpolation": "x"}, "interpolation"), ({"image_size": (1, 2, 3)}, "image_size"),
    ({"validation_split": 2, "subset": "training"}, "between 0 and 1"),
])
def test_pictures_refuse(pictures, arguments, message):
    with pytest.raises(ValueError, match=message):
        keras.utils.image_dataset_from_directory(pictures, **arguments)


def test_texts_of_folders(pictures):
    data = keras.preprocessing.text_dataset_from_directory(pictures, batch_size=5, shuffle=False)
    x, y = next(iter(data))
    assert x.numpy().tolist() == [b"cats 0", b"cats 1", b"cats 2", b"dogs 0", b"dogs 1"]
    assert y.numpy().tolist() == [0, 0, 0, 1, 1] and data.class_names == ["cats", "dogs"]
    short = keras.utils.text_dataset_from_directory(pictures, max_length=3, labels=None, shuffle=False)
    assert next(iter(short)).numpy().tolist() == [b"cat"] * 3 + [b"dog"] * 5
    with pytest.raises(ValueError, match="No text files"):
        keras.utils.text_dataset_from_directory(pictures / ".hidden", labels=None)


def test_windows_of_a_series():
    x = np.arange(20.0)
    make = keras.utils.timeseries_dataset_from_array
    data = make(x, x * 10, sequence_length=3, sequence_stride=4, sampling_rate=2, batch_size=2)
    found = list(data.as_numpy_iterator())
    assert np.concatenate([f[0] for f in found]).tolist() == [[i, i + 2, i + 4] for i in (0, 4, 8, 12)]
    assert np.concatenate([f[1] for f in found]).tolist() == [0, 40, 80, 120]
    single = list(make(x, None, 3, start_index=5, end_index=10, batch_size=None).as_numpy_iterator())
    assert np.array(single).tolist() == [[5, 6, 7], [6, 7, 8], [7, 8, 9]]
    mixed = make(x, x, 2, shuffle=True, seed=1, batch_size=19)
    (a, b), = mixed.as_numpy_iterator()
    assert sorted(b) == list(range(19)) and list(b) != list(range(19)) and (a[:, 0] == b).all()
    for arguments in ({"sampling_rate": 0}, {"sequence_stride": 20}, {"start_index": 30}, {"end_index": 20}):
        with pytest.raises(ValueError):
            make(x, None, 3, **arguments)
