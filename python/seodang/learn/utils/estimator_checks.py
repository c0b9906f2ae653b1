"""scikit-learn's own checks of estimators, by which ours are tested; they want it installed."""

from typing import Any

from sklearn.utils import estimator_checks as _checks
from sklearn.utils.estimator_checks import (
    check_estimator,
    estimator_checks_generator,
    parametrize_with_checks,
)

__all__ = ["check_estimator", "estimator_checks_generator", "parametrize_with_checks"]


def __getattr__(name: str) -> Any:
    return getattr(_checks, name)
