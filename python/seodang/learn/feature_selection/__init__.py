"""Which features to keep."""

from seodang._missing import missing

_HOMES = {
    name: f"{__name__}.{home}:{name}"
    for home, names in {
        "_filters": (
            "GenericUnivariateSelect", "SelectFdr", "SelectFpr", "SelectFwe", "SelectKBest",
            "SelectPercentile", "VarianceThreshold",
        ),
        "_models": ("RFE", "SelectFromModel"),
        "_scores": ("chi2", "f_classif", "f_oneway", "f_regression", "r_regression"),
        "_selection": ("SelectorMixin",),
    }.items()
    for name in names
}

__all__ = sorted(_HOMES)

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
