"""Ridge regression as a function."""

from __future__ import annotations

from typing import Any

import numpy as np

from ._generated import Ridge

__all__ = ["ridge_regression"]


def ridge_regression(
    X: Any,
    y: Any,
    alpha: Any,
    *,
    sample_weight: Any = None,
    solver: str = "auto",
    max_iter: int | None = None,
    tol: float = 1e-4,
    verbose: int = 0,
    positive: bool = False,
    random_state: Any = None,
    return_n_iter: bool = False,
    return_intercept: bool = False,
    check_input: bool = True,
) -> Any:
    """The coefficients of ridge regression, without an intercept. Source: Hoerl and Kennard 1970.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_samples, n_features)
    y : array-like of shape (n_samples,) or (n_samples, n_targets)
    alpha : the strength of the penalty, or one for each target
    sample_weight : a number, or array-like of shape (n_samples,), how much each sample counts
    solver, max_iter, tol, positive, random_state : as in `Ridge`
    verbose, check_input : accepted for compatibility
    return_n_iter : whether the number of iterations is wanted too
    return_intercept : whether there is an intercept, which comes too

    Returns
    -------
    ndarray of shape (n_features,) or (n_targets, n_features); a tuple of it, the number of iterations (None
    of solvers that need none) and the intercept, where these are wanted

    Raises
    ------
    ValueError
        For data or parameters that it cannot take, or an intercept of another solver than "auto" and "sag".
    """
    if sample_weight is not None and np.ndim(sample_weight) == 0:
        sample_weight = np.full(np.shape(X)[0], float(sample_weight))
    if return_intercept and solver not in ("auto", "sag"):
        raise ValueError(
            "In Ridge, only 'sag' solver can directly fit the intercept. Please change solver to 'sag' "
            "or set return_intercept=False."
        )
    model = Ridge(
        alpha, fit_intercept=return_intercept, solver=solver, max_iter=max_iter, tol=tol, positive=positive,
        random_state=random_state,
    ).fit(X, y, sample_weight)
    out = [model.coef_]
    if return_n_iter:
        iterates = solver in ("sag", "saga", "lsqr") or positive
        out.append(model.n_iter_ if iterates else None)
    if return_intercept:
        out.append(model.intercept_)
    return out[0] if len(out) == 1 else tuple(out)
