"""Which method, and with which parameters: splits, cross-validation and searches."""

from seodang._missing import missing

_HOMES = {
    name: f"{__name__}.{module}:{name}"
    for module, names in {
        "_candidates": ("ParameterGrid", "ParameterSampler"),
        "_curves": ("LearningCurveDisplay", "ValidationCurveDisplay"),
        "_folds": (
            "GroupKFold", "KFold", "LeaveOneGroupOut", "LeaveOneOut", "LeavePGroupsOut", "LeavePOut",
            "PredefinedSplit", "RepeatedKFold", "RepeatedStratifiedKFold", "StratifiedGroupKFold",
            "StratifiedKFold", "TimeSeriesSplit", "check_cv",
        ),
        "_halving": ("HalvingGridSearchCV", "HalvingRandomSearchCV"),
        "_search": ("GridSearchCV", "RandomizedSearchCV"),
        "_shuffles": (
            "BaseShuffleSplit", "GroupShuffleSplit", "ShuffleSplit", "StratifiedShuffleSplit",
            "train_test_split",
        ),
        "_splitter": ("BaseCrossValidator",),
        "_thresholds": ("FixedThresholdClassifier", "TunedThresholdClassifierCV"),
        "_validation": (
            "cross_val_predict", "cross_val_score", "cross_validate", "learning_curve",
            "permutation_test_score", "validation_curve",
        ),
    }.items()
    for name in names
}

__all__ = sorted(_HOMES)

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(_HOMES)
