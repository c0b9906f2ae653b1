"""Model selection against scikit-learn's: the same rows for a seed, the same scores, the same winners."""

import numpy as np
import pytest

from seodang.learn import model_selection as ours

pytest.importorskip("sklearn")

from sklearn import datasets  # noqa: E402
from sklearn import model_selection as theirs  # noqa: E402

NAMES = ("iris", "wine", "digits", "breast_cancer", "diabetes")
CLASSIFICATION = NAMES[:4]


def data(name):
    return getattr(datasets, f"load_{name}")(return_X_y=True)


def same(got, want):
    got, want = list(got), list(want)
    assert len(got) == len(want)
    for a, b in zip(got, want, strict=True):
        np.testing.assert_array_equal(np.asarray(a[0]), np.asarray(b[0]))
        np.testing.assert_array_equal(np.asarray(a[1]), np.asarray(b[1]))


SPLITTERS = [
    ("KFold", {}),
    ("KFold", {"n_splits": 7, "shuffle": True, "random_state": 3}),
    ("StratifiedKFold", {}),
    ("StratifiedKFold", {"n_splits": 3, "shuffle": True, "random_state": 42}),
    ("GroupKFold", {}),
    ("GroupKFold", {"n_splits": 4, "shuffle": True, "random_state": 1}),
    ("StratifiedGroupKFold", {"n_splits": 3}),
    ("StratifiedGroupKFold", {"n_splits": 3, "shuffle": True, "random_state": 5}),
    ("ShuffleSplit", {"random_state": 0}),
    ("ShuffleSplit", {"n_splits": 3, "test_size": 0.3, "train_size": 17, "random_state": 8}),
    ("StratifiedShuffleSplit", {"n_splits": 4, "random_state": 42}),
    ("StratifiedShuffleSplit", {"test_size": 0.37, "train_size": 0.41, "random_state": 7}),
    ("GroupShuffleSplit", {"random_state": 2}),
    ("LeaveOneGroupOut", {}),
    ("LeavePGroupsOut", {"n_groups": 2}),
    ("RepeatedKFold", {"n_repeats": 2, "random_state": 42}),
    ("RepeatedStratifiedKFold", {"n_splits": 3, "n_repeats": 3, "random_state": 0}),
    ("TimeSeriesSplit", {}),
    ("TimeSeriesSplit", {"n_splits": 3, "max_train_size": 20, "test_size": 9, "gap": 2}),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("kind", "options"), SPLITTERS, ids=str)
def test_a_seed_gives_scikit_learns_splits(kind, options, name):
    X, y = data(name)
    if name == "diabetes" and kind.startswith(("Strat", "RepeatedStrat")):
        y = np.digitize(y, [90, 140, 200])
    groups = np.random.RandomState(0).randint(0, 12, len(X))
    mine, other = getattr(ours, kind)(**options), getattr(theirs, kind)(**options)
    more = {"groups": groups} if "Group" in kind else {}
    same(mine.split(X, y, **more), other.split(X, y, **more))
    assert mine.get_n_splits(X, y, **more) == other.get_n_splits(X, y, **more)
    assert repr(mine) == repr(other)


def test_the_smaller_splitters_are_scikit_learns():
    X, y = data("iris")
    X = X[::10]
    same(ours.LeaveOneOut().split(X), theirs.LeaveOneOut().split(X))
    same(ours.LeavePOut(2).split(X), theirs.LeavePOut(2).split(X))
    folds = np.arange(15) % 4 - 1
    same(ours.PredefinedSplit(folds).split(), theirs.PredefinedSplit(folds).split())
    for splitter in (ours.LeaveOneOut(), ours.LeavePOut(2)):
        assert splitter.get_n_splits(X) == len(list(splitter.split(X)))
        with pytest.raises(ValueError, match="The 'X' parameter should not be None"):
            splitter.get_n_splits()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "options",
    [
        {"random_state": 42},
        {"random_state": 0, "test_size": 0.2},
        {"random_state": 1, "train_size": 50, "test_size": 30},
        {"random_state": 42, "stratify": True, "test_size": 0.3},
        {"shuffle": False},
    ],
    ids=str,
)
def test_train_test_split_gives_scikit_learns_rows(name, options):
    X, y = data(name)
    if options.get("stratify"):
        options = {**options, "stratify": np.digitize(y, [140]) if name == "diabetes" else y}
    got = ours.train_test_split(X, y, list(y), **options)
    want = theirs.train_test_split(X, y, list(y), **options)
    for a, b in zip(got, want, strict=True):
        assert type(a) is type(b)
        np.testing.assert_array_equal(a, b)


def test_train_test_split_keeps_containers():
    pandas = pytest.importorskip("pandas")
    sparse = pytest.importorskip("scipy.sparse")
    X, y = data("wine")
    frame = pandas.DataFrame(X, index=np.arange(len(X)) + 1000)
    arrays = (frame, frame[0], sparse.coo_matrix(X), [str(v) for v in y])
    got = ours.train_test_split(*arrays, random_state=3)
    want = theirs.train_test_split(*arrays, random_state=3)
    pandas.testing.assert_frame_equal(got[0], want[0])
    pandas.testing.assert_series_equal(got[3], want[3])
    assert got[4].format == want[4].format and (got[4] != want[4]).nnz == 0
    assert got[6:] == want[6:]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda m, X, y: m.train_test_split(), ValueError),
        (lambda m, X, y: m.train_test_split(X, y[:-1]), ValueError),
        (lambda m, X, y: m.train_test_split(X, test_size=1.5), ValueError),
        (lambda m, X, y: m.train_test_split(X, test_size=0), ValueError),
        (lambda m, X, y: m.train_test_split(X, test_size=500), ValueError),
        (lambda m, X, y: m.train_test_split(X, test_size=0.6, train_size=0.6), ValueError),
        (lambda m, X, y: m.train_test_split(X, test_size=100, train_size=100), ValueError),
        (lambda m, X, y: m.train_test_split(X, shuffle=False, stratify=y), ValueError),
        (lambda m, X, y: m.train_test_split([1], test_size=0.5), ValueError),
        (lambda m, X, y: m.train_test_split(X, stratify=np.arange(150)), ValueError),
        (lambda m, X, y: m.train_test_split(X, stratify=y, test_size=2), ValueError),
        (lambda m, X, y: m.KFold(1), ValueError),
        (lambda m, X, y: m.KFold(2.5), ValueError),
        (lambda m, X, y: m.KFold(2, random_state=1), ValueError),
        (lambda m, X, y: m.KFold(2, shuffle=1), TypeError),
        (lambda m, X, y: list(m.KFold(5).split(X[:3])), ValueError),
        (lambda m, X, y: list(m.StratifiedKFold(60).split(X, y)), ValueError),
        (lambda m, X, y: list(m.StratifiedKFold(3).split(X, X[:, 0])), ValueError),
        (lambda m, X, y: list(m.GroupKFold(3).split(X, y)), ValueError),
        (lambda m, X, y: list(m.GroupKFold(5).split(X, y, y)), ValueError),
        (lambda m, X, y: list(m.LeaveOneGroupOut().split(X, y, y * 0)), ValueError),
        (lambda m, X, y: list(m.LeavePGroupsOut(3).split(X, y, y)), ValueError),
        (lambda m, X, y: list(m.LeaveOneOut().split(X[:1])), ValueError),
        (lambda m, X, y: list(m.LeavePOut(3).split(X[:3])), ValueError),
        (lambda m, X, y: list(m.TimeSeriesSplit(5).split(X[:4])), ValueError),
        (lambda m, X, y: list(m.TimeSeriesSplit(5, test_size=40).split(X)), ValueError),
        (lambda m, X, y: m.RepeatedKFold(n_repeats=0), ValueError),
        (lambda m, X, y: m.check_cv("five"), ValueError),
    ],
)
def test_what_cannot_be_split_has_scikit_learns_words(call, error):
    X, y = data("iris")
    with pytest.raises(error) as want:
        call(theirs, X, y)
    with pytest.raises(error) as got:
        call(ours, X, y)
    assert str(got.value) == str(want.value)


def test_small_classes_are_warned_of():
    with pytest.warns(UserWarning, match="The least populated class in y has only 2 members"):
        list(ours.StratifiedKFold(3).split(np.zeros(8), [0, 0, 0, 0, 0, 0, 1, 1]))
    with pytest.warns(UserWarning, match="groups parameter is ignored by StratifiedKFold"):
        list(ours.StratifiedKFold(2).split(np.zeros(4), [0, 0, 1, 1], [1, 2, 3, 4]))


def test_check_cv_is_scikit_learns():
    X, y = data("iris")
    for cv in (None, 3, [([0, 1], [2])]):
        for classifier in (False, True):
            for target in (y, X[:, 0], None):
                mine = ours.check_cv(cv, target, classifier=classifier)
                other = theirs.check_cv(cv, target, classifier=classifier)
                if isinstance(cv, list):
                    assert list(mine.split()) == list(other.split()) == cv
                else:
                    assert repr(mine) == repr(other)
    splitter = theirs.KFold(3)
    assert ours.check_cv(splitter) is splitter
