"""The estimators against scikit-learn's contract: its own checks, its tools, its numbers."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from seodang import _native, learn
from seodang.learn.base import clone

pytest.importorskip("sklearn")

import sklearn.base  # noqa: E402
import sklearn.linear_model  # noqa: E402
import sklearn.neighbors  # noqa: E402
from sklearn import datasets  # noqa: E402
from sklearn.model_selection import GridSearchCV, cross_val_score, train_test_split  # noqa: E402
from sklearn.pipeline import make_pipeline  # noqa: E402
from sklearn.preprocessing import StandardScaler  # noqa: E402
from sklearn.utils.estimator_checks import parametrize_with_checks  # noqa: E402

CLASSES = [
    getattr(getattr(learn, entry["module"]), entry["name"]) for entry in _native.learn_classes()
]

# The checks that a class may fail, each with its reason.
# As scikit-learn's own, with the same reasons.
_STEPS = {
    f"check_sample_weight_equivalence_on_{kind}_data": (
        "the solver ends within its tolerance, after other steps where samples are repeated"
    )
    for kind in ("dense", "sparse")
}
_ORDER = {
    name: "each sample is a step, whose length depends on how many there were before" for name in _STEPS
}
_DRAWS = {name: "repeated samples are other draws than heavier ones" for name in _STEPS}
EXPECTED_FAILURES: dict[str, dict[str, str]] = {
    "LinearSVR": _STEPS,
    "NuSVC": {
        "check_class_weight_classifiers": "weights of classes would make nu infeasible",
        **_STEPS,
    },
    "NuSVR": _STEPS,
    "OneClassSVM": _STEPS,
    "Perceptron": _ORDER,
    "RandomForestClassifier": _DRAWS,
    "RandomForestRegressor": _DRAWS,
    "SGDClassifier": _ORDER,
    "SGDRegressor": _ORDER,
    "SVC": _STEPS,
    "SVR": _STEPS,
}


def _expected(estimator):
    return EXPECTED_FAILURES.get(type(estimator).__name__, {})


INSTANCES = [c() for c in CLASSES]


@parametrize_with_checks(INSTANCES, expected_failed_checks=_expected)
def test_scikit_learns_own_checks(estimator, check):
    check(estimator)


CLASSIFICATION = ("iris", "wine", "digits", "breast_cancer")


def _halves(name):
    X, y = getattr(datasets, f"load_{name}")(return_X_y=True)
    return train_test_split(X, y, test_size=0.4, random_state=0)


def _without_ties(*arrays):
    """Real data, moved so little that no two samples are equally far away any more."""
    noise = np.random.RandomState(0)
    return [a + noise.normal(scale=1e-3, size=a.shape) for a in arrays]


@pytest.mark.parametrize("name", CLASSIFICATION)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"weights": "distance"},
        {"weights": lambda d: 1 / (1 + d)},
        {"n_neighbors": 1},
        {"p": 1},
        {"metric": "chebyshev", "n_neighbors": 7},
        {"p": 3, "n_neighbors": 3},
        {"metric": "cosine", "weights": "distance"},
    ],
    ids=lambda o: str(o).split(" at 0x")[0],  # workers must agree on names
)
def test_nearest_neighbors_vote_as_scikit_learns(name, options):
    A, B, ya, yb = _halves(name)
    theirs = sklearn.neighbors.KNeighborsClassifier(algorithm="brute", **options)
    ours = learn.neighbors.KNeighborsClassifier(**options)
    A, B = _without_ties(A, B)
    ours.fit(A, ya)
    theirs.fit(A, ya)
    np.testing.assert_allclose(
        ours.predict_proba(B), theirs.predict_proba(B), rtol=1e-6, atol=1e-12
    )
    np.testing.assert_array_equal(ours.predict(B), theirs.predict(B))
    assert ours.score(B, yb) == theirs.score(B, yb)
    assert ours.effective_metric_ == theirs.effective_metric_
    assert ours.effective_metric_params_ == theirs.effective_metric_params_
    assert ours.n_samples_fit_ == theirs.n_samples_fit_
    assert ours.outputs_2d_ == theirs.outputs_2d_


@pytest.mark.parametrize("weights", ["uniform", "distance"])
def test_nearest_neighbors_average_as_scikit_learns(weights):
    A, B, ya, _ = _halves("diabetes")
    theirs = sklearn.neighbors.KNeighborsRegressor(weights=weights).fit(A, ya)
    ours = learn.neighbors.KNeighborsRegressor(weights=weights).fit(A, ya)
    np.testing.assert_allclose(ours.predict(B), theirs.predict(B), rtol=1e-9)
    both = np.stack([ya, -2 * ya], axis=1)
    np.testing.assert_allclose(
        ours.fit(A, both).predict(B), theirs.fit(A, both).predict(B), rtol=1e-9
    )


def test_neighbors_are_scikit_learns():
    A, B, ya, _ = _halves("wine")
    theirs = sklearn.neighbors.KNeighborsClassifier().fit(A, ya)
    ours = learn.neighbors.KNeighborsClassifier().fit(A, ya)
    for query in (B, None):
        for got, want in zip(ours.kneighbors(query, 3), theirs.kneighbors(query, 3), strict=True):
            np.testing.assert_allclose(got, want, rtol=1e-9)
    assert ours.kneighbors(B, return_distance=False).shape == (len(B), 5)
    with pytest.raises(ValueError, match="Expected n_neighbors <= n_samples_fit"):
        ours.kneighbors(B, len(A) + 1)
    with pytest.raises(ValueError, match="Expected n_neighbors > 0"):
        ours.kneighbors(B, 0)


@pytest.mark.parametrize("name", ["diabetes", "wine", "breast_cancer"])
@pytest.mark.parametrize("options", [{}, {"fit_intercept": False}, {"positive": True}], ids=str)
def test_linear_regression_is_scikit_learns(name, options):
    A, B, ya, yb = _halves(name)
    weights = np.random.RandomState(0).uniform(0.5, 2, len(A))
    for w in (None, weights):
        theirs = sklearn.linear_model.LinearRegression(**options).fit(A, ya, w)
        ours = learn.linear_model.LinearRegression(**options).fit(A, ya, w)
        scale = np.abs(theirs.coef_).max()
        np.testing.assert_allclose(ours.coef_, theirs.coef_, rtol=1e-6, atol=1e-8 * scale)
        np.testing.assert_allclose(ours.intercept_, theirs.intercept_, rtol=1e-6, atol=1e-8)
        np.testing.assert_allclose(ours.predict(B), theirs.predict(B), rtol=1e-7, atol=1e-8)
        assert ours.score(B, yb) == pytest.approx(theirs.score(B, yb), abs=1e-9)
        assert hasattr(ours, "rank_") == hasattr(theirs, "rank_")


@pytest.mark.parametrize("labels", ["<U9", object, bool, np.int8, "category"])
def test_labels_of_any_type_come_back(labels):
    pandas = pytest.importorskip("pandas")
    X, y = datasets.load_iris(return_X_y=True)
    names = np.array(["setosa", "virginica", "other"])
    if labels == "category":
        y = pandas.Series(names[y], dtype="category")
    elif labels in ("<U9", object):
        y = names[y].astype(labels)
    else:
        y = (y > 1).astype(labels)
    theirs = sklearn.neighbors.KNeighborsClassifier(1).fit(X, y)
    ours = learn.neighbors.KNeighborsClassifier(1).fit(X, y)
    np.testing.assert_array_equal(ours.classes_, theirs.classes_)
    assert ours.classes_.dtype == theirs.classes_.dtype
    assert ours.predict(X).dtype == theirs.predict(X).dtype
    assert ours.score(X, y) == 1.0


def test_estimators_work_in_scikit_learns_tools():
    X, y = datasets.load_wine(return_X_y=True)
    ours, theirs = (
        GridSearchCV(
            make_pipeline(StandardScaler(), knn),
            {"kneighborsclassifier__n_neighbors": [1, 3, 9]},
            n_jobs=2,
            scoring="accuracy",
        ).fit(X, y)
        for knn in (
            learn.neighbors.KNeighborsClassifier(), sklearn.neighbors.KNeighborsClassifier()
        )
    )
    assert ours.best_params_ == theirs.best_params_
    assert ours.best_score_ == pytest.approx(theirs.best_score_)
    pipeline = sklearn.base.clone(make_pipeline(StandardScaler(), learn.linear_model.LinearRegression()))
    X, y = datasets.load_diabetes(return_X_y=True)
    np.testing.assert_allclose(
        cross_val_score(pipeline, X, y),
        cross_val_score(make_pipeline(StandardScaler(), sklearn.linear_model.LinearRegression()), X, y),
        rtol=1e-8,
    )


def _answer(estimator, X):
    """What an estimator says of samples, as an array."""
    if hasattr(estimator, "predict"):
        return estimator.predict(X)
    if hasattr(estimator, "kneighbors"):
        return estimator.kneighbors(X)[0]
    out = estimator.transform(X)
    return out.toarray() if hasattr(out, "toarray") else out


@pytest.mark.parametrize("cls", CLASSES, ids=lambda c: c.__name__)
def test_pickles_copies_and_files_predict_the_same(cls, tmp_path):
    X, y = datasets.load_iris(return_X_y=True)
    fitted = cls().fit(X, y)
    learn.save(fitted, tmp_path / "model.seodang")
    for other in (pickle.loads(pickle.dumps(fitted)), learn.load(tmp_path / "model.seodang")):
        np.testing.assert_array_equal(_answer(other, X), _answer(fitted, X))
        assert repr(other) == repr(fitted)
        assert set(vars(other)) == set(vars(fitted))
    for copied in (clone(fitted), sklearn.base.clone(fitted)):
        assert not hasattr(copied, "n_features_in_") and copied.get_params() == fitted.get_params()
        if sklearn.utils.get_tags(copied).requires_fit:
            with pytest.raises(sklearn.exceptions.NotFittedError, match="is not fitted yet"):
                _answer(copied, X)
        with pytest.raises(learn.exceptions.NotFittedError):
            learn.save(copied, tmp_path / "unfitted")


def test_a_pickle_keeps_functions_and_a_file_refuses_them(tmp_path):
    X, y = datasets.load_iris(return_X_y=True)
    fitted = learn.neighbors.KNeighborsClassifier(weights=np.exp).fit(X, y)
    other = pickle.loads(pickle.dumps(fitted))
    assert other.weights is np.exp
    np.testing.assert_array_equal(other.predict_proba(X), fitted.predict_proba(X))
    with pytest.raises(TypeError, match="weights cannot be saved in a file of data"):
        learn.save(fitted, tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_a_damaged_file_is_refused(tmp_path):
    X, y = datasets.load_iris(return_X_y=True)
    path = tmp_path / "knn"
    learn.save(learn.neighbors.KNeighborsClassifier().fit(X, y), path)
    whole = path.read_bytes()
    for length in (0, 7, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(ValueError):
            learn.load(path)
    changed = bytearray(whole)
    changed[-3] ^= 1
    path.write_bytes(changed)
    with pytest.raises(ValueError, match="checksum"):
        learn.load(path)


def test_frames_give_their_names(tmp_path):
    pandas = pytest.importorskip("pandas")
    frame = datasets.load_wine(as_frame=True)
    X, y = frame.data, frame.target
    ours = learn.neighbors.KNeighborsClassifier().fit(X, y)
    theirs = sklearn.neighbors.KNeighborsClassifier().fit(X, y)
    np.testing.assert_array_equal(ours.feature_names_in_, theirs.feature_names_in_)
    learn.save(ours, tmp_path / "model")
    np.testing.assert_array_equal(
        learn.load(tmp_path / "model").feature_names_in_, ours.feature_names_in_
    )
    for estimator in (ours, theirs):
        with pytest.warns(UserWarning, match="X does not have valid feature names"):
            estimator.predict(X.to_numpy())
        with pytest.raises(ValueError, match="Feature names unseen at fit time:\n- other"):
            estimator.predict(X.rename(columns={"hue": "other"}))
        with pytest.raises(ValueError, match="must be in the same order"):
            estimator.predict(X[X.columns[::-1]])
    with pytest.raises(TypeError, match="string names"):
        ours.fit(pandas.DataFrame({"a": [1.0, 2.0], 3: [1.0, 2.0]}), [0, 1])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_neighbors": 0}, r"'n_neighbors' parameter of KNeighborsClassifier must be an int in "
                             r"the range \[1, inf\).*Got 0 instead"),
        ({"n_neighbors": 2.5}, r"Got 2\.5 instead"),
        ({"weights": "near"}, r"'weights' parameter .*\{'uniform', 'distance'\}.*Got 'near'"),
        ({"algorithm": "tree"}, r"'algorithm' parameter .*'ball_tree'.*Got 'tree'"),
        ({"p": -1}, r"'p' parameter .*\(0\.0, inf\].*Got -1 instead"),
        ({"leaf_size": 0}, r"'leaf_size' parameter"),
        ({"metric_params": 3}, r"'metric_params' parameter .*an instance of 'dict'.*Got 3"),
    ],
    ids=str,
)
def test_wrong_parameters_are_refused_in_fit(options, message):
    knn = learn.neighbors.KNeighborsClassifier(**options)
    with pytest.raises(ValueError, match=message) as refused:
        knn.fit([[0.0], [1.0]], [0, 1])
    # As in scikit-learn, whose programs catch either.
    assert isinstance(refused.value, TypeError)


def test_wrong_data_have_scikit_learns_words():
    linear = learn.linear_model.LinearRegression()
    cases = [
        (([1.0, 2.0], [1, 2]), "Expected 2D array, got 1D array instead"),
        (([[1.0], [np.nan]], [1, 2]), "Input X contains NaN"),
        (([[1.0], [np.inf]], [1, 2]), "Input X contains infinity"),
        (([[1.0], [2.0]], [1, np.nan]), "Input y contains NaN"),
        (([[1.0], [2.0]], [1, 2, 3]), r"inconsistent numbers of samples: \[2, 3\]"),
        (([["a"], ["b"]], [1, 2]), "could not convert string to float"),
        ((np.zeros((0, 3)), []), r"Found array with 0 sample\(s\)"),
        ((np.zeros((3, 0)), [1, 2, 3]), r"Found array with 0 feature\(s\)"),
        (([[1j], [2.0]], [1, 2]), "Complex data not supported"),
    ]
    for data, message in cases:
        with pytest.raises(ValueError, match=message):
            linear.fit(*data)
    linear.fit([[1.0, 2.0], [3.0, 5.0]], [1, 2])
    with pytest.raises(ValueError, match="X has 1 features, but LinearRegression is expecting 2"):
        linear.predict([[1.0]])
    with pytest.raises(ValueError, match="Unknown label type: continuous"):
        learn.neighbors.KNeighborsClassifier().fit([[0.0], [1.0]], [0.5, 1.5])


def test_estimators_print_what_was_changed():
    for ours, theirs in zip(
        (learn.neighbors, learn.linear_model), (sklearn.neighbors, sklearn.linear_model), strict=True
    ):
        for name in ours._generated.NAMES:
            mine, other = getattr(ours, name)(), getattr(theirs, name)()
            assert repr(mine) == repr(other)
            for key, value in mine.get_params().items():
                assert other.get_params()[key] == value, key
    options = {"n_neighbors": 3, "weights": "distance", "metric": "manhattan", "leaf_size": 12,
               "algorithm": "brute"}
    mine = learn.neighbors.KNeighborsClassifier(**options)
    other = sklearn.neighbors.KNeighborsClassifier(**options)
    assert repr(mine) == repr(other)
    # Inside of scikit-learn's own estimators the lines may break elsewhere.
    whole = (repr(make_pipeline(StandardScaler(), knn)).split() for knn in (mine, other))
    assert next(whole) == next(whole)
    for many in (mine, other):
        many.set_params(metric_params={"a_long_name": 12345678, "another_long_name": 87654321})
    assert repr(mine) == repr(other)
    assert "<table" in mine._repr_html_() and "manhattan" in mine._repr_html_()


@pytest.mark.parametrize("grid", [
    [{"kernel": ["rbf"], "C": [1, 10], "gamma": ["scale", 0.01]}, {"kernel": ["linear"], "C": [1]}],
    {"kernel": ["rbf"] * 9, "C": list(range(60)), "gamma": ["scale", 0.01]},
    {"C": (1, 2), "class_weight": [{i: i / 2 for i in range(40)}], "degree": [2, 3, 4, 5, 6, 7]},
])
def test_long_parameters_print_as_scikit_learns(grid):
    ours, theirs = (
        library.model_selection.GridSearchCV(library.svm.SVC(C=2), grid, cv=3, scoring="f1")
        for library in (learn, sklearn)
    )
    assert repr(ours) == repr(theirs)


def test_a_name_that_is_not_there_is_named():
    with pytest.raises(AttributeError, match="sklearn.neighbors.KernelDensity is not in Seodang yet"):
        learn.neighbors.KernelDensity
    with pytest.raises(ValueError, match="Invalid parameter 'k' for estimator"):
        learn.neighbors.KNeighborsClassifier().set_params(k=3)


PROGRAM = """
from sklearn.neighbors import KNeighborsClassifier
import sklearn.linear_model
print(KNeighborsClassifier.__module__.partition('.')[0])
print(KNeighborsClassifier(1).fit([[0.0], [1.0]], ['a', 'b']).predict([[0.9]])[0])
try:
    from sklearn.neighbors import KernelDensity
    print('there')
except ImportError as error:
    print(error)
"""


@pytest.mark.parametrize("asked", ["0", "1", None])
def test_a_program_is_redirected_unless_it_is_told_not_to(tmp_path, asked):
    (tmp_path / "program.py").write_text(PROGRAM)
    package = str(Path(learn.__file__).parents[2])
    paths = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "SEODANG_LANG": "en", "PYTHONPATH": paths}
    environment.pop("SEODANG_SKLEARN", None)
    if asked is not None:
        environment["SEODANG_SKLEARN"] = asked
    ran = subprocess.run(
        [sys.executable, "-m", "seodang", "program.py"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    whose, label, last = ran.stdout.splitlines()[:3]
    assert whose == ("sklearn" if asked == "0" else "seodang")
    assert label == "b"
    assert ("sklearn.neighbors.KernelDensity is not in Seodang yet" in last) == (asked != "0")


def test_a_transformer_of_the_users_gives_frames():
    pandas = pytest.importorskip("pandas")

    class Doubled(learn.base.TransformerMixin, learn.base.BaseEstimator):
        def __init__(self, by=2):
            self.by = by

        def fit(self, X, y=None):
            return self

        def transform(self, X):
            return np.asarray(X) * self.by

        def get_feature_names_out(self, names=None):
            return ["a2", "b2"]

    frame = pandas.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]}, index=[7, 9])
    assert isinstance(Doubled().fit_transform(frame), np.ndarray)
    out = Doubled(by=3).set_output(transform="pandas").fit_transform(frame)
    pandas.testing.assert_frame_equal(
        out, pandas.DataFrame({"a2": [3.0, 6.0], "b2": [9.0, 12.0]}, index=[7, 9])
    )
    assert clone(Doubled(5)).get_params() == {"by": 5}
    nested = make_pipeline(Doubled(), learn.neighbors.KNeighborsClassifier())
    nested.set_params(doubled__by=4, kneighborsclassifier__n_neighbors=1)
    assert nested.fit(frame, [0, 1]).predict(frame).tolist() == [0, 1]
    with pytest.raises(ValueError, match="output config must be in"):
        Doubled().set_output(transform="csv")


def test_sparse_features_give_what_dense_ones_do():
    sparse = pytest.importorskip("scipy.sparse")
    X, y = datasets.load_digits(return_X_y=True)
    for cls in CLASSES:
        if not sklearn.utils.get_tags(cls()).input_tags.sparse:
            continue
        if cls.__name__ in ("Perceptron", "SGDClassifier", "SGDRegressor"):
            # Their intercepts move more slowly where features are sparse, as scikit-learn's do:
            # test_learn_linear.py compares those steps.
            continue
        options = {"random_state": 0} if "random_state" in cls().get_params() else {}
        dense = cls(**options).fit(X, y)
        thin = cls(**options).fit(sparse.csc_matrix(X), y)
        np.testing.assert_allclose(
            _answer(thin, sparse.coo_matrix(X[:50])), _answer(dense, X[:50]), rtol=1e-7, atol=1e-9
        )


def test_scores_are_scikit_learns():
    from sklearn import metrics

    noise = np.random.RandomState(0)
    a, b, w = noise.normal(size=(30, 2)), noise.normal(size=(30, 2)), noise.uniform(size=30)
    for how in ("raw_values", "uniform_average", "variance_weighted", [0.2, 0.8]):
        np.testing.assert_allclose(
            learn.metrics.r2_score(a, b, sample_weight=w, multioutput=how),
            metrics.r2_score(a, b, sample_weight=w, multioutput=how),
        )
    a, b = a > 0, b > 0
    for true, guess in ((a[:, 0], b[:, 0]), (a, b)):
        for normalize in (True, False):
            assert learn.metrics.accuracy_score(
                true, guess, normalize=normalize, sample_weight=w
            ) == pytest.approx(
                metrics.accuracy_score(true, guess, normalize=normalize, sample_weight=w)
            )
