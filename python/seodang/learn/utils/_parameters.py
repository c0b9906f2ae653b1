"""What the arguments of functions may be, refused in scikit-learn's words.

A constraint is a type, None, NaN, one of the words below, `Words`, `Choice` or `Span`; several stand in a
tuple. `checked` puts them on a function.
"""

from __future__ import annotations

import functools
import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

import numpy as np

from ... import _native
from .._sparse import is_sparse

ARRAY = "array-like"
SPARSE = "sparse matrix"
BOOLEAN = "boolean"
CALLABLE = "callable"
RANDOM = "random_state"
ESTIMATOR = "estimator"


class InvalidParameterError(ValueError, TypeError):
    """A parameter that cannot be what it is."""


@dataclass(frozen=True)
class Words:
    """One of some strings."""

    words: tuple[str, ...]

    def __init__(self, *words: str) -> None:
        object.__setattr__(self, "words", words)

    def __contains__(self, value: Any) -> bool:
        return isinstance(value, str) and value in self.words

    def __str__(self) -> str:
        return f"a str among {{{', '.join(map(repr, self.words))}}}"


@dataclass(frozen=True)
class Choice:
    """One of some numbers."""

    values: tuple[float, ...]

    def __init__(self, *values: float) -> None:
        object.__setattr__(self, "values", values)

    def __contains__(self, value: Any) -> bool:
        nan = any(v != v for v in self.values)
        return isinstance(value, Real) and (value in self.values or (nan and value != value))

    def __str__(self) -> str:
        return f"a float among {{{', '.join(map(repr, self.values))}}}"


@dataclass(frozen=True)
class Span:
    """A number between two; `closed` says which ends belong to it."""

    kind: type
    low: float | None
    high: float | None
    closed: str = "left"

    def __contains__(self, value: Any) -> bool:
        if not isinstance(value, self.kind) or isinstance(value, float) and math.isnan(value):
            return False
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        above = value >= low if self.closed in ("left", "both") else value > low
        below = value <= high if self.closed in ("right", "both") else value < high
        return above and below

    def __str__(self) -> str:
        def end(x, infinite):
            return infinite if x is None else x if self.kind is Integral else float(x)

        left = "[" if self.closed in ("left", "both") else "("
        right = "]" if self.closed in ("right", "both") else ")"
        what = "an int" if self.kind is Integral else "a float"
        return f"{what} in the range {left}{end(self.low, '-inf')}, {end(self.high, 'inf')}{right}"


@dataclass(frozen=True)
class Hidden:
    """What is allowed, but not told of: another constraint."""

    constraint: Any


def is_array_like(x: Any) -> bool:
    """Whether `x` is an array or a sequence; no text, no array without dimensions."""
    array = any(hasattr(x, name) for name in ("__len__", "shape", "__array__"))
    return array and not (np.isscalar(x) or (isinstance(x, np.ndarray) and x.ndim == 0))


_WORDS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    ARRAY: ("an array-like", is_array_like),
    SPARSE: ("a sparse array or matrix", is_sparse),
    BOOLEAN: (
        "an instance of 'bool' or an instance of 'numpy.bool'",
        lambda v: isinstance(v, (bool, np.bool_)),
    ),
    CALLABLE: ("a callable", callable),
    RANDOM: (
        "an int in the range [0, 4294967295], an instance of 'numpy.random.mtrand.RandomState' or "
        "None",
        lambda v: v is None
        or isinstance(v, np.random.RandomState)
        or (isinstance(v, Integral) and 0 <= v < 2**32),
    ),
    ESTIMATOR: ("an object implementing 'fit'", lambda v: callable(getattr(v, "fit", None))),
}

_NAMES = {Real: "float", Integral: "int"}


def _holds(constraint: Any, value: Any) -> bool:
    if constraint is None:
        return value is None
    if isinstance(constraint, Hidden):
        return _holds(constraint.constraint, value)
    if isinstance(constraint, str):
        return _WORDS[constraint][1](value)
    if isinstance(constraint, type):
        return isinstance(value, constraint)
    if isinstance(constraint, float):
        return isinstance(value, Real) and bool(value != value)
    return value in constraint


def _shown(constraint: Any) -> str:
    if constraint is None:
        return "None"
    if isinstance(constraint, str):
        return _WORDS[constraint][0]
    if isinstance(constraint, type):
        plain = constraint.__module__ == "builtins"
        full = constraint.__qualname__ if plain else f"{constraint.__module__}.{constraint.__qualname__}"
        return f"an instance of {_NAMES.get(constraint, full)!r}"
    return "numpy.nan" if isinstance(constraint, float) else str(constraint)


def check_parameter(caller: str, name: str, value: Any, constraints: Any) -> None:
    """Refuses a parameter that none of its constraints allows.

    Raises
    ------
    InvalidParameterError
        Naming the parameter, what it must be and what it is.
    """
    several = constraints if isinstance(constraints, tuple) else (constraints,)
    if any(_holds(c, value) for c in several):
        return
    shown = [_shown(c) for c in several if not isinstance(c, Hidden)]
    text = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
    raise InvalidParameterError(
        f"The {name!r} parameter of {caller} must be {text}. Got {value!r} instead."
    )


def check_record(record: str, parameters: dict[str, Any]) -> None:
    """Refuses the first parameter that an estimator of Rust's does not take.

    Raises
    ------
    InvalidParameterError
        Naming the parameter, what it must be and what it is.
    """
    try:
        _native.learn_check(record, parameters)
    except ValueError as e:
        raise InvalidParameterError(*e.args) from None


def checked(**constraints: Any) -> Callable[[Callable], Callable]:
    """A decorator: the function refuses arguments that their constraints do not allow."""

    def decorate(function: Callable) -> Callable:
        signature = inspect.signature(function)

        @functools.wraps(function)
        def run(*args, **kwargs):
            bound = signature.bind(*args, **kwargs).arguments
            for name, constraint in constraints.items():
                if name in bound:
                    check_parameter(function.__name__, name, bound[name], constraint)
            return function(*args, **kwargs)

        return run

    return decorate
