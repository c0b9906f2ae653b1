"""What a fitted estimator has learned, seen from outside."""

from seodang._missing import missing

_HOMES = {
    name: f"{__name__}.{module}:{name}"
    for module, names in {
        "_boundary": ("DecisionBoundaryDisplay",),
        "_dependence": ("partial_dependence",),
        "_dependence_display": ("PartialDependenceDisplay",),
        "_permutation": ("permutation_importance",),
    }.items()
    for name in names
}

__all__ = sorted(_HOMES)

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(_HOMES)
