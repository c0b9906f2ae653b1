"""Several estimators as one."""

from seodang._missing import missing

_HOMES = {
    name: f"{__name__}.{module}:{name}"
    for module, names in {
        "_boosted": ("AdaBoostClassifier", "AdaBoostRegressor"),
        "_bagged": ("BaggingClassifier", "BaggingRegressor"),
        "_stacked": ("StackingClassifier", "StackingRegressor"),
        "_voted": ("VotingClassifier", "VotingRegressor"),
    }.items()
    for name in names
}

__all__ = sorted(_HOMES)

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(_HOMES)
