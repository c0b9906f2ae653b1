"""Estimators of `linear_model`, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from typing import ClassVar

from .._record import RecordRegressor, Weighted


class LinearRegression(Weighted, RecordRegressor):
    """Ordinary least squares: the linear function of the features with the least sum of squared
    residuals. Source: Hastie, Tibshirani and Friedman 2009, section 3.2.

    Parameters
    ----------
    fit_intercept : bool, default=True
        Whether there is an intercept; without it, the data are expected to be centred.
    copy_X : bool, default=True
        Accepted for compatibility: X is never changed.
    tol : float, default=1e-06
        Singular values below this share of the greatest one count as 0.
    n_jobs : int | None, default=None
        Accepted for compatibility: the number of threads is the process's.
    positive : bool, default=False
        Whether the coefficients must not be negative (Lawson and Hanson 1974, chapter 23).
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": False,
        "multioutput": True,
        "weights": True,
        "requires_y": True,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        fit_intercept: bool = True,
        copy_X: bool = True,
        tol: float = 1e-06,
        n_jobs: int | None = None,
        positive: bool = False,
    ) -> None:
        self.fit_intercept = fit_intercept
        self.copy_X = copy_X
        self.tol = tol
        self.n_jobs = n_jobs
        self.positive = positive


NAMES = (
    "LinearRegression",
)
