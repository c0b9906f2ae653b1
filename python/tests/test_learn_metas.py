"""Estimators over other estimators: scikit-learn's own checks, and its numbers on real data."""

import pickle

import numpy as np
import pytest

from seodang import learn

pytest.importorskip("sklearn")

import sklearn  # noqa: E402
from sklearn import datasets  # noqa: E402
from sklearn.decomposition import PCA  # noqa: E402
from sklearn.linear_model import LogisticRegression, Ridge  # noqa: E402
from sklearn.preprocessing import StandardScaler  # noqa: E402
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor  # noqa: E402
from sklearn.utils.estimator_checks import parametrize_with_checks  # noqa: E402

from seodang.learn import model_selection  # noqa: E402

RIDGE, LOGISTIC = Ridge(), LogisticRegression(C=1)


def _searches():
    over = [(RIDGE, {"alpha": [0.1, 1.0]}), (LOGISTIC, {"C": [0.1, 1.0]})]
    for estimator, grid in over:
        yield model_selection.GridSearchCV(estimator, grid, cv=2, error_score="raise")
        yield model_selection.RandomizedSearchCV(
            estimator, grid, cv=2, error_score="raise", random_state=0
        )
        yield model_selection.HalvingGridSearchCV(
            estimator, grid, cv=2, error_score="raise", random_state=0, min_resources="smallest"
        )
        yield model_selection.HalvingRandomSearchCV(
            estimator, grid, cv=2, error_score="raise", random_state=0
        )


INSTANCES = [
    *_searches(),
]

# The checks that a class may fail, each with its reason.
EXPECTED_FAILURES: dict[str, dict[str, str]] = {}


def _expected(estimator):
    return EXPECTED_FAILURES.get(type(estimator).__name__, {})


@parametrize_with_checks(INSTANCES, expected_failed_checks=_expected)
def test_scikit_learns_own_checks(estimator, check):
    check(estimator)
