"""What boosting prints: scikit-learn's lines, but for the times."""

import re

import numpy as np
import pytest

from seodang import learn  # noqa: F401
from seodang.learn import ensemble as ours

pytest.importorskip("sklearn")

from sklearn import ensemble as theirs  # noqa: E402


def _regression(n=600, seed=3):
    random = np.random.RandomState(seed)
    X = random.normal(size=(n, 5))
    return X, X[:, 0] + np.sin(3 * X[:, 1]) + X[:, 2] * X[:, 3] + random.normal(scale=0.3, size=n)


def _classes(n=600):
    X, y = _regression(n)
    return X, np.digitize(y, [-0.5, 1.0])


def _printed(capsys, estimator, *data, **more):
    estimator.fit(*data, **more)
    # Times differ, also in how many digits they have.
    return re.sub(r" +[0-9.]+ ?[sm]\b", " TIME", capsys.readouterr().out)


def _both(capsys, name, options, *data, **more):
    pair = [getattr(module, name)(**options) for module in (ours, theirs)]
    return [_printed(capsys, estimator, *data, **more) for estimator in pair]


@pytest.mark.parametrize("verbose", [0, 1, True, 2])
def test_histograms_tell_their_rounds_and_times(verbose, capsys):
    options = {"max_iter": 3, "early_stopping": False, "verbose": verbose}
    said, expected = _both(capsys, "HistGradientBoostingRegressor", options, *_regression())
    assert said == expected
    assert said.count("\n") == {0: 0, 1: 7, 2: 10}[int(verbose)]


@pytest.mark.parametrize("scoring", ["loss", "r2"])
def test_histograms_tell_the_scores_that_early_stopping_sees(scoring, capsys):
    options = {"max_iter": 40, "early_stopping": True, "scoring": scoring, "verbose": 2,
               "n_iter_no_change": 2, "tol": 1e-2, "learning_rate": 0.4}
    X_val, y_val = _regression(300, 5)
    said, expected = _both(capsys, "HistGradientBoostingRegressor", options, *_regression(),
                           X_val=X_val, y_val=y_val)
    assert said == expected
    assert "val " + ("loss" if scoring == "loss" else "score") in said
    assert "[5/40]" in said and "[40/40]" not in said


@pytest.mark.parametrize("scoring", ["loss", "r2"])
def test_histograms_tell_training_scores_alone_where_nothing_is_held_out(scoring, capsys):
    options = {"max_iter": 3, "early_stopping": True, "scoring": scoring, "verbose": 2,
               "validation_fraction": None}
    said, expected = _both(capsys, "HistGradientBoostingRegressor", options, *_regression())
    assert said == expected


def test_histograms_tell_of_all_trees_of_a_round(capsys):
    # One split each: larger trees of classes have equally good ones.
    options = {"max_iter": 3, "max_leaf_nodes": 2, "verbose": 2, "early_stopping": False}
    said, expected = _both(capsys, "HistGradientBoostingClassifier", options, *_classes())
    assert said == expected
    assert "3 trees, 6 leaves (2 on avg), max depth = 1, in TIME" in said


def test_histograms_go_on_counting_after_a_warm_start(capsys):
    lines = []
    for module in (ours, theirs):
        model = module.HistGradientBoostingRegressor(max_iter=2, warm_start=True, verbose=2)
        _printed(capsys, model, *_regression())
        lines.append(_printed(capsys, model.set_params(max_iter=4), *_regression()))
    assert lines[0] == lines[1]
    assert "[3/4]" in lines[0] and "Fit 4 trees" in lines[0]


@pytest.mark.parametrize("options", [
    {"n_estimators": 3}, {"n_estimators": 34}, {"n_estimators": 14, "verbose": 2},
    {"n_estimators": 120, "max_depth": 1},
], ids=str)
def test_stages_tell_their_losses(options, capsys):
    options = {"verbose": 1, **options}
    said, expected = _both(capsys, "GradientBoostingRegressor", options, *_regression(200))
    assert said == expected
    assert "\n         3 " in said


def test_stages_tell_by_how_much_the_samples_left_out_improve(capsys):
    options = {"verbose": 1, "n_estimators": 12, "subsample": 0.5, "random_state": 0}
    said, expected = _both(capsys, "GradientBoostingRegressor", options, *_regression(200))
    # Which samples are left out is drawn otherwise.
    blank = [re.sub(r" +-?[0-9.]+", " 0", text) for text in (said, expected)]
    assert blank[0] == blank[1]
    model = ours.GradientBoostingRegressor(**{**options, "verbose": 0}).fit(*_regression(200))
    assert f"{model.oob_improvement_[3]:16.4f}" in said


def test_stages_go_on_counting_after_a_warm_start(capsys):
    lines = []
    for module in (ours, theirs):
        model = module.GradientBoostingRegressor(n_estimators=2, warm_start=True, verbose=1)
        _printed(capsys, model, *_regression(200))
        lines.append(_printed(capsys, model.set_params(n_estimators=4), *_regression(200)))
    assert lines[0] == lines[1]
    assert "\n         4 " in lines[0]


@pytest.mark.parametrize("name", ["HistGradientBoostingRegressor", "GradientBoostingRegressor"])
def test_what_is_no_verbosity_is_refused(name):
    for verbose in (-1, "much"):
        with pytest.raises(ValueError, match="The 'verbose' parameter of " + name):
            getattr(ours, name)(verbose=verbose).fit(*_regression(50))
