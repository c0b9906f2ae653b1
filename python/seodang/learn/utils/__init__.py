"""What estimators are built with: checks of data, kinds of targets."""

from seodang._missing import missing

_HOMES = {
    "multiclass": f"{__name__}.multiclass",
    "validation": f"{__name__}.validation",
    **{name: f"{__name__}.validation:{name}" for name in (
        "check_array", "check_consistent_length", "check_random_state", "check_X_y",
        "column_or_1d",
    )},
}

__all__ = sorted(_HOMES)

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(_HOMES)
