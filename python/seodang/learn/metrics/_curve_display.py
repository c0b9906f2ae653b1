"""What pictures of curves share."""

from __future__ import annotations

from typing import Any

import numpy as np

from .._indexing import rows
from ..utils._plotting import axes, pyplot
from ..utils._response import binary_response
from ..utils.multiclass import type_of_target
from ..utils.validation import _num_samples, check_consistent_length
from ._targets import positive_label


class CurveDisplay:
    """What curves of classifiers of two classes share."""

    def _canvas(self, ax: Any, name: Any) -> Any:
        """The axes, which are kept, and the name."""
        self.ax_ = axes(f"{type(self).__name__}.plot", ax)
        self.figure_ = self.ax_.figure
        return getattr(self, "estimator_name", getattr(self, "name", None)) if name is None else name

    def _titles(self, x: str, y: str, **more: Any) -> None:
        positive = "" if self.pos_label is None else f" (Positive label: {self.pos_label})"
        self.ax_.set(xlabel=x + positive, ylabel=y + positive, **more)

    @classmethod
    def _asked(cls, estimator: Any, X: Any, method: Any, pos_label: Any, name: Any) -> Any:
        pyplot(f"{cls.__name__}.from_estimator")
        scores, pos_label, _ = binary_response(estimator, X, method, pos_label)
        return scores, pos_label, type(estimator).__name__ if name is None else name

    @classmethod
    def _checked(cls, y_true: Any, y_score: Any, sample_weight: Any, pos_label: Any) -> Any:
        pyplot(f"{cls.__name__}.from_predictions")
        kind = type_of_target(y_true)
        if kind != "binary":
            raise ValueError(f"The target y is not binary. Got {kind} type of target.")
        check_consistent_length(y_true, y_score, sample_weight)
        return positive_label(pos_label, np.asarray(y_true))

    @classmethod
    def _folds(
        cls, results: Any, X: Any, y: Any, sample_weight: Any, method: Any, pos_label: Any
    ) -> list[tuple[Any, Any, Any, Any]]:
        """Truth, scores, positive class and weights of the test samples of each fold."""
        pyplot(f"{cls.__name__}.from_cv_results")
        needed = {"estimator", "indices"}
        if not needed <= set(results):
            raise ValueError(
                "`cv_results` does not contain one of the following required keys: "
                f"{needed}. Set explicitly the parameters `return_estimator=True` and "
                "`return_indices=True` to the function`cross_validate`."
            )
        indices = results["indices"]
        size = len(indices["train"][0]) + len(indices["test"][0])
        if _num_samples(X) != size:
            raise ValueError(
                f"`X` does not contain the correct number of samples. Expected {size}, got "
                f"{_num_samples(X)}."
            )
        kind = type_of_target(y)
        if kind != "binary":
            raise ValueError(f"The target `y` is not binary. Got {kind} type of target.")
        check_consistent_length(X, y, sample_weight)
        folds = []
        for estimator, test in zip(results["estimator"], indices["test"], strict=True):
            scores, positive, _ = binary_response(estimator, rows(X, test), method, pos_label)
            folds.append((rows(y, test), scores, positive, rows(sample_weight, test)))
        return folds


SQUARE = {"xlim": (-0.01, 1.01), "ylim": (-0.01, 1.01), "aspect": "equal"}
