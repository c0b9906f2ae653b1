"""Estimators over other estimators: scikit-learn's own checks, and its numbers on real data."""

import pickle

import numpy as np
import pytest


from seodang import learn

pytest.importorskip("sklearn")

import sklearn  # noqa: E402
import sklearn.calibration  # noqa: E402
import sklearn.compose  # noqa: E402
import sklearn.ensemble  # noqa: E402
import sklearn.inspection  # noqa: E402
import sklearn.isotonic  # noqa: E402
import sklearn.pipeline  # noqa: E402
from sklearn import datasets  # noqa: E402
from sklearn.decomposition import PCA  # noqa: E402
from sklearn.linear_model import LogisticRegression, Ridge, RidgeClassifier  # noqa: E402
from sklearn.naive_bayes import GaussianNB  # noqa: E402
from sklearn.neighbors import KNeighborsClassifier  # noqa: E402
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler  # noqa: E402
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor  # noqa: E402, F401
from sklearn.utils.estimator_checks import parametrize_with_checks  # noqa: E402

from seodang.learn import (  # noqa: E402
    calibration,
    compose,
    dummy,
    ensemble,
    inspection,
    isotonic,
    model_selection,
    multiclass,
    multioutput,
    pipeline,
)

RIDGE, LOGISTIC = Ridge(), LogisticRegression(C=1)

TREES = [(f"est{i}", DecisionTreeClassifier(max_depth=3, random_state=i)) for i in range(2)]
REGRESSION_TREES = [(f"est{i}", DecisionTreeRegressor(max_depth=3, random_state=i)) for i in range(2)]


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
    pipeline.Pipeline([("scaler", StandardScaler()), ("final_estimator", RIDGE)]),
    pipeline.Pipeline([("scaler", StandardScaler()), ("final_estimator", LOGISTIC)]),
    pipeline.FeatureUnion([("trans1", StandardScaler())]),
    dummy.DummyClassifier(strategy="stratified"),
    dummy.DummyRegressor(),
    multiclass.OneVsRestClassifier(LOGISTIC),
    multiclass.OneVsOneClassifier(LOGISTIC),
    multiclass.OutputCodeClassifier(LOGISTIC, random_state=0),
    multioutput.MultiOutputClassifier(LOGISTIC),
    multioutput.MultiOutputRegressor(RIDGE),
    multioutput.ClassifierChain(LOGISTIC, cv=3),
    multioutput.RegressorChain(RIDGE, cv=3),
    isotonic.IsotonicRegression(),
    calibration.CalibratedClassifierCV(LOGISTIC, cv=3),
    ensemble.VotingClassifier(TREES),
    ensemble.VotingClassifier(TREES, voting="soft"),
    ensemble.VotingRegressor(REGRESSION_TREES),
    ensemble.StackingClassifier(TREES, LOGISTIC, cv=3),
    ensemble.StackingRegressor(REGRESSION_TREES, RIDGE, cv=3),
    ensemble.BaggingClassifier(TREES[0][1], 5),
    ensemble.BaggingRegressor(REGRESSION_TREES[0][1], 5),
    ensemble.AdaBoostClassifier(TREES[0][1], n_estimators=5),
    ensemble.AdaBoostRegressor(REGRESSION_TREES[0][1], n_estimators=5),
    compose.ColumnTransformer([("trans1", StandardScaler(), [0, 1])]),
    compose.TransformedTargetRegressor(),
    compose.TransformedTargetRegressor(RIDGE, transformer=StandardScaler()),
]

# The checks that a class may fail, each with its reason.
_IN_PLACE = "programs read the fitted parts out of the parameter, which is scikit-learn's way too"
_DRAWN = "weights are chances to be drawn: other samples are drawn from repeated ones"
_WEIGHTS = {
    f"check_sample_weight_equivalence_on_{kind}_data": _DRAWN for kind in ("dense", "sparse")
}
_AT_RANDOM = "what is said is drawn anew, whatever the samples are"
EXPECTED_FAILURES: dict[str, dict[str, str]] = {
    "DummyClassifier": {
        "check_methods_subset_invariance": _AT_RANDOM,
        "check_methods_sample_order_invariance": _AT_RANDOM,
    },
    "BaggingClassifier": _WEIGHTS,
    "BaggingRegressor": _WEIGHTS,
    "Pipeline": {"check_estimators_overwrite_params": _IN_PLACE},
    "FeatureUnion": {"check_estimators_overwrite_params": _IN_PLACE},
}


def _expected(estimator):
    return EXPECTED_FAILURES.get(type(estimator).__name__, {})


@parametrize_with_checks(INSTANCES, expected_failed_checks=_expected)
def test_scikit_learns_own_checks(estimator, check):
    check(estimator)


NAMES = ("iris", "wine", "digits", "breast_cancer", "diabetes")
CLASSIFICATION = NAMES[:4]


def data(name):
    return getattr(datasets, f"load_{name}")(return_X_y=True)


def parts(name):
    """Samples to learn from, samples to ask about."""
    X, y = data(name)
    return model_selection.train_test_split(X, y, test_size=0.4, random_state=0)


def both(module, name, *args, **options):
    """Our estimator and scikit-learn's, with parts of their own."""
    import importlib

    theirs = importlib.import_module(f"sklearn.{module}")
    ours = importlib.import_module(f"seodang.learn.{module}")
    return tuple(
        getattr(m, name)(*(sklearn.base.clone(a, safe=False) for a in args), **options)
        for m in (ours, theirs)
    )


@pytest.mark.parametrize("name", NAMES)
def test_pipelines_and_unions_are_scikit_learns(name):
    A, B, a, b = parts(name)
    last = RIDGE if name == "diabetes" else LOGISTIC
    for steps in (
        [("scale", StandardScaler()), ("last", last)],
        [("scale", "passthrough"), ("pca", PCA(3)), ("last", last)],
    ):
        ours, theirs = both("pipeline", "Pipeline", steps)
        assert repr(ours) == repr(theirs)
        ours.fit(A, a)
        theirs.fit(A, a)
        np.testing.assert_array_equal(ours.predict(B), theirs.predict(B))
        assert ours.score(B, b) == theirs.score(B, b)
        assert getattr(ours, "n_features_in_", 0) == getattr(theirs, "n_features_in_", 0)
        np.testing.assert_array_equal(ours[:-1].transform(B), theirs[:-1].transform(B))
        for method in ("predict_proba", "decision_function", "transform", "inverse_transform"):
            assert hasattr(ours, method) == hasattr(theirs, method)
    listed = [("pca", PCA(2)), ("same", "passthrough"), ("none", "drop"), ("scale", StandardScaler())]
    ours, theirs = both(
        "pipeline", "FeatureUnion", listed, transformer_weights={"pca": 10}, n_jobs=None
    )
    assert repr(ours) == repr(theirs)
    np.testing.assert_array_equal(ours.fit_transform(A, a), theirs.fit_transform(A, a))
    np.testing.assert_array_equal(ours.transform(B), theirs.transform(B))
    np.testing.assert_array_equal(ours.get_feature_names_out(), theirs.get_feature_names_out())
    assert ours.n_features_in_ == theirs.n_features_in_


def test_a_pipeline_is_taken_apart_as_scikit_learns():
    A, B, a, _ = parts("wine")
    ours = pipeline.make_pipeline(StandardScaler(), PCA(3), LOGISTIC)
    theirs = sklearn.pipeline.make_pipeline(StandardScaler(), PCA(3), LOGISTIC)
    assert list(ours.named_steps) == list(theirs.named_steps)
    assert ours["pca"] is ours[1] is ours.named_steps.pca is ours.named_steps["pca"]
    assert len(ours) == 3 and isinstance(ours[:2], pipeline.Pipeline)
    mine, other = ours.get_params(), theirs.get_params()
    assert list(sorted(mine)) == list(sorted(other))
    ours.set_params(pca__n_components=2, logisticregression__C=0.5, standardscaler="passthrough")
    theirs.set_params(pca__n_components=2, logisticregression__C=0.5, standardscaler="passthrough")
    np.testing.assert_array_equal(
        ours.fit(A, a).predict_proba(B), theirs.fit(A, a).predict_proba(B)
    )
    weights = np.random.RandomState(0).uniform(size=len(A))
    np.testing.assert_array_equal(
        ours.fit(A, a, logisticregression__sample_weight=weights).predict_proba(B),
        theirs.fit(A, a, logisticregression__sample_weight=weights).predict_proba(B),
    )
    np.testing.assert_array_equal(ours.classes_, theirs.classes_)
    two = pipeline.make_pipeline(PCA(2), PCA(1))
    assert [name for name, _ in two.steps] == ["pca-1", "pca-2"]
    np.testing.assert_allclose(
        two.fit(A).inverse_transform(two.transform(A)),
        (other := sklearn.pipeline.make_pipeline(PCA(2), PCA(1)).fit(A)).inverse_transform(
            other.transform(A)
        ),
    )
    again = pickle.loads(pickle.dumps(ours))
    np.testing.assert_array_equal(again.predict(B), ours.predict(B))


@pytest.mark.parametrize(
    "make",
    [
        lambda m: m.Pipeline([]).fit([[0]], [0]),
        lambda m: m.Pipeline([("a", StandardScaler()), ("a", LOGISTIC)]).fit([[0]], [0]),
        lambda m: m.Pipeline([("a__b", StandardScaler())]).fit([[0]], [0]),
        lambda m: m.Pipeline([("steps", StandardScaler())]).fit([[0]], [0]),
        lambda m: m.Pipeline([("a", LOGISTIC), ("b", LOGISTIC)]).fit([[0]], [0]),
        lambda m: m.Pipeline([("a", StandardScaler), ("b", LOGISTIC)]).fit([[0]], [0]),
        lambda m: m.Pipeline([("a", StandardScaler()), ("b", 3)]).fit([[0]], [0]),
        lambda m: m.make_pipeline(LogisticRegression()).fit([[0]], [0], sample_weight=[1]),
        lambda m: m.make_pipeline(StandardScaler(), LogisticRegression())[::2],
        lambda m: m.FeatureUnion([("a", LOGISTIC)]).fit([[0]], [0]),
        lambda m: m.FeatureUnion([("a", PCA())], transformer_weights={"b": 1}).fit([[0]]),
        lambda m: m.FeatureUnion([("a", PCA()), ("a", PCA())]).fit([[0]]),
        lambda m: m.make_pipeline(StandardScaler(), LogisticRegression()).predict([[0]]),
    ],
)
def test_pipelines_that_cannot_be_have_scikit_learns_words(make):
    with pytest.raises(Exception) as want:
        make(sklearn.pipeline)
    with pytest.raises(want.type.__mro__[1] if want.type.__name__[0] == "_" else want.type) as got:
        make(pipeline)
    assert str(got.value).split() == str(want.value).split()


def test_pipelines_tell_remember_and_give_frames(tmp_path, capsys):
    pandas = pytest.importorskip("pandas")
    frame = datasets.load_wine(as_frame=True)
    X, y = frame.data, frame.target
    texts = []
    for m in (pipeline, sklearn.pipeline):
        m.make_pipeline(StandardScaler(), PCA(2), LogisticRegression(), verbose=True).fit(X, y)
        m.FeatureUnion([("a", PCA(2)), ("b", StandardScaler())], verbose=True).fit(X)
        texts.append("".join(c for c in capsys.readouterr().out if not c.isdigit()))
    assert texts[0] == texts[1]
    for memory in (str(tmp_path / "kept"),):
        kept = pipeline.make_pipeline(StandardScaler(), LogisticRegression(), memory=memory)
        plain = pipeline.make_pipeline(StandardScaler(), LogisticRegression())
        for _ in range(2):
            np.testing.assert_array_equal(
                kept.fit(X, y).predict_proba(X), plain.fit(X, y).predict_proba(X)
            )
        assert list(tmp_path.glob("kept/joblib/**/output.pkl"))
    union = [("a", PCA(2)), ("b", "passthrough")]
    for options in ({}, {"verbose_feature_names_out": False}):
        mine, other = (
            m.make_pipeline(StandardScaler(), m.FeatureUnion(list(union), **options)).set_output(
                transform="pandas"
            )
            for m in (pipeline, sklearn.pipeline)
        )
        pandas.testing.assert_frame_equal(mine.fit_transform(X), other.fit_transform(X))
        np.testing.assert_array_equal(mine.get_feature_names_out(), other.get_feature_names_out())
        np.testing.assert_array_equal(mine.feature_names_in_, other.feature_names_in_)


@pytest.mark.parametrize("name", NAMES)
def test_column_transformers_are_scikit_learns(name):
    A, B, a, _ = parts(name)
    n = A.shape[1]
    mask = np.arange(n) < 2
    listed = [
        ("scale", StandardScaler(), [0, 2]), ("pca", PCA(1), slice(1, 4)), ("same", "passthrough", mask),
        ("none", "drop", [0]), ("nobody", StandardScaler(), []), ("last", MinMaxScaler(), [-1]),
    ]
    for options in (
        {}, {"remainder": "passthrough"}, {"remainder": StandardScaler(), "n_jobs": 1},
        {"transformer_weights": {"scale": 3}, "verbose_feature_names_out": True},
    ):
        ours, theirs = both("compose", "ColumnTransformer", listed, **options)
        assert repr(ours) == repr(theirs)
        np.testing.assert_array_equal(ours.fit_transform(A, a), theirs.fit_transform(A, a))
        np.testing.assert_array_equal(ours.transform(B), theirs.transform(B))
        np.testing.assert_array_equal(ours.get_feature_names_out(), theirs.get_feature_names_out())
        assert ours.output_indices_ == theirs.output_indices_
        assert ours.sparse_output_ == theirs.sparse_output_
        assert [t[0] for t in ours.transformers_] == [t[0] for t in theirs.transformers_]
        assert str([t[2] for t in ours.transformers_]) == str([t[2] for t in theirs.transformers_])
        assert set(ours.named_transformers_) == set(theirs.named_transformers_)


def _people():
    pandas = pytest.importorskip("pandas")
    rng = np.random.RandomState(0)
    n = 60
    return pandas.DataFrame(
        {
            "age": rng.randint(18, 80, n), "city": rng.choice(["Seoul", "Busan", "Jeju"], n),
            "income": rng.normal(3000, 500, n), "job": rng.choice(["a", "b"], n),
            "note": [f"note {i % 7}" for i in range(n)], "member": rng.uniform(size=n) > 0.5,
        },
        index=np.arange(n) * 2,
    )


def test_column_transformers_of_frames_are_scikit_learns():
    pandas = pytest.importorskip("pandas")
    from sklearn.feature_extraction.text import CountVectorizer

    frame = _people()
    is_text = dict(dtype_include=["object", "str"])
    for options in (
        {"sparse_threshold": 0}, {"remainder": "passthrough", "sparse_threshold": 0},
        {"sparse_threshold": 1.0}, {"verbose_feature_names_out": "{feature_name}-{transformer_name}"},
    ):
        ours, theirs = (
            m.ColumnTransformer(
                [
                    ("scale", StandardScaler(), ["income", "age"]),
                    ("words", OneHotEncoder(), m.make_column_selector("^(city|job)$", **is_text)),
                    ("text", CountVectorizer(), "note"),
                ],
                **options,
            )
            for m in (compose, sklearn.compose)
        )
        got, want = ours.fit_transform(frame), theirs.fit_transform(frame)
        assert type(got) is type(want)
        assert ours.sparse_output_ == theirs.sparse_output_
        if hasattr(want, "toarray"):
            got, want = got.toarray(), want.toarray()
        np.testing.assert_array_equal(got, want)
        np.testing.assert_array_equal(ours.get_feature_names_out(), theirs.get_feature_names_out())
        # Other columns' order, and more of them, do not matter.
        other = frame[frame.columns[::-1]].assign(more=1)
        again = ours.transform(other)
        np.testing.assert_array_equal(again.toarray() if hasattr(again, "toarray") else again, got)
        with pytest.raises(ValueError, match="columns are missing: {'age'}"):
            ours.transform(frame.drop(columns="age"))
    for options in ({}, {"verbose_feature_names_out": False}):
        ours, theirs = (
            m.make_column_transformer(
                (StandardScaler(), ["age", "income"]), (OneHotEncoder(sparse_output=False), ["city"]),
                remainder="passthrough", **options,
            ).set_output(transform="pandas")
            for m in (compose, sklearn.compose)
        )
        pandas.testing.assert_frame_equal(ours.fit_transform(frame), theirs.fit_transform(frame))
        assert ours.transformers_[-1][2] == theirs.transformers_[-1][2]
    clash = compose.ColumnTransformer(
        [("a", StandardScaler(), ["age"]), ("b", "passthrough", ["age"])], verbose_feature_names_out=False
    ).fit(frame)
    with pytest.raises(ValueError, match=r"Output feature names: \['age'\] are not unique"):
        clash.get_feature_names_out()


@pytest.mark.parametrize(
    "make",
    [
        lambda m, X: m.ColumnTransformer([("a", LOGISTIC, [0])]).fit(X),
        lambda m, X: m.ColumnTransformer([("a", PCA(), ["x"])]).fit(X),
        lambda m, X: m.ColumnTransformer([("a", PCA(1), [0]), ("a", PCA(), [1])]).fit(X),
        lambda m, X: m.ColumnTransformer([("a", PCA(1), [1.5])]).fit(X),
        lambda m, X: m.ColumnTransformer([("a", PCA(1), [0])]).fit(X).transform(X[:, :3]),
        lambda m, X: m.ColumnTransformer([("a", PCA(1), [0])]).transform(X),
        lambda m, X: m.make_column_selector()(X),
        lambda m, X: m.TransformedTargetRegressor(func=np.exp).fit(X, X[:, 0]),
        lambda m, X: m.TransformedTargetRegressor(transformer=PCA(), func=np.exp).fit(X, X[:, 0]),
    ],
)
def test_columns_that_cannot_be_have_scikit_learns_words(make):
    X, _ = data("wine")
    with pytest.raises(Exception) as want:
        make(sklearn.compose, X)
    with pytest.raises((ValueError, TypeError, AttributeError)) as got:
        make(compose, X)
    assert str(got.value) == str(want.value)


@pytest.mark.parametrize("name", NAMES)
def test_transformed_targets_are_scikit_learns(name):
    A, B, a, b = parts(name)
    for y, args, options in (
        (a, (), {}),
        (a, (RIDGE,), {"func": np.log1p, "inverse_func": np.expm1}),
        (a, (RIDGE,), {"transformer": MinMaxScaler()}),
        (np.stack([a, a**2], 1), (RIDGE,), {"transformer": StandardScaler()}),
    ):
        ours, theirs = both("compose", "TransformedTargetRegressor", *args, **options)
        ours.fit(A, y)
        theirs.fit(A, y)
        np.testing.assert_allclose(ours.predict(B), theirs.predict(B), rtol=1e-6, atol=1e-6)
        assert ours.n_features_in_ == theirs.n_features_in_
    with pytest.warns(UserWarning, match="not strictly inverse of each other"):
        compose.TransformedTargetRegressor(func=np.sqrt, inverse_func=np.log1p).fit(A, a)


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_ensembles_of_classifiers_are_scikit_learns(name):
    A, B, a, b = parts(name)
    a, b = np.array(list("qwertyuiop"))[a], np.array(list("qwertyuiop"))[b]
    weights = np.random.RandomState(0).uniform(size=len(A))
    three = [*TREES, ("out", "drop"), ("bayes", GaussianNB())]
    for kind, args, options in (
        ("VotingClassifier", (three,), {}),
        ("VotingClassifier", (three,), {"voting": "soft", "weights": [1, 2, 5, 0.5]}),
        ("VotingClassifier", (three,), {"voting": "soft", "flatten_transform": False}),
        ("StackingClassifier", (three, GaussianNB()), {}),
        ("StackingClassifier", (three, GaussianNB()), {"passthrough": True, "cv": 3}),
        ("StackingClassifier", (TREES, GaussianNB()), {"stack_method": "predict"}),
        ("BaggingClassifier", (TREES[0][1],), {"random_state": 3, "oob_score": True, "n_estimators": 30}),
        ("BaggingClassifier", (TREES[0][1], 5), {"random_state": 0, "max_samples": 0.5,
                                                 "max_features": 0.7, "bootstrap": False}),
        ("BaggingClassifier", (knn(), 4), {"random_state": 1, "bootstrap_features": True}),
        ("AdaBoostClassifier", (TREES[0][1],), {"n_estimators": 8, "random_state": 0}),
        ("AdaBoostClassifier", (DecisionTreeClassifier(max_depth=1),),
         {"learning_rate": 0.5, "n_estimators": 9, "random_state": 1}),
    ):
        ours, theirs = both("ensemble", kind, *args, **options)
        assert repr(ours) == repr(theirs)
        for more in ({}, {"sample_weight": weights}):
            if more and (kind.startswith("Stack") or options.get("bootstrap") is False):
                continue
            ours.fit(A, a, **more)
            theirs.fit(A, a, **more)
            np.testing.assert_array_equal(ours.predict(B), theirs.predict(B))
            assert ours.score(B, b) == theirs.score(B, b)
            for method in ("predict_proba", "decision_function", "transform", "predict_log_proba"):
                assert hasattr(ours, method) == hasattr(theirs, method), method
                if hasattr(ours, method):
                    np.testing.assert_allclose(
                        getattr(ours, method)(B), getattr(theirs, method)(B), rtol=1e-12, atol=1e-13
                    )
        if hasattr(theirs, "oob_score_"):
            assert ours.oob_score_ == theirs.oob_score_
            np.testing.assert_allclose(ours.oob_decision_function_, theirs.oob_decision_function_)
        if hasattr(theirs, "estimators_samples_"):
            for mine, other in zip(ours.estimators_samples_, theirs.estimators_samples_, strict=True):
                np.testing.assert_array_equal(mine, other)
        if hasattr(theirs, "staged_predict"):
            np.testing.assert_allclose(
                list(ours.staged_predict_proba(B)), list(theirs.staged_predict_proba(B)), atol=1e-13
            )
            assert list(ours.staged_score(B, b)) == list(theirs.staged_score(B, b))
            np.testing.assert_allclose(ours.feature_importances_, theirs.feature_importances_)
        if hasattr(theirs, "named_estimators_"):
            assert list(ours.named_estimators_) == list(theirs.named_estimators_)
        if hasattr(theirs, "get_feature_names_out") and options.get("flatten_transform", True):
            np.testing.assert_array_equal(
                ours.get_feature_names_out(), theirs.get_feature_names_out()
            )


def knn(n=5):
    return learn.neighbors.KNeighborsClassifier(n)


@pytest.mark.parametrize("name", ["diabetes", "wine", "iris", "breast_cancer", "digits"])
def test_ensembles_of_regressors_are_scikit_learns(name):
    A, B, a, b = parts(name)
    weights = np.random.RandomState(0).uniform(size=len(A))
    three = [*REGRESSION_TREES, ("out", "drop"), ("ridge", RIDGE)]
    for kind, args, options in (
        ("VotingRegressor", (three,), {"weights": [1, 2, 3, 4]}),
        ("StackingRegressor", (three, RIDGE), {"cv": 3, "passthrough": True}),
        ("StackingRegressor", (REGRESSION_TREES, DecisionTreeRegressor(random_state=0)), {}),
        ("BaggingRegressor", (REGRESSION_TREES[0][1],), {"random_state": 3, "oob_score": True,
                                                         "n_estimators": 30}),
        ("AdaBoostRegressor", (REGRESSION_TREES[0][1],), {"n_estimators": 8, "random_state": 0}),
        ("AdaBoostRegressor", (REGRESSION_TREES[0][1],), {"loss": "exponential", "random_state": 1}),
        ("AdaBoostRegressor", (RIDGE,), {"loss": "square", "random_state": 1, "n_estimators": 5}),
    ):
        ours, theirs = both("ensemble", kind, *args, **options)
        assert repr(ours) == repr(theirs)
        for more in ({}, {"sample_weight": weights}):
            ours.fit(A, a, **more)
            theirs.fit(A, a, **more)
            np.testing.assert_allclose(ours.predict(B), theirs.predict(B), rtol=1e-12)
            assert ours.score(B, b) == pytest.approx(theirs.score(B, b), abs=1e-12)
            if hasattr(theirs, "transform"):
                np.testing.assert_array_equal(ours.transform(B), theirs.transform(B))
        if hasattr(theirs, "oob_score_"):
            np.testing.assert_allclose(ours.oob_prediction_, theirs.oob_prediction_)
            assert ours.oob_score_ == pytest.approx(theirs.oob_score_)
        if hasattr(theirs, "staged_predict"):
            np.testing.assert_allclose(list(ours.staged_predict(B)), list(theirs.staged_predict(B)))


@pytest.mark.parametrize(
    "make",
    [
        lambda m, X, y: m.VotingClassifier([]).fit(X, y),
        lambda m, X, y: m.VotingClassifier([("a", "drop")]).fit(X, y),
        lambda m, X, y: m.VotingClassifier([("a", Ridge())]).fit(X, y),
        lambda m, X, y: m.VotingClassifier([("a", LOGISTIC), ("a", LOGISTIC)]).fit(X, y),
        lambda m, X, y: m.VotingClassifier([("a", LOGISTIC)], weights=[1, 2]).fit(X, y),
        lambda m, X, y: m.VotingClassifier([("a", LOGISTIC)]).fit(X, X[:, 0]),
        lambda m, X, y: m.VotingClassifier([("a", LOGISTIC)]).fit(X, np.stack([y, y], 1)),
        lambda m, X, y: m.VotingClassifier([("a", LOGISTIC)]).fit(X, y).predict_proba(X),
        lambda m, X, y: m.VotingRegressor([("a", LOGISTIC)]).fit(X, y),
        lambda m, X, y: m.StackingClassifier([("a", LOGISTIC)], Ridge()).fit(X, y),
        lambda m, X, y: m.StackingRegressor([("a", RIDGE)], LOGISTIC).fit(X, y),
        lambda m, X, y: m.StackingClassifier(
            [("a", RidgeClassifier())], LOGISTIC, stack_method="predict_proba").fit(X, y),
        lambda m, X, y: m.BaggingClassifier(LOGISTIC, max_features=99).fit(X, y),
        lambda m, X, y: m.BaggingClassifier(LOGISTIC, max_samples=999, bootstrap=False).fit(X, y),
        lambda m, X, y: m.BaggingClassifier(LOGISTIC, oob_score=True, bootstrap=False).fit(X, y),
        lambda m, X, y: m.BaggingClassifier(LOGISTIC, oob_score=True, warm_start=True).fit(X, y),
        lambda m, X, y: m.BaggingClassifier(LOGISTIC, n_estimators=0).fit(X, y),
        lambda m, X, y: m.AdaBoostClassifier(LOGISTIC, n_estimators=2).fit(X, y).feature_importances_,
        lambda m, X, y: m.AdaBoostClassifier(KNeighborsClassifier()).fit(X, y),
        lambda m, X, y: m.AdaBoostRegressor(RIDGE, learning_rate=0.0).fit(X, y),
    ],
)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_ensembles_that_cannot_be_have_scikit_learns_words(make):
    X, y = data("wine")
    with pytest.raises(Exception) as want:
        make(sklearn.ensemble, X, y)
    with pytest.raises(tuple(c for c in want.type.__mro__ if c.__module__ == "builtins"
                             and c not in (object, Exception, BaseException))) as got:
        make(ensemble, X, y)
    assert str(got.value) == str(want.value)


def test_bagging_adds_to_what_it_has():
    A, B, a, _ = parts("wine")
    grown = ensemble.BaggingClassifier(TREES[0][1], 3, random_state=5, warm_start=True).fit(A, a)
    grown.set_params(n_estimators=7).fit(A, a)
    once = ensemble.BaggingClassifier(TREES[0][1], 7, random_state=5).fit(A, a)
    np.testing.assert_array_equal(grown.predict_proba(B), once.predict_proba(B))
    with pytest.warns(UserWarning, match="does not fit new trees"):
        grown.fit(A, a)
    with pytest.raises(ValueError, match="must be larger or equal"):
        grown.set_params(n_estimators=2).fit(A, a)
    jobs = ensemble.BaggingClassifier(TREES[0][1], 7, random_state=5, n_jobs=2).fit(A, a)
    np.testing.assert_array_equal(jobs.predict_proba(B), once.predict_proba(B))


def test_stacking_takes_what_is_fitted():
    A, B, a, _ = parts("iris")
    fitted = [(name, sklearn.base.clone(tree).fit(A, a)) for name, tree in TREES]
    ours, theirs = (
        m.StackingClassifier(fitted, GaussianNB(), cv="prefit").fit(B, _three(len(B)))
        for m in (ensemble, sklearn.ensemble)
    )
    np.testing.assert_array_equal(ours.predict(A), theirs.predict(A))
    assert ours.estimators_[0] is fitted[0][1]


def _three(n):
    return np.arange(n) % 3


def close(got, want):
    """Arrays, or lists of them, that agree."""
    if not isinstance(want, list):
        got, want = [got], [want]
    for a, b in zip(got, want, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_dummies_are_scikit_learns(name):
    A, B, a, b = parts(name)
    weights = np.random.RandomState(0).uniform(size=len(A))
    two = np.stack([a, a % 3], 1)
    for strategy in ("most_frequent", "prior", "stratified", "uniform", "constant"):
        for y in (a, two):
            constant = y[3].astype(int) if strategy == "constant" else None
            ours, theirs = both(
                "dummy", "DummyClassifier", strategy=strategy, random_state=3, constant=constant
            )
            for w in (None, weights):
                ours.fit(A, y, w)
                theirs.fit(A, y, w)
                np.testing.assert_array_equal(ours.predict(B), theirs.predict(B))
                close(ours.predict_proba(B), theirs.predict_proba(B))
                close(ours.class_prior_, theirs.class_prior_)
    for options in (
        {}, {"strategy": "median"}, {"strategy": "quantile", "quantile": 0.3},
        {"strategy": "constant", "constant": 4.5},
    ):
        for w in (None, weights):
            ours, theirs = both("dummy", "DummyRegressor", **options)
            ours.fit(A, a, w)
            theirs.fit(A, a, w)
            np.testing.assert_allclose(ours.predict(B), theirs.predict(B))
            assert ours.score(B, b) == pytest.approx(theirs.score(B, b))
            assert ours.score(None, b) == pytest.approx(theirs.score(None, b))
    with pytest.raises(ValueError, match="must be present in the training data"):
        dummy.DummyClassifier(strategy="constant", constant=9999).fit(A, a)
    with pytest.raises(ValueError, match="Constant target value has to be specified"):
        dummy.DummyClassifier(strategy="constant").fit(A, a)
    with pytest.raises(TypeError, match="Constant target value has to be specified"):
        dummy.DummyRegressor(strategy="constant").fit(A, a)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("name", CLASSIFICATION)
def test_many_classes_of_two_are_scikit_learns(name):
    A, B, a, b = parts(name)
    letters = np.array(list("qwertyuiop"))
    for part in (RidgeClassifier(), GaussianNB(), TREES[0][1], RIDGE):
        for kind, options in (
            ("OneVsRestClassifier", {}), ("OneVsOneClassifier", {}),
            ("OutputCodeClassifier", {"random_state": 3, "code_size": 2}),
        ):
            if kind == "OutputCodeClassifier" and part is RIDGE:
                continue
            ours, theirs = both("multiclass", kind, part, **options)
            assert repr(ours) == repr(theirs)
            ours.fit(A, letters[a])
            theirs.fit(A, letters[a])
            np.testing.assert_array_equal(ours.predict(B), theirs.predict(B))
            np.testing.assert_array_equal(ours.classes_, theirs.classes_)
            for method in ("predict_proba", "decision_function"):
                assert hasattr(ours, method) == hasattr(theirs, method)
                if hasattr(ours, method):
                    np.testing.assert_allclose(
                        getattr(ours, method)(B), getattr(theirs, method)(B), atol=1e-12
                    )
    labels = np.stack([a % 2, a > 1, a == 0], axis=1).astype(int)
    ours, theirs = both("multiclass", "OneVsRestClassifier", GaussianNB())
    np.testing.assert_array_equal(
        ours.fit(A, labels).predict(B), theirs.fit(A, labels).predict(B)
    )
    np.testing.assert_allclose(ours.predict_proba(B), theirs.predict_proba(B))
    assert ours.multilabel_ and theirs.multilabel_


def test_many_classes_of_two_fit_on():
    A, B, a, _ = parts("iris")
    for kind in ("OneVsRestClassifier", "OneVsOneClassifier"):
        ours, theirs = both("multiclass", kind, GaussianNB())
        for m in (ours, theirs):
            m.partial_fit(A[:40], a[:40], classes=[0, 1, 2]).partial_fit(A[40:], a[40:])
        np.testing.assert_array_equal(ours.predict(B), theirs.predict(B))
        with pytest.raises(ValueError, match="Mini-batch contains"):
            ours.partial_fit(A[:2], [7, 0])
    with pytest.raises(ValueError, match="can not be fit when only one class"):
        multiclass.OneVsOneClassifier(GaussianNB()).fit(A, a * 0)
    with pytest.warns(UserWarning, match="Label not 3 is present in all training examples"):
        multiclass.OneVsRestClassifier(GaussianNB()).fit(A, np.eye(4, dtype=int)[a])


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("name", NAMES)
def test_many_outputs_are_scikit_learns(name):
    A, B, a, b = parts(name)
    both_y = np.stack([a, A[:, 0], -a], 1)
    for kind, options in (
        ("MultiOutputRegressor", {}), ("RegressorChain", {"order": [2, 0, 1]}),
        ("RegressorChain", {"cv": 3}), ("RegressorChain", {"order": "random", "random_state": 4}),
    ):
        ours, theirs = both("multioutput", kind, RIDGE, **options)
        assert repr(ours) == repr(theirs)
        np.testing.assert_allclose(
            ours.fit(A, both_y).predict(B), theirs.fit(A, both_y).predict(B), rtol=1e-9
        )
    labels, of_b = (
        np.stack([y >= np.median(a), y % 2, X[:, 2] > np.median(A[:, 2])], axis=1).astype(int)
        for X, y in ((A, a), (B, b))
    )
    for kind, options in (
        ("MultiOutputClassifier", {}), ("ClassifierChain", {"order": [1, 2, 0]}),
        ("ClassifierChain", {"cv": 3, "chain_method": "predict_proba"}),
        ("ClassifierChain", {"order": "random", "random_state": 0}),
    ):
        ours, theirs = both("multioutput", kind, GaussianNB(), **options)
        ours.fit(A, labels)
        theirs.fit(A, labels)
        np.testing.assert_array_equal(ours.predict(B), theirs.predict(B))
        close(ours.predict_proba(B), theirs.predict_proba(B))
        assert ours.score(B, of_b) == theirs.score(B, of_b)
    with pytest.raises(ValueError, match="y must have at least two dimensions"):
        multioutput.MultiOutputRegressor(RIDGE).fit(A, a)
    with pytest.raises(ValueError, match="invalid order"):
        multioutput.ClassifierChain(GaussianNB(), order=[0, 0, 1]).fit(A, labels)


@pytest.mark.parametrize("name", NAMES)
def test_isotonic_regression_is_scikit_learns(name):
    X, y = data(name)
    x = X[:, 2]
    weights = np.random.RandomState(0).uniform(size=len(x))
    weights[::5] = 0
    queries = np.linspace(x.min() - 1, x.max() + 1, 57)
    for options in (
        {}, {"increasing": False}, {"increasing": "auto", "out_of_bounds": "clip"},
        {"y_min": 0.5, "y_max": 1.5, "out_of_bounds": "clip"},
    ):
        for w in (None, weights):
            ours, theirs = both("isotonic", "IsotonicRegression", **options)
            ours.fit(x, y, w)
            theirs.fit(x, y, w)
            np.testing.assert_allclose(ours.predict(queries), theirs.predict(queries), rtol=1e-9)
            np.testing.assert_allclose(ours.X_thresholds_, theirs.X_thresholds_)
            np.testing.assert_allclose(ours.y_thresholds_, theirs.y_thresholds_)
            assert ours.increasing_ == theirs.increasing_
    for increasing in (True, False):
        np.testing.assert_allclose(
            isotonic.isotonic_regression(y, sample_weight=weights + 0.1, increasing=increasing),
            sklearn.isotonic.isotonic_regression(
                y, sample_weight=weights + 0.1, increasing=increasing
            ),
        )
    assert isotonic.check_increasing(x, y) == sklearn.isotonic.check_increasing(x, y)
    with pytest.raises(ValueError, match="interpolation range"):
        isotonic.IsotonicRegression(out_of_bounds="raise").fit(x, y).predict(queries)
    with pytest.raises(ValueError, match="1d array or 2d array with 1 feature"):
        isotonic.IsotonicRegression().fit(X, y)


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_calibrated_classifiers_are_scikit_learns(name):
    A, B, a, b = parts(name)
    weights = np.random.RandomState(0).uniform(0.5, 1.5, size=len(A))
    letters = np.array(list("qwertyuiop"))
    for part in (GaussianNB(), RidgeClassifier()):
        for method in ("sigmoid", "isotonic", "temperature"):
            if method == "temperature" and name == "iris" and isinstance(part, GaussianNB):
                # A round without any mistake: every great factor is as good as another.
                continue
            for ensemble_ in (True, False):
                ours, theirs = both(
                    "calibration", "CalibratedClassifierCV", part, method=method, ensemble=ensemble_, cv=3
                )
                for w in (None, weights):
                    ours.fit(A, letters[a], w)
                    theirs.fit(A, letters[a], w)
                    np.testing.assert_allclose(
                        ours.predict_proba(B), theirs.predict_proba(B), atol=1e-6
                    )
                    assert np.mean(ours.predict(B) == theirs.predict(B)) > 0.99
    right = (b == 1).astype(int)
    shares = ours.predict_proba(B)[:, 1]
    for options in ({}, {"strategy": "quantile", "n_bins": 4}, {"pos_label": 0}):
        for got, want in zip(
            calibration.calibration_curve(right, shares, **options),
            sklearn.calibration.calibration_curve(right, shares, **options), strict=True,
        ):
            np.testing.assert_allclose(got, want)
    with pytest.raises(ValueError, match="Requesting 200-fold"):
        calibration.CalibratedClassifierCV(GaussianNB(), cv=200).fit(A, a)
    with pytest.raises(ValueError, match="outside"):
        calibration.calibration_curve(right, shares * 2)
    with pytest.raises(ValueError, match="pos_label is not specified"):
        calibration.calibration_curve(np.where(right, "a", "b"), shares)


@pytest.mark.parametrize("name", NAMES)
def test_permutation_importances_are_scikit_learns(name):
    A, B, a, b = parts(name)
    A, B = A[:, :8], B[:, :8]
    fitted = (REGRESSION_TREES if name == "diabetes" else TREES)[0][1].fit(A, a)
    weights = np.random.RandomState(0).uniform(size=len(B))
    for options in (
        {"random_state": 0}, {"random_state": 1, "n_repeats": 2, "max_samples": 0.5},
        {"random_state": 1, "sample_weight": weights}, {"random_state": 3, "scoring": ["r2"]},
    ):
        got = inspection.permutation_importance(fitted, B, b, **options)
        want = sklearn.inspection.permutation_importance(fitted, B, b, **options)
        if "scoring" in options:
            got, want = got["r2"], want["r2"]
        for key in ("importances", "importances_mean", "importances_std"):
            np.testing.assert_allclose(got[key], want[key], atol=1e-12)
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(B)
    got = inspection.permutation_importance(fitted, frame, b, random_state=0)
    want = sklearn.inspection.permutation_importance(fitted, frame, b, random_state=0)
    np.testing.assert_allclose(got.importances, want.importances, atol=1e-12)


@pytest.mark.filterwarnings("ignore:X has feature names")
@pytest.mark.parametrize("name", NAMES)
def test_partial_dependence_is_scikit_learns(name):
    A, _, a, _ = parts(name)
    fitted = RIDGE.fit(A, a) if name == "diabetes" else GaussianNB().fit(A, a)
    weights = np.random.RandomState(0).uniform(size=len(A))
    for features, options in (
        ([2], {}), ([3], {"kind": "both", "grid_resolution": 7}), (2, {"percentiles": (0.2, 0.6)}),
        ([2, 3], {"grid_resolution": 5, "sample_weight": weights}),
        ([1], {"categorical_features": [1], "grid_resolution": 4}),
        ([2], {"custom_values": {2: [1.0, 2.0, 3.5]}}),
    ):
        if "custom_values" in options:
            got = inspection.partial_dependence(fitted, A, features, **options)
            assert got.grid_values[0].tolist() == [1.0, 2.0, 3.5]
            continue
        got = inspection.partial_dependence(fitted, A, features, **options)
        want = sklearn.inspection.partial_dependence(fitted, A, features, **options)
        assert list(got) == list(want)
        for x, y in zip(got.grid_values, want.grid_values, strict=True):
            np.testing.assert_allclose(x, y, rtol=1e-12)
        for key in set(want) - {"grid_values"}:
            assert got[key].shape == want[key].shape
            np.testing.assert_allclose(got[key], want[key], rtol=1e-7, atol=1e-12)
    for wrong in (
        {"percentiles": (0.5,)}, {"percentiles": (0.9, 0.1)}, {"grid_resolution": 1},
        {"method": "recursion", "kind": "both"}, {"features": [99]}, {"features": ["a"]},
    ):
        with pytest.raises(ValueError):
            sklearn.inspection.partial_dependence(fitted, A, **{"features": [2], **wrong})
        with pytest.raises(ValueError):
            inspection.partial_dependence(fitted, A, **{"features": [2], **wrong})


def test_trees_are_asked_for_dependence_directly():
    from sklearn.ensemble import GradientBoostingClassifier

    X, y = data("breast_cancer")
    boosted = GradientBoostingClassifier(n_estimators=3, random_state=0).fit(X[:, :5], y)
    got = inspection.partial_dependence(boosted, X[:, :5], [0])
    want = sklearn.inspection.partial_dependence(boosted, X[:, :5], [0])
    np.testing.assert_allclose(got.average, want.average)
    with pytest.raises(ValueError, match="does not support the 'recursion' method"):
        inspection.partial_dependence(GaussianNB().fit(X, y), X, [0], method="recursion")


def test_boundaries_and_dependence_are_drawn():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    X, y = data("iris")
    X = X[:, :2]
    for part, target in ((GaussianNB(), y), (GaussianNB(), y > 0), (TREES[0][1], y), (RIDGE, y)):
        part.fit(X, target)
        for options in (
            {}, {"response_method": "predict", "plot_method": "pcolormesh"}, {"eps": 0.2},
        ):
            mine, other = (
                m.DecisionBoundaryDisplay.from_estimator(part, X, grid_resolution=9, **options)
                for m in (inspection, sklearn.inspection)
            )
            np.testing.assert_allclose(mine.response, other.response)
            np.testing.assert_allclose(mine.xx0, other.xx0)
            assert len(mine.ax_.collections) == len(other.ax_.collections) > 0
            plt.close("all")
    with pytest.raises(ValueError, match="n_features must be equal to 2"):
        inspection.DecisionBoundaryDisplay.from_estimator(RIDGE, np.zeros((4, 3)))
    X, y = data("diabetes")
    fitted = RIDGE.fit(X, y)
    _, axes = plt.subplots(1, 3)
    mine, other = (
        m.PartialDependenceDisplay.from_estimator(
            fitted, X, [0, (0, 2), 1], kind=["both", "average", "average"], subsample=5,
            random_state=0, grid_resolution=6, categorical_features=[1],
        )
        for m in (inspection, sklearn.inspection)
    )
    for got, want in zip(mine.pd_results, other.pd_results, strict=True):
        np.testing.assert_allclose(got.average, want.average)
    assert mine.features == other.features and mine.target_idx == other.target_idx
    for k, values in other.deciles.items():
        np.testing.assert_allclose(mine.deciles[k], values)
    assert len(mine.axes_[0].lines) == 6
    np.testing.assert_allclose(mine.axes_[0].lines[-1].get_ydata(), mine.pd_results[0].average[0])
    assert len(mine.axes_[1].collections) > 0 and len(mine.axes_[2].patches) == 2
    own = inspection.PartialDependenceDisplay.from_estimator(
        fitted, X, [0, 1, 2], ax=axes, grid_resolution=5, centered=True
    )
    assert own.axes_[1] is axes[1] and own.axes_[1].lines[0].get_ydata()[0] == 0
    with pytest.raises(ValueError, match="Expected ax to have 3 axes, got 2"):
        own.plot(ax=axes[:2])
    plt.close("all")
