"""Graphs of neighbors as features, beside scikit-learn's."""

import numpy as np
import pytest
from learn_support import assert_same, assert_same_signature

from seodang.learn import neighbors as ours

sparse = pytest.importorskip("scipy.sparse")
pytest.importorskip("sklearn")

import sklearn.neighbors as theirs  # noqa: E402
from sklearn import datasets  # noqa: E402
from sklearn.utils.estimator_checks import parametrize_with_checks  # noqa: E402

NAMES = ("KNeighborsTransformer", "RadiusNeighborsTransformer")


INSTANCES = [getattr(ours, name)() for name in NAMES]


@parametrize_with_checks(INSTANCES)
def test_scikit_learns_own_checks(estimator, check):
    check(estimator)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("options", [{}, {"mode": "connectivity"}, {"metric": "manhattan"}], ids=str)
def test_graphs_of_real_samples(name, options):
    X = datasets.load_wine().data
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    assert_same_signature(getattr(ours, name), getattr(theirs, name))
    mine, other = (getattr(m, name)(**options).fit(X[:120]) for m in (ours, theirs))
    for got, want in (
        (mine.transform(X[120:]), other.transform(X[120:])),
        (mine.fit_transform(X), other.fit_transform(X)),
    ):
        assert got.format == want.format and got.shape == want.shape
        np.testing.assert_allclose(got.toarray(), want.toarray(), rtol=1e-6, atol=1e-6)
    assert list(mine.get_feature_names_out()) == list(other.get_feature_names_out())
    with pytest.raises(ValueError, match="'mode' parameter"):
        getattr(ours, name)(mode="both").fit(X)


def test_a_graph_serves_estimators_of_distances():
    X, y = datasets.load_iris(return_X_y=True)
    graph = ours.KNeighborsTransformer(n_neighbors=10).fit_transform(X)
    known = ours.KNeighborsClassifier(5, metric="precomputed").fit(graph.toarray(), y)
    assert known.n_samples_fit_ == len(X)


def test_rows_of_graphs_are_sorted():
    table = np.array([[0.0, 3.0, 1.0], [3.0, 0.0, 2.0], [1.0, 2.0, 0.0]])
    uneven = table.copy()
    uneven[0, 1] = 0
    for values in (table, uneven, np.sort(table, axis=1)):
        for form in ("csr", "csc", "coo", "lil", "dok"):
            for copy in (True, False):
                for quiet in (True, False):
                    assert_same(
                        lambda g, c, w: ours.sort_graph_by_row_values(g.copy(), c, w),
                        lambda g, c, w: theirs.sort_graph_by_row_values(g.copy(), c, w),
                        sparse.csr_matrix(values).asformat(form), copy, quiet,
                    )
    graph = sparse.csr_matrix(table)
    np.testing.assert_array_equal(
        ours.sort_graph_by_row_values(graph, copy=True, warn_when_not_sorted=False).data, [1, 3, 2, 3, 1, 2]
    )
    np.testing.assert_array_equal(graph.data, [3, 1, 3, 2, 1, 2])
    for way, metrics in theirs.VALID_METRICS_SPARSE.items():
        assert set(ours.VALID_METRICS_SPARSE[way]) == set(metrics)


@pytest.mark.parametrize("mode", ["distance", "connectivity"])
def test_graphs_of_neighbors_serve_as_distances(mode):
    X = np.random.RandomState(0).normal(size=(60, 3))
    y = (X[:, 0] > 0).astype(int)
    for name, options in (
        ("KNeighborsTransformer", {"n_neighbors": 6}), ("RadiusNeighborsTransformer", {"radius": 2.0}),
    ):
        mine, other = (getattr(m, name)(mode=mode, **options) for m in (ours, theirs))
        got, want = mine.fit_transform(X), other.fit_transform(X)
        np.testing.assert_allclose(got.toarray(), want.toarray(), rtol=1e-10, atol=1e-12)
        np.testing.assert_array_equal(mine.get_feature_names_out(), other.get_feature_names_out())
        if mode == "distance":
            knn = ours.KNeighborsClassifier(3, metric="precomputed").fit(got, y)
            plain = ours.KNeighborsClassifier(3).fit(X, y)
            np.testing.assert_array_equal(knn.predict(got), plain.predict(X))
            with pytest.raises(ValueError, match="neighbors are required per samples"):
                knn.kneighbors(got, 50)
    with pytest.raises(ValueError, match="mode"):
        ours.KNeighborsTransformer(mode="nearness").fit(X)


def test_graphs_are_sorted_by_distance():
    graph = sparse.random(20, 20, density=0.3, format="csr", random_state=0)
    with pytest.warns(UserWarning, match="not sorted by row values"):
        got = ours.sort_graph_by_row_values(graph, copy=True)
    want = theirs.sort_graph_by_row_values(graph, copy=True, warn_when_not_sorted=False)
    np.testing.assert_array_equal(got.data, want.data)
    np.testing.assert_array_equal(got.indices, want.indices)
    assert ours.sort_graph_by_row_values(got) is got
    with pytest.raises(ValueError, match="not in CSR format"):
        ours.sort_graph_by_row_values(sparse.csr_matrix(graph).tocsc(), warn_when_not_sorted=False)
