"""Base classes and functions beside the estimators: what programs and subclasses of their own rely on."""

import numpy as np
import pytest

from seodang.learn import ensemble, linear_model, multiclass, tree
from seodang.learn.base import clone, is_regressor

pytest.importorskip("sklearn")

import sklearn.linear_model as theirs  # noqa: E402
from scipy.sparse import csr_matrix, issparse  # noqa: E402
from sklearn import datasets  # noqa: E402

ENSEMBLES = (
    "AdaBoostClassifier", "AdaBoostRegressor", "BaggingClassifier", "BaggingRegressor",
    "ExtraTreesClassifier", "ExtraTreesRegressor", "GradientBoostingClassifier",
    "GradientBoostingRegressor", "RandomForestClassifier", "RandomForestRegressor",
)


@pytest.mark.parametrize("name", ENSEMBLES)
def test_ensembles_are_of_their_base_class(name):
    made = getattr(ensemble, name)(n_estimators=4, random_state=0)
    X, y = datasets.load_iris(return_X_y=True)
    made.fit(X, y)
    assert isinstance(made, ensemble.BaseEnsemble)
    assert len(made) == len(made.estimators_) == 4
    for one, other in zip(made, made.estimators_, strict=True):
        assert np.shape(one) == np.shape(other)
    first = np.ravel(made[0])[0]
    np.testing.assert_array_equal(first.predict(X), np.ravel(made.estimators_[0])[0].predict(X))


def test_an_ensemble_of_ones_own():
    class Means(ensemble.BaseEnsemble):
        def __init__(self, estimator=None, *, n_estimators=3, max_depth=2):
            super().__init__(estimator, n_estimators=n_estimators, estimator_params=("max_depth",))
            self.max_depth = max_depth

        def fit(self, X, y):
            self._validate_estimator(tree.DecisionTreeRegressor(splitter="random"))
            rng = np.random.RandomState(0)
            self.estimators_ = []
            for _ in range(self.n_estimators):
                self._make_estimator(random_state=rng).fit(X, y)
            return self

    X, y = datasets.load_diabetes(return_X_y=True)
    means = clone(Means(max_depth=1)).fit(X, y)
    assert [e.max_depth for e in means] == [1, 1, 1]
    assert len({e.random_state for e in means}) == 3
    with pytest.raises(TypeError, match="abstract"):
        ensemble.BaseEnsemble()


def test_trees_are_of_their_base_class():
    for name in tree._generated.NAMES:
        assert issubclass(getattr(tree, name), tree.BaseDecisionTree)
    assert not issubclass(ensemble.RandomForestClassifier, tree.BaseDecisionTree)
    with pytest.raises(TypeError, match="abstract"):
        tree.BaseDecisionTree()
    assert is_regressor(tree.DecisionTreeRegressor())


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize(
    "options",
    [
        {"tol": 1e-9}, {"solver": "svd"}, {"sample_weight": 2.0}, {"return_n_iter": True, "tol": 1e-9},
        {"return_intercept": True, "tol": 1e-9, "max_iter": 10_000, "random_state": 0},
        {"positive": True, "tol": 1e-9},
    ],
    ids=str,
)
def test_ridge_as_a_function(several, options):
    X, y = datasets.load_diabetes(return_X_y=True)
    y = np.stack([y, 300 - y], axis=1) if several else y
    for data in (X, csr_matrix(X)):
        if options.get("solver") == "svd" and issparse(data):
            continue
        mine, other = (
            f(data, y, 0.1, **options) for f in (linear_model.ridge_regression, theirs.ridge_regression)
        )
        if not isinstance(other, tuple):
            mine, other = (mine,), (other,)
        assert len(mine) == len(other)
        for a, b in zip(mine, other, strict=True):
            assert (a is None) == (b is None)
            if b is not None:
                np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-3)


def test_ridge_as_a_function_with_a_penalty_for_each_target():
    X, y = datasets.load_diabetes(return_X_y=True)
    y = np.stack([y, y**0.5], axis=1)
    weights = np.random.RandomState(0).uniform(size=len(y))
    np.testing.assert_allclose(
        linear_model.ridge_regression(X, y, [0.1, 2.0], sample_weight=weights),
        theirs.ridge_regression(X, y, [0.1, 2.0], sample_weight=weights), rtol=1e-8,
    )
    for module in (linear_model, theirs):
        with pytest.raises(ValueError, match="only 'sag' solver can directly fit the intercept"):
            module.ridge_regression(X, y, 1.0, solver="svd", return_intercept=True)


@pytest.mark.parametrize("name", ["Lasso", "ElasticNet"])
def test_paths_are_methods_too(name):
    X, y = datasets.load_diabetes(return_X_y=True)
    for mine, other in (
        (getattr(linear_model, name), getattr(theirs, name)),
        (getattr(linear_model, name)(), getattr(theirs, name)()),
    ):
        (a, b, *_), (c, d, *_) = (k.path(X, y, l1_ratio=0.7, alphas=9) for k in (mine, other))
        np.testing.assert_allclose(a, c, rtol=1e-9)
        np.testing.assert_allclose(b, d, atol=1.0)


def test_logistic_regression_of_folds_may_have_sparse_coefficients():
    X, y = datasets.load_iris(return_X_y=True)
    model = linear_model.LogisticRegressionCV(
        Cs=2, l1_ratios=(0.0,), scoring="accuracy", use_legacy_attributes=False, max_iter=500
    ).fit(X, y)
    said = model.predict(X)
    assert issparse(model.sparsify().coef_)
    np.testing.assert_array_equal(model.predict(X), said)
    assert isinstance(model.densify().coef_, np.ndarray)
    np.testing.assert_array_equal(model.predict(X), said)


def test_one_against_the_rest_says_whether_samples_have_several_labels():
    X, y = datasets.load_iris(return_X_y=True)
    made = multiclass.OneVsRestClassifier(linear_model.RidgeClassifier())
    assert not hasattr(made, "multilabel_")
    assert not made.fit(X, y).multilabel_
    assert made.fit(X, np.eye(3, dtype=int)[y]).multilabel_
