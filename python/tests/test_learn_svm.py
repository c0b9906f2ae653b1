"""Support vector machines against scikit-learn's, on real data."""

import inspect
import pickle
import warnings

import numpy as np
import pytest

from seodang import learn
from seodang.learn import svm

pytest.importorskip("sklearn")

import sklearn.svm  # noqa: E402
from sklearn import datasets  # noqa: E402
from sklearn.model_selection import train_test_split  # noqa: E402
from sklearn.preprocessing import StandardScaler  # noqa: E402


def _halves(name, scaled=True):
    X, y = getattr(datasets, f"load_{name}")(return_X_y=True)
    A, B, ya, yb = train_test_split(X, y, test_size=0.4, random_state=0)
    if scaled:
        scaler = StandardScaler().fit(A)
        A, B = scaler.transform(A), scaler.transform(B)
    return A, B, ya, yb


def _pair(name, *data, sample_weight=None, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        for home in (svm, sklearn.svm):
            yield getattr(home, name)(**options).fit(*data, sample_weight=sample_weight)


def _pairwise(machine, X):
    """Decisions between each two classes, which have no jumps where votes are equal."""
    # As in scikit-learn, what is set after `fit` counts.
    return machine.set_params(decision_function_shape="ovo").decision_function(X)


@pytest.mark.parametrize("name", ["iris", "wine", "digits", "breast_cancer"])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"kernel": "linear"},
        {"kernel": "poly", "coef0": 1.0},
        {"kernel": "poly", "degree": 2, "gamma": 0.1},
        {"kernel": "sigmoid", "gamma": 0.001},
        {"C": 50.0, "gamma": "auto"},
        {"class_weight": "balanced"},
        {"class_weight": {1: 3.0}, "shrinking": False},
    ],
    ids=str,
)
def test_classes_are_told_apart_as_by_scikit_learn(name, options):
    A, B, ya, yb = _halves(name)
    ours, theirs = _pair("SVC", A, ya, **options)
    # Where there are ties of votes, a decision of a thousandth more decides.
    assert np.mean(ours.predict(B) != theirs.predict(B)) <= 0.004
    assert ours.score(B, yb) == pytest.approx(theirs.score(B, yb), abs=0.004)
    assert abs(len(ours.support_) - len(theirs.support_)) <= 0.02 * len(theirs.support_)
    assert ours.support_.dtype == theirs.support_.dtype
    np.testing.assert_allclose(ours.class_weight_, theirs.class_weight_)
    for attribute in ("dual_coef_", "support_vectors_"):
        # As many support vectors, give or take one or two.
        assert getattr(ours, attribute).ndim == 2
    assert ours.dual_coef_.shape[0] == theirs.dual_coef_.shape[0]
    assert ours.n_support_.sum() == len(ours.support_)
    assert ours.shape_fit_ == theirs.shape_fit_ and ours.fit_status_ == 0
    assert ours.n_iter_.dtype == theirs.n_iter_.dtype and ours.n_iter_.shape == theirs.n_iter_.shape
    scale = np.abs(_pairwise(theirs, B)).max()
    np.testing.assert_allclose(_pairwise(ours, B), _pairwise(theirs, B), atol=4e-3 * max(scale, 1))
    np.testing.assert_allclose(ours.intercept_, theirs.intercept_, atol=4e-3 * max(scale, 1))
    if options.get("kernel") == "linear":
        np.testing.assert_allclose(ours.coef_, theirs.coef_, atol=4e-3)
    else:
        with pytest.raises(AttributeError, match="only available when using a linear kernel"):
            ours.coef_


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer"])
def test_a_stricter_tolerance_brings_the_machines_together(name):
    A, B, ya, _ = _halves(name)
    weights = np.random.RandomState(0).uniform(0, 2, len(A))
    weights[::7] = 0
    for machine, options in (("SVC", {"C": 5.0}), ("NuSVC", {"nu": 0.2})):
        for w in (None, weights):
            ours, theirs = _pair(machine, A, ya, sample_weight=w, tol=1e-6, **options)
            np.testing.assert_allclose(_pairwise(ours, B), _pairwise(theirs, B), atol=2e-5)
            np.testing.assert_array_equal(ours.predict(B), theirs.predict(B))
            # With weights of 0, scikit-learn counts the samples that are left.
            np.testing.assert_array_equal(A[ours.support_], ours.support_vectors_)
            if machine == "SVC":
                np.testing.assert_array_equal(ours.support_vectors_, theirs.support_vectors_)
                np.testing.assert_allclose(ours.dual_coef_, theirs.dual_coef_, atol=1e-3)
                np.testing.assert_array_equal(ours.n_support_, theirs.n_support_)


@pytest.mark.parametrize("name", ["diabetes", "wine", "breast_cancer"])
@pytest.mark.parametrize(
    ("machine", "options"),
    [
        ("SVR", {}),
        ("SVR", {"C": 10.0, "epsilon": 0.2, "kernel": "poly", "coef0": 1.0}),
        ("NuSVR", {}),
        ("NuSVR", {"nu": 0.2, "C": 5.0, "gamma": 0.05}),
        ("OneClassSVM", {"nu": 0.2}),
        ("OneClassSVM", {"kernel": "poly", "degree": 2, "coef0": 1.0}),
    ],
    ids=str,
)
def test_values_and_outliers_are_scikit_learns(name, machine, options):
    A, B, ya, yb = _halves(name)
    weights = np.random.RandomState(0).uniform(0, 2, len(A))
    weights[::7] = 0
    data = (A,) if machine == "OneClassSVM" else (A, ya.astype(float))
    for w in (None, weights):
        ours, theirs = _pair(machine, *data, sample_weight=w, tol=1e-5, **options)
        scale = np.abs(theirs.dual_coef_).max()
        if machine == "OneClassSVM":
            a, b = ours.decision_function(B), theirs.decision_function(B)
            np.testing.assert_allclose(ours.offset_, theirs.offset_, atol=1e-3)
            np.testing.assert_allclose(
                ours.score_samples(B), theirs.score_samples(B), rtol=1e-4, atol=1e-3
            )
            assert np.mean(ours.predict(B) != theirs.predict(B)) < 0.02
        else:
            a, b = ours.predict(B), theirs.predict(B)
            assert ours.score(B, yb) == pytest.approx(theirs.score(B, yb), abs=1e-4)
        np.testing.assert_allclose(a, b, atol=1e-4 * max(scale, 1))
        np.testing.assert_allclose(ours.intercept_, theirs.intercept_, atol=1e-4 * max(scale, 1))
        assert ours.n_support_.shape == theirs.n_support_.shape
        assert type(ours.n_iter_) is type(theirs.n_iter_)
    if machine == "OneClassSVM":
        assert set(ours.fit_predict(A)) == {1, -1}


@pytest.mark.parametrize("name", ["iris", "wine", "digits", "breast_cancer"])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"dual": True, "C": 0.1},
        {"fit_intercept": False, "class_weight": "balanced"},
        {"loss": "hinge", "C": 0.1, "max_iter": 100_000},
        {"penalty": "l1", "dual": False, "C": 0.1, "tol": 1e-6, "max_iter": 20_000},
        {"multi_class": "crammer_singer", "C": 0.05, "max_iter": 20_000},
    ],
    ids=str,
)
def test_linear_machines_are_scikit_learns(name, options):
    A, B, ya, yb = _halves(name)
    tol = {"tol": 1e-6, "random_state": 0, **options}
    ours, theirs = _pair("LinearSVC", A, ya, **tol)
    np.testing.assert_allclose(ours.coef_, theirs.coef_, atol=2e-3)
    np.testing.assert_allclose(ours.intercept_, theirs.intercept_, atol=2e-3)
    np.testing.assert_allclose(ours.decision_function(B), theirs.decision_function(B), atol=1e-2)
    assert ours.score(B, yb) == pytest.approx(theirs.score(B, yb), abs=0.002)
    assert type(ours.n_iter_) is type(theirs.n_iter_)


@pytest.mark.parametrize("loss", ["epsilon_insensitive", "squared_epsilon_insensitive"])
@pytest.mark.parametrize("options", [{}, {"epsilon": 0.5, "fit_intercept": False}], ids=str)
def test_linear_regressions_are_scikit_learns(loss, options):
    A, B, ya, _ = _halves("diabetes")
    weights = np.random.RandomState(0).uniform(0, 2, len(A))
    for w in (None, weights):
        ours, theirs = _pair(
            "LinearSVR", A, ya, sample_weight=w, loss=loss, tol=1e-7, max_iter=200_000,
            random_state=0, **options,
        )
        np.testing.assert_allclose(ours.predict(B), theirs.predict(B), rtol=1e-3, atol=0.1)
        assert np.shape(ours.intercept_) == np.shape(theirs.intercept_)
        assert ours.coef_.shape == theirs.coef_.shape


def test_kernels_can_be_given():
    A, B, ya, yb = _halves("wine")
    plain = svm.SVC(kernel="linear").fit(A, ya)
    gram = svm.SVC(kernel="precomputed").fit(A @ A.T, ya)
    of_users = svm.SVC(kernel=lambda a, b: a @ b.T).fit(A, ya)
    np.testing.assert_array_equal(gram.support_, plain.support_)
    np.testing.assert_allclose(gram.decision_function(B @ A.T), plain.decision_function(B), atol=1e-4)
    np.testing.assert_allclose(of_users.decision_function(B), gram.decision_function(B @ A.T))
    assert gram.support_vectors_.shape == (0, 0) and gram.__sklearn_tags__().input_tags.pairwise
    other = pickle.loads(pickle.dumps(svm.SVC(kernel=np.inner).fit(A, ya)))
    np.testing.assert_array_equal(other.predict(B), plain.predict(B))
    with pytest.raises(ValueError, match="Precomputed matrix must be a square matrix"):
        svm.SVC(kernel="precomputed").fit(A, ya)
    with pytest.raises(ValueError, match="kernel function gave an array of shape"):
        svm.SVR(kernel=lambda a, b: a).fit(A, ya)


def test_sparse_samples_are_learned_without_their_zeros(tmp_path):
    sparse = pytest.importorskip("scipy.sparse")
    noise = np.random.RandomState(0)
    X = noise.normal(size=(120, 400)) * (noise.uniform(size=(120, 400)) < 0.03)
    y = noise.permutation(np.arange(120) % 3)
    for options in ({"kernel": "linear"}, {"C": 10.0}):
        dense = svm.SVC(tol=1e-6, **options).fit(X, y)
        ours, theirs = _pair("SVC", sparse.csr_matrix(X), y, tol=1e-6, **options)
        for queries in (X, sparse.coo_matrix(X)):
            np.testing.assert_allclose(
                ours.decision_function(queries), dense.decision_function(X), atol=1e-4
            )
        assert sparse.issparse(ours.support_vectors_) and sparse.issparse(ours.dual_coef_)
        np.testing.assert_allclose(ours.support_vectors_.toarray(), X[ours.support_])
        np.testing.assert_allclose(
            ours.dual_coef_.toarray(), theirs.dual_coef_.toarray(), atol=1e-4
        )
        learn.save(ours, tmp_path / "machine")
        other = learn.load(tmp_path / "machine")
        np.testing.assert_array_equal(other.decision_function(X), ours.decision_function(X))
        np.testing.assert_array_equal(
            other.support_vectors_.toarray(), ours.support_vectors_.toarray()
        )
    np.testing.assert_allclose(svm.SVC(kernel="linear").fit(sparse.csr_matrix(X), y).coef_.toarray(),
                               svm.SVC(kernel="linear").fit(X, y).coef_, atol=1e-3)
    with pytest.raises(TypeError, match="Sparse precomputed kernels are not supported"):
        svm.SVC(kernel="precomputed").fit(sparse.csr_matrix(X @ X.T), y)


def test_probabilities_are_near_scikit_learns():
    for name in ("wine", "breast_cancer"):
        A, B, ya, _ = _halves(name)
        assert not hasattr(svm.SVC(), "predict_proba")
        ours, theirs = _pair("SVC", A, ya, probability=True, random_state=0)
        p, q = ours.predict_proba(B), theirs.predict_proba(B)
        np.testing.assert_allclose(p.sum(axis=1), 1)
        # The folds are drawn at random.
        assert np.abs(p - q).mean() < 0.02 and np.abs(p - q).max() < 0.25
        np.testing.assert_allclose(np.exp(ours.predict_log_proba(B)), p)
        again = next(_pair("SVC", A, ya, probability=True, random_state=0))
        np.testing.assert_array_equal(again.predict_proba(B), p)
        with pytest.warns(FutureWarning, match="`probA_` was deprecated"):
            assert ours.probA_.shape == theirs._probA.shape
    with pytest.warns(FutureWarning, match="`probability` parameter was deprecated in 1.9"):
        svm.NuSVC(probability=True).fit(A, ya)
    with pytest.raises(NotImplementedError, match="fitted with probability=False"):
        svm.SVC().fit(A, ya).set_params(probability=True).predict_proba(B)


def test_equal_votes_are_broken_when_asked_for():
    X, y = datasets.make_blobs(n_samples=60, centers=6, random_state=4, cluster_std=6)
    ours, theirs = _pair("SVC", X, y, break_ties=True, tol=1e-6)
    np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))
    np.testing.assert_array_equal(ours.predict(X), ours.decision_function(X).argmax(axis=1))
    with pytest.raises(ValueError, match="break_ties must be False"):
        svm.SVC(break_ties=True, decision_function_shape="ovo").fit(X, y).predict(X)
    assert svm.SVC(decision_function_shape="ovo").fit(X, y).decision_function(X).shape == (60, 15)


@pytest.mark.parametrize("name", svm._generated.NAMES)
def test_classes_take_what_scikit_learns_take(name):
    mine, other = getattr(svm, name), getattr(sklearn.svm, name)
    assert list(inspect.signature(mine).parameters) == list(inspect.signature(other).parameters)
    assert mine().get_params() == other().get_params()
    assert repr(mine()) == repr(other())


def test_what_cannot_be_learned_is_refused_in_scikit_learns_words():
    A, _, ya, _ = _halves("iris")
    cases = [
        (svm.SVC(), (A, np.zeros(len(A), int)), "number of classes has to be greater than one; got 1"),
        (svm.SVC(C=0), (A, ya), r"'C' parameter of SVC must be a float in the range \(0\.0, inf\]"),
        (svm.SVC(kernel="cubic"), (A, ya), "'kernel' parameter of SVC must be .* Got 'cubic' instead"),
        (svm.SVC(gamma=-1.0), (A, ya), "'gamma' parameter of SVC must be .* Got -1.0 instead"),
        (svm.NuSVC(nu=0.99), (A[20:], ya[20:]), "specified nu is infeasible"),
        (svm.LinearSVC(penalty="l1", loss="hinge"), (A, ya), "penalty='l1' and loss='hinge' is not"),
        (svm.LinearSVC(loss="hinge", dual=False), (A, ya), "not supported when dual=False"),
        (svm.LinearSVR(dual=False), (A, ya), "not supported when dual=False"),
    ]
    for machine, data, message in cases:
        with pytest.raises(ValueError, match=message):
            machine.fit(*data)
    with pytest.raises(ValueError, match="all samples have zero or negative weights"):
        svm.SVC().fit(A, ya, -np.ones(len(A)))
    with pytest.raises(ValueError, match="samples with positive weights belong to the same class"):
        svm.SVC().fit(A, ya, (ya == 1).astype(float))
    with pytest.warns(learn.exceptions.ConvergenceWarning, match=r"early \(max_iter=3\)"):
        assert svm.SVC(max_iter=3).fit(A, ya).fit_status_ == 1
    with pytest.warns(learn.exceptions.ConvergenceWarning, match="Liblinear failed to converge"):
        svm.LinearSVR(max_iter=2, C=100).fit(A, ya)


def test_the_least_c_with_any_weights_is_scikit_learns():
    A, _, ya, _ = _halves("wine")
    for options in ({}, {"loss": "log"}, {"fit_intercept": False}, {"intercept_scaling": 10.0}):
        ours, theirs = svm.l1_min_c(A, ya, **options), sklearn.svm.l1_min_c(A, ya, **options)
        assert ours == pytest.approx(theirs)
    least = svm.l1_min_c(A, ya)
    for c, some in ((0.99 * least, False), (1.05 * least, True)):
        machine = svm.LinearSVC(penalty="l1", dual=False, C=c, tol=1e-8).fit(A, ya)
        assert np.any(machine.coef_) == some


def test_small_caches_and_shrinking_change_nothing():
    A, B, ya, _ = _halves("digits")
    ya = ya % 2
    kinds = [{}, {"cache_size": 0.01}, {"shrinking": False}]
    all_of = [svm.SVC(C=20, tol=1e-5, gamma=0.05, **kind).fit(A, ya) for kind in kinds]
    for other in all_of[1:]:
        np.testing.assert_allclose(
            other.decision_function(B), all_of[0].decision_function(B), atol=1e-3
        )


@pytest.mark.parametrize(("dtype", "far"), [("float64", 1e-12), ("float32", 1e-6)])
def test_decisions_are_sums_of_kernels(dtype, far):
    from sklearn.metrics.pairwise import polynomial_kernel, rbf_kernel

    X, y = datasets.load_digits(return_X_y=True)
    X = (X / 16 + 3).astype(dtype)
    wide = X.astype(float)
    for labels in (y > 4, y):
        for kernel, of in (("rbf", rbf_kernel), ("poly", polynomial_kernel), ("linear", None)):
            model = svm.SVC(kernel=kernel, gamma=0.05, decision_function_shape="ovo")
            model.fit(X[:600], labels[:600])
            gram = wide @ model.support_vectors_.T if of is None else of(
                wide, model.support_vectors_, gamma=0.05, **({"coef0": 0} if kernel == "poly" else {}))
            ends = np.cumsum(model.n_support_)
            parts = [gram[:, e - n:e] @ model.dual_coef_[:, e - n:e].T
                     for e, n in zip(ends, model.n_support_, strict=True)]
            k = len(model.classes_)
            pairs = [(a, b) for a in range(k) for b in range(a + 1, k)]
            want = np.stack([parts[a][:, b - 1] + parts[b][:, a] for a, b in pairs], axis=1)
            want += model.intercept_
            got = model.decision_function(X).reshape(len(X), -1)
            scale = np.abs(gram).max() * np.abs(model.dual_coef_).sum(axis=1).max()
            assert np.abs(got - want).max() < far * (scale if kernel != "rbf" else 10)
            alone = np.concatenate([model.decision_function(X[i:i + 1]).ravel() for i in range(20)])
            np.testing.assert_array_equal(alone, got[:20].ravel())


def test_linear_machines_of_sparse_samples_agree_with_scikit_learn():
    sparse = pytest.importorskip("scipy.sparse")
    rng = np.random.default_rng(0)
    X = sparse.random(400, 900, 0.02, random_state=1, format="csr")
    y = np.asarray(X[:, :300].sum(axis=1)).ravel() > np.asarray(X[:, 300:600].sum(axis=1)).ravel()
    weights = rng.integers(0, 3, 400)
    for options in ({}, {"C": 0.1}, {"dual": False}, {"class_weight": "balanced"}):
        for w in (None, weights):
            ours, theirs = _pair("LinearSVC", X, y, tol=1e-8, max_iter=20_000, sample_weight=w, **options)
            np.testing.assert_allclose(ours.coef_, theirs.coef_, atol=2e-5)
            np.testing.assert_allclose(ours.decision_function(X), theirs.decision_function(X), atol=2e-4)
    many = rng.integers(0, 3, 400)
    ours, theirs = _pair("LinearSVC", X, many)
    assert np.abs(ours.decision_function(X) - theirs.decision_function(X)).max() < 5e-3
