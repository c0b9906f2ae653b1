"""Preprocessing, imputers, naive Bayes and perceptrons beside scikit-learn, round by round.

    OMP_NUM_THREADS=1 SEODANG_THREADS=1 python python/bench/learn_prep.py [rounds] [part of a name]
"""

import statistics
import sys
import time
import warnings

import numpy as np
import sklearn.impute
import sklearn.naive_bayes
import sklearn.neural_network
import sklearn.preprocessing

from seodang import learn

warnings.simplefilter("ignore")
RANDOM = np.random.RandomState(0)
NUMBERS = RANDOM.normal(size=(50_000, 20))
HOLES = np.where(RANDOM.uniform(size=(2_000, 20)) < 0.05, np.nan, NUMBERS[:2_000])
WORDS = RANDOM.choice([f"word{i}" for i in range(30)], size=(20_000, 5)).astype(object)
CLASSES = RANDOM.randint(0, 5, len(NUMBERS))
COUNTS = RANDOM.poisson(1.0, size=(20_000, 100)).astype(float)

CASES = [
    ("preprocessing", "StandardScaler", {}, NUMBERS, None),
    ("preprocessing", "MinMaxScaler", {}, NUMBERS, None),
    ("preprocessing", "MaxAbsScaler", {}, NUMBERS, None),
    ("preprocessing", "RobustScaler", {}, NUMBERS, None),
    ("preprocessing", "Normalizer", {}, NUMBERS, None),
    ("preprocessing", "Binarizer", {}, NUMBERS, None),
    ("preprocessing", "PolynomialFeatures", {}, NUMBERS[:20_000], None),
    ("preprocessing", "KBinsDiscretizer", {"encode": "ordinal"}, NUMBERS, None),
    ("preprocessing", "KBinsDiscretizer", {}, NUMBERS, None),
    ("preprocessing", "QuantileTransformer", {}, NUMBERS, None),
    ("preprocessing", "PowerTransformer", {}, NUMBERS[:10_000], None),
    ("preprocessing", "SplineTransformer", {}, NUMBERS, None),
    ("preprocessing", "OneHotEncoder", {}, WORDS, None),
    ("preprocessing", "OrdinalEncoder", {}, WORDS, None),
    ("preprocessing", "TargetEncoder", {}, WORDS, CLASSES[: len(WORDS)] % 2),
    ("impute", "SimpleImputer", {}, HOLES, None),
    ("impute", "KNNImputer", {}, HOLES, None),
    ("naive_bayes", "GaussianNB", {}, NUMBERS, CLASSES),
    ("naive_bayes", "MultinomialNB", {}, COUNTS, CLASSES[: len(COUNTS)]),
    ("naive_bayes", "BernoulliNB", {}, COUNTS, CLASSES[: len(COUNTS)]),
    ("neural_network", "MLPClassifier", {"max_iter": 3, "random_state": 0}, NUMBERS[:10_000],
     CLASSES[:10_000]),
    ("neural_network", "MLPRegressor", {"max_iter": 3, "random_state": 0}, NUMBERS[:10_000],
     NUMBERS[:10_000, 0]),
    ("neural_network", "MLPClassifier",
     {"max_iter": 10, "solver": "lbfgs", "activation": "tanh", "random_state": 0},
     NUMBERS[:5_000], CLASSES[:5_000]),
]


def seconds(run) -> float:
    """How long a call takes."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def main() -> None:
    """Prints the median of the ratios of times, ours to scikit-learn's, of `fit` and of what follows."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    part = sys.argv[2] if len(sys.argv) > 2 else ""
    for module, name, options, X, y in CASES:
        if part not in name:
            continue
        pair = [getattr(getattr(home, module), name)(**options) for home in (learn, sklearn)]
        fits, uses = [], []
        for _ in range(rounds):
            ours, theirs = (seconds(lambda m=m: m.fit(X, y)) for m in pair)
            fits.append(ours / theirs)
            how = "transform" if hasattr(pair[0], "transform") else "predict"
            ours, theirs = (seconds(lambda m=m: getattr(m, how)(X)) for m in pair)
            uses.append(ours / theirs)
        print(f"{name:22} {options!s:50.50} fit {statistics.median(fits):6.2f}   "
              f"then {statistics.median(uses):6.2f}", flush=True)


if __name__ == "__main__":
    main()
