"""What only some estimators can: a class for each method that a record names."""

from __future__ import annotations

from typing import Any

import numpy as np

from ._boosting import HistogramBoosting, StagedProbabilities, StagedTrees
from ._radius import RadiusMeans, RadiusNeighbors, RadiusVotes, Searched, graph_of
from ._record import Decisions, Probabilities, _for_rust, _from_rust
from ._sparse import is_sparse
from ._support_vectors import SupportVectors, Votes
from ._trees import BaseDecisionTree, ClassTrees, Forests
from .base import clone
from .utils.validation import check_array, check_is_fitted

__all__ = [
    "BaseDecisionTree",
    "Batches",
    "ClassBatches",
    "ClassTrees",
    "Decisions",
    "Forests",
    "HistogramBoosting",
    "Initialised",
    "Inverse",
    "JointLikelihoods",
    "LossProbabilities",
    "Named",
    "Neighbors",
    "Probabilities",
    "RadiusMeans",
    "RadiusNeighbors",
    "RadiusVotes",
    "SparseCoefficients",
    "Sparsify",
    "StagedProbabilities",
    "StagedTrees",
    "Stateless",
    "SupportVectors",
    "Votes",
]


class Batches:
    """What estimators that learn by batches can."""

    def partial_fit(self, X: Any, y: Any = None, sample_weight: Any = None):
        """Learns from a batch of samples, after those that it has learned from.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or (n_samples, n_outputs), or None for what needs none
        sample_weight : array-like of shape (n_samples,), how much each sample counts; None is all 1

        Raises
        ------
        ValueError
            For parameters or data that it cannot take.
        """
        return self._fit(X, y, sample_weight, batch=True)


class ClassBatches:
    """What classifiers that learn by batches can."""

    def partial_fit(self, X: Any, y: Any, classes: Any = None, sample_weight: Any = None):
        """Learns from a batch of samples, after those that it has learned from.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        classes : all the classes that there will be; the first batch must name them
        sample_weight : array-like of shape (n_samples,), how much each sample counts; None is all 1

        Raises
        ------
        ValueError
            For parameters or data that it cannot take, and classes that were not named at first.
        """
        return self._fit(X, y, sample_weight, batch=True, classes=classes)


class Neighbors(Searched):
    """What methods of nearest neighbors can."""

    def kneighbors(
        self, X: Any = None, n_neighbors: int | None = None, return_distance: bool = True
    ) -> Any:
        """The nearest samples of `fit`, nearest first.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_queries, n_features); None asks for the neighbors of
            the samples of `fit`, themselves left out
        n_neighbors : how many; None is the parameter
        return_distance : whether the distances are wanted too

        Returns
        -------
        ndarrays of shape (n_queries, n_neighbors): distances (if wanted), numbers of samples

        Raises
        ------
        ValueError
            For more neighbors than there are samples.
        """
        check_is_fitted(self)
        if isinstance(n_neighbors, (float, np.floating)) or isinstance(n_neighbors, bool):
            raise TypeError(
                f"n_neighbors does not take {type(n_neighbors)} value, enter integer value"
            )
        count = self.n_neighbors if n_neighbors is None else n_neighbors
        if X is not None:
            X = _for_rust(self._checked(X, reset=False))
        distances, indices = self._learned.call("kneighbors", X, [count])
        return (distances, indices) if return_distance else indices

    def kneighbors_graph(
        self, X: Any = None, n_neighbors: int | None = None, mode: str = "connectivity"
    ) -> Any:
        """The nearest samples of `fit` as a sparse matrix, a row for each query.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_queries, n_features); None asks for the neighbors of
            the samples of `fit`, themselves left out
        n_neighbors : how many; None is the parameter
        mode : "connectivity" gives ones, "distance" distances

        Returns
        -------
        sparse matrix of shape (n_queries, n_samples_fit)

        Raises
        ------
        ValueError
            For another mode, or more neighbors than there are samples.
        """
        distances, indices = self.kneighbors(X, n_neighbors)
        ends = np.arange(len(indices) + 1) * indices.shape[1]
        return graph_of(ends, distances.ravel(), indices.ravel(), self.n_samples_fit_, mode)


class Inverse:
    """What transformers with a way back can."""

    def inverse_transform(self, X: Any) -> Any:
        """The features that `transform` had.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features_out)

        Returns
        -------
        ndarray or sparse matrix of shape (n_samples, n_features)
        """
        check_is_fitted(self)
        X = check_array(
            X,
            accept_sparse="csr",
            dtype=[np.float64, np.float32],
            ensure_all_finite="allow-nan",
            estimator=self,
            input_name="X",
        )
        return _from_rust(self._learned.inverse_transform(_for_rust(X)))


class JointLikelihoods:
    """What naive Bayes can."""

    def predict_joint_log_proba(self, X: Any) -> np.ndarray:
        """The logarithm of the probability of each class together with the sample.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
        """
        check_is_fitted(self)
        X = _for_rust(self._checked(X, reset=False))
        return self._learned.call("predict_joint_log_proba", X)

    def predict_log_proba(self, X: Any) -> np.ndarray:
        """The logarithm of the probability of each class, in the order of `classes_`.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
        """
        joint = self.predict_joint_log_proba(X)
        most = joint.max(axis=1, keepdims=True)
        return joint - most - np.log(np.exp(joint - most).sum(axis=1, keepdims=True))


class Named:
    """What transformers that know the names of their output can."""

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the columns that `transform` gives.

        Parameters
        ----------
        input_features : the names of the features in `fit`; None takes those that they had, or
            ``x0``, ``x1``, ...

        Raises
        ------
        ValueError
            For other names than those in `fit`, or another number of them.
        """
        check_is_fitted(self)
        names = names_in(self, input_features)
        return np.asarray(self._learned.feature_names_out(names), dtype=object)


def names_in(estimator: Any, names: Any) -> list[str]:
    """The names of the features in `fit`, which `names`, if given, must be.

    Raises
    ------
    ValueError
        For other names than those in `fit`, or another number of them.
    """
    known = getattr(estimator, "feature_names_in_", None)
    count = estimator.n_features_in_
    if names is not None:
        names = np.asarray(names, dtype=object)
        if known is not None and not np.array_equal(known, names):
            raise ValueError("input_features is not equal to feature_names_in_")
        if len(names) != count:
            raise ValueError(
                f"input_features should have length equal to number of features ({count}), got "
                f"{len(names)}"
            )
        return [str(n) for n in names]
    return [f"x{i}" for i in range(count)] if known is None else list(known)


class Stateless:
    """What needs no `fit`."""

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.requires_fit = False
        return tags

    def transform(self, X: Any) -> Any:
        """Other features for samples; `fit` is not needed.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray or sparse matrix of shape (n_samples, n_features)
        """
        if self.__sklearn_is_fitted__():
            return super().transform(X)
        return clone(self).fit(X).transform(X)


class Sparsify:
    """What linear classifiers whose coefficients may be sparse can."""

    def sparsify(self):
        """Makes `coef_` a sparse matrix, which is smaller where many coefficients are 0."""
        from scipy.sparse import csr_matrix

        check_is_fitted(self)
        self.coef_ = csr_matrix(self.coef_)
        return self

    def densify(self):
        """Makes `coef_` an array again."""
        check_is_fitted(self)
        if is_sparse(self.coef_):
            self.coef_ = self.coef_.toarray()
        return self


class _Path:
    """`enet_path` as a method, which is loaded when it is asked for."""

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        from .linear_model import enet_path

        return enet_path


class SparseCoefficients:
    """What regressors of which many coefficients are 0 can."""

    @property
    def sparse_coef_(self):
        """The coefficients as a sparse matrix."""
        from scipy.sparse import csr_matrix

        return csr_matrix(self.coef_)

    path = _Path()

    def fit(self, X: Any, y: Any, sample_weight: Any = None, check_input: bool = True):
        """Learns from samples and what belongs to them.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
        sample_weight : array-like of shape (n_samples,), how much each sample counts; None is all 1
        check_input : accepted for compatibility: what is given is always checked

        Raises
        ------
        ValueError
            For parameters or data that it cannot take.
        """
        return self._fit(X, y, sample_weight)


class Initialised:
    """What estimators whose descent can begin anywhere can."""

    def fit(
        self, X: Any, y: Any, coef_init: Any = None, intercept_init: Any = None,
        sample_weight: Any = None,
    ):
        """Learns from samples and what belongs to them.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        coef_init : the coefficients to begin with
        intercept_init : the intercepts to begin with
        sample_weight : array-like of shape (n_samples,), how much each sample counts; None is all 1

        Raises
        ------
        ValueError
            For parameters or data that it cannot take.
        """
        given = {"coef_init": coef_init, "intercept_init": intercept_init}
        given = {k: np.asarray(v, dtype=np.float64) for k, v in given.items() if v is not None}
        return self._fit(X, y, sample_weight, **given)


class LossProbabilities:
    """What classifiers can of which some losses have probabilities."""

    def _check_proba(self) -> None:
        if self.loss not in ("log_loss", "modified_huber"):
            raise AttributeError(f"probability estimates are not available for loss={self.loss!r}")

    @property
    def predict_proba(self):
        """The probability of each class, for the losses "log_loss" and "modified_huber".

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
        """
        self._check_proba()
        return lambda X: self._ask("predict_proba", X)[0]

    @property
    def predict_log_proba(self):
        """The logarithm of the probability of each class, as `predict_proba`."""
        self._check_proba()

        def predict_log_proba(X):
            with np.errstate(divide="ignore"):
                return np.log(self.predict_proba(X))

        return predict_log_proba
