"""Estimators that Rust fitted to tables: how their tables are read, and their parts as Python's."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import _native
from ._indexing import is_frame
from ._record import _from_rust
from .base import BaseEstimator, TransformerMixin
from .compose import ColumnTransformer
from .ensemble import VotingClassifier, VotingRegressor
from .pipeline import Pipeline
from .preprocessing import LabelEncoder


def _text(value: Any) -> str:
    """A cell as a file of a table has it."""
    # pandas's NA is neither equal to itself nor different.
    if value is None or type(value).__name__ == "NAType" or value != value:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (float, np.floating)) and math.isfinite(value) and float(value).is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return value.isoformat(sep=" ") if hasattr(value, "hour") else value.isoformat()
    return str(value)


class TableReader(TransformerMixin, BaseEstimator):
    """Reads the columns of a table as `seodang predict` does: numbers, words, dates, texts.

    Parameters
    ----------
    columns : the columns that the estimator behind it learned from, each a tuple of its name and its
        words (None for one of numbers); None for pieces of texts
    note : JSON that says how cells become these columns; None for cells that are numbers and words
    """

    def __init__(self, columns: list[tuple[str, Any]] | None, note: str | None = None) -> None:
        self.columns = columns
        self.note = note

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __getstate__(self) -> dict[str, Any]:
        state = super().__getstate__()
        state.pop("_reader", None)
        return state

    def _native(self) -> Any:
        if not hasattr(self, "_reader"):
            self._reader = _native.TableReader(self.columns, self.note)
        return self._reader

    @property
    def feature_names_in_(self) -> np.ndarray:
        """The names of the columns that are read."""
        return np.asarray(self._native().names(), dtype=object)

    @property
    def n_features_in_(self) -> int:
        """The number of the columns that are read."""
        return len(self.feature_names_in_)

    def fit(self, X: Any, y: Any = None):
        """Learns nothing: what the columns are was learned with the estimator behind it."""
        return self

    def transform(self, X: Any) -> Any:
        """The features of rows.

        Parameters
        ----------
        X : a frame or a dictionary of columns, found by their names (more of them do not matter), or
            rows of cells in the order of the names

        Returns
        -------
        ndarray or sparse matrix of shape (n_samples, n_features)

        Raises
        ------
        ValueError
            If a column is not there, or words stand where numbers should.
        """
        needed = self.feature_names_in_.tolist()
        if is_frame(X) or isinstance(X, dict):
            names = list(X) if isinstance(X, dict) else list(X.columns)
            lacking = [name for name in needed if name not in names]
            if lacking:
                raise ValueError(f"columns are missing: {set(lacking)}")
            columns = [X[name] for name in needed]
            columns = [c.tolist() if hasattr(c, "tolist") else list(c) for c in columns]
        else:
            rows = X.tolist() if hasattr(X, "tolist") else [list(row) for row in X]
            wrong = next((len(row) for row in rows if len(row) != len(needed)), None)
            if wrong is not None:
                raise ValueError(
                    f"X has {wrong} features, but {type(self).__name__} is expecting {len(needed)} "
                    "features as input."
                )
            columns = [list(c) for c in zip(*rows, strict=True)]
        cells = [_text(cell) for row in zip(*columns, strict=True) for cell in row]
        return _from_rust(self._native().features(needed, cells))

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the features.

        Raises
        ------
        ValueError
            For pieces of texts, which have none.
        """
        if self.columns is None:
            raise ValueError("pieces of texts have no names")
        return np.asarray([name for name, _ in self.columns], dtype=object)


# What is made of other estimators.
_WHOLES = ("Pipeline", "ColumnTransformer", "VotingClassifier", "VotingRegressor")


def _class(learned: Any) -> type:
    from ._reading import module_of

    return getattr(module_of(learned.class_name), learned.class_name)


def _record(learned: Any) -> Any:
    """An estimator of a record."""
    made = _class(learned)
    defaults = made().get_params(deep=False)
    parameters = {
        # A file has no tuples, only lists.
        key: tuple(value) if isinstance(value, list) and isinstance(defaults[key], tuple) else value
        for key, value in learned.parameters().items()
    }
    estimator = made(**parameters)
    estimator._restore(learned)
    return estimator


def _columns(learned: Any) -> ColumnTransformer:
    """A transformer of columns, as its `fit` would have left it."""
    parts = [(name, None if p is None else estimator_of(p), c) for name, p, c in learned.parts()]
    made = ColumnTransformer(
        [(name, part, columns) for name, part, columns in parts if part is not None],
        remainder="passthrough" if any(part is None for _, part, _ in parts) else "drop",
        sparse_threshold=0,
    )
    made.n_features_in_ = learned.n_features_in
    # Only Python gives names to parts: those by which they were found in frames.
    if any(hasattr(part, "feature_names_in_") for _, part, _ in parts):
        made.feature_names_in_ = np.asarray(learned.feature_names_in, dtype=object)
    made.transformers_ = [
        (name, "passthrough" if part is None else part, columns) for name, part, columns in parts
    ]
    made._numbers = {name: columns for name, _, columns in parts}
    made._keys = [columns for _, part, columns in parts if part is not None]
    made._left = made._numbers.setdefault("remainder", [])
    # What Rust puts beside each other is sparse only where that saves something.
    made.sparse_output_ = False
    names = made._names_in(None)
    widths = [
        (name, len(columns) if part is None else len(part.get_feature_names_out(names[columns])))
        for name, part, columns in parts
    ]
    made.output_indices_, at = {"remainder": slice(0, 0)}, 0
    for name, width in widths:
        made.output_indices_[name] = slice(at, at + width)
        at += width
    return made


def _vote(learned: Any) -> Any:
    """A vote of estimators, as its `fit` would have left it."""
    parts = [(name, estimator_of(part)) for name, part, _ in learned.parts()]
    attributes = learned.attributes()
    weights = np.asarray(attributes["weights_"]).tolist()
    if learned.class_name == "VotingRegressor":
        made = VotingRegressor(parts, weights=weights)
    else:
        voting = "hard" if attributes["hard_"] else "soft"
        made = VotingClassifier(parts, voting=voting, weights=weights)
        made.le_ = LabelEncoder().fit(learned.classes()[0])
        made.classes_ = made.le_.classes_
    made._keep([part for _, part in parts])
    return made


def estimator_of(learned: Any) -> Any:
    """What Rust fitted, without the way from tables to its features."""
    if learned.class_name == "Pipeline":
        return Pipeline([(name, estimator_of(step)) for name, step, _ in learned.parts()])
    if learned.class_name == "ColumnTransformer":
        return _columns(learned)
    if learned.class_name in ("VotingClassifier", "VotingRegressor"):
        return _vote(learned)
    return _record(learned)


def _takes_words(learned: Any) -> bool:
    """Whether encoders and imputers in it hold the words of their columns themselves.

    Those of pipelines that were fitted in Rust do not: the pipeline holds the words of its table.
    """
    if learned.class_name in _WHOLES:
        return any(part is not None and _takes_words(part) for _, part, _ in learned.parts())
    return hasattr(_class(learned), "_state") and any(known is not None for known in learned.words() or ())


def from_rust(learned: Any) -> Any:
    """What Rust fitted as an estimator; with the way from tables to its features, if that was kept."""
    made = estimator_of(learned)
    note, columns = learned.note("table"), learned.columns()
    if note is None:
        words = columns is not None and any(known is not None for _, known in columns)
        # Numbers alone are features already; the columns of a whole are found by their names.
        table = words or (columns is not None and isinstance(made, (Pipeline, ColumnTransformer)))
        if not table or _takes_words(learned):
            return made
    reader = TableReader(columns, note)
    steps = made.steps if isinstance(made, Pipeline) else [("model", made)]
    return Pipeline([("table", reader), *steps])
