"""What `fit`, `evaluate` and `predict` take: arrays in memory, or anything that gives batches."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from ... import _native as native
from ... import _nest
from ..._language import both
from ..._strings import StringTensor, has_strings
from .. import _config


def unpack(data) -> tuple:
    """(x, y, sample_weight) of what a generator or Dataset gives."""
    if isinstance(data, list):
        data = tuple(data)
    if not isinstance(data, tuple):
        return data, None, None
    if len(data) == 1:
        return data[0], None, None
    if len(data) == 2:
        return data[0], data[1], None
    if len(data) == 3:
        return data
    raise ValueError(both(
        "Data is expected to be in format `x`, `(x,)`, `(x, y)`, or `(x, y, sample_weight)`, found: "
        f"{type(data)} of {len(data)}",
        "데이터는 `x`, `(x,)`, `(x, y)`, `(x, y, sample_weight)` 중 하나여야 합니다.",
    ))


def to_array(value, name: str):
    """One input, target or weight as a NumPy array of numbers (or a tensor of strings)."""
    if value is None:
        return None
    if isinstance(value, (str, bytes)):
        raise ValueError(f"Unrecognized data type: {name}={value!r} (of type {type(value)})")
    if isinstance(value, np.ndarray):
        array = value
    elif native.is_tensor(value):
        if value.is_traced:
            return value
        array = value.numpy()
    elif isinstance(value, StringTensor) or has_strings(value):
        return StringTensor(value)
    elif hasattr(value, "to_numpy"):
        array = value.to_numpy()
    else:
        try:
            array = np.asarray(value)
        except ValueError as e:
            raise ValueError(both(
                f"The data `{name}` is not rectangular: its rows have different lengths or shapes. "
                f"Pad them to one length, such as with pad_sequences. ({e})",
                f"데이터 `{name}`의 행마다 길이나 모양이 다릅니다. pad_sequences 등으로 길이를 맞추세요.",
            )) from None
    array = np.asarray(array)
    if array.dtype.kind == "O":
        try:
            # NumPy would read None as NaN, and the text of a number as that number.
            odd = next((v for v in array.flat if v is None or isinstance(v, (str, bytes))), array)
            if odd is not array:
                raise TypeError
            array = array.astype(np.float64)
        except (TypeError, ValueError, OverflowError):
            if odd is array and array.size:
                odd = array.flat[0]
            kind = type(odd).__name__
            raise ValueError(both(
                f"Failed to convert a NumPy array to a Tensor (Unsupported object type {kind}): the "
                f"data `{name}` has shape {array.shape} and dtype object.",
                f"데이터 `{name}`(모양 {array.shape})에 수가 아닌 값이 있습니다: {kind}.",
            )) from None
    if array.dtype.kind in "SU":
        return StringTensor(array)
    if array.dtype.kind not in "biuf":
        raise ValueError(both(
            f"The data `{name}` has dtype {array.dtype}, which is not numbers.",
            f"데이터 `{name}`의 자료형 {array.dtype}은(는) 수가 아닙니다.",
        ))
    if array.dtype.kind == "f" and array.dtype.name != _config.floatx():
        array = array.astype(_config.floatx())
    return array


def _is_list_of_numbers(value) -> bool:
    """Whether a list is one array of numbers rather than a list of inputs."""
    if not isinstance(value, (list, tuple)) or not value:
        return False
    first = value[0]
    return isinstance(first, (bool, int, float, np.generic, str, bytes, list, tuple))


def arrays_of(value, name: str):
    """A structure of arrays; a list of numbers, or of lists, is one array."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        return {k: arrays_of(v, f"{name}[{k!r}]") for k, v in value.items()}
    if isinstance(value, (list, tuple)) and not _is_list_of_numbers(value):
        if not value:
            raise ValueError(both(
                f"The data `{name}` is an empty {type(value).__name__}.",
                f"데이터 `{name}`이(가) 비어 있습니다.",
            ))
        made = [arrays_of(v, f"{name}[{i}]") for i, v in enumerate(value)]
        return made if isinstance(value, list) else tuple(made)
    return to_array(value, name)


def is_frame(value) -> bool:
    """Whether a value is a pandas or polars frame."""
    return hasattr(value, "to_numpy") and hasattr(value, "columns")


def rows_of(*structures) -> int:
    """The number of rows that all arrays share."""
    counts = {}
    for name, s in zip(("x", "y", "sample_weight"), structures):
        for a in _nest.flatten(s) if s is not None else []:
            if a is None:
                continue
            if len(a.shape) == 0:
                raise ValueError(both(
                    f"The data `{name}` is a single number: rows of data are needed.",
                    f"데이터 `{name}`이(가) 수 하나입니다. 행이 여럿인 데이터를 주세요.",
                ))
            counts.setdefault(name, []).append(int(a.shape[0]))
    sizes = {n for list_ in counts.values() for n in list_}
    if len(sizes) > 1:
        listed = "\n".join(f"  {k} sizes: {', '.join(map(str, v))}" for k, v in counts.items())
        raise ValueError(both(
            f"Data cardinality is ambiguous:\n{listed}\nMake sure all arrays contain the same number "
            "of samples.",
            "배열마다 행의 수가 다릅니다. 모든 배열의 행 수를 맞추세요.",
        ))
    if not sizes:
        raise ValueError(both(
            "Expected input data to be non-empty.",
            "입력 데이터가 비어 있습니다.",
        ))
    return sizes.pop()


class ArrayData:
    """Arrays in memory."""

    #: Whether the indices of embeddings were looked at: once does for all epochs.
    checked = False

    def __init__(self, x, y=None, sample_weight=None, batch_size=None) -> None:
        self.x = arrays_of(x, "x")
        self.y = arrays_of(y, "y")
        self.weight = arrays_of(sample_weight, "sample_weight")
        self.rows = rows_of(self.x, self.y, self.weight)
        self.batch_size = int(batch_size or 32)
        if self.batch_size < 1:
            raise ValueError(both(
                f"`batch_size` must be at least 1. Received: {batch_size}",
                f"`batch_size`는 1 이상이어야 합니다. 받은 값: {batch_size}",
            ))
        self.start, self.stop = 0, self.rows

    @property
    def count(self) -> int:
        """The number of rows in use."""
        return self.stop - self.start

    @property
    def steps(self) -> int:
        """The number of batches of an epoch."""
        return math.ceil(self.count / self.batch_size)

    def split(self, share: float):
        """The last part of the rows, taken away for validation."""
        if not 0.0 < share < 1.0:
            raise ValueError(both(
                f"`validation_split` must be between 0 and 1, received: {share}",
                f"`validation_split`은 0과 1 사이여야 합니다. 받은 값: {share}",
            ))
        at = int(math.floor(self.rows * (1.0 - share)))
        if at == 0 or at == self.rows:
            raise ValueError(both(
                f"Training data contains {self.rows} samples, which is not sufficient to split it into "
                f"a validation and training set as specified by `validation_split={share}`. Either "
                "provide more data, or a different value for the `validation_split` argument.",
                f"훈련 데이터 {self.rows}행은 `validation_split={share}`으로 나누기에 모자랍니다.",
            ))
        other = object.__new__(ArrayData)
        other.__dict__.update(self.__dict__)
        self.stop, other.start = at, at
        return other

    @property
    def data(self) -> tuple:
        """(x, y, sample_weight)."""
        return self.x, self.y, self.weight

    def restart(self) -> None:
        """Nothing: arrays begin anew each time."""

    def order(self):
        """The rows of an evaluation in their order; None for all of them as they are."""
        return None

    def flat(self) -> list:
        """The arrays in one list; None is left out."""
        return [a for a in _nest.flatten(list(self.data)) if a is not None]

    def native_rows(self):
        """The arrays for the engine; None if one holds strings."""
        flat = self.flat()
        if any(isinstance(a, StringTensor) for a in flat):
            return None
        if getattr(self, "_rows", None) is None:
            self._rows = native.Rows(flat)
        return self._rows

    def batches(self, order=None):
        """The batches as structures of arrays."""
        for at in range(self.start, self.stop, self.batch_size):
            end = min(at + self.batch_size, self.stop)
            pick = slice(at, end) if order is None else order[at - self.start : end - self.start]
            yield tuple(
                None if s is None else _nest.map_structure(lambda a: None if a is None else a[pick], s)
                for s in self.data
            )


class DatasetRows(ArrayData):
    """A Dataset that only reorders and batches arrays in memory: they, and the order of each pass."""

    def __init__(self, source, plan) -> None:
        super().__init__(*unpack(plan.arrays), plan.batch_size)
        self.steps_of_pass, self._order = len(source), plan.order

    @staticmethod
    def of(source):
        """The rows behind a Dataset; None if it computes, has strings, has no end or no elements."""
        find = getattr(source, "_as_arrays", None)
        plan = find() if find is not None and source._count() > 0 else None
        if plan is None or any(a.dtype.kind not in "biuf" for a in _nest.flatten(plan.arrays)):
            return None
        return DatasetRows(source, plan)

    @property
    def steps(self) -> int:
        """The number of batches of a pass."""
        return self.steps_of_pass

    def order(self):
        """The rows of the next pass."""
        return self._order()

    def batches(self, order=None):
        """The batches of a pass."""
        self.start, self.stop = 0, len(order := self.order() if order is None else order)
        return super().batches(order)


class IterableData:
    """A Dataset, a generator, a Sequence or an iterator of batches."""

    def __init__(self, source, steps=None) -> None:
        self.source = source
        self.limit = steps
        self._iterator = None
        self.is_sequence = hasattr(source, "__getitem__") and hasattr(source, "__len__") and not hasattr(
            source, "element_spec"
        )
        # A generator goes on where it stopped; what can be iterated again begins anew.
        self.once = hasattr(source, "__next__")

    @property
    def steps(self):
        """The number of batches of an epoch, or None."""
        if self.limit is not None:
            return int(self.limit)
        if self.once and not self.is_sequence:
            return None
        try:
            n = len(self.source)
        except TypeError:
            n = None
            found = getattr(self.source, "cardinality", None)
            if found is not None:
                n = int(found())
        return None if n is None or n < 0 else n

    def restart(self) -> None:
        """Lets the next batches be the first ones; a generator goes on where it stopped."""
        self._iterator = None

    def batches(self, order=None):
        """The batches of the next epoch."""
        steps = self.limit
        if self.is_sequence:
            n = len(self.source)
            places = range(n) if order is None else order
            for k, i in enumerate(places):
                if steps is not None and k >= steps:
                    break
                yield self.source[int(i)]
            end = getattr(self.source, "on_epoch_end", None)
            if end is not None:
                end()
            return
        if self.once:
            iterator = self.source
        elif steps is not None:
            # With steps_per_epoch an epoch goes on where the last one stopped.
            if self._iterator is None:
                self._iterator = iter(self.source)
            iterator = self._iterator
        else:
            iterator = iter(self.source)
        k = 0
        while steps is None or k < steps:
            try:
                batch = next(iterator)
            except StopIteration:
                if steps is not None and not self.once and k > 0 or (
                    steps is not None and not self.once and self._iterator is not None and k == 0
                ):
                    self._iterator = None
                return
            yield batch
            k += 1


class NoBatches(ValueError):
    """Data that was to give batches gave none."""


def rows_of_any(x) -> int | None:
    """How many rows data in memory has; None for what gives batches."""
    plain = native.is_tensor(x) or isinstance(x, (np.ndarray, list, tuple, Mapping, StringTensor))
    if plain or is_frame(x) or hasattr(x, "to_numpy"):
        return ArrayData(x, None, None, None).rows
    return None


def make(x, y=None, sample_weight=None, batch_size=None, steps=None):
    """The data of `fit`'s arguments."""
    if x is None:
        raise ValueError(both(
            "Expected input data to be non-empty: `x` is None.",
            "입력 데이터 `x`가 없습니다.",
        ))
    plain = native.is_tensor(x) or isinstance(x, (np.ndarray, list, tuple, Mapping, StringTensor))
    if plain or is_frame(x) or hasattr(x, "to_numpy"):
        return ArrayData(x, y, sample_weight, batch_size)
    if hasattr(x, "__iter__") or hasattr(x, "__getitem__"):
        if y is not None:
            raise ValueError(both(
                "`y` argument is not supported when using a generator, Dataset or Sequence as input: "
                "it gives the targets itself.",
                "제너레이터, Dataset, Sequence는 정답을 스스로 주므로 `y`를 따로 줄 수 없습니다.",
            ))
        if sample_weight is not None:
            raise ValueError(both(
                "`sample_weight` argument is not supported when using a generator, Dataset or Sequence "
                "as input.",
                "제너레이터, Dataset, Sequence와 함께 `sample_weight`를 줄 수 없습니다.",
            ))
        # With a number of steps an epoch goes on where the last one stopped: it is no whole pass.
        return (DatasetRows.of(x) if steps is None else None) or IterableData(x, steps)
    raise ValueError(both(
        f"Failed to find data adapter that can handle input: {type(x)}. Give NumPy arrays, tensors, "
        "lists of numbers, a Dataset, a generator or a Sequence.",
        f"{type(x)}은(는) 입력으로 쓸 수 없습니다. NumPy 배열, 텐서, 수의 리스트, Dataset, 제너레이터, Sequence를 주세요.",
    ))
