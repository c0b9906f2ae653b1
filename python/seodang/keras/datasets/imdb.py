"""IMDB: 25,000 and 25,000 film reviews as word numbers, and whether they like the film."""

from __future__ import annotations

import numpy as np

from . import _words
from ._files import KERAS, fetch


def load_data(path: str = "imdb.npz", num_words=None, skip_top=0, maxlen=None, seed=113, start_char=1,
              oov_char=2, index_from=3, **kwargs):
    """((x_train, y_train), (x_test, y_test)): arrays of lists of word numbers, and 0 or 1.

    Source: Maas and others 2011. Raises OSError if it is not there and cannot be fetched.
    """
    if "nb_words" in kwargs:
        num_words = kwargs.pop("nb_words")
    if kwargs:
        raise TypeError(f"Unrecognized keyword arguments: {kwargs}.")
    file = fetch(path, KERAS + "imdb.npz",
                 "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f")
    x_train, y_train, x_test, y_test = _words.load_lists(file, "x_train", "y_train", "x_test", "y_test")
    rng = np.random.RandomState(seed)
    parts = []
    for x, y in ((x_train, y_train), (x_test, y_test)):
        order = np.arange(len(x))
        rng.shuffle(order)
        parts.append((x[order], y[order]))
    xs = np.concatenate([p[0] for p in parts])
    labels = np.concatenate([p[1] for p in parts])
    xs, labels = _words.shape_texts(xs, labels, num_words, skip_top, maxlen, start_char, oov_char,
                                    index_from)
    at = len(x_train)
    return (_words.objects(xs[:at]), labels[:at]), (_words.objects(xs[at:]), labels[at:])


def get_word_index(path: str = "imdb_word_index.json") -> dict:
    """The number of each word, before `index_from` is added."""
    return _words.word_index(path, "imdb_word_index.json", "bfafd718b763782e994055a2d397834f")
