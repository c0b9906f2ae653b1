"""Classifiers and regressors made of others, and dummies, against scikit-learn's."""

import pytest

pytest.importorskip("sklearn")

import numpy as np  # noqa: E402
import sklearn.calibration  # noqa: E402
import sklearn.isotonic  # noqa: E402
from sklearn.linear_model import RidgeClassifier  # noqa: E402
from sklearn.naive_bayes import GaussianNB  # noqa: E402

from metas_support import CLASSIFICATION, NAMES, RIDGE, TREES, both, close, data, parts  # noqa: E402

from seodang.learn import calibration, dummy, frozen, isotonic, multiclass, multioutput  # noqa: E402


@pytest.mark.parametrize("name", NAMES)
def test_dummies_are_scikit_learns(name):
    A, B, a, b = parts(name)
    weights = np.random.RandomState(0).uniform(size=len(A))
    two = np.stack([a, a % 3], 1)
    for strategy in ("most_frequent", "prior", "stratified", "uniform", "constant"):
        for y in (a, two):
            constant = y[3].astype(int) if strategy == "constant" else None
            ours, theirs = both(
                "dummy", "DummyClassifier", strategy=strategy, random_state=3, constant=constant
            )
            for w in (None, weights):
                ours.fit(A, y, w)
                theirs.fit(A, y, w)
                np.testing.assert_array_equal(ours.predict(B), theirs.predict(B))
                close(ours.predict_proba(B), theirs.predict_proba(B))
                close(ours.class_prior_, theirs.class_prior_)
    for options in (
        {}, {"strategy": "median"}, {"strategy": "quantile", "quantile": 0.3},
        {"strategy": "constant", "constant": 4.5},
    ):
        for w in (None, weights):
            ours, theirs = both("dummy", "DummyRegressor", **options)
            ours.fit(A, a, w)
            theirs.fit(A, a, w)
            np.testing.assert_allclose(ours.predict(B), theirs.predict(B))
            assert ours.score(B, b) == pytest.approx(theirs.score(B, b))
            assert ours.score(None, b) == pytest.approx(theirs.score(None, b))
    with pytest.raises(ValueError, match="must be present in the training data"):
        dummy.DummyClassifier(strategy="constant", constant=9999).fit(A, a)
    with pytest.raises(ValueError, match="Constant target value has to be specified"):
        dummy.DummyClassifier(strategy="constant").fit(A, a)
    with pytest.raises(TypeError, match="Constant target value has to be specified"):
        dummy.DummyRegressor(strategy="constant").fit(A, a)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("name", CLASSIFICATION)
def test_many_classes_of_two_are_scikit_learns(name):
    A, B, a, b = parts(name)
    letters = np.array(list("qwertyuiop"))
    for part in (RidgeClassifier(), GaussianNB(), TREES[0][1], RIDGE):
        for kind, options in (
            ("OneVsRestClassifier", {}), ("OneVsOneClassifier", {}),
            ("OutputCodeClassifier", {"random_state": 3, "code_size": 2}),
        ):
            if kind == "OutputCodeClassifier" and part is RIDGE:
                continue
            ours, theirs = both("multiclass", kind, part, **options)
            assert repr(ours) == repr(theirs)
            ours.fit(A, letters[a])
            theirs.fit(A, letters[a])
            np.testing.assert_array_equal(ours.predict(B), theirs.predict(B))
            np.testing.assert_array_equal(ours.classes_, theirs.classes_)
            for method in ("predict_proba", "decision_function"):
                assert hasattr(ours, method) == hasattr(theirs, method)
                if hasattr(ours, method):
                    np.testing.assert_allclose(
                        getattr(ours, method)(B), getattr(theirs, method)(B), atol=1e-12
                    )
    labels = np.stack([a % 2, a > 1, a == 0], axis=1).astype(int)
    ours, theirs = both("multiclass", "OneVsRestClassifier", GaussianNB())
    np.testing.assert_array_equal(
        ours.fit(A, labels).predict(B), theirs.fit(A, labels).predict(B)
    )
    np.testing.assert_allclose(ours.predict_proba(B), theirs.predict_proba(B))
    assert ours.multilabel_ and theirs.multilabel_


def test_many_classes_of_two_fit_on():
    A, B, a, _ = parts("iris")
    for kind in ("OneVsRestClassifier", "OneVsOneClassifier"):
        ours, theirs = both("multiclass", kind, GaussianNB())
        for m in (ours, theirs):
            m.partial_fit(A[:40], a[:40], classes=[0, 1, 2]).partial_fit(A[40:], a[40:])
        np.testing.assert_array_equal(ours.predict(B), theirs.predict(B))
        with pytest.raises(ValueError, match="Mini-batch contains"):
            ours.partial_fit(A[:2], [7, 0])
    with pytest.raises(ValueError, match="can not be fit when only one class"):
        multiclass.OneVsOneClassifier(GaussianNB()).fit(A, a * 0)
    with pytest.warns(UserWarning, match="Label not 3 is present in all training examples"):
        multiclass.OneVsRestClassifier(GaussianNB()).fit(A, np.eye(4, dtype=int)[a])


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("name", NAMES)
def test_many_outputs_are_scikit_learns(name):
    A, B, a, b = parts(name)
    both_y = np.stack([a, A[:, 0], -a], 1)
    for kind, options in (
        ("MultiOutputRegressor", {}), ("RegressorChain", {"order": [2, 0, 1]}),
        ("RegressorChain", {"cv": 3}), ("RegressorChain", {"order": "random", "random_state": 4}),
    ):
        ours, theirs = both("multioutput", kind, RIDGE, **options)
        assert repr(ours) == repr(theirs)
        np.testing.assert_allclose(
            ours.fit(A, both_y).predict(B), theirs.fit(A, both_y).predict(B), rtol=1e-9
        )
    labels, of_b = (
        np.stack([y >= np.median(a), y % 2, X[:, 2] > np.median(A[:, 2])], axis=1).astype(int)
        for X, y in ((A, a), (B, b))
    )
    for kind, options in (
        ("MultiOutputClassifier", {}), ("ClassifierChain", {"order": [1, 2, 0]}),
        ("ClassifierChain", {"cv": 3, "chain_method": "predict_proba"}),
        ("ClassifierChain", {"order": "random", "random_state": 0}),
    ):
        ours, theirs = both("multioutput", kind, GaussianNB(), **options)
        ours.fit(A, labels)
        theirs.fit(A, labels)
        np.testing.assert_array_equal(ours.predict(B), theirs.predict(B))
        close(ours.predict_proba(B), theirs.predict_proba(B))
        assert ours.score(B, of_b) == theirs.score(B, of_b)
    with pytest.raises(ValueError, match="y must have at least two dimensions"):
        multioutput.MultiOutputRegressor(RIDGE).fit(A, a)
    with pytest.raises(ValueError, match="invalid order"):
        multioutput.ClassifierChain(GaussianNB(), order=[0, 0, 1]).fit(A, labels)


@pytest.mark.parametrize("name", NAMES)
def test_isotonic_regression_is_scikit_learns(name):
    X, y = data(name)
    x = X[:, 2]
    weights = np.random.RandomState(0).uniform(size=len(x))
    weights[::5] = 0
    queries = np.linspace(x.min() - 1, x.max() + 1, 57)
    for options in (
        {}, {"increasing": False}, {"increasing": "auto", "out_of_bounds": "clip"},
        {"y_min": 0.5, "y_max": 1.5, "out_of_bounds": "clip"},
    ):
        for w in (None, weights):
            ours, theirs = both("isotonic", "IsotonicRegression", **options)
            ours.fit(x, y, w)
            theirs.fit(x, y, w)
            np.testing.assert_allclose(ours.predict(queries), theirs.predict(queries), rtol=1e-9)
            np.testing.assert_allclose(ours.X_thresholds_, theirs.X_thresholds_)
            np.testing.assert_allclose(ours.y_thresholds_, theirs.y_thresholds_)
            assert ours.increasing_ == theirs.increasing_
    for increasing in (True, False):
        np.testing.assert_allclose(
            isotonic.isotonic_regression(y, sample_weight=weights + 0.1, increasing=increasing),
            sklearn.isotonic.isotonic_regression(
                y, sample_weight=weights + 0.1, increasing=increasing
            ),
        )
    # A shape that pools one block after another.
    slow = -np.sqrt(np.arange(400.0)) + (np.arange(400) % 2) * 1e-3
    for shape in (slow, np.cumsum(np.sin(np.arange(300.0) ** 1.1))):
        np.testing.assert_allclose(
            isotonic.isotonic_regression(shape), sklearn.isotonic.isotonic_regression(shape)
        )
    assert isotonic.check_increasing(x, y) == sklearn.isotonic.check_increasing(x, y)
    with pytest.raises(ValueError, match="interpolation range"):
        isotonic.IsotonicRegression(out_of_bounds="raise").fit(x, y).predict(queries)
    with pytest.raises(ValueError, match="1d array or 2d array with 1 feature"):
        isotonic.IsotonicRegression().fit(X, y)


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_calibrated_classifiers_are_scikit_learns(name):
    A, B, a, b = parts(name)
    weights = np.random.RandomState(0).uniform(0.5, 1.5, size=len(A))
    letters = np.array(list("qwertyuiop"))
    for part in (GaussianNB(), RidgeClassifier()):
        for method in ("sigmoid", "isotonic", "temperature"):
            if method == "temperature" and name == "iris" and isinstance(part, GaussianNB):
                # A round without any mistake: every great factor is as good as another.
                continue
            for ensemble_ in (True, False):
                ours, theirs = both(
                    "calibration", "CalibratedClassifierCV", part, method=method, ensemble=ensemble_, cv=3
                )
                for w in (None, weights):
                    ours.fit(A, letters[a], w)
                    theirs.fit(A, letters[a], w)
                    np.testing.assert_allclose(
                        ours.predict_proba(B), theirs.predict_proba(B), atol=1e-6
                    )
                    assert np.mean(ours.predict(B) == theirs.predict(B)) > 0.99
    right = (b == 1).astype(int)
    shares = ours.predict_proba(B)[:, 1]
    for options in ({}, {"strategy": "quantile", "n_bins": 4}, {"pos_label": 0}):
        for got, want in zip(
            calibration.calibration_curve(right, shares, **options),
            sklearn.calibration.calibration_curve(right, shares, **options), strict=True,
        ):
            np.testing.assert_allclose(got, want)
    with pytest.raises(ValueError, match="Requesting 200-fold"):
        calibration.CalibratedClassifierCV(GaussianNB(), cv=200).fit(A, a)
    with pytest.raises(ValueError, match="outside"):
        calibration.calibration_curve(right, shares * 2)
    with pytest.raises(ValueError, match="pos_label is not specified"):
        calibration.calibration_curve(np.where(right, "a", "b"), shares)


def test_calibration_is_drawn():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    A, B, a, b = parts("breast_cancer")
    fitted = GaussianNB().fit(A, a)
    for options in ({}, {"strategy": "quantile", "name": "mine", "color": "red"}, {"ref_line": False}):
        mine, other = (
            m.CalibrationDisplay.from_estimator(fitted, B, b, **options)
            for m in (calibration, sklearn.calibration)
        )
        assert mine.ax_.get_xlabel() == other.ax_.get_xlabel()
        assert mine.ax_.get_ylabel() == other.ax_.get_ylabel()
        for line, want in zip(mine.ax_.lines, other.ax_.lines, strict=True):
            np.testing.assert_allclose(line.get_xydata(), want.get_xydata())
            assert line.get_label() == want.get_label() and line.get_color() == want.get_color()
        plt.close("all")
    shares = fitted.predict_proba(B)[:, 1]
    mine = calibration.CalibrationDisplay.from_predictions(b, shares)
    np.testing.assert_allclose(mine.line_.get_ydata(), mine.prob_true)
    plt.close("all")


def test_a_frozen_classifier_is_calibrated():
    import pickle

    from sklearn.base import clone, is_classifier
    from sklearn.exceptions import NotFittedError
    from sklearn.frozen import FrozenEstimator

    A, B, a, b = parts("wine")
    ours, theirs = (kind(GaussianNB().fit(A, a)) for kind in (frozen.FrozenEstimator, FrozenEstimator))
    assert clone(ours) is ours and ours.fit(B, b) is ours and is_classifier(ours)
    np.testing.assert_array_equal(ours.predict(B), theirs.predict(B))
    np.testing.assert_array_equal(ours.theta_, theirs.theta_)
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(ours)).predict(B), ours.predict(B))
    got, want = (
        m.CalibratedClassifierCV(f, method="isotonic").fit(B, b).predict_proba(A)
        for m, f in ((calibration, ours), (sklearn.calibration, theirs))
    )
    np.testing.assert_allclose(got, want, atol=1e-12)
    with pytest.raises(ValueError, match="You cannot set parameters of the inner estimator"):
        ours.set_params(var_smoothing=1)
    with pytest.raises(NotFittedError):
        frozen.FrozenEstimator(GaussianNB()).fit(A, a)
    assert not hasattr(ours, "decision_function") and not hasattr(ours, "fit_transform")
