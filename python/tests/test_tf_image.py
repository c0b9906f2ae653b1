"""`tf.image` and the picture formats against what TensorFlow computes (golden/tf_image.py)."""

import golden_support
import numpy as np
import pytest

from seodang.compat import tensorflow as tf

CASES, TENSORS = golden_support.load("tf_image")
CALLS = [c for c in CASES if c["kind"] == "call"]
FILES = [c for c in CASES if c["kind"] == "file"]


@pytest.mark.parametrize("case", CALLS, ids=lambda c: c["name"])
def test_calls(case):
    arguments = {
        k: TENSORS[v["tensor"]] if isinstance(v, dict) else v for k, v in case["arguments"].items()
    }
    out = getattr(tf.image, case["function"])(**arguments)
    outputs = out if isinstance(out, tuple) else (out,)
    assert len(outputs) == len(case["outputs"])
    for got, name in zip(outputs, case["outputs"]):
        want, got = TENSORS[name], got.numpy()
        assert got.dtype == want.dtype and got.shape == want.shape
        np.testing.assert_allclose(got.astype("f8"), want.astype("f8"), rtol=1e-5, atol=case["tol"])


@pytest.mark.parametrize("case", FILES, ids=lambda c: c["name"])
def test_files(case):
    want = TENSORS[case["output"]]
    data = TENSORS[case["data"]].tobytes()
    got = tf.io.decode_image(data, channels=case["channels"], expand_animations=False).numpy()
    assert got.dtype == want.dtype and got.shape == want.shape
    difference = np.abs(got.astype(int) - want)
    assert difference.max() <= case["most"] and difference.mean() <= case["mean"]


def test_what_is_written_is_read_again():
    x = TENSORS[FILES[-1]["output"]]
    for array in (x, x.astype("u2") * 257):
        back = tf.io.decode_png(tf.io.encode_png(array, compression=9), dtype=array.dtype.name)
        np.testing.assert_array_equal(back.numpy(), array)
    back = tf.io.decode_jpeg(tf.io.encode_jpeg(x, quality=100)).numpy().astype(int)
    assert np.abs(back - x).mean() < 3
    assert tf.io.decode_png(tf.io.encode_png(x[..., :1])).shape == (*x.shape[:2], 1)
    worse = tf.io.encode_jpeg(x, quality=5).numpy()
    assert len(worse) < len(tf.io.encode_jpeg(x, quality=95).numpy()) / 2


def test_animations_have_frames():
    # Two frames of one point, white and black, in a palette of two colours.
    frame = b"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02%c\x01\x00"
    data = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00" + frame % 0x44 + frame % 0x4C + b";"
    frames = tf.io.decode_gif(data).numpy()
    assert frames.tolist() == [[[[255, 255, 255]]], [[[0, 0, 0]]]]
    assert tf.io.decode_image(data).shape == (2, 1, 1, 3)
    assert tf.io.decode_image(data, expand_animations=False).shape == (1, 1, 3)


@pytest.mark.parametrize("data", [
    b"", b"text", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0" + bytes(40), b"BM" + b"\xff" * 60,
    b"GIF89a\xff\xff\xff\xff" + bytes(30),
])
def test_no_picture(data):
    with pytest.raises(tf.errors.InvalidArgumentError):
        tf.io.decode_image(data)


def test_damaged_and_huge_files_raise():
    r = np.random.default_rng(0)
    for case in FILES[::4]:
        data = TENSORS[case["data"]]
        for _ in range(40):
            bad = data.copy()
            bad[r.integers(0, len(bad), 5)] = r.integers(0, 256, 5)
            try:
                tf.io.decode_image(bad[: r.integers(1, len(bad))].tobytes())
            except tf.errors.InvalidArgumentError:
                pass
    header = bytearray(tf.io.encode_png(np.zeros((1, 1, 3), "u1")).numpy())
    header[16:24] = b"\x00\x01\xff\xff" * 2
    import zlib

    header[29:33] = zlib.crc32(bytes(header[12:29])).to_bytes(4, "big")
    with pytest.raises(tf.errors.InvalidArgumentError, match="too large"):
        tf.io.decode_png(bytes(header))


def test_arguments_that_do_not_fit():
    png = tf.io.encode_png(np.zeros((2, 2, 3), "u1"))
    with pytest.raises(tf.errors.InvalidArgumentError, match="channels"):
        tf.io.decode_png(png, channels=5)
    with pytest.raises(tf.errors.InvalidArgumentError, match="quality"):
        tf.io.encode_jpeg(np.zeros((2, 2, 3), "u1"), quality=101)
    with pytest.raises(tf.errors.InvalidArgumentError, match="uint8"):
        tf.io.encode_jpeg(np.zeros((2, 2, 3), "f4"))
    with pytest.raises(ValueError, match="filter"):
        tf.image.ssim(np.zeros((5, 5, 1), "f4"), np.zeros((5, 5, 1), "f4"), 1.0)
    with pytest.raises(ValueError, match="max_delta"):
        tf.image.random_hue(np.zeros((5, 5, 3), "f4"), 0.7)
    with pytest.raises(tf.errors.InvalidArgumentError, match="box_index"):
        tf.image.crop_and_resize(np.zeros((1, 4, 4, 1), "f4"), [[0, 0, 1, 1]], [1], [2, 2])


def test_gradients_and_traces():
    x = tf.constant(np.random.default_rng(0).random((1, 12, 12, 3), "f4"))
    with tf.GradientTape() as tape:
        tape.watch(x)
        loss = tf.reduce_sum(1 - tf.image.ssim(x, tf.ones_like(x) * 0.5, 1.0))
    assert np.abs(tape.gradient(loss, x).numpy()).max() > 0
    traced = tf.function(lambda t: tf.image.adjust_hue(tf.image.extract_patches(
        t, [1, 2, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1], "VALID")[..., :3], 0.1))
    eager = tf.image.adjust_hue(x[:, ::2, ::2], 0.1)
    np.testing.assert_allclose(traced(x).numpy(), eager.numpy(), atol=1e-6)


def test_random_hue_follows_its_seed():
    x = np.random.default_rng(0).random((4, 4, 3), "f4")
    a, b, c = (tf.image.stateless_random_hue(x, 0.4, seed=s).numpy() for s in ((1, 2), (1, 2), (3, 4)))
    np.testing.assert_array_equal(a, b)
    assert np.abs(a - c).max() > 1e-3
