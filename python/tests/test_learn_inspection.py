"""What is seen of fitted estimators from outside, against scikit-learn's."""

import pytest

pytest.importorskip("sklearn")

import numpy as np  # noqa: E402
import sklearn.inspection  # noqa: E402
from sklearn.naive_bayes import GaussianNB  # noqa: E402

from metas_support import NAMES, REGRESSION_TREES, RIDGE, TREES, data, parts  # noqa: E402

from seodang.learn import inspection  # noqa: E402


@pytest.mark.parametrize("name", NAMES)
def test_permutation_importances_are_scikit_learns(name):
    A, B, a, b = parts(name)
    A, B = A[:, :8], B[:, :8]
    fitted = (REGRESSION_TREES if name == "diabetes" else TREES)[0][1].fit(A, a)
    weights = np.random.RandomState(0).uniform(size=len(B))
    for options in (
        {"random_state": 0}, {"random_state": 1, "n_repeats": 2, "max_samples": 0.5},
        {"random_state": 1, "sample_weight": weights}, {"random_state": 3, "scoring": ["r2"]},
    ):
        got = inspection.permutation_importance(fitted, B, b, **options)
        want = sklearn.inspection.permutation_importance(fitted, B, b, **options)
        if "scoring" in options:
            got, want = got["r2"], want["r2"]
        for key in ("importances", "importances_mean", "importances_std"):
            np.testing.assert_allclose(got[key], want[key], atol=1e-12)
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(B)
    got = inspection.permutation_importance(fitted, frame, b, random_state=0)
    want = sklearn.inspection.permutation_importance(fitted, frame, b, random_state=0)
    np.testing.assert_allclose(got.importances, want.importances, atol=1e-12)


@pytest.mark.filterwarnings("ignore:X has feature names")
@pytest.mark.parametrize("name", NAMES)
def test_partial_dependence_is_scikit_learns(name):
    A, _, a, _ = parts(name)
    fitted = RIDGE.fit(A, a) if name == "diabetes" else GaussianNB().fit(A, a)
    weights = np.random.RandomState(0).uniform(size=len(A))
    for features, options in (
        ([2], {}), ([3], {"kind": "both", "grid_resolution": 7}), (2, {"percentiles": (0.2, 0.6)}),
        ([2, 3], {"grid_resolution": 5, "sample_weight": weights}),
        ([1], {"categorical_features": [1], "grid_resolution": 4}),
        ([2], {"custom_values": {2: [1.0, 2.0, 3.5]}}),
    ):
        if "custom_values" in options:
            got = inspection.partial_dependence(fitted, A, features, **options)
            assert got.grid_values[0].tolist() == [1.0, 2.0, 3.5]
            continue
        got = inspection.partial_dependence(fitted, A, features, **options)
        want = sklearn.inspection.partial_dependence(fitted, A, features, **options)
        assert list(got) == list(want)
        for x, y in zip(got.grid_values, want.grid_values, strict=True):
            np.testing.assert_allclose(x, y, rtol=1e-12)
        for key in set(want) - {"grid_values"}:
            assert got[key].shape == want[key].shape
            np.testing.assert_allclose(got[key], want[key], rtol=1e-7, atol=1e-12)
    for wrong in (
        {"percentiles": (0.5,)}, {"percentiles": (0.9, 0.1)}, {"grid_resolution": 1},
        {"method": "recursion", "kind": "both"}, {"features": [99]}, {"features": ["a"]},
    ):
        with pytest.raises(ValueError):
            sklearn.inspection.partial_dependence(fitted, A, **{"features": [2], **wrong})
        with pytest.raises(ValueError):
            inspection.partial_dependence(fitted, A, **{"features": [2], **wrong})


def test_trees_are_asked_for_dependence_directly():
    from sklearn.ensemble import GradientBoostingClassifier

    X, y = data("breast_cancer")
    boosted = GradientBoostingClassifier(n_estimators=3, random_state=0).fit(X[:, :5], y)
    got = inspection.partial_dependence(boosted, X[:, :5], [0])
    want = sklearn.inspection.partial_dependence(boosted, X[:, :5], [0])
    np.testing.assert_allclose(got.average, want.average)
    with pytest.raises(ValueError, match="does not support the 'recursion' method"):
        inspection.partial_dependence(GaussianNB().fit(X, y), X, [0], method="recursion")


def test_boundaries_and_dependence_are_drawn():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    X, y = data("iris")
    X = X[:, :2]
    for part, target in ((GaussianNB(), y), (GaussianNB(), y > 0), (TREES[0][1], y), (RIDGE, y)):
        part.fit(X, target)
        for options in (
            {}, {"response_method": "predict", "plot_method": "pcolormesh"}, {"eps": 0.2},
        ):
            mine, other = (
                m.DecisionBoundaryDisplay.from_estimator(part, X, grid_resolution=9, **options)
                for m in (inspection, sklearn.inspection)
            )
            np.testing.assert_allclose(mine.response, other.response)
            np.testing.assert_allclose(mine.xx0, other.xx0)
            assert len(mine.ax_.collections) == len(other.ax_.collections) > 0
            plt.close("all")
    with pytest.raises(ValueError, match="n_features must be equal to 2"):
        inspection.DecisionBoundaryDisplay.from_estimator(RIDGE, np.zeros((4, 3)))
    X, y = data("diabetes")
    fitted = RIDGE.fit(X, y)
    _, axes = plt.subplots(1, 3)
    mine, other = (
        m.PartialDependenceDisplay.from_estimator(
            fitted, X, [0, (0, 2), 1], kind=["both", "average", "average"], subsample=5,
            random_state=0, grid_resolution=6, categorical_features=[1],
        )
        for m in (inspection, sklearn.inspection)
    )
    for got, want in zip(mine.pd_results, other.pd_results, strict=True):
        np.testing.assert_allclose(got.average, want.average)
    assert mine.features == other.features and mine.target_idx == other.target_idx
    for k, values in other.deciles.items():
        np.testing.assert_allclose(mine.deciles[k], values)
    assert len(mine.axes_[0].lines) == 6
    np.testing.assert_allclose(mine.axes_[0].lines[-1].get_ydata(), mine.pd_results[0].average[0])
    assert len(mine.axes_[1].collections) > 0 and len(mine.axes_[2].patches) == 2
    own = inspection.PartialDependenceDisplay.from_estimator(
        fitted, X, [0, 1, 2], ax=axes, grid_resolution=5, centered=True
    )
    assert own.axes_[1] is axes[1] and own.axes_[1].lines[0].get_ydata()[0] == 0
    with pytest.raises(ValueError, match="Expected ax to have 3 axes, got 2"):
        own.plot(ax=axes[:2])
    plt.close("all")
