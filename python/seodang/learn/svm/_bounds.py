"""Bounds of parameters."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import _sparse
from ..utils.validation import check_array, check_consistent_length, column_or_1d


def l1_min_c(
    X: Any, y: Any, *, loss: str = "squared_hinge", fit_intercept: bool = True,
    intercept_scaling: float = 1.0,
) -> float:
    """The least C with which machines with an l1 penalty have any weight that is not 0.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_samples, n_features)
    y : array-like of shape (n_samples,)
    loss : "squared_hinge", or "log" for logistic regression
    fit_intercept : whether there is an intercept
    intercept_scaling : the constant feature that stands for the intercept

    Raises
    ------
    ValueError
        For another loss, or if no C is great enough.
    """
    if loss not in ("squared_hinge", "log"):
        raise ValueError(
            "The 'loss' parameter of l1_min_c must be a str among {'squared_hinge', 'log'}. "
            f"Got {loss!r} instead."
        )
    X = check_array(X, accept_sparse="csr")
    check_consistent_length(X, y)
    classes, codes = np.unique(column_or_1d(y), return_inverse=True)
    # Each class against the others; of two, one is enough.
    signs = np.where(codes == np.arange(len(classes))[:, None], 1.0, -1.0)
    if len(classes) == 2:
        signs = signs[1:]
    # The slope of the losses at weights of 0 must exceed that of the penalty.
    products = X.T @ signs.T if _sparse.is_sparse(X) else signs @ X
    slope = np.abs(products).max()
    if fit_intercept:
        slope = max(slope, np.abs(signs.sum(axis=1) * intercept_scaling).max())
    if slope == 0.0:
        raise ValueError(
            "Ill-posed l1_min_c calculation: l1 will always select zero coefficients for this data"
        )
    return (0.5 if loss == "squared_hinge" else 2.0) / slope
