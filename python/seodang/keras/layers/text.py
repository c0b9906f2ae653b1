"""`TextVectorization`: texts as indices of words, or as counts of them."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np

from ... import _native as native
from ..._strings import StringTensor
from .. import _symbolic
from ..saving import objects
from .adapting import batches, texts
from .base import Layer
from .lookup import StringLookup

_PUNCTUATION = re.compile(r"[!\"#$%&()\*\+,-\./:;<=>?@\[\\\]^_`{|}~']")


class TextVectorization(Layer):
    """Texts in lower case and without punctuation, split into words, as indices of a vocabulary.

    Args:
        max_tokens: the greatest size of the vocabulary.
        standardize: ``"lower_and_strip_punctuation"``, ``"lower"``, ``"strip_punctuation"``, a
            function of a tensor of texts, or None.
        split: ``"whitespace"``, ``"character"``, a function, or None.
        ngrams: how many neighbouring words are joined, or a tuple of such numbers.
        output_mode: ``"int"``, ``"multi_hot"``, ``"count"`` or ``"tf_idf"``.
        output_sequence_length: the length that rows of indices are cut or filled to.
        pad_to_max_tokens: whether outputs have `max_tokens` columns.
        vocabulary: the words, or a file of them.
    """

    def __init__(
        self,
        max_tokens: int | None = None,
        standardize: Any = "lower_and_strip_punctuation",
        split: Any = "whitespace",
        ngrams=None,
        output_mode: str = "int",
        output_sequence_length: int | None = None,
        pad_to_max_tokens: bool = False,
        vocabulary=None,
        idf_weights=None,
        sparse: bool = False,
        ragged: bool = False,
        encoding: str = "utf-8",
        **kwargs,
    ) -> None:
        if ragged:
            raise NotImplementedError("`ragged=True` is not supported: rows are padded with 0.")
        kwargs.pop("vocabulary_size", None)
        kwargs.pop("dtype", None)
        super().__init__(**kwargs)
        for what, value, known in (
            ("standardize", standardize,
             ("lower_and_strip_punctuation", "lower", "strip_punctuation")),
            ("split", split, ("whitespace", "character")),
        ):
            if isinstance(value, str) and value not in known:
                raise ValueError(
                    f"Unkown value for `{what}` argument of layer TextVectorization. If "
                    f"restoring a model, pass `custom_objects`. Received: {value}"
                )
        self.standardize, self.split = standardize, split
        self.ngrams = tuple(range(1, ngrams + 1)) if isinstance(ngrams, int) else ngrams
        self.output_sequence_length = output_sequence_length
        self.__dict__["_ngrams_given"] = ngrams
        self.__dict__["_lookup"] = StringLookup(
            max_tokens=max_tokens,
            vocabulary=vocabulary,
            idf_weights=idf_weights,
            mask_token="",
            output_mode=output_mode,
            pad_to_max_tokens=pad_to_max_tokens,
            sparse=sparse,
            name=self.name + "_lookup",
        )

    @property
    def output_mode(self) -> str:
        """What texts become."""
        return self._lookup.output_mode

    @property
    def max_tokens(self) -> int | None:
        """The greatest size of the vocabulary."""
        return self._lookup.max_tokens

    def _words(self, data) -> list[list[str]]:
        """Each text's words."""
        x = texts(data)
        if callable(self.standardize):
            x = texts(self.standardize(StringTensor(x)))
        elif self.standardize is not None:
            lower = self.standardize.startswith("lower")
            strip = self.standardize.endswith("strip_punctuation")

            def clean(t: str) -> str:
                t = t.lower() if lower else t
                return _PUNCTUATION.sub("", t) if strip else t

            flat = [clean(t) for t in x.reshape(-1)]
        else:
            flat = list(x.reshape(-1))
        if callable(self.standardize):
            flat = list(x.reshape(-1))
        if self.split == "whitespace":
            rows = [t.split() for t in flat]
        elif self.split == "character":
            rows = [list(t) for t in flat]
        elif callable(self.split):
            found = self.split(StringTensor(np.array(flat, dtype=object)))
            rows = [[w for w in texts(row).reshape(-1) if w] for row in found]
        else:
            rows = [[t] for t in flat] if x.ndim < 2 else [list(r) for r in x]
        if self.ngrams:
            rows = [
                [" ".join(row[i : i + n]) for n in self.ngrams for i in range(len(row) - n + 1)]
                for row in rows
            ]
        return rows

    def adapt(self, data, batch_size: int | None = None, steps: int | None = None) -> None:
        """Finds the vocabulary of texts, the most frequent words first."""
        counts: Counter = Counter()
        documents: Counter = Counter()
        total = 0
        for batch in batches(data, batch_size, steps):
            for row in self._words(batch):
                counts.update(row)
                documents.update(set(row))
                total += 1
        counts.pop("", None)
        self._lookup._set_counts(counts, documents, total)
        self.__dict__["built"] = True

    def set_vocabulary(self, vocabulary, idf_weights=None) -> None:
        """Sets the words, most important first."""
        self._lookup.set_vocabulary(vocabulary, idf_weights)

    def get_vocabulary(self, include_special_tokens: bool = True) -> list[str]:
        """The words by their indices."""
        return self._lookup.get_vocabulary(include_special_tokens)

    def vocabulary_size(self) -> int:
        """How many indices there are."""
        return self._lookup.vocabulary_size()

    vocab_size = vocabulary_size

    def call(self, inputs):
        """Rows of indices, or of counts, for texts."""
        shape = texts(inputs).shape
        if len(shape) > 1 and shape[-1] != 1 and self.split is not None:
            raise ValueError(
                "When using `TextVectorization` to tokenize strings, the input rank must be 1 or "
                f"the last shape dimension must be 1. Received: inputs.shape={shape} with "
                f"rank={len(shape)}"
            )
        rows = self._words(inputs)
        wanted = self.output_sequence_length if self.output_mode == "int" else None
        length = wanted or max((len(r) for r in rows), default=0)
        if self.output_mode == "int":
            out = np.zeros((len(rows), length), np.int64)
            for i, row in enumerate(rows):
                row = row[:length]
                if row:
                    out[i, : len(row)] = self._lookup._indices(np.array(row, dtype=object))
        else:
            padded = np.full((len(rows), max(length, 1)), -1, np.int64)
            for i, row in enumerate(rows):
                if row:
                    padded[i, : len(row)] = self._lookup._indices(np.array(row, dtype=object))
            out = self._lookup._encode(padded).numpy()
        return native.convert(out[0] if len(shape) == 0 else out)

    def _prepare(self, inputs):
        return inputs if _symbolic.has_symbolic(inputs) else StringTensor(texts(inputs))

    def _infer_outputs(self, args: tuple, kwargs: dict):
        batch = tuple(args[0].shape)[:1]
        if self.output_mode == "int":
            return _symbolic.KerasTensor((*batch, self.output_sequence_length), "int64")
        return _symbolic.KerasTensor((*batch, self._lookup._depth()), "float32")

    def get_config(self) -> dict:
        """The options with the vocabulary."""
        config = super().get_config()
        inner = self._lookup.get_config()
        config.update(
            max_tokens=self.max_tokens,
            standardize=objects.serialize_keras_object(self.standardize),
            split=objects.serialize_keras_object(self.split),
            ngrams=self._ngrams_given,
            output_mode=self.output_mode,
            output_sequence_length=self.output_sequence_length,
            pad_to_max_tokens=self._lookup.pad_to_max_tokens,
            vocabulary=inner["vocabulary"],
            idf_weights=inner["idf_weights"],
        )
        return config
