"""Tokenizer and sequences; facts that tf_keras gives as well."""

from __future__ import annotations

import numpy as np
import pytest

from seodang.keras.preprocessing import sequence, text
from seodang.keras.utils import to_categorical


def test_words_are_numbered_by_frequency_then_by_their_first_place():
    t = text.Tokenizer(num_words=4, oov_token="?")
    t.fit_on_texts(["the cat, the dog!", "The bird"])
    assert t.word_index == {"?": 1, "the": 2, "cat": 3, "dog": 4, "bird": 5}
    assert t.texts_to_sequences(["the cat dog fish"]) == [[2, 3, 1, 1]]
    assert t.sequences_to_texts([[2, 3, 9]]) == ["the cat ?"]
    assert t.word_docs["the"] == 2 and t.document_count == 2
    again = text.tokenizer_from_json(t.to_json())
    assert again.texts_to_sequences(["bird the"]) == t.texts_to_sequences(["bird the"])


def test_rows_of_words():
    t = text.Tokenizer()
    t.fit_on_texts(["a b b", "a c"])
    assert t.texts_to_matrix(["b b a"], mode="count").tolist() == [[0, 1, 2, 0]]
    assert t.texts_to_matrix(["b b a"], mode="binary").tolist() == [[0, 1, 1, 0]]
    with pytest.raises(ValueError, match="mode"):
        t.texts_to_matrix(["a"], mode="other")


def test_sequences_get_one_length():
    assert sequence.pad_sequences([[1, 2, 3], [4]]).tolist() == [[1, 2, 3], [0, 0, 4]]
    out = sequence.pad_sequences([[1, 2, 3], [4]], maxlen=2, padding="post", truncating="post", value=9)
    assert out.tolist() == [[1, 2], [4, 9]]
    with pytest.raises(ValueError, match="iterables"):
        sequence.pad_sequences([1, 2])


def test_windows_of_a_series():
    data = np.arange(10).reshape(-1, 1)
    g = sequence.TimeseriesGenerator(data, data, length=3, batch_size=4)
    x, y = g[0]
    assert x.shape == (4, 3, 1) and y.ravel().tolist() == [3, 4, 5, 6] and len(g) == 2


def test_classes_as_rows():
    assert to_categorical([0, 2]).tolist() == [[1, 0, 0], [0, 0, 1]]
    assert to_categorical([[1], [0]], num_classes=3).shape == (2, 3)
    with pytest.raises(IndexError):
        to_categorical([3], num_classes=2)
