"""Which features to keep."""

from seodang._missing import missing

_HOMES = {
    name: f"{__name__}.{home}:{name}"
    for home, names in {
        "_filters": (
            "GenericUnivariateSelect", "SelectFdr", "SelectFpr", "SelectFwe", "SelectKBest",
            "SelectPercentile", "VarianceThreshold",
        ),
        "_elimination": ("RFE", "RFECV"),
        "_information": ("mutual_info_classif", "mutual_info_regression"),
        "_models": ("SelectFromModel",),
        "_scores": ("chi2", "f_classif", "f_oneway", "f_regression", "r_regression"),
        "_selection": ("SelectorMixin",),
        "_sequential": ("SequentialFeatureSelector",),
    }.items()
    for name in names
}

__all__ = sorted(_HOMES)

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
