"""Gradient boosting over the values themselves against scikit-learn."""

import pickle
import warnings

import numpy as np
import pytest

from seodang import learn
from seodang.learn import ensemble as ours

pytest.importorskip("sklearn")

import sklearn.linear_model  # noqa: E402
from sklearn import datasets  # noqa: E402
from sklearn import ensemble as theirs  # noqa: E402
from sklearn.model_selection import train_test_split  # noqa: E402


def _data(name, noise=0.5):
    X, y = getattr(datasets, f"load_{name}")(return_X_y=True)
    # Real data, moved so that features do not order samples alike: of equal splits, any is right.
    X = X + np.random.RandomState(0).normal(scale=noise, size=X.shape) * X.std(axis=0)
    return train_test_split(X.astype("f4").astype("f8"), y, test_size=0.4, random_state=0)


def _weights(y):
    return np.random.RandomState(1).uniform(0.5, 2, len(y))


def _same(a, b, X, method="predict"):
    np.testing.assert_allclose(getattr(a, method)(X), getattr(b, method)(X), rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize("loss", ["log_loss", "exponential"])
def test_two_classes_are_told_apart_as_scikit_learn_does(loss):
    A, B, ya, yb = _data("breast_cancer")
    # Gradients have but two values in the first stage, so that splits tie; weights tell them apart.
    w = _weights(ya)
    options = {"loss": loss, "n_estimators": 12, "min_samples_leaf": 15}
    mine = ours.GradientBoostingClassifier(**options).fit(A, ya, w)
    other = theirs.GradientBoostingClassifier(random_state=0, **options).fit(A, ya, w)
    for method in ("predict_proba", "decision_function", "predict"):
        _same(mine, other, B, method)
    np.testing.assert_allclose(mine.train_score_, other.train_score_, rtol=1e-7)
    np.testing.assert_allclose(mine.feature_importances_, other.feature_importances_, atol=1e-7)
    assert (mine.n_classes_, mine.n_estimators_, mine.max_features_, mine.n_trees_per_iteration_) == (
        other.n_classes_, other.n_estimators_, other.max_features_, other.n_trees_per_iteration_)
    assert mine.score(B, yb) == other.score(B, yb)
    options["min_samples_leaf"] = 1
    mine, other = (m.set_params(**options).fit(A, ya).train_score_ for m in (mine, other))
    np.testing.assert_allclose(mine, other, rtol=0.05)


@pytest.mark.parametrize("name", ["iris", "wine", "digits"])
def test_several_classes_are_told_apart_as_scikit_learn_does(name):
    A, B, ya, yb = _data(name)
    options = {"n_estimators": 4, "min_samples_leaf": 20}
    mine = ours.GradientBoostingClassifier(**options).fit(A, ya, _weights(ya))
    other = theirs.GradientBoostingClassifier(random_state=0, **options).fit(A, ya, _weights(ya))
    _same(mine, other, B, "predict_proba")
    _same(mine, other, B, "decision_function")
    np.testing.assert_array_equal(mine.apply(B).shape, other.apply(B).shape)


@pytest.mark.parametrize("loss", ["squared_error", "absolute_error", "huber", "quantile"])
@pytest.mark.parametrize("weighted", [False, True])
def test_values_are_predicted_as_scikit_learn_does(loss, weighted):
    A, B, ya, _ = _data("diabetes")
    # Signs of errors alone make splits tie; weights tell them apart.
    w = _weights(ya) if weighted or loss in ("absolute_error", "quantile") else None
    options = {"loss": loss, "n_estimators": 12, "min_samples_leaf": 4, "alpha": 0.7}
    mine = ours.GradientBoostingRegressor(**options).fit(A, ya, w)
    other = theirs.GradientBoostingRegressor(random_state=0, **options).fit(A, ya, w)
    _same(mine, other, B)
    np.testing.assert_allclose(mine.train_score_, other.train_score_, rtol=1e-7)
    np.testing.assert_allclose(mine.feature_importances_, other.feature_importances_, atol=1e-7)
    np.testing.assert_array_equal(mine.apply(B).shape, other.apply(B).shape)


@pytest.mark.parametrize(
    "options",
    [
        {"max_leaf_nodes": 5, "max_depth": None},
        {"min_samples_split": 0.2},
        {"min_samples_leaf": 0.05},
        {"min_weight_fraction_leaf": 0.1},
        {"min_impurity_decrease": 30.0},
        {"ccp_alpha": 20.0},
        {"init": "zero"},
        {"learning_rate": 0.0},
    ],
    ids=str,
)
def test_trees_keep_to_their_limits(options):
    A, B, ya, _ = _data("diabetes")
    options = {"n_estimators": 10, "min_samples_leaf": 5, **options}
    mine = ours.GradientBoostingRegressor(**options).fit(A, ya, _weights(ya))
    other = theirs.GradientBoostingRegressor(random_state=0, **options).fit(A, ya, _weights(ya))
    _same(mine, other, B)


def test_another_estimator_may_begin(tmp_path):
    A, B, ya, _ = _data("diabetes")
    options = {"n_estimators": 8, "init": sklearn.linear_model.LinearRegression()}
    mine = ours.GradientBoostingRegressor(**options).fit(A, ya)
    other = theirs.GradientBoostingRegressor(random_state=0, **options).fit(A, ya)
    # It sees X in double precision here, in single precision there.
    np.testing.assert_allclose(mine.predict(B), other.predict(B), rtol=1e-4)
    np.testing.assert_allclose(list(mine.staged_predict(B))[-1], mine.predict(B))
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(mine)).predict(B), mine.predict(B))
    A, B, ya, _ = _data("breast_cancer")
    options["init"] = theirs.RandomForestClassifier(20, max_depth=2, random_state=0)
    options["min_samples_leaf"] = 15
    mine = ours.GradientBoostingClassifier(**options).fit(A, ya)
    other = theirs.GradientBoostingClassifier(random_state=0, **options).fit(A, ya)
    _same(mine, other, B, "predict_proba")
    np.testing.assert_array_equal(list(mine.staged_predict(B))[-1], mine.predict(B))
    with pytest.raises(ValueError, match="'init' parameter"):
        ours.GradientBoostingClassifier(init=3).fit(A, ya)


def test_the_trees_are_estimators():
    pytest.importorskip("seodang.learn.tree")
    A, B, ya, _ = _data("diabetes")
    mine = ours.GradientBoostingRegressor(n_estimators=5).fit(A, ya)
    assert mine.estimators_.shape == (5, 1)
    steps = sum(tree.predict(B) for tree in mine.estimators_[:, 0])
    np.testing.assert_allclose(mine.predict(B), np.mean(ya) + 0.1 * steps)
    np.testing.assert_array_equal(mine.estimators_[2, 0].apply(B), mine.apply(B)[:, 2])


def test_stages_end_at_the_whole(tmp_path):
    A, B, ya, _ = _data("wine")
    mine = ours.GradientBoostingClassifier(n_estimators=6).fit(A, ya)
    learn.save(mine, tmp_path / "model")
    again = learn.load(tmp_path / "model")
    for staged, whole in (("staged_predict", "predict"), ("staged_predict_proba", "predict_proba"),
                          ("staged_decision_function", "decision_function")):
        stages = list(getattr(mine, staged)(B))
        assert len(stages) == 6
        np.testing.assert_allclose(stages[-1], getattr(mine, whole)(B), rtol=1e-10)
        short = ours.GradientBoostingClassifier(n_estimators=3).fit(A, ya)
        np.testing.assert_allclose(stages[2], getattr(short, whole)(B), rtol=1e-10)
        np.testing.assert_array_equal(getattr(again, whole)(B), getattr(mine, whole)(B))


def test_stages_that_see_some_samples_are_scored_on_the_others():
    A, B, ya, yb = _data("diabetes", 0.0)
    options = {"subsample": 0.5, "n_estimators": 60, "random_state": 0}
    mine = ours.GradientBoostingRegressor(**options).fit(A, ya)
    scores = [theirs.GradientBoostingRegressor(**{**options, "random_state": s}).fit(A, ya)
              for s in range(5)]
    assert len(mine.oob_improvement_) == len(mine.oob_scores_) == 60
    assert mine.oob_score_ == mine.oob_scores_[-1]
    np.testing.assert_allclose(
        mine.oob_improvement_[1:], mine.oob_scores_[:-1] - mine.oob_scores_[1:], rtol=1e-9
    )
    last = [s.oob_score_ for s in scores]
    assert min(last) * 0.8 < mine.oob_score_ < max(last) * 1.2
    tested = [s.score(B, yb) for s in scores]
    assert mine.score(B, yb) > min(tested) - 0.1
    again = ours.GradientBoostingRegressor(**options).fit(A, ya)
    np.testing.assert_array_equal(again.predict(B), mine.predict(B))
    assert not hasattr(ours.GradientBoostingRegressor(n_estimators=2).fit(A, ya), "oob_score_")


def test_early_stopping_and_monitors_end_the_stages():
    A, B, ya, yb = _data("breast_cancer")
    options = {"n_iter_no_change": 3, "tol": 0.01, "n_estimators": 200, "random_state": 1}
    mine = ours.GradientBoostingClassifier(**options).fit(A, ya)
    assert mine.n_estimators_ == len(mine.train_score_) < 100
    assert mine.score(B, yb) > 0.9
    seen = []
    mine = ours.GradientBoostingClassifier(n_estimators=50)
    mine.fit(A, ya, monitor=lambda stage, estimator, _: seen.append(stage) or stage == 4)
    assert mine.n_estimators_ == 5 and seen == [0, 1, 2, 3, 4]


def test_a_warm_start_goes_on():
    A, B, ya, _ = _data("diabetes")
    whole = ours.GradientBoostingRegressor(n_estimators=9).fit(A, ya)
    mine = ours.GradientBoostingRegressor(n_estimators=4, warm_start=True).fit(A, ya)
    mine.set_params(n_estimators=9).fit(A, ya)
    np.testing.assert_allclose(mine.predict(B), whole.predict(B), rtol=1e-9)
    np.testing.assert_allclose(mine.train_score_, whole.train_score_, rtol=1e-9)
    with pytest.raises(ValueError, match=r"n_estimators=3 must be larger or equal to estimators_"):
        mine.set_params(n_estimators=3).fit(A, ya)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"learning_rate": -1}, r"'learning_rate' parameter"),
        ({"subsample": 0.0}, r"'subsample' parameter .*\(0.0, 1.0\]"),
        ({"min_samples_split": 1}, r"'min_samples_split' parameter .* must be an int in the range \[2"),
        ({"max_features": 0}, r"'max_features' parameter .* must be an int in the range \[1"),
        ({"loss": "deviance"}, r"'loss' parameter of GradientBoostingClassifier"),
        ({"loss": "exponential"}, "only suitable for a binary classification problem"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(options, message):
    X, y = datasets.load_iris(return_X_y=True)
    with pytest.raises(ValueError, match=message):
        ours.GradientBoostingClassifier(**options).fit(X, y)


def test_the_criterion_is_no_more():
    X, y = datasets.load_diabetes(return_X_y=True)
    with pytest.warns(FutureWarning, match="`criterion` is deprecated"):
        ours.GradientBoostingRegressor(criterion="friedman_mse", n_estimators=2).fit(X, y)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ours.GradientBoostingRegressor(n_estimators=2).fit(X, y)
