"""ImageDataGenerator: what it draws and computes; values compared with tf_keras 2.21 once (equal)."""

from __future__ import annotations

import numpy as np
import pytest

from seodang.keras.preprocessing import image


def pictures(n=6, h=12, w=10):
    return np.random.default_rng(0).random((n, h, w, 3)) * 255


def test_equal_seeds_give_equal_batches_and_labels_follow_the_pictures():
    g = image.ImageDataGenerator(rotation_range=20, zoom_range=0.2, horizontal_flip=True)
    x, y = pictures(), np.arange(6)
    first = g.flow(x, y, batch_size=4, seed=3)
    again = g.flow(x, y, batch_size=4, seed=3)
    a, labels = first.next()
    b, same = again.next()
    assert a.shape == (4, 12, 10, 3) and (a == b).all() and (labels == same).all()
    assert len(first) == 2 and sorted([*labels, *first.next()[1]]) == list(range(6))


def test_without_options_the_pictures_come_as_they_are():
    x = pictures().astype("float32")
    out = image.ImageDataGenerator().flow(x, batch_size=6, shuffle=False).next()
    assert (out == x).all()
    out = image.ImageDataGenerator(rescale=1 / 255).flow(x, batch_size=6, shuffle=False)[0]
    assert np.allclose(out, x / 255)


def test_a_quarter_turn_and_a_shift_by_whole_points_are_exact():
    x = np.arange(25, dtype="float64").reshape(5, 5, 1)
    turned = image.apply_affine_transform(x, theta=90, row_axis=0, col_axis=1, channel_axis=2)
    assert np.allclose(turned[..., 0], np.rot90(x[..., 0])) or np.allclose(
        turned[..., 0], np.rot90(x[..., 0], -1)
    )
    moved = image.apply_affine_transform(
        x, ty=1, row_axis=0, col_axis=1, channel_axis=2, fill_mode="constant", cval=-1
    )
    assert (moved[:4, :, 0] == x[1:, :, 0]).all() and (moved[4] == -1).all()


def test_fit_takes_means_and_deviations():
    g = image.ImageDataGenerator(featurewise_center=True, featurewise_std_normalization=True)
    x = pictures(20)
    g.fit(x)
    out = g.flow(x, batch_size=20, shuffle=False).next()
    assert abs(out.mean()) < 1e-3 and abs(out.std() - 1) < 1e-2


def test_a_share_of_the_pictures_validates():
    g = image.ImageDataGenerator(validation_split=0.25)
    x, y = pictures(8), np.arange(8)
    train = g.flow(x, y, subset="training", shuffle=False, batch_size=8).next()[1]
    rest = g.flow(x, y, subset="validation", shuffle=False, batch_size=8).next()[1]
    assert list(rest) == [0, 1] and list(train) == [2, 3, 4, 5, 6, 7]


def test_mistakes_are_told():
    g = image.ImageDataGenerator()
    with pytest.raises(ValueError, match="rank 4"):
        g.flow(np.zeros((3, 3)))
    with pytest.raises(ValueError, match="same length"):
        g.flow(pictures(), np.zeros(2))
    with pytest.raises(ValueError, match="zoom_range"):
        image.ImageDataGenerator(zoom_range=(1, 2, 3))


def test_a_network_learns_from_changed_pictures():
    from seodang import keras

    keras.utils.set_random_seed(0)
    rng = np.random.default_rng(0)
    y = rng.integers(0, 2, 200)
    x = rng.random((200, 8, 8, 1)) * 0.2
    x[y == 1, 2:6, 2:6] += 0.7
    model = keras.Sequential([keras.layers.Flatten(input_shape=(8, 8, 1)),
                              keras.layers.Dense(2, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", ["accuracy"])
    g = image.ImageDataGenerator(width_shift_range=0.1, horizontal_flip=True)
    history = model.fit_generator(g.flow(x, y, batch_size=20), steps_per_epoch=10, epochs=15, verbose=0)
    assert history.history["accuracy"][-1] > 0.95
