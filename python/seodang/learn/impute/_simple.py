"""`SimpleImputer`, for numbers and for any Python objects."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import _made, _sparse
from .._methods import names_in
from ..exceptions import warn
from ..utils.validation import check_array, check_is_fitted
from . import _generated as generated
from ._masks import checked, mask_of

__all__ = ["SimpleImputer"]


def _most_frequent(values: np.ndarray) -> Any:
    """The value that is there most often, the least of several."""
    if values.dtype == object:
        counts: dict[Any, int] = {}
        for v in values.tolist():
            counts[v] = counts.get(v, 0) + 1
        most = max(counts.values())
        return min(v for v, n in counts.items() if n == most)
    found, counts = np.unique(values, return_counts=True)
    return found[counts.argmax()]


class SimpleImputer(generated.SimpleImputer):
    __doc__ = generated.SimpleImputer.__doc__

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "statistics_")

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        missing = self.missing_values
        tags.input_tags.sparse = True
        tags.input_tags.allow_nan = missing is None or missing != missing
        tags.input_tags.string = isinstance(missing, str)
        return tags

    def _words(self) -> bool:
        return self.strategy in ("most_frequent", "constant")

    def _parameters(self) -> tuple[dict[str, Any], int | None]:
        parameters = self.get_params(deep=False)
        for name in ("missing_values", "fill_value"):
            value = parameters[name]
            if type(value).__name__ == "NAType":
                parameters[name] = np.nan
        return parameters, None

    def fit(self, X: Any, y: Any = None):
        """Finds what missing values of each column become.

        Parameters
        ----------
        X : array-like, frame or sparse matrix of shape (n_samples, n_features)
        y : ignored

        Raises
        ------
        ValueError
            For parameters out of their ranges, and data that the strategy cannot take.
        """
        _made.check(self)
        known = ("mean", "median", "most_frequent", "constant")
        if not callable(self.strategy) and self.strategy not in known:
            raise ValueError(
                "The 'strategy' parameter of SimpleImputer must be a str among {'most_frequent', "
                f"'median', 'constant', 'mean'}} or a callable. Got {self.strategy!r} instead."
            )
        X = checked(self, X, reset=True, words=self._words(), sparse="csc")
        sparse = _sparse.is_sparse(X)
        if sparse and self.missing_values == 0:
            raise ValueError(
                "Imputation not possible when missing_values == 0 and input is sparse. Provide a "
                "dense array instead."
            )
        fill = self.fill_value
        if self.strategy == "constant":
            if fill is None:
                fill = 0 if X.dtype.kind in "iufb" else "missing_value"
            elif X.dtype.kind in "iuf" and not np.can_cast(
                np.min_scalar_type(fill), X.dtype, casting="same_kind"
            ):
                raise ValueError(
                    f"fill_value={fill!r} (of type {type(fill)!r}) cannot be cast to the input data "
                    f"that is {X.dtype!r}. If fill_value is a Python scalar, instead pass  a numpy "
                    "scalar (e.g. fill_value=np.uint8(0) if your data is of type np.uint8). Make sure "
                    "that both dtypes are of the same kind."
                )
        statistics, self._lacking = [], []
        for j in range(X.shape[1]):
            column, zeros = self._column(X, j)
            absent = mask_of(column, self.missing_values)
            there = column[~absent]
            if absent.any():
                self._lacking.append(j)
            if zeros:
                there = np.concatenate([there, np.zeros(zeros, dtype=there.dtype)])
            statistics.append(self._statistic(there, fill))
        dtype = object if X.dtype == object else None
        if self.strategy == "constant" and dtype is None and not any(s != s for s in statistics):
            dtype = X.dtype
        out = np.empty(len(statistics), dtype=dtype or np.float64)
        out[:] = statistics
        self.statistics_ = out.astype(X.dtype) if X.dtype == np.float32 else out
        self._fit_dtype = X.dtype
        self.indicator_ = self._indicator() if self.add_indicator else None
        return self

    def _indicator(self) -> Any:
        from ._indicator import MissingIndicator

        indicator = MissingIndicator(missing_values=self.missing_values, error_on_new=False)
        indicator.features_ = np.array(self._lacking, dtype=int)
        indicator.n_features_in_ = self.n_features_in_
        if hasattr(self, "feature_names_in_"):
            indicator.feature_names_in_ = self.feature_names_in_
        return indicator

    def _column(self, X: Any, j: int) -> tuple[np.ndarray, int]:
        """The values of a column that are held, and how many zeros are not."""
        if not _sparse.is_sparse(X):
            return X[:, j], 0
        data = X.data[X.indptr[j] : X.indptr[j + 1]]
        return data, X.shape[0] - len(data)

    def _statistic(self, there: np.ndarray, fill: Any) -> Any:
        if len(there) == 0 and not self.keep_empty_features:
            return np.nan
        if self.strategy == "constant":
            return fill
        if len(there) == 0:
            return 0
        if callable(self.strategy):
            return self.strategy(there)
        if self.strategy == "mean":
            return there.mean()
        if self.strategy == "median":
            return np.median(there)
        return _most_frequent(there)

    def _kept(self) -> np.ndarray:
        """The columns that stay."""
        if self.keep_empty_features:
            return np.arange(self.n_features_in_)
        empty = mask_of(self.statistics_, np.nan)
        return np.flatnonzero(~empty)

    def transform(self, X: Any) -> Any:
        """Samples without missing values.

        Parameters
        ----------
        X : array-like, frame or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray or sparse matrix of shape (n_samples, n_features_out)
        """
        check_is_fitted(self)
        original = X
        X = checked(self, X, reset=False, words=self._words(), sparse="csc")
        kept = self._kept()
        if len(kept) < self.n_features_in_:
            dropped = np.setdiff1d(np.arange(self.n_features_in_), kept)
            names = getattr(self, "feature_names_in_", np.arange(self.n_features_in_))[dropped]
            warn(
                f"Skipping features without any observed values: {names}. At least one non-missing "
                f"value is needed for imputation with strategy='{self.strategy}'.",
                stacklevel=4,
            )
        if _sparse.is_sparse(X):
            return self._transform_sparse(X, kept)
        mask = mask_of(X, self.missing_values)
        out = X[:, kept]
        own = mask[:, kept]
        if own.any():
            if out.dtype.kind in "biu" and self.statistics_.dtype.kind == "f":
                out = out.astype(np.float64)
            rows, columns = np.nonzero(own)
            out = out.copy() if out is original or not out.flags.writeable else out
            out[rows, columns] = self.statistics_[kept][columns]
        if self.indicator_ is None:
            return out
        lacks = mask[:, self.indicator_.features_]
        return np.hstack([out, lacks.astype(out.dtype if out.dtype != object else object)])

    def _transform_sparse(self, X: Any, kept: np.ndarray) -> Any:
        mask = mask_of(X.data, self.missing_values)
        columns = np.repeat(np.arange(X.shape[1]), np.diff(X.indptr))
        out = X.copy()
        out.data[mask] = self.statistics_[columns[mask]].astype(X.dtype)
        out = out[:, kept]
        if self.indicator_ is None:
            return out
        from scipy import sparse

        lacks = sparse.csc_matrix((mask.astype(X.dtype), X.indices, X.indptr), shape=X.shape)
        lacks.eliminate_zeros()
        return sparse.hstack([out, lacks[:, self.indicator_.features_]], format="csc")

    def inverse_transform(self, X: Any) -> np.ndarray:
        """Samples with their missing values again; needs `add_indicator`.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features_out)

        Raises
        ------
        ValueError
            Without `add_indicator`.
        """
        check_is_fitted(self)
        if not self.add_indicator:
            raise ValueError(
                "'inverse_transform' works only when 'SimpleImputer' is instantiated with "
                f"'add_indicator=True'. Got 'add_indicator={self.add_indicator}' instead."
            )
        X = check_array(X, dtype=None, ensure_all_finite="allow-nan")
        kept, lacking = self._kept(), self.indicator_.features_
        out = np.zeros((X.shape[0], self.n_features_in_), dtype=X.dtype)
        out[:, kept] = X[:, : len(kept)]
        rows, columns = np.nonzero(X[:, len(kept) :].astype(bool))
        out[rows, lacking[columns]] = self.missing_values
        return out

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the columns that `transform` gives."""
        check_is_fitted(self)
        names = np.asarray(names_in(self, input_features), dtype=object)
        out = list(names[self._kept()])
        if self.indicator_ is not None:
            out += [f"missingindicator_{names[j]}" for j in self.indicator_.features_]
        return np.asarray(out, dtype=object)

    def _state(self) -> _made.State:
        state = _made.State()
        missing = self.missing_values
        if isinstance(missing, str):
            raise NotImplementedError(
                "a word as missing_values cannot be saved in a file of data; in Python, pickle keeps "
                "such estimators"
            )
        kept = set(self._kept().tolist())
        codes, words = np.full(self.n_features_in_, np.nan), [None] * self.n_features_in_
        for j in kept:
            value = self.statistics_[j]
            if isinstance(value, str):
                words[j], codes[j] = [value], 0.0
            else:
                codes[j] = float(value)
        state.arrays["statistics"] = codes
        state.values["missing"] = float("nan") if missing is None else float(missing)
        state.arrays["indicated"] = np.array(
            self._lacking if self.add_indicator else [], dtype=np.int64
        )
        state.values["python"] = {
            "dtype": str(self._fit_dtype), "lacking": [int(j) for j in self._lacking],
            "statistics": str(self.statistics_.dtype),
        }
        state.words = words if any(w is not None for w in words) else None
        return state

    def _restore(self, learned: Any) -> None:
        state = _made.read(learned)
        _made.features_of(self, learned, state)
        codes = state.arrays["statistics"]
        words = state.words or [None] * len(codes)
        about = state.values.get("python") or {}
        dtype = "object" if any(words) else about.get("statistics", "float64")
        self.statistics_ = np.empty(len(codes), dtype=dtype)
        self.statistics_[:] = [
            w[int(c)] if w is not None and not np.isnan(c) else c
            for c, w in zip(codes, words, strict=True)
        ]
        indicated = [int(j) for j in state.arrays["indicated"]]
        self._lacking = about.get("lacking", indicated)
        self._fit_dtype = np.dtype(about.get("dtype", "object" if any(words) else "float64"))
        self.indicator_ = self._indicator() if self.add_indicator else None
