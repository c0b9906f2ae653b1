"""Data sets to learn with, and made ones."""

from seodang._missing import missing

_HOMES = {
    name: f"{__name__}.{home}:{name}"
    for home, names in {
        "_clusters": (
            "make_blobs", "make_circles", "make_classification", "make_gaussian_quantiles",
            "make_hastie_10_2", "make_moons", "make_multilabel_classification",
        ),
        "_fetched": ("fetch_20newsgroups", "fetch_california_housing", "fetch_openml"),
        "_folders": ("load_files",),
        "_functions": (
            "make_biclusters", "make_checkerboard", "make_friedman1", "make_friedman2",
            "make_friedman3", "make_low_rank_matrix", "make_regression", "make_s_curve",
            "make_sparse_coded_signal", "make_sparse_spd_matrix", "make_sparse_uncorrelated",
            "make_spd_matrix", "make_swiss_roll",
        ),
        "_places": ("clear_data_home", "get_data_home"),
        "_svmlight": ("dump_svmlight_file", "load_svmlight_file", "load_svmlight_files"),
        "_tables": (
            "load_breast_cancer", "load_diabetes", "load_digits", "load_iris", "load_linnerud",
            "load_sample_image", "load_sample_images", "load_wine",
        ),
    }.items()
    for name in names
}

__all__ = sorted(_HOMES)

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
