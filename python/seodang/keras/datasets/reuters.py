"""Reuters: 11,228 short news as word numbers, of 46 topics."""

from __future__ import annotations

import numpy as np

from . import _words
from ._files import KERAS, fetch


def load_data(path: str = "reuters.npz", num_words=None, skip_top=0, maxlen=None, test_split=0.2,
              seed=113, start_char=1, oov_char=2, index_from=3, **kwargs):
    """((x_train, y_train), (x_test, y_test)): arrays of lists of word numbers, and topics."""
    if kwargs:
        raise TypeError(f"Unrecognized keyword arguments: {kwargs}.")
    file = fetch(path, KERAS + "reuters.npz",
                 "d6586e694ee56d7a4e65172e12b3e987c03096cb01eab99753921ef915959916")
    xs, labels = _words.load_lists(file, "x", "y")
    order = np.arange(len(xs))
    np.random.RandomState(seed).shuffle(order)
    xs, labels = _words.shape_texts(xs[order], labels[order], num_words, skip_top, maxlen, start_char,
                                    oov_char, index_from)
    at = int(len(xs) * (1 - test_split))
    return (_words.objects(xs[:at]), labels[:at]), (_words.objects(xs[at:]), labels[at:])


def get_word_index(path: str = "reuters_word_index.json") -> dict:
    """The number of each word, before `index_from` is added."""
    return _words.word_index(path, "reuters_word_index.json", "4d44cc38712099c9e383dc6e5f11a921")


def get_label_names() -> tuple[str, ...]:
    """The topics' names, by their numbers."""
    return tuple(
        "cocoa grain veg-oil earn acq wheat copper housing money-supply coffee sugar trade reserves ship "
        "cotton carcass crude nat-gas cpi money-fx interest gnp meal-feed alum oilseed gold tin "
        "strategic-metal livestock retail ipi iron-steel rubber heat jobs lei bop zinc orange pet-chem dlr "
        "gas silver wpi hog lead".split()
    )
