"""Ensembles of other estimators against scikit-learn's."""

import pytest

pytest.importorskip("sklearn")

import numpy as np  # noqa: E402
import sklearn.ensemble  # noqa: E402
from sklearn.linear_model import Ridge, RidgeClassifier  # noqa: E402
from sklearn.naive_bayes import GaussianNB  # noqa: E402
from sklearn.neighbors import KNeighborsClassifier  # noqa: E402
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor  # noqa: E402

from metas_support import CLASSIFICATION, LOGISTIC, REGRESSION_TREES, RIDGE, TREES, both, data, parts  # noqa: E402

from seodang.learn import ensemble, neighbors  # noqa: E402


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_ensembles_of_classifiers_are_scikit_learns(name):
    A, B, a, b = parts(name)
    a, b = np.array(list("qwertyuiop"))[a], np.array(list("qwertyuiop"))[b]
    weights = np.random.RandomState(0).uniform(size=len(A))
    three = [*TREES, ("out", "drop"), ("bayes", GaussianNB())]
    for kind, args, options in (
        ("VotingClassifier", (three,), {}),
        ("VotingClassifier", (three,), {"voting": "soft", "weights": [1, 2, 5, 0.5]}),
        ("VotingClassifier", (three,), {"voting": "soft", "flatten_transform": False}),
        ("StackingClassifier", (three, GaussianNB()), {}),
        ("StackingClassifier", (three, GaussianNB()), {"passthrough": True, "cv": 3}),
        ("StackingClassifier", (TREES, GaussianNB()), {"stack_method": "predict"}),
        ("BaggingClassifier", (TREES[0][1],), {"random_state": 3, "oob_score": True, "n_estimators": 30}),
        ("BaggingClassifier", (TREES[0][1], 5), {"random_state": 0, "max_samples": 0.5,
                                                 "max_features": 0.7, "bootstrap": False}),
        ("BaggingClassifier", (knn(), 4), {"random_state": 1, "bootstrap_features": True}),
        ("AdaBoostClassifier", (TREES[0][1],), {"n_estimators": 8, "random_state": 0}),
        ("AdaBoostClassifier", (DecisionTreeClassifier(max_depth=1),),
         {"learning_rate": 0.5, "n_estimators": 9, "random_state": 1}),
    ):
        ours, theirs = both("ensemble", kind, *args, **options)
        assert repr(ours) == repr(theirs)
        for more in ({}, {"sample_weight": weights}):
            if more and (kind.startswith("Stack") or options.get("bootstrap") is False):
                continue
            ours.fit(A, a, **more)
            theirs.fit(A, a, **more)
            np.testing.assert_array_equal(ours.predict(B), theirs.predict(B))
            assert ours.score(B, b) == theirs.score(B, b)
            for method in ("predict_proba", "decision_function", "transform", "predict_log_proba"):
                assert hasattr(ours, method) == hasattr(theirs, method), method
                if hasattr(ours, method):
                    np.testing.assert_allclose(
                        getattr(ours, method)(B), getattr(theirs, method)(B), rtol=1e-12, atol=1e-13
                    )
        if hasattr(theirs, "oob_score_"):
            assert ours.oob_score_ == theirs.oob_score_
            np.testing.assert_allclose(ours.oob_decision_function_, theirs.oob_decision_function_)
        if hasattr(theirs, "estimators_samples_"):
            for mine, other in zip(ours.estimators_samples_, theirs.estimators_samples_, strict=True):
                np.testing.assert_array_equal(mine, other)
        if hasattr(theirs, "staged_predict"):
            np.testing.assert_allclose(
                list(ours.staged_predict_proba(B)), list(theirs.staged_predict_proba(B)), atol=1e-13
            )
            assert list(ours.staged_score(B, b)) == list(theirs.staged_score(B, b))
            np.testing.assert_allclose(ours.feature_importances_, theirs.feature_importances_)
        if hasattr(theirs, "named_estimators_"):
            assert list(ours.named_estimators_) == list(theirs.named_estimators_)
        if hasattr(theirs, "get_feature_names_out") and options.get("flatten_transform", True):
            np.testing.assert_array_equal(
                ours.get_feature_names_out(), theirs.get_feature_names_out()
            )


def knn(n=5):
    return neighbors.KNeighborsClassifier(n)


@pytest.mark.parametrize("name", ["diabetes", "wine", "iris", "breast_cancer", "digits"])
def test_ensembles_of_regressors_are_scikit_learns(name):
    A, B, a, b = parts(name)
    weights = np.random.RandomState(0).uniform(size=len(A))
    three = [*REGRESSION_TREES, ("out", "drop"), ("ridge", RIDGE)]
    for kind, args, options in (
        ("VotingRegressor", (three,), {"weights": [1, 2, 3, 4]}),
        ("StackingRegressor", (three, RIDGE), {"cv": 3, "passthrough": True}),
        ("StackingRegressor", (REGRESSION_TREES, DecisionTreeRegressor(random_state=0)), {}),
        ("BaggingRegressor", (REGRESSION_TREES[0][1],), {"random_state": 3, "oob_score": True,
                                                         "n_estimators": 30}),
        ("AdaBoostRegressor", (REGRESSION_TREES[0][1],), {"n_estimators": 8, "random_state": 0}),
        ("AdaBoostRegressor", (REGRESSION_TREES[0][1],), {"loss": "exponential", "random_state": 1}),
        ("AdaBoostRegressor", (RIDGE,), {"loss": "square", "random_state": 1, "n_estimators": 5}),
    ):
        ours, theirs = both("ensemble", kind, *args, **options)
        assert repr(ours) == repr(theirs)
        for more in ({}, {"sample_weight": weights}):
            ours.fit(A, a, **more)
            theirs.fit(A, a, **more)
            np.testing.assert_allclose(ours.predict(B), theirs.predict(B), rtol=1e-12)
            assert ours.score(B, b) == pytest.approx(theirs.score(B, b), abs=1e-12)
            if hasattr(theirs, "transform"):
                np.testing.assert_array_equal(ours.transform(B), theirs.transform(B))
        if hasattr(theirs, "oob_score_"):
            np.testing.assert_allclose(ours.oob_prediction_, theirs.oob_prediction_)
            assert ours.oob_score_ == pytest.approx(theirs.oob_score_)
        if hasattr(theirs, "staged_predict"):
            np.testing.assert_allclose(list(ours.staged_predict(B)), list(theirs.staged_predict(B)))


@pytest.mark.parametrize(
    "make",
    [
        lambda m, X, y: m.VotingClassifier([]).fit(X, y),
        lambda m, X, y: m.VotingClassifier([("a", "drop")]).fit(X, y),
        lambda m, X, y: m.VotingClassifier([("a", Ridge())]).fit(X, y),
        lambda m, X, y: m.VotingClassifier([("a", LOGISTIC), ("a", LOGISTIC)]).fit(X, y),
        lambda m, X, y: m.VotingClassifier([("a", LOGISTIC)], weights=[1, 2]).fit(X, y),
        lambda m, X, y: m.VotingClassifier([("a", LOGISTIC)]).fit(X, X[:, 0]),
        lambda m, X, y: m.VotingClassifier([("a", LOGISTIC)]).fit(X, np.stack([y, y], 1)),
        lambda m, X, y: m.VotingClassifier([("a", LOGISTIC)]).fit(X, y).predict_proba(X),
        lambda m, X, y: m.VotingRegressor([("a", LOGISTIC)]).fit(X, y),
        lambda m, X, y: m.StackingClassifier([("a", LOGISTIC)], Ridge()).fit(X, y),
        lambda m, X, y: m.StackingRegressor([("a", RIDGE)], LOGISTIC).fit(X, y),
        lambda m, X, y: m.StackingClassifier(
            [("a", RidgeClassifier())], LOGISTIC, stack_method="predict_proba").fit(X, y),
        lambda m, X, y: m.BaggingClassifier(LOGISTIC, max_features=99).fit(X, y),
        lambda m, X, y: m.BaggingClassifier(LOGISTIC, max_samples=999, bootstrap=False).fit(X, y),
        lambda m, X, y: m.BaggingClassifier(LOGISTIC, oob_score=True, bootstrap=False).fit(X, y),
        lambda m, X, y: m.BaggingClassifier(LOGISTIC, oob_score=True, warm_start=True).fit(X, y),
        lambda m, X, y: m.BaggingClassifier(LOGISTIC, n_estimators=0).fit(X, y),
        lambda m, X, y: m.AdaBoostClassifier(LOGISTIC, n_estimators=2).fit(X, y).feature_importances_,
        lambda m, X, y: m.AdaBoostClassifier(KNeighborsClassifier()).fit(X, y),
        lambda m, X, y: m.AdaBoostRegressor(RIDGE, learning_rate=0.0).fit(X, y),
    ],
)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_ensembles_that_cannot_be_have_scikit_learns_words(make):
    X, y = data("wine")
    with pytest.raises(Exception) as want:
        make(sklearn.ensemble, X, y)
    with pytest.raises(tuple(c for c in want.type.__mro__ if c.__module__ == "builtins"
                             and c not in (object, Exception, BaseException))) as got:
        make(ensemble, X, y)
    assert str(got.value) == str(want.value)


def test_bagging_adds_to_what_it_has():
    A, B, a, _ = parts("wine")
    grown = ensemble.BaggingClassifier(TREES[0][1], 3, random_state=5, warm_start=True).fit(A, a)
    grown.set_params(n_estimators=7).fit(A, a)
    once = ensemble.BaggingClassifier(TREES[0][1], 7, random_state=5).fit(A, a)
    np.testing.assert_array_equal(grown.predict_proba(B), once.predict_proba(B))
    with pytest.warns(UserWarning, match="does not fit new trees"):
        grown.fit(A, a)
    with pytest.raises(ValueError, match="must be larger or equal"):
        grown.set_params(n_estimators=2).fit(A, a)
    jobs = ensemble.BaggingClassifier(TREES[0][1], 7, random_state=5, n_jobs=2).fit(A, a)
    np.testing.assert_array_equal(jobs.predict_proba(B), once.predict_proba(B))


def test_stacking_takes_what_is_fitted():
    A, B, a, _ = parts("iris")
    fitted = [(name, sklearn.base.clone(tree).fit(A, a)) for name, tree in TREES]
    ours, theirs = (
        m.StackingClassifier(fitted, GaussianNB(), cv="prefit").fit(B, _three(len(B)))
        for m in (ensemble, sklearn.ensemble)
    )
    np.testing.assert_array_equal(ours.predict(A), theirs.predict(A))
    assert ours.estimators_[0] is fitted[0][1]


def _three(n):
    return np.arange(n) % 3


@pytest.mark.parametrize(
    ("make", "home", "default"),
    [
        (lambda: ensemble.BaggingClassifier(n_estimators=2), "tree", "DecisionTreeClassifier"),
        (lambda: ensemble.AdaBoostClassifier(n_estimators=2), "tree", "DecisionTreeClassifier"),
        (lambda: ensemble.AdaBoostRegressor(n_estimators=2), "tree", "DecisionTreeRegressor"),
        (lambda: ensemble.BaggingRegressor(n_estimators=2), "tree", "DecisionTreeRegressor"),
        (lambda: ensemble.StackingClassifier(TREES), "linear_model", "LogisticRegression"),
        (lambda: ensemble.StackingRegressor(REGRESSION_TREES), "linear_model", "RidgeCV"),
    ],
)
def test_without_a_part_there_is_a_default_of_ours(make, home, default):
    module = pytest.importorskip(f"seodang.learn.{home}")
    if default not in module.__all__:
        pytest.skip(f"{default} is not there yet")
    A, B, a, _ = parts("iris")
    fitted = make().fit(A, a)
    part = getattr(fitted, "final_estimator_", None) or fitted.estimators_[0]
    assert type(part) is getattr(module, default)
    assert fitted.predict(B).shape == (len(B),)
