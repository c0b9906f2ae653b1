"""Linear models against scikit-learn's, on real data."""

import warnings

import numpy as np
import pytest

from seodang import learn
from seodang.learn import linear_model as ours

pytest.importorskip("sklearn")

import sklearn.linear_model as theirs  # noqa: E402
from scipy import sparse  # noqa: E402
from sklearn import datasets  # noqa: E402
from sklearn.model_selection import KFold  # noqa: E402
from sklearn.preprocessing import StandardScaler  # noqa: E402
from sklearn.utils.estimator_checks import parametrize_with_checks  # noqa: E402

CLASSIFICATION = ("iris", "wine", "digits", "breast_cancer")
REGRESSION = ("diabetes", "wine", "breast_cancer", "iris", "linnerud")


def table(name, scaled=True):
    X, y = getattr(datasets, f"load_{name}")(return_X_y=True)
    return StandardScaler().fit_transform(X) if scaled else X, y


def single(name):
    X, y = table(name)
    return X, (y[:, 0] if y.ndim == 2 else y).astype(float)


def same(a, b, attributes, rtol=1e-6, atol=1e-8):
    for name in attributes:
        x, y = np.asarray(getattr(a, name)), np.asarray(getattr(b, name))
        assert x.shape == y.shape and x.dtype == y.dtype, (name, x.shape, y.shape, x.dtype, y.dtype)
        scale = max(float(np.abs(y).max(initial=0.0)), 1e-3)
        np.testing.assert_allclose(x, y, rtol=rtol, atol=atol * scale, err_msg=name)


def fitted(name, options, X, y, weights=None):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return (
            getattr(ours, name)(**options).fit(X, y, sample_weight=weights),
            getattr(theirs, name)(**options).fit(X, y, sample_weight=weights),
        )


@pytest.mark.parametrize("name", CLASSIFICATION)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"C": 0.1, "class_weight": "balanced"},
        {"class_weight": {0: 2.0, 1: 0.5}},
        {"fit_intercept": False},
        {"solver": "newton-cg"},
        {"solver": "newton-cholesky"},
        {"C": 0.05, "solver": "saga", "l1_ratio": 1.0},
        {"C": 0.05, "solver": "saga", "l1_ratio": 0.5},
        {"solver": "sag", "C": 0.01},
    ],
    ids=str,
)
def test_logistic_regression_has_scikit_learns_minimum(name, options):
    X, y = table(name)
    if name == "digits":
        X, y = X[:300], y[:300]
    weights = np.random.RandomState(0).uniform(0.5, 2, len(y)) if "C" in options else None
    tight = {**options, "tol": 1e-7, "max_iter": 3000}
    a, b = fitted("LogisticRegression", tight, X, y, weights)
    np.testing.assert_allclose(a.predict_proba(X), b.predict_proba(X), atol=2e-4)
    np.testing.assert_allclose(a.decision_function(X), b.decision_function(X), atol=5e-3)
    assert a.coef_.shape == b.coef_.shape and a.intercept_.shape == b.intercept_.shape
    assert a.n_iter_.shape == b.n_iter_.shape and a.n_iter_.dtype == b.n_iter_.dtype


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_logistic_regression_by_default_scores_as_scikit_learns(name):
    for scaled in (True, False):
        X, y = table(name, scaled)
        half = np.arange(len(y)) % 2 == 0
        a, b = fitted("LogisticRegression", {}, X[half], y[half])
        assert abs(a.score(X[~half], y[~half]) - b.score(X[~half], y[~half])) < 0.025


def test_logistic_regression_like_liblinear_penalises_the_intercept():
    X, y = table("breast_cancer")
    for options in (
        {"C": 0.1},
        {"C": 0.1, "l1_ratio": 1.0},
        {"C": 0.1, "intercept_scaling": 3.0},
        {"C": 0.1, "dual": True},
    ):
        tight = {"solver": "liblinear", "tol": 1e-8, "max_iter": 2000, **options}
        a, b = fitted("LogisticRegression", tight, X, y)
        np.testing.assert_allclose(a.coef_, b.coef_, atol=3e-4)
        np.testing.assert_allclose(a.intercept_, b.intercept_, atol=3e-4)


def test_logistic_regression_without_a_penalty_and_from_where_it_was():
    X, y = table("wine")
    X, y = X[:, :3], y
    a, b = fitted("LogisticRegression", {"C": np.inf, "tol": 1e-8, "max_iter": 5000}, X, y)
    np.testing.assert_allclose(a.predict_proba(X), b.predict_proba(X), atol=1e-5)
    warm = ours.LogisticRegression(warm_start=True, tol=1e-6).fit(X, y)
    first = warm.n_iter_[0]
    assert first > 2 and warm.fit(X, y).n_iter_[0] == 1
    with pytest.raises(ValueError, match="Initialization coef is of shape"):
        warm.fit(X[:, :2], y)
    thin = ours.LogisticRegression(tol=1e-8).fit(sparse.csr_matrix(X), y)
    dense = ours.LogisticRegression(tol=1e-8).fit(X, y)
    np.testing.assert_allclose(thin.coef_, dense.coef_, atol=1e-6)
    narrow = ours.LogisticRegression().fit(X.astype(np.float32), y)
    assert narrow.coef_.dtype == narrow.intercept_.dtype == np.float32
    assert sparse.issparse(dense.sparsify().coef_) and not sparse.issparse(dense.densify().coef_)


def test_logistic_regression_warns_and_refuses_in_scikit_learns_words():
    X, y = table("iris")
    cases = [
        ({"solver": "lbfgs", "l1_ratio": 1.0}, "supports only 'l2' or None penalties, got l1"),
        ({"solver": "liblinear"}, "does not support multiclass classification"),
        ({"dual": True}, "supports only dual=False, got dual=True"),
        ({"C": 0.0}, r"'C' parameter of LogisticRegression must be a float in the range \(0\.0, inf\]"),
        ({"solver": "newton"}, "'solver' parameter of LogisticRegression must be a str among"),
        ({"class_weight": {7: 1.0}}, "are not in class_weight"),
    ]
    for options, message in cases:
        with pytest.raises(ValueError, match=message):
            ours.LogisticRegression(**options).fit(X, y)
    with pytest.raises(ValueError, match="only one class"):
        ours.LogisticRegression().fit(X[:40], y[:40])
    with pytest.warns(learn.exceptions.ConvergenceWarning, match="failed to converge"):
        ours.LogisticRegression(max_iter=1).fit(X, y)
    with pytest.warns(FutureWarning, match="'penalty' was deprecated"):
        ours.LogisticRegression(penalty="l2").fit(X, y)


@pytest.mark.parametrize("name", REGRESSION)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"alpha": 0.0},
        {"alpha": 30.0, "fit_intercept": False},
        {"alpha": 2.0, "solver": "svd"},
        {"solver": "lsqr", "tol": 1e-12},
        {"positive": True, "tol": 1e-10},
    ],
    ids=str,
)
def test_ridge_is_scikit_learns(name, options):
    X, y = table(name)
    y = y.astype(float)
    weights = np.random.RandomState(0).uniform(0.5, 2, len(y))
    for w in (None, weights):
        a, b = fitted("Ridge", options, X, y, w)
        same(a, b, ["coef_", "intercept_"], rtol=1e-4, atol=1e-5)
        assert a.solver_ == b.solver_
        np.testing.assert_allclose(a.predict(X), b.predict(X), rtol=1e-4, atol=1e-3)


def test_ridge_of_many_features_sparse_ones_and_strengths_of_each_target():
    X, y = table("digits")
    wide, both = X[:40], np.stack([y[:40], -y[:40] ** 2], axis=1).astype(float)
    a, b = fitted("Ridge", {"alpha": [0.5, 20.0]}, wide, both)
    same(a, b, ["coef_", "intercept_"], rtol=1e-6)
    thin = sparse.csr_matrix(datasets.load_digits().data)
    a, b = fitted("Ridge", {"tol": 1e-12}, thin, y.astype(float))
    same(a, b, ["coef_", "intercept_"], rtol=1e-4, atol=1e-6)
    with pytest.raises(ValueError, match="penalties do not correspond: 3 != 2"):
        ours.Ridge([1.0, 2.0, 3.0]).fit(wide, both)
    with pytest.raises(ValueError, match="only when positive=True"):
        ours.Ridge(solver="lbfgs").fit(wide, both)


@pytest.mark.parametrize("name", CLASSIFICATION)
@pytest.mark.parametrize("options", [{}, {"class_weight": "balanced", "alpha": 5.0}], ids=str)
def test_ridge_classifiers_are_scikit_learns(name, options):
    X, y = table(name)
    a, b = fitted("RidgeClassifier", options, X, y)
    same(a, b, ["coef_", "intercept_"], rtol=1e-6)
    np.testing.assert_array_equal(a.predict(X), b.predict(X))
    np.testing.assert_allclose(a.decision_function(X), b.decision_function(X), atol=1e-8)


@pytest.mark.parametrize("name", REGRESSION)
@pytest.mark.parametrize("kind", ["Lasso", "ElasticNet"])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"alpha": 0.02},
        {"alpha": 0.1, "positive": True},
        {"alpha": 0.1, "fit_intercept": False},
        {"alpha": 0.05, "selection": "random", "random_state": 0},
    ],
    ids=str,
)
def test_lassos_are_scikit_learns(name, kind, options):
    X, y = single(name)
    weights = np.random.RandomState(0).uniform(0.5, 2, len(y))
    for w in (None, weights):
        a, b = fitted(kind, {**options, "tol": 1e-10, "max_iter": 20_000}, X, y, w)
        same(a, b, ["coef_", "intercept_"], rtol=1e-4, atol=1e-4)
        assert a.dual_gap_ <= 1e-10 * (y**2).mean() * 2 and isinstance(a.n_iter_, int)
        assert sparse.issparse(a.sparse_coef_)


def test_lassos_of_many_features_and_several_targets():
    X, y = table("digits")
    wide, target = X[:60], y[:60].astype(float)
    options = {"alpha": 0.1, "tol": 1e-10, "max_iter": 50_000}
    both = np.stack([target, target**2], axis=1)
    for kind in ("Lasso", "ElasticNet"):
        a, b = fitted(kind, options, wide, both)
        same(a, b, ["coef_", "intercept_"], rtol=1e-3, atol=1e-3)
        np.testing.assert_allclose(a.predict(wide), b.predict(wide), atol=1e-3)
    narrow = ours.Lasso(alpha=0.1).fit(wide.astype(np.float32), target)
    assert narrow.coef_.dtype == np.float32
    with pytest.warns(learn.exceptions.ConvergenceWarning, match="Objective did not converge"):
        ours.Lasso(alpha=1e-4, max_iter=1).fit(wide, target)


@pytest.mark.parametrize("name", ["diabetes", "wine"])
def test_paths_are_scikit_learns(name):
    X, y = single(name)
    for path, options in (("lasso_path", {}), ("enet_path", {"l1_ratio": 0.3})):
        a = getattr(ours, path)(X, y, alphas=20, tol=1e-8, **options)
        b = getattr(theirs, path)(X, y, alphas=20, tol=1e-8, **options)
        np.testing.assert_allclose(a[0], b[0], rtol=1e-9)
        np.testing.assert_allclose(a[1], b[1], atol=1e-3 * np.abs(b[1]).max())
        assert a[2].shape == b[2].shape
    assert len(ours.lasso_path(X, y, alphas=5, return_n_iter=True)) == 4


@pytest.mark.parametrize("name", ["diabetes", "wine", "breast_cancer"])
def test_the_best_lassos_are_scikit_learns(name):
    X, y = single(name)
    folds = KFold(4, shuffle=True, random_state=0)
    for kind, options in (("LassoCV", {}), ("ElasticNetCV", {"l1_ratio": [0.3, 0.9]})):
        a, b = fitted(kind, {"cv": folds, "alphas": 25, "tol": 1e-7, **options}, X, y)
        np.testing.assert_allclose(a.alphas_, b.alphas_, rtol=1e-6)
        np.testing.assert_allclose(a.mse_path_, b.mse_path_, rtol=1e-3)
        assert a.alpha_ == pytest.approx(b.alpha_)
        assert getattr(a, "l1_ratio_", None) == getattr(b, "l1_ratio_", None)
        np.testing.assert_allclose(a.predict(X), b.predict(X), rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("name", REGRESSION)
def test_the_best_ridge_is_scikit_learns(name):
    X, y = table(name)
    y = y.astype(float)
    weights = np.random.RandomState(0).uniform(0.5, 2, len(y))
    for options, w in (
        ({"store_cv_results": True}, None),
        ({"store_cv_results": True}, weights),
        ({"fit_intercept": False}, None),
        ({"scoring": "neg_mean_absolute_error"}, None),
        ({"cv": 4}, None),
    ):
        a, b = fitted("RidgeCV", {"alphas": np.logspace(-2, 3, 9), **options}, X, y, w)
        assert a.alpha_ == pytest.approx(b.alpha_) and a.best_score_ == pytest.approx(b.best_score_)
        same(a, b, ["coef_", "intercept_"], rtol=1e-5)
        if "store_cv_results" in options:
            same(a, b, ["cv_results_"], rtol=1e-5)


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_the_best_ridge_classifier_is_scikit_learns(name):
    X, y = table(name)
    for options in ({}, {"class_weight": "balanced"}, {"scoring": "accuracy"}, {"cv": 3}):
        if "scoring" in options and name == "breast_cancer":
            # Of two classes, scikit-learn compares what was said with class 0 alone: all strengths
            # score alike there.
            continue
        a, b = fitted("RidgeClassifierCV", {"alphas": [0.1, 10.0, 1000.0], **options}, X, y)
        assert a.alpha_ == b.alpha_ and a.best_score_ == pytest.approx(b.best_score_)
        np.testing.assert_array_equal(a.predict(X), b.predict(X))


def mean_scores(name, options, X, y, seeds=8):
    half = np.arange(len(y)) % 2 == 0
    out = []
    for module in (ours, theirs):
        scores = []
        for seed in range(seeds):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model = getattr(module, name)(random_state=seed, **options).fit(X[half], y[half])
            scores.append(model.score(X[~half], y[~half]))
        out.append(np.array(scores))
    return out


@pytest.mark.parametrize("name", CLASSIFICATION)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"loss": "log_loss", "penalty": "l1", "alpha": 1e-3},
        {"loss": "modified_huber", "penalty": "elasticnet"},
        {"loss": "squared_hinge", "learning_rate": "adaptive"},
        {"loss": "perceptron", "average": True, "class_weight": "balanced"},
        {"learning_rate": "pa1", "eta0": 0.1},
        {"early_stopping": True, "learning_rate": "invscaling"},
    ],
    ids=str,
)
def test_stochastic_classifiers_score_as_scikit_learns(name, options):
    X, y = table(name)
    if name == "digits":
        X, y = X[:600], y[:600]
    a, b = mean_scores("SGDClassifier", options, X, y, seeds=4)
    noise = 4 * np.hypot(a.std(), b.std()) / 2 + 0.02
    assert abs(a.mean() - b.mean()) < noise, (a, b)


@pytest.mark.parametrize("name", REGRESSION)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"loss": "huber", "epsilon": 1.0, "learning_rate": "adaptive"},
        {"loss": "epsilon_insensitive", "penalty": "l1"},
        {"average": 10, "penalty": None},
    ],
    ids=str,
)
def test_stochastic_regressors_score_as_scikit_learns(name, options):
    X, y = single(name)
    a, b = mean_scores("SGDRegressor", options, X, y, seeds=4)
    noise = 4 * np.hypot(a.std(), b.std()) / 2 + 0.02
    assert abs(a.mean() - b.mean()) < noise, (a, b)


def test_stochastic_descent_is_scikit_learns_step_by_step():
    X, y = table("breast_cancer")
    for options in (
        {"loss": "log_loss"},
        {"loss": "hinge", "penalty": "l1"},
        {"loss": "squared_error", "learning_rate": "invscaling", "penalty": "elasticnet"},
        {"loss": "hinge", "learning_rate": "pa2", "eta0": 0.5, "penalty": None},
        {"loss": "modified_huber", "average": True, "learning_rate": "constant"},
    ):
        same_order = {"shuffle": False, "max_iter": 3, "tol": None, **options}
        a, b = fitted("SGDClassifier", same_order, X, y)
        same(a, b, ["coef_", "intercept_"], rtol=1e-6)
        assert a.n_iter_ == b.n_iter_ and a.t_ == b.t_
        thin = sparse.csr_matrix(np.where(X > 0.5, X, 0.0))
        a, b = fitted("SGDClassifier", same_order, thin, y)
        same(a, b, ["coef_", "intercept_"], rtol=1e-6)
    a, b = fitted("Perceptron", {"shuffle": False, "max_iter": 5, "tol": None}, X, y)
    same(a, b, ["coef_", "intercept_"], rtol=1e-6)
    X, y = table("diabetes")
    a, b = fitted("SGDRegressor", {"shuffle": False, "max_iter": 4, "tol": None}, X, y)
    same(a, b, ["coef_", "intercept_"], rtol=1e-6)


def test_learning_by_batches_is_learning_once_and_again():
    X, y = table("iris")
    for name in ("SGDClassifier", "Perceptron"):
        a, b = getattr(ours, name)(shuffle=False), getattr(theirs, name)(shuffle=False)
        for start in range(0, 150, 30):
            rows = np.arange(start, start + 30) * 7 % 150
            a.partial_fit(X[rows], y[rows], classes=[0, 1, 2])
            b.partial_fit(X[rows], y[rows], classes=[0, 1, 2])
        same(a, b, ["coef_", "intercept_"], rtol=1e-6)
        assert a.t_ == b.t_
        with pytest.raises(ValueError, match="is not the same as on last call to partial_fit"):
            a.partial_fit(X, y, classes=[0, 1])
        with pytest.raises(ValueError, match="X has 2 features"):
            a.partial_fit(X[:, :2], y)
        with pytest.raises(ValueError, match="do not exist in the initial classes"):
            a.partial_fit(X, y + 5)
        with pytest.raises(ValueError, match="classes must be passed on the first call"):
            getattr(ours, name)().partial_fit(X, y)
    with pytest.raises(ValueError, match="class_weight 'balanced' is not supported"):
        ours.SGDClassifier(class_weight="balanced").partial_fit(X, y, classes=[0, 1, 2])
    a, b = ours.SGDRegressor(shuffle=False), theirs.SGDRegressor(shuffle=False)
    for _ in range(3):
        a.partial_fit(X, y)
        b.partial_fit(X, y)
    same(a, b, ["coef_", "intercept_"], rtol=1e-6)


def test_stochastic_descent_is_repeatable_begins_where_told_and_has_probabilities_for_some_losses():
    X, y = table("wine")
    first, again = (ours.SGDClassifier(random_state=3).fit(X, y) for _ in range(2))
    np.testing.assert_array_equal(first.coef_, again.coef_)
    np.random.seed(5)
    a = ours.SGDClassifier().fit(X, y).coef_
    np.random.seed(5)
    np.testing.assert_array_equal(a, ours.SGDClassifier().fit(X, y).coef_)
    generator = ours.SGDClassifier(random_state=np.random.RandomState(1))
    assert not np.array_equal(generator.fit(X, y).coef_, generator.fit(X, y).coef_)
    assert not hasattr(first, "predict_proba")
    for loss in ("log_loss", "modified_huber"):
        a, b = fitted(
            "SGDClassifier", {"loss": loss, "shuffle": False, "max_iter": 5, "tol": None}, X, y
        )
        np.testing.assert_allclose(a.predict_proba(X), b.predict_proba(X), atol=1e-7)
    given = {"coef_init": np.ones((3, 13)), "intercept_init": np.zeros(3)}
    options = {"shuffle": False, "max_iter": 2, "tol": None}
    a = ours.SGDClassifier(**options).fit(X, y, **given)
    b = theirs.SGDClassifier(**options).fit(X, y, **given)
    same(a, b, ["coef_", "intercept_"], rtol=1e-6)
    with pytest.raises(ValueError, match="does not match dataset"):
        ours.SGDClassifier().fit(X, y, coef_init=np.ones(5))
    with pytest.raises(ValueError, match="under-/overflow occurred at epoch"):
        ours.SGDRegressor().fit(X * 1e200, y)
    with pytest.warns(learn.exceptions.ConvergenceWarning, match="Maximum number of iteration"):
        ours.SGDClassifier(max_iter=1).fit(X, y)


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer"])
def test_the_best_logistic_regression_is_scikit_learns(name):
    X, y = table(name)
    shared = {"Cs": [1e-3, 0.1, 10.0], "scoring": "neg_log_loss", "tol": 1e-6, "max_iter": 500}
    for options in (
        {"l1_ratios": (0,), "use_legacy_attributes": False},
        {"l1_ratios": (0,), "use_legacy_attributes": True, "class_weight": "balanced"},
        {"l1_ratios": (0.0,), "use_legacy_attributes": False, "refit": False},
    ):
        a, b = fitted("LogisticRegressionCV", {**shared, **options}, X, y)
        np.testing.assert_allclose(a.C_, b.C_)
        np.testing.assert_allclose(a.predict_proba(X), b.predict_proba(X), atol=1e-4)
        if options["use_legacy_attributes"]:
            assert list(a.scores_) == list(b.scores_)
            for label in b.scores_:
                np.testing.assert_allclose(a.scores_[label], b.scores_[label], atol=1e-4)
                np.testing.assert_allclose(
                    a.coefs_paths_[label], b.coefs_paths_[label], atol=5e-3
                )
        else:
            np.testing.assert_allclose(a.scores_, b.scores_, atol=1e-4)
            assert a.coefs_paths_.shape == b.coefs_paths_.shape
        assert a.n_iter_.shape == b.n_iter_.shape
        assert a.score(X, y) == pytest.approx(b.score(X, y), abs=1e-4)
    with pytest.warns(FutureWarning, match="use_legacy_attributes"):
        ours.LogisticRegressionCV(Cs=[1.0]).fit(X, y)


INSTANCES = [
    ours.ElasticNetCV(), ours.LassoCV(), ours.LogisticRegressionCV(cv=3), ours.RidgeCV(),
    ours.RidgeClassifierCV(),
]


@parametrize_with_checks(INSTANCES)
def test_those_by_cross_validation_keep_scikit_learns_contract(estimator, check):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        check(estimator)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("classes", [2, 3, 7, 15])
def test_large_predictions_are_arrays_of_their_own(dtype, classes):
    # Results of this size are handed over, not copied; few and many classes go different ways.
    random = np.random.RandomState(classes)
    X = random.normal(size=(30_000, 29)).astype(dtype)
    y = (X[:, 0] * classes).astype(int) % classes
    model = ours.LogisticRegression(max_iter=3).fit(X[:2000], y[:2000])
    said = model.decision_function(X)
    coef, intercept = model.coef_.astype("f8"), model.intercept_.astype("f8")
    expected = X.astype("f8") @ coef.T + intercept
    del model
    assert said.dtype == dtype and said.flags.writeable and said.flags.c_contiguous
    expected = expected.ravel() if classes == 2 else expected
    np.testing.assert_allclose(said, expected, atol=2e-5 if dtype == "float32" else 1e-12)
    said[...] = 0
    assert not said.any()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("rows, columns", [(50, 3), (10, 40), (20_000, 30)])
def test_what_is_not_finite_is_found_by_what_is_computed(bad, rows, columns):
    random = np.random.RandomState(0)
    X, y = random.normal(size=(rows, columns)), random.normal(size=rows)
    spoilt = X.copy()
    spoilt[rows // 2, columns - 1] = bad
    message = "Input X contains " + ("NaN" if np.isnan(bad) else "infinity")
    for name in ("LinearRegression", "Ridge", "Lasso", "ElasticNet", "SGDRegressor"):
        estimator = getattr(ours, name)()
        with pytest.raises(ValueError, match=message):
            estimator.fit(spoilt, y)
        with pytest.raises(ValueError, match=message):
            # Also where the last coefficient is 0.
            estimator.fit(np.where(np.arange(columns) == columns - 1, 0.0, X), y).predict(spoilt)
    for name in ("LogisticRegression", "RidgeClassifier", "Perceptron", "SGDClassifier"):
        estimator = getattr(ours, name)()
        with pytest.raises(ValueError, match=message):
            estimator.fit(spoilt, y > 0)
        with pytest.raises(ValueError, match=message):
            estimator.fit(X, y > 0).predict(spoilt)


@pytest.mark.parametrize("dtype, tolerance", [("float32", 2e-5), ("float64", 1e-11)])
def test_least_squares_of_even_columns_far_from_zero(dtype, tolerance):
    # The normal equations alone, which are not refined where columns are alike.
    random = np.random.RandomState(0)
    X = (random.normal(size=(5000, 21)) + 8).astype(dtype)
    y = (X @ random.normal(size=21) + random.normal(size=5000)).astype(dtype)
    design = np.c_[X.astype("f8"), np.ones(5000)]
    best = np.linalg.lstsq(design, y.astype("f8"), rcond=None)[0]
    model = ours.LinearRegression().fit(X, y)
    np.testing.assert_allclose(model.coef_, best[:-1], rtol=tolerance, atol=tolerance)
    np.testing.assert_allclose(model.intercept_, best[-1], rtol=0, atol=100 * tolerance)
    singular = np.linalg.svd(X.astype("f8") - X.astype("f8").mean(axis=0), compute_uv=False)
    np.testing.assert_allclose(model.singular_, singular, rtol=1e-5)
