"""Trees and forests beside scikit-learn's.

Trees are compared where no two splits are equally good: weights are drawn, and leaves have some samples.
Then the whole tree is the same. Two features may still part the samples alike, so that which of them is
asked is not compared, nor are thresholds, but where `same_features` says so.
"""

import pickle

import numpy as np
import pytest

from seodang.learn import ensemble, tree

pytest.importorskip("sklearn")

import sklearn.ensemble  # noqa: E402
import sklearn.tree  # noqa: E402
from sklearn import datasets  # noqa: E402
from sklearn.model_selection import train_test_split  # noqa: E402

CLASSIFICATION = ("iris", "wine", "digits", "breast_cancer")


def _data(name):
    return getattr(datasets, f"load_{name}")(return_X_y=True)


def _weights(n, kind="broken"):
    """Weights whose sums are exact, whole or not."""
    return np.random.RandomState(0).randint(8, 64, n) / {"whole": 1, "broken": 32}[kind]


def _pair(name, **options):
    # Pure nodes that rounding makes look impure are not split.
    options = {"min_impurity_decrease": 1e-9, **options}
    return getattr(tree, name)(random_state=0, **options), getattr(sklearn.tree, name)(
        random_state=0, **options
    )


def _lighter_first(t):
    """The nodes from the root down, of two children the lighter one first: another feature may part the
    same samples the other way round."""
    order, waiting = [], [0]
    while waiting:
        node = waiting.pop()
        order.append(node)
        if t.children_left[node] >= 0:
            children = [t.children_left[node], t.children_right[node]]
            waiting += sorted(children, key=lambda c: -round(t.weighted_n_node_samples[c], 6))
    return order


def same_trees(ours, theirs, same_features=False):
    """Asserts that two trees part the samples alike and say the same."""
    a, b = ours.tree_, theirs.tree_
    i, j = (range(t.node_count) if same_features else _lighter_first(t) for t in (a, b))
    i, j = list(i), list(j)
    np.testing.assert_array_equal(a.children_left[i] < 0, b.children_left[j] < 0)
    np.testing.assert_array_equal(a.n_node_samples[i], b.n_node_samples[j])
    np.testing.assert_allclose(a.weighted_n_node_samples[i], b.weighted_n_node_samples[j])
    np.testing.assert_allclose(a.impurity[i], b.impurity[j], rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(a.value[i], b.value[j], rtol=1e-9, atol=1e-12)
    assert a.value.shape == b.value.shape and a.value.dtype == b.value.dtype
    for name in ("max_depth", "node_count", "n_leaves", "n_features", "n_outputs", "max_n_classes"):
        assert getattr(a, name) == getattr(b, name), name
    assert ours.get_depth() == theirs.get_depth() and ours.get_n_leaves() == theirs.get_n_leaves()
    if same_features:
        np.testing.assert_array_equal(a.children_left, b.children_left)
        np.testing.assert_array_equal(a.children_right, b.children_right)
        np.testing.assert_array_equal(a.feature, b.feature)
        np.testing.assert_allclose(a.threshold, b.threshold, rtol=1e-15)
        np.testing.assert_array_equal(a.missing_go_to_left, b.missing_go_to_left)
        np.testing.assert_allclose(
            ours.feature_importances_, theirs.feature_importances_, rtol=1e-7, atol=1e-9
        )


@pytest.mark.parametrize("name", CLASSIFICATION)
@pytest.mark.parametrize("kind", ["whole", "broken"])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"criterion": "entropy"},
        {"criterion": "log_loss", "max_depth": 3},
        {"max_leaf_nodes": 7},
        {"min_impurity_decrease": 0.02},
        {"min_samples_split": 0.2, "min_weight_fraction_leaf": 0.05},
        {"ccp_alpha": 0.01},
        {"class_weight": "balanced"},
        {"class_weight": {0: 1.0, 1: 3.3, **{i: 0.77 for i in range(2, 10)}}},
    ],
    ids=str,
)
def test_classification_trees_are_scikit_learns(name, options, kind):
    X, y = _data(name)
    if isinstance(options.get("class_weight"), dict):
        options = {"class_weight": {c: options["class_weight"][c] for c in np.unique(y)}}
    ours, theirs = _pair("DecisionTreeClassifier", min_samples_leaf=6, **options)
    w = _weights(len(y), kind)
    ours.fit(X, y, w)
    theirs.fit(X, y, w)
    same_trees(ours, theirs)
    np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))
    np.testing.assert_allclose(ours.predict_proba(X), theirs.predict_proba(X))
    assert ours.n_classes_ == theirs.n_classes_ and ours.max_features_ == theirs.max_features_


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_full_trees_learn_everything(name):
    X, y = _data(name)
    A, B, a, b = train_test_split(X, y, test_size=0.4, random_state=0)
    for criterion in ("gini", "entropy"):
        ours, theirs = _pair("DecisionTreeClassifier", criterion=criterion)
        assert ours.fit(A, a).score(A, a) == theirs.fit(A, a).score(A, a) == 1.0
        # Equally good splits are chosen among at random.
        assert abs(ours.score(B, b) - theirs.score(B, b)) < 0.08
        assert abs(ours.get_n_leaves() - theirs.get_n_leaves()) <= 0.15 * theirs.get_n_leaves() + 2


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"max_leaf_nodes": 12},
        {"criterion": "absolute_error"},
        {"criterion": "poisson"},
        {"ccp_alpha": 60.0},
        {"monotonic_cst": [0, 0, 1, 1, 0, 0, -1, 0, 1, 0]},
        {"min_impurity_decrease": 50.0, "max_depth": 4},
    ],
    ids=str,
)
def test_regression_trees_are_scikit_learns(options):
    X, y = _data("diabetes")
    w = _weights(len(y))
    y = y + np.random.RandomState(1).uniform(0, 1e-3, len(y))
    ours, theirs = _pair("DecisionTreeRegressor", min_samples_leaf=7, **options)
    ours.fit(X, y, w)
    theirs.fit(X, y, w)
    same_trees(ours, theirs)
    np.testing.assert_allclose(ours.predict(X), theirs.predict(X))


def test_several_outputs():
    X, y = _data("diabetes")
    Y = np.stack([y, np.sqrt(y) * X[:, 2]], axis=1)
    w = _weights(len(y))
    for criterion in ("squared_error", "absolute_error"):
        ours, theirs = _pair("DecisionTreeRegressor", min_samples_leaf=9, criterion=criterion)
        same_trees(ours.fit(X, Y, w), theirs.fit(X, Y, w))
        np.testing.assert_allclose(ours.predict(X), theirs.predict(X))
    X, y = _data("wine")
    Y = np.stack([y, (X[:, 0] > 13).astype(int) + 5], axis=1)
    w = _weights(len(y))
    for criterion in ("gini", "entropy"):
        ours, theirs = _pair("DecisionTreeClassifier", min_samples_leaf=14, criterion=criterion)
        same_trees(ours.fit(X, Y, w), theirs.fit(X, Y, w))
        np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))
        for a, b in zip(ours.predict_proba(X), theirs.predict_proba(X), strict=True):
            np.testing.assert_allclose(a, b)
        np.testing.assert_array_equal(ours.n_classes_, theirs.n_classes_)


@pytest.mark.parametrize("kind", ["Classifier", "Regressor"])
@pytest.mark.parametrize("criterion", [0, 1])
def test_missing_values_go_where_scikit_learn_sends_them(kind, criterion):
    X, y = _data("breast_cancer" if kind == "Classifier" else "diabetes")
    noise = np.random.RandomState(0)
    X[noise.uniform(size=X.shape) < 0.15] = np.nan
    w = _weights(len(y))
    names = {"Classifier": ("gini", "entropy"), "Regressor": ("squared_error", "absolute_error")}
    ours, theirs = _pair(f"DecisionTree{kind}", min_samples_leaf=8, criterion=names[kind][criterion])
    same_trees(ours.fit(X, y, w), theirs.fit(X, y, w), same_features=True)
    other = X.copy()
    other[noise.uniform(size=X.shape) < 0.3] = np.nan
    np.testing.assert_array_equal(ours.apply(other), theirs.apply(other))
    constant = np.array([[1.0], [1.0], [1.0], [np.nan], [np.nan]])
    ours, theirs = _pair("DecisionTreeClassifier")
    label = [0, 0, 0, 1, 1]
    same_trees(ours.fit(constant, label), theirs.fit(constant, label), same_features=True)


def test_constraints_are_kept_as_scikit_learn_keeps_them():
    X, y = _data("breast_cancer")
    w = _weights(len(y))
    cst = np.zeros(30, dtype=int)
    cst[[0, 7, 20, 27]] = [-1, -1, -1, 1]
    ours, theirs = _pair("DecisionTreeClassifier", min_samples_leaf=5, monotonic_cst=cst)
    same_trees(ours.fit(X, y, w), theirs.fit(X, y, w))
    X, y = _data("iris")
    for bad, message in (
        ([1, 0], "monotonic_cst has shape 2 but the input data X has 4 features"),
        ([1, 0, 0, 2], "monotonic_cst must be None or an array-like of -1, 0 or 1, but got"),
        ([1, 0, 0, 0], "Monotonicity constraints are not supported with multiclass classification"),
    ):
        with pytest.raises(ValueError, match=message):
            tree.DecisionTreeClassifier(monotonic_cst=bad).fit(X, y)
    with pytest.raises(ValueError, match="not supported with multiple outputs"):
        tree.DecisionTreeRegressor(monotonic_cst=[1, 0, 0, 0]).fit(X, np.c_[y, y])


def test_pruning_has_scikit_learns_path():
    X, y = _data("breast_cancer")
    w = _weights(len(y))
    ours, theirs = _pair("DecisionTreeClassifier", min_samples_leaf=4)
    a, b = (t.cost_complexity_pruning_path(X, y, w) for t in (ours, theirs))
    np.testing.assert_allclose(a.ccp_alphas, b.ccp_alphas, rtol=1e-7, atol=1e-12)
    np.testing.assert_allclose(a.impurities, b.impurities, rtol=1e-7, atol=1e-12)
    for alpha in b.ccp_alphas[1::3] * (1 + 1e-9):
        ours.set_params(ccp_alpha=alpha).fit(X, y, w)
        theirs.set_params(ccp_alpha=alpha).fit(X, y, w)
        assert ours.get_n_leaves() == theirs.get_n_leaves()
        assert not hasattr(tree.DecisionTreeClassifier(), "tree_")


def test_walks_are_scikit_learns():
    X, y = _data("wine")
    w = _weights(len(y))
    ours, theirs = _pair("DecisionTreeClassifier", min_samples_leaf=5)
    same_trees(ours.fit(X, y, w), theirs.fit(X, y, w))
    np.testing.assert_array_equal(ours.apply(X), theirs.apply(X))
    np.testing.assert_array_equal(
        ours.decision_path(X).toarray(), theirs.decision_path(X).toarray()
    )
    single = X.astype(np.float32)
    np.testing.assert_allclose(ours.tree_.predict(single), theirs.tree_.predict(single))
    np.testing.assert_array_equal(ours.tree_.compute_node_depths(), theirs.tree_.compute_node_depths())
    np.testing.assert_allclose(
        ours.tree_.compute_feature_importances(False),
        theirs.tree_.compute_feature_importances(False),
    )
    again = pickle.loads(pickle.dumps(ours))
    np.testing.assert_array_equal(again.tree_.value, ours.tree_.value)
    np.testing.assert_array_equal(again.predict(X), ours.predict(X))


def test_what_is_too_large_or_negative_is_refused():
    X, y = _data("iris")
    with pytest.raises(ValueError, match=r"too large for dtype\('float32'\)"):
        tree.DecisionTreeClassifier().fit(X * 1e39, y)
    fitted = tree.DecisionTreeClassifier().fit(X, y)
    with pytest.raises(ValueError, match=r"too large for dtype\('float32'\)"):
        fitted.predict(X * 1e39)
    poisson = tree.DecisionTreeRegressor(criterion="poisson")
    with pytest.raises(ValueError, match="Some value\\(s\\) of y are negative"):
        poisson.fit(X, -y)
    with pytest.raises(ValueError, match="Sum of y is not positive"):
        poisson.fit(X, 0 * y)
    with pytest.warns(FutureWarning, match="friedman_mse"):
        tree.DecisionTreeRegressor(criterion="friedman_mse").fit(X, y)
    for options, message in (
        ({"min_samples_split": 1}, r"an int in the range \[2, inf\) or a float in the range "
                                   r"\(0\.0, 1\.0\]\. Got 1 instead"),
        ({"min_samples_leaf": 0.0}, r"a float in the range \(0\.0, 1\.0\)\. Got 0\.0 instead"),
        ({"max_features": "x"}, r"a str among \{'log2', 'sqrt'\} or None\. Got 'x' instead"),
        ({"max_leaf_nodes": 1}, r"\[2, inf\) or None"),
        ({"class_weight": "x"}, r"a str among \{'balanced'\} or None"),
    ):
        with pytest.raises(ValueError, match=message):
            tree.DecisionTreeClassifier(**options).fit(X, y)
    with pytest.raises(ValueError, match="number of elements in class_weight should match"):
        tree.DecisionTreeClassifier(class_weight=[{0: 1.0}]).fit(X, np.c_[y, y])


@pytest.mark.parametrize("options", [{}, {"max_features": "sqrt"}, {"max_leaf_nodes": 30}], ids=str)
def test_random_trees_score_as_scikit_learns(options):
    X, y = _data("digits")
    A, B, a, b = train_test_split(X, y, test_size=0.5, random_state=0)
    for name in ("ExtraTreeClassifier", "DecisionTreeClassifier"):
        scores = [
            [getattr(where, name)(random_state=s, **options).fit(A, a).score(B, b) for s in range(20)]
            for where in (tree, sklearn.tree)
        ]
        means, spreads = np.mean(scores, axis=1), np.std(scores, axis=1)
        assert abs(means[0] - means[1]) < 4 * np.hypot(*spreads) / np.sqrt(20) + 0.004, name


def _exported(ours, theirs, **options):
    for name in ("export_text", "export_graphviz"):
        mine = {k: v for k, v in options.items() if k in _KNOWN[name]}
        assert getattr(tree, name)(ours, **mine) == getattr(sklearn.tree, name)(theirs, **mine)


_KNOWN = {
    "export_text": {"feature_names", "class_names", "max_depth", "spacing", "decimals", "show_weights"},
    "export_graphviz": {
        "feature_names", "class_names", "max_depth", "label", "filled", "leaves_parallel", "impurity",
        "node_ids", "proportion", "rotate", "rounded", "special_characters", "precision",
    },
}

LOOKS = [
    {},
    {"filled": True, "show_weights": True, "decimals": 3, "precision": 2},
    {"feature_names": [f"f {i}" for i in range(4)], "max_depth": 1, "filled": True, "rounded": True,
     "class_names": ["x", "y", "z"], "spacing": 2},
    {"filled": True, "rotate": True, "leaves_parallel": True, "special_characters": True,
     "node_ids": True, "label": "root", "proportion": True},
    {"impurity": False, "label": "none"},
]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_trees_are_written_as_scikit_learn_writes_them(look):
    X, y = datasets.load_iris(return_X_y=True)
    w = _weights(len(y))
    for weights in (w, np.ceil(w)):
        ours, theirs = _pair("DecisionTreeClassifier", min_samples_leaf=7)
        same_trees(ours.fit(X, y, weights), theirs.fit(X, y, weights), same_features=True)
        _exported(ours, theirs, **look)
    look = {k: v for k, v in look.items() if k != "class_names"}
    v = X[:, 2] * 3 + np.random.RandomState(0).normal(size=150)
    for value in (v, np.c_[v, -v * X[:, 0]]):
        ours, theirs = _pair("DecisionTreeRegressor", min_samples_leaf=9)
        same_trees(ours.fit(X, value, w), theirs.fit(X, value, w), same_features=True)
        _exported(ours, theirs, **look)


def test_many_classes_are_written_in_lines():
    X, y = _data("digits")
    w = _weights(len(y))
    ours, theirs = _pair("DecisionTreeClassifier", min_samples_leaf=30, max_depth=3)
    ours.fit(X, y, w)
    theirs.fit(X, y, w)
    for options in ({"class_names": True, "filled": True}, {"proportion": True}):
        a = tree.export_graphviz(ours, **options).splitlines()
        b = sklearn.tree.export_graphviz(theirs, **options).splitlines()
        assert len(a) == len(b)
        for x, z in zip(a, b, strict=True):
            assert x.partition("gini")[2] == z.partition("gini")[2]
    with pytest.raises(ValueError, match="Length of feature_names, 2 does not match number of"):
        tree.export_graphviz(ours, feature_names=["a", "b"])
    with pytest.raises(ValueError, match="feature_names must contain 64 elements, got 2"):
        tree.export_text(ours, feature_names=["a", "b"])


def test_trees_are_written_to_files(tmp_path):
    X, y = _data("iris")
    fitted = tree.DecisionTreeClassifier(max_depth=2).fit(X, y)
    assert tree.export_graphviz(fitted, tmp_path / "tree.dot") is None
    assert (tmp_path / "tree.dot").read_text() == tree.export_graphviz(fitted)


@pytest.mark.parametrize("options", [{}, {"filled": True, "max_depth": 1}, {"fontsize": 7}], ids=str)
def test_trees_are_drawn_as_scikit_learn_draws_them(options):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    X, y = _data("iris")
    w = _weights(len(y))
    ours, theirs = _pair("DecisionTreeClassifier", min_samples_leaf=7)
    same_trees(ours.fit(X, y, w), theirs.fit(X, y, w), same_features=True)
    figure, (left, right) = plt.subplots(1, 2)
    a = tree.plot_tree(ours, ax=left, **options)
    b = sklearn.tree.plot_tree(theirs, ax=right, **options)
    assert [t.get_text() for t in a] == [t.get_text() for t in b]
    for mine, other in zip(a, b, strict=True):
        np.testing.assert_allclose(mine.get_position(), other.get_position())
        box, other_box = mine.get_bbox_patch(), other.get_bbox_patch()
        assert (box is None) == (other_box is None)
    assert not left.axison
    assert a[0].get_fontsize() == pytest.approx(b[0].get_fontsize(), rel=0.05)
    plt.close(figure)


FORESTS = [
    (name, kind) for name in ("RandomForest", "ExtraTrees") for kind in ("Classifier", "Regressor")
]


@pytest.mark.parametrize(("name", "kind"), FORESTS)
def test_forests_score_as_scikit_learns(name, kind):
    for data in ("wine", "breast_cancer") if kind == "Classifier" else ("diabetes",):
        X, y = _data(data)
        A, B, a, b = train_test_split(X, y, test_size=0.5, random_state=0)
        options = {"n_estimators": 10, "max_depth": 8}
        scores = [
            [
                getattr(where, name + kind)(random_state=s, **options).fit(A, a).score(B, b)
                for s in range(20)
            ]
            for where in (ensemble, sklearn.ensemble)
        ]
        means, spreads = np.mean(scores, axis=1), np.std(scores, axis=1)
        assert abs(means[0] - means[1]) < 4 * np.hypot(*spreads) / np.sqrt(20) + 0.004


@pytest.mark.parametrize(("name", "kind"), FORESTS)
def test_a_forest_is_the_mean_of_its_trees(name, kind):
    X, y = _data("wine" if kind == "Classifier" else "diabetes")
    forest = getattr(ensemble, name + kind)(7, random_state=3, max_features=3).fit(X, y)
    trees = forest.estimators_
    assert len(forest) == len(trees) == 7 and forest[2] is trees[2]
    assert type(trees[0]).__name__ == type(forest.estimator_).__name__
    assert all(t.max_features == 3 and t.max_features_ == 3 for t in trees)
    assert len({t.random_state for t in trees}) == 7
    ask = "predict_proba" if kind == "Classifier" else "predict"
    each = [getattr(t, ask)(X) for t in trees]
    np.testing.assert_allclose(getattr(forest, ask)(X), np.mean(each, axis=0))
    np.testing.assert_allclose(
        forest.feature_importances_, np.mean([t.feature_importances_ for t in trees], axis=0)
    )
    leaves = forest.apply(X)
    paths, first = forest.decision_path(X)
    for i, t in enumerate(trees):
        np.testing.assert_array_equal(leaves[:, i], t.apply(X))
        own = paths[:, first[i]:first[i + 1]]
        np.testing.assert_array_equal(own.toarray(), t.decision_path(X).toarray())
    for samples, t in zip(forest.estimators_samples_, trees, strict=True):
        assert len(samples) == len(y) and len(np.unique(samples)) == t.tree_.n_node_samples[0]
    again = pickle.loads(pickle.dumps(forest))
    np.testing.assert_array_equal(again.predict(X), forest.predict(X))
    assert len(again.estimators_) == 7


def test_a_forest_grows_on():
    X, y = _data("digits")
    whole = ensemble.RandomForestClassifier(6, random_state=1).fit(X, y)
    steps = ensemble.RandomForestClassifier(2, random_state=1, warm_start=True).fit(X, y)
    steps.set_params(n_estimators=6).fit(X, y)
    np.testing.assert_array_equal(whole.predict_proba(X), steps.predict_proba(X))
    with pytest.warns(UserWarning, match="Warm-start fitting without increasing"):
        steps.fit(X, y)
    with pytest.raises(ValueError, match=r"n_estimators=3 must be larger or equal to len\(estim"):
        steps.set_params(n_estimators=3).fit(X, y)


def test_samples_out_of_the_bag_are_judged():
    from sklearn.metrics import balanced_accuracy_score

    X, y = _data("breast_cancer")
    mine = ensemble.RandomForestClassifier(60, random_state=0, oob_score=True).fit(X, y)
    other = sklearn.ensemble.RandomForestClassifier(60, random_state=0, oob_score=True).fit(X, y)
    assert mine.oob_score_ == pytest.approx(other.oob_score_, abs=0.02)
    table = np.zeros((len(y), 2))
    for t, samples in zip(mine.estimators_, mine.estimators_samples_, strict=True):
        unseen = np.setdiff1d(np.arange(len(y)), samples)
        table[unseen] += t.predict_proba(X[unseen])
    np.testing.assert_allclose(
        mine.oob_decision_function_, table / table.sum(axis=1, keepdims=True)
    )
    assert mine.oob_score_ == np.mean(table.argmax(axis=1) == y)
    mine.set_params(oob_score=balanced_accuracy_score).fit(X, y)
    assert mine.oob_score_ == pytest.approx(balanced_accuracy_score(y, table.argmax(axis=1)))
    X, y = _data("diabetes")
    Y = np.c_[y, -y]
    for target in (y, Y):
        mine = ensemble.RandomForestRegressor(60, random_state=0, oob_score=True).fit(X, target)
        other = sklearn.ensemble.RandomForestRegressor(60, random_state=0, oob_score=True)
        other.fit(X, target)
        assert mine.oob_prediction_.shape == other.oob_prediction_.shape
        assert mine.oob_score_ == pytest.approx(other.oob_score_, abs=0.04)
    labels = np.c_[y > 100, y > 200].astype(int)
    mine = ensemble.RandomForestClassifier(40, random_state=0, oob_score=True).fit(X, labels)
    other = sklearn.ensemble.RandomForestClassifier(40, random_state=0, oob_score=True)
    assert mine.oob_decision_function_.shape == other.fit(X, labels).oob_decision_function_.shape
    with pytest.warns(UserWarning, match="Some inputs do not have OOB scores"):
        ensemble.RandomForestClassifier(2, oob_score=True).fit(X, y > 100)
    for options, message in (
        ({"bootstrap": False, "oob_score": True}, "Out of bag estimation only available"),
        ({"bootstrap": False, "max_samples": 3}, "`max_sample` cannot be set if `bootstrap=False`"),
    ):
        with pytest.raises(ValueError, match=message):
            ensemble.RandomForestClassifier(**options).fit(X, y > 100)


def test_drawn_samples_are_as_many_and_as_heavy_as_asked_for():
    X, y = _data("iris")
    forest = ensemble.RandomForestClassifier(5, max_samples=30, random_state=0).fit(X, y)
    assert all(len(s) == 30 for s in forest.estimators_samples_)
    forest.set_params(max_samples=0.5).fit(X, y)
    assert all(len(s) == 75 for s in forest.estimators_samples_)
    weights = np.where(y == 0, 0.0, 1.0)
    forest.set_params(max_samples=None).fit(X, y, weights)
    assert all(s.min() >= 50 for s in forest.estimators_samples_)
    forest.set_params(class_weight={0: 0.0, 1: 1.0, 2: 0.0}).fit(X, y)
    assert set(forest.predict(X)) == {1}
    rare = np.r_[np.arange(60), np.arange(60, 150, 9)]
    for weighting in ("balanced", "balanced_subsample"):
        forest = ensemble.RandomForestClassifier(
            20, class_weight=weighting, max_depth=1, max_features=None, random_state=0
        )
        root = np.mean([t.tree_.value[0, 0] for t in forest.fit(X[rare], y[rare]).estimators_], axis=0)
        np.testing.assert_allclose(root, 1 / 3, atol=0.06)
