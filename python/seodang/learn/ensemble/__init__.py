"""Many estimators that decide together."""

from seodang._missing import missing

from . import _generated
from ._generated import *  # noqa: F403

# Those of estimators of any kind, which are Python.
_HOMES = {
    name: f"{__name__}.{module}:{name}"
    for module, names in {
        "_base": ("BaseEnsemble",),
        "_boosted": ("AdaBoostClassifier", "AdaBoostRegressor"),
        "_bagged": ("BaggingClassifier", "BaggingRegressor"),
        "_stacked": ("StackingClassifier", "StackingRegressor"),
        "_voted": ("VotingClassifier", "VotingRegressor"),
    }.items()
    for name in names
}

__all__ = sorted([*_HOMES, *_generated.NAMES])

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
