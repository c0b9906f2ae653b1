"""Nearest neighbors against scikit-learn's: metrics, radii, graphs, centroids."""

import inspect
import pickle

import numpy as np
import pytest

from seodang.learn import neighbors

pytest.importorskip("sklearn")

import sklearn.neighbors  # noqa: E402
from sklearn import datasets  # noqa: E402
from sklearn.model_selection import train_test_split  # noqa: E402


def _halves(name):
    X, y = getattr(datasets, f"load_{name}")(return_X_y=True)
    X = X / X.std(axis=0).clip(1e-9)
    # Moved so little that no two samples are equally far away.
    X = X + np.random.RandomState(0).normal(scale=1e-4, size=X.shape)
    return train_test_split(X, y, test_size=0.4, random_state=0)


NAMES = [
    "KNeighborsClassifier", "KNeighborsRegressor", "NearestCentroid", "NearestNeighbors",
    "RadiusNeighborsClassifier", "RadiusNeighborsRegressor",
]


@pytest.mark.parametrize("name", NAMES)
def test_classes_take_what_scikit_learns_take(name):
    mine, other = getattr(neighbors, name), getattr(sklearn.neighbors, name)
    assert list(inspect.signature(mine).parameters) == list(inspect.signature(other).parameters)
    assert mine().get_params() == other().get_params()
    assert repr(mine()) == repr(other())


@pytest.mark.parametrize(
    "options",
    [
        {"metric": name}
        for name in (
            "euclidean", "manhattan", "chebyshev", "cosine", "correlation", "sqeuclidean", "canberra",
            "braycurtis",
        )
    ]
    + [
        {"metric": "minkowski", "p": 3, "metric_params": {"w": np.arange(1.0, 14)}},
        {"metric": "seuclidean", "metric_params": {"V": np.arange(1.0, 14)}},
        {"metric": "mahalanobis", "metric_params": {"VI": np.eye(13) + 0.1}},
        {"metric": lambda a, b: np.abs(a - b).sum()},
    ],
    ids=lambda o: str(o["metric"])[:12],
)
def test_distances_are_scikit_learns(options):
    A, B, _, _ = _halves("wine")
    ours = neighbors.NearestNeighbors(n_neighbors=4, **options).fit(A)
    theirs = sklearn.neighbors.NearestNeighbors(n_neighbors=4, algorithm="brute", **options).fit(A)
    for query in (B, None):
        for got, want in zip(ours.kneighbors(query), theirs.kneighbors(query), strict=True):
            np.testing.assert_allclose(got, want, rtol=1e-6, atol=1e-7)
    radius = np.median(ours.kneighbors(B)[0])
    mine = ours.radius_neighbors(B, radius, sort_results=True)
    other = theirs.radius_neighbors(B, radius, sort_results=True)
    for got, want in zip(mine, other, strict=True):
        assert [len(row) for row in got] == [len(row) for row in want]
        np.testing.assert_allclose(np.concatenate(got), np.concatenate(want), rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize(
    "metric",
    ["hamming", "jaccard", "dice", "rogerstanimoto", "russellrao", "sokalsneath", "yule"],
)
def test_distances_of_truth_values_are_scikit_learns(metric):
    noise = np.random.RandomState(0)
    A, B = noise.uniform(size=(40, 12)) < 0.5, noise.uniform(size=(15, 12)) < 0.5
    ours = neighbors.NearestNeighbors(n_neighbors=40, metric=metric).fit(A)
    theirs = sklearn.neighbors.NearestNeighbors(
        n_neighbors=40, metric=metric, algorithm="brute"
    ).fit(A)
    np.testing.assert_allclose(ours.kneighbors(B)[0], theirs.kneighbors(B)[0], atol=1e-9)


def test_distances_can_be_given():
    A, B, ya, _ = _halves("iris")
    apart = lambda a, b: np.abs(a[:, None] - b[None]).sum(axis=2)  # noqa: E731
    given = neighbors.KNeighborsClassifier(metric="precomputed").fit(apart(A, A), ya)
    plain = neighbors.KNeighborsClassifier(metric="manhattan").fit(A, ya)
    np.testing.assert_array_equal(given.predict(apart(B, A)), plain.predict(B))
    assert given.__sklearn_tags__().input_tags.pairwise
    with pytest.raises(ValueError, match="must be square"):
        given.fit(apart(B, A), np.zeros(len(B)))
    places = np.radians([[52.5, 13.4], [37.6, 127.0], [35.2, 129.0]])
    globe = neighbors.NearestNeighbors(n_neighbors=2, metric="haversine").fit(places)
    assert globe.kneighbors(places[:1], return_distance=False).tolist() == [[0, 1]]
    for options, message in [
        ({"metric": "seuclidean"}, "'V' parameter is required"),
        ({"metric": "haversine"}, "only valid in 2 dimensions"),
        ({"metric_params": {"q": 1}}, "takes no argument q"),
    ]:
        with pytest.raises(ValueError, match=message):
            neighbors.NearestNeighbors(**options).fit(A)


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer"])
@pytest.mark.parametrize("weights", ["uniform", "distance"])
def test_votes_and_means_within_a_radius_are_scikit_learns(name, weights):
    A, B, ya, yb = _halves(name)
    radius = 0.6 * A.shape[1] ** 0.5
    for label in (1, "most_frequent"):
        options = {"radius": radius, "weights": weights, "outlier_label": label}
        ours = neighbors.RadiusNeighborsClassifier(**options).fit(A, ya)
        theirs = sklearn.neighbors.RadiusNeighborsClassifier(**options).fit(A, ya)
        np.testing.assert_allclose(ours.predict_proba(B), theirs.predict_proba(B), rtol=1e-6)
        np.testing.assert_array_equal(ours.predict(B), theirs.predict(B))
        other = pickle.loads(pickle.dumps(ours))
        np.testing.assert_array_equal(other.predict(B), ours.predict(B))
    far = B + 1000
    with pytest.raises(ValueError, match="No neighbors found for test samples"):
        ours.set_params(outlier_label=None).fit(A, ya).predict(far)
    options = {"radius": radius, "weights": weights}
    ours = neighbors.RadiusNeighborsRegressor(**options).fit(A, ya.astype(float))
    theirs = sklearn.neighbors.RadiusNeighborsRegressor(**options).fit(A, ya.astype(float))
    with pytest.warns(UserWarning, match="predicting NaN"):
        got = ours.predict(np.vstack([B, far]))
    with pytest.warns(UserWarning):
        want = theirs.predict(np.vstack([B, far]))
    np.testing.assert_allclose(got, want, rtol=1e-6)


def test_graphs_are_scikit_learns():
    A, B, ya, _ = _halves("wine")
    for mode in ("connectivity", "distance"):
        for own in (False, True, "auto"):
            options = {"mode": mode, "include_self": own}
            for function, size in (("kneighbors_graph", 3), ("radius_neighbors_graph", 2.5)):
                ours = getattr(neighbors, function)(A, size, **options)
                theirs = getattr(sklearn.neighbors, function)(A, size, **options)
                np.testing.assert_allclose(ours.toarray(), theirs.toarray(), atol=1e-6)
    ours = neighbors.KNeighborsClassifier().fit(A, ya).kneighbors_graph(B, 2)
    theirs = sklearn.neighbors.KNeighborsClassifier().fit(A, ya).kneighbors_graph(B, 2)
    np.testing.assert_array_equal(ours.toarray(), theirs.toarray())
    with pytest.raises(ValueError, match="Unsupported mode"):
        neighbors.kneighbors_graph(A, 2, mode="count")


@pytest.mark.parametrize("name", ["iris", "wine", "digits", "breast_cancer"])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"metric": "manhattan"},
        {"shrink_threshold": 0.5},
        {"priors": "empirical"},
    ],
    ids=str,
)
def test_centroids_are_scikit_learns(name, options):
    A, B, ya, yb = _halves(name)
    ours = neighbors.NearestCentroid(**options).fit(A, ya)
    theirs = sklearn.neighbors.NearestCentroid(**options).fit(A, ya)
    for attribute in ("centroids_", "deviations_", "class_prior_", "within_class_std_dev_"):
        np.testing.assert_allclose(
            getattr(ours, attribute), getattr(theirs, attribute), rtol=1e-7, atol=1e-9
        )
    np.testing.assert_array_equal(ours.predict(B), theirs.predict(B))
    assert ours.score(B, yb) == theirs.score(B, yb)
    if "metric" not in options:
        np.testing.assert_allclose(ours.decision_function(B), theirs.decision_function(B), rtol=1e-6)
        np.testing.assert_allclose(ours.predict_proba(B), theirs.predict_proba(B), atol=1e-9)
