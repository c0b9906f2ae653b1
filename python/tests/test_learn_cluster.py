"""A search spread over the workers of a real cluster on this machine, by joblib and Dask."""

import numpy as np
import pytest

joblib = pytest.importorskip("joblib")
distributed = pytest.importorskip("dask.distributed")
pytest.importorskip("sklearn")

from sklearn import datasets  # noqa: E402

from seodang.learn import model_selection, neighbors, pipeline  # noqa: E402
from seodang.learn.base import BaseEstimator, TransformerMixin  # noqa: E402


@pytest.fixture(scope="module")
def client():
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


class Where(TransformerMixin, BaseEstimator):
    """Lets samples through, and notes which process fitted it."""

    def fit(self, X, y=None):
        import os

        self.process_ = os.getpid()
        return self

    def transform(self, X):
        return X


def test_a_search_runs_on_a_dask_cluster(client):
    X, y = datasets.load_wine(return_X_y=True)
    search = model_selection.GridSearchCV(
        neighbors.KNeighborsClassifier(), {"n_neighbors": [1, 3, 5, 9]}, cv=3
    )
    with joblib.parallel_config(backend="dask"):
        spread = model_selection.GridSearchCV(**search.get_params(deep=False)).fit(X, y)
    here = search.fit(X, y)
    for key in ("mean_test_score", "rank_test_score"):
        np.testing.assert_array_equal(spread.cv_results_[key], here.cv_results_[key])
    assert spread.best_params_ == here.best_params_
    np.testing.assert_array_equal(spread.predict_proba(X), here.predict_proba(X))


def test_the_fits_are_on_the_workers(client):
    import os

    X, y = datasets.load_iris(return_X_y=True)
    steps = pipeline.make_pipeline(Where(), neighbors.KNeighborsClassifier())
    with joblib.parallel_config(backend="dask"):
        found = model_selection.cross_validate(steps, X, y, cv=4, return_estimator=True)
    workers = set(client.run(os.getpid).values())
    assert {e[0].process_ for e in found["estimator"]} <= workers
    np.testing.assert_array_equal(
        found["test_score"], model_selection.cross_val_score(steps, X, y, cv=4)
    )
