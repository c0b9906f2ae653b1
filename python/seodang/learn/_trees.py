"""What trees and forests can beyond `fit` and `predict`."""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from importlib import import_module
from typing import Any

import numpy as np

from .. import _native
from ._record import _for_rust
from .base import BaseEstimator, clone
from .utils._bunch import Bunch
from .utils.validation import check_is_fitted


class Tree:
    """A grown tree, as `tree_` of an estimator: arrays with an entry for each node.

    Node 0 is the root. Of leaves, both children are -1, `feature` and `threshold` -2.
    """

    def __init__(self, learned: Any) -> None:
        self._learned = learned
        self._kept: dict[str, Any] | None = None

    def __reduce__(self) -> Any:
        return Tree, (self._learned,)

    def _table(self) -> dict[str, Any]:
        if self._kept is None:
            self._kept = self._learned.call("tree")
        return self._kept

    def _of(self, name: str) -> Any:
        return self._table()[name]

    def __repr__(self) -> str:
        return f"<seodang.learn tree of {self.node_count} nodes>"

    children_left = property(lambda self: self._of("children_left"), doc="The left children.")
    children_right = property(lambda self: self._of("children_right"), doc="The right children.")
    feature = property(lambda self: self._of("feature"), doc="The features that are asked for.")
    threshold = property(
        lambda self: self._of("threshold"), doc="Up to which values samples go to the left."
    )
    impurity = property(lambda self: self._of("impurity"), doc="The impurities.")
    n_node_samples = property(
        lambda self: self._of("n_node_samples"), doc="How many samples came by."
    )
    weighted_n_node_samples = property(
        lambda self: self._of("weighted_n_node_samples"), doc="How much these count."
    )
    missing_go_to_left = property(
        lambda self: self._of("missing_go_to_left"), doc="Whether missing values go to the left."
    )
    value = property(
        lambda self: self._of("value"),
        doc="What nodes say, of shape (node_count, n_outputs, max_n_classes): means or medians, or "
            "shares of classes.",
    )
    max_depth = property(lambda self: self._of("max_depth"), doc="The depth of the deepest leaf.")
    n_leaves = property(lambda self: self._of("n_leaves"), doc="The number of leaves.")
    n_features = property(lambda self: self._of("n_features"), doc="The number of features.")

    @property
    def node_count(self) -> int:
        """The number of nodes."""
        return len(self.feature)

    @property
    def capacity(self) -> int:
        """For how many nodes there is room: as many as there are."""
        return self.node_count

    @property
    def n_outputs(self) -> int:
        """The number of outputs."""
        return self.value.shape[1]

    @property
    def n_classes(self) -> Any:
        """The number of classes of each output; 1 of values."""
        return self._of("n_classes")

    @property
    def max_n_classes(self) -> int:
        """The greatest number of classes."""
        return self.value.shape[2]

    def apply(self, X: Any) -> np.ndarray:
        """The leaf of each sample."""
        return self._learned.call("apply", _for_rust(X))

    def predict(self, X: Any) -> np.ndarray:
        """What the leaf of each sample says."""
        return self._learned.call("said", _for_rust(X))

    def decision_path(self, X: Any) -> Any:
        """The nodes on each sample's way, as a sparse matrix of ones."""
        pointers, nodes, count = self._learned.call("decision_path", _for_rust(X))
        return _ones(pointers, nodes, count)

    def compute_feature_importances(self, normalize: bool = True) -> np.ndarray:
        """How much the impurity falls by each feature, as shares if `normalize`."""
        falls = self._of("importances")
        total = falls.sum()
        return falls / total if normalize and total > 0 else falls.copy()

    def compute_node_depths(self) -> np.ndarray:
        """The depth of each node, the root's being 1."""
        depths = np.ones(self.node_count, dtype=np.int64)
        for i, (left, right) in enumerate(zip(self.children_left, self.children_right, strict=True)):
            if left != -1:
                depths[left] = depths[right] = depths[i] + 1
        return depths


def _ones(pointers: np.ndarray, columns: np.ndarray, width: int) -> Any:
    from scipy.sparse import csr_matrix

    data = np.ones(len(columns), dtype=np.int64)
    return csr_matrix((data, columns, pointers), shape=(len(pointers) - 1, int(width)))


class BaseDecisionTree(BaseEstimator, metaclass=ABCMeta):
    """What a single tree can; the kinds of trees, which have the parameters, are made of it."""

    @abstractmethod
    def __init__(self) -> None:
        """The parameters of a kind of trees."""

    def fit(self, X: Any, y: Any, sample_weight: Any = None, check_input: bool = True):
        """Grows the tree.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features); NaN is a missing value
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
        sample_weight : array-like of shape (n_samples,), how much each sample counts; None is all 1
        check_input : accepted for compatibility: input is always checked

        Raises
        ------
        ValueError
            For parameters or data that it cannot take.
        """
        return self._fit(X, y, sample_weight)

    def _adopt(self, learned: Any) -> None:
        super()._adopt(learned)
        self.tree_ = Tree(learned)

    def predict(self, X: Any, check_input: bool = True) -> np.ndarray:
        """The class, or the value, of each sample.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        check_input : accepted for compatibility: input is always checked

        Returns
        -------
        ndarray of shape (n_samples,) or (n_samples, n_outputs)
        """
        return super().predict(X)

    def _asked(self, name: str, X: Any) -> Any:
        check_is_fitted(self)
        return self._learned.call(name, _for_rust(self._checked(X, reset=False)))

    def apply(self, X: Any, check_input: bool = True) -> np.ndarray:
        """The number of each sample's leaf.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        check_input : accepted for compatibility: input is always checked
        """
        return self._asked("apply", X)

    def decision_path(self, X: Any, check_input: bool = True) -> Any:
        """The nodes on each sample's way, as a sparse matrix of ones of shape (n_samples, n_nodes).

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        check_input : accepted for compatibility: input is always checked
        """
        return _ones(*self._asked("decision_path", X))

    def get_depth(self) -> int:
        """The greatest number of questions on the way to a leaf."""
        check_is_fitted(self)
        return self.tree_.max_depth

    def get_n_leaves(self) -> int:
        """The number of leaves."""
        check_is_fitted(self)
        return self.tree_.n_leaves

    @property
    def feature_importances_(self) -> np.ndarray:
        """How much the impurity falls by each feature, as shares."""
        check_is_fitted(self)
        return self._learned.call("importances")

    def cost_complexity_pruning_path(self, X: Any, y: Any, sample_weight: Any = None) -> Bunch:
        """How the tree of these samples is pruned, the weakest branch first.

        Parameters
        ----------
        X, y, sample_weight : as in `fit`

        Returns
        -------
        Bunch with `ccp_alphas`, the strengths of the branches, and `impurities`, those of the leaves
        once the branch is cut.
        """
        whole = clone(self).set_params(ccp_alpha=0.0).fit(X, y, sample_weight)
        alphas, impurities = whole._learned.call("pruning_path")
        return Bunch(ccp_alphas=alphas, impurities=impurities)


class ClassTrees(BaseDecisionTree):
    """What a single tree of classes can."""

    def predict_proba(self, X: Any, check_input: bool = True) -> Any:
        """The share of each class in each sample's leaf, in the order of `classes_`.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        check_input : accepted for compatibility: input is always checked

        Returns
        -------
        ndarray of shape (n_samples, n_classes), or a list of these for several outputs
        """
        return super().predict_proba(X)


# The estimator of a forest's trees.
_GROWN = {
    "RandomForestClassifier": "DecisionTreeClassifier",
    "RandomForestRegressor": "DecisionTreeRegressor",
    "ExtraTreesClassifier": "ExtraTreeClassifier",
    "ExtraTreesRegressor": "ExtraTreeRegressor",
}


class Forests:
    """What a forest can."""

    estimator_params = (
        "criterion", "max_depth", "min_samples_split", "min_samples_leaf",
        "min_weight_fraction_leaf", "max_features", "max_leaf_nodes", "min_impurity_decrease",
        "random_state", "ccp_alpha", "monotonic_cst",
    )

    @property
    def estimator(self) -> Any:
        """An estimator of the kind of the trees, with its parameters at their defaults."""
        return getattr(import_module("seodang.learn.tree"), _GROWN[self._record()])()

    def _grown_ones(self) -> list[Any]:
        """The trees as estimators, made when they are first asked for."""
        kept = vars(self).get("_grown")
        if kept is not None and kept[0] is self._learned:
            return kept[1]
        kind = type(self.estimator)
        names = [n for n in self.estimator_params if n != "random_state"]
        parameters = {n: getattr(self, n) for n in names}
        trees = []
        for i in range(self._learned.call("count")):
            content = self._learned.call("estimator", None, [i, kind.__name__, parameters])
            learned = _native.Learned.from_bytes(content.tobytes())
            tree = kind(**parameters, random_state=learned.parameters()["random_state"])
            tree._restore(learned)
            trees.append(tree)
        self._grown = (self._learned, trees)
        return trees

    def __getattr__(self, name: str) -> Any:
        # Attributes that only a forest that has grown has.
        if name in ("estimators_", "estimator_", "estimators_samples_") and "_learned" in vars(self):
            if name == "estimators_":
                return self._grown_ones()
            if name == "estimator_":
                return self.estimator
            samples = self._learned.call("samples")
            if samples is not None:
                return samples
            count = self._learned.call("count")
            return [np.arange(self._n_samples) for _ in range(count)]
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __dir__(self) -> list[str]:
        grown = ("estimator_", "estimators_", "estimators_samples_") if "_learned" in vars(self) else ()
        return sorted({*super().__dir__(), *grown})

    def __getstate__(self) -> dict[str, Any]:
        state = super().__getstate__()
        state.pop("_grown", None)
        return state

    def __len__(self) -> int:
        """The number of trees."""
        return self._learned.call("count")

    def __getitem__(self, index: Any) -> Any:
        """The tree of that number, as an estimator."""
        return self.estimators_[index]

    def __iter__(self) -> Any:
        """The trees as estimators."""
        return iter(self.estimators_)

    def _checked(self, X: Any, *, reset: bool) -> Any:
        X = super()._checked(X, reset=reset)
        if reset:
            self._n_samples = X.shape[0]
        return X

    def _restore(self, learned: Any) -> None:
        super()._restore(learned)
        # Of a forest without drawn samples every tree begins with all that have a weight.
        self._n_samples = int(self._grown_ones()[0].tree_.n_node_samples[0])
        vars(self).pop("_grown", None)

    def _asked(self, name: str, X: Any) -> Any:
        check_is_fitted(self)
        return self._learned.call(name, _for_rust(self._checked(X, reset=False)))

    def apply(self, X: Any) -> np.ndarray:
        """The number of each sample's leaf in each tree.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_estimators)
        """
        return self._asked("apply", X)

    def decision_path(self, X: Any) -> tuple[Any, np.ndarray]:
        """The nodes of all trees on each sample's way.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        A sparse matrix of ones of shape (n_samples, n_nodes), and where each tree's columns begin.
        """
        pointers, nodes, first = self._asked("decision_path", X)
        return _ones(pointers, nodes, first[-1]), first

    @property
    def feature_importances_(self) -> np.ndarray:
        """How much the impurity falls by each feature, as shares: the mean of the trees'."""
        check_is_fitted(self)
        return self._learned.call("importances")
