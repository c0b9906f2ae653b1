"""Every estimator of `seodang.learn` beside scikit-learn's, round by round in one process: which are slower?

    OMP_NUM_THREADS=1 SEODANG_THREADS=1 python python/bench/learn_sweep.py [PART OF A NAME ...]
        [--rounds 5] [--dtype float32] [--intelex]

For `fit`, for `predict` or `transform` of all rows, and for one row, it prints the median of the rounds'
ratios of our time to scikit-learn's (to the quicker of it and scikit-learn-intelex's), worst first, and the
ratio of the least times, which a busy machine disturbs less.
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import time
import warnings

import numpy as np
import scipy.sparse
from sklearn.datasets import make_classification, make_regression

RANDOM = np.random.RandomState(0)


def text(rows: int, words: int, each: int = 30) -> scipy.sparse.csr_matrix:
    """Counts of words as documents have them: few are frequent."""
    columns = np.minimum(RANDOM.zipf(1.3, rows * each) - 1, words - 1)
    spread = np.where(RANDOM.rand(len(columns)) < 0.5, RANDOM.randint(0, words, len(columns)), columns)
    places = (np.repeat(np.arange(rows), each), spread)
    return scipy.sparse.csr_matrix((np.ones(len(columns)), places), shape=(rows, words))


def _classes(rows, features, classes):
    return make_classification(rows, features, n_informative=features // 2, n_classes=classes,
                               flip_y=0.03, random_state=0)


def _words(rows):
    return RANDOM.choice([f"word{i}" for i in range(30)], size=(rows, 5)).astype(object)


def _tables() -> dict:
    dense, three = _classes(20_000, 20, 3)
    two = (three > 0).astype(int)
    values = make_regression(20_000, 20, noise=10, random_state=0)
    counts = text(20_000, 5_000)
    lengths = np.sqrt(counts.multiply(counts).sum(axis=1).A1)
    tfidf = scipy.sparse.diags(1 / lengths) @ counts
    topics = np.asarray(counts[:, :40] @ RANDOM.normal(size=(40, 4))).argmax(axis=1)
    holes = np.where(RANDOM.uniform(size=(2_000, 20)) < 0.05, np.nan, dense[:2_000])
    words = _words(20_000)
    return {
        "two": (dense, two), "three": (dense, three), "values": values,
        "ten": _classes(20_000, 64, 10), "positive": (np.abs(dense), three),
        "counts": (RANDOM.poisson(1.0, size=(20_000, 100)).astype(float), three),
        "small": (dense[:3000], three[:3000]), "small values": (values[0][:3000], values[1][:3000]),
        "near": (dense[:, :4].copy(), three),
        "text two": (tfidf.tocsr(), (topics > 1).astype(int)), "text": (tfidf.tocsr(), topics),
        "text counts": (counts, topics), "text values": (tfidf.tocsr(), counts[:, 3].toarray().ravel()),
        "holes": (holes, two[:2_000]), "words": (words, two), "codes": (words_codes(words), three),
        "line": (dense[:, :1].copy(), values[1]),
    }


def words_codes(words: np.ndarray) -> np.ndarray:
    """The numbers at the ends of words."""
    return np.vectorize(lambda w: int(w[4:]))(words)


_STEPS = {"max_iter": 5, "tol": None, "random_state": 0}
_LINEAR_CLASSES = ["LogisticRegression", "RidgeClassifier", ("SGDClassifier", _STEPS),
                   ("Perceptron", _STEPS), ("svm:LinearSVC", {"random_state": 0})]
_LINEAR_VALUES = ["Ridge", ("SGDRegressor", _STEPS), ("svm:LinearSVR", {"random_state": 0}), "Lasso",
                  "ElasticNet", "LinearRegression"]
_SEED = {"random_state": 0}
_FEW = {"n_estimators": 10, **_SEED}

# Where, which tables, and the classes with what they are told.
CASES = [
    ("linear_model", ["two", "three", "ten", "text two", "text"], _LINEAR_CLASSES),
    ("linear_model", ["values", "text values"], _LINEAR_VALUES),
    ("linear_model", ["values"], ["RidgeCV", "LassoCV", "ElasticNetCV"]),
    ("linear_model", ["three"], ["RidgeClassifierCV", ("LogisticRegression", {"solver": "newton-cholesky"}),
     ("LogisticRegression", {"solver": "saga", "penalty": "l1", "max_iter": 20})]),
    ("linear_model", ["two"], [("LogisticRegression", {"solver": "liblinear"}),
     ("LogisticRegressionCV", {"cv": 3})]),
    ("svm", ["small", "text small"], ["SVC", ("SVC", {"kernel": "linear"})]),
    ("svm", ["small"], ["NuSVC"]),
    ("svm", ["small values"], ["SVR", "NuSVR", "OneClassSVM"]),
    ("neighbors", ["near", "three"], ["KNeighborsClassifier", "NearestCentroid"]),
    ("neighbors", ["near"], ["KNeighborsRegressor", "NearestNeighbors",
     ("KNeighborsClassifier", {"algorithm": "ball_tree"}),
     ("RadiusNeighborsClassifier", {"radius": 0.5, "outlier_label": 0}),
     ("RadiusNeighborsRegressor", {"radius": 0.5})]),
    ("neighbors", ["small", "text small"],
     ["KNeighborsClassifier", ("KNeighborsClassifier", {"metric": "cosine"})]),
    ("neighbors", ["small"], [("KNeighborsClassifier", {"metric": m})
     for m in ("manhattan", "chebyshev", "correlation", "canberra", "braycurtis", "yule")]),
    ("tree", ["three"], [("DecisionTreeClassifier", _SEED), ("ExtraTreeClassifier", _SEED)]),
    ("tree", ["values"], [("DecisionTreeRegressor", _SEED), ("ExtraTreeRegressor", _SEED)]),
    ("tree", ["text"], [("DecisionTreeClassifier", {"max_depth": 10, **_SEED})]),
    ("tree", ["text values"], [("DecisionTreeRegressor", {"max_depth": 10, **_SEED})]),
    ("tree", ["text small"], [("DecisionTreeClassifier", _SEED), ("ExtraTreeClassifier", _SEED)]),
    ("ensemble", ["small"], [("RandomForestClassifier", _SEED), ("ExtraTreesClassifier", _SEED),
     ("GradientBoostingClassifier", {"n_estimators": 20, **_SEED}), ("AdaBoostClassifier", _SEED),
     ("BaggingClassifier", _SEED), ("HistGradientBoostingClassifier", {"max_iter": 20, **_SEED})]),
    ("ensemble", ["small values"], [("RandomForestRegressor", _SEED), ("ExtraTreesRegressor", _SEED),
     ("GradientBoostingRegressor", {"n_estimators": 20, **_SEED}), ("AdaBoostRegressor", _SEED),
     ("BaggingRegressor", _SEED), ("HistGradientBoostingRegressor", {"max_iter": 20, **_SEED})]),
    ("ensemble", ["text small"], [("RandomForestClassifier", _SEED), ("ExtraTreesClassifier", _SEED),
     ("GradientBoostingClassifier", _FEW), ("AdaBoostClassifier", _FEW), ("BaggingClassifier", _FEW)]),
    ("ensemble", ["text small values"], [("RandomForestRegressor", _FEW), ("ExtraTreesRegressor", _FEW),
     ("GradientBoostingRegressor", _FEW)]),
    ("naive_bayes", ["three", "ten"], ["GaussianNB"]),
    ("naive_bayes", ["counts", "text counts"], ["MultinomialNB", "BernoulliNB", "ComplementNB"]),
    ("naive_bayes", ["codes"], ["CategoricalNB"]),
    ("neural_network", ["ten"], [("MLPClassifier", {"max_iter": 3, **_SEED})]),
    ("neural_network", ["small"],
     [("MLPClassifier", {"max_iter": 10, "solver": "lbfgs", "activation": "tanh", **_SEED})]),
    ("neural_network", ["values"], [("MLPRegressor", {"max_iter": 3, **_SEED})]),
    ("dummy", ["three"], ["DummyClassifier"]),
    ("dummy", ["values"], ["DummyRegressor"]),
    ("isotonic", ["line"], ["IsotonicRegression"]),
    ("preprocessing", ["three"], [
        "StandardScaler", "MinMaxScaler", "MaxAbsScaler", "RobustScaler", "Normalizer", "Binarizer",
        "PolynomialFeatures", "KBinsDiscretizer", ("KBinsDiscretizer", {"encode": "ordinal"}),
        ("KBinsDiscretizer", {"strategy": "uniform"}), "QuantileTransformer", "PowerTransformer",
        "SplineTransformer"]),
    ("preprocessing", ["text"],
     [("StandardScaler", {"with_mean": False}), "MaxAbsScaler", "Normalizer", "Binarizer"]),
    ("preprocessing", ["words"], ["OneHotEncoder", "OrdinalEncoder", ("TargetEncoder", _SEED)]),
    ("preprocessing", ["codes"], ["OneHotEncoder", "OrdinalEncoder"]),
    ("impute", ["holes"], ["SimpleImputer", ("SimpleImputer", {"strategy": "median"}), "KNNImputer",
     "MissingIndicator"]),
    ("feature_selection", ["three"], ["SelectKBest", "VarianceThreshold"]),
]


def cases(parts: list[str], dtype: str):
    """The cases whose names have one of these parts."""
    tables = _tables()
    for name in ("text", "text values"):
        tables[name.replace("text", "text small")] = tuple(t[:2000] for t in tables[name])
    for module, names, classes in CASES:
        for table in names:
            X, y = tables[table]
            if X.dtype == np.float64:
                X = X.astype(dtype)
            for entry in classes:
                place, options = (entry, {}) if isinstance(entry, str) else entry
                home, _, cls = f"{module}:{place}".rpartition(":")
                home = home.rpartition(":")[2]
                told = ", ".join(str(v) for k, v in options.items() if k != "random_state")
                name = f"{cls}({told}) on {table}"
                if not parts or any(p in name for p in parts):
                    yield name, home, cls, options, X, y


def seconds(run, times: int = 1) -> float:
    """How long a call takes: the median of some."""
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        found.append(time.perf_counter() - begin)
    return statistics.median(found)


def measure(home, cls, options, X, y, peers, rounds):
    """For each part of the work: our least time, the median of the ratios, the ratio of the least times."""
    makers = [getattr(importlib.import_module("seodang.learn." + home), cls)]
    for peer in peers:
        try:
            makers.append(getattr(importlib.import_module(f"{peer}.{home}"), cls))
        except (ImportError, AttributeError):
            continue
    models = [make(**options) for make in makers]
    how = next(h for h in ("predict", "transform", "kneighbors") if hasattr(makers[0], h))
    one = X[:1]
    parts = {"fit": [], how: [], "one row": []}
    proba = all(hasattr(m, "predict_proba") for m in models)
    if proba:
        parts["proba"] = []
    for number in range(rounds + 1):
        now = {
            "fit": [seconds(lambda m=m: m.fit(X, y)) for m in models],
            how: [seconds(lambda m=m: getattr(m, how)(X)) for m in models],
            "one row": [seconds(lambda m=m: getattr(m, how)(one), 15) for m in models],
        }
        if proba:
            now["proba"] = [seconds(lambda m=m: m.predict_proba(X)) for m in models]
        if number or rounds == 1:  # The first is for warming up.
            for part, times in now.items():
                parts[part].append(times)
    found = {}
    for part, rows in parts.items():
        ratio = statistics.median(times[0] / min(times[1:]) for times in rows)
        ours, *theirs = (min(column) for column in zip(*rows, strict=True))
        found[part] = (ours, ratio, ours / min(theirs))
    return found


def main() -> None:
    """Prints what is slower."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--dtype", default="float64")
    parser.add_argument("--intelex", action="store_true", help="scikit-learn-intelex is a peer too")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    peers = ["sklearn", "sklearnex"] if options.intelex else ["sklearn"]
    rows = []
    for name, *case in cases(options.parts, options.dtype):
        found = measure(*case, peers, options.rounds)
        rows += [(ratio, least, ours, part, name) for part, (ours, ratio, least) in found.items()]
        line = "  ".join(f"{p} {t * 1e3:.3f} ms {r:.2f} {s:.2f}" for p, (t, r, s) in found.items())
        print(f"# {name}: {line}", flush=True)
    for ratio, least, ours, part, name in sorted(rows, reverse=True):
        print(f"{ratio:7.2f} {least:7.2f}  {ours * 1e3:10.3f} ms  {part:10} {name}")


if __name__ == "__main__":
    main()
