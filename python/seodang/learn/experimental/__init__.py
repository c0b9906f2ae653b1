"""scikit-learn's switches for what it calls experimental; here it is always there."""

from seodang._missing import missing

_HOMES = {"enable_halving_search_cv": f"{__name__}.enable_halving_search_cv"}

__all__ = sorted(_HOMES)

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(_HOMES)
