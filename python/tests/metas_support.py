"""Data and estimators of the tests of estimators over other estimators."""

import importlib

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from seodang.learn import model_selection

RIDGE, LOGISTIC = Ridge(), LogisticRegression(C=1)
TREES = [(f"est{i}", DecisionTreeClassifier(max_depth=3, random_state=i)) for i in range(2)]
REGRESSION_TREES = [(f"est{i}", DecisionTreeRegressor(max_depth=3, random_state=i)) for i in range(2)]
NAMES = ("iris", "wine", "digits", "breast_cancer", "diabetes")
CLASSIFICATION = NAMES[:4]


def data(name):
    """Real samples and their target; not more than a quick test needs."""
    X, y = getattr(datasets, f"load_{name}")(return_X_y=True)
    return X[:700], y[:700]


def parts(name):
    """Samples to learn from, samples to ask about."""
    X, y = data(name)
    return model_selection.train_test_split(X, y, test_size=0.4, random_state=0)


def both(module, name, *args, **options):
    """Our estimator and scikit-learn's, with parts of their own."""
    theirs = importlib.import_module(f"sklearn.{module}")
    ours = importlib.import_module(f"seodang.learn.{module}")
    return tuple(
        getattr(m, name)(*(sklearn.base.clone(a, safe=False) for a in args), **options)
        for m in (ours, theirs)
    )


def close(got, want):
    """Arrays, or lists of them, that agree."""
    if not isinstance(want, list):
        got, want = [got], [want]
    for a, b in zip(got, want, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-12)
