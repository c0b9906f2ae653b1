"""The objects of a file as estimators: what `_writing` wrote, and nothing that runs code."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import numpy as np

from ._closed import class_of, function_of
from ._record import RecordEstimator
from ._writing import TYPES

_SPARSE = ("csr_matrix", "csc_matrix", "csr_array", "csc_array")
_GENERATORS = ("MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64")
# The widest words of an array that may be wider than the longest of them.
_WIDTH = 64


class Reader:
    """Makes the objects of a file, one after the other."""

    def __init__(self, objects: str, arrays: dict[str, np.ndarray], models: list[Any]) -> None:
        self._objects: list[Any] = json.loads(objects)
        self._arrays, self._models = arrays, models
        self._made: list[Any] = []

    def read(self, root: int) -> Any:
        """The object of a number.

        Raises
        ------
        ValueError
            For objects that are none, or name what there is not.
        """
        for number, about in enumerate(self._objects):
            try:
                self._made.append(self._object(number, about))
            except (KeyError, IndexError, TypeError, AttributeError, ValueError, OverflowError) as error:
                what = about.get("class", "") if isinstance(about, dict) else ""
                raise ValueError(
                    f"object {number} {f'({what}) ' if what else ''}cannot be read: "
                    f"{type(error).__name__}: {error}"
                ) from error
        if root >= len(self._made):
            raise ValueError(f"there is no object {root}")
        return self._made[root]

    def _value(self, x: Any) -> Any:
        if isinstance(x, list):
            return [self._value(v) for v in x]
        if not isinstance(x, dict):
            return x
        ((form, given),) = x.items()
        return _FORMS[form](self, given)

    def _ref(self, number: Any) -> Any:
        if type(number) is not int or not 0 <= number < len(self._made):
            raise ValueError(f"there is no object {number!r} before it")
        return self._made[number]

    def _dict(self, pairs: Any) -> dict[Any, Any]:
        return {self._value(k): self._value(v) for k, v in pairs}

    def _number(self, given: Any) -> Any:
        dtype = np.dtype(given[0])
        if dtype.kind not in "biuf":
            raise ValueError(f"no type of numbers: {given[0]!r}")
        return dtype.type(self._value(given[1]))

    @staticmethod
    def _type(name: str) -> type:
        if name in TYPES:
            return TYPES[name]
        found = getattr(np, name.removeprefix("numpy."), None)
        if not isinstance(found, type) or not issubclass(found, np.generic):
            raise ValueError(f"no type of numbers: {name!r}")
        return found

    @staticmethod
    def _float(name: str) -> float:
        return {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}[name]

    def _distribution(self, given: Any) -> Any:
        from scipy import stats

        name, args, kwds = given
        found = getattr(stats, name, None)
        if not isinstance(found, stats.rv_continuous | stats.rv_discrete):
            raise ValueError(f"no distribution of SciPy's: {name!r}")
        return found(*self._value(args), **self._value(kwds))

    def _object(self, number: int, about: dict[str, Any]) -> Any:
        for form, make in _OBJECTS.items():
            if form in about:
                return make(self, number, about)
        raise ValueError("it has no form")

    def _array(self, number: int, about: dict[str, Any]) -> np.ndarray:
        held = self._arrays[f"objects.{number}"]
        if "dtype" in about:
            dtype = np.dtype(about["dtype"])
            if dtype.kind not in "cMm":
                raise ValueError(f"no type of dates or complex numbers: {about['dtype']!r}")
            shape = held.shape[:-1]
            held = np.ascontiguousarray(held).reshape(-1).view(dtype).reshape(shape)
        if about["array"] == "F":
            return held.T
        return held

    def _strings(self, number: int, about: dict[str, Any]) -> np.ndarray:
        text = self._arrays[f"objects.{number}"].tobytes()
        ends = self._arrays[f"objects.{number}.ends"].tolist()
        words, start = [], 0
        for end in ends:
            if not start <= end <= len(text):
                raise ValueError("a word ends where it cannot")
            words.append(text[start:end].decode("utf-8", "surrogatepass"))
            start = end
        if about["dtype"] == "object":
            out = np.empty(len(words), dtype=object)
            out[:] = words
            return out.reshape(about["strings"])
        dtype, longest = np.dtype(about["dtype"]), max(map(len, words), default=0)
        if dtype.kind != "U":
            raise ValueError(f"no type of words: {about['dtype']!r}")
        wide = dtype.itemsize // 4
        width = wide if longest <= wide <= _WIDTH else max(longest, 1)
        return np.array(words, dtype=f"<U{width}").reshape(about["strings"])

    def _items(self, number: int, about: dict[str, Any]) -> np.ndarray:
        items = self._value(about["items"])
        out = np.empty(len(items), dtype=object)
        for i, item in enumerate(items):
            out[i] = item
        return out.reshape(about["shape"])

    def _masked(self, number: int, about: dict[str, Any]) -> np.ma.MaskedArray:
        data, mask = self._value(about["masked"])
        return np.ma.MaskedArray(data, mask=mask, fill_value=self._value(about["fill"]))

    def _sparse(self, number: int, about: dict[str, Any]) -> Any:
        import scipy.sparse

        if about["sparse"] not in _SPARSE:
            raise ValueError(f"no sparse matrix: {about['sparse']!r}")
        parts = tuple(self._value(about["parts"]))
        made = getattr(scipy.sparse, about["sparse"])(parts, shape=tuple(about["shape"]))
        made.check_format(full_check=True)
        return made

    def _random(self, number: int, about: dict[str, Any]) -> Any:
        name, *state = self._value(about["random"])
        if len(state) > 1:
            made = np.random.RandomState()
            made.set_state((name, *state))
            return made
        if name not in _GENERATORS:
            raise ValueError(f"no generator of random numbers: {name!r}")
        bits = getattr(np.random, name)()
        bits.state = state[0]
        return np.random.Generator(bits)

    def _model(self, number: int) -> Any:
        if type(number) is not int or not 0 <= number < len(self._models):
            raise ValueError(f"there is no model {number!r}")
        return self._models[number]

    def _state(self, given: dict[str, Any]) -> dict[str, Any]:
        hidden = [name for name in given if name.startswith("__")]
        if hidden:
            raise ValueError(f"no attribute of an estimator: {hidden[0]!r}")
        return {name: self._value(value) for name, value in given.items()}

    def _instance(self, number: int, about: dict[str, Any]) -> Any:
        cls = class_of(about["class"])
        if "items" in about:
            return cls(**self._dict(about["items"]))
        if "model" not in about:
            made = cls.__new__(cls)
            # What is kept of a tree is made anew.
            vars(made).update({"_kept": None} if cls.__name__ == "Tree" else {})
            vars(made).update(self._state(about["state"]))
            return made
        learned = self._model(about["model"])
        if not issubclass(cls, RecordEstimator) or cls._record() != learned.class_name:
            raise ValueError(f"a {about['class']} does not learn what a {learned.class_name} learns")
        made = cls(**self._state(about["parameters"]))
        made._restore(learned)
        vars(made).update(self._state(about["state"]))
        for name in about.get("without", ()):
            vars(made).pop(name, None)
        return made


_FORMS: dict[str, Any] = {
    "ref": Reader._ref,
    "tuple": lambda self, x: tuple(self._value(x)),
    "set": lambda self, x: set(self._value(x)),
    "frozenset": lambda self, x: frozenset(self._value(x)),
    "dict": Reader._dict,
    "float": lambda self, x: Reader._float(x),
    "int": lambda self, x: int(x),
    "complex": lambda self, x: complex(*x),
    "text": lambda self, x: bytes.fromhex(x).decode("utf-8", "surrogatepass"),
    "bytes": lambda self, x: bytes.fromhex(x),
    "number": Reader._number,
    "type": lambda self, x: Reader._type(x),
    "dtype": lambda self, x: np.dtype(x),
    "slice": lambda self, x: slice(*self._value(x)),
    "range": lambda self, x: range(*x),
    "function": lambda self, x: function_of(x),
}
# In this order: an instance may have items or a model too.
_OBJECTS: dict[str, Any] = {
    "class": Reader._instance,
    "array": Reader._array,
    "strings": Reader._strings,
    "items": Reader._items,
    "masked": Reader._masked,
    "sparse": Reader._sparse,
    "random": Reader._random,
    "distribution": lambda self, number, about: self._distribution(about["distribution"]),
    "model": lambda self, number, about: self._model(about["model"]),
}


def module_of(record: str) -> Any:
    """The module of a record's class."""
    from .. import _native

    home = next(e["module"] for e in _native.learn_classes() if e["name"] == record)
    return import_module(f"seodang.learn.{home}")
