"""`StringLookup` and `IntegerLookup`: words and numbers as indices of a vocabulary."""

from __future__ import annotations

import os
from collections import Counter

import numpy as np

from ... import _native as native
from ..._strings import StringTensor
from .. import _symbolic
from .adapting import batches, texts
from .base import Layer

_MODES = ("int", "one_hot", "multi_hot", "count", "tf_idf")


def encode(indices: np.ndarray, depth: int, mode: str, weights=None) -> np.ndarray:
    """Indices as rows of numbers: a 1 for each that occurs, how often it does, or weighted."""
    indices = np.asarray(indices)
    if mode == "one_hot":
        if indices.ndim and indices.shape[-1] == 1:
            indices = indices[..., 0]
        out = np.zeros((*indices.shape, depth), np.float32)
        np.put_along_axis(out, indices[..., None], 1.0, axis=-1) if indices.ndim else (
            out.__setitem__(int(indices), 1.0)
        )
        return out
    single = indices.ndim < 2
    rows = indices.reshape(1, -1) if single else indices.reshape(-1, indices.shape[-1])
    out = np.zeros((len(rows), depth), np.float32)
    for i, row in enumerate(rows):
        np.add.at(out[i], row[row >= 0], 1.0)
    if mode == "multi_hot":
        out = np.minimum(out, 1.0)
    elif mode == "tf_idf":
        out = out * weights
    return out[0] if single else out.reshape(*indices.shape[:-1], depth)


class _Lookup(Layer):
    """What both lookups share: a vocabulary, found by `adapt` or given."""

    def __init__(
        self,
        max_tokens,
        num_oov_indices: int,
        mask_token,
        oov_token,
        vocabulary,
        idf_weights,
        invert: bool,
        output_mode: str,
        sparse: bool,
        pad_to_max_tokens: bool,
        **kwargs,
    ) -> None:
        output_mode = {"binary": "multi_hot", "tf-idf": "tf_idf"}.get(output_mode, output_mode)
        if output_mode not in _MODES:
            raise ValueError(
                f"Invalid value for argument `output_mode`. Expected one of {_MODES}. Received: "
                f"{output_mode}"
            )
        if max_tokens is not None and max_tokens <= 1:
            raise ValueError(
                f"If set, `max_tokens` must be greater than 1. Received: max_tokens={max_tokens}"
            )
        if num_oov_indices < 0:
            raise ValueError(
                "`num_oov_indices` must be greater than or equal to 0. Received: "
                f"num_oov_indices={num_oov_indices}"
            )
        if invert and output_mode != "int":
            raise ValueError(
                "`output_mode` must be 'int' when `invert` is true. Received: "
                f"output_mode={output_mode}"
            )
        kwargs.pop("vocabulary_dtype", None)
        kwargs.pop("vocabulary_size", None)
        super().__init__(**kwargs)
        if sparse:
            raise NotImplementedError("`sparse=True` is not supported: outputs are dense.")
        self.max_tokens, self.num_oov_indices = max_tokens, num_oov_indices
        self.mask_token, self.oov_token = mask_token, oov_token
        self.invert, self.output_mode = invert, output_mode
        self.pad_to_max_tokens = pad_to_max_tokens
        state = self.__dict__
        state["_terms"], state["_index"], state["_idf"] = [], {}, None
        state["_input_vocabulary"] = vocabulary
        if vocabulary is not None:
            self.set_vocabulary(vocabulary, idf_weights)

    def _terms_of(self, data) -> np.ndarray:
        raise NotImplementedError

    def _specials(self) -> list:
        masks = [self.mask_token] if self.mask_token is not None else []
        if self.output_mode != "int":
            masks = []
        return [*masks, *[self.oov_token] * self.num_oov_indices]

    @property
    def _first_oov(self) -> int:
        return 1 if self.mask_token is not None and self.output_mode == "int" else 0

    def set_vocabulary(self, vocabulary, idf_weights=None) -> None:
        """Sets the words, most important first; a file's name stands for its lines.

        Raises ValueError for a word that comes twice.
        """
        if isinstance(vocabulary, (str, os.PathLike)):
            with open(vocabulary, encoding="utf-8") as f:
                vocabulary = [line.rstrip("\n") for line in f]
        given = [self._plain(v) for v in _as_list(vocabulary)]
        special = self._specials()
        if special and given[: len(special)] == special:
            given = given[len(special) :]
        elif self.mask_token is not None and given[:1] == [self.mask_token]:
            given = given[1:]
            if given[: self.num_oov_indices] == [self.oov_token] * self.num_oov_indices:
                given = given[self.num_oov_indices :]
        repeated = [t for t, n in Counter(given).items() if n > 1]
        if repeated:
            raise ValueError(
                "The passed vocabulary has at least one repeated term. Please uniquify your "
                f"dataset. The repeated terms are: {repeated[:10]}"
            )
        if self.max_tokens is not None and len(given) + len(special) > self.max_tokens:
            raise ValueError(
                "Attempted to set a vocabulary larger than the maximum vocab size. Passed vocab "
                f"size is {len(given) + len(special)}, max vocab size is {self.max_tokens}."
            )
        state = self.__dict__
        state["_terms"] = given
        first = len(special)
        state["_index"] = {t: first + i for i, t in enumerate(given)}
        if idf_weights is not None:
            weights = np.asarray(idf_weights, np.float32)
            if len(weights) == len(given):
                weights = np.concatenate([np.full(first, weights.mean(), np.float32), weights])
            state["_idf"] = weights
        state["built"] = True

    def adapt(self, data, batch_size: int | None = None, steps: int | None = None) -> None:
        """Finds the vocabulary of data, the most frequent first."""
        counts: Counter = Counter()
        documents: Counter = Counter()
        total = 0
        for batch in batches(data, batch_size, steps):
            terms = self._terms_of(batch)
            rows = terms.reshape(-1, 1) if terms.ndim < 2 else terms
            for row in rows:
                found = [t for t in row.reshape(-1).tolist() if t != self.mask_token]
                counts.update(found)
                documents.update(set(found))
                total += 1
        self._set_counts(counts, documents, total)

    def _set_counts(self, counts: Counter, documents: Counter, total: int) -> None:
        for special in (self.mask_token, self.oov_token):
            counts.pop(special, None)
        ordered = sorted(counts, reverse=True)
        ordered.sort(key=lambda t: -counts[t])
        if self.max_tokens is not None:
            ordered = ordered[: self.max_tokens - len(self._specials())]
        idf = None
        if self.output_mode == "tf_idf":
            idf = [np.log(1 + total / (1 + documents[t])) for t in ordered]
        self.set_vocabulary(ordered, idf)

    def reset_state(self) -> None:
        """Forgets the vocabulary."""
        self.__dict__["_terms"], self.__dict__["_index"] = [], {}

    def get_vocabulary(self, include_special_tokens: bool = True) -> list:
        """The words by their indices."""
        return [*(self._specials() if include_special_tokens else []), *self._terms]

    def vocabulary_size(self) -> int:
        """How many indices there are, those of special words included."""
        return len(self._specials()) + len(self._terms)

    vocab_size = vocabulary_size

    def _depth(self) -> int:
        if self.pad_to_max_tokens and self.max_tokens is not None:
            return self.max_tokens
        return self.vocabulary_size()

    def _indices(self, terms: np.ndarray) -> np.ndarray:
        index, oov, first = self._index, self.num_oov_indices, self._first_oov
        masked = self._first_oov == 1

        def one(t):
            if masked and t == self.mask_token:
                return 0
            found = index.get(t)
            if found is not None:
                return found
            if oov == 0:
                if not masked:
                    raise ValueError(
                        f"When `num_oov_indices=0` all inputs should be in vocabulary, found OOV "
                        f"values {t!r}, consider setting `num_oov_indices=1`."
                    )
                return 0 if self.output_mode == "int" else -1
            return first + (0 if oov == 1 else self._bucket(t, oov))

        flat = np.fromiter((one(t) for t in terms.reshape(-1).tolist()), np.int64, terms.size)
        return flat.reshape(terms.shape)

    def _bucket(self, term, count: int) -> int:
        from .categories import bucket

        return bucket(str(term), count)

    def _encode(self, indices: np.ndarray):
        if self.output_mode == "int":
            return native.convert(indices)
        idf = None
        if self.output_mode == "tf_idf":
            if self._idf is None:
                raise ValueError(
                    "When `output_mode` is `'tf_idf'`, `idf_weights` must be provided or found by "
                    "`adapt`."
                )
            idf = np.zeros(self._depth(), np.float32)
            idf[: len(self._idf)] = self._idf
        return native.convert(encode(indices, self._depth(), self.output_mode, idf))

    def call(self, inputs):
        """Indices for words, or words for indices with `invert`."""
        if self.invert:
            words = self.get_vocabulary()
            places = np.asarray(inputs)
            size = len(words)
            flat = [
                words[i] if 0 <= i < size else self.oov_token
                for i in places.reshape(-1).tolist()
            ]
            return self._words(flat, places.shape)
        return self._encode(self._indices(self._terms_of(inputs)))

    def _infer_outputs(self, args: tuple, kwargs: dict):
        x = args[0]
        shape = list(x.shape)
        if self.invert:
            return _symbolic.KerasTensor(shape, self._word_type)
        if self.output_mode == "int":
            return _symbolic.KerasTensor(shape, "int64")
        if self.output_mode == "one_hot":
            shape = shape[:-1] if shape and shape[-1] == 1 else shape
            return _symbolic.KerasTensor([*shape, self._depth()], "float32")
        return _symbolic.KerasTensor([*shape[:-1], self._depth()], "float32")

    def get_config(self) -> dict:
        """The options with the vocabulary."""
        config = super().get_config()
        config.update(
            max_tokens=self.max_tokens,
            num_oov_indices=self.num_oov_indices,
            mask_token=self.mask_token,
            oov_token=self.oov_token,
            invert=self.invert,
            output_mode=self.output_mode,
            pad_to_max_tokens=self.pad_to_max_tokens,
            vocabulary=list(self._terms) or None,
            idf_weights=None
            if self._idf is None
            else self._idf[len(self._specials()) :].tolist(),
        )
        return config


class StringLookup(_Lookup):
    """Words as indices of a vocabulary: 0 for the mask token, then unknown words, then known ones.

    Args:
        max_tokens: the greatest size of the vocabulary.
        num_oov_indices: how many indices unknown words have.
        mask_token: a word that stands for nothing.
        oov_token: what unknown indices become with `invert`.
        vocabulary: the words, or a file of them.
        idf_weights: the weights for `output_mode="tf_idf"`.
        invert: whether indices become words.
        output_mode: ``"int"``, ``"one_hot"``, ``"multi_hot"``, ``"count"`` or ``"tf_idf"``.
        pad_to_max_tokens: whether outputs have `max_tokens` columns.
    """

    _word_type = "string"

    def __init__(
        self,
        max_tokens: int | None = None,
        num_oov_indices: int = 1,
        mask_token: str | None = None,
        oov_token: str = "[UNK]",
        vocabulary=None,
        idf_weights=None,
        encoding: str = "utf-8",
        invert: bool = False,
        output_mode: str = "int",
        sparse: bool = False,
        pad_to_max_tokens: bool = False,
        **kwargs,
    ) -> None:
        super().__init__(
            max_tokens, num_oov_indices, mask_token, oov_token, vocabulary, idf_weights, invert,
            output_mode, sparse, pad_to_max_tokens, **kwargs,
        )

    @staticmethod
    def _plain(value) -> str:
        return value.decode("utf-8") if isinstance(value, bytes) else str(value)

    def _terms_of(self, data) -> np.ndarray:
        return texts(data)

    @staticmethod
    def _words(flat: list, shape: tuple):
        out = np.empty(len(flat), dtype=object)
        out[:] = flat
        return StringTensor(out.reshape(shape))


class IntegerLookup(_Lookup):
    """Integers as indices of a vocabulary; the options are those of `StringLookup`."""

    _word_type = "int64"

    def __init__(
        self,
        max_tokens: int | None = None,
        num_oov_indices: int = 1,
        mask_token: int | None = None,
        oov_token: int = -1,
        vocabulary=None,
        vocabulary_dtype: str = "int64",
        idf_weights=None,
        invert: bool = False,
        output_mode: str = "int",
        sparse: bool = False,
        pad_to_max_tokens: bool = False,
        **kwargs,
    ) -> None:
        for old, new in (("max_values", "max_tokens"), ("mask_value", "mask_token")):
            if old in kwargs:
                value = kwargs.pop(old)
                max_tokens = value if new == "max_tokens" else max_tokens
                mask_token = value if new == "mask_token" else mask_token
        super().__init__(
            max_tokens, num_oov_indices, mask_token, oov_token, vocabulary, idf_weights, invert,
            output_mode, sparse, pad_to_max_tokens, **kwargs,
        )

    @staticmethod
    def _plain(value) -> int:
        return int(value)

    def _terms_of(self, data) -> np.ndarray:
        return np.asarray(data).astype(np.int64)

    def _bucket(self, term, count: int) -> int:
        return int(term) % count

    @staticmethod
    def _words(flat: list, shape: tuple):
        return native.convert(np.asarray(flat, np.int64).reshape(shape))


def _as_list(vocabulary) -> list:
    if isinstance(vocabulary, StringTensor) or hasattr(vocabulary, "numpy"):
        vocabulary = vocabulary.numpy()
    return np.asarray(vocabulary, dtype=object).reshape(-1).tolist()
