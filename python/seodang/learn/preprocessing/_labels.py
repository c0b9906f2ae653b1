"""Encoders of targets: labels as numbers, or as columns of zeros and ones."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from .. import _sparse
from ..base import BaseEstimator, TransformerMixin
from ..utils.multiclass import type_of_target
from ..utils.validation import check_is_fitted, column_or_1d
from ._categories import codes_of, unique_of

__all__ = ["LabelBinarizer", "LabelEncoder", "MultiLabelBinarizer", "label_binarize"]


def _labels(y: Any) -> np.ndarray:
    y = column_or_1d(y, warn=True)
    if y.dtype == object and all(isinstance(v, str) for v in y.tolist()):
        return y
    return y


class _OfTargets(TransformerMixin, BaseEstimator):
    """A transformer of targets, which has no features."""

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.target_tags.one_d_labels = True
        return tags


class LabelEncoder(_OfTargets):
    """Makes numbers of labels: 0, 1, 2, ... in their order."""

    def fit(self, y: Any):
        """Finds the labels.

        Parameters
        ----------
        y : array-like of shape (n_samples,)
        """
        self.classes_ = unique_of(_labels(y))[0]
        return self

    def fit_transform(self, y: Any) -> np.ndarray:
        """Finds the labels, and gives their numbers.

        Parameters
        ----------
        y : array-like of shape (n_samples,)
        """
        return self.fit(y).transform(y)

    def transform(self, y: Any) -> np.ndarray:
        """The number of each label.

        Parameters
        ----------
        y : array-like of shape (n_samples,)

        Raises
        ------
        ValueError
            For labels that were not there in `fit`.
        """
        check_is_fitted(self)
        y = column_or_1d(y, dtype=self.classes_.dtype if self.classes_.dtype.kind == "O" else None, warn=True)
        if len(y) == 0:
            return np.array([])
        codes = codes_of(y, self.classes_)
        if (codes < 0).any():
            strange = unique_of(y[codes < 0])[0].tolist()
            raise ValueError(f"y contains previously unseen labels: {strange}")
        return codes

    def inverse_transform(self, y: Any) -> np.ndarray:
        """The label of each number.

        Parameters
        ----------
        y : array-like of shape (n_samples,)

        Raises
        ------
        ValueError
            For numbers of no label.
        """
        check_is_fitted(self)
        y = column_or_1d(y, warn=True)
        if len(y) == 0:
            return np.array([])
        strange = np.setdiff1d(y, np.arange(len(self.classes_)))
        if len(strange):
            raise ValueError(f"y contains previously unseen labels: {strange}")
        return self.classes_[np.asarray(y)]


def label_binarize(
    y: Any, *, classes: Any, neg_label: int = 0, pos_label: int = 1, sparse_output: bool = False
) -> Any:
    """A column for each class, of one value where it is there and of another elsewhere.

    Parameters
    ----------
    y : array-like of labels, or table of zeros and ones
    classes : the classes, in the order of the columns
    neg_label, pos_label : the two values
    sparse_output : whether the result is sparse

    Raises
    ------
    ValueError
        For labels of a kind that has no columns, or values that do not go together.
    """
    if neg_label >= pos_label:
        raise ValueError(f"neg_label={neg_label} must be strictly less than pos_label={pos_label}.")
    if sparse_output and (pos_label == 0 or neg_label != 0):
        raise ValueError(
            "Sparse binarization is only supported with non zero pos_label and zero neg_label, got "
            f"pos_label={pos_label} and neg_label={neg_label}"
        )
    kind = type_of_target(y)
    if "multioutput" in kind:
        raise ValueError("Multioutput target data is not supported with label binarization")
    if kind == "unknown":
        raise ValueError("The type of target data is not known")
    classes = np.asarray(classes)
    if kind == "multilabel-indicator":
        dense = y.toarray() if _sparse.is_sparse(y) else np.asarray(y)
        if len(classes) != dense.shape[1]:
            raise ValueError(
                f"classes {classes} mismatch with the labels {np.arange(dense.shape[1])} found in "
                "the data"
            )
        out = np.where(dense != 0, pos_label, neg_label)
    else:
        y = column_or_1d(y)
        order = np.argsort(classes, kind="stable")
        places = codes_of(y, classes[order])
        codes = np.where(places < 0, -1, order[places])
        if len(classes) == 1:
            out = np.full((len(y), 1), neg_label)
        elif len(classes) == 2 and kind != "multiclass":
            out = np.where(codes == 1, pos_label, neg_label)[:, None]
        else:
            out = np.full((len(y), len(classes)), neg_label)
            known = codes >= 0
            out[np.flatnonzero(known), codes[known]] = pos_label
    out = out.astype(int)
    if not sparse_output:
        return out
    from scipy.sparse import csr_matrix

    return csr_matrix(out)


class LabelBinarizer(_OfTargets):
    """Makes a column for each label, with one value where it is there and another elsewhere.

    Parameters
    ----------
    neg_label, pos_label : the two values
    sparse_output : whether the result is sparse
    """

    def __init__(
        self, *, neg_label: int = 0, pos_label: int = 1, sparse_output: bool = False
    ) -> None:
        self.neg_label = neg_label
        self.pos_label = pos_label
        self.sparse_output = sparse_output

    def fit(self, y: Any):
        """Finds the labels.

        Parameters
        ----------
        y : array-like of labels, or table of zeros and ones

        Raises
        ------
        ValueError
            For parameters that do not go together, or several outputs.
        """
        if self.neg_label >= self.pos_label:
            raise ValueError(
                f"neg_label={self.neg_label} must be strictly less than pos_label={self.pos_label}."
            )
        if self.sparse_output and (self.pos_label == 0 or self.neg_label != 0):
            raise ValueError(
                "Sparse binarization is only supported with non zero pos_label and zero neg_label, "
                f"got pos_label={self.pos_label} and neg_label={self.neg_label}"
            )
        self.y_type_ = type_of_target(y, input_name="y")
        if "multioutput" in self.y_type_:
            raise ValueError("Multioutput target data is not supported with label binarization")
        if (y.shape[0] if hasattr(y, "shape") else len(y)) == 0:
            raise ValueError(f"y has 0 samples: {y!r}")
        self.sparse_input_ = _sparse.is_sparse(y)
        if self.y_type_ == "multilabel-indicator":
            self.classes_ = np.arange(y.shape[1] if hasattr(y, "shape") else len(y[0]))
        else:
            self.classes_ = unique_of(column_or_1d(y))[0]
        return self

    def fit_transform(self, y: Any) -> Any:
        """Finds the labels, and gives their columns.

        Parameters
        ----------
        y : array-like of labels, or table of zeros and ones
        """
        return self.fit(y).transform(y)

    def transform(self, y: Any) -> Any:
        """A column for each label; one alone for two.

        Parameters
        ----------
        y : array-like of labels, or table of zeros and ones
        """
        check_is_fitted(self)
        kind = type_of_target(y, input_name="y")
        if kind.startswith("multilabel") and not self.y_type_.startswith("multilabel"):
            raise ValueError("The object was not fitted with multilabel input.")
        if kind == "multiclass" and len(self.classes_) == 2:
            # Labels beyond the two that are known are none of them.
            y = column_or_1d(y)
            out = np.where(codes_of(y, self.classes_) == 1, self.pos_label, self.neg_label)[:, None]
            if self.sparse_output:
                from scipy.sparse import csr_matrix

                return csr_matrix(out)
            return out
        return label_binarize(
            y,
            classes=self.classes_,
            neg_label=self.neg_label,
            pos_label=self.pos_label,
            sparse_output=self.sparse_output,
        )

    def inverse_transform(self, Y: Any, threshold: float | None = None) -> Any:
        """The labels of columns.

        Parameters
        ----------
        Y : array-like or sparse matrix of shape (n_samples, n_classes), or decisions
        threshold : above what a column counts as there; None is halfway between the two values
        """
        check_is_fitted(self)
        if threshold is None:
            threshold = (self.pos_label + self.neg_label) / 2.0
        dense = Y.toarray() if _sparse.is_sparse(Y) else np.asarray(Y)
        if self.y_type_ == "multiclass":
            return self.classes_[dense.argmax(axis=1)]
        there = (dense > threshold).astype(int)
        if self.y_type_ == "binary":
            if there.ndim == 2 and there.shape[1] == 2:
                return self.classes_[there[:, 1]]
            if len(self.classes_) == 1:
                return np.repeat(self.classes_[0], len(there))
            return self.classes_[there.ravel()]
        if self.y_type_ == "multilabel-indicator":
            if self.sparse_input_:
                from scipy.sparse import csr_matrix

                return csr_matrix(there)
            return there
        raise ValueError(f"{self.y_type_} format is not supported")


class MultiLabelBinarizer(TransformerMixin, BaseEstimator):
    """Makes a column for each label of sets of labels.

    Parameters
    ----------
    classes : the labels, in the order of the columns; None is all that are there, in rising order
    sparse_output : whether the result is sparse
    """

    def __init__(self, *, classes: Any = None, sparse_output: bool = False) -> None:
        self.classes = classes
        self.sparse_output = sparse_output

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.target_tags.two_d_labels = True
        return tags

    def fit(self, y: Any):
        """Finds the labels.

        Parameters
        ----------
        y : iterable of iterables of labels

        Raises
        ------
        ValueError
            If `classes` names one twice.
        """
        if self.classes is None:
            classes = sorted(set(itertools.chain.from_iterable(y)))
        elif len(set(self.classes)) < len(self.classes):
            raise ValueError(
                "The classes argument contains duplicate classes. Remove these duplicates before "
                "passing them to MultiLabelBinarizer."
            )
        else:
            classes = list(self.classes)
        whole = all(isinstance(c, int) for c in classes)
        self.classes_ = np.empty(len(classes), dtype=int if whole else object)
        self.classes_[:] = classes
        return self

    def fit_transform(self, y: Any) -> Any:
        """Finds the labels, and gives their columns.

        Parameters
        ----------
        y : iterable of iterables of labels
        """
        y = list(y)
        return self.fit(y).transform(y)

    def transform(self, y: Any) -> Any:
        """A column for each label, with 1 where it is in the set.

        Parameters
        ----------
        y : iterable of iterables of labels
        """
        check_is_fitted(self)
        place = {c: i for i, c in enumerate(self.classes_.tolist())}
        strange: set[Any] = set()
        indptr, indices = [0], []
        for labels in y:
            own = set()
            for label in labels:
                if label in place:
                    own.add(place[label])
                else:
                    strange.add(label)
            indices += sorted(own)
            indptr.append(len(indices))
        if strange:
            import warnings

            shown = sorted(strange, key=str)
            warnings.warn(f"unknown class(es) {shown} will be ignored", stacklevel=2)
        shape = (len(indptr) - 1, len(place))
        if self.sparse_output:
            from scipy.sparse import csr_matrix

            return csr_matrix((np.ones(len(indices), dtype=int), indices, indptr), shape=shape)
        out = np.zeros(shape, dtype=int)
        out[np.repeat(np.arange(shape[0]), np.diff(indptr)), indices] = 1
        return out

    def inverse_transform(self, yt: Any) -> list[tuple[Any, ...]]:
        """The sets of labels of columns of zeros and ones.

        Parameters
        ----------
        yt : array-like or sparse matrix of shape (n_samples, n_classes)

        Raises
        ------
        ValueError
            For another number of columns, or values other than 0 and 1.
        """
        check_is_fitted(self)
        if yt.shape[1] != len(self.classes_):
            raise ValueError(
                f"Expected indicator for {len(self.classes_)} classes, but got {yt.shape[1]}"
            )
        dense = yt.toarray() if _sparse.is_sparse(yt) else np.asarray(yt)
        strange = np.setdiff1d(dense, [0, 1])
        if len(strange):
            raise ValueError(f"Expected only 0s and 1s in label indicator. Also got {strange}")
        return [tuple(self.classes_[row != 0]) for row in dense]
