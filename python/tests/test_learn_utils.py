"""The utilities against scikit-learn's."""

import functools
import importlib
import numbers
from pathlib import Path

import numpy as np
import pytest
from learn_support import assert_same, assert_same_signature

from seodang import learn
from seodang.learn import utils
from seodang.learn.utils import class_weight, discovery, extmath, multiclass

pytest.importorskip("sklearn")

import sklearn.utils  # noqa: E402
import sklearn.utils.class_weight  # noqa: E402
import sklearn.utils.extmath  # noqa: E402
import sklearn.utils.multiclass  # noqa: E402


def same(name, *args, module=(utils, sklearn.utils), **kwargs):
    ours, theirs = (getattr(m, name) for m in module)
    assert_same(ours, theirs, *args, **kwargs)


math = functools.partial(same, module=(extmath, sklearn.utils.extmath))


@pytest.mark.parametrize("name", extmath.__all__)
def test_the_arguments_of_extmath_are_scikit_learns(name):
    assert_same_signature(getattr(extmath, name), getattr(sklearn.utils.extmath, name))


@pytest.mark.parametrize(
    "name",
    ["gen_batches", "gen_even_slices", "resample", "shuffle", "safe_mask", "compute_class_weight",
     "compute_sample_weight", "check_scalar", "check_symmetric", "as_float_array",
     "assert_all_finite", "all_estimators", "indexable"],
)
def test_the_arguments_are_scikit_learns(name):
    theirs = getattr(sklearn.utils, name)
    if name == "indexable":
        return
    assert_same_signature(getattr(utils, name), theirs)


def test_samples_are_drawn_as_there():
    pandas = pytest.importorskip("pandas")
    sparse = pytest.importorskip("scipy.sparse")
    X, y = np.arange(60.0).reshape(30, 2), np.arange(30) % 3
    for options in ({}, {"replace": False}, {"n_samples": 7}, {"n_samples": 40}, {"stratify": y},
                    {"stratify": y, "n_samples": 11}, {"n_samples": 40, "replace": False},
                    {"stratify": np.stack([y, y], 1), "replace": False, "n_samples": 20},
                    {"sample_weight": np.arange(30.0)}, {"n_samples": 0}, {"replace": 1},
                    {"sample_weight": np.arange(30.0), "replace": False}):
        same("resample", X, random_state=3, **options)
        same("resample", X, y, list(y), random_state=3, **options)
    same("resample", X, y[:4])
    same("resample")
    same("shuffle", X, sparse.csr_matrix(X), random_state=0)
    frame = pandas.DataFrame(X, columns=["a", "b"])
    got, want = (m.shuffle(frame, random_state=1, n_samples=9) for m in (utils, sklearn.utils))
    pandas.testing.assert_frame_equal(got, want)
    for n, size, least in ((10, 3, 0), (10, 3, 2), (9, 3, 0), (2, 5, 0), (10, 0, 0), (10, 2.5, 0)):
        assert_same(
            *(lambda *a, m=m: list(m.gen_batches(*a[:2], min_batch_size=a[2]))
              for m in (utils, sklearn.utils)), n, size, least
        )
    for n, packs, end in ((10, 3, None), (2, 5, None), (10, 10, 4), (10, 0, None)):
        assert_same(
            *(lambda *a, m=m: list(m.gen_even_slices(*a[:2], n_samples=a[2]))
              for m in (utils, sklearn.utils)), n, packs, end
        )


def test_classes_are_weighed_as_there():
    y = np.array([0, 0, 0, 1, 1, 2])
    words = np.array(["a", "b", "c"])
    for w in (None, "balanced", {0: 2.0, 1: 3.0}, {0: 2.0, 7: 1.0}, {}, "other", 3):
        same("compute_class_weight", w, classes=np.unique(y), y=y)
        same("compute_class_weight", w, classes=np.array([1, 2]), y=y)
        same("compute_class_weight", w, classes=np.array([0, 1, 2, 3]), y=y)
        same("compute_class_weight", w, classes=words, y=words[y])
        same("compute_sample_weight", w, y)
        same("compute_sample_weight", w, words[y])
        same("compute_sample_weight", w, np.stack([y, 2 - y], 1))
        same("compute_sample_weight", w, y, indices=[0, 1, 3])
    same("compute_class_weight", "balanced", classes=np.unique(y), y=y,
         sample_weight=np.arange(1.0, 7))
    same("compute_class_weight", {"a": 2}, classes=words, y=words[y])
    same("compute_sample_weight", [{0: 1, 1: 2, 2: 3}], np.stack([y, 2 - y], 1))
    same("compute_sample_weight", [{0: 1, 1: 2, 2: 3}] * 2, np.stack([y, 2 - y], 1))


def test_single_things_are_checked_as_there():
    for value in (1, 2.5, 0, -1, "a", True):
        for options in ({}, {"min_val": 0}, {"min_val": 0, "include_boundaries": "neither"},
                        {"max_val": 1}, {"max_val": 1, "include_boundaries": "left"},
                        {"include_boundaries": "right"}, {"include_boundaries": "other"}):
            for kind in (int, (int, float), numbers.Real, numbers.Integral):
                same("check_scalar", value, "x", kind, **options)
    square = np.array([[1.0, 2.0], [3.0, 4.0]])
    for options in ({}, {"raise_exception": True}, {"raise_warning": False}):
        same("check_symmetric", square, **options)
        same("check_symmetric", square + square.T, **options)
    same("check_symmetric", square[:1])
    for X in (square, square.astype(np.float32), [[1, 2]], np.array([[1, 2]], dtype=np.int32),
              np.array([[1, 2]]), np.array([True]), [[np.nan]]):
        same("as_float_array", X)
        same("as_float_array", X, copy=False)
    for X in (square, np.array([1.0, np.nan]), np.array([np.inf]), np.array(["a"], dtype=object),
              np.array([1, None], dtype=object)):
        same("assert_all_finite", X)
        same("assert_all_finite", X, allow_nan=True)
    same("safe_mask", square, [True, False])
    same("safe_mask", square, [1, 0])


def test_parts_of_samples_are_taken_as_there():
    X = np.arange(12.0).reshape(4, 3)
    for data in (X, X.tolist()):
        for indices in ([0, 2], [True, False, True, False], slice(1, 3), np.array([3, 1]), None, 1):
            same("_safe_indexing", data, indices)
    for indices in ([0, 2], [True, False, True], slice(0, 2), 1, ["a"], "a"):
        same("_safe_indexing", X, indices, axis=1)
    same("_safe_indexing", X, [0], axis=2)
    same("_safe_indexing", X.tolist(), [0], axis=1)
    same("_safe_indexing", X[:, 0], [0], axis=1)
    same("_safe_indexing", X, ["a"])


def test_small_algebra_is_the_same():
    sparse = pytest.importorskip("scipy.sparse")
    noise = np.random.RandomState(0)
    X, A = noise.normal(size=(20, 5)), sparse.random(20, 30, 0.2, random_state=0, format="csr")
    math("squared_norm", X)
    math("squared_norm", np.arange(4))
    for squared in (True, False):
        math("row_norms", X, squared=squared)
        math("row_norms", A, squared=squared)
    math("fast_logdet", X.T @ X)
    math("fast_logdet", -np.eye(3))
    for w in (A, X, None, np.array([0.0, 1.0])):
        math("density", w)
    for a, b in ((X, X.T), (A, A.T), (A, noise.normal(size=(30, 2))), (X.T, A),
                 (A, noise.normal(size=(3, 30, 2))), (noise.normal(size=(2, 4, 20)), A),
                 (noise.normal(size=(2, 4, 5)), X.T)):
        for dense in (True, False):
            math("safe_sparse_dot", a, b, dense_output=dense)
    math("softmax", X)
    math("make_nonnegative", X)
    math("make_nonnegative", np.abs(X), 3)
    math("make_nonnegative", -A)
    math("stable_cumsum", X, axis=0)
    math("stable_cumsum", X)
    u, s, v = np.linalg.svd(X, full_matrices=False)
    for by_u in (True, False):
        math("svd_flip", -u, v.copy(), by_u)
    math("svd_flip", u.copy(), None)
    for a, w, axis in (([4, 1, 4, 2, 4, 2], [1, 1, 1, 1, 1, 1], 0), ([4, 1, 4, 2, 4, 2], [1, 3, 0.5, 1.5, 1, 2], 0),
                       (X.round(), np.abs(X), 1), (X.round(), np.ones_like(X), None)):
        math("weighted_mode", a, w, axis=axis)
    math("cartesian", ([1, 2], [3.5, 4], [5, 6, 7]))
    math("safe_sqr", X)
    low = X @ noise.normal(size=(5, 40))
    for options in ({}, {"n_iter": 2}, {"transpose": True}, {"flip_sign": False}):
        got = extmath.randomized_svd(low, 3, random_state=0, **options)
        want = sklearn.utils.extmath.randomized_svd(low, 3, random_state=0, **options)
        for g, w in zip(got, want, strict=True):
            np.testing.assert_allclose(g, w, rtol=1e-6, atol=1e-8)
    basis = extmath.randomized_range_finder(low, size=5, n_iter=3, random_state=0)
    np.testing.assert_allclose(basis @ (basis.T @ low), low, atol=1e-8)


def test_kinds_of_targets_are_the_same():
    sparse = pytest.importorskip("scipy.sparse")
    cases = [
        [0, 1], [0, 1, 2], [0.0, 1.0], [0.5, 1.0], [[0, 1], [1, 1]], [[0, 1], [1, 2]], [[0.5, 1], [1, 2]],
        ["a", "b"], ["a", "b", "c"], [["a", "b"], ["c", "d"]], [], [[]], [[0], [1]], [[0], [1], [2]],
        np.zeros((2, 2, 2)), "text", 3, [np.nan, 1.0], [np.inf, 1.0], [[1, 2], [3]], [b"a", b"b"],
        np.array([1, "a", None], dtype=object), np.array(["a", "b"], dtype=object), [True, False],
        sparse.csr_matrix([[0, 1], [1, 0]]), sparse.csr_matrix([[0, 2], [1, 0]]), [1j, 2.0], [[1, 1], [1, 1]],
        (0, 1, 1), range(3),
    ]
    module = (multiclass, sklearn.utils.multiclass)
    for y in cases:
        same("type_of_target", y, module=module)
        same("type_of_target", y, "y", True, module=module)
        same("is_multilabel", y, module=module)
        same("unique_labels", y, module=module)
        same("unique_labels", y, y, module=module)
    several = np.array([[0, 1, 5], [2, 1, 5], [2, 0, 5]])
    for y in (several, sparse.csr_matrix(several)):
        same("class_distribution", y, module=module)
        same("class_distribution", y, [1.0, 2.0, 3.0], module=module)
    same("unique_labels", module=module)
    same("unique_labels", [0, 1], ["a"], module=module)
    same("unique_labels", [0, 1], [[0, 1], [1, 1]], module=module)
    same("unique_labels", [[0, 1], [1, 1]], [[0, 1, 1], [1, 1, 0]], module=module)


def test_all_estimators_are_found():
    found = dict(discovery.all_estimators())
    assert found["KNeighborsClassifier"] is learn.neighbors.KNeighborsClassifier
    assert "LinearRegression" in found and "BaseEstimator" not in found
    assert all(issubclass(c, learn.base.BaseEstimator) for c in found.values())
    classifiers = dict(utils.all_estimators("classifier"))
    assert "KNeighborsClassifier" in classifiers and "KNeighborsRegressor" not in classifiers
    both = dict(utils.all_estimators(["classifier", "regressor"]))
    assert "KNeighborsRegressor" in both
    with pytest.raises(ValueError, match="Parameter type_filter must be 'classifier'"):
        utils.all_estimators("other")
    assert "RocCurveDisplay" in dict(discovery.all_displays())
    assert "accuracy_score" in dict(discovery.all_functions())


def test_the_configuration_is_scikit_learns():
    assert learn.__version__ == sklearn.__version__
    assert learn.get_config() == sklearn.get_config()
    assert_same_signature(learn.set_config, sklearn.set_config)
    X = np.arange(12.0).reshape(6, 2)
    distances = learn.metrics.pairwise_distances_chunked
    with learn.config_context(working_memory=1e-5):
        assert len(list(distances(X))) == 6
        with learn.config_context(display="text"):
            assert learn.get_config()["working_memory"] == 1e-5
    assert len(list(distances(X))) == 1 and learn.get_config() == sklearn.get_config()
    with pytest.raises(NotImplementedError, match="enable_metadata_routing=True"):
        learn.set_config(enable_metadata_routing=True)
    with pytest.raises(ValueError, match="output config must be in"):
        learn.set_config(transform_output="csv")


def test_frames_can_be_asked_for_once():
    pandas = pytest.importorskip("pandas")

    class Doubled(learn.base.OneToOneFeatureMixin, learn.base.TransformerMixin, learn.base.BaseEstimator):
        def fit(self, X, y=None):
            learn.utils.validation.validate_data(self, X)
            return self

        def transform(self, X):
            return 2 * np.asarray(X)

    frame = pandas.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]})
    text = learn.feature_extraction.text.HashingVectorizer(n_features=4)
    with learn.config_context(transform_output="pandas"):
        pandas.testing.assert_frame_equal(Doubled().fit_transform(frame), 2 * frame)
        assert isinstance(Doubled().set_output(transform="default").fit_transform(frame), np.ndarray)
        assert text.transform(["a text"]).shape == (1, 4)
    assert isinstance(Doubled().fit_transform(frame), np.ndarray)
    names = Doubled().fit(frame.to_numpy()).get_feature_names_out()
    assert names.tolist() == ["x0", "x1"]


def test_every_estimator_is_checked():
    """The files of tests list in `INSTANCES` whom scikit-learn's own checks run over."""
    checked = set()
    for file in sorted(Path(__file__).parent.glob("test_learn_*.py")):
        module = importlib.import_module(file.stem)
        checked |= {type(estimator).__name__ for estimator in getattr(module, "INSTANCES", ())}
    # scikit-learn leaves FrozenEstimator out, too: it is fitted before it is made.
    missing = {name for name, _ in discovery.all_estimators()} - checked - {"FrozenEstimator"}
    assert not missing, f"no check_estimator runs over {sorted(missing)}"


def test_the_checks_are_scikit_learns_own():
    from seodang.learn.utils import estimator_checks

    assert estimator_checks.check_estimator is sklearn.utils.estimator_checks.check_estimator
    assert class_weight.compute_class_weight is utils.compute_class_weight


@pytest.mark.parametrize("dtype", ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"])
def test_labels_are_numbered_as_numpy_does(dtype):
    from seodang.learn.utils.multiclass import numbered

    info = np.iinfo(dtype)
    near = np.random.default_rng(0).integers(0, 50, 3000)
    for base in (info.min, 0, info.max - 49):
        labels = (near.astype(object) + base).astype(dtype)
        for given in (labels, labels[::-3], labels[:1]):
            classes, codes = numbered(given)
            expected, inverse = np.unique(given, return_inverse=True)
            assert classes.dtype == expected.dtype
            np.testing.assert_array_equal(classes, expected)
            np.testing.assert_array_equal(codes, inverse)
    # Far apart, or none at all.
    for given in (np.array([info.min, info.max, info.min], dtype), np.zeros(0, dtype)):
        np.testing.assert_array_equal(numbered(given)[1], np.unique(given, return_inverse=True)[1])


def test_targets_are_read_where_they_are_and_let_go():
    import sys

    from seodang.learn.linear_model import LinearRegression, LogisticRegression
    from seodang.learn.neighbors import KNeighborsRegressor

    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(60, 3)), rng.normal(size=60)
    held = sys.getrefcount(y)
    LinearRegression().fit(X, y)
    assert sys.getrefcount(y) == held
    # What a model keeps of them is its own.
    near = KNeighborsRegressor(1).fit(X, y)
    said = near.predict(X)
    y[:] = 0
    np.testing.assert_array_equal(near.predict(X), said)
    labels = np.where(X[:, 0] > 0, 5.0, -1.0)
    for given in (labels, labels.astype(np.int16), labels.astype(str), labels[::-1] > 0):
        found = LogisticRegression().fit(X, given).predict(X)
        assert found.dtype == given.dtype and set(found) <= set(given)
