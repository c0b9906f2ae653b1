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

_MASK = 0xFFFFFFFF


def murmur(key: bytes, seed: int = 0) -> int:
    """The 32-bit hash MurmurHash3 (Appleby 2011) of bytes, with a sign."""
    h, whole = seed, len(key) & ~3
    for i in range(0, whole, 4):
        k = int.from_bytes(key[i : i + 4], "little") * 0xCC9E2D51 & _MASK
        k = (k << 15 | k >> 17) * 0x1B873593 & _MASK
        h ^= k
        h = ((h << 13 | h >> 19) & _MASK) * 5 + 0xE6546B64 & _MASK
    if len(key) > whole:
        k = int.from_bytes(key[whole:], "little") * 0xCC9E2D51 & _MASK
        h ^= (k << 15 | k >> 17) * 0x1B873593 & _MASK
    h ^= len(key)
    h = (h ^ h >> 16) * 0x85EBCA6B & _MASK
    h = (h ^ h >> 13) * 0xC2B2AE35 & _MASK
    h ^= h >> 16
    return h - (1 << 32) if h >> 31 else h


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
        known: dict[Any, tuple[int, int]] = {}
        columns, values, ends = [], [], [0]
        for sample in samples:
            for name, value in sample:
                if isinstance(value, str):
                    name, value = f"{name}={value}", 1
                if value == 0:
                    continue
                place = known.get(name)
                if place is None:
                    place = known[name] = self._place(name)
                columns.append(place[0])
                values.append(value * place[1])
            ends.append(len(columns))
        if len(ends) == 1:
            raise ValueError("Cannot vectorize empty sequence.")
        out = matrix_of(
            np.asarray(values, dtype=self.dtype), columns, ends, self.n_features, self.dtype
        )
        out.sum_duplicates()
        return out

    def _place(self, name: Any) -> tuple[int, int]:
        if isinstance(name, str):
            name = name.encode()
        elif not isinstance(name, bytes):
            raise TypeError("feature names must be strings")
        h = murmur(name)
        return abs(h) % self.n_features, -1 if self.alternate_sign and h < 0 else 1
