"""Whether every estimator says on real data what scikit-learn's says, with its defaults.

    python python/parity/sklearn_estimators.py [--short] [--data FOLDER] [--seeds N] [ESTIMATOR...]

A row of `ROWS` is an estimator; its rule says what "the same" is. What computes is the same to rounding
(`exact`), what approaches a solution is the same to its tolerance (`near`), and of what draws random numbers
the scores differ no more than chance makes them (`DRAWN`): each seed has samples of its own, nine tenths of
all, and over the seeds the difference has no sign. Trees draw, since equally good splits are told apart by
chance. Both libraries must be installed.

The short form takes parts of the sets that come with scikit-learn, and few seeds. The whole one takes all of
them, and of FOLDER also red_wine_quality.csv, winequality-white.csv and california-housing.csv.gz.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.stats import ttest_1samp
from threadpoolctl import threadpool_limits

# The least chance that a difference of means is accepted as one: there are about a thousand comparisons.
CHANCE = 1e-4
# How many samples there are at most, whole and short.
MOST, FEW = 3000, 200


class Library:
    """`sklearn` or `seodang.learn`, whose modules are attributes."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __getattr__(self, module: str) -> Any:
        return importlib.import_module(f"{self.name}.{module}")


OURS, THEIRS = Library("seodang.learn"), Library("sklearn")


# Real data: a target of classes and one of values for each set.


def _bundled(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    from sklearn import datasets

    X, y = getattr(datasets, f"load_{name}")(return_X_y=True)
    if name == "diabetes":
        return X, (y > np.median(y)).astype(int), y
    if name == "digits":
        # Pixels at the edge are white but for a few pictures.
        return X[:, X.std(axis=0) > 3], y, y.astype(float)
    # The last measurement, from the others.
    return X, y, X[:, -1]


def _wine(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    import pandas as pd

    frame = pd.read_csv(path)
    quality = frame.pop(next(c for c in frame if c.lower() == "quality"))
    return frame.select_dtypes("number").to_numpy(float), (quality > 5).astype(int), quality.to_numpy(float)


def _houses(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    import pandas as pd

    frame = pd.read_csv(path).dropna()
    value = frame.pop("median_house_value").to_numpy(float)
    return frame.select_dtypes("number").to_numpy(float), (value > np.median(value)).astype(int), value


BUNDLED = ("iris", "wine", "breast_cancer", "diabetes", "digits")
FILES = {
    "red wine": ("red_wine_quality.csv", _wine),
    "white wine": ("winequality-white.csv", _wine),
    "california": ("california-housing.csv.gz", _houses),
}


@dataclass(frozen=True)
class Set:
    """A set of real data, split in two: features of mean 0 and variance 1, classes, values."""

    name: str
    A: np.ndarray
    B: np.ndarray
    classes: tuple[np.ndarray, np.ndarray]
    values: tuple[np.ndarray, np.ndarray]


@cache
def load(name: str, most: int, folder: Path | None = None) -> Set:
    """A set of real data, `most` samples of it."""
    if name in BUNDLED:
        X, classes, values = _bundled(name)
        if name in ("iris", "wine", "breast_cancer"):
            X = X[:, :-1]
    else:
        file, read = FILES[name]
        X, classes, values = read(next(folder.rglob(file)))
    rng = np.random.RandomState(0)
    order = rng.permutation(len(X))[:most]
    X, classes, values = X[order], np.asarray(classes)[order], values[order]
    X = X[:, X.std(axis=0) > 0]
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    # Moved so little that no two samples are equally far from a third.
    X = X + rng.normal(scale=1e-6, size=X.shape)
    values = (values - values.mean()) / values.std()
    half = int(0.6 * len(X))
    return Set(
        name, X[:half], X[half:], (classes[:half], classes[half:]), (values[:half], values[half:])
    )


# What estimators are given.


@dataclass(frozen=True)
class Given:
    """What `fit` takes, what then is asked about, and the truth of that."""

    fit: tuple[Any, ...]
    ask: Any
    truth: Any = None

    def drawn(self, seed: int) -> Given:
        """The same with nine tenths of the samples that are learned from."""
        n = len(self.fit[0])
        kept = np.sort(np.random.RandomState(seed).permutation(n)[: n - n // 10])
        return Given(tuple(part[kept] for part in self.fit), self.ask, self.truth)


def _codes(s: Set) -> tuple[np.ndarray, np.ndarray]:
    edges = np.quantile(s.A, [0.3, 0.5, 0.8], axis=0)
    return tuple((X[None] > edges[:, None]).sum(axis=0) for X in (s.A, s.B))


def _holes(X: np.ndarray) -> np.ndarray:
    out = X.copy()
    out[np.random.RandomState(1).uniform(size=X.shape) < 0.1] = np.nan
    return out


@cache
def _lines() -> list[str]:
    """Real texts: what is told of the sets."""
    from sklearn import datasets

    return [
        line.strip() for name in BUNDLED for line in getattr(datasets, f"load_{name}")().DESCR.splitlines()
        if len(line.strip()) > 20
    ]


def _texts(s: Set) -> tuple[list[str], list[str]]:
    place = BUNDLED.index(s.name) if s.name in BUNDLED else 0
    lines = _lines()[place::2]
    return lines[: len(lines) // 2], lines[len(lines) // 2 :]


def _dicts(X: np.ndarray) -> list[dict[str, Any]]:
    return [{f"x{j}": v if j % 2 else f"{v:.0f}" for j, v in enumerate(row[:6])} for row in X[:60]]


def _words(X: np.ndarray) -> np.ndarray:
    return np.array(["low", "mid", "high", "top"], dtype=object)[X]


GIVEN: dict[str, Callable[[Set], Given]] = {
    "classes": lambda s: Given((s.A, s.classes[0]), s.B, s.classes[1]),
    "two classes": lambda s: Given(
        (s.A, s.classes[0] > s.classes[0].min()), s.B, s.classes[1] > s.classes[0].min()
    ),
    "values": lambda s: Given((s.A, s.values[0]), s.B, s.values[1]),
    "samples": lambda s: Given((s.A,), s.B),
    "positive": lambda s: Given((s.A - s.A.min(axis=0), s.classes[0]), np.maximum(s.B - s.A.min(axis=0), 0)),
    "codes": lambda s: Given((_codes(s)[0], s.classes[0]), _codes(s)[1], s.classes[1]),
    "words": lambda s: Given((_words(_codes(s)[0]), s.values[0]), _words(_codes(s)[1])),
    "holes": lambda s: Given((_holes(s.A),), _holes(s.B)),
    "labels": lambda s: Given((s.classes[0],), s.classes[0]),
    "sets": lambda s: Given(
        ([set(np.flatnonzero(r > 0)) for r in s.A],), [set(np.flatnonzero(r > 0)) for r in s.A]
    ),
    "several classes": lambda s: Given(
        (s.A, np.column_stack([s.classes[0], s.values[0] > 0])), s.B
    ),
    "several values": lambda s: Given((s.A, np.column_stack([s.values[0], s.classes[0]])), s.B),
    "texts": lambda s: Given((_texts(s)[0],), _texts(s)[1]),
    "counts": lambda s: Given((_codes(s)[0],), _codes(s)[1]),
    "dicts": lambda s: Given((_dicts(s.A),), _dicts(s.B)),
    "kernel": lambda s: Given((s.A @ s.A.T,), s.B @ s.A.T),
    "one feature": lambda s: Given((s.A[:, 0], s.values[0]), s.B[:, 0]),
}


# What "the same" is.

_METHODS = (
    "predict", "predict_proba", "decision_function", "score_samples", "transform", "inverse_transform",
    "kneighbors", "get_feature_names_out",
)


def _dense(x: Any) -> Any:
    if not sparse.issparse(x):
        return x
    if x.shape[1] < 10_000:
        return x.toarray()
    x = x.tocsr()
    x.sum_duplicates()
    return np.concatenate([x.indptr, x.indices, x.data]).astype(float)


@dataclass(frozen=True)
class Refusal:
    """An error in place of an answer."""

    text: str


def answers(estimator: Any, ask: Any) -> Iterator[tuple[str, Any]]:
    """What a fitted estimator says, by its methods' names; a refusal where it raises an error."""
    for name in _METHODS:
        try:
            said = _answer(estimator, name, ask)
        except Exception as error:  # noqa: BLE001
            said = Refusal(str(error))
        parts = said if isinstance(said, list) and name != "transform" else [said]
        for i, part in enumerate(parts):
            if isinstance(part, Refusal):
                yield name, part
            elif part is not None:
                yield f"{name} {i}" if i else name, np.asarray(_dense(part))


def _answer(estimator: Any, name: str, ask: Any) -> Any:
    if not hasattr(estimator, name):
        return None
    method = getattr(estimator, name)
    if name == "inverse_transform":
        numbers = isinstance(ask, np.ndarray) and ask.dtype.kind == "f"
        return method(estimator.transform(ask)) if numbers else None
    if name == "get_feature_names_out":
        return np.asarray(method(), dtype=object)
    return method(ask)[0] if name == "kneighbors" else method(ask)


def class_of(library: Library, name: str) -> type:
    """The class of a row; what stands after a colon in the row's name tells it from others of the class."""
    return getattr(getattr(library, ROWS[name].home), name.partition(":")[0])


def fitted(library: Library, row: Row, name: str, given: Given, seed: int | None = None) -> Any:
    """An estimator of a library, fitted."""
    made = row.make(library, *given.fit) if row.make else class_of(library, name)(**row.options)
    if seed is not None:
        seeds = {k: seed for k in made.get_params() if k.split("__")[-1] == "random_state"}
        made.set_params(**seeds)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return made.fit(*given.fit)


@dataclass(frozen=True)
class Rule:
    """What "the same" is: the greatest difference by the spread of scikit-learn's values; of classes, the
    greatest share that differs. `seeds` is whether it is a matter of chance."""

    words: str
    values: float = 0.0
    share: float = 0.0
    seeds: bool = False


def exact(values: float = 1e-10) -> Rule:
    """The same to rounding."""
    return Rule("exact", values)


def near(values: float, share: float = 0.01) -> Rule:
    """The same to the tolerance at which a descent ends."""
    return Rule("near", values, share)


DRAWN = Rule("drawn", seeds=True)


@dataclass(frozen=True)
class Row:
    """An estimator: its module, what it is given, its rule, and its options, or how it is made."""

    home: str
    data: str
    rule: Rule
    make: Callable[..., Any] | None = None
    options: dict[str, Any] = field(default_factory=dict)
    # In the short form a slow one has few sets and fewer samples.
    slow: bool = False


@dataclass
class Found:
    """How much an estimator's answers differ on a set."""

    estimator: str
    set: str
    rule: Rule
    differences: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def worst(self) -> float:
        """The greatest difference; of distributions, the least chance."""
        values = self.differences.values()
        return (min if self.rule.seeds else max)(values, default=float("nan"))


def _compare(found: Found, name: str, got: np.ndarray, want: np.ndarray) -> None:
    if got.shape != want.shape:
        found.wrong.append(f"{name}: shape {got.shape}, not {want.shape}")
        return
    if want.dtype.kind in "OUSb":
        share = float(np.mean(got.astype(str) != want.astype(str))) if want.size else 0.0
        limit = found.rule.share
    elif want.dtype.kind in "iu":
        share, limit = float(np.mean(got != want)) if want.size else 0.0, found.rule.share
    else:
        hollow = np.isnan(want)
        if not np.array_equal(hollow, np.isnan(got)):
            found.wrong.append(f"{name}: other values are missing")
            return
        spread = max(float(np.abs(want[~hollow]).max(initial=0.0)), 1e-12)
        finite = np.isfinite(want) & np.isfinite(got)
        if not np.array_equal(want[~finite], got[~finite], equal_nan=True):
            found.wrong.append(f"{name}: other values are infinite")
            return
        spread = max(float(np.abs(want[finite]).max(initial=0.0)), 1e-12)
        share = float(np.abs(got - want)[finite].max(initial=0.0)) / spread
        limit = found.rule.values
    found.differences[name] = share
    if share > limit:
        found.wrong.append(f"{name}: differs by {share:.2g}, more than {limit:.2g}")


def _scores(estimator: Any, given: Given) -> dict[str, float]:
    """How good an estimator is; of what has no truth, how much of its answers there is."""
    if given.truth is None or not hasattr(estimator, "score"):
        return {
            name: float(np.mean(np.abs(said.astype(float))))
            for name, said in answers(estimator, given.ask) if said.dtype.kind in "fiub"
        }
    out = {"score": float(estimator.score(given.ask, given.truth))}
    if hasattr(estimator, "predict_proba"):
        table = estimator.predict_proba(given.ask)
        place = np.searchsorted(estimator.classes_, given.truth)
        place = np.minimum(place, len(estimator.classes_) - 1)
        known = estimator.classes_[place] == given.truth
        right = np.where(known, table[np.arange(len(table)), place], 0.0)
        out["Brier"] = float(np.mean((1 - right) ** 2))
    return out


@threadpool_limits.wrap(limits=1)
def compare(name: str, data: Set, seeds: int) -> Found:
    """How much our answers differ from scikit-learn's on a set."""
    row = ROWS[name]
    found = Found(name, data.name, row.rule)
    given, start = GIVEN[row.data](data), time.perf_counter()
    if row.rule.seeds:
        both = [
            [_scores(fitted(library, row, name, given.drawn(seed), seed), given) for seed in range(seeds)]
            for library in (OURS, THEIRS)
        ]
        for key in both[1][0]:
            got, want = (np.array([s[key] for s in scores]) for scores in both)
            differ = got - want
            if np.abs(differ).max() < 1e-9:
                chance = 1.0
            else:
                chance = float(ttest_1samp(differ, 0.0).pvalue) if np.ptp(differ) else 0.0
            found.differences[key] = chance
            if chance < CHANCE:
                found.wrong.append(
                    f"{key}: {got.mean():.5g} (deviation {got.std():.2g}), scikit-learn's "
                    f"{want.mean():.5g} ({want.std():.2g}): chance {chance:.1e}"
                )
    else:
        mine, other = (fitted(library, row, name, given, 0) for library in (OURS, THEIRS))
        said = dict(answers(mine, given.ask))
        for method, want in answers(other, given.ask):
            if method not in said:
                found.wrong.append(f"{method}: is not there")
            elif isinstance(want, Refusal) or isinstance(said[method], Refusal):
                if type(want) is not type(said[method]):
                    found.wrong.append(f"{method}: {said[method]!r}, not {want!r}")
            else:
                _compare(found, method, said[method], want)
    found.seconds = time.perf_counter() - start
    return found


# The table.

_TREE = {"max_depth": 3}


def _named(L: Library, kind: str) -> list[tuple[str, Any]]:
    """Parts for ensembles of several."""
    if kind == "classes":
        return [("near", L.neighbors.KNeighborsClassifier()), ("bayes", L.naive_bayes.GaussianNB())]
    return [("near", L.neighbors.KNeighborsRegressor()), ("line", L.linear_model.Ridge())]


def _bayes(L: Library) -> Any:
    return L.naive_bayes.GaussianNB()


def _columns(L: Library, A: np.ndarray, *_: Any) -> Any:
    half = A.shape[1] // 2
    return L.compose.ColumnTransformer(
        [("scaled", L.preprocessing.MinMaxScaler(), list(range(half))),
         ("ranked", L.preprocessing.RobustScaler(), slice(half, None))]
    )


def _grid(search: str, **options: Any) -> Callable[..., Any]:
    def make(L: Library, *_: Any) -> Any:
        importlib.import_module(f"{L.name}.experimental.enable_halving_search_cv")
        return getattr(L.model_selection, search)(
            L.neighbors.KNeighborsClassifier(), {"n_neighbors": [1, 3, 5, 9]}, **options
        )

    return make


def _over(home: str, name: str, part: Callable[[Library], Any], **options: Any) -> Callable[..., Any]:
    return lambda L, *_: getattr(getattr(L, home), name)(part(L), **options)


def _ridge(L: Library) -> Any:
    return L.linear_model.Ridge()


def _ridges(L: Library) -> Any:
    return L.linear_model.RidgeClassifier()


def _many(home: str, data: str, rule: Rule, names: str, **more: Any) -> dict[str, Row]:
    return {name: Row(home, data, rule, **more) for name in names.split()}


ROWS: dict[str, Row] = {
    **_many("neighbors", "classes", exact(), "KNeighborsClassifier NearestCentroid"),
    "RadiusNeighborsClassifier": Row(
        "neighbors", "classes", exact(),
        lambda L, *_: L.neighbors.RadiusNeighborsClassifier(9.0, outlier_label="most_frequent"),
    ),
    "RadiusNeighborsRegressor": Row(
        "neighbors", "values", exact(), lambda L, *_: L.neighbors.RadiusNeighborsRegressor(9.0)
    ),
    **_many("neighbors", "values", exact(), "KNeighborsRegressor"),
    **_many(
        "neighbors", "samples", exact(),
        "NearestNeighbors KNeighborsTransformer RadiusNeighborsTransformer",
    ),
    # Linear models: what has one solution, and what descends to it.
    **_many("linear_model", "values", exact(), "LinearRegression Ridge RidgeCV"),
    **_many("linear_model", "classes", exact(), "RidgeClassifier RidgeClassifierCV"),
    **_many("linear_model", "values", near(1e-3), "Lasso ElasticNet LassoCV ElasticNetCV"),
    **_many("linear_model", "classes", near(0.1), "LogisticRegression"),
    "LogisticRegression: to its end": Row(
        "linear_model", "classes", near(1e-4, 0.0), options={"tol": 1e-8, "max_iter": 10_000}
    ),
    # The weaker the penalty, the farther from the end the default tolerance lets go.
    **{
        f"LogisticRegressionCV{end}": Row(
            "linear_model", "classes", rule, slow=True,
            options={"l1_ratios": (0.0,), "scoring": "neg_log_loss", "use_legacy_attributes": False, **more},
        )
        for end, rule, more in (
            ("", near(0.2, 0.02), {}), (": to its end", near(1e-3), {"tol": 1e-8, "max_iter": 10_000}),
        )
    },
    **_many("linear_model", "classes", DRAWN, "SGDClassifier Perceptron"),
    **_many("linear_model", "values", DRAWN, "SGDRegressor"),
    # Support vector machines.
    # Pair by pair: votes of pairs jump where a pair is undecided.
    **_many("svm", "classes", near(5e-3), "SVC NuSVC", options={"decision_function_shape": "ovo"}),
    **_many("svm", "values", near(5e-3), "SVR NuSVR"),
    **{
        f"{name}: to its end": Row("svm", data, near(1e-5, 0.0), options={"tol": 1e-9})
        for name, data in {"SVC": "classes", "NuSVC": "classes", "SVR": "values", "NuSVR": "values"}.items()
    },
    **_many("svm", "samples", near(5e-3, 0.02), "OneClassSVM"),
    **_many("svm", "classes", DRAWN, "LinearSVC"),
    **_many("svm", "values", DRAWN, "LinearSVR"),
    "LinearSVC: to its end": Row(
        "svm", "classes", near(1e-3), options={"tol": 1e-8, "max_iter": 100_000}
    ),
    # Trees and what is made of them.
    **_many("tree", "classes", DRAWN, "DecisionTreeClassifier ExtraTreeClassifier"),
    **_many("tree", "values", DRAWN, "DecisionTreeRegressor ExtraTreeRegressor"),
    **_many(
        "ensemble", "classes", DRAWN,
        "RandomForestClassifier ExtraTreesClassifier BaggingClassifier AdaBoostClassifier "
        "GradientBoostingClassifier HistGradientBoostingClassifier", slow=True,
    ),
    **_many(
        "ensemble", "values", DRAWN,
        "RandomForestRegressor ExtraTreesRegressor BaggingRegressor AdaBoostRegressor "
        "GradientBoostingRegressor HistGradientBoostingRegressor", slow=True,
    ),
    "VotingClassifier": Row(
        "ensemble", "classes", exact(),
        lambda L, *_: L.ensemble.VotingClassifier(_named(L, "classes"), voting="soft"),
    ),
    "VotingRegressor": Row(
        "ensemble", "values", exact(), lambda L, *_: L.ensemble.VotingRegressor(_named(L, "values"))
    ),
    "StackingClassifier": Row(
        # The last estimator is logistic regression.
        "ensemble", "classes", near(0.1),
        lambda L, *_: L.ensemble.StackingClassifier(_named(L, "classes")),
    ),
    "StackingRegressor": Row(
        "ensemble", "values", exact(), lambda L, *_: L.ensemble.StackingRegressor(_named(L, "values"))
    ),
    # Bayes, networks, baselines.
    **_many("naive_bayes", "classes", exact(), "GaussianNB BernoulliNB"),
    **_many("naive_bayes", "positive", exact(), "MultinomialNB ComplementNB"),
    "CategoricalNB": Row(
        "naive_bayes", "codes", exact(), lambda L, *_: L.naive_bayes.CategoricalNB(min_categories=4)
    ),
    **_many("neural_network", "classes", DRAWN, "MLPClassifier", slow=True),
    **_many("neural_network", "values", DRAWN, "MLPRegressor", slow=True),
    **_many("dummy", "classes", exact(), "DummyClassifier"),
    **_many("dummy", "values", exact(), "DummyRegressor"),
    **_many("isotonic", "one feature", exact(), "IsotonicRegression"),
    # Over other estimators.
    "CalibratedClassifierCV": Row(
        "calibration", "classes", near(1e-4, 0.0), _over("calibration", "CalibratedClassifierCV", _bayes),
        slow=True,
    ),
    "OneVsRestClassifier": Row(
        "multiclass", "classes", exact(), _over("multiclass", "OneVsRestClassifier", _ridges)
    ),
    "OneVsOneClassifier": Row(
        "multiclass", "classes", exact(), _over("multiclass", "OneVsOneClassifier", _ridges)
    ),
    "OutputCodeClassifier": Row(
        "multiclass", "classes", exact(), _over("multiclass", "OutputCodeClassifier", _ridges)
    ),
    "MultiOutputClassifier": Row(
        "multioutput", "several classes", exact(), _over("multioutput", "MultiOutputClassifier", _bayes)
    ),
    "ClassifierChain": Row(
        "multioutput", "several classes", exact(), _over("multioutput", "ClassifierChain", _bayes)
    ),
    "MultiOutputRegressor": Row(
        "multioutput", "several values", exact(), _over("multioutput", "MultiOutputRegressor", _ridge)
    ),
    "RegressorChain": Row(
        "multioutput", "several values", exact(), _over("multioutput", "RegressorChain", _ridge)
    ),
    "TransformedTargetRegressor": Row(
        "compose", "values", exact(),
        lambda L, *_: L.compose.TransformedTargetRegressor(_ridge(L), func=np.cbrt, inverse_func=lambda y: y**3),
    ),
    "ColumnTransformer": Row("compose", "samples", exact(), _columns),
    "Pipeline": Row(
        "pipeline", "classes", exact(),
        lambda L, *_: L.pipeline.Pipeline([("scale", L.preprocessing.MinMaxScaler()), ("model", _ridges(L))]),
    ),
    "FeatureUnion": Row(
        "pipeline", "samples", exact(),
        lambda L, *_: L.pipeline.FeatureUnion(
            [("scaled", L.preprocessing.MinMaxScaler()), ("powers", L.preprocessing.PolynomialFeatures())]
        ),
    ),
    "FrozenEstimator": Row(
        "frozen", "values", exact(),
        lambda L, A, y: L.frozen.FrozenEstimator(_ridge(L).fit(A, y)),
    ),
    "GridSearchCV": Row("model_selection", "classes", exact(), _grid("GridSearchCV"), slow=True),
    "RandomizedSearchCV": Row(
        "model_selection", "classes", exact(), _grid("RandomizedSearchCV", n_iter=3), slow=True
    ),
    "HalvingGridSearchCV": Row("model_selection", "classes", exact(), _grid("HalvingGridSearchCV", cv=2), slow=True),
    "HalvingRandomSearchCV": Row(
        "model_selection", "classes", exact(), _grid("HalvingRandomSearchCV", cv=2), slow=True
    ),
    "FixedThresholdClassifier": Row(
        "model_selection", "two classes", exact(),
        _over("model_selection", "FixedThresholdClassifier", _bayes, threshold=0.3),
    ),
    "TunedThresholdClassifierCV": Row(
        "model_selection", "two classes", exact(),
        _over("model_selection", "TunedThresholdClassifierCV", _bayes), slow=True,
    ),
    # Features: other scales, codes and columns.
    **_many(
        "preprocessing", "samples", exact(),
        "Binarizer FunctionTransformer MaxAbsScaler MinMaxScaler Normalizer PolynomialFeatures "
        "QuantileTransformer RobustScaler SplineTransformer StandardScaler",
    ),
    "KBinsDiscretizer": Row(
        "preprocessing", "samples", exact(),
        lambda L, *_: L.preprocessing.KBinsDiscretizer(quantile_method="averaged_inverted_cdf"),
    ),
    **_many("preprocessing", "samples", near(1e-4), "PowerTransformer", slow=True),
    **_many("preprocessing", "words", exact(), "OneHotEncoder OrdinalEncoder TargetEncoder"),
    **_many("preprocessing", "labels", exact(), "LabelEncoder LabelBinarizer"),
    **_many("preprocessing", "sets", exact(), "MultiLabelBinarizer"),
    **_many("preprocessing", "kernel", exact(), "KernelCenterer"),
    **_many("impute", "holes", exact(), "SimpleImputer KNNImputer MissingIndicator"),
    **_many("feature_extraction.text", "texts", exact(), "CountVectorizer TfidfVectorizer HashingVectorizer"),
    **_many("feature_extraction.text", "counts", exact(), "TfidfTransformer"),
    **_many("feature_extraction", "dicts", exact(), "DictVectorizer FeatureHasher"),
    **_many("feature_selection", "classes", exact(), "SelectFdr SelectFpr SelectFwe SelectPercentile "
            "GenericUnivariateSelect"),
    "SelectKBest": Row(
        "feature_selection", "classes", exact(), lambda L, *_: L.feature_selection.SelectKBest(k=2)
    ),
    **_many("feature_selection", "samples", exact(), "VarianceThreshold"),
    **{
        name: Row("feature_selection", "values", exact(), _over("feature_selection", name, _ridge))
        for name in ("RFE", "SelectFromModel")
    },
    **{
        name: Row("feature_selection", "values", exact(), _over("feature_selection", name, _ridge), slow=True)
        for name in ("RFECV", "SequentialFeatureSelector")
    },
}


def sets(name: str, short: bool, folder: Path | None) -> list[Set]:
    """The sets that an estimator is compared on."""
    row = ROWS[name]
    if not short:
        files = [s for s, (file, _) in FILES.items() if folder and any(folder.rglob(file))]
        return [load(s, MOST) for s in BUNDLED] + [load(s, MOST, folder) for s in files]
    if row.slow or row.rule.seeds:
        few = ("iris", "diabetes") if row.data == "classes" else ("diabetes", "wine")
        return [load(s, FEW // 2) for s in few[: 1 if row.slow else 2]]
    return [load(s, FEW) for s in BUNDLED]


def main(arguments: list[str]) -> int:
    """Prints the table; 1 if some estimator says something else."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--short", action="store_true", help="few samples, few seeds")
    parser.add_argument("--data", type=Path, help="the folder with the sets that are files")
    parser.add_argument("--seeds", type=int, default=20, help="how many")
    parser.add_argument("estimators", nargs="*", default=sorted(ROWS))
    chosen = parser.parse_args(arguments)
    if not chosen.short:
        there = [s.name for s in sets("Ridge", False, chosen.data)]
        print(f"sets: {', '.join(there)}; left out: {', '.join(set(FILES) - set(there)) or 'none'}")
    start, wrong = time.perf_counter(), 0
    for name in chosen.estimators:
        for data in sets(name, chosen.short, chosen.data):
            try:
                found = compare(name, data, 3 if chosen.short else chosen.seeds)
            except Exception as error:  # noqa: BLE001
                found = Found(name, data.name, ROWS[name].rule, wrong=[repr(error)])
            what = "chance" if found.rule.seeds else "difference"
            print(f"{name:<30} {data.name:<14} {found.rule.words:<6} {what} {found.worst():<9.2g} "
                  f"{found.seconds:6.2f} s{'  WRONG' if found.wrong else ''}", flush=True)
            for line in found.wrong:
                print(f"    {line}")
            wrong += bool(found.wrong)
    print(f"{len(chosen.estimators)} estimators, {wrong} sets with another answer, "
          f"{time.perf_counter() - start:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
