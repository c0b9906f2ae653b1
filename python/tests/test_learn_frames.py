"""Frames of pandas and polars go in, and come out where they are asked for, as with scikit-learn."""

import importlib
import warnings

import numpy as np
import pytest

pytest.importorskip("sklearn")

LIBRARIES = ("seodang.learn", "sklearn")
KINDS = ("pandas", "polars")

noise = np.random.RandomState(0)
N = 30
NUMBERS = {
    "height": noise.normal(170, 10, N).round(1),
    "weight": noise.normal(70, 12, N).round(1),
    "age": noise.randint(20, 60, N),
}
CITY = [["Seoul", "Busan", "Jeju"][i % 3] for i in range(N)]
SIZE = [["small", "large"][i % 2] for i in range(N)]
Y = (NUMBERS["height"] > 170).astype(int)


def frame(kind, columns):
    """A frame of a library; None is missing."""
    library = pytest.importorskip(kind)
    return library.DataFrame(columns)


def with_holes(values):
    out = [float(v) for v in values]
    out[2] = out[7] = None
    return out


def tables(kind):
    """Frames of numbers, of words, of both, and with missing values."""
    words = {"city": CITY, "size": SIZE}
    return {
        "numbers": frame(kind, NUMBERS),
        "words": frame(kind, words),
        "both": frame(kind, {**NUMBERS, **words}),
        "holes": frame(kind, {k: with_holes(v) for k, v in NUMBERS.items()}),
        "missing words": frame(kind, {"city": [None if i == 4 else c for i, c in enumerate(CITY)], "size": SIZE}),
    }


def of(library, module, name):
    return getattr(importlib.import_module(f"{library}.{module}"), name)


def columns_of(library):
    made = of(library, "compose", "ColumnTransformer")
    return made(
        [
            ("scaled", of(library, "preprocessing", "StandardScaler")(), ["height", "age"]),
            ("coded", of(library, "preprocessing", "OneHotEncoder")(sparse_output=False), ["city"]),
            ("ranked", of(library, "preprocessing", "OrdinalEncoder")(), ["size"]),
        ],
        remainder="passthrough",
    )


def selected(library):
    selector = of(library, "compose", "make_column_selector")
    made = of(library, "compose", "make_column_transformer")
    return made(
        (of(library, "preprocessing", "MinMaxScaler")(), selector(pattern="eight$")),
        (of(library, "preprocessing", "OneHotEncoder")(sparse_output=False, drop="if_binary"), ["size"]),
        verbose_feature_names_out=False,
    )


# What transforms which table, and whether it needs the target.
TRANSFORMERS = {
    "StandardScaler": ("numbers", lambda L: of(L, "preprocessing", "StandardScaler")()),
    "MinMaxScaler": ("numbers", lambda L: of(L, "preprocessing", "MinMaxScaler")()),
    "RobustScaler with holes": ("holes", lambda L: of(L, "preprocessing", "RobustScaler")()),
    "PolynomialFeatures": ("numbers", lambda L: of(L, "preprocessing", "PolynomialFeatures")()),
    "SplineTransformer": ("numbers", lambda L: of(L, "preprocessing", "SplineTransformer")(n_knots=3)),
    "KBinsDiscretizer": (
        "numbers",
        lambda L: of(L, "preprocessing", "KBinsDiscretizer")(
            3, encode="ordinal", quantile_method="averaged_inverted_cdf"
        ),
    ),
    "FunctionTransformer": (
        "numbers", lambda L: of(L, "preprocessing", "FunctionTransformer")(feature_names_out="one-to-one")
    ),
    "OneHotEncoder": ("words", lambda L: of(L, "preprocessing", "OneHotEncoder")(sparse_output=False)),
    "OneHotEncoder, missing": (
        "missing words", lambda L: of(L, "preprocessing", "OneHotEncoder")(sparse_output=False)
    ),
    "OneHotEncoder, rare": (
        "words", lambda L: of(L, "preprocessing", "OneHotEncoder")(sparse_output=False, max_categories=2)
    ),
    "OrdinalEncoder": ("words", lambda L: of(L, "preprocessing", "OrdinalEncoder")()),
    "OrdinalEncoder, missing": (
        "missing words", lambda L: of(L, "preprocessing", "OrdinalEncoder")(encoded_missing_value=-1)
    ),
    "TargetEncoder": ("words", lambda L: of(L, "preprocessing", "TargetEncoder")(cv=3, random_state=0)),
    "SimpleImputer": ("holes", lambda L: of(L, "impute", "SimpleImputer")(add_indicator=True)),
    "SimpleImputer, words": (
        "missing words",
        lambda L: of(L, "impute", "SimpleImputer")(strategy="most_frequent", missing_values=None),
    ),
    "KNNImputer": ("holes", lambda L: of(L, "impute", "KNNImputer")(n_neighbors=2)),
    "MissingIndicator": ("holes", lambda L: of(L, "impute", "MissingIndicator")()),
    "SelectKBest": ("numbers", lambda L: of(L, "feature_selection", "SelectKBest")(k=2)),
    "ColumnTransformer": ("both", columns_of),
    "ColumnTransformer, selected": ("both", selected),
    "FeatureUnion": (
        "numbers",
        lambda L: of(L, "pipeline", "make_union")(
            of(L, "preprocessing", "StandardScaler")(), of(L, "preprocessing", "MinMaxScaler")()
        ),
    ),
    "Pipeline": (
        "holes",
        lambda L: of(L, "pipeline", "make_pipeline")(
            of(L, "impute", "SimpleImputer")(), of(L, "preprocessing", "StandardScaler")()
        ),
    ),
}


def same(got, want):
    """The same kind of table with the same names, types and values."""
    assert type(got) is type(want)
    if hasattr(want, "columns"):
        assert list(got.columns) == list(want.columns)
        assert list(map(str, got.dtypes)) == list(map(str, want.dtypes))
        if hasattr(want, "index"):
            assert list(got.index) == list(want.index)
        got, want = got.to_numpy(), want.to_numpy()
    got, want = np.asarray(got), np.asarray(want)
    assert got.shape == want.shape
    if want.dtype == object:
        for g, w in zip(got.ravel().tolist(), want.ravel().tolist(), strict=True):
            assert g == w or (g != g and w != w) or g == pytest.approx(w)
    else:
        np.testing.assert_allclose(got.astype(float), want.astype(float), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("asked", [None, "pandas", "polars"])
@pytest.mark.parametrize("name", sorted(TRANSFORMERS))
def test_transformers_of_frames(name, asked, kind):
    table, make = TRANSFORMERS[name]
    if asked in KINDS:
        pytest.importorskip(asked)
    X = tables(kind)[table]
    answers = []
    for library in LIBRARIES:
        made = make(library)
        if asked is not None:
            made.set_output(transform=asked)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                first = made.fit_transform(X, Y)
                answers.append((first, made.transform(X), made.get_feature_names_out(), made))
        except Exception as error:  # noqa: BLE001
            answers.append(error)
    mine, other = answers
    if name == "SimpleImputer, words" and kind == "pandas":
        # A missing word is NaN in pandas, which scikit-learn refuses where None is asked for.
        mine = mine if isinstance(mine, Exception) else other
    if isinstance(other, Exception):
        assert isinstance(mine, Exception), f"not refused: {other}"
        return
    assert not isinstance(mine, Exception), repr(mine)
    for got, want in zip(mine[:2], other[:2], strict=True):
        same(got, want)
    assert list(mine[2]) == list(other[2])
    assert list(mine[3].feature_names_in_) == list(X.columns)


@pytest.mark.parametrize("kind", KINDS)
def test_the_configuration_asks_too(kind):
    X = tables(kind)["numbers"]
    for library in LIBRARIES:
        with importlib.import_module(library).config_context(transform_output=kind):
            out = of(library, "preprocessing", "StandardScaler")().fit_transform(X)
        assert type(out).__module__.partition(".")[0] == kind
        assert list(out.columns) == list(X.columns)
    assert isinstance(of(LIBRARIES[0], "preprocessing", "StandardScaler")().fit_transform(X), np.ndarray)


@pytest.mark.parametrize("kind", KINDS)
def test_tools_take_frames(kind):
    X, y = tables(kind)["both"], frame(kind, {"y": Y})["y"]
    found = []
    for library in LIBRARIES:
        model = of(library, "pipeline", "make_pipeline")(
            columns_of(library), of(library, "neighbors", "KNeighborsClassifier")()
        )
        select = lambda name, L=library: of(L, "model_selection", name)  # noqa: E731
        A, B, ya, yb = select("train_test_split")(X, y, random_state=0)
        assert type(A) is type(X) and type(ya) is type(y)
        model.fit(A, ya)
        search = select("GridSearchCV")(
            model, {"kneighborsclassifier__n_neighbors": [1, 5]}, cv=3
        ).fit(X, y)
        found.append([
            A.to_numpy().tolist(), list(yb), model.predict(B).tolist(), model.score(B, yb),
            select("cross_val_score")(model, X, y, cv=3).tolist(),
            select("cross_val_predict")(model, X, y, cv=3).tolist(), search.best_score_, search.best_params_,
            list(model.feature_names_in_),
        ])
    assert found[0] == found[1]


@pytest.mark.parametrize("kind", KINDS)
def test_columns_are_known_by_their_names(kind):
    X = tables(kind)["numbers"]
    for library in LIBRARIES:
        model = of(library, "linear_model", "LinearRegression")().fit(X, Y)
        assert list(model.feature_names_in_) == list(NUMBERS)
        turned = X[list(NUMBERS)[::-1]]
        with pytest.raises(ValueError, match="must be in the same order"):
            model.predict(turned)
        with pytest.raises(ValueError, match="Feature names seen at fit time, yet now missing"):
            model.predict(X[["height", "weight"]])
        columns = columns_of(library).fit(tables(kind)["both"])
        # Names decide, not places.
        both = tables(kind)["both"]
        other = both[list(both.columns)[::-1]]
        np.testing.assert_array_equal(columns.transform(other), columns.transform(both))
        with pytest.raises(ValueError, match="columns are missing"):
            columns.transform(both[["height", "age", "size", "weight"]])


@pytest.mark.parametrize("kind", KINDS)
def test_labels_are_columns_of_frames(kind):
    labels = frame(kind, {"y": CITY})["y"]
    X = tables(kind)["numbers"]
    said = []
    for library in LIBRARIES:
        encoder = of(library, "preprocessing", "LabelEncoder")().fit(labels)
        tree = of(library, "tree", "DecisionTreeClassifier")(random_state=0).fit(X, labels)
        said.append((encoder.transform(labels).tolist(), encoder.classes_.tolist(), tree.predict(X).tolist()))
    assert said[0] == said[1]


def test_categories_of_polars_are_words():
    polars = pytest.importorskip("polars")
    table = polars.DataFrame({
        "category": polars.Series(CITY, dtype=polars.Categorical),
        "enum": polars.Series(SIZE, dtype=polars.Enum(["small", "large"])),
        "truth": polars.Series([i % 3 == 0 for i in range(N)]),
    })
    for name, options in (("OrdinalEncoder", {}), ("OneHotEncoder", {"sparse_output": False})):
        mine, other = (
            of(library, "preprocessing", name)(**options).set_output(transform="polars")
            for library in LIBRARIES
        )
        same(mine.fit_transform(table), other.fit_transform(table))
        for a, b in zip(mine.categories_, other.categories_, strict=True):
            assert a.tolist() == b.tolist()


def test_trees_take_missing_values_of_frames():
    for kind in KINDS:
        X = tables(kind)["holes"]
        mine, other = (
            of(library, "ensemble", "HistGradientBoostingClassifier")(max_iter=5, min_samples_leaf=3).fit(X, Y)
            for library in LIBRARIES
        )
        np.testing.assert_allclose(mine.predict_proba(X), other.predict_proba(X), rtol=1e-6)
