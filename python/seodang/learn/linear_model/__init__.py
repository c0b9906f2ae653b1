"""Linear models."""

from seodang._missing import missing

from . import _generated
from ._generated import *  # noqa: F403

# Those that choose their parameters by cross-validation, which are Python.
_HOMES = {
    name: f"{__name__}.{module}:{name}"
    for module, names in {
        "_logistic_cv": ("LogisticRegressionCV",),
        "_paths": ("ElasticNetCV", "LassoCV", "enet_path", "lasso_path"),
        "_ridge": ("ridge_regression",),
        "_ridge_cv": ("RidgeCV", "RidgeClassifierCV"),
    }.items()
    for name in names
}

__all__ = sorted([*_HOMES, *_generated.NAMES])

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
