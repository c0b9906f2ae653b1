"""Classical machine learning: scikit-learn's modules and names, computed in Rust."""

from seodang._missing import missing

# Whose names these are: programs ask before they use newer ones.
__version__ = "1.9.1"

_HOMES = {
    **{name: f"{__name__}.{name}" for name in (
        "base", "calibration", "compose", "datasets", "dummy", "ensemble", "exceptions",
        "experimental", "feature_extraction", "feature_selection", "frozen", "impute", "inspection",
        "isotonic", "linear_model", "metrics", "model_selection", "multiclass", "multioutput",
        "naive_bayes", "neighbors", "neural_network", "pipeline", "preprocessing", "svm", "tree",
        "utils",
    )},
    **{name: f"{__name__}._config:{name}" for name in ("config_context", "get_config", "set_config")},
    "clone": f"{__name__}.base:clone",
    "load": f"{__name__}._files:load",
    "save": f"{__name__}._files:save",
}

__all__ = sorted(_HOMES)

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(_HOMES)
