"""What estimators are built with: checks of data, kinds of targets."""

from seodang._missing import missing

_HOMES = {
    **{name: f"{__name__}.{name}" for name in (
        "class_weight", "discovery", "estimator_checks", "extmath", "metaestimators", "multiclass",
        "validation",
    )},
    **{
        name: f"{__name__}.{home}:{name}"
        for home, names in {
            "_bunch": ("Bunch",),
            "_checks": (
                "as_float_array", "assert_all_finite", "check_scalar", "check_symmetric",
            ),
            "_samples": (
                "gen_batches", "gen_even_slices", "resample", "safe_mask", "shuffle",
            ),
            "class_weight": ("compute_class_weight", "compute_sample_weight"),
            "discovery": ("all_estimators",),
            "extmath": ("safe_sqr",),
            "validation": (
                "check_X_y", "check_array", "check_consistent_length", "check_random_state",
                "column_or_1d",
            ),
        }.items()
        for name in names
    },
    "DataConversionWarning": "seodang.learn.exceptions:DataConversionWarning",
    "_safe_indexing": f"{__name__}._samples:safe_indexing",
    "indexable": "seodang.learn._indexing:indexable",
}

__all__ = sorted(name for name in _HOMES if not name.startswith("_"))

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
