"""Functions as a transformer: what stands for 'passthrough', and for functions of a target."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .base import BaseEstimator, TransformerMixin
from .utils.validation import feature_names


class Function(TransformerMixin, BaseEstimator):
    """Transforms with a function, and back with another; without one, features stay what they are.

    Parameters
    ----------
    func : the function
    inverse_func : the function back
    """

    def __init__(self, func: Callable | None = None, inverse_func: Callable | None = None) -> None:
        self.func = func
        self.inverse_func = inverse_func

    def fit(self, X: Any, y: Any = None):
        """Keeps the number and names of features."""
        self.n_features_in_ = X.shape[1]
        names = feature_names(X)
        if names is not None:
            self.feature_names_in_ = names
        return self

    def transform(self, X: Any) -> Any:
        """The function's value."""
        return X if self.func is None else self.func(X)

    def inverse_transform(self, X: Any) -> Any:
        """The other function's value."""
        return X if self.inverse_func is None else self.inverse_func(X)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the features, which are those that came in."""
        if input_features is None:
            known = getattr(self, "feature_names_in_", None)
            input_features = known if known is not None else [
                f"x{i}" for i in range(self.n_features_in_)
            ]
        return np.asarray(input_features, dtype=object)

    def __sklearn_is_fitted__(self) -> bool:
        return True
