"""Words that several steps know of a column, under one numbering.

In Rust words are numbers: places among the words of their column. Each step of Python's knows those that
it met itself, an imputer perhaps one. Before a pipeline goes into a file, its steps agree on all, and so do
pipelines that vote together.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compose import ColumnTransformer
from .ensemble import VotingClassifier, VotingRegressor
from .impute import SimpleImputer
from .pipeline import Pipeline

# What is made of other estimators, and has columns with words of its own.
_WHOLES = Pipeline | ColumnTransformer | VotingClassifier | VotingRegressor

# The words of each column; None for one of numbers.
Words = list[set[str] | None]


def shared(estimator: Any) -> dict[int, list[list[str] | None]]:
    """For each encoder and imputer in a fitted estimator, by its identity, the words of its columns."""
    estimator = getattr(estimator, "best_estimator_", estimator)
    found: dict[int, list[list[str] | None]] = {}
    if isinstance(estimator, _WHOLES):
        _spread(estimator, _known(estimator), found)
    return found


def _steps(pipeline: Pipeline) -> list[Any]:
    return [step for _, step in pipeline.steps if step is not None and step != "passthrough"]


def _parts(whole: Any) -> list[tuple[Any, list[int]]] | None:
    """What a column transformer or a vote is made of, and which columns each gets."""
    if isinstance(whole, VotingClassifier | VotingRegressor):
        return [(voter, list(range(voter.n_features_in_))) for voter in whole.estimators_]
    if not isinstance(whole, ColumnTransformer):
        return None
    return [
        (part, whole._numbers[name])
        for name, part, _ in whole.transformers_
        if not isinstance(part, str) and whole._numbers[name]
    ]


def _through(step: Any) -> np.ndarray | None:
    """Which columns a step gives on with their words; None for a step that makes others."""
    return step._kept() if isinstance(step, SimpleImputer) else None


def _rest(steps: list[Any]) -> Pipeline:
    return Pipeline([(str(i), s) for i, s in enumerate(steps)])


def _known(estimator: Any) -> Words:
    """The words of each column that an estimator takes."""
    if isinstance(estimator, Pipeline):
        steps = _steps(estimator)
        if not steps:
            return []
        own = _known(steps[0])
        kept = _through(steps[0])
        if kept is not None and len(steps) > 1:
            for j, words in zip(kept, _known(_rest(steps[1:])), strict=False):
                own[j] = _both(own[j], words)
        return own
    out: Words = [None] * getattr(estimator, "n_features_in_", 0)
    parts = _parts(estimator)
    if parts is not None:
        for part, columns in parts:
            for j, words in zip(columns, _known(part), strict=False):
                out[j] = _both(out[j], words)
    elif hasattr(estimator, "_state"):
        try:
            words_of = estimator._state().words or []
        except NotImplementedError:
            words_of = []
        for j, words in enumerate(words_of):
            out[j] = None if words is None else set(words)
    return out


def _both(a: set[str] | None, b: set[str] | None) -> set[str] | None:
    return b if a is None else a if b is None else a | b


def _spread(estimator: Any, known: Words, found: dict[int, list[list[str] | None]]) -> None:
    """Gives each encoder the words of its columns."""
    if isinstance(estimator, Pipeline):
        steps = _steps(estimator)
        if not steps:
            return
        _spread(steps[0], known, found)
        rest = _rest(steps[1:])
        kept = _through(steps[0])
        after = _known(rest)
        if kept is not None:
            after[: len(kept)] = [known[j] for j in kept][: len(after)]
        _spread(rest, after, found)
        return
    parts = _parts(estimator)
    if parts is not None:
        for part, columns in parts:
            _spread(part, [known[j] for j in columns], found)
    elif hasattr(estimator, "_state"):
        found[id(estimator)] = [None if words is None else sorted(words) for words in known]
