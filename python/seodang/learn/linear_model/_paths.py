"""Solutions of the lasso and the elastic net for many strengths, and the best of them by cross-validation."""

from __future__ import annotations

import numbers
from typing import Any, ClassVar

import numpy as np

from .._meta import JOBS, SPLITS, VERBOSE, Checked
from .._record import _for_rust
from ..base import RegressorMixin
from ..model_selection import check_cv
from ..utils._parameters import ARRAY, BOOLEAN, RANDOM, Span, Words
from ..utils.validation import (
    _FLOATS,
    check_array,
    check_consistent_length,
    check_is_fitted,
    check_sample_weight,
    column_or_1d,
    validate_data,
)
from ._generated import ElasticNet, Lasso

__all__ = ["ElasticNetCV", "LassoCV", "enet_path", "lasso_path"]

_Real, _Integral = numbers.Real, numbers.Integral


def _path(X: Any, y: Any, weights: Any = None, *, alphas: Any, eps: float, **options: Any):
    """Strengths, coefficients, intercepts, gaps and sweeps along a path; outputs come first."""
    model = ElasticNet(**options)
    alphas = int(alphas) if isinstance(alphas, _Integral) else np.asarray(alphas, dtype=np.float64)
    model._fit(X, y, weights, alphas=alphas, eps=eps)
    return model._learned.call("path")


def enet_path(
    X: Any,
    y: Any,
    *,
    l1_ratio: float = 0.5,
    eps: float = 1e-3,
    n_alphas: Any = "deprecated",
    alphas: Any = 100,
    precompute: Any = "auto",
    Xy: Any = None,
    copy_X: bool = True,
    coef_init: Any = None,
    verbose: bool = False,
    return_n_iter: bool = False,
    positive: bool = False,
    check_input: bool = True,
    **params: Any,
) -> tuple:
    """The elastic net's coefficients for many strengths, without an intercept.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_samples, n_features)
    y : array-like of shape (n_samples,) or (n_samples, n_targets)
    l1_ratio : the share of absolute values in the penalty
    eps : the least strength by the greatest
    n_alphas : the former name of a number in `alphas`
    alphas : how many strengths, or which
    precompute, Xy, copy_X, verbose, check_input : accepted for compatibility
    coef_init : accepted for compatibility: the path begins where all coefficients are 0
    return_n_iter : whether the sweeps are wanted too
    positive : whether the coefficients must not be negative
    **params : `tol`, `max_iter`, `selection` and `random_state` of the elastic net

    Returns
    -------
    the strengths, coefficients of shape (n_features, n_alphas) or (n_targets, n_features, n_alphas), the
    duality gaps, and the sweeps if wanted

    Raises
    ------
    ValueError
        For data or parameters that it cannot take.
    """
    if not (isinstance(n_alphas, str) and n_alphas == "deprecated"):
        alphas = n_alphas
    alphas = 100 if alphas is None or isinstance(alphas, str) else alphas
    several = np.ndim(y) == 2
    strengths, coefs, _, gaps, sweeps = _path(
        X, y, alphas=alphas, eps=eps, l1_ratio=l1_ratio, positive=positive, fit_intercept=False, **params
    )
    if not several:
        coefs, gaps, sweeps = coefs[0], gaps[0], sweeps[0]
    out = (strengths, coefs, gaps)
    return (*out, sweeps.tolist()) if return_n_iter else out


def lasso_path(
    X: Any,
    y: Any,
    *,
    eps: float = 1e-3,
    n_alphas: Any = "deprecated",
    alphas: Any = 100,
    precompute: Any = "auto",
    Xy: Any = None,
    copy_X: bool = True,
    coef_init: Any = None,
    verbose: bool = False,
    return_n_iter: bool = False,
    positive: bool = False,
    **params: Any,
) -> tuple:
    """The lasso's coefficients for many strengths: `enet_path` with absolute values alone.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_samples, n_features)
    y : array-like of shape (n_samples,) or (n_samples, n_targets)
    eps, n_alphas, alphas, precompute, Xy, copy_X, coef_init, verbose, return_n_iter, positive, **params :
        as `enet_path`

    Returns
    -------
    as `enet_path`

    Raises
    ------
    ValueError
        For data or parameters that it cannot take.
    """
    return enet_path(
        X, y, l1_ratio=1.0, eps=eps, n_alphas=n_alphas, alphas=alphas, return_n_iter=return_n_iter,
        positive=positive, **params,
    )


class _PathCV(RegressorMixin, Checked):
    _shared: ClassVar[dict[str, Any]] = {
        "eps": Span(_Real, 0, None, closed="neither"),
        "alphas": (Span(_Integral, 1, None), ARRAY),
        "fit_intercept": BOOLEAN,
        "precompute": (Words("auto"), ARRAY, BOOLEAN),
        "max_iter": Span(_Integral, 1, None),
        "tol": Span(_Real, 0, None),
        "copy_X": BOOLEAN,
        "cv": SPLITS,
        "verbose": VERBOSE,
        "n_jobs": JOBS,
        "positive": BOOLEAN,
        "random_state": RANDOM,
        "selection": Words("cyclic", "random"),
    }

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags

    def _ratios(self) -> list[float]:
        return [1.0]

    def _final(self, alpha: float, ratio: float) -> Any:
        """The estimator with the best parameters."""
        own = self.get_params(deep=False)
        cls = ElasticNet if "l1_ratio" in own else Lasso
        names = set(cls._get_param_names()) - {"precompute", "alpha", "l1_ratio"}
        model = cls(alpha=alpha, **{k: v for k, v in own.items() if k in names})
        return model.set_params(l1_ratio=ratio) if cls is ElasticNet else model

    def fit(self, X: Any, y: Any, sample_weight: Any = None):
        """Finds the strength with the least mean squared error on held-out folds, and learns with it.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        sample_weight : array-like of shape (n_samples,), how much each sample counts; None is all 1

        Raises
        ------
        ValueError
            For parameters or data that it cannot take.
        """
        self._check_parameters()
        self._require_target(y)
        X = validate_data(self, X, accept_sparse="csr", dtype=_FLOATS)
        y = check_array(y, ensure_2d=False, dtype=X.dtype, input_name="y", ensure_min_features=0)
        if y.ndim > 1 and y.shape[1] > 1:
            raise ValueError(
                f"For multi-task outputs, use MultiTask{type(self).__name__}"
            )
        y = column_or_1d(y, warn=True)
        check_consistent_length(X, y)
        weights = check_sample_weight(sample_weight, X)
        options = {
            k: getattr(self, k)
            for k in ("fit_intercept", "max_iter", "tol", "positive", "random_state", "selection")
        }
        folds = list(check_cv(self.cv).split(X, y))
        grids, errors = [], []
        for ratio in self._ratios():
            alphas = self.alphas
            if isinstance(alphas, _Integral):
                alphas = self._grid(X, y, weights, alphas, ratio)
            grids.append(np.sort(np.asarray(alphas, dtype=np.float64))[::-1])
            errors.append([
                self._errors(X, y, weights, fold, grids[-1], l1_ratio=ratio, **options)
                for fold in folds
            ])
        errors = np.asarray(errors)
        mean = errors.mean(axis=1)
        best = np.unravel_index(np.argmin(mean), mean.shape)
        self.mse_path_ = np.squeeze(np.moveaxis(errors, 2, 1))
        self.alpha_ = float(grids[best[0]][best[1]])
        if "l1_ratio" in self._get_param_names():
            self.l1_ratio_ = self._ratios()[best[0]]
        one = len(grids) == 1 or not isinstance(self.alphas, _Integral)
        self.alphas_ = grids[0] if one else np.asarray(grids)
        self._model = self._final(self.alpha_, self._ratios()[best[0]]).fit(X, y, weights)
        for name in ("coef_", "intercept_", "dual_gap_", "n_iter_"):
            setattr(self, name, getattr(self._model, name))
        return self

    def _grid(self, X: Any, y: Any, weights: Any, count: int, ratio: float) -> np.ndarray:
        """So many strengths, from the least at which all coefficients are 0."""
        if ratio == 0:
            raise ValueError(
                "Automatic alpha grid generation is not supported for l1_ratio=0. Please supply a grid "
                "by providing your estimator with the appropriate `alphas=` argument."
            )
        shares = np.full(len(y), 1 / len(y)) if weights is None else weights / weights.sum()
        rest = shares * (y - shares @ y) if self.fit_intercept else shares * y
        # The residual of the mean has no part along it, so the features need not be centred.
        most = float(np.abs(X.T @ rest).max()) / ratio
        if most <= np.finfo(np.float64).resolution:
            return np.full(count, np.finfo(np.float64).resolution)
        return np.geomspace(most, most * self.eps, num=count)

    def _errors(self, X: Any, y: Any, weights: Any, fold: Any, alphas: Any, **options: Any):
        """The mean squared errors on a fold of the solutions on the others."""
        train, test = fold
        inner = None if weights is None else weights[train]
        _, coefs, intercepts, *_ = _path(
            X[train], y[train], inner, alphas=alphas, eps=self.eps, **options
        )
        said = X[test] @ coefs[0] + intercepts[0]
        squares = (said - y[test][:, np.newaxis]) ** 2
        return np.average(squares, axis=0, weights=None if weights is None else weights[test])

    def predict(self, X: Any) -> np.ndarray:
        """The value of each sample.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,)
        """
        check_is_fitted(self)
        X = validate_data(self, X, reset=False, accept_sparse="csr", dtype=_FLOATS)
        return self._model._learned.predict_values(_for_rust(X))


class LassoCV(_PathCV):
    """The lasso with the strength that cross-validation finds best. Source: Tibshirani 1996; Stone 1974.

    Parameters
    ----------
    eps : the least strength by the greatest, of those that are tried
    alphas : how many strengths are tried, or which
    fit_intercept : whether there is an intercept
    precompute, copy_X, verbose, n_jobs : accepted for compatibility
    max_iter, tol, positive, random_state, selection : as in `Lasso`
    cv : a number of folds, None for 5, a splitter, or pairs of numbers of samples
    """

    _constraints: ClassVar[dict[str, Any]] = _PathCV._shared

    def __init__(
        self,
        *,
        eps: float = 1e-3,
        alphas: Any = 100,
        fit_intercept: bool = True,
        precompute: Any = "auto",
        max_iter: int = 1000,
        tol: float = 1e-4,
        copy_X: bool = True,
        cv: Any = None,
        verbose: Any = False,
        n_jobs: int | None = None,
        positive: bool = False,
        random_state: Any = None,
        selection: str = "cyclic",
    ) -> None:
        self.eps = eps
        self.alphas = alphas
        self.fit_intercept = fit_intercept
        self.precompute = precompute
        self.max_iter = max_iter
        self.tol = tol
        self.copy_X = copy_X
        self.cv = cv
        self.verbose = verbose
        self.n_jobs = n_jobs
        self.positive = positive
        self.random_state = random_state
        self.selection = selection

    path = staticmethod(lasso_path)


class ElasticNetCV(_PathCV):
    """The elastic net with the strength and the mixture that cross-validation finds best. Source: Zou and
    Hastie 2005; Stone 1974.

    Parameters
    ----------
    l1_ratio : the share of absolute values in the penalty, or those that are tried
    eps : the least strength by the greatest, of those that are tried
    alphas : how many strengths are tried, or which
    fit_intercept : whether there is an intercept
    precompute, copy_X, verbose, n_jobs : accepted for compatibility
    max_iter, tol, positive, random_state, selection : as in `ElasticNet`
    cv : a number of folds, None for 5, a splitter, or pairs of numbers of samples
    """

    _constraints: ClassVar[dict[str, Any]] = {
        **_PathCV._shared, "l1_ratio": (Span(_Real, 0, 1, closed="both"), ARRAY)
    }

    def __init__(
        self,
        *,
        l1_ratio: Any = 0.5,
        eps: float = 1e-3,
        alphas: Any = 100,
        fit_intercept: bool = True,
        precompute: Any = "auto",
        max_iter: int = 1000,
        tol: float = 1e-4,
        cv: Any = None,
        copy_X: bool = True,
        verbose: Any = 0,
        n_jobs: int | None = None,
        positive: bool = False,
        random_state: Any = None,
        selection: str = "cyclic",
    ) -> None:
        self.l1_ratio = l1_ratio
        self.eps = eps
        self.alphas = alphas
        self.fit_intercept = fit_intercept
        self.precompute = precompute
        self.max_iter = max_iter
        self.tol = tol
        self.cv = cv
        self.copy_X = copy_X
        self.verbose = verbose
        self.n_jobs = n_jobs
        self.positive = positive
        self.random_state = random_state
        self.selection = selection

    path = staticmethod(enet_path)

    def _ratios(self) -> list[float]:
        return [float(r) for r in np.atleast_1d(self.l1_ratio)]
