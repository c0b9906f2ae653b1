"""What methods of the neighbors within a radius can."""

from __future__ import annotations

import numbers
import warnings
from typing import Any

import numpy as np

from ._record import Probabilities, _for_rust
from .utils.validation import check_is_fitted


def graph_of(
    ends: np.ndarray, distances: np.ndarray, indices: np.ndarray, samples: int, mode: str
) -> Any:
    """Neighbors as a sparse matrix: those of row i are from `ends[i]` to `ends[i + 1]`."""
    from scipy.sparse import csr_matrix

    if mode not in ("connectivity", "distance"):
        raise ValueError(
            f'Unsupported mode, must be one of "connectivity", or "distance" but got "{mode}" instead'
        )
    values = np.ones(len(indices)) if mode == "connectivity" else distances
    return csr_matrix((values, indices, ends), shape=(len(ends) - 1, samples))


def _rows(flat: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """An array of arrays."""
    out = np.empty(len(ends) - 1, dtype=object)
    for i, (start, end) in enumerate(zip(ends[:-1], ends[1:], strict=True)):
        out[i] = flat[start:end]
    return out


class Searched:
    """What searches among the samples of `fit` has."""

    @property
    def _fit_method(self) -> str:
        """The way that is searched."""
        return self._learned.call("fit_method")

    @property
    def _fit_X(self) -> Any:
        """The samples of `fit`."""
        arrays, values = self._learned.state()
        if "search.samples" in arrays:
            return arrays["search.samples"]
        from scipy.sparse import csr_matrix

        parts = (arrays[f"search.samples.{name}"] for name in ("data", "indices", "indptr"))
        return csr_matrix(tuple(parts), shape=(self.n_samples_fit_, values["search.samples.cols"]))

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.pairwise = self.metric == "precomputed"
        tags.input_tags.allow_nan = self.metric == "nan_euclidean"
        return tags


class RadiusNeighbors(Searched):
    """What finds neighbors within a radius."""

    def _near(self, X: Any, radius: float | None, sort: bool) -> tuple:
        check_is_fitted(self)
        if X is not None:
            X = _for_rust(self._checked(X, reset=False))
        radius = self.radius if radius is None else radius
        return tuple(self._learned.call("radius_neighbors", X, [float(radius), bool(sort)]))

    def radius_neighbors(
        self, X: Any = None, radius: float | None = None, return_distance: bool = True,
        sort_results: bool = False,
    ) -> Any:
        """The samples of `fit` within a radius.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_queries, n_features); None asks for the neighbors of
            the samples of `fit`, themselves left out
        radius : how near; None is the parameter
        return_distance : whether the distances are wanted too
        sort_results : whether the nearest come first

        Returns
        -------
        arrays of n_queries arrays: distances (if wanted), numbers of samples

        Raises
        ------
        ValueError
            For results to be sorted without their distances.
        """
        if sort_results and not return_distance:
            raise ValueError("return_distance must be True if sort_results is True.")
        ends, distances, indices = self._near(X, radius, sort_results)
        indices = _rows(indices, ends)
        return (_rows(distances, ends), indices) if return_distance else indices

    def radius_neighbors_graph(
        self, X: Any = None, radius: float | None = None, mode: str = "connectivity",
        sort_results: bool = False,
    ) -> Any:
        """The samples of `fit` within a radius as a sparse matrix, a row for each query.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_queries, n_features); None asks for the neighbors of
            the samples of `fit`, themselves left out
        radius : how near; None is the parameter
        mode : "connectivity" gives ones, "distance" distances
        sort_results : whether the nearest come first in each row

        Returns
        -------
        sparse matrix of shape (n_queries, n_samples_fit)

        Raises
        ------
        ValueError
            For another mode.
        """
        ends, distances, indices = self._near(X, radius, sort_results)
        return graph_of(ends, distances, indices, self.n_samples_fit_, mode)


class RadiusMeans:
    """What predicts means of neighbors: it warns where there are none."""

    def predict(self, X: Any) -> np.ndarray:
        """The value of each sample; NaN for samples without neighbors.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,) or (n_samples, n_outputs)
        """
        out = super().predict(X)
        if np.isnan(out).any():
            warnings.warn(
                "One or more samples have no neighbors within specified radius; predicting NaN.",
                stacklevel=2,
            )
        return out


class RadiusVotes(Probabilities):
    """What classifies by the votes of neighbors: samples without them have a label of their own."""

    def _adopt(self, learned: Any) -> None:
        super()._adopt(learned)
        counts = learned.call("counts")
        label, outputs = self.outlier_label, len(self._classes)
        if label is None:
            labels = None
        elif isinstance(label, str) and label == "most_frequent":
            # What most samples of `fit` are.
            labels = [c[np.argmax(n)] for c, n in zip(self._classes, counts, strict=True)]
        elif isinstance(label, (str, numbers.Integral)):
            labels = [label] * outputs
        elif len(label) == outputs:
            labels = list(label)
        else:
            raise ValueError(
                f"The length of outlier_label: {len(label)} is inconsistent with the output length: "
                f"{outputs}"
            )
        for given, classes in zip(labels or [], self._classes, strict=False):
            if np.result_type(np.asarray(given), classes).kind != classes.dtype.kind:
                raise TypeError(
                    f"The outlier_label of classes {classes} is inconsistent with the data type of "
                    "the classes."
                )
        self.outlier_label_ = labels

    def predict_proba(self, X: Any) -> Any:
        """The probability of each class, in the order of `classes_`; all 0 for samples without neighbors
        whose label is none of the classes.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes), or a list of these for several outputs

        Raises
        ------
        ValueError
            If a sample has no neighbors and there is no label for such.
        """
        tables = self._ask("predict_proba", X)
        lonely = np.flatnonzero(~tables[0].any(axis=1))
        if lonely.size and self.outlier_label_ is None:
            raise ValueError(
                f"No neighbors found for test samples {lonely}, you can try using larger radius, giving "
                "a label for outliers, or considering removing them from your dataset."
            )
        for table, classes, label in zip(
            tables, self._classes, self.outlier_label_ or [], strict=False
        ):
            place = np.flatnonzero(classes == label)
            if lonely.size and place.size:
                table[lonely, place[0]] = 1.0
            elif lonely.size:
                warnings.warn(
                    f"Outlier label {label} is not in training classes. All class probabilities of "
                    "outliers will be assigned with 0.",
                    stacklevel=2,
                )
        return tables if isinstance(self.classes_, list) else tables[0]

    def predict(self, X: Any) -> np.ndarray:
        """The class of each sample, or the label of those without neighbors.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,) or (n_samples, n_outputs)

        Raises
        ------
        ValueError
            If a sample has no neighbors and there is no label for such.
        """
        tables = self.predict_proba(X)
        columns = []
        for i, table in enumerate(tables if isinstance(self.classes_, list) else [tables]):
            column = self._classes[i][table.argmax(axis=1)]
            lonely = ~table.any(axis=1)
            if lonely.any():
                column[lonely] = self.outlier_label_[i]
            columns.append(column)
        return np.stack(columns, axis=1) if isinstance(self.classes_, list) else columns[0]
