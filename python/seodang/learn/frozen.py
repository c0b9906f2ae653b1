"""Estimators that stay as they are, whatever is fitted around them."""

from __future__ import annotations

from typing import Any

from ._meta import is_fitted, tags_of
from .base import BaseEstimator, _kind_of
from .utils.validation import check_is_fitted

__all__ = ["FrozenEstimator"]


class FrozenEstimator(BaseEstimator):
    """A fitted estimator that `fit` does not change and `clone` does not empty.

    Parameters
    ----------
    estimator : the fitted estimator
    """

    def __init__(self, estimator: Any) -> None:
        self.estimator = estimator

    def __getattr__(self, name: str) -> Any:
        # Before the constructor, such as when a pickle is read, there is nothing to ask.
        if name.startswith("__") or "estimator" not in vars(self):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        if name in ("fit_predict", "fit_transform"):
            raise AttributeError(f"{name} is not available for frozen estimators.")
        return getattr(self.estimator, name)

    @property
    def _estimator_type(self) -> str | None:
        return _kind_of(self.estimator)

    def __getitem__(self, key: Any) -> Any:
        if not hasattr(self.estimator, "__getitem__"):
            raise TypeError(f"{type(self.estimator).__name__!r} object is not subscriptable")
        return self.estimator[key]

    def __sklearn_clone__(self):
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return is_fitted(self.estimator)

    def __sklearn_tags__(self) -> Any:
        tags = tags_of(self.estimator)
        # Its `fit` learns nothing.
        tags._skip_test = True
        return tags

    def fit(self, X: Any, y: Any, *args: Any, **kwargs: Any):
        """Changes nothing.

        Parameters
        ----------
        X, y, *args, **kwargs : ignored

        Raises
        ------
        NotFittedError
            If the estimator is not fitted.
        """
        check_is_fitted(self.estimator)
        return self

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The estimator, the one parameter.

        Parameters
        ----------
        deep : ignored: parameters of what is frozen are not reached
        """
        return {"estimator": self.estimator}

    def set_params(self, **kwargs: Any):
        """Sets the estimator.

        Raises
        ------
        ValueError
            For another parameter.
        """
        estimator = kwargs.pop("estimator", None)
        if estimator is not None:
            self.estimator = estimator
        if kwargs:
            raise ValueError(
                "You cannot set parameters of the inner estimator in a frozen estimator since calling "
                "`fit` is a no-op. You can use `frozenestimator.estimator.set_params` to set "
                "parameters of the inner estimator."
            )
        return self
