"""What estimators over other estimators share: parts by name, methods that depend on the parts, tags."""

from __future__ import annotations

import inspect
import numbers
import time
from collections.abc import Callable
from functools import update_wrapper
from types import MethodType
from typing import Any, ClassVar

import numpy as np

from ._config import get_config
from ._indexing import is_frame, rows
from .base import BaseEstimator
from .exceptions import NotFittedError
from .utils._parameters import check_parameter
from .utils.validation import check_is_fitted, check_random_state


class available_if:
    """A method that an object has only if `check(object)` is true; an error of `check` is the reason.

    Parameters
    ----------
    check : what says whether; it may raise AttributeError
    """

    def __init__(self, check: Callable[[Any], bool]) -> None:
        self.check = check

    def __call__(self, method: Callable) -> Any:
        """Puts the condition on a method."""
        return _Conditional(method, self.check)


class _Conditional:
    def __init__(self, method: Callable, check: Callable[[Any], bool]) -> None:
        self.method, self.check = method, check
        update_wrapper(self, method)

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self.method
        absent = f"This {type(instance).__name__!r} has no attribute {self.method.__name__!r}"
        try:
            there = self.check(instance)
        except AttributeError as error:
            raise AttributeError(absent) from error
        if not there:
            raise AttributeError(absent)
        return MethodType(self.method, instance)


def part_has(name: str, *homes: str) -> Callable[[Any], bool]:
    """A condition: the part (the fitted one, if there is one) has a method of this name.

    Parameters
    ----------
    name : the method
    *homes : the attributes that may hold the part, the first that is there counts; a list's first
    """

    def check(estimator: Any) -> bool:
        for home in homes or ("estimator_", "estimator"):
            part = getattr(estimator, home, None)
            if part is not None:
                part = part[0] if isinstance(part, list) else part
                getattr(part, name)
                return True
        raise AttributeError(name)

    return check


class Methods:
    """A constraint: an object with these methods."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def __contains__(self, value: Any) -> bool:
        return all(callable(getattr(value, name, None)) for name in self.names)

    def __str__(self) -> str:
        shown = [repr(n) for n in self.names]
        text = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
        return f"an object implementing {text}"


class _Splits:
    """A constraint: what `check_cv` takes."""

    def __contains__(self, value: Any) -> bool:
        if isinstance(value, numbers.Integral):
            return value >= 2
        both = hasattr(value, "split") and hasattr(value, "get_n_splits")
        return value is None or (not isinstance(value, str) and (both or hasattr(value, "__iter__")))

    def __str__(self) -> str:
        return (
            "an int in the range [2, inf), an object implementing 'split' and 'get_n_splits', an "
            "iterable or None"
        )


SPLITS = _Splits()
JOBS = (numbers.Integral, None)
VERBOSE = (numbers.Integral, bool, np.bool_)


class Checked(BaseEstimator):
    """An estimator whose parameters are checked in `fit`."""

    # What each parameter may be.
    _constraints: ClassVar[dict[str, Any]] = {}

    def _check_parameters(self) -> None:
        for name, allowed in self._constraints.items():
            check_parameter(type(self).__name__, name, getattr(self, name), allowed)

    def _require_target(self, y: Any) -> None:
        if y is None:
            raise ValueError(
                f"This {type(self).__name__} estimator requires y to be passed, but the target y is "
                "None."
            )


class Composition(Checked):
    """An estimator with parts that have names: `get_params` and `set_params` reach them by these.

    A subclass says in `_parts` the parameter that lists the parts: tuples of a name, a part, and more.
    """

    _parts: ClassVar[str] = "estimators"

    def _listed(self) -> list[tuple]:
        """The tuples, or nothing if the parameter is no such list."""
        listed = getattr(self, self._parts)
        whole = isinstance(listed, (list, tuple)) and all(
            isinstance(t, (tuple, list)) and len(t) >= 2 for t in listed
        )
        return list(listed) if whole else []

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters by name; with `deep`, the parts by their names and theirs as ``a__b``."""
        out = super().get_params(deep=deep)
        for name, part, *_ in self._listed() if deep else ():
            out[name] = part
            if hasattr(part, "get_params") and not isinstance(part, type):
                out.update((f"{name}__{k}", v) for k, v in part.get_params(deep=True).items())
        return out

    def set_params(self, **params: Any):
        """Sets parameters, parts by their names, and theirs as ``a__b``.

        Raises
        ------
        ValueError
            For a parameter that there is not.
        """
        if self._parts in params:
            setattr(self, self._parts, params.pop(self._parts))
        names = [t[0] for t in self._listed()]
        for key in [k for k in params if k in names]:
            value = params.pop(key)
            changed = [
                type(t)((t[0], value, *t[2:])) if t[0] == key else t
                for t in getattr(self, self._parts)
            ]
            setattr(self, self._parts, changed)
        return super().set_params(**params)

    def _check_names(self, names: list[str]) -> None:
        if len(set(names)) != len(names):
            raise ValueError(f"Names provided are not unique: {list(names)!r}")
        own = set(names) & set(self.get_params(deep=False))
        if own:
            raise ValueError(f"Estimator names conflict with constructor arguments: {sorted(own)!r}")
        wrong = [n for n in names if "__" in n]
        if wrong:
            raise ValueError(f"Estimator names must not contain __: got {wrong!r}")


def names_of(parts: list[Any]) -> list[str]:
    """Names for parts that have none: their classes' in small letters, numbered if they repeat."""
    names = [p if isinstance(p, str) else type(p).__name__.lower() for p in parts]
    out, seen = [], dict.fromkeys(names, 0)
    for name in names:
        seen[name] += 1
        out.append(f"{name}-{seen[name]}" if names.count(name) > 1 else name)
    return out


def tags_of(estimator: Any) -> Any:
    """An estimator's tags, ours or scikit-learn's; only scikit-learn asks."""
    from sklearn.utils import get_tags

    return get_tags(estimator)


def takes_nan(estimator: Any) -> bool:
    """Whether an estimator takes features that are NaN."""
    try:
        return bool(tags_of(estimator).input_tags.allow_nan)
    except ImportError:
        # Without scikit-learn there are only ours.
        return bool(getattr(estimator, "_flags", {}).get("nan", False))
    except AttributeError:
        return False


def is_pairwise(estimator: Any) -> bool:
    """Whether an estimator takes the distances or kernels of all pairs of samples as its features."""
    asked = estimator
    while asked is not None:
        for name in ("metric", "kernel", "affinity"):
            if getattr(asked, name, None) == "precomputed":
                return True
        steps = getattr(asked, "steps", None)
        asked = steps[0][1] if steps else getattr(asked, "estimator", None)
    return False


def part_of_samples(
    estimator: Any, X: Any, y: Any, indices: Any, against: Any = None
) -> tuple[Any, Any]:
    """The samples of these numbers; of pairwise features, their columns are those of `against`.

    Raises
    ------
    ValueError
        For pairwise features that are not square.
    """
    if not is_pairwise(estimator):
        return rows(X, indices), rows(y, indices)
    if not hasattr(X, "shape"):
        raise ValueError(
            "Precomputed kernels or affinity matrices have to be passed as arrays or sparse matrices."
        )
    if X.shape[0] != X.shape[1]:
        raise ValueError("X should be a square kernel matrix")
    columns = indices if against is None else against
    table = X.to_numpy() if is_frame(X) else X
    return table[np.ix_(indices, columns)], rows(y, indices)


def takes_weights(estimator: Any) -> bool:
    """Whether `fit` takes weights of samples."""
    try:
        return "sample_weight" in inspect.signature(estimator.fit).parameters
    except (TypeError, ValueError):
        return False


def needs_target(estimator: Any) -> bool:
    """Whether `fit` cannot do without y."""
    try:
        y = inspect.signature(estimator.fit).parameters.get("y")
    except (TypeError, ValueError):
        return False
    return y is not None and y.default is inspect.Parameter.empty


def is_fitted(estimator: Any) -> bool:
    """Whether an estimator can be used: it was fitted, or has nothing to learn."""
    try:
        check_is_fitted(estimator)
    except NotFittedError:
        pass
    else:
        return True
    try:
        return not tags_of(estimator).requires_fit
    except (ImportError, AttributeError):
        return False


def configure_output(estimator: Any, transform: str | None) -> None:
    """Sets what a part's `transform` gives.

    Raises
    ------
    ValueError
        If it is a transformer that cannot be told.
    """
    transforms = hasattr(estimator, "transform") or hasattr(estimator, "fit_transform")
    if not transforms or transform is None:
        return
    if not hasattr(estimator, "set_output"):
        raise ValueError(
            f"Unable to configure output for {estimator} because `set_output` is not available."
        )
    estimator.set_output(transform=transform)


def container_of(estimator: Any) -> str:
    """What `set_output`, or else the configuration, asks for: "default", "pandas" or "polars"."""
    own = getattr(estimator, "_sklearn_output_config", {}).get("transform")
    return get_config()["transform_output"] if own is None else own


def is_container(x: Any, container: str) -> bool:
    """Whether `x` is a frame of the library of this name."""
    return is_frame(x) and type(x).__module__.partition(".")[0] == container


def beside(frames: list[Any], container: str) -> Any:
    """Frames beside each other."""
    if container == "pandas":
        import pandas

        return pandas.concat(frames, axis=1)
    import polars

    # Columns may have one name until their transformers' names go before.
    columns = [c.rename(str(i)) for i, c in enumerate(c for f in frames for c in f.get_columns())]
    return polars.DataFrame(columns)


def duration(seconds: float) -> str:
    """A time as programs that show progress print it: seconds, or minutes from one on."""
    if seconds > 60:
        return f"{seconds / 60:4.1f}min"
    return f" {seconds:5.1f}s"


class Progress:
    """The line that says how long a step took, where `verbose` asks for it."""

    def __init__(self, source: str, message: str | None) -> None:
        self.source, self.message = source, message

    def __enter__(self) -> None:
        self.start = time.perf_counter()

    def __exit__(self, error: Any, *_: Any) -> None:
        if self.message is None or error is not None:
            return
        seconds = time.perf_counter() - self.start
        head, tail = f"[{self.source}] ", f" {self.message}, total={duration(seconds)}"
        print(head + "." * (70 - len(head) - len(tail)) + tail)


def unique_names(named: list[tuple[str, Any]], how: Any) -> np.ndarray:
    """The names of features of several transformers, with these before if `how` says so.

    Parameters
    ----------
    named : transformers' names, and their features' names
    how : True writes ``transformer__feature``; False leaves features' names, which must differ; a text
        is a format of {transformer_name} and {feature_name}, a callable takes both

    Raises
    ------
    ValueError
        If they are not different.
    """
    if how is True:
        how = "{transformer_name}__{feature_name}"
    if isinstance(how, str):
        template = how

        def how(transformer: str, feature: str) -> str:
            return template.format(transformer_name=transformer, feature_name=feature)

    if callable(how):
        return np.array([how(t, f) for t, names in named for f in names], dtype=object)
    whole = [f for _, names in named for f in names]
    repeated = sorted({f for f in whole if whole.count(f) > 1})
    if repeated:
        shown = repr(repeated) if len(repeated) <= 5 else repr(repeated[:5])[:-1] + ", ...]"
        raise ValueError(
            f"Output feature names: {shown} are not unique. Please set "
            "verbose_feature_names_out=True to add prefixes to feature names"
        )
    return np.array(whole, dtype=object)


def seed_parts(estimator: Any, random_state: Any) -> None:
    """Gives every parameter `random_state`, of the estimator and its parts, a seed drawn from a generator.

    The parameters are seeded in the order of their names, as scikit-learn does.
    """
    rng = check_random_state(random_state)
    seeds = {
        key: int(rng.randint(np.iinfo(np.int32).max))
        for key in sorted(estimator.get_params(deep=True))
        if key == "random_state" or key.endswith("__random_state")
    }
    if seeds:
        estimator.set_params(**seeds)
