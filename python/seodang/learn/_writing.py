"""Estimators as objects that a file holds: `objects.rs` of seodang-learn says how each is written."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from .. import _native
from . import _made
from ._closed import class_name, function_name
from ._record import RecordEstimator
from ._sparse import is_sparse
from ._vocabulary import shared
from .base import BaseEstimator

# Values within values of one object, and objects within objects.
_DEEPEST = 30
_DEEPEST_OBJECTS = 64
TYPES = {t.__name__: t for t in (bool, bytes, complex, float, int, object, str)}


def _plainly(values: Iterable[Any]) -> bool:
    return all(type(v) is str for v in values)


def _encoded(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class Writer:
    """Collects objects, the arrays in them and what Rust learned."""

    def __init__(self) -> None:
        self.objects: list[dict[str, Any]] = []
        self.arrays: dict[str, np.ndarray] = {}
        self.models: list[Any] = []
        self._numbers: dict[int, int | None] = {}
        # What has a number must live as long as numbers go by identity.
        self._kept: list[Any] = []
        self._path: list[str] = []
        self._words: dict[int, list[list[str] | None]] = {}
        self._depth = 0
        # How many objects are begun and not written yet: each within the one before.
        self._open = 0

    def write(self, path: str, estimator: Any) -> None:
        """Writes the file of an estimator."""
        self._path, self._words = [type(estimator).__name__], shared(estimator)
        root = self.value(estimator)["ref"]
        _native.learn_write(path, root, json.dumps(self.objects), self.arrays, self.models)

    def _refuse(self, what: str, hint: str) -> TypeError:
        return TypeError(
            f"{''.join(self._path)} cannot be saved in a file of data: it is {what}. {hint}; or pickle "
            "the estimator, which keeps any object but must only be read from people you trust"
        )

    def _within(self, step: str, value: Any) -> Any:
        """A value that is in another, at a place of it."""
        self._path.append(step)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._refuse("too deep", "Nest lists and dictionaries less")
        out = self.value(value)
        self._depth -= 1
        self._path.pop()
        return out

    def _all(self, values: Iterable[Any]) -> list[Any]:
        return [self._within(f"[{i}]", v) for i, v in enumerate(values)]

    def _pairs(self, values: dict[Any, Any]) -> list[Any]:
        return [[self._within(".keys()", k), self._within(f"[{k!r}]", v)] for k, v in values.items()]

    def value(self, x: Any) -> Any:
        """A value as JSON; what has an identity becomes an object that it refers to."""
        kind = type(x)
        if x is None or kind is bool:
            return x
        if kind is str:
            return x if x.isascii() or _is_unicode(x) else {"text": _encoded(x).hex()}
        if kind is int:
            return x if -(2**63) <= x < 2**63 else {"int": str(x)}
        if kind is float:
            return x if math.isfinite(x) else {"float": repr(x)}
        if kind is list:
            return self._all(x)
        if kind in (tuple, set, frozenset):
            return {kind.__name__: self._all(x)}
        if kind is dict:
            return {"dict": self._pairs(x)}
        if kind is complex:
            return {"complex": [x.real, x.imag]}
        if kind is bytes:
            return {"bytes": x.hex()}
        if kind is slice:
            return {"slice": self._all((x.start, x.stop, x.step))}
        if kind is range:
            return {"range": [x.start, x.stop, x.step]}
        if isinstance(x, np.generic):
            if x.dtype.kind in "biuf":
                return {"number": [x.dtype.name, self.value(x.item())]}
            if isinstance(x, str):
                return str(x)
        if isinstance(x, np.dtype) and x.names is None and x.kind != "V":
            return {"dtype": "object" if x.kind == "O" else x.str}
        if isinstance(x, type):
            if x in TYPES.values():
                return {"type": x.__name__}
            if issubclass(x, np.generic) and getattr(np, x.__name__, None) is x:
                return {"type": f"numpy.{x.__name__}"}
        name = function_name(x)
        if name is not None:
            return {"function": name}
        if kind.__module__.partition(".")[0] == "pandas" and getattr(x, "ndim", 0) == 1:
            # The names of columns, for the most part: as an array they choose the same.
            return self.value(x.to_numpy())
        return {"ref": self._object(x)}

    def _object(self, x: Any) -> int:
        """The number of an object, which is written if it is not yet."""
        if id(x) in self._numbers:
            number = self._numbers[id(x)]
            if number is None:
                raise self._refuse("within itself", "Fit an estimator that does not hold itself")
            return number
        self._numbers[id(x)] = None
        self._kept.append(x)
        depth, self._depth = self._depth, 0
        self._open += 1
        if self._open > _DEEPEST_OBJECTS:
            raise self._refuse("too deep", "Nest estimators less")
        made, arrays = self._written(x)
        self._open -= 1
        number = len(self.objects)
        for suffix, array in arrays.items():
            self.arrays[f"objects.{number}{suffix}"] = array
        self.objects.append(made)
        self._depth, self._numbers[id(x)] = depth, number
        return number

    def _written(self, x: Any) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        if isinstance(x, np.ma.MaskedArray):
            parts = [self._within(".data", np.asarray(x.data)),
                     self._within(".mask", np.ma.getmaskarray(x))]
            return {"masked": parts, "fill": self._within(".fill_value", x.fill_value)}, {}
        if type(x) is np.ndarray:
            return self._array(x)
        if is_sparse(x):
            x = x if x.format in ("csr", "csc") else x.tocsr()
            parts = [self._within(f".{n}", getattr(x, n)) for n in ("data", "indices", "indptr")]
            return {"sparse": type(x).__name__, "shape": list(map(int, x.shape)), "parts": parts}, {}
        if isinstance(x, np.random.RandomState):
            name, key, *rest = x.get_state(legacy=True)
            return {"random": [name, self._within(".key", key), *map(self.value, rest)]}, {}
        if isinstance(x, np.random.Generator):
            state = x.bit_generator.state
            return {"random": [state["bit_generator"], self._within(".state", state)]}, {}
        if isinstance(x, _native.Learned):
            return {"model": self._model(x)}, {}
        dist = getattr(x, "dist", None)
        if dist is not None and type(x).__module__ == "scipy.stats._distn_infrastructure":
            return {"distribution": [dist.name, self._all(x.args), self.value(x.kwds)]}, {}
        return self._instance(x), {}

    def _array(self, x: np.ndarray) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        if x.dtype.kind == "U" or x.dtype == object and x.size and _plainly(x.flat):
            words = list(map(_encoded, x.ravel().tolist()))
            ends = np.cumsum([len(w) for w in words], dtype=np.int64)
            dtype = "object" if x.dtype == object else x.dtype.newbyteorder("<").str
            text = np.frombuffer(b"".join(words), dtype=np.uint8)
            return {"strings": list(x.shape), "dtype": dtype}, {"": text, ".ends": ends}
        if x.dtype == object:
            return {"items": self._all(x.ravel().tolist()), "shape": list(x.shape)}, {}
        if x.dtype.kind not in "biufcMm" or x.dtype.itemsize > 16 or x.dtype.char in "gG":
            raise self._refuse(f"an array of {x.dtype}", "Use numbers or words")
        order = "F" if x.flags.f_contiguous and not x.flags.c_contiguous else "C"
        held = np.array(x.T if order == "F" else x, order="C", copy=None)
        held = held.astype(held.dtype.newbyteorder("="), copy=False)
        about: dict[str, Any] = {"array": order}
        if held.dtype.kind in "cMm":
            about["dtype"] = held.dtype.newbyteorder("<").str
            plain = {"c8": np.float32, "c16": np.float64}.get(about["dtype"][1:], np.int64)
            held = held.reshape(-1).view(plain).reshape(*held.shape, -1)
        return about, {"": held}

    def _model(self, learned: Any) -> int:
        for i, model in enumerate(self.models):
            if model is learned:
                return i
        self.models.append(learned)
        return len(self.models) - 1

    def _instance(self, x: Any) -> dict[str, Any]:
        cls = type(x)
        name = class_name(cls)
        if name == "utils.Bunch":
            return {"class": name, "items": self._pairs(x)}
        if name is None or isinstance(x, type):
            raise self._unknown(x)
        learned = self._learned(x) if isinstance(x, RecordEstimator) else None
        if learned is not None:
            return self._fitted(x, name, learned)
        return {"class": name, "state": self._state(attributes(x))}

    def _state(self, attributes: dict[str, Any]) -> dict[str, Any]:
        return {k: self._within(f".{k}", v) for k, v in attributes.items()}

    def _learned(self, x: Any) -> Any:
        """What Rust has of a fitted estimator; nothing, if only Python has it."""
        if not x.__sklearn_is_fitted__():
            return None
        if not hasattr(x, "_state"):
            return vars(x)["_learned"]
        try:
            return _made.learned(x, self._words.get(id(x)))
        except NotImplementedError:
            # Its parameters or categories are nothing that Rust has.
            return None

    def _fitted(self, x: Any, name: str, learned: Any) -> dict[str, Any]:
        parameters = x.get_params(deep=False)
        for key, value in parameters.items():
            if callable(value) and not isinstance(value, type):
                self._path.append(f".{key}")
                raise self._refuse("a function, which Rust would have to call", "Use a name for it")
        again = type(x)(**parameters)
        again._restore(learned)
        known, own = attributes(again), attributes(x)
        more = {
            k: v for k, v in own.items()
            if k != "_learned" and k not in parameters and not (k in known and _same(v, known[k]))
        }
        out = {"class": name, "parameters": self._state(parameters), "model": self._model(learned),
               "state": self._state(more)}
        fewer = sorted(set(known) - set(own))
        return {**out, "without": fewer} if fewer else out

    def _unknown(self, x: Any) -> TypeError:
        cls = x if isinstance(x, type) else type(x)
        shown = f"{cls.__module__}.{cls.__qualname__}"
        if callable(x) and not isinstance(x, BaseEstimator) and hasattr(x, "__qualname__"):
            return self._refuse(
                f"the function {x.__module__}.{x.__qualname__}, which is code",
                "Use a function of NumPy or of seodang.learn, or a name for it",
            )
        if cls.__module__.startswith("sklearn."):
            return self._refuse(
                f"scikit-learn's {shown}", f"Use the {cls.__name__} of seodang.learn"
            )
        return self._refuse(
            f"an object of the class {shown}",
            "Use numbers, texts, lists, arrays and estimators of seodang.learn",
        )


def attributes(x: Any) -> dict[str, Any]:
    """The attributes of an object that are kept."""
    state = x.__getstate__()
    if isinstance(state, tuple):
        state = state[0]
    return {k: v for k, v in (state or {}).items() if k not in ("_seodang_version", "_kept")}


def _same(a: Any, b: Any) -> bool:
    if a is b:
        return True
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        if a.dtype != b.dtype or a.shape != b.shape or a.flags.c_contiguous != b.flags.c_contiguous:
            return False
        if a.dtype == object:
            return all(map(_same, a.ravel().tolist(), b.ravel().tolist()))
        return bool(np.array_equal(a, b, equal_nan=a.dtype.kind in "fc"))
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(_same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(_same(a[k], b[k]) for k in a)
    if isinstance(a, (bool, int, str, float, np.generic)):
        return bool(a == b) or bool(a != a and b != b)
    return False

