"""Selectors of features against scikit-learn's."""

import inspect

import numpy as np
import pytest
from learn_support import assert_same, assert_same_value, outcome

from seodang.learn import feature_selection as ours
from seodang.learn.utils._tails import chi2_tail, f_tail

pytest.importorskip("sklearn")

import sklearn.feature_selection as theirs  # noqa: E402
from sklearn import datasets  # noqa: E402
from sklearn.ensemble import RandomForestClassifier  # noqa: E402
from sklearn.linear_model import (  # noqa: E402
    Lasso,
    LinearRegression,
    LogisticRegression,
    RidgeClassifier,
    SGDRegressor,
)
from sklearn.model_selection import GroupKFold  # noqa: E402
from sklearn.utils.estimator_checks import parametrize_with_checks  # noqa: E402

INSTANCES = [
    *(getattr(ours, name)() for name in (
        "GenericUnivariateSelect", "SelectFdr", "SelectFpr", "SelectFwe", "SelectKBest",
        "SelectPercentile", "VarianceThreshold",
    )),
    ours.SelectFromModel(SGDRegressor(random_state=0)),
    ours.RFE(LogisticRegression(C=1)),
    ours.RFECV(LogisticRegression(C=1)),
    ours.SequentialFeatureSelector(LogisticRegression(C=1)),
]
SETS = ("iris", "wine", "breast_cancer", "digits", "diabetes")


@parametrize_with_checks(INSTANCES)
def test_scikit_learns_own_checks(estimator, check):
    check(estimator)


def loaded(name):
    return getattr(datasets, f"load_{name}")(return_X_y=True)


@pytest.mark.parametrize("name", sorted(set(ours.__all__) - {"SelectorMixin"}))
def test_the_arguments_are_scikit_learns(name):
    mine, other = (getattr(m, name) for m in (ours, theirs))
    # The functions that stand for defaults are not the same ones.
    assert list(inspect.signature(mine).parameters) == list(inspect.signature(other).parameters)


@pytest.mark.parametrize("name", SETS)
def test_scores_of_real_features(name):
    sparse = pytest.importorskip("scipy.sparse")
    X, y = loaded(name)
    # Of constant columns of sparse samples scikit-learn's warning tells wrong numbers.
    for data in (X, sparse.csr_matrix(X[:, X.std(axis=0) > 0])):
        for score in ("f_classif", "chi2"):
            if name != "diabetes":
                assert_same(getattr(ours, score), getattr(theirs, score), data, y, rtol=1e-6, atol=1e-290)
        for options in ({}, {"center": False}, {"force_finite": False}):
            for score in ("f_regression", "r_regression"):
                assert_same(getattr(ours, score), getattr(theirs, score), data, y, rtol=1e-6,
                            atol=1e-12, **options)
    assert_same(ours.chi2, theirs.chi2, X - X.max(), y)
    assert_same(ours.f_oneway, theirs.f_oneway, X[:50], X[50:70], X[70:], rtol=1e-6)


def test_tails_of_distributions():
    special = pytest.importorskip("scipy.special")
    noise = np.random.RandomState(0)
    for _ in range(200):
        a, b, v = noise.randint(1, 50), noise.randint(1, 3000), noise.uniform(0, 20)
        np.testing.assert_allclose(f_tail([v], a, b), special.fdtrc(a, b, [v]), rtol=1e-9, atol=1e-300)
        np.testing.assert_allclose(chi2_tail([9 * v], a), special.chdtrc(a, [9 * v]), rtol=1e-9)
    odd = [0, np.inf, np.nan]
    np.testing.assert_array_equal(f_tail(odd, 2, 3), special.fdtrc(2, 3, odd))
    np.testing.assert_array_equal(chi2_tail(odd, 2), special.chdtrc(2, odd))


CHOICES = [
    ("SelectKBest", {"k": 3}), ("SelectKBest", {"k": "all"}), ("SelectKBest", {"k": 0}),
    ("SelectKBest", {"k": 1000}), ("SelectKBest", {"k": -1}), ("SelectPercentile", {"percentile": 40}),
    ("SelectPercentile", {"percentile": 0}), ("SelectPercentile", {"percentile": 100}),
    ("SelectFpr", {"alpha": 0.01}), ("SelectFdr", {"alpha": 1e-5}), ("SelectFwe", {"alpha": 1e-8}),
    ("SelectFdr", {"alpha": 0}), ("VarianceThreshold", {}), ("VarianceThreshold", {"threshold": 0.5}),
    ("VarianceThreshold", {"threshold": 1e9}),
    *(("GenericUnivariateSelect", {"mode": m, "param": p}) for m, p in (
        ("percentile", 30), ("k_best", 2), ("fpr", 0.01), ("fdr", 0.01), ("fwe", 0.01), ("other", 1),
    )),
]


@pytest.mark.parametrize("name", SETS[:4])
@pytest.mark.parametrize(("selector", "options"), CHOICES, ids=str)
def test_the_same_features_are_kept(name, selector, options):
    X, y = loaded(name)
    made = [getattr(m, selector)(**options) for m in (ours, theirs)]
    (got, said), (want, should) = (outcome(m.fit, X, y) for m in made)
    assert got[0] == want[0], (got, want)
    if want[0] == "error":
        assert want[2].split("among")[0] == got[2].split("among")[0]
        return
    assert said == should
    for call in (lambda m: m.get_support(), lambda m: m.get_support(indices=True),
                 lambda m: m.transform(X), lambda m: m.get_feature_names_out(),
                 lambda m: m.inverse_transform(X[:, : m.get_support().sum()])):
        (got, said), (want, should) = (outcome(call, m) for m in made)
        assert got[0] == want[0] and said == should, (got, want)
        if want[0] == "value":
            assert_same_value(got[1], want[1])


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer"])
def test_models_keep_the_same_features(name):
    X, y = loaded(name)
    models = [RandomForestClassifier(5, random_state=0), LogisticRegression(solver="newton-cholesky")]
    for model in models:
        for options in ({}, {"threshold": "median"}, {"threshold": "1.5*mean"}, {"max_features": 2},
                        {"threshold": 0.1}, {"threshold": "1.5*sum"}, {"threshold": "sum"},
                        {"norm_order": 2}, {"max_features": lambda X: 1}, {"max_features": -1},
                        {"importance_getter": "other_"}):
            (got, _), (want, _) = (
                outcome(lambda m: (m.fit(X, y).get_support(), m.threshold_), m.SelectFromModel(model, **options))
                for m in (ours, theirs)
            )
            assert got[0] == want[0], (got, want)
            if want[0] == "value":
                np.testing.assert_array_equal(got[1][0], want[1][0])
                assert got[1][1] == pytest.approx(want[1][1])
        fitted = model.fit(X, y)
        for m in (ours, theirs):
            kept = m.SelectFromModel(fitted, prefit=True).transform(X)
            assert kept.shape[1] < X.shape[1]
        for options in ({}, {"n_features_to_select": 2, "step": 2}, {"n_features_to_select": 0.4},
                        {"step": 0.5}, {"n_features_to_select": 1000}, {"step": 0}):
            (got, said), (want, should) = (
                outcome(m.RFE(model, **options).fit, X, y) for m in (ours, theirs)
            )
            assert got[0] == want[0] and said == should, (got, want)
            if want[0] == "value":
                np.testing.assert_array_equal(got[1].ranking_, want[1].ranking_)
                np.testing.assert_array_equal(got[1].predict(X), want[1].predict(X))
                assert got[1].score(X, y) == want[1].score(X, y)
    lasso = Lasso(alpha=0.1)
    got, want = (m.SelectFromModel(lasso).fit(X, y).get_support() for m in (ours, theirs))
    np.testing.assert_array_equal(got, want)
    assert not hasattr(ours.RFE(LinearRegression()), "predict_proba")


@pytest.mark.parametrize("name", [n for n in SETS if n != "digits"])
@pytest.mark.parametrize("neighbors", [1, 3, 5])
def test_information_about_real_targets(name, neighbors):
    X, y = loaded(name)
    options = {"random_state": 0, "n_neighbors": neighbors}
    for features in ("auto", [False] * X.shape[1]):
        assert_same(ours.mutual_info_regression, theirs.mutual_info_regression, X, y, atol=1e-12,
                    discrete_features=features, **options)
        if name != "diabetes":
            assert_same(ours.mutual_info_classif, theirs.mutual_info_classif, X, y, atol=1e-12,
                        discrete_features=features, **options)


def test_information_of_discrete_features():
    sparse = pytest.importorskip("scipy.sparse")
    noise = np.random.RandomState(0)
    X = noise.randint(0, 5, (400, 3)).astype(float)
    y = 0.5 * X[:, 0] + noise.normal(size=400)
    for data, features in ((X, True), (X, [0, 2]), (sparse.csr_matrix(X), "auto")):
        for score, target in (("mutual_info_regression", y), ("mutual_info_classif", y > 0)):
            assert_same(getattr(ours, score), getattr(theirs, score), data, target, atol=1e-12,
                        discrete_features=features, random_state=0)
    assert ours.mutual_info_regression(X, y, discrete_features=True)[0] > 0.1
    for data, features, error in (
        (sparse.csr_matrix(X), False, "can't have continuous features"), (X, "some", "discrete_features"),
    ):
        for module in (ours, theirs):
            with pytest.raises(ValueError, match=error):
                module.mutual_info_regression(data, y, discrete_features=features)
    # A class of one sample has no neighbors.
    np.testing.assert_array_equal(ours.mutual_info_classif(X[:4] + 0.5, [0, 1, 2, 3]), np.zeros(3))


@pytest.mark.parametrize("name", [n for n in SETS if n != "digits"])
@pytest.mark.parametrize("step", [1, 0.3])
def test_features_are_left_out_by_cross_validation(name, step):
    X, y = loaded(name)
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    part = LinearRegression() if name == "diabetes" else RidgeClassifier()
    mine, other = (m.RFECV(part, cv=3, step=step).fit(X, y) for m in (ours, theirs))
    for attribute in ("support_", "ranking_", "n_features_", "n_features_in_"):
        np.testing.assert_array_equal(getattr(mine, attribute), getattr(other, attribute))
    assert list(mine.cv_results_) == list(other.cv_results_)
    for key, values in other.cv_results_.items():
        np.testing.assert_allclose(mine.cv_results_[key], values, err_msg=key)
    assert mine.score(X, y) == pytest.approx(other.score(X, y))
    np.testing.assert_array_equal(mine.transform(X), other.transform(X))


def test_folds_keep_groups_and_at_least_some_features():
    X, y = loaded("iris")
    groups = np.arange(len(y)) % 6
    options = {"cv": GroupKFold(3), "min_features_to_select": 3, "scoring": "balanced_accuracy"}
    mine, other = (
        m.RFECV(RidgeClassifier(), **options).fit(X, y, groups=groups) for m in (ours, theirs)
    )
    assert mine.n_features_ == other.n_features_ >= 3
    np.testing.assert_array_equal(mine.cv_results_["n_features"], other.cv_results_["n_features"])
    for module in (ours, theirs):
        with pytest.warns(UserWarning, match="Found min_features_to_select=9 > n_features=4"):
            module.RFECV(RidgeClassifier(), min_features_to_select=9).fit(X, y)
        with pytest.raises(ValueError, match="'min_features_to_select' parameter"):
            module.RFECV(RidgeClassifier(), min_features_to_select=0).fit(X, y)


@pytest.mark.parametrize("name", ["iris", "diabetes"])
@pytest.mark.parametrize(
    "options",
    [
        {}, {"direction": "backward"}, {"tol": 1e-3}, {"tol": -1e-2, "direction": "backward"},
        {"n_features_to_select": 2, "direction": "backward"}, {"n_features_to_select": 0.5},
    ],
    ids=str,
)
def test_features_are_taken_one_at_a_time(name, options):
    X, y = loaded(name)
    part = LinearRegression() if name == "diabetes" else RidgeClassifier()
    mine, other = (
        m.SequentialFeatureSelector(part, cv=3, **options).fit(X, y) for m in (ours, theirs)
    )
    np.testing.assert_array_equal(mine.support_, other.support_)
    assert mine.n_features_to_select_ == other.n_features_to_select_


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tol": -1.0}, "tol must be strictly positive"),
        ({"n_features_to_select": 4}, "n_features_to_select must be < n_features"),
        ({"direction": "up"}, "'direction' parameter"),
        ({"n_features_to_select": "all"}, "'n_features_to_select' parameter"),
    ],
    ids=str,
)
def test_selectors_refuse_what_cannot_be(options, message):
    X, y = loaded("iris")
    for module in (ours, theirs):
        with pytest.raises(ValueError, match=message):
            module.SequentialFeatureSelector(RidgeClassifier(), **options).fit(X, y)
