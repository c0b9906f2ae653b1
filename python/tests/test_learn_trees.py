"""Trees of samples and metrics as objects against scikit-learn's."""

import inspect
import pickle

import numpy as np
import pytest

from seodang.learn import metrics, neighbors
from seodang.learn.neighbors import BallTree, KDTree

pytest.importorskip("sklearn")

import sklearn.metrics  # noqa: E402
import sklearn.neighbors  # noqa: E402
from sklearn import datasets  # noqa: E402

SETS = ("iris", "wine", "digits", "breast_cancer", "diabetes")
BOXES = [
    ("euclidean", {}), ("manhattan", {}), ("chebyshev", {}), ("minkowski", {"p": 3}),
    ("minkowski", {"p": 1.5}), ("p", {"p": 4}),
]
BALLS = [
    *BOXES, ("minkowski", {"p": 3, "w": [1.0, 2, 0.5]}), ("seuclidean", {"V": [1.0, 2, 3]}),
    ("mahalanobis", {"V": [[2.0, 0.5, 0], [0.5, 1, 0], [0, 0, 3]]}), ("canberra", {}),
    ("braycurtis", {}), ("hamming", {}),
]
TRUTHS = ["jaccard", "dice", "rogerstanimoto", "russellrao", "sokalmichener", "sokalsneath"]


def _samples(n=300, d=3, seed=0):
    return np.random.RandomState(seed).normal(size=(n, d))


def _both(name, *args, **kwargs):
    return (getattr(module, name)(*args, **kwargs) for module in (neighbors, sklearn.neighbors))


@pytest.mark.parametrize(
    "name, metric, options",
    [("KDTree", *m) for m in BOXES] + [("BallTree", *m) for m in BALLS],
)
def test_trees_answer_as_scikit_learns_do(name, metric, options):
    X, queries = _samples(), _samples(25, seed=1)
    if metric == "hamming":
        X, queries = (np.round(a) for a in (X, queries))
    ours, theirs = _both(name, X, leaf_size=7, metric=metric, **options)
    got, want = ours.query(queries, k=9), theirs.query(queries, k=9)
    np.testing.assert_allclose(got[0], want[0], rtol=1e-12, atol=1e-14)
    if metric != "hamming":
        np.testing.assert_array_equal(got[1], want[1])
    radius = np.linspace(0.2, 1.5, 25) * np.median(got[0])
    if metric == "braycurtis":
        theirs = sklearn.neighbors.BallTree(X, leaf_size=300, metric=metric)
    np.testing.assert_array_equal(
        ours.query_radius(queries, radius, count_only=True),
        theirs.query_radius(queries, radius, count_only=True),
    )
    got = ours.query_radius(queries, radius, return_distance=True, sort_results=True)
    want = theirs.query_radius(queries, radius, return_distance=True, sort_results=True)
    for mine, other in zip(got[1], want[1], strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-12, atol=1e-14)
    # In the order of their numbers; scikit-learn's balls are wrong where no triangle's inequality holds.
    exact = sklearn.metrics.DistanceMetric.get_metric(metric, **options).pairwise(queries, X)
    for mine, away in zip(ours.query_radius(queries, 0.8), exact, strict=True):
        np.testing.assert_array_equal(mine, np.flatnonzero(away <= 0.8))


@pytest.mark.parametrize("metric", TRUTHS)
def test_trees_of_truth_values_measure_as_scikit_learns_do(metric):
    noise = np.random.RandomState(0)
    X, queries = noise.uniform(size=(90, 12)) < 0.5, noise.uniform(size=(20, 12)) < 0.5
    ours = BallTree(X, leaf_size=5, metric=metric)
    # All of them, as scikit-learn's own balls are not exact for what has no triangle's inequality.
    theirs = np.sort(sklearn.metrics.DistanceMetric.get_metric(metric).pairwise(queries, X), axis=1)
    np.testing.assert_allclose(ours.query(queries, k=10)[0], theirs[:, :10], rtol=1e-12)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("tree", ["KDTree", "BallTree"])
def test_real_samples_have_the_same_neighbors(name, tree):
    X = getattr(datasets, f"load_{name}")().data
    X = X + np.random.RandomState(0).normal(scale=1e-4, size=X.shape)
    ours, theirs = _both(tree, X)
    for got, want in zip(ours.query(X[:200], k=4), theirs.query(X[:200], k=4), strict=True):
        np.testing.assert_allclose(got, want, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("k", [1, 70, 300])
def test_equally_distant_samples_come_in_the_order_of_their_numbers(k):
    X = np.random.RandomState(0).randint(0, 4, size=(300, 3)).astype(float)
    for tree in (KDTree(X, leaf_size=3), BallTree(X, leaf_size=3)):
        distances, indices = tree.query(X, k=k)
        full = np.sqrt(((X[:, None] - X[None]) ** 2).sum(axis=2))
        np.testing.assert_array_equal(indices, np.argsort(full, axis=1, kind="stable")[:, :k])
        np.testing.assert_array_equal(distances, np.sort(full, axis=1)[:, :k])


@pytest.mark.parametrize("tree", ["KDTree", "BallTree"])
def test_parts_of_a_tree_hold_their_samples(tree):
    X = _samples()
    ours, theirs = _both(tree, X, leaf_size=10)
    data, order, nodes, bounds = ours.get_arrays()
    other = theirs.get_arrays()
    assert nodes.dtype == other[2].dtype and bounds.shape == other[3].shape
    np.testing.assert_array_equal(np.sort(order), np.arange(300))
    for field in ("idx_start", "idx_end", "is_leaf"):
        np.testing.assert_array_equal(nodes[field], other[2][field])
    # The root has the same samples.
    np.testing.assert_allclose(bounds[:, 0], other[3][:, 0], rtol=1e-12)
    np.testing.assert_allclose(nodes["radius"][0], other[2]["radius"][0], rtol=1e-12)
    for node, bound in zip(nodes, bounds.swapaxes(0, 1), strict=True):
        own = data[order[node["idx_start"] : node["idx_end"]]]
        if tree == "KDTree":
            np.testing.assert_array_equal(bound, [own.min(axis=0), own.max(axis=0)])
        else:
            away = np.sqrt(((own - bound[0]) ** 2).sum(axis=1))
            np.testing.assert_allclose(away.max(), node["radius"], rtol=1e-12)


@pytest.mark.parametrize(
    "kernel", ["gaussian", "tophat", "epanechnikov", "exponential", "linear", "cosine"]
)
@pytest.mark.parametrize("d", [1, 2, 5])
def test_densities_are_scikit_learns(kernel, d):
    X, queries = _samples(200, d), _samples(15, d, seed=1)
    for name in ("KDTree", "BallTree"):
        ours, theirs = _both(name, X, leaf_size=5)
        for log in (False, True):
            got, want = (
                t.kernel_density(queries, 0.7, kernel=kernel, return_log=log) for t in (ours, theirs)
            )
            # Where nothing lies, scikit-learn has the rest of what it adds and takes away.
            got, want = (np.exp(a) if log else a for a in (got, want))
            np.testing.assert_allclose(got, want, rtol=1e-6, atol=1e-11)
    # What the sum may be wrong by is kept.
    exact = ours.kernel_density(queries, 0.7, kernel=kernel, rtol=0)
    rough = ours.kernel_density(queries, 0.7, kernel=kernel, rtol=0.1)
    np.testing.assert_allclose(rough, exact, rtol=0.1)
    weighted, other = _both("KDTree", X, sample_weight=np.arange(1.0, 201))
    got, want = (t.kernel_density(queries, 0.7, kernel=kernel) for t in (weighted, other))
    np.testing.assert_allclose(got, want, rtol=1e-6, atol=1e-9)


def test_pairs_within_radii_are_counted():
    X, queries, radii = _samples(), _samples(40, seed=2), [0.1, 1.0, 2.5]
    ours, theirs = _both("KDTree", X, leaf_size=5)
    want = theirs.two_point_correlation(queries, radii)
    np.testing.assert_array_equal(ours.two_point_correlation(queries, radii), want)


def test_a_tree_survives_a_pickle_and_takes_scikit_learns_arguments():
    X = _samples()
    tree = BallTree(X, leaf_size=9, metric="minkowski", p=3)
    again = pickle.loads(pickle.dumps(tree))
    np.testing.assert_array_equal(again.query(X, k=3)[1], tree.query(X, k=3)[1])
    for name in ("query", "query_radius", "kernel_density", "two_point_correlation"):
        assert getattr(KDTree, name).__doc__
    assert KDTree.valid_metrics == sklearn.neighbors.KDTree.valid_metrics
    assert BallTree.valid_metrics == sklearn.neighbors.BallTree.valid_metrics
    assert neighbors.VALID_METRICS == sklearn.neighbors.VALID_METRICS
    # Queries of any shape.
    assert tree.query(X.reshape(30, 10, 3), k=2)[0].shape == (30, 10, 2)
    assert tree.query_radius(X[0], 1.0).shape == ()
    by_function = BallTree(X[:40], metric=lambda a, b: np.abs(a - b).sum())
    np.testing.assert_allclose(
        by_function.query(X[:5], k=3)[0], BallTree(X[:40], metric="l1").query(X[:5], k=3)[0]
    )


@pytest.mark.parametrize(
    "ask",
    [
        lambda n: n.KDTree([[1.0, 2]], metric="cosine"),
        lambda n: n.KDTree([[1.0, 2]], metric="seuclidean", V=[1, 2]),
        lambda n: n.KDTree([[1.0, 2]], leaf_size=0),
        lambda n: n.KDTree([1.0, 2]),
        lambda n: n.KDTree([[np.nan, 2]]),
        lambda n: n.KDTree(np.zeros((0, 2))),
        lambda n: n.BallTree([[1.0, 2]], metric="minkowski", p=0),
        lambda n: n.KDTree([[1.0, 2]]).query([[1.0, 2]], k=2),
        lambda n: n.KDTree([[1.0, 2]]).query([[1.0]]),
        lambda n: n.KDTree([[1.0, 2]]).query_radius([[1.0, 2]], 1, True, True),
        lambda n: n.KDTree([[1.0, 2]]).query_radius([[1.0, 2]], 1, sort_results=True),
        lambda n: n.KDTree([[1.0, 2]]).query_radius([[1.0, 2]], [1, 2]),
        lambda n: n.KDTree([[1.0, 2]]).kernel_density([[1.0, 2]], 1, kernel="box"),
    ],
)
def test_what_a_tree_cannot_is_refused_as_scikit_learn_does(ask):
    for module in (neighbors, sklearn.neighbors):
        with pytest.raises(ValueError):
            ask(module)


@pytest.mark.parametrize("metric, options", BALLS)
def test_metrics_as_objects_measure_as_scikit_learns(metric, options):
    X, Y = _samples(30), _samples(20, seed=1)
    ours, theirs = (
        m.DistanceMetric.get_metric(metric, **options) for m in (metrics, sklearn.metrics)
    )
    for pair in ((X,), (X, Y)):
        np.testing.assert_allclose(ours.pairwise(*pair), theirs.pairwise(*pair), rtol=1e-12, atol=1e-14)
    d = theirs.pairwise(X, Y)
    np.testing.assert_allclose(ours.dist_to_rdist(d), theirs.dist_to_rdist(d), rtol=1e-12)
    r = theirs.dist_to_rdist(d)
    np.testing.assert_allclose(ours.rdist_to_dist(r), theirs.rdist_to_dist(r), rtol=1e-12)
    again = pickle.loads(pickle.dumps(ours))
    np.testing.assert_array_equal(again.pairwise(X, Y), ours.pairwise(X, Y))


def test_metrics_on_spheres_of_sparse_samples_and_of_functions():
    from scipy.sparse import csr_matrix

    places = _samples(20, 2) / 3
    for names in (("haversine",), ("sokalmichener",), ("euclidean", np.float32)):
        ours, theirs = (
            m.DistanceMetric.get_metric(*names) for m in (metrics, sklearn.metrics)
        )
        X = places.astype(names[1]) if len(names) > 1 else places
        np.testing.assert_allclose(ours.pairwise(X), theirs.pairwise(X), rtol=1e-6, atol=1e-7)
    sparse = csr_matrix(np.round(places))
    ours = metrics.DistanceMetric.get_metric("manhattan")
    np.testing.assert_array_equal(ours.pairwise(sparse), ours.pairwise(np.round(places)))
    by_function = metrics.DistanceMetric.get_metric(lambda a, b: (a - b).max())
    assert by_function.pairwise([[1.0, 5]], [[0.0, 1]]) == 4
    haversine = metrics.DistanceMetric.get_metric("haversine")
    np.testing.assert_allclose(haversine.rdist_to_dist(haversine.dist_to_rdist(0.3)), 0.3)
    with pytest.raises(ValueError, match="Unrecognized metric"):
        metrics.DistanceMetric.get_metric("crow")
    with pytest.raises(ValueError, match="Must provide either V or VI"):
        metrics.DistanceMetric.get_metric("mahalanobis")


@pytest.mark.parametrize("algorithm", ["kd_tree", "ball_tree", "auto", "brute"])
@pytest.mark.parametrize("name", SETS)
def test_every_way_to_search_finds_the_same(name, algorithm):
    X = getattr(datasets, f"load_{name}")().data
    X = X + np.random.RandomState(0).normal(scale=1e-4, size=X.shape)
    ours = neighbors.NearestNeighbors(algorithm=algorithm, leaf_size=5).fit(X)
    theirs = sklearn.neighbors.NearestNeighbors(algorithm="kd_tree").fit(X)
    for query in (X[:100], None):
        got, want = ours.kneighbors(query), theirs.kneighbors(query)
        np.testing.assert_array_equal(got[1], want[1])
        np.testing.assert_allclose(got[0], want[0], rtol=1e-12)
    again = pickle.loads(pickle.dumps(ours))
    assert again._fit_method == ours._fit_method
    np.testing.assert_array_equal(again.kneighbors(X[:9])[1], ours.kneighbors(X[:9])[1])
    radius = np.median(got[0])
    found = ours.radius_neighbors(X[:50], radius, return_distance=False)
    for mine, other in zip(found, theirs.radius_neighbors(X[:50], radius)[1], strict=True):
        np.testing.assert_array_equal(np.sort(mine), np.sort(other))


def test_a_tree_is_chosen_where_it_is_faster():
    few, many = _samples(5000, 3), _samples(5000, 40)
    for X, way in ((few, "kd_tree"), (few[:100], "brute"), (many, "brute")):
        assert neighbors.NearestNeighbors().fit(X)._fit_method == way
    assert neighbors.NearestNeighbors(metric="cosine").fit(few)._fit_method == "brute"
    for algorithm in ("kd_tree", "ball_tree"):
        assert neighbors.NearestNeighbors(algorithm=algorithm).fit(many)._fit_method == algorithm


@pytest.mark.parametrize(
    "options",
    [
        {"algorithm": "kd_tree", "metric": "cosine"},
        {"algorithm": "ball_tree", "metric": "cosine"},
        {"algorithm": "kd_tree", "metric": "canberra"},
        {"algorithm": "kd_tree", "metric": lambda a, b: 0.0},
        {"algorithm": "ball_tree", "p": 0.5},
        {"algorithm": "kd_tree", "p": 3, "metric_params": {"w": np.ones(3)}},
    ],
)
def test_a_tree_without_the_metric_is_refused_as_scikit_learn_does(options):
    for module in (neighbors, sklearn.neighbors):
        with pytest.raises(ValueError):
            module.NearestNeighbors(**options).fit(_samples())


def test_samples_stay_where_they_are():
    X = _samples(50_000, 20)
    ours = neighbors.NearestNeighbors(algorithm="brute").fit(X)
    first = ours.kneighbors(X[:20])[1]
    # As scikit-learn does, it looks at the caller's array.
    X[:] = X[::-1].copy()
    np.testing.assert_array_equal(ours.kneighbors(X[::-1][:20])[1], len(X) - 1 - first)
    kept = pickle.dumps(ours)
    X[:] = 0
    again = pickle.loads(kept)
    np.testing.assert_array_equal(again._fit_X[0, :3], again._fit_X[0, :3])
    assert again._fit_X.any() and not ours._fit_X.any()


def test_sparse_samples_stay_sparse_and_have_the_same_neighbors():
    from scipy.sparse import random

    X = random(200, 500, density=0.05, format="csr", random_state=0)
    for options in ({}, {"metric": "manhattan"}, {"metric": "cosine"}):
        ours = neighbors.NearestNeighbors(n_neighbors=4, **options).fit(X)
        dense = neighbors.NearestNeighbors(n_neighbors=4, **options).fit(X.toarray())
        got, want = ours.kneighbors(X), dense.kneighbors(X.toarray())
        # Sums of what is there, which dense samples have in another order; an angle is 1 less such a sum.
        np.testing.assert_allclose(got[0], want[0], rtol=1e-14, atol=1e-15)
        np.testing.assert_array_equal(got[1], want[1])
        assert (ours._fit_X != X).nnz == 0
        again = pickle.loads(pickle.dumps(ours))
        np.testing.assert_array_equal(again.kneighbors(X)[1], ours.kneighbors(X)[1])
    with pytest.warns(UserWarning, match="cannot use tree with sparse input"):
        neighbors.NearestNeighbors(algorithm="kd_tree").fit(X)


def test_what_is_missing_may_be_nan_for_one_metric():
    X = np.where(np.random.RandomState(0).uniform(size=(60, 5)) < 0.2, np.nan, _samples(60, 5))
    ours, theirs = _both("KNeighborsClassifier", metric="nan_euclidean")
    y = np.arange(60) % 3
    np.testing.assert_array_equal(ours.fit(X, y).predict(X), theirs.fit(X, y).predict(X))
    with pytest.raises(ValueError, match="NaN"):
        neighbors.KNeighborsClassifier().fit(X, y)


def test_the_arguments_are_scikit_learns():
    of = inspect.signature(metrics.DistanceMetric.get_metric)
    assert list(of.parameters) == ["metric", "dtype", "kwargs"]
