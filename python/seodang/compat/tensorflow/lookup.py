"""``tf.lookup``: tables from keys to values, kept as Python dictionaries."""

from __future__ import annotations

import types
import zlib

import numpy as np

from seodang._missing import missing
from seodang._strings import StringTensor

from ._core import any_tensor, as_dtype, convert, errors, numpy_of
from ._files import path_of


class KeyValueTensorInitializer:
    """Keys and their values, as tensors or lists of one length.

    Raises ValueError for other lengths.
    """

    def __init__(self, keys, values, key_dtype=None, value_dtype=None, name=None) -> None:
        keys, values = any_tensor(keys, key_dtype), any_tensor(values, value_dtype)
        self.key_dtype, self.value_dtype = as_dtype(keys.dtype), as_dtype(values.dtype)
        self._keys, self._values = numpy_of(keys).reshape(-1), numpy_of(values).reshape(-1)
        if len(self._keys) != len(self._values):
            raise ValueError(f"There are {len(self._keys)} keys and {len(self._values)} values.")


class TextFileIndex:
    """What a column of a text file can be: its number, or these."""

    WHOLE_LINE = -2
    LINE_NUMBER = -1


class TextFileInitializer(KeyValueTensorInitializer):
    """Keys and values from the lines of a text file, or from columns of them."""

    def __init__(self, filename, key_dtype, key_index, value_dtype, value_index, vocab_size=None,
                 delimiter="\t", name=None, value_index_offset=0) -> None:
        with open(path_of(filename), "rb") as file:
            lines = file.read().splitlines()[:vocab_size]

        def column(index: int, kind):
            if index == TextFileIndex.LINE_NUMBER:
                return [i + value_index_offset for i in range(len(lines))]
            found = lines if index == TextFileIndex.WHOLE_LINE else [
                line.split(delimiter.encode())[index] for line in lines]
            return found if as_dtype(kind).name == "string" else [float(v) for v in found]

        super().__init__(column(key_index, key_dtype), column(value_index, value_dtype), key_dtype, value_dtype)


class _Table:
    def __init__(self, pairs, key_dtype, value_dtype) -> None:
        self._map = dict(pairs)
        self._key_dtype, self._value_dtype = as_dtype(key_dtype), as_dtype(value_dtype)

    key_dtype = property(lambda self: self._key_dtype, doc="The type of keys.")
    value_dtype = property(lambda self: self._value_dtype, doc="The type of values.")

    def _find(self, keys, default):
        tensor = any_tensor(keys)
        if as_dtype(tensor.dtype) != self._key_dtype:
            raise TypeError(f"Dtype of argument `keys` must be {self._key_dtype!r}, received: {tensor.dtype!r}")
        array = numpy_of(tensor)
        found = [self._map.get(k, default(k)) for k in array.reshape(-1).tolist()]
        if self._value_dtype.name == "string":
            out = np.empty(len(found), object)
            out[:] = found
            return StringTensor._of(out.reshape(array.shape))
        return convert(np.array(found, self._value_dtype.as_numpy_dtype).reshape(array.shape))

    def __getitem__(self, keys):
        return self.lookup(keys)

    def size(self, name=None):
        """How many keys there are, int64."""
        return convert(np.int64(len(self._map)))


def _plain(value, kind):
    """A default as the table keeps values."""
    if as_dtype(kind).name == "string":
        return StringTensor(value).numpy()
    return numpy_of(any_tensor(value)).item()


class StaticHashTable(_Table):
    """A table that does not change; keys that it lacks have the default value.

    Raises FailedPreconditionError for a key with two values.
    """

    def __init__(self, initializer, default_value, name=None, experimental_is_anonymous=False) -> None:
        pairs: dict = {}
        for k, v in zip(initializer._keys.tolist(), initializer._values.tolist(), strict=True):
            if pairs.setdefault(k, v) != v:
                raise errors.FailedPreconditionError(None, None, f"HashTable has different value for same key. "
                                                     f"Key {k!r} has {pairs[k]!r} and trying to add value {v!r}")
        super().__init__(pairs, initializer.key_dtype, initializer.value_dtype)
        self._default = _plain(default_value, self._value_dtype)

    default_value = property(lambda self: self._default, doc="The value of keys that are not there.")

    def lookup(self, keys, name=None):
        """The values of keys."""
        return self._find(keys, lambda k: self._default)

    def export(self, name=None):
        """All keys and all values."""
        return any_tensor(list(self._map)), any_tensor(list(self._map.values()))


class StaticVocabularyTable(_Table):
    """Numbers of words; words that it lacks get numbers behind, by a hash (not TensorFlow's)."""

    def __init__(self, initializer, num_oov_buckets, lookup_key_dtype=None, name=None,
                 experimental_is_anonymous=False) -> None:
        if num_oov_buckets <= 0:
            raise ValueError(f"`num_oov_buckets` must be > 0; use StaticHashTable. Received: {num_oov_buckets}.")
        pairs = zip(initializer._keys.tolist(), initializer._values.tolist(), strict=True)
        super().__init__(pairs, initializer.key_dtype, initializer.value_dtype)
        self._buckets = int(num_oov_buckets)

    def lookup(self, keys, name=None):
        """The numbers of keys."""
        def bucket(key):
            data = key if isinstance(key, bytes) else str(key).encode()
            return len(self._map) + zlib.crc32(data) % self._buckets

        return self._find(keys, bucket)

    def size(self, name=None):
        """How many numbers there are, those of words that are not there included."""
        return convert(np.int64(len(self._map) + self._buckets))


class _MutableHashTable(_Table):
    """A table that programs fill."""

    def __init__(self, key_dtype, value_dtype, default_value, name="MutableHashTable", checkpoint=True,
                 experimental_is_anonymous=False) -> None:
        super().__init__({}, key_dtype, value_dtype)
        self._default = _plain(default_value, value_dtype)

    lookup = StaticHashTable.lookup
    export = StaticHashTable.export

    def insert(self, keys, values, name=None) -> None:
        """Sets the values of keys."""
        keys = numpy_of(any_tensor(keys)).reshape(-1).tolist()
        self._map.update(zip(keys, numpy_of(any_tensor(values)).reshape(-1).tolist(), strict=True))

    def remove(self, keys, name=None) -> None:
        """Forgets keys."""
        for k in numpy_of(any_tensor(keys)).reshape(-1).tolist():
            self._map.pop(k, None)


_MutableHashTable.__name__ = _MutableHashTable.__qualname__ = "MutableHashTable"
experimental = types.SimpleNamespace(MutableHashTable=_MutableHashTable)
__getattr__ = missing(__name__)
