"""What `learn.py` times: data, who learns from it, and what ours is to reach.

A peer is `"module:Class"` with arguments; ours is `seodang.learn`'s class of the same name unless said.
`fit` and `predict` are bars: our time over the best peer's. Sources of the sizes: the issue's figures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np


def _classes(rows, features, classes=2, seed=0, dtype="float64"):
    from sklearn.datasets import make_classification

    X, y = make_classification(
        rows, features, n_informative=max(4, features // 2), n_redundant=features // 5,
        n_classes=classes, flip_y=0.03, random_state=seed,
    )
    return X.astype(dtype), y


def _values(rows, features, seed=0):
    from sklearn.datasets import make_regression

    return make_regression(rows, features, n_informative=25, noise=10, random_state=seed)


@dataclass(frozen=True)
class Case:
    """One method on one table."""

    name: str
    data: Callable
    # How many rows are learned from; the rest are predicted. All are predicted if none is left.
    rows: int
    ours: tuple[str, dict]
    peers: dict[str, tuple[str, dict]]
    fit: float | None = 1.15
    predict: float | None = 1.15
    method: str = "predict"
    note: str = field(default="", compare=False)

    def tables(self):
        X, y = self.data()
        last = X[self.rows:] if self.rows < len(X) else X
        labels = y[self.rows:] if self.rows < len(X) else y
        return (np.ascontiguousarray(X[: self.rows]), y[: self.rows]), (last, labels)


def _both(place, cls, options, intelex=True, **more):
    """The class in scikit-learn and, where it speeds it up, in scikit-learn-intelex."""
    found = {"sklearn": (f"sklearn.{place}:{cls}", {**options, **more})}
    if intelex:
        found["sklearnex"] = (f"sklearnex.{place}:{cls}", {**options, **more})
    return found


def _case(name, data, rows, place, cls, options, intelex=True, others=None, threads=False, **bars):
    more = {"n_jobs": -1} if threads else {}
    peers = _both(place, cls, options, intelex, **more) | (others or {})
    return Case(name, data, rows, (f"seodang.learn.{place}:{cls}", {**options, **more}), peers, **bars)


_XGB = {"n_estimators": 100, "learning_rate": 0.1, "tree_method": "hist", "grow_policy": "lossguide",
        "max_leaves": 31, "max_depth": 0, "max_bin": 255}
_LGBM = {"n_estimators": 100, "learning_rate": 0.1, "num_leaves": 31, "verbose": -1}
_HIST = {"max_iter": 100, "learning_rate": 0.1, "early_stopping": False}

CASES = [
    _case("svc", lambda: _classes(12_000, 20, 2, 15), 10_000, "svm", "SVC", {},
          fit=0.25, predict=0.2, method="decision_function"),
    _case("linear_svc", lambda: _classes(200_000, 50, 2, 14), 200_000, "svm", "LinearSVC", {},
          intelex=False),
    _case("tree", lambda: _classes(200_000, 20, 2, 16), 200_000, "tree", "DecisionTreeClassifier",
          {"random_state": 0}, intelex=False, fit=0.15),
    _case("forest", lambda: _classes(200_000, 20, 2, 16), 100_000, "ensemble", "RandomForestClassifier",
          {"n_estimators": 100, "random_state": 0}, threads=True, fit=0.9),
    _case("boosting", lambda: _classes(550_000, 28, 2, 17), 500_000, "ensemble",
          "HistGradientBoostingClassifier", _HIST, intelex=False,
          others={"xgboost": ("xgboost:XGBClassifier", _XGB), "lightgbm": ("lightgbm:LGBMClassifier", _LGBM)},
          fit=0.85),
    _case("neighbors", lambda: _classes(110_000, 20, 5, 11), 100_000, "neighbors",
          "KNeighborsClassifier", {"algorithm": "brute"}, threads=True, predict=0.75),
    _case("logistic", lambda: _classes(200_000, 50, 2, 14), 200_000, "linear_model",
          "LogisticRegression", {}, fit=0.5),
    _case("logistic10", lambda: _classes(60_000, 784, 10, 1, "float32"), 60_000, "linear_model",
          "LogisticRegression", {"max_iter": 20}, fit=0.5),
    _case("linear", lambda: _values(1_000_000, 50, 12), 1_000_000, "linear_model",
          "LinearRegression", {}, fit=0.6),
    _case("ridge", lambda: _values(1_000_000, 50, 12), 1_000_000, "linear_model", "Ridge", {}, fit=0.6),
    _case("lasso", lambda: _values(1_000_000, 50, 12), 1_000_000, "linear_model", "Lasso",
          {"alpha": 0.1}, fit=0.6),
    _case("sgd", lambda: _classes(200_000, 50, 2, 14), 200_000, "linear_model", "SGDClassifier",
          {"random_state": 0, "max_iter": 5, "tol": None}, intelex=False, fit=0.6),
    _case("bayes", lambda: _classes(200_000, 50, 2, 14), 200_000, "naive_bayes", "GaussianNB", {},
          intelex=False),
    _case("mlp", lambda: _classes(20_000, 50, 5, 14), 20_000, "neural_network", "MLPClassifier",
          {"max_iter": 5, "random_state": 0}, intelex=False),
]
