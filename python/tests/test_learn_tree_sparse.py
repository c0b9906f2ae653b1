"""Trees, and what is built on them, on sparse features.

They are as on the same features with zeros, as good as scikit-learn's, and take no more memory than
there are entries.
"""

import importlib

import numpy as np
import pytest

from seodang.learn import ensemble, tree

pytest.importorskip("sklearn")

import scipy.sparse  # noqa: E402
import sklearn.tree  # noqa: E402
from test_learn_tree import same_trees  # noqa: E402

RANDOM = {"random_state": 0}
FEW = {"n_estimators": 7, **RANDOM}
ONE = [f"{kind}Tree{of}" for kind in ("Decision", "Extra") for of in ("Classifier", "Regressor")]


def documents(rows=600, words=900, each=25, seed=0):
    """Words as documents of three topics have them, weighed by lengths, and the topics."""
    random = np.random.RandomState(seed)
    topics = random.randint(0, 3, rows)
    common = np.minimum(random.zipf(1.4, (rows, each)) - 1, words - 1)
    own = topics[:, None] * 60 + random.randint(0, 60, (rows, each)) + 100
    columns = np.where(random.uniform(size=(rows, each)) < 0.25, own, common)
    places = (np.repeat(np.arange(rows), each), columns.ravel())
    X = scipy.sparse.csr_matrix((np.ones(rows * each), places), shape=(rows, words))
    lengths = np.sqrt(X.multiply(X).sum(axis=1)).A1
    return (scipy.sparse.diags(1 / lengths) @ X).tocsr(), topics


def _agree(a, b):
    if isinstance(a, list):
        assert len(a) == len(b)
        for one, other in zip(a, b, strict=True):
            _agree(one, other)
    else:
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-12)


def _asked(model, X):
    """What a model says of samples, by all of its methods."""
    names = ("predict", "predict_proba", "decision_function", "apply", "decision_path")
    said = {name: getattr(model, name)(X) for name in names if hasattr(model, name)}
    if "decision_path" in said:
        paths = said["decision_path"]
        paths, ends = paths if isinstance(paths, tuple) else (paths, np.zeros(1))
        said["decision_path"] = [paths.toarray(), ends]
    return said


# Leaves have so many samples that no two words part them alike; or words are looked at in the same
# order as dense ones, and classes are counted.
CASES = [
    *((tree, name, {"min_samples_leaf": 15, **RANDOM}) for name in ONE),
    (tree, "DecisionTreeClassifier", {"min_samples_leaf": 15, "criterion": "entropy", **RANDOM}),
    (tree, "DecisionTreeClassifier", {"min_samples_leaf": 15, "max_leaf_nodes": 6, **RANDOM}),
    (tree, "DecisionTreeClassifier", {"min_samples_leaf": 15, "splitter": "random", **RANDOM}),
    (tree, "DecisionTreeClassifier", {"max_features": "sqrt", "ccp_alpha": 0.004, **RANDOM}),
    *(
        (tree, "DecisionTreeRegressor", {"min_samples_leaf": 15, "criterion": c, **RANDOM})
        for c in ("absolute_error", "poisson")
    ),
    (ensemble, "RandomForestClassifier", FEW),
    (ensemble, "RandomForestClassifier", {"oob_score": True, "n_estimators": 25, **RANDOM}),
    (ensemble, "ExtraTreesClassifier", FEW),
    (ensemble, "RandomForestRegressor", {"min_samples_leaf": 15, "oob_score": True, **RANDOM}),
    (ensemble, "ExtraTreesRegressor", {"min_samples_leaf": 15, **FEW}),
    (ensemble, "GradientBoostingClassifier", {"min_samples_leaf": 15, "subsample": 0.8, **FEW}),
    (ensemble, "GradientBoostingRegressor", {"min_samples_leaf": 15, "loss": "huber", **FEW}),
    (ensemble, "GradientBoostingRegressor", {"min_samples_leaf": 15, "n_iter_no_change": 3, **FEW}),
]


@pytest.mark.parametrize(("module", "name", "options"), CASES, ids=str)
def test_sparse_features_are_as_dense_ones(module, name, options):
    X, topics = documents()
    X = X.copy()
    X.data[::37] *= -1
    X.data[::41] = 0.0
    y = topics if name.endswith("Classifier") else topics + X[:, :40].sum(axis=1).A1 + 2
    weights = np.random.RandomState(1).uniform(0.5, 2.0, len(y))
    # Whole trees are the same where sums are exact; leaves of many samples, where none are equal.
    whole = "min_samples_leaf" not in options
    equal = y is topics or options.get("criterion") == "absolute_error"
    for w in [None] if whole else [weights] if equal else [None, weights]:
        make = getattr(module, name)
        dense = make(**options).fit(X.toarray(), y, w)
        for form in (X, X.tocsc(), X.astype(np.float32)):
            sparse = make(**options).fit(form, y, w)
            if form.dtype == X.dtype:
                _agree(sparse.feature_importances_, dense.feature_importances_)
                for attribute in ("oob_score_", "train_score_"):
                    if hasattr(dense, attribute):
                        _agree(getattr(sparse, attribute), getattr(dense, attribute))
            said = _asked(dense, X.toarray())
            assert len(said) >= 2
            for method, values in said.items():
                # A model may be asked either way, whatever it has learned from.
                for model, samples in ((dense, X), (sparse, form), (sparse, X.toarray())):
                    if form.dtype == X.dtype or model is dense:
                        _agree(_asked(model, samples)[method], values)
        one = dense.predict(X.toarray()[5:6])
        np.testing.assert_array_equal(dense.predict(X[5:6]), one)


def test_trees_are_pruned_as_dense_ones():
    X, y = documents()
    maker = tree.DecisionTreeClassifier(min_samples_leaf=15, random_state=0)
    sparse = maker.cost_complexity_pruning_path(X, y)
    dense = maker.cost_complexity_pruning_path(X.toarray(), y)
    _agree(sparse.ccp_alphas, dense.ccp_alphas)
    _agree(sparse.impurities, dense.impurities)


@pytest.mark.parametrize(
    "criterion", ["gini", "entropy", "squared_error", "absolute_error", "poisson"]
)
def test_trees_are_scikit_learns(criterion):
    X, topics = documents()
    kind = "Classifier" if criterion in ("gini", "entropy") else "Regressor"
    y = topics if kind == "Classifier" else topics + X[:, :40].sum(axis=1).A1 + 2
    # Pure nodes that rounding makes look impure are not split.
    options = {"min_samples_leaf": 15, "min_impurity_decrease": 1e-9, **RANDOM}
    options["criterion"] = criterion
    w = np.random.RandomState(0).randint(8, 64, len(y)) / 32
    ours = getattr(tree, f"DecisionTree{kind}")(**options).fit(X, y, w)
    theirs = getattr(sklearn.tree, f"DecisionTree{kind}")(**options).fit(X, y, w)
    same_trees(ours, theirs)
    np.testing.assert_allclose(ours.predict(X), theirs.predict(X))


@pytest.mark.parametrize(
    ("place", "name", "options"),
    [
        ("tree", "DecisionTreeClassifier", RANDOM),
        ("tree", "ExtraTreeClassifier", RANDOM),
        ("ensemble", "RandomForestClassifier", {"n_estimators": 40, **RANDOM}),
        ("ensemble", "ExtraTreesClassifier", {"n_estimators": 40, **RANDOM}),
        ("ensemble", "GradientBoostingClassifier", FEW),
        ("ensemble", "AdaBoostClassifier", {"n_estimators": 20, **RANDOM}),
        ("ensemble", "BaggingClassifier", RANDOM),
    ],
)
def test_words_tell_the_topic_as_well_as_with_scikit_learn(place, name, options):
    X, y = documents(1200)
    scores = []
    for home in ("seodang.learn", "sklearn"):
        make = getattr(importlib.import_module(f"{home}.{place}"), name)
        scores.append(make(**options).fit(X[:800], y[:800]).score(X[800:], y[800:]))
    assert min(scores) > 0.5 and scores[0] > scores[1] - 0.06, scores


def test_zeros_take_no_memory():
    # With them, these features would be 25 gigabytes.
    X, y = documents(3000, each=12)
    wide = scipy.sparse.csr_matrix((X.data, X.indices * 1021, X.indptr), shape=(3000, 1 << 20))
    for model in (
        tree.DecisionTreeClassifier(random_state=0),
        ensemble.RandomForestClassifier(n_estimators=3, max_features=None, random_state=0),
        ensemble.GradientBoostingClassifier(n_estimators=2, random_state=0),
    ):
        model.fit(wide, y)
        assert model.score(wide, y) > 0.4
        narrow = type(model)(**model.get_params()).fit(X, y)
        assert abs(model.score(wide, y) - narrow.score(X, y)) < 0.1


def test_what_is_too_large_is_refused():
    X, y = documents(50)
    good = tree.DecisionTreeClassifier().fit(X, y)
    large = X.copy()
    large.data[3] = 1e39
    for refuse in (
        lambda: good.predict(large),
        lambda: tree.DecisionTreeClassifier().fit(large, y),
        lambda: ensemble.ExtraTreesClassifier().fit(large, y),
    ):
        with pytest.raises(ValueError, match=r"too large for dtype\('float32'\)"):
            refuse()
