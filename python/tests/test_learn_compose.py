"""Pipelines, unions and transformers of columns against scikit-learn's."""

import pytest

pytest.importorskip("sklearn")

import pickle  # noqa: E402

import numpy as np  # noqa: E402
import sklearn.base  # noqa: E402
import sklearn.compose  # noqa: E402
import sklearn.pipeline  # noqa: E402
from sklearn import datasets  # noqa: E402
from sklearn.decomposition import PCA  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler  # noqa: E402

from metas_support import LOGISTIC, NAMES, RIDGE, both, data, parts  # noqa: E402

from seodang.learn import compose, config_context, pipeline  # noqa: E402


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


def test_polars_frames_go_through():
    polars = pytest.importorskip("polars")
    people = _people()
    frame = polars.DataFrame({name: people[name].tolist() for name in ("age", "income", "city")})
    ours, theirs = (
        m.ColumnTransformer(
            [("scale", StandardScaler(), ["age", "income"]),
             ("words", OneHotEncoder(sparse_output=False), ["city"]),
             ("same", "passthrough", ["age"])],
        )
        for m in (compose, sklearn.compose)
    )
    np.testing.assert_array_equal(ours.fit_transform(frame), theirs.fit_transform(frame))
    got, want = (m.set_output(transform="polars").fit_transform(frame) for m in (ours, theirs))
    assert got.equals(want) and got.schema == want.schema


PROGRAM = """
import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import RandomizedSearchCV, cross_val_score, train_test_split
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

rng = np.random.RandomState(42)
n = 300
houses = pd.DataFrame({
    "rooms": rng.rand(n), "income": rng.rand(n) * 10, "sea": rng.choice(["INLAND", "NEAR BAY"], n)
})
houses.loc[5, "rooms"] = np.nan
y = houses["income"] * 3 + (houses["sea"] == "INLAND")
numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
words = make_pipeline(
    SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore"))
logs = make_pipeline(
    FunctionTransformer(np.log1p, feature_names_out="one-to-one"), StandardScaler())
prepared = ColumnTransformer(
    [("log", logs, ["income"]), ("words", words, ["sea"])],
    remainder=numbers)
whole = Pipeline([("prepared", prepared), ("knn", KNeighborsRegressor())])
strata = pd.cut(houses["income"], [0, 3, 6, 10], labels=[1, 2, 3], include_lowest=True)
train, test = train_test_split(
    houses.assign(y=y), test_size=0.2, random_state=42, stratify=strata)
print(train.index[:10].tolist())
X, t = train.drop(columns="y"), train["y"]
print(-cross_val_score(whole, X, t, scoring="neg_root_mean_squared_error", cv=3))
space = {"knn__n_neighbors": range(1, 9), "prepared__words__onehotencoder__min_frequency": [1, 2]}
search = RandomizedSearchCV(
    whole, space, n_iter=5, cv=3, scoring="neg_root_mean_squared_error", random_state=42)
search.fit(X, t)
print(search.best_params_, search.best_score_)
results = pd.DataFrame(search.cv_results_).sort_values("mean_test_score", ascending=False)
print(results[["param_knn__n_neighbors", "split0_test_score", "rank_test_score"]])
print(search.best_estimator_["prepared"].get_feature_names_out())
print(search)
scaled = TransformedTargetRegressor(LinearRegression(), transformer=StandardScaler())
print(scaled.fit(X[["income"]], t).predict(X[["income"]].iloc[:3]).round(9))
"""


def test_a_course_program_prints_what_it_prints_with_scikit_learn(capsys):
    pytest.importorskip("pandas")
    shown = []
    for home in ("sklearn", "seodang.learn"):
        text = PROGRAM
        for module in ("compose", "linear_model", "model_selection", "neighbors", "pipeline"):
            text = text.replace(f"from sklearn.{module} ", f"from {home}.{module} ")
        exec(text, {})
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]


def test_the_configuration_holds_for_parts_and_jobs():
    pandas = pytest.importorskip("pandas")
    frame = datasets.load_wine(as_frame=True).data
    union = pipeline.FeatureUnion([("same", "passthrough"), ("pca", PCA(2))], n_jobs=2)
    for n_jobs in (None, 2):
        parts_of = compose.ColumnTransformer(
            [("a", StandardScaler(), ["hue"]), ("b", "passthrough", ["ash"])], n_jobs=n_jobs
        )
        with config_context(transform_output="pandas"):
            out = parts_of.fit_transform(frame)
            wide = union.fit_transform(frame)
        assert list(out.columns) == ["a__hue", "b__ash"] and isinstance(out, pandas.DataFrame)
        np.testing.assert_array_equal(out["b__ash"], frame["ash"])
        assert wide.shape == (len(frame), frame.shape[1] + 2) and isinstance(wide, pandas.DataFrame)
        assert isinstance(parts_of.fit_transform(frame), np.ndarray)
    with sklearn.config_context(transform_output="pandas"):
        # scikit-learn's parts follow scikit-learn's configuration, wherever they run.
        fitted = compose.ColumnTransformer(
            [("a", Named(), ["hue"]), ("b", Named(), ["ash"])], n_jobs=2
        ).fit(frame)
    assert {part.asked_ for _, part, _ in fitted.transformers_[:2]} == {"pandas"}


class Named(sklearn.base.TransformerMixin, sklearn.base.BaseEstimator):
    """Notes what frames scikit-learn is to give where it is fitted."""

    def fit(self, X, y=None):
        self.asked_ = sklearn.get_config()["transform_output"]
        return self

    def transform(self, X):
        return X

    def get_feature_names_out(self, names=None):
        return names
