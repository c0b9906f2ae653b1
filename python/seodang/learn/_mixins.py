"""Small classes that people mix into estimators of their own."""

from __future__ import annotations

from typing import Any

import numpy as np


class OneToOneFeatureMixin:
    """What gives the features that it took their names again."""

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the features, which stay.

        Parameters
        ----------
        input_features : the names; None takes those of `fit`, or ``x0``, ``x1``, ...

        Raises
        ------
        ValueError
            For other names than those in `fit`, or another number of them.
        """
        from ._methods import names_in
        from .utils.validation import check_is_fitted

        check_is_fitted(self, "n_features_in_")
        return np.asarray(names_in(self, input_features), dtype=object)


class ClassNamePrefixFeaturesOutMixin:
    """What numbers its features, after its class's name in small letters; `_n_features_out` says how many."""

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the features: the class's name and a number.

        Parameters
        ----------
        input_features : ignored
        """
        from .utils.validation import check_is_fitted

        check_is_fitted(self, "_n_features_out")
        name = type(self).__name__.lower()
        return np.asarray([f"{name}{i}" for i in range(self._n_features_out)], dtype=object)


class MetaEstimatorMixin:
    """What is over another estimator."""


class MultiOutputMixin:
    """What can have several outputs."""

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags
