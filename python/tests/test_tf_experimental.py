"""tf.experimental: NumPy's functions over tensors, DLPack."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import seodang.compat.tensorflow as tf

tnp = tf.experimental.numpy
A = np.array([[1.5, -2.0, 3.0], [0.5, 4.0, -1.0]])
B = np.array([[2, 1, 3]])

SAME = [
    "exp(A)", "log(abs(A))", "sqrt(B)", "tanh(A)", "square(B)", "floor(A)", "isnan(A)", "sign(A)",
    "add(A, B)", "add(B, 1)", "add(B, 0.5)", "subtract(A, 2)", "multiply(B, B)", "true_divide(B, 2)",
    "floor_divide(B, 2)", "power(A, 2)", "maximum(A, 0)", "less(A, B)", "logical_and(A > 0, A < 2)",
    "clip(A, -1, 2)", "clip(A, None, 2)", "where(A > 0, A, 0.0)", "where(A > 0)",
    "sum(A)", "sum(A, axis=1)", "sum(B, axis=(0, 1))", "sum(A, axis=0, keepdims=True)", "prod(B)", "mean(B)",
    "mean(A, axis=-1)", "std(A, axis=0)", "var(A)", "max(A, axis=1)", "amin(A)", "all(A)", "any(A > 3, axis=0)",
    "argmax(A)", "argmax(A, axis=1)", "argmin(A, axis=0)", "cumsum(A)", "cumsum(A, axis=1)", "sort(A, axis=0)",
    "argsort(A)", "reshape(A, (3, 2))", "reshape(A, -1)", "ravel(A)", "transpose(A)", "swapaxes(A, 0, 1)",
    "moveaxis(A[None], 0, -1)", "moveaxis(A[None], [0, 1], [1, 2])", "expand_dims(A, 1)", "squeeze(A[None])",
    "concatenate([A, B], axis=0)", "stack([A, A + 1], axis=1)", "vstack([A, B[0]])", "hstack([A, A])",
    "split(A, 3, axis=1)", "split(A, [1], axis=1)", "tile(B, (2, 1))", "repeat(A, 2)", "repeat(A, 2, axis=1)",
    "flip(A)", "flip(A, 1)", "broadcast_to(B, (2, 3))", "take(A, [0, 5])", "take(A, [2, 0], axis=1)",
    "matmul(A, A.T)", "matmul(A, A[0])", "matmul(A[:, 0], A)", "dot(A, A.T)", "dot(A[0], A[1])", "dot(2.0, A)",
    "tensordot(A, A, axes=([1], [1]))", "outer(A[0], B[0])", "inner(A, B[0])", "einsum('ij,kj->ik', A, A)",
    "zeros((2, 3))", "ones(4)", "ones((2, 2), dtype='int32')", "full((2, 2), 7)", "ones_like(B)",
    "zeros_like(A)", "full_like(A, 2)", "arange(5)", "arange(1, 6, 2)", "arange(0.0, 1.0, 0.25)",
    "linspace(0, 1, 5)", "eye(3)", "eye(2, 3, k=1)", "array([[1, 2], [3, 4]])", "array([1.5, 2])",
    "array(3, ndmin=2)", "asarray(B)", "shape(A)", "ndim(A)", "size(A)", "size(A, 1)",
]


def _plain(value):
    if isinstance(value, (list, tuple)) and not all(isinstance(v, int) for v in value):
        return [_plain(v) for v in value]
    return np.asarray(value)


@pytest.mark.parametrize("code", SAME)
def test_functions_give_what_numpy_gives(code):
    function, arguments = code.split("(", 1)
    ours = eval(f"t.{function}({arguments}", {"t": tnp, "A": A, "B": B, "abs": np.abs})
    theirs = eval(f"np.{function}({arguments}", {"np": np, "A": A, "B": B, "abs": np.abs})
    for got, want in zip(*(v if isinstance(v, list) else [v] for v in (_plain(ours), _plain(theirs))), strict=True):
        assert got.shape == want.shape
        assert got.dtype == want.dtype, (got.dtype, want.dtype)
        np.testing.assert_allclose(got, want, rtol=1e-12, atol=1e-12)


def test_gradients_pass_through():
    x = tf.constant(A)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tnp.sum(tnp.square(tnp.matmul(x, tnp.transpose(x))))
    s = A @ A.T
    np.testing.assert_allclose(tape.gradient(y, x), 4 * s @ A, rtol=1e-12)


def test_random_numbers_follow_the_seed():
    tnp.random.seed(3)
    first = tnp.random.randn(200, 5).numpy()
    tnp.random.seed(3)
    assert (tnp.random.randn(200, 5).numpy() == first).all()
    assert first.dtype == np.float64 and abs(first.mean()) < 0.15 and abs(first.std() - 1) < 0.15
    whole = tnp.random.randint(2, 5, size=(300,)).numpy()
    assert set(whole) == {2, 3, 4} and whole.dtype == np.int64
    few = tnp.random.uniform(-1.0, 1.0, (500,)).numpy()
    assert -1 <= few.min() < -0.8 and 0.8 < few.max() < 1


def test_numpy_behavior_gives_tensors_methods():
    # In a process of its own, for it changes the classes.
    code = (
        "import seodang.compat.tensorflow as tf, numpy as np\n"
        "x = tf.constant([[1.0, 2.0], [3.0, 4.0]])\n"
        "assert not hasattr(x, 'reshape')\n"
        "tf.experimental.numpy.experimental_enable_numpy_behavior()\n"
        "assert x.reshape(4).shape == (4,) and x.reshape((1, 4)).shape == (1, 4)\n"
        "assert float(x.sum()) == 10 and x.mean(axis=0).numpy().tolist() == [2.0, 3.0]\n"
        "assert x.transpose().numpy().tolist() == [[1.0, 3.0], [2.0, 4.0]]\n"
        "assert np.sum(x) == 10 and np.mean(x, axis=0).tolist() == [2.0, 3.0]\n"
        "assert tf.Variable(x).max().numpy() == 4 and x.ravel().shape == (4,)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_dlpack_goes_both_ways():
    x = tf.constant(A)
    back = tf.experimental.dlpack.from_dlpack(tf.experimental.dlpack.to_dlpack(x))
    np.testing.assert_array_equal(back, A)
    np.testing.assert_array_equal(tf.experimental.dlpack.from_dlpack(np.arange(3.0)), [0, 1, 2])


def test_what_is_missing_is_named():
    with pytest.raises(AttributeError, match="tf.experimental.numpy.fft"):
        tnp.fft
    with pytest.raises(AttributeError, match="tf.experimental.dtensor"):
        tf.experimental.dtensor
