"""`keras.preprocessing.sequence`: sequences of one length, windows of series, pairs of words."""

from __future__ import annotations

import random

import numpy as np

from ..utils.sequences import Sequence


def pad_sequences(sequences, maxlen=None, dtype="int32", padding="pre", truncating="pre", value=0.0) -> np.ndarray:
    """Sequences as rows of one length.

    Args:
        sequences: a list of sequences.
        maxlen: the length; that of the longest sequence if absent.
        dtype: the element type; "object" for strings.
        padding: whether what is missing is filled "pre" (in front) or "post" (behind).
        truncating: whether what is too much goes "pre" or "post".
        value: what is filled in.

    Raises ValueError for anything that is no list of sequences.
    """
    if not hasattr(sequences, "__len__"):
        raise ValueError("`sequences` must be iterable.")
    lengths = []
    sample = ()
    for s in sequences:
        try:
            lengths.append(len(s))
        except TypeError:
            raise ValueError(f"`sequences` must be a list of iterables. Found non-iterable: {s!s}"
                             ) from None
        if not sample and len(s):
            sample = np.asarray(s).shape[1:]
    if maxlen is None:
        maxlen = int(max(lengths, default=0))
    text = isinstance(value, str)
    if text and np.dtype(dtype).kind not in "OU":
        raise ValueError(
            f"`dtype` {dtype} is not compatible with `value`'s type: {type(value)}\nYou should set "
            "`dtype=object` for variable length strings."
        )
    out = np.full((len(lengths), maxlen, *sample), value, dtype=dtype)
    for i, s in enumerate(sequences):
        if not len(s):
            continue
        if truncating == "pre":
            part = s[-maxlen:] if maxlen else s[:0]
        elif truncating == "post":
            part = s[:maxlen]
        else:
            raise ValueError(f'Truncating type "{truncating}" not understood')
        part = np.asarray(part, dtype=dtype)
        if part.shape[1:] != sample:
            raise ValueError(f"Shape of sample {part.shape[1:]} of sequence at position {i} is different "
                             f"from expected shape {sample}")
        if padding == "post":
            out[i, : len(part)] = part
        elif padding == "pre":
            out[i, maxlen - len(part) :] = part
        else:
            raise ValueError(f'Padding type "{padding}" not understood')
    return out


class TimeseriesGenerator(Sequence):
    """Windows of a series, with what follows them as targets; batch by batch.

    Args:
        data, targets: arrays of one length.
        length: the length of a window, in steps of the series.
        sampling_rate: every so manieth step of a window is taken.
        stride: how far one window is from the next.
        start_index, end_index: which part of the series is used.
        shuffle: whether windows are drawn at random.
        reverse: whether windows run backwards.
        batch_size: windows of a batch.
    """

    def __init__(self, data, targets, length, sampling_rate=1, stride=1, start_index=0, end_index=None,
                 shuffle=False, reverse=False, batch_size=128) -> None:
        super().__init__()
        if len(data) != len(targets):
            raise ValueError("Data and targets have to be of same length. "
                             f"Data length is {len(data)} while target length is {len(targets)}")
        self.data, self.targets = data, targets
        self.length, self.sampling_rate, self.stride = length, sampling_rate, stride
        self.start_index = start_index + length
        self.end_index = len(data) - 1 if end_index is None else end_index
        self.shuffle, self.reverse, self.batch_size = shuffle, reverse, batch_size
        if self.start_index > self.end_index:
            raise ValueError(f"`start_index+length={self.start_index} > end_index={self.end_index}` is "
                             "disallowed, as no part of the sequence would be left to be used as "
                             "current step.")

    def __len__(self) -> int:
        span = self.end_index - self.start_index + self.batch_size * self.stride
        return span // (self.batch_size * self.stride)

    def __getitem__(self, index):
        if self.shuffle:
            rows = np.random.randint(self.start_index, self.end_index + 1, size=self.batch_size)
        else:
            i = self.start_index + self.batch_size * self.stride * index
            stop = min(i + self.batch_size * self.stride, self.end_index + 1)
            rows = np.arange(i, stop, self.stride)
        samples = np.array([np.asarray(self.data)[r - self.length : r : self.sampling_rate] for r in rows])
        targets = np.array([self.targets[r] for r in rows])
        return (samples[:, ::-1, ...] if self.reverse else samples), targets

    def get_config(self) -> dict:
        """The options as a dictionary."""
        return {k: v for k, v in vars(self).items() if k not in ("workers", "use_multiprocessing",
                                                                "max_queue_size")}


def make_sampling_table(size, sampling_factor=1e-5):
    """How likely each word of a dictionary, sorted by frequency, is to be kept."""
    rank = np.arange(size)
    rank[0] = 1
    inverse = rank * (np.log(rank) + 0.577) + 0.5 - 1.0 / (12.0 * rank)
    f = sampling_factor * inverse
    return np.minimum(1.0, f / np.sqrt(f))


def skipgrams(sequence, vocabulary_size, window_size=4, negative_samples=1.0, shuffle=True,
              categorical=False, sampling_table=None, seed=None):
    """Pairs of words that stand near each other, and pairs that do not, with labels 1 and 0."""
    couples, labels = [], []
    for i, w in enumerate(sequence):
        if not w or (sampling_table is not None and sampling_table[w] < random.random()):
            continue
        for j in range(max(0, i - window_size), min(len(sequence), i + window_size + 1)):
            if j != i and sequence[j]:
                couples.append([w, sequence[j]])
                labels.append([0, 1] if categorical else 1)
    if negative_samples > 0:
        count = int(len(labels) * negative_samples)
        words = [c[0] for c in couples]
        random.shuffle(words)
        couples += [[words[i % len(words)], random.randint(1, vocabulary_size - 1)] for i in range(count)]
        labels += [[1, 0] if categorical else 0] * count
    if shuffle:
        seed = random.randint(0, 10**6) if seed is None else seed
        for values in (couples, labels):
            random.seed(seed)
            random.shuffle(values)
    return couples, labels
