"""Gradient boosting against scikit-learn: on real data, option by option."""

import pickle

import numpy as np
import pytest

from seodang import learn
from seodang.learn import ensemble as ours

pytest.importorskip("sklearn")

from sklearn import datasets  # noqa: E402
from sklearn import ensemble as theirs  # noqa: E402
from sklearn.exceptions import NotFittedError  # noqa: E402
from sklearn.metrics import log_loss, make_scorer, mean_absolute_error  # noqa: E402
from sklearn.model_selection import train_test_split  # noqa: E402


def _data(name):
    X, y = getattr(datasets, f"load_{name}")(return_X_y=True)
    return train_test_split(X, y, test_size=0.3, random_state=0)


def _continuous(A, seed=0):
    """Real data, moved so that features do not order samples alike: of equal splits, any is right."""
    noise = np.random.RandomState(seed)
    return A + noise.normal(scale=0.3, size=A.shape) * A.std(axis=0)


def _regression(n=4000, missing=0.0):
    random = np.random.RandomState(3)
    X = random.normal(size=(n, 6))
    y = X[:, 0] + np.sin(3 * X[:, 1]) + X[:, 2] * X[:, 3] + random.normal(scale=0.3, size=n)
    X[random.uniform(size=X.shape) < missing] = np.nan
    return X, y


def _same(a, b, X, method="predict", atol=1e-6):
    np.testing.assert_allclose(getattr(a, method)(X), getattr(b, method)(X), rtol=1e-6, atol=atol)


CLASSIFIER_OPTIONS = [
    {},
    {"max_leaf_nodes": 7, "learning_rate": 0.3},
    {"max_depth": 2},
    {"min_samples_leaf": 60, "l2_regularization": 3.0},
    {"max_bins": 17},
    {"max_leaf_nodes": None, "max_depth": 4},
    {"class_weight": "balanced"},
    {"class_weight": {0: 1.0, 1: 3.0}},
    {"interaction_cst": [(0, 1), (2, 3, 4)]},
    {"interaction_cst": "no_interactions"},
    {"monotonic_cst": [1, -1] + [0] * 28},
]


@pytest.mark.parametrize("options", CLASSIFIER_OPTIONS, ids=str)
def test_two_classes_are_told_apart_as_scikit_learn_does(options):
    A, B, ya, _ = _data("breast_cancer")
    A, B = _continuous(A), _continuous(B, 1)
    options = {"max_iter": 12, **options}
    mine = ours.HistGradientBoostingClassifier(**options).fit(A, ya)
    other = theirs.HistGradientBoostingClassifier(**options).fit(A, ya)
    _same(mine, other, B, "predict_proba")
    _same(mine, other, B, "decision_function")
    np.testing.assert_array_equal(mine.predict(B), other.predict(B))
    assert (mine.n_iter_, mine.do_early_stopping_) == (other.n_iter_, other.do_early_stopping_)
    assert mine.is_categorical_ is None and mine.n_trees_per_iteration_ == 1
    assert len(mine.train_score_) == len(other.train_score_) == 0


@pytest.mark.parametrize("name", ["iris", "wine", "digits"])
def test_several_classes_are_told_apart_as_scikit_learn_does(name):
    A, B, ya, yb = _data(name)
    A, B = _continuous(A + 1e-3), _continuous(B + 1e-3, 1)
    # Gradients have but two values in the first round, so that splits tie; weights tell them apart.
    weights = np.random.RandomState(0).uniform(0.5, 2, len(ya))
    mine = ours.HistGradientBoostingClassifier(max_iter=8).fit(A, ya, weights)
    other = theirs.HistGradientBoostingClassifier(max_iter=8).fit(A, ya, weights)
    _same(mine, other, B, "predict_proba")
    assert mine.score(B, yb) == other.score(B, yb)
    assert mine.n_trees_per_iteration_ == other.n_trees_per_iteration_
    mine, other = (m.fit(A, ya).predict_proba(B) for m in (mine, other))
    assert log_loss(yb, mine) == pytest.approx(log_loss(yb, other), rel=0.1)


@pytest.mark.parametrize(
    "loss", ["squared_error", "absolute_error", "gamma", "poisson", "quantile"]
)
@pytest.mark.parametrize("weighted", [False, True])
def test_every_loss_is_descended_as_scikit_learn_does(loss, weighted):
    X, y = _regression()
    y = np.exp(y / 3) if loss in ("gamma", "poisson") else y
    w = np.random.RandomState(0).uniform(0.5, 2, len(y)) if weighted else None
    options = {"loss": loss, "quantile": 0.2 if loss == "quantile" else None, "max_iter": 40}
    mine = ours.HistGradientBoostingRegressor(**options).fit(X, y, w)
    other = theirs.HistGradientBoostingRegressor(**options).fit(X, y, w)
    _same(mine, other, X)


@pytest.mark.parametrize("name", ["diabetes", "breast_cancer", "wine"])
def test_real_values_are_predicted_as_scikit_learn_does(name):
    A, B, ya, _ = _data(name)
    A, B = _continuous(A), _continuous(B, 1)
    mine = ours.HistGradientBoostingRegressor(max_iter=20).fit(A, ya)
    _same(mine, theirs.HistGradientBoostingRegressor(max_iter=20).fit(A, ya), B)
    single = ours.HistGradientBoostingRegressor(max_iter=20).fit(A.astype("f4"), ya)
    np.testing.assert_allclose(single.predict(B), mine.predict(B), atol=0.5 * np.std(ya))


def test_missing_values_go_the_better_way():
    X, y = _regression(missing=0.2)
    mine = ours.HistGradientBoostingRegressor(max_iter=30).fit(X, y)
    other = theirs.HistGradientBoostingRegressor(max_iter=30).fit(X, y)
    _same(mine, other, X)
    # Without any in training, they go with the more samples.
    X, y = _regression()
    mine.fit(X, y)
    other.fit(X, y)
    X[::3, 0] = np.nan
    _same(mine, other, X)
    X[::5, 1] = np.inf
    _same(mine, other, X)
    _same(mine.fit(X, y), other.fit(X, y), X)


def _categories(n=3000):
    pandas = pytest.importorskip("pandas")
    random = np.random.RandomState(1)
    effect = dict(zip("abcdefgh", random.normal(size=8), strict=True))
    letters = random.choice(list("abcdefgh"), n)
    numbers = random.choice([-3, 5, 7, 11], n)
    x = random.normal(size=n)
    y = np.array([effect[c] for c in letters]) * 2 + (numbers == 7) + x
    letters = letters.astype(object)
    letters[::17] = None
    frame = pandas.DataFrame({"x": x, "letter": letters, "number": numbers.astype(float)})
    frame["letter"] = frame["letter"].astype("category")
    return frame, y + random.normal(scale=0.1, size=n)


def test_categories_are_taken_from_a_frame(tmp_path):
    X, y = _categories()
    mine = ours.HistGradientBoostingRegressor(max_iter=20).fit(X, y)
    other = theirs.HistGradientBoostingRegressor(max_iter=20).fit(X, y)
    np.testing.assert_array_equal(mine.is_categorical_, other.is_categorical_)
    _same(mine, other, X)
    assert mine.score(X, y) > 0.9
    # What was not there in training counts as missing.
    unseen = X.assign(letter=X["letter"].astype(object).where(X["x"] > 0, "zz"))
    _same(mine, other, unseen)
    learn.save(mine, tmp_path / "model")
    for again in (learn.load(tmp_path / "model"), pickle.loads(pickle.dumps(mine))):
        np.testing.assert_array_equal(again.predict(X), mine.predict(X))
        np.testing.assert_array_equal(again.is_categorical_, mine.is_categorical_)
        assert repr(again) == repr(mine)


@pytest.mark.parametrize("asked", [[1, 2], [False, True, True], ["letter", "number"]], ids=str)
def test_categories_are_asked_for(asked):
    X, y = _categories()
    if asked != ["letter", "number"]:
        X = X.assign(letter=X["letter"].cat.codes.astype(float)).to_numpy()
    mine = ours.HistGradientBoostingRegressor(max_iter=20, categorical_features=asked).fit(X, y)
    other = theirs.HistGradientBoostingRegressor(max_iter=20, categorical_features=asked)
    other.fit(X, y)
    _same(mine, other, X)
    np.testing.assert_array_equal(mine.is_categorical_, other.is_categorical_)


def test_polars_frames_have_categories_too():
    polars = pytest.importorskip("polars")
    X, y = _categories()
    mine = ours.HistGradientBoostingRegressor(max_iter=5).fit(X, y)
    letters = [None if letter != letter else letter for letter in X["letter"]]
    frame = polars.DataFrame({
        "x": X["x"].to_numpy(), "letter": polars.Series(letters, dtype=polars.Categorical),
        "number": X["number"].to_numpy(),
    })
    again = ours.HistGradientBoostingRegressor(max_iter=5).fit(frame, y)
    np.testing.assert_array_equal(again.is_categorical_, mine.is_categorical_)
    np.testing.assert_allclose(again.predict(frame), mine.predict(X))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"categorical_features": [0, 9]}, r"must be in \[0, n_features - 1\]"),
        ({"categorical_features": [True, False]}, r"must have shape \(n_features,\), got: \(2,\)"),
        ({"categorical_features": ["x"]}, "data without feature names"),
        ({"categorical_features": [0.5]}, "array-like of bool, int or str, got: float64"),
        ({"categorical_features": [0]}, "cardinality <= 255 but actually has a cardinality of"),
        ({"monotonic_cst": [1, 0]}, r"shape \(2,\) but the input data X has 6 features"),
        ({"monotonic_cst": [1, 2, 0, 0, 0, 3]}, r"-1, 0 or 1. Observed values: \[2, 3\]"),
        ({"monotonic_cst": {"x": 1}}, "was not fitted on data with feature names"),
        ({"interaction_cst": [(0, 6)]}, r"\[0, n_features - 1\] = \[0, 5\]"),
        ({"interaction_cst": [1]}, "must be a sequence of tuples or lists"),
        ({"loss": "gamma"}, "strictly positive y"),
        ({"loss": "poisson"}, "non-negative y"),
        ({"loss": "hinge"}, "'loss' parameter of HistGradientBoostingRegressor must be"),
        ({"learning_rate": 0}, r"'learning_rate' parameter .*\(0.0, inf\)"),
        ({"max_bins": 256}, r"'max_bins' parameter .*\[2, 255\]"),
        ({"max_leaf_nodes": 1}, "'max_leaf_nodes' parameter"),
        ({"early_stopping": "yes"}, "'early_stopping' parameter"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(options, message):
    X, y = _regression(600)
    with pytest.raises(ValueError, match=message):
        ours.HistGradientBoostingRegressor(**options).fit(X, y)


def test_constraints_hold():
    X, y = _regression()
    mine = ours.HistGradientBoostingRegressor(monotonic_cst=[1, -1, 0, 0, 0, 0]).fit(X, y)
    other = theirs.HistGradientBoostingRegressor(monotonic_cst=[1, -1, 0, 0, 0, 0]).fit(X, y)
    _same(mine, other, X)
    rows = np.repeat(X[:1], 200, axis=0)
    rows[:, 0] = np.linspace(-3, 3, 200)
    assert (np.diff(mine.predict(rows)) >= 0).all()
    with pytest.raises(ValueError, match="not supported for multiclass"):
        ours.HistGradientBoostingClassifier(monotonic_cst=[1, 0, 0, 0]).fit(*datasets.load_iris(
            return_X_y=True))
    # Without interactions, the effect of a feature does not depend on another.
    alone = ours.HistGradientBoostingRegressor(interaction_cst="no_interactions").fit(X, y)
    lifted = rows + [0, 1, 0, 0, 0, 0]
    assert np.ptp(alone.predict(lifted) - alone.predict(rows)) < 1e-9
    assert np.ptp(ours.HistGradientBoostingRegressor().fit(X, y).predict(lifted)
                  - ours.HistGradientBoostingRegressor().fit(X, y).predict(rows)) > 0.01


def test_early_stopping_is_scikit_learns_on_the_same_validation_samples():
    A, B, ya, yb = _data("breast_cancer")
    A, B = _continuous(A), _continuous(B, 1)
    options = {"early_stopping": True, "n_iter_no_change": 4, "learning_rate": 0.3}
    for scoring in ("loss", None, "neg_log_loss", make_scorer(
            log_loss, greater_is_better=False, response_method="predict_proba")):
        mine = ours.HistGradientBoostingClassifier(scoring=scoring, **options)
        other = theirs.HistGradientBoostingClassifier(scoring=scoring, **options)
        mine.fit(A, ya, X_val=B, y_val=yb)
        other.fit(A, ya, X_val=B, y_val=yb)
        np.testing.assert_allclose(mine.train_score_, other.train_score_, rtol=1e-6)
        np.testing.assert_allclose(mine.validation_score_, other.validation_score_, rtol=1e-6)
        assert mine.n_iter_ == other.n_iter_ < 100
        _same(mine, other, B, "predict_proba")
    with pytest.raises(ValueError, match="early_stopping is False"):
        ours.HistGradientBoostingClassifier(early_stopping=False).fit(A, ya, X_val=B, y_val=yb)
    with pytest.raises(ValueError, match="y_val was not provided"):
        mine.fit(A, ya, X_val=B)


@pytest.mark.parametrize("fraction", [None, 0.2, 500])
@pytest.mark.parametrize("scoring", ["loss", make_scorer(mean_absolute_error, greater_is_better=False)])
def test_early_stopping_holds_samples_out(fraction, scoring):
    X, y = _regression()
    options = {"early_stopping": True, "validation_fraction": fraction, "scoring": scoring,
               "learning_rate": 0.5, "n_iter_no_change": 3, "tol": 1e-4, "random_state": 5}
    mine = ours.HistGradientBoostingRegressor(**options).fit(X, y)
    assert mine.do_early_stopping_
    assert len(mine.train_score_) == mine.n_iter_ + 1
    assert len(mine.validation_score_) == (0 if fraction is None else mine.n_iter_ + 1)
    if fraction is None:
        other = theirs.HistGradientBoostingRegressor(**options).fit(X, y)
        np.testing.assert_allclose(mine.train_score_, other.train_score_, rtol=1e-6)
    else:
        assert mine.n_iter_ < 100
        last = mine.validation_score_[-4:]
        assert (last[1:] <= last[0] + 1e-4).all()
    again = ours.HistGradientBoostingRegressor(**options).fit(X, y)
    np.testing.assert_array_equal(again.predict(X), mine.predict(X))


def test_many_samples_stop_early_by_themselves():
    random = np.random.RandomState(0)
    X = random.normal(size=(10_001, 3))
    y = (X[:, 0] + random.normal(size=10_001) > 0).astype(int)
    assert ours.HistGradientBoostingClassifier(max_iter=3).fit(X, y).do_early_stopping_
    assert not ours.HistGradientBoostingClassifier(max_iter=3).fit(X[1:], y[1:]).do_early_stopping_


def test_a_scorer_that_fails_leaves_no_trace():
    X, y = _regression(300)

    def broken(estimator, X, y):
        raise RuntimeError("broken scorer")

    mine = ours.HistGradientBoostingRegressor(early_stopping=True, scoring=broken)
    with pytest.raises(RuntimeError, match="broken scorer"):
        mine.fit(X, y)
    with pytest.raises(NotFittedError):
        mine.predict(X)


def test_stages_end_at_the_whole():
    A, B, ya, _ = _data("wine")
    mine = ours.HistGradientBoostingClassifier(max_iter=6).fit(A, ya)
    for staged, whole in (("staged_predict", "predict"), ("staged_predict_proba", "predict_proba"),
                          ("staged_decision_function", "decision_function")):
        stages = list(getattr(mine, staged)(B))
        assert len(stages) == 6
        np.testing.assert_allclose(stages[-1], getattr(mine, whole)(B), rtol=1e-12)
        short = ours.HistGradientBoostingClassifier(max_iter=3).fit(A, ya)
        np.testing.assert_allclose(stages[2], getattr(short, whole)(B), rtol=1e-12)
    X, y = _regression(500)
    y = np.exp(y / 3)
    mine = ours.HistGradientBoostingRegressor(loss="poisson", max_iter=4).fit(X, y)
    np.testing.assert_allclose(list(mine.staged_predict(X))[-1], mine.predict(X), rtol=1e-12)
    assert not hasattr(mine, "staged_predict_proba")


@pytest.mark.parametrize("early", [False, True])
def test_a_warm_start_goes_on(early):
    X, y = _regression()
    options = {"early_stopping": early, "n_iter_no_change": 50, "random_state": 2}
    whole = ours.HistGradientBoostingRegressor(max_iter=12, **options).fit(X, y)
    mine = ours.HistGradientBoostingRegressor(max_iter=5, warm_start=True, **options).fit(X, y)
    mine.set_params(max_iter=12).fit(X, y)
    assert mine.n_iter_ == 12
    np.testing.assert_allclose(mine.predict(X), whole.predict(X), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(mine.train_score_, whole.train_score_, rtol=1e-9)
    with pytest.raises(ValueError, match="must be larger than or equal to n_iter_=12"):
        mine.set_params(max_iter=3).fit(X, y)


def test_chosen_features_are_repeatable_and_random():
    X, y = _regression()
    fit = {seed: ours.HistGradientBoostingRegressor(max_features=0.4, random_state=seed).fit(X, y)
           for seed in (0, 1)}
    again = ours.HistGradientBoostingRegressor(max_features=0.4, random_state=0).fit(X, y)
    np.testing.assert_array_equal(fit[0].predict(X), again.predict(X))
    assert np.abs(fit[0].predict(X) - fit[1].predict(X)).max() > 0.01
    assert fit[0].score(X, y) > 0.8


def test_large_samples_have_bins_of_a_sample():
    random = np.random.RandomState(0)
    X = random.normal(size=(210_000, 2)).astype("f4")
    y = X[:, 0] + random.normal(size=len(X))
    options = {"max_iter": 5, "early_stopping": False, "random_state": 0}
    mine = ours.HistGradientBoostingRegressor(**options).fit(X, y)
    other = theirs.HistGradientBoostingRegressor(**options).fit(X, y)
    assert mine.score(X, y) == pytest.approx(other.score(X, y), abs=1e-3)


def test_familiar_names_mean_what_they_mean_elsewhere():
    made = ours.HistGradientBoostingClassifier.from_familiar_names(
        n_estimators=50, eta=0.2, reg_lambda=1.5, num_leaves=15, min_child_samples=5, max_bin=63,
        max_depth=-1, early_stopping_rounds=7, seed=3, subsample=1.0, reg_alpha=0,
    )
    assert made.get_params() == ours.HistGradientBoostingClassifier(
        max_iter=50, learning_rate=0.2, l2_regularization=1.5, max_leaf_nodes=15,
        min_samples_leaf=5, max_bins=63, max_depth=None, early_stopping=True, n_iter_no_change=7,
        random_state=3,
    ).get_params()
    with pytest.raises(NotImplementedError, match="nothing like subsample=0.5"):
        ours.HistGradientBoostingClassifier.from_familiar_names(subsample=0.5)
    with pytest.raises(TypeError, match="knows no parameter 'n_trees'"):
        ours.HistGradientBoostingClassifier.from_familiar_names(n_trees=5)
    with pytest.raises(TypeError, match="is another name of 'learning_rate'"):
        ours.HistGradientBoostingClassifier.from_familiar_names(learning_rate=0.1, eta=0.1)
