"""Distances, kernels and scores of clusterings against scikit-learn's."""

import functools

import numpy as np
import pytest
from learn_support import assert_same, assert_same_signature

from seodang.learn.metrics import cluster, pairwise

pytest.importorskip("sklearn")

import sklearn.metrics  # noqa: E402
import sklearn.metrics.cluster  # noqa: E402
import sklearn.metrics.pairwise  # noqa: E402
from sklearn import datasets  # noqa: E402

SETS = ("iris", "wine", "digits", "breast_cancer", "diabetes")


def pairs(name, *args, **kwargs):
    assert_same(getattr(pairwise, name), getattr(sklearn.metrics.pairwise, name), *args, **kwargs)


def clusters(name, *args, **kwargs):
    assert_same(getattr(cluster, name), getattr(sklearn.metrics.cluster, name), *args, **kwargs)


@functools.cache
def samples(name):
    X = getattr(datasets, f"load_{name}")().data
    return np.ascontiguousarray(X[::5][:60] / (1e-9 + np.abs(X).max(axis=0)))


@pytest.mark.parametrize("name", pairwise.__all__)
def test_the_arguments_are_scikit_learns(name):
    assert_same_signature(getattr(pairwise, name), getattr(sklearn.metrics.pairwise, name))


@pytest.mark.parametrize("name", cluster.__all__)
def test_the_arguments_of_clusterings_are_scikit_learns(name):
    if name != "expected_mutual_information":
        assert_same_signature(getattr(cluster, name), getattr(sklearn.metrics.cluster, name))


METRICS = [
    "euclidean", "l2", "l1", "manhattan", "cityblock", "cosine", "braycurtis", "canberra",
    "chebyshev", "correlation", "hamming", "minkowski", "seuclidean", "sqeuclidean", "dice",
    "jaccard", "rogerstanimoto", "russellrao", "sokalsneath", "yule", "nan_euclidean", "haversine",
]


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("name", SETS)
def test_distances_of_real_samples(name, metric):
    X = samples(name) + (0.01 if metric == "correlation" else 0)
    if metric == "seuclidean":
        X = X[:, X.std(axis=0) > 0]
    if metric == "haversine":
        X = np.ascontiguousarray(X[:, :2])
    two = np.random.RandomState(0).uniform(size=(9, X.shape[1])) < 0.5
    for A, B in ((X, None), (X, X[:7]), (two, None), (two, two[:4]), (X, X[:, :1]), (X[0], None)):
        # What rounding leaves of distances of samples to themselves is nobody's.
        pairs("pairwise_distances", A, B, metric=metric, rtol=1e-7, atol=1e-7)
    single = X.astype(np.float32)
    pairs("pairwise_distances", single, single[:9] + 1, metric=metric, rtol=1e-4, atol=1e-6)
    if metric == "minkowski":
        for p in (1, 3, np.inf):
            pairs("pairwise_distances", X, X[:5], metric=metric, p=p)
        pairs("pairwise_distances", X, metric=metric, p=1.5, w=np.linspace(0, 1, X.shape[1]))
    if metric == "seuclidean":
        pairs("pairwise_distances", X, X[:5], metric=metric, V=np.full(X.shape[1], 2.0))
    # scikit-learn has two Bray-Curtis distances: one divides by the sizes of the sums, one by the sums
    # of the sizes.
    X = np.abs(X) if metric == "braycurtis" else X
    pairs("pairwise_distances_argmin_min", X, X[::7] + 0.001, metric=metric, rtol=1e-7, atol=1e-9)
    pairs("pairwise_distances_argmin", X, X[::7] + 0.001, metric=metric, axis=0)


def test_distances_with_more_arguments():
    X = samples("wine")
    VI = np.linalg.inv(np.cov(X.T))
    pairs("pairwise_distances", X, metric="mahalanobis", atol=1e-7)
    pairs("pairwise_distances", X, X[:4], metric="mahalanobis", VI=VI, atol=1e-7)
    pairs("pairwise_distances", X, X[:4], metric="mahalanobis")
    pairs("pairwise_distances", X, X[:9], metric=lambda x, y: float(abs(x - y).max()))
    pairs("pairwise_distances", X[:9], metric=lambda x, y, k: float(k * abs(x - y).sum()), k=2)
    square = pairwise.euclidean_distances(X)
    pairs("pairwise_distances", square, metric="precomputed")
    pairs("pairwise_distances", -square, metric="precomputed")
    pairs("pairwise_distances", X, metric="precomputed")
    pairs("pairwise_distances", X, n_jobs="all")
    with pytest.raises(ValueError, match="'metric' parameter of pairwise_distances must be a str among"):
        pairwise.pairwise_distances(X, metric="other")
    holes = X.copy()
    holes[::3, 1] = holes[::4, 2] = np.nan
    holes[5] = np.nan
    for squared in (False, True):
        pairs("nan_euclidean_distances", holes, squared=squared, atol=1e-7)
        pairs("nan_euclidean_distances", holes, X[:5], squared=squared)
    pairs("nan_euclidean_distances", X, X[:5], missing_values=X[0, 0])
    pairs("pairwise_distances", holes)
    norms = (X**2).sum(axis=1)
    for given in (norms, norms[:, None], norms[None], norms[:3], norms.astype(np.float32)):
        pairs("euclidean_distances", X, X_norm_squared=given, atol=1e-7)
        pairs("euclidean_distances", X[:3], X, Y_norm_squared=given, atol=1e-7)


def test_chunks_of_distances():
    X = samples("digits")
    for memory in (None, 0.01, 0.002):
        rows = list(pairwise.pairwise_distances_chunked(X, working_memory=memory))
        want = list(sklearn.metrics.pairwise_distances_chunked(X, working_memory=memory))
        assert [len(r) for r in rows] == [len(r) for r in want]
        np.testing.assert_allclose(np.concatenate(rows), np.concatenate(want), atol=1e-9)
    for reduce in (lambda D, start: 3, lambda D, start: D[:1], lambda D, start: (D, 4)):
        assert_same(
            lambda m, reduce=reduce: next(m(X, reduce_func=reduce)),
            lambda m, reduce=reduce: next(
                sklearn.metrics.pairwise_distances_chunked(X, reduce_func=reduce)
            ),
            pairwise.pairwise_distances_chunked,
        )


@pytest.mark.parametrize("name", SETS)
def test_kernels_of_real_samples(name):
    X = samples(name)
    positive = np.abs(X)
    for kernel in pairwise.kernel_metrics():
        data = positive if "chi2" in kernel else X
        for Y in (None, data[:7]):
            pairs("pairwise_kernels", data, Y, metric=kernel)
        gamma = {} if kernel in ("additive_chi2", "linear", "cosine") else {"gamma": 0.3}
        pairs("pairwise_kernels", data, metric=kernel, **gamma)
        pairs("pairwise_kernels", data, metric=kernel, gamma=0.3, coef0=2, filter_params=True)
        pairs("pairwise_kernels", data.astype(np.float32), metric=kernel, rtol=1e-4)
    pairs("polynomial_kernel", X, degree=0)
    pairs("polynomial_kernel", X, degree=2, coef0=0.5, gamma=2)
    pairs("rbf_kernel", X, gamma=-1)
    pairs("chi2_kernel", X - 1)
    pairs("pairwise_kernels", X, metric="other")
    pairs("pairwise_kernels", X[:6], metric=lambda x, y: float(x @ y))
    for metric in pairwise.PAIRED_DISTANCES:
        pairs("paired_distances", X[:20], X[20:40], metric=metric)
    pairs("paired_distances", X[:20], X[20:40], metric=lambda x, y: abs(x - y).max())
    pairs("paired_distances", X[:20], X[20:30])
    for function in ("cosine_similarity", "linear_kernel", "cosine_distances"):
        pairs(function, X)
        pairs(function, list(X.tolist()), X[:3].tolist())


@pytest.mark.parametrize("name", ["digits", "iris"])
def test_sparse_samples(name):
    sparse = pytest.importorskip("scipy.sparse")
    X = sparse.csr_matrix(samples(name) * (samples(name) > 0.3))
    for function in ("euclidean_distances", "manhattan_distances", "cosine_distances",
                     "cosine_similarity", "linear_kernel", "rbf_kernel", "laplacian_kernel",
                     "polynomial_kernel", "sigmoid_kernel"):
        pairs(function, X, atol=1e-7)
        pairs(function, X, X[:4], atol=1e-7)
        pairs(function, X.tocsc(), X[:4].toarray(), atol=1e-7)
    pairs("cosine_similarity", X, dense_output=False)
    pairs("linear_kernel", X, X[:4], dense_output=False)
    pairs("pairwise_distances", X, metric="chebyshev")
    pairs("paired_distances", X[:4].toarray(), X[4:8].toarray(), metric="cosine")
    for function in ("paired_euclidean_distances", "paired_manhattan_distances"):
        pairs(function, X[:4], X[4:8])


LABELS = {
    "same": ([0, 0, 1, 1], [1, 1, 0, 0]),
    "other": ([0, 0, 1, 2, 2, 2], [0, 1, 1, 2, 2, 0]),
    "one": ([0, 0, 0], [0, 0, 0]),
    "one and many": ([0, 0, 0], [0, 1, 2]),
    "each": ([0, 1, 2], [2, 0, 1]),
    "empty": ([], []),
    "words": (["a", "b", "b"], [0, 1, 0]),
    "lengths": ([0, 1], [0, 1, 1]),
    "table": ([[0, 1], [1, 1]], [0, 1]),
    "numbers": ([0.5, 1.5, 1.5], [0, 1, 1]),
    "single": ([3], [4]),
}
TWO = [
    "adjusted_mutual_info_score", "adjusted_rand_score", "completeness_score",
    "fowlkes_mallows_score", "homogeneity_completeness_v_measure", "homogeneity_score",
    "mutual_info_score", "normalized_mutual_info_score", "pair_confusion_matrix", "rand_score",
    "v_measure_score",
]


@pytest.mark.parametrize("name", TWO)
def test_clusterings_are_compared_as_there(name):
    for true, guess in LABELS.values():
        clusters(name, true, guess)
    noise = np.random.RandomState(0)
    for k in (2, 5, 30):
        true = noise.randint(0, 4, size=200)
        guess = np.where(noise.uniform(size=200) < 0.5, true, noise.randint(0, k, size=200))
        clusters(name, true, guess, rtol=1e-8)
        if "average_method" in (getattr(cluster, name).__kwdefaults__ or {}):
            for how in ("min", "max", "geometric", "mean"):
                clusters(name, true, guess, average_method=how, rtol=1e-8)
        if "beta" in (getattr(cluster, name).__kwdefaults__ or {}):
            clusters(name, true, guess, beta=0.3)


def test_tables_of_clusterings():
    true, guess = LABELS["other"]
    clusters("contingency_matrix", true, guess)
    clusters("contingency_matrix", true, guess, eps=0.5, dtype=float)
    clusters("contingency_matrix", true, guess, eps=0.5, sparse=True)
    table = cluster.contingency_matrix(true, guess)
    clusters("mutual_info_score", None, None, contingency=table)
    clusters("expected_mutual_information", sklearn.metrics.cluster.contingency_matrix(
        true, guess, sparse=True), 6)
    clusters("entropy", np.array(true))
    rows = np.array([[1, 1, 0, 0], [0, 0, 1, 1]], dtype=bool)
    columns = np.array([[1, 0, 1], [0, 1, 0]], dtype=bool)
    clusters("consensus_score", (rows, columns), (rows[::-1], columns[::-1]))
    clusters("consensus_score", (rows, columns), (rows[:1], columns[1:]))
    clusters("consensus_score", (rows, columns), (rows[:1], columns))


@pytest.mark.parametrize("name", ["iris", "wine", "digits", "breast_cancer"])
def test_clusterings_of_real_samples(name):
    data = getattr(datasets, f"load_{name}")()
    X, y = data.data[::3], data.target[::3]
    for labels in (y, np.array([f"c{c}" for c in y]), np.arange(len(X)), np.zeros(len(X))):
        for score in ("silhouette_samples", "silhouette_score", "calinski_harabasz_score",
                      "davies_bouldin_score"):
            clusters(score, X, labels, rtol=1e-8)
    clusters("silhouette_score", X, y, metric="manhattan")
    clusters("silhouette_score", X, y, sample_size=40, random_state=3)
    square = np.sqrt(((X[:, None] - X[None]) ** 2).sum(axis=2))
    clusters("silhouette_samples", square, y, metric="precomputed")
    clusters("silhouette_score", square, y, metric="precomputed", sample_size=40, random_state=3)
    clusters("silhouette_samples", square + 1, y, metric="precomputed")
