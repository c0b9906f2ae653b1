"""`keras.ops`: every listed name is there; some values against NumPy."""

import numpy as np
import pytest

from seodang.keras import ops

X = np.array([[1.0, 2.0], [3.0, 5.0]], "float32")


@pytest.mark.parametrize("name", sorted(ops._HOMES))
def test_every_name_is_a_function(name):
    assert callable(getattr(ops, name))


def test_values():
    for name in ("sum", "mean", "max", "prod", "var", "std"):
        np.testing.assert_allclose(getattr(ops, name)(X, axis=0), getattr(np, name)(X, axis=0), rtol=1e-6)
    np.testing.assert_array_equal(ops.concatenate([X, X], axis=1), np.concatenate([X, X], 1))
    np.testing.assert_array_equal(ops.take(X, [0, 3]), np.take(X, [0, 3]))
    np.testing.assert_array_equal(ops.dot(X, X), X.dot(X))
    np.testing.assert_array_equal(ops.one_hot([1, 0], 2), [[0, 1], [1, 0]])
    with pytest.raises(AttributeError):
        ops.no_such_function
