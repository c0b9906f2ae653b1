"""Features whose columns are hashes of their names, so that nothing has to be remembered."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from numbers import Integral
from typing import Any

import numpy as np

from .._meta import Checked
from .._output import TransformerMixin
from ..utils._parameters import BOOLEAN, Span, Words
from ._sparse_rows import matrix_of


def murmurs(keys: list[bytes], seed: int = 0) -> np.ndarray:
    """The 32-bit hashes MurmurHash3 (Appleby 2011) of some bytes, with signs.

    Parameters
    ----------
    keys : what to hash
    seed : the seed

    Returns
    -------
    ndarray of int32
    """
    out = np.empty(len(keys), dtype=np.int32)
    lengths = np.asarray([len(key) for key in keys])
    # Those of the same length take the same steps together.
    for length in np.unique(lengths):
        places = np.flatnonzero(lengths == length)
        padded = -(-int(length) // 4) * 4
        text = b"".join(keys[i].ljust(padded, b"\0") for i in places)
        blocks = np.frombuffer(text, dtype="<u4").reshape(len(places), padded // 4)
        h = np.full(len(places), seed, dtype=np.uint32)
        for i, k in enumerate(blocks.T):
            k = k * np.uint32(0xCC9E2D51)
            h ^= (k << np.uint32(15) | k >> np.uint32(17)) * np.uint32(0x1B873593)
            if (i + 1) * 4 <= length:
                h = (h << np.uint32(13) | h >> np.uint32(19)) * np.uint32(5) + np.uint32(0xE6546B64)
        h ^= np.uint32(length)
        h = (h ^ h >> np.uint32(16)) * np.uint32(0x85EBCA6B)
        h = (h ^ h >> np.uint32(13)) * np.uint32(0xC2B2AE35)
        out[places] = (h ^ h >> np.uint32(16)).view(np.int32)
    return out


class FeatureHasher(TransformerMixin, Checked):
    """Sparse features from names and values; a name's column is its hash. Source: Weinberger et al. 2009.

    Parameters
    ----------
    n_features : how many columns
    input_type : what a sample is: "dict" of names and values, "pair" (pairs of these), "string" (names)
    dtype : the type of the numbers
    alternate_sign : whether half of the names count negatively, so that collisions cancel
    """

    _makes_frames = False
    _constraints = {
        "n_features": Span(Integral, 1, np.iinfo(np.int32).max, "both"),
        "input_type": Words("dict", "pair", "string"),
        "alternate_sign": BOOLEAN,
    }

    def __init__(
        self,
        n_features: int = 2**20,
        *,
        input_type: str = "dict",
        dtype: Any = np.float64,
        alternate_sign: bool = True,
    ) -> None:
        self.dtype = dtype
        self.input_type = input_type
        self.n_features = n_features
        self.alternate_sign = alternate_sign

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.input_tags.string = self.input_type == "string"
        tags.input_tags.dict = self.input_type == "dict"
        tags.requires_fit = False
        return tags

    def fit(self, X: Any = None, y: Any = None):
        """Checks the parameters; there is nothing to learn.

        Parameters
        ----------
        X, y : ignored
        """
        self._check_parameters()
        return self

    def transform(self, raw_X: Iterable[Any]) -> Any:
        """The features of samples.

        Parameters
        ----------
        raw_X : iterable of samples, each as `input_type` says

        Returns
        -------
        sparse matrix of shape (n_samples, n_features)

        Raises
        ------
        ValueError, TypeError
            For no samples, a string as a sample, or names that are no strings.
        """
        self._check_parameters()
        samples = iter(raw_X)
        if self.input_type == "string":
            first = next(samples, None)
            if isinstance(first, str):
                raise ValueError(
                    "Samples can not be a single string. The input must be an iterable over "
                    "iterables of strings."
                )
            some = samples if first is None else chain([first], samples)
            samples = (((name, 1) for name in sample) for sample in some)
        elif self.input_type == "dict":
            samples = (sample.items() for sample in samples)
        known: dict[Any, int] = {}
        numbers, values, ends = [], [], [0]
        for sample in samples:
            for name, value in sample:
                if isinstance(value, str):
                    name, value = f"{name}={value}", 1
                if value == 0:
                    continue
                numbers.append(known.setdefault(name, len(known)))
                values.append(value)
            ends.append(len(numbers))
        if len(ends) == 1:
            raise ValueError("Cannot vectorize empty sequence.")
        hashes = murmurs([_bytes(name) for name in known]).astype(np.int64)[numbers]
        counts = np.asarray(values, dtype=self.dtype)
        if self.alternate_sign:
            counts = np.where(hashes < 0, -counts, counts)
        columns = np.abs(hashes) % self.n_features
        out = matrix_of(counts, columns, ends, self.n_features, self.dtype)
        out.sum_duplicates()
        return out


def _bytes(name: Any) -> bytes:
    if isinstance(name, str):
        return name.encode()
    if not isinstance(name, bytes):
        raise TypeError("feature names must be strings")
    return name
