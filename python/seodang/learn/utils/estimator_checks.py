"""scikit-learn's own checks of estimators, by which ours are tested; they want it installed."""

from sklearn.utils.estimator_checks import (
    check_estimator,
    estimator_checks_generator,
    parametrize_with_checks,
)

__all__ = ["check_estimator", "estimator_checks_generator", "parametrize_with_checks"]
