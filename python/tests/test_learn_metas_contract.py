"""Estimators over other estimators against scikit-learn's own checks."""

import pytest

pytest.importorskip("sklearn")

from sklearn.preprocessing import StandardScaler  # noqa: E402
from sklearn.utils.estimator_checks import parametrize_with_checks  # noqa: E402

from metas_support import LOGISTIC, REGRESSION_TREES, RIDGE, TREES  # noqa: E402

from seodang.learn import (  # noqa: E402
    calibration,
    compose,
    dummy,
    ensemble,
    isotonic,
    model_selection,
    multiclass,
    multioutput,
    pipeline,
)
from seodang.learn.utils.discovery import all_estimators  # noqa: E402


def _searches():
    for estimator, grid in ((RIDGE, {"alpha": [0.1, 1.0]}), (LOGISTIC, {"C": [0.1, 1.0]})):
        options = {"cv": 2, "error_score": "raise"}
        yield model_selection.GridSearchCV(estimator, grid, **options)
        options["random_state"] = 0
        if estimator is RIDGE:
            yield model_selection.RandomizedSearchCV(estimator, grid, **options)
            yield model_selection.HalvingGridSearchCV(
                estimator, grid, min_resources="smallest", **options
            )
        else:
            yield model_selection.HalvingRandomSearchCV(estimator, grid, **options)


INSTANCES = [
    *_searches(),
    model_selection.FixedThresholdClassifier(LOGISTIC),
    model_selection.TunedThresholdClassifierCV(LOGISTIC, cv=3),
    pipeline.Pipeline([("scaler", StandardScaler()), ("final_estimator", RIDGE)]),
    pipeline.Pipeline([("scaler", StandardScaler()), ("final_estimator", LOGISTIC)]),
    pipeline.FeatureUnion([("trans1", StandardScaler())]),
    dummy.DummyClassifier(strategy="stratified"),
    dummy.DummyRegressor(),
    multiclass.OneVsRestClassifier(LOGISTIC),
    multiclass.OneVsOneClassifier(LOGISTIC),
    multiclass.OutputCodeClassifier(LOGISTIC, random_state=0),
    multioutput.MultiOutputClassifier(LOGISTIC),
    multioutput.MultiOutputRegressor(RIDGE),
    multioutput.ClassifierChain(LOGISTIC, cv=3),
    multioutput.RegressorChain(RIDGE, cv=3),
    isotonic.IsotonicRegression(),
    calibration.CalibratedClassifierCV(LOGISTIC, cv=3),
    ensemble.VotingClassifier(TREES),
    ensemble.VotingClassifier(TREES, voting="soft"),
    ensemble.VotingRegressor(REGRESSION_TREES),
    ensemble.StackingClassifier(TREES, LOGISTIC, cv=3),
    ensemble.StackingRegressor(REGRESSION_TREES, RIDGE, cv=3),
    ensemble.BaggingClassifier(TREES[0][1], 5),
    ensemble.BaggingRegressor(REGRESSION_TREES[0][1], 5),
    ensemble.AdaBoostClassifier(TREES[0][1], n_estimators=5),
    ensemble.AdaBoostRegressor(REGRESSION_TREES[0][1], n_estimators=5),
    compose.ColumnTransformer([("trans1", StandardScaler(), [0, 1])]),
    compose.TransformedTargetRegressor(),
    compose.TransformedTargetRegressor(RIDGE, transformer=StandardScaler()),
]


_IN_PLACE = "programs read the fitted parts out of the parameter, which is scikit-learn's way too"


_DRAWN = "weights are chances to be drawn: other samples are drawn from repeated ones"


_WEIGHTS = {
    f"check_sample_weight_equivalence_on_{kind}_data": _DRAWN for kind in ("dense", "sparse")
}


_AT_RANDOM = "what is said is drawn anew, whatever the samples are"


EXPECTED_FAILURES: dict[str, dict[str, str]] = {
    "TunedThresholdClassifierCV": {
        "check_classifiers_train": "the check wants decisions at a probability of 0.5",
    },
    "DummyClassifier": {
        "check_methods_subset_invariance": _AT_RANDOM,
        "check_methods_sample_order_invariance": _AT_RANDOM,
    },
    "BaggingClassifier": _WEIGHTS,
    "BaggingRegressor": _WEIGHTS,
    "Pipeline": {"check_estimators_overwrite_params": _IN_PLACE},
    "FeatureUnion": {"check_estimators_overwrite_params": _IN_PLACE},
}


def _expected(estimator):
    return EXPECTED_FAILURES.get(type(estimator).__name__, {})


@parametrize_with_checks(INSTANCES, expected_failed_checks=_expected)
def test_scikit_learns_own_checks(estimator, check):
    check(estimator)


def test_fewer_checks_may_fail_than_of_scikit_learns_own():
    from test_learn_contract import EXPECTED_FAILURES as of_records

    theirs = pytest.importorskip("sklearn.utils._test_common.instance_generator")
    listed = {cls.__name__: set(checks) for cls, checks in theirs.PER_ESTIMATOR_XFAIL_CHECKS.items()}
    ours = {**of_records, **EXPECTED_FAILURES}
    for name, checks in ours.items():
        # What fails of ours fails of theirs too, for the same reason.
        assert set(checks) <= listed[name], name
    there = {name for name, _ in all_estimators()}
    of_theirs = sum(
        not check.startswith("check_array_api")
        for name in there & set(listed) for check in listed[name]
    )
    assert sum(map(len, ours.values())) < of_theirs
