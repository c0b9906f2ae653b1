"""Weights of classes, and of samples by their class."""

from __future__ import annotations

from typing import Any

import numpy as np

from .._sparse import is_sparse
from ._parameters import ARRAY, SPARSE, Words, checked
from .validation import check_sample_weight

__all__ = ["compute_class_weight", "compute_sample_weight"]


@checked(
    class_weight=(dict, Words("balanced"), None), classes=np.ndarray, y=ARRAY,
    sample_weight=(ARRAY, None),
)
def compute_class_weight(
    class_weight: Any, *, classes: np.ndarray, y: Any, sample_weight: Any = None
) -> np.ndarray:
    """The weight of each class. Source: King and Zeng 2001.

    Parameters
    ----------
    class_weight : "balanced" makes all classes weigh the same; a dictionary by class; None is 1
    classes : ndarray of shape (n_classes,)
    y : array-like of shape (n_samples,)
    sample_weight : array-like of shape (n_samples,), how much each sample counts

    Returns
    -------
    ndarray of shape (n_classes,)

    Raises
    ------
    ValueError
        For classes that there are not.
    """
    y = np.asarray(y)
    if set(y.tolist()) - set(classes.tolist()):
        raise ValueError("classes should include all valid labels that can be in y")
    if class_weight is None or len(class_weight) == 0:
        return np.ones(classes.shape[0])
    if isinstance(class_weight, str):
        present, codes = np.unique(y, return_inverse=True)
        if not np.isin(classes, present).all():
            raise ValueError("classes should have valid labels that are in y")
        weights = check_sample_weight(sample_weight, y)
        shares = np.bincount(codes, weights=np.ones(len(y)) if weights is None else weights)
        return (shares.sum() / (len(present) * shares))[np.searchsorted(present, classes)]
    out, unknown = np.ones(classes.size), []
    for i, label in enumerate(classes):
        try:
            label = int(label)
        except ValueError:
            label = str(label)
        if label in class_weight:
            out[i] = class_weight[label]
        else:
            unknown.append(label)
    if unknown and classes.size - len(unknown) != len(class_weight):
        raise ValueError(f"The classes, {unknown}, are not in class_weight")
    return out


@checked(
    class_weight=(dict, list, Words("balanced"), None), y=(ARRAY, SPARSE), indices=(ARRAY, None)
)
def compute_sample_weight(class_weight: Any, y: Any, *, indices: Any = None) -> np.ndarray:
    """The weight of each sample by its class; of several outputs the product.

    Parameters
    ----------
    class_weight : as in `compute_class_weight`; of several outputs a list
    y : array-like of shape (n_samples,) or (n_samples, n_outputs)
    indices : the samples by which "balanced" counts

    Returns
    -------
    ndarray of shape (n_samples,)

    Raises
    ------
    ValueError
        For weights that do not fit the outputs.
    """
    y = y.toarray() if is_sparse(y) else np.atleast_1d(y)
    y = y.reshape(-1, 1) if y.ndim == 1 else y
    outputs, balanced = y.shape[1], isinstance(class_weight, str)
    if indices is not None and not balanced:
        raise ValueError(
            f"The only valid class_weight for subsampling is 'balanced'. Given {class_weight}."
        )
    if outputs > 1 and not balanced:
        if not isinstance(class_weight, list):
            raise ValueError(
                "For multi-output, class_weight should be a list of dicts, or the string 'balanced'."
            )
        if len(class_weight) != outputs:
            raise ValueError(
                "For multi-output, number of elements in class_weight should match number of "
                f"outputs. Got {len(class_weight)} element(s) while having {outputs} outputs."
            )
    whole = np.ones(len(y))
    for k, column in enumerate(y.T):
        own = class_weight if balanced or outputs == 1 else class_weight[k]
        classes, codes = np.unique(column, return_inverse=True)
        if indices is None:
            whole *= compute_class_weight(own, classes=classes, y=column)[codes]
            continue
        some = column[indices]
        present = np.unique(some)
        # A class without a sample among these weighs nothing.
        weights = np.zeros(len(classes))
        weights[np.searchsorted(classes, present)] = compute_class_weight(
            own, classes=present, y=some
        )
        whole *= weights[codes]
    return whole
