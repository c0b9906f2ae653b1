"""What IMDB and Reuters share: texts as word numbers, frequent words first."""

from __future__ import annotations

import json

import numpy as np

from ._files import KERAS, fetch


def shape_texts(xs, labels, num_words, skip_top, maxlen, start_char, oov_char, index_from):
    """Texts with a start, shifted numbers, and what stands for words that are left out."""
    if start_char is not None:
        xs = [[start_char] + [w + index_from for w in x] for x in xs]
    elif index_from:
        xs = [[w + index_from for w in x] for x in xs]
    else:
        xs = [list(x) for x in xs]
    if maxlen:
        kept = [(x, y) for x, y in zip(xs, labels) if len(x) < maxlen]
        if not kept:
            raise ValueError(f"After filtering for sequences shorter than maxlen={maxlen}, no sequence "
                             "was kept. Increase maxlen.")
        xs, labels = [x for x, _ in kept], np.array([y for _, y in kept])
    if not num_words:
        num_words = max(max(x) for x in xs)
    if oov_char is not None:
        xs = [[w if skip_top <= w < num_words else oov_char for w in x] for x in xs]
    else:
        xs = [[w for w in x if skip_top <= w < num_words] for x in xs]
    return xs, labels


def objects(rows):
    """Lists of different lengths in one array."""
    out = np.empty(len(rows), object)
    out[:] = rows
    return out


def word_index(path: str, origin: str, file_hash: str) -> dict:
    """The number of each word."""
    with open(fetch(path, KERAS + origin, file_hash), encoding="utf-8") as f:
        return json.load(f)


def load_lists(path: str, *keys) -> list:
    """The arrays of lists in a file of Keras's; they are pickles, of which only lists are read."""
    import io
    import pickle
    import zipfile

    class Plain(pickle.Unpickler):
        def find_class(self, module, name):
            if name not in ("_reconstruct", "ndarray", "dtype", "list", "encode"):
                raise pickle.UnpicklingError(f"{module}.{name} does not belong into this file")
            return super().find_class(module, name)

    out = []
    with zipfile.ZipFile(path) as archive:
        for key in keys:
            raw = archive.read(f"{key}.npy")
            file = io.BytesIO(raw)
            version = np.lib.format.read_magic(file)
            read = np.lib.format.read_array_header_1_0 if version == (1, 0) else (
                np.lib.format.read_array_header_2_0)
            shape, _, dtype = read(file)
            if dtype.hasobject:
                out.append(Plain(file).load())
            else:
                out.append(np.frombuffer(file.read(), dtype).reshape(shape))
    return out
