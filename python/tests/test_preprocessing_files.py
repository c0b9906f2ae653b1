"""Pictures in files with and without Pillow: the same numbers."""

import io
import sys

import numpy as np
import pytest

from seodang.keras import utils
from seodang.keras.preprocessing.image import ImageDataGenerator

r = np.random.default_rng(0)
COARSE = r.integers(0, 256, (7, 9, 4), np.uint8)
POINTS = np.kron(COARSE, np.ones((5, 6, 1), np.uint8))


@pytest.fixture
def no_pillow(monkeypatch):
    monkeypatch.setitem(sys.modules, "PIL", None)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_write_and_read_without_pillow(no_pillow, tmp_path, channels):
    path = tmp_path / "a.png"
    utils.save_img(path, POINTS[..., :channels], scale=False)
    modes = {1: "grayscale", 3: "rgb", 4: "rgba"}
    image = utils.load_img(path, color_mode=modes[channels])
    assert image.size == (54, 35) and image.mode == {1: "L", 3: "RGB", 4: "RGBA"}[channels]
    np.testing.assert_array_equal(utils.img_to_array(image), POINTS[..., :channels])
    assert utils.load_img(io.BytesIO(path.read_bytes()), target_size=(4, 5)).size == (5, 4)


def test_what_does_not_fit_without_pillow(no_pillow, tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"no picture")
    with pytest.raises(Exception, match="Unknown image file format"):
        utils.load_img(path)
    with pytest.raises(ValueError, match="unknown file extension"):
        utils.save_img(tmp_path / "a.tiff", POINTS)
    utils.save_img(path, POINTS)
    with pytest.raises(ValueError, match="color_mode"):
        utils.load_img(path, color_mode="cmyk")
    with pytest.raises(ValueError, match="interpolation"):
        utils.load_img(path, target_size=(3, 3), interpolation="x")


@pytest.mark.parametrize("mode", ["grayscale", "rgb", "rgba"])
@pytest.mark.parametrize("method", ["nearest", "bilinear", "bicubic", "hamming", "box", "lanczos"])
def test_sizes_and_modes_are_pillows(tmp_path, monkeypatch, mode, method):
    pytest.importorskip("PIL")
    path = tmp_path / "a.png"
    utils.save_img(path, POINTS, scale=False)
    for size in ((20, 31), (50, 80), (35, 11)):
        arguments = {"color_mode": mode, "target_size": size, "interpolation": method}
        want = utils.img_to_array(utils.load_img(path, **arguments))
        with monkeypatch.context() as context:
            context.setitem(sys.modules, "PIL", None)
            got = utils.img_to_array(utils.load_img(path, **arguments))
        assert np.abs(got - want).max() <= 1


def test_folders_flow_without_pillow(no_pillow, tmp_path):
    for c in "ab":
        (tmp_path / c).mkdir()
        for i in range(3):
            utils.save_img(tmp_path / c / f"{i}.png", POINTS[..., :3], scale=False)
    flow = ImageDataGenerator(rescale=1 / 255).flow_from_directory(
        tmp_path, target_size=(35, 54), batch_size=4, shuffle=False
    )
    x, y = next(flow)
    assert x.shape == (4, 35, 54, 3) and y.argmax(1).tolist() == [0, 0, 0, 1]
    np.testing.assert_allclose(x[0], POINTS[..., :3] / np.float32(255), atol=1e-6)
