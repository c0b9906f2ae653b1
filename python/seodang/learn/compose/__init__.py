"""Transformers for some columns, and targets that are transformed."""

from seodang._missing import missing

_HOMES = {
    **{name: f"{__name__}._columns:{name}" for name in (
        "ColumnTransformer", "make_column_selector", "make_column_transformer",
    )},
    "TransformedTargetRegressor": f"{__name__}._target:TransformedTargetRegressor",
}

__all__ = sorted(_HOMES)

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(_HOMES)
