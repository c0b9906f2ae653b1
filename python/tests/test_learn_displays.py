"""The pictures of metrics beside scikit-learn's: the same lines, words and colours on the axes."""

import numpy as np
import pytest
from learn_support import assert_same_signature, outcome

from seodang.learn import metrics as ours

pytest.importorskip("sklearn")
matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("agg")

import matplotlib.pyplot as plt  # noqa: E402
import sklearn.metrics as theirs  # noqa: E402
from sklearn import datasets  # noqa: E402
from sklearn.linear_model import LinearRegression, LogisticRegression  # noqa: E402
from sklearn.model_selection import cross_validate  # noqa: E402
from sklearn.naive_bayes import GaussianNB  # noqa: E402

DISPLAYS = {
    "ConfusionMatrixDisplay": ("plot", "from_estimator", "from_predictions"),
    "RocCurveDisplay": ("plot", "from_estimator", "from_predictions", "from_cv_results"),
    "PrecisionRecallDisplay": ("plot", "from_estimator", "from_predictions", "from_cv_results"),
    "DetCurveDisplay": ("plot", "from_estimator", "from_predictions"),
    "PredictionErrorDisplay": ("plot", "from_estimator", "from_predictions"),
}


@pytest.fixture(autouse=True)
def no_figures_left():
    yield
    plt.close("all")


def drawn(display):
    """What is on the axes of a display."""
    ax = display.ax_
    legend = ax.get_legend()
    return {
        "lines": [
            (np.round(line.get_xydata(), 9).tolist(), line.get_color(), line.get_linestyle(),
             line.get_drawstyle(), line.get_alpha())
            for line in ax.get_lines()
        ],
        "dots": [np.round(c.get_offsets(), 9).tolist() for c in ax.collections],
        "texts": [(t.get_text(), t.get_position(), t.get_color(), t.get_size()) for t in ax.texts],
        "images": [(i.get_array().tolist(), i.get_cmap().name) for i in ax.images],
        "titles": (ax.get_xlabel(), ax.get_ylabel(), ax.get_xlim(), ax.get_ylim()),
        "ticks": [(t.get_text(), t.get_rotation()) for t in ax.get_xticklabels()],
        "legend": None if legend is None else [t.get_text() for t in legend.get_texts()],
        "borders": {k: s.get_visible() for k, s in ax.spines.items()},
        "axes": len(display.figure_.axes),
        "parts": sorted(vars(display)),
    }


def same(display, method, /, *args, **kwargs):
    (got, said), (want, should) = (
        outcome(getattr(getattr(m, display), method), *args, **kwargs) for m in (ours, theirs)
    )
    assert got[0] == want[0], (got, want)
    if want[0] == "error":
        assert got[2] == want[2]
    else:
        assert drawn(got[1]) == drawn(want[1])
        assert said == should
    plt.close("all")


@pytest.mark.parametrize("name", DISPLAYS)
def test_the_arguments_are_scikit_learns(name):
    mine, other = getattr(ours, name), getattr(theirs, name)
    assert_same_signature(mine, other)
    for method in DISPLAYS[name]:
        assert_same_signature(getattr(mine, method), getattr(other, method))


@pytest.fixture(scope="module")
def data():
    X, y = datasets.load_breast_cancer(return_X_y=True)
    X = X + np.random.RandomState(0).normal(scale=X.std(axis=0) * 2, size=X.shape)
    return X[:300], y[:300]


def test_confusion_matrices(data):
    X, y = datasets.load_iris(return_X_y=True)
    model = GaussianNB().fit(X[::2], y[::2])
    name = "ConfusionMatrixDisplay"
    for options in (
        {}, {"normalize": "true"}, {"display_labels": ["a", "b", "c"]}, {"labels": [2, 0]},
        {"include_values": False, "colorbar": False}, {"values_format": ".3f", "cmap": "Blues"},
        {"xticks_rotation": 45, "text_kw": {"size": 20}, "im_kw": {"cmap": "gray"}},
        {"sample_weight": np.linspace(0, 1, len(y))}, {"text_kw": {"ha": "left", "horizontalalignment": "left"}},
    ):
        same(name, "from_estimator", model, X, y, **options)
        same(name, "from_predictions", y * 1000, model.predict(X) * 1000, **options)
    same(name, "from_estimator", LinearRegression().fit(X, y), X, y)
    _, ax = plt.subplots()
    display = ours.ConfusionMatrixDisplay(np.array([[100000, 2], [3, 4]])).plot(ax=ax)
    assert display.ax_ is ax and display.text_[0, 0].get_text() == "1e+05"


@pytest.mark.parametrize("name", ["RocCurveDisplay", "PrecisionRecallDisplay", "DetCurveDisplay"])
def test_curves(name, data):
    X, y = data
    words = np.array(["no", "yes"])[y]
    several = name != "DetCurveDisplay"
    line = LogisticRegression(solver="newton-cholesky").fit(X[::2], y[::2])
    options = [{}, {"name": "mine"}, {"drop_intermediate": False}, {"pos_label": 0},
               {"response_method": "decision_function"}, {"pos_label": 7},
               {"sample_weight": np.linspace(0, 1, len(y))}]
    if several:
        options += [{"plot_chance_level": True}, {"despine": True, "curve_kwargs": {"c": "red"}},
                    {"plot_chance_level": True, "chance_level_kw": {"label": "luck", "lw": 3}},
                    {"curve_kwargs": {"label": None}}]
    else:
        options += [{"color": "red"}]
    for given in options:
        same(name, "from_estimator", line, X, y, **given)
    scores = line.decision_function(X)
    same(name, "from_predictions", y, scores)
    same(name, "from_predictions", words, scores, pos_label="yes")
    same(name, "from_predictions", words, scores)
    same(name, "from_predictions", y[:9], scores)
    same(name, "from_predictions", np.arange(len(y)) % 3, scores)
    same(name, "from_estimator", LinearRegression().fit(X, y), X, y)
    same(name, "from_estimator", GaussianNB(), X, y)
    three = GaussianNB().fit(X, np.arange(len(X)) % 3)
    same(name, "from_estimator", three, X, y)
    if name != "RocCurveDisplay":
        same(name, "from_predictions", y, y_pred=scores)
        same(name, "from_predictions", y, scores, y_pred=scores)
    if name == "PrecisionRecallDisplay":
        same(name, "from_predictions", y, scores, color="red")
        same(name, "from_predictions", y, scores, color="red", curve_kwargs={"lw": 2})


@pytest.mark.parametrize("name", ["RocCurveDisplay", "PrecisionRecallDisplay"])
def test_curves_of_folds(name, data):
    X, y = data
    model = LogisticRegression(solver="newton-cholesky")
    results = cross_validate(model, X, y, cv=3, return_estimator=True, return_indices=True)
    for options in (
        {}, {"name": "mine"}, {"name": ["a", "b", "c"]}, {"plot_chance_level": True},
        {"name": ["a", "b", "c"], "curve_kwargs": [{"color": c} for c in "rgb"]},
        {"curve_kwargs": {"alpha": 1}}, {"curve_kwargs": [{"color": "r"}]}, {"name": ["a", "b"]},
        {"pos_label": 0}, {"sample_weight": np.linspace(0, 1, len(y))},
    ):
        same(name, "from_cv_results", results, X, y, **options)
    same(name, "from_cv_results", results, X[:20], y)
    same(name, "from_cv_results", results, X, np.arange(len(y)) % 3)
    without = cross_validate(model, X, y, cv=3)
    with pytest.raises(ValueError, match="does not contain one of the following required keys"):
        getattr(ours, name).from_cv_results(without, X, y)


def test_errors_of_predictions():
    X, y = datasets.load_diabetes(return_X_y=True)
    model = LinearRegression().fit(X, y)
    name = "PredictionErrorDisplay"
    for options in (
        {}, {"kind": "actual_vs_predicted"}, {"kind": "other"}, {"subsample": 50, "random_state": 0},
        {"subsample": 0.2, "random_state": 1}, {"subsample": None}, {"subsample": 0},
        {"subsample": 1.5}, {"scatter_kwargs": {"c": "red"}, "line_kwargs": {"ls": ":"}},
    ):
        same(name, "from_estimator", model, X, y, **options)
        same(name, "from_predictions", y, model.predict(X), **options)


def test_the_users_axes_are_drawn_on(data):
    _, y = data
    _, (left, right) = plt.subplots(1, 2)
    assert ours.RocCurveDisplay.from_predictions(y, y * 0.5, ax=left).ax_ is left
    assert ours.PrecisionRecallDisplay.from_predictions(y, y * 0.5, ax=right).ax_ is right
    with pytest.raises(ValueError, match="You must provide prevalence_pos_label"):
        ours.PrecisionRecallDisplay([1, 0.5], [0, 1]).plot(plot_chance_level=True)
    with pytest.raises(ValueError, match="should all be lists of the same length"):
        ours.RocCurveDisplay(fpr=[[0, 1]], tpr=[[0, 1], [0, 1]]).plot()
    with pytest.warns(FutureWarning, match="`estimator_name` is deprecated"):
        ours.PrecisionRecallDisplay([1], [0], estimator_name="a")
