"""A regressor that learns a transformed target."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from .._function import Function
from .._meta import Checked, Methods, tags_of
from ..base import RegressorMixin, clone
from ..utils._parameters import BOOLEAN, CALLABLE
from ..utils.validation import check_array, check_is_fitted


class TransformedTargetRegressor(RegressorMixin, Checked):
    """Learns a transformed target, and transforms predictions back.

    Parameters
    ----------
    regressor : what learns; None is linear regression
    transformer : a transformer with `inverse_transform`
    func, inverse_func : functions in its place
    check_inverse : whether to warn if going there and back changes the target
    """

    _constraints: ClassVar[dict[str, Any]] = {
        "regressor": (Methods("fit", "predict"), None),
        "transformer": (Methods("transform"), None),
        "func": (CALLABLE, None),
        "inverse_func": (CALLABLE, None),
        "check_inverse": BOOLEAN,
    }

    def __init__(
        self,
        regressor: Any = None,
        *,
        transformer: Any = None,
        func: Callable | None = None,
        inverse_func: Callable | None = None,
        check_inverse: bool = True,
    ) -> None:
        self.regressor = regressor
        self.transformer = transformer
        self.func = func
        self.inverse_func = inverse_func
        self.check_inverse = check_inverse

    def _regressor(self) -> Any:
        if self.regressor is not None:
            return self.regressor
        from ..linear_model import LinearRegression

        return LinearRegression()

    def __sklearn_tags__(self) -> Any:
        tags, inner = super().__sklearn_tags__(), tags_of(self._regressor())
        tags.regressor_tags.poor_score = True
        tags.input_tags.sparse = inner.input_tags.sparse
        tags.target_tags.multi_output = inner.target_tags.multi_output
        return tags

    def _fit_transformer(self, y: np.ndarray) -> None:
        functions = self.func is not None or self.inverse_func is not None
        if self.transformer is not None and functions:
            raise ValueError(
                "'transformer' and functions 'func'/'inverse_func' cannot both be set."
            )
        if self.transformer is not None:
            self.transformer_ = clone(self.transformer)
        else:
            given = {"func": self.func, "inverse_func": self.inverse_func}
            for one, other in (("func", "inverse_func"), ("inverse_func", "func")):
                if given[one] is not None and given[other] is None:
                    raise ValueError(
                        f"When '{one}' is provided, '{other}' must also be provided. If {other} is "
                        "supposed to be the default, you need to explicitly pass it the identity "
                        "function."
                    )
            self.transformer_ = Function(self.func, self.inverse_func)
        self.transformer_.fit(y)
        if self.check_inverse:
            some = y[:: max(1, len(y) // 10)]
            back = self.transformer_.inverse_transform(self.transformer_.transform(some))
            if not np.allclose(some, back):
                warnings.warn(
                    "The provided functions or transformer are not strictly inverse of each other. "
                    "If you are sure you want to proceed regardless, set 'check_inverse=False'",
                    UserWarning,
                    stacklevel=3,
                )

    def fit(self, X: Any, y: Any, **fit_params: Any):
        """Fits the transformer to the target, and the regressor to what it makes of it.

        Parameters
        ----------
        X : what the regressor takes
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
        **fit_params : more arguments of the regressor's `fit`

        Raises
        ------
        ValueError
            For a transformer and functions both, or one function alone.
        """
        self._check_parameters()
        self._require_target(y)
        y = check_array(
            y, input_name="y", ensure_2d=False, dtype="numeric", allow_nd=True
        )
        self._dimensions = y.ndim
        table = y.reshape(-1, 1) if y.ndim == 1 else y
        self._fit_transformer(table)
        target = np.asarray(self.transformer_.transform(table))
        if target.ndim == 2 and target.shape[1] == 1:
            target = target[:, 0]
        self.regressor_ = clone(self._regressor()).fit(X, target, **fit_params)
        if hasattr(self.regressor_, "feature_names_in_"):
            self.feature_names_in_ = self.regressor_.feature_names_in_
        return self

    def predict(self, X: Any, **predict_params: Any) -> np.ndarray:
        """The regressor's predictions, transformed back.

        Parameters
        ----------
        X : what the regressor takes
        **predict_params : more arguments of its `predict`
        """
        check_is_fitted(self)
        said = np.asarray(self.regressor_.predict(X, **predict_params))
        back = self.transformer_.inverse_transform(said.reshape(-1, 1) if said.ndim == 1 else said)
        back = np.asarray(back)
        if back.ndim == self._dimensions + 1 and back.shape[1] == 1:
            back = back[:, 0]
        return back

    @property
    def n_features_in_(self) -> int:
        """How many features the regressor was fitted to."""
        if not hasattr(self, "regressor_"):
            raise AttributeError(f"{type(self).__name__} object has no n_features_in_ attribute.")
        return self.regressor_.n_features_in_
