"""Model selection against scikit-learn's: the same rows for a seed, the same scores, the same winners."""

import numpy as np
import pytest

from seodang.learn import model_selection as ours

pytest.importorskip("sklearn")

from sklearn import datasets  # noqa: E402
from sklearn import model_selection as theirs  # noqa: E402
from sklearn.exceptions import FitFailedWarning  # noqa: E402
from sklearn.experimental import enable_halving_search_cv  # noqa: E402, F401

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


def knn(n=5):
    from seodang.learn.neighbors import KNeighborsClassifier

    return KNeighborsClassifier(n)


def tree(**options):
    from sklearn.tree import DecisionTreeClassifier

    return DecisionTreeClassifier(random_state=0, **options)


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_cross_validation_is_scikit_learns(name):
    X, y = data(name)
    for estimator in (tree(max_depth=3), knn()):
        np.testing.assert_array_equal(
            ours.cross_val_score(estimator, X, y), theirs.cross_val_score(estimator, X, y)
        )
        np.testing.assert_array_equal(
            ours.cross_val_predict(estimator, X, y, cv=3),
            theirs.cross_val_predict(estimator, X, y, cv=3),
        )
        np.testing.assert_array_equal(
            ours.cross_val_predict(estimator, X, y, cv=3, method="predict_proba"),
            theirs.cross_val_predict(estimator, X, y, cv=3, method="predict_proba"),
        )
    options = {
        "scoring": {"a": "accuracy", "b": "balanced_accuracy"}, "return_train_score": True,
        "return_indices": True, "return_estimator": True,
        "cv": theirs.StratifiedShuffleSplit(4, random_state=1),
    }
    got = ours.cross_validate(tree(), X, y, **options)
    want = theirs.cross_validate(tree(), X, y, **options)
    assert list(got) == list(want)
    for key in want:
        if key.startswith(("test_", "train_")):
            np.testing.assert_array_equal(got[key], want[key])
    same(zip(*got["indices"].values()), zip(*want["indices"].values()))
    assert got["estimator"][3].get_depth() == want["estimator"][3].get_depth()


def test_cross_validation_of_a_regressor_is_scikit_learns():
    from sklearn.linear_model import Ridge

    X, y = data("diabetes")
    weights = np.random.RandomState(0).uniform(size=len(X))
    for options in ({}, {"scoring": "neg_mean_squared_error", "cv": 7}, {"params": {"sample_weight": weights}}):
        np.testing.assert_array_equal(
            ours.cross_val_score(Ridge(), X, y, **options),
            theirs.cross_val_score(Ridge(), X, y, **options),
        )
    groups = np.arange(len(X)) % 9
    np.testing.assert_array_equal(
        ours.cross_val_predict(Ridge(), X, y, groups=groups, cv=ours.GroupKFold(3)),
        theirs.cross_val_predict(Ridge(), X, y, groups=groups, cv=theirs.GroupKFold(3)),
    )
    with pytest.raises(ValueError, match="only works for partitions"):
        ours.cross_val_predict(Ridge(), X, y, cv=ours.ShuffleSplit(3))


def test_precomputed_kernels_are_cut_both_ways():
    from sklearn.svm import SVC

    X, y = data("wine")
    kernel = X @ X.T
    np.testing.assert_array_equal(
        ours.cross_val_score(SVC(kernel="precomputed"), kernel, y),
        theirs.cross_val_score(SVC(kernel="precomputed"), kernel, y),
    )


def test_classes_that_training_lacks_have_their_columns():
    X, y = data("iris")
    for method in ("predict_proba", "predict_log_proba"):
        with pytest.warns(RuntimeWarning, match="Number of classes in training fold"):
            want = theirs.cross_val_predict(knn(), X, y, cv=theirs.KFold(3), method=method)
        with pytest.warns(RuntimeWarning, match="Number of classes in training fold"):
            got = ours.cross_val_predict(knn(), X, y, cv=ours.KFold(3), method=method)
        np.testing.assert_array_equal(got, want)


def test_curves_and_permutations_are_scikit_learns():
    from sklearn.linear_model import SGDClassifier

    for name in CLASSIFICATION:
        X, y = data(name)
        for options in ({"cv": 3}, {"shuffle": True, "random_state": 3, "train_sizes": [20, 50, 90]}):
            for got, want in zip(
                ours.learning_curve(tree(), X, y, **options),
                theirs.learning_curve(tree(), X, y, **options), strict=True,
            ):
                np.testing.assert_array_equal(got, want)
        options = {"param_name": "max_depth", "param_range": [1, 2, 4], "cv": 3}
        for got, want in zip(
            ours.validation_curve(tree(), X, y, **options),
            theirs.validation_curve(tree(), X, y, **options), strict=True,
        ):
            np.testing.assert_array_equal(got, want)
    X, y = data("iris")
    options = {"n_permutations": 12, "random_state": 5, "cv": 3}
    for groups, kind in ((None, "KFold"), (np.arange(len(y)) % 5, "GroupKFold")):
        options["cv"] = getattr(theirs, kind)(3)
        got = ours.permutation_test_score(tree(), X, y, groups=groups, **options)
        want = theirs.permutation_test_score(tree(), X, y, groups=groups, **options)
        for a, b in zip(got, want, strict=True):
            np.testing.assert_array_equal(a, b)
    X, y = data("wine")
    options = {"exploit_incremental_learning": True, "cv": 3, "return_times": True}
    sgd = SGDClassifier(random_state=0)
    got, want = (m.learning_curve(sgd, X, y, **options) for m in (ours, theirs))
    assert len(got) == len(want) == 5
    for a, b in zip(got[:3], want[:3], strict=True):
        np.testing.assert_array_equal(a, b)
    with pytest.raises(ValueError, match="must be within"):
        ours.learning_curve(tree(), X, y, train_sizes=[0.0, 0.5])
    with pytest.warns(RuntimeWarning, match="Removed duplicate entries"):
        ours.learning_curve(tree(), X, y, train_sizes=[20, 20, 30])


GRID = {"max_depth": [1, 2, None], "criterion": ["gini", "entropy"]}


def same_results(got, want):
    assert list(got) == list(want)
    for key, value in want.items():
        if "time" in key:
            assert len(got[key]) == len(value)
        elif key == "params":
            assert got[key] == value
        elif key.startswith("param_"):
            assert got[key].dtype == value.dtype
            assert got[key].tolist() == value.tolist()
        else:
            np.testing.assert_array_equal(got[key], value)
            assert got[key].dtype == value.dtype


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_searches_are_scikit_learns(name):
    X, y = data(name)
    for grid in (GRID, [GRID, {"min_samples_leaf": [1, 5], "max_depth": [3]}]):
        mine, other = (
            m.GridSearchCV(tree(), grid, cv=3, return_train_score=True).fit(X, y)
            for m in (ours, theirs)
        )
        same_results(mine.cv_results_, other.cv_results_)
        assert mine.best_params_ == other.best_params_ and mine.best_score_ == other.best_score_
        assert mine.best_index_ == other.best_index_ and mine.n_splits_ == other.n_splits_
        np.testing.assert_array_equal(mine.predict_proba(X), other.predict_proba(X))
        assert mine.score(X, y) == other.score(X, y)


def test_random_searches_draw_scikit_learns_candidates():
    from scipy.stats import loguniform, randint

    X, y = data("breast_cancer")
    spaces = [
        {"max_depth": randint(1, 9), "ccp_alpha": loguniform(1e-4, 1e-1), "criterion": ["gini", "entropy"]},
        {"max_depth": list(range(1, 30)), "min_samples_leaf": [1, 2, 3, 4]},
        [{"max_depth": [1, 2]}, {"min_samples_leaf": randint(1, 9)}],
    ]
    for space in spaces:
        for seed in (0, 42):
            assert list(ours.ParameterSampler(space, 7, random_state=seed)) == list(
                theirs.ParameterSampler(space, 7, random_state=seed)
            )
        mine, other = (
            m.RandomizedSearchCV(tree(), space, n_iter=4, cv=3, random_state=1).fit(X, y)
            for m in (ours, theirs)
        )
        same_results(mine.cv_results_, other.cv_results_)
        assert repr(mine).split() == repr(other).split()
    large = {f"p{i}": list(range(10)) for i in range(4)}
    for n in (5, 200, 9999):
        assert list(ours.ParameterSampler(large, n, random_state=3)) == list(
            theirs.ParameterSampler(large, n, random_state=3)
        )
    with pytest.warns(UserWarning, match="The total space of parameters 2 is smaller"):
        assert len(list(ours.ParameterSampler({"a": [1, 2]}, 5))) == 2
    grid = [{"a": [1, 2], "b": [True, False]}, {}, {"c": ["x"]}]
    mine, other = ours.ParameterGrid(grid), theirs.ParameterGrid(grid)
    assert list(mine) == list(other) and len(mine) == len(other)
    assert [mine[i] for i in range(6)] == [other[i] for i in range(6)]
    for wrong in (3, [3], {"a": 1}, {"a": "abc"}, {"a": []}, {"a": np.zeros((2, 2))}):
        with pytest.raises((TypeError, ValueError)) as want:
            theirs.ParameterGrid(wrong)
        with pytest.raises(want.type) as got:
            ours.ParameterGrid(wrong)
        assert str(got.value) == str(want.value)


def test_several_scores_and_rules_of_ones_own():
    X, y = data("wine")
    scoring = ["accuracy", "f1_macro"]
    mine, other = (
        m.GridSearchCV(tree(), GRID, scoring=scoring, refit="f1_macro", cv=3).fit(X, y)
        for m in (ours, theirs)
    )
    same_results(mine.cv_results_, other.cv_results_)
    assert mine.best_params_ == other.best_params_ and mine.score(X, y) == other.score(X, y)
    rule = ours.GridSearchCV(tree(), GRID, refit=lambda r: 1, cv=3).fit(X, y)
    assert rule.best_index_ == 1 and not hasattr(rule, "best_score_")
    with pytest.raises(ValueError, match="For multi-metric scoring, the parameter refit must be set"):
        ours.GridSearchCV(tree(), GRID, scoring=scoring).fit(X, y)
    once = ours.GridSearchCV(tree(), GRID, refit=False, cv=3).fit(X, y)
    assert hasattr(once, "best_params_") and not hasattr(once, "predict")
    with pytest.raises(AttributeError, match="has no attribute 'predict'"):
        once.predict(X)
    with pytest.raises(AttributeError, match="`refit=False`. score is available only after"):
        once.score(X, y)


def test_fits_that_fail_are_told_of():
    X, y = data("iris")
    grid = {"max_depth": [2, -1]}
    with (
        pytest.warns(FitFailedWarning, match="3 fits failed out of a total of 6"),
        pytest.warns(UserWarning, match="One or more of the test scores are non-finite"),
    ):
        mine = ours.GridSearchCV(tree(), grid, cv=3).fit(X, y)
    assert mine.cv_results_["rank_test_score"].tolist() == [1, 2]
    assert mine.best_params_ == {"max_depth": 2}
    with pytest.raises(ValueError, match="All the 3 fits failed"):
        ours.GridSearchCV(tree(), {"max_depth": [-1]}, cv=3).fit(X, y)
    with pytest.raises(ValueError, match="max_depth"):
        ours.GridSearchCV(tree(), grid, cv=3, error_score="raise").fit(X, y)
    with pytest.raises(ValueError, match="'n_splits'|'cv' parameter of GridSearchCV must be"):
        ours.GridSearchCV(tree(), grid, cv=1).fit(X, y)

    def broken(estimator, X, y):
        raise RuntimeError("no score today")

    with pytest.warns(UserWarning, match="Scoring failed"):
        assert np.isnan(ours.cross_val_score(tree(), X, y, scoring=broken)).all()


def test_what_a_search_prints_is_scikit_learns(capsys):
    import re

    X, y = data("iris")
    texts = []
    for m in (ours, theirs):
        m.GridSearchCV(tree(), {"max_depth": [1, 2]}, cv=2, verbose=10).fit(X, y)
        texts.append(re.sub(r"\.*\s*max_depth|\d+\.\ds", "", capsys.readouterr().out))
    assert texts[0] == texts[1]


def test_jobs_give_the_same():
    X, y = data("wine")
    one, two = (ours.GridSearchCV(tree(), GRID, cv=3, n_jobs=n).fit(X, y) for n in (None, 2))
    same_results(two.cv_results_, one.cv_results_)
    np.testing.assert_array_equal(
        ours.cross_val_score(knn(), X, y, n_jobs=2), ours.cross_val_score(knn(), X, y)
    )


def test_jobs_without_joblib_are_threads(monkeypatch):
    import sys

    from seodang.learn import _parallel

    monkeypatch.setitem(sys.modules, "joblib", None)
    assert _parallel.run(divmod, [(7, 2), (9, 4)], 2) == [(3, 1), (2, 1)]
    assert _parallel.workers(3) == 3 and _parallel.workers(None) == 1
    with pytest.raises(ValueError, match="n_jobs == 0"):
        _parallel.run(divmod, [(7, 2)], 0)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"factor": 2, "min_resources": "smallest"},
        {"factor": 2, "aggressive_elimination": True, "max_resources": 60},
        {"resource": "max_leaf_nodes", "max_resources": 40, "min_resources": 4},
    ],
    ids=str,
)
def test_halving_searches_are_scikit_learns(options):
    from scipy.stats import randint

    for name in ("iris", "wine", "breast_cancer"):
        X, y = data(name)
        options = {**options, "cv": 3, "random_state": 0}
        space = {"max_depth": [1, 2, 3, 4], "min_samples_leaf": [1, 2, 5]}
        drawn = {"max_depth": randint(1, 9), "min_samples_leaf": randint(1, 9)}
        for kind, over, more in (
            ("HalvingGridSearchCV", space, {}), ("HalvingRandomSearchCV", drawn, {"n_candidates": 9}),
        ):
            mine, other = (
                getattr(m, kind)(tree(), over, **options, **more).fit(X, y) for m in (ours, theirs)
            )
            same_results(mine.cv_results_, other.cv_results_)
            for key in ("n_resources_", "n_candidates_", "n_iterations_", "min_resources_",
                        "max_resources_", "n_required_iterations_", "n_possible_iterations_",
                        "n_remaining_candidates_", "best_index_", "best_params_"):
                assert getattr(mine, key) == getattr(other, key), key


def test_halving_needs_the_same_folds_again():
    X, y = data("iris")
    search = ours.HalvingGridSearchCV(tree(), GRID, cv=ours.KFold(3, shuffle=True))
    with pytest.raises(ValueError, match="must yield consistent folds"):
        search.fit(X, y)
    with pytest.raises(ValueError, match="min_resources_=200 is greater than max_resources_=100"):
        ours.HalvingGridSearchCV(tree(), GRID, min_resources=200, max_resources=100).fit(X, y)
    with pytest.raises(ValueError, match="resource.* can only be 'n_samples' when max_resources"):
        ours.HalvingGridSearchCV(tree(), GRID, resource="max_leaf_nodes").fit(X, y)


def test_thresholds_are_scikit_learns():
    from sklearn.linear_model import RidgeClassifier
    from sklearn.naive_bayes import GaussianNB

    for name in ("breast_cancer", "iris", "wine", "digits", "diabetes"):
        X, y = data(name)
        X, y = X[:300, :6], (y[:300] > np.median(y)).astype(int)
        if len(np.unique(y)) == 1:
            y = data(name)[1][:300]
        letters = np.array(["no", "yes"])[y]
        for part in (GaussianNB(), RidgeClassifier()):
            for target, options in (
                (y, {} if name == "iris" else {"thresholds": 9}),
                (y, {"thresholds": [0.2, 0.5, 0.7], "store_cv_results": True}),
                (letters, {"cv": 0.3, "random_state": 1, "refit": False}),
                (y, {"scoring": "f1", "thresholds": 20, "cv": 3}),
            ):
                mine, other = (
                    m.TunedThresholdClassifierCV(part, **options).fit(X, target)
                    for m in (ours, theirs)
                )
                assert mine.best_threshold_ == pytest.approx(other.best_threshold_)
                assert mine.best_score_ == pytest.approx(other.best_score_)
                np.testing.assert_array_equal(mine.predict(X), other.predict(X))
                assert hasattr(mine, "cv_results_") == hasattr(other, "cv_results_")
            for options in ({}, {"threshold": 0.8, "pos_label": "no"}):
                mine, other = (
                    m.FixedThresholdClassifier(part, **options).fit(X, letters)
                    for m in (ours, theirs)
                )
                np.testing.assert_array_equal(mine.predict(X), other.predict(X))
    with pytest.raises(ValueError, match="Only binary classification is supported"):
        ours.TunedThresholdClassifierCV(GaussianNB()).fit(*data("wine"))
    with pytest.raises(ValueError, match="When cv='prefit', refit cannot be True"):
        ours.TunedThresholdClassifierCV(GaussianNB(), cv="prefit").fit(X, y)
    with pytest.raises(ValueError, match="When cv has several folds, refit cannot be False"):
        ours.TunedThresholdClassifierCV(GaussianNB(), refit=False).fit(X, y)


def test_curves_are_drawn():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    X, y = data("iris")
    for name, options in (
        ("LearningCurveDisplay", {"cv": 3, "shuffle": True, "random_state": 0}),
        ("ValidationCurveDisplay", {"cv": 3, "param_name": "max_depth", "param_range": [1, 2, 30]}),
    ):
        for more in (
            {}, {"std_display_style": "errorbar", "score_type": "test"},
            {"scoring": "neg_mean_absolute_error", "negate_score": True, "std_display_style": None},
        ):
            mine, other = (
                getattr(m, name).from_estimator(tree(), X, y, **options, **more) for m in (ours, theirs)
            )
            np.testing.assert_array_equal(mine.test_scores, other.test_scores)
            for what in ("get_xlabel", "get_ylabel", "get_xscale"):
                assert getattr(mine.ax_, what)() == getattr(other.ax_, what)()
            for a, b in zip(mine.ax_.lines, other.ax_.lines, strict=True):
                np.testing.assert_array_equal(a.get_xydata(), b.get_xydata())
                assert a.get_label() == b.get_label()
            assert len(mine.ax_.collections) == len(other.ax_.collections)
            plt.close("all")
    with pytest.raises(ValueError, match="Unknown score_type"):
        mine.plot(score_type="all")
    with pytest.raises(ValueError, match="Unknown std_display_style"):
        mine.plot(std_display_style="box")
    plt.close("all")


def test_splitters_of_ones_own():
    class Ends(ours.BaseCrossValidator):
        def _iter_test_indices(self, X, y, groups):
            yield [0]
            yield [len(X) - 1]

        def get_n_splits(self, X=None, y=None, groups=None):
            return 2

    X, y = data("iris")
    got = list(Ends().split(X))
    assert [b.tolist() for _, b in got] == [[0], [149]]
    assert [len(a) for a, _ in got] == [149, 149]
    assert len(ours.cross_val_score(tree(), X, y, cv=Ends())) == 2
    assert len(theirs.cross_val_score(tree(), X, y, cv=Ends())) == 2


def test_searches_take_weights_and_groups():
    from sklearn.linear_model import Ridge

    X, y = data("diabetes")
    weights = np.random.RandomState(0).uniform(size=len(X))
    grid = {"alpha": [0.01, 1.0, 100.0]}
    mine, other = (
        m.GridSearchCV(Ridge(), grid, cv=3).fit(X, y, sample_weight=weights) for m in (ours, theirs)
    )
    same_results(mine.cv_results_, other.cv_results_)
    np.testing.assert_array_equal(mine.predict(X), other.predict(X))
    groups = np.arange(len(X)) % 7
    mine, other = (
        m.GridSearchCV(Ridge(), grid, cv=m.GroupKFold(3)).fit(X, y, groups=groups)
        for m in (ours, theirs)
    )
    same_results(mine.cv_results_, other.cv_results_)
    assert mine.n_features_in_ == other.n_features_in_ == X.shape[1]


def test_ours_and_scikit_learns_take_each_other():
    import pickle

    import sklearn.base
    import sklearn.pipeline
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    from seodang.learn import compose, ensemble, pipeline

    X, y = data("wine")
    inner = pipeline.make_pipeline(
        compose.ColumnTransformer([("a", StandardScaler(), slice(0, 8))], remainder="passthrough"),
        ensemble.VotingClassifier([("knn", knn()), ("tree", tree())], voting="soft"),
    )
    grid = {"votingclassifier__knn__n_neighbors": [1, 5], "columntransformer__a": ["passthrough", StandardScaler()]}
    searches = [
        m.GridSearchCV(inner, grid, cv=c.StratifiedKFold(3), scoring="accuracy").fit(X, y)
        for m, c in ((ours, theirs), (theirs, ours))
    ]
    np.testing.assert_array_equal(
        *(s.cv_results_["mean_test_score"] for s in searches)
    )
    assert sklearn.base.is_classifier(inner) and sklearn.base.is_classifier(searches[0])
    # A search inside a pipeline inside a search.
    nested = sklearn.pipeline.make_pipeline(
        StandardScaler(), ours.GridSearchCV(LogisticRegression(), {"C": [0.1, 1.0]}, cv=3)
    )
    assert theirs.cross_val_score(nested, X, y, cv=3).shape == (3,)
    assert ours.cross_val_score(nested, X, y, cv=3).shape == (3,)
    copied = sklearn.base.clone(searches[0])
    assert repr(copied) == repr(searches[0]) and not hasattr(copied, "cv_results_")
    again = pickle.loads(pickle.dumps(searches[0]))
    np.testing.assert_array_equal(again.predict(X), searches[0].predict(X))
    np.testing.assert_array_equal(again.classes_, [0, 1, 2])
