"""Preprocessing, imputers, naive Bayes and perceptrons against scikit-learn's."""

import pickle
import warnings

import numpy as np
import pytest

from seodang import learn

pytest.importorskip("sklearn")

import sklearn.impute  # noqa: E402
import sklearn.naive_bayes  # noqa: E402
import sklearn.neural_network  # noqa: E402
import sklearn.model_selection  # noqa: E402
import sklearn.preprocessing  # noqa: E402
from sklearn import datasets  # noqa: E402
from sklearn.utils.estimator_checks import parametrize_with_checks  # noqa: E402

DATA = ("iris", "wine", "digits", "breast_cancer", "diabetes")


def _load(name):
    return getattr(datasets, f"load_{name}")(return_X_y=True)


def _dense(x):
    return x.toarray() if hasattr(x, "toarray") else np.asarray(x)


def _same(ours, theirs, rtol=1e-9, atol=1e-10):
    ours, theirs = _dense(ours), _dense(theirs)
    assert ours.dtype == theirs.dtype and ours.shape == theirs.shape
    if ours.dtype.kind in "US":
        np.testing.assert_array_equal(ours, theirs)
    elif ours.dtype == object:
        for a, b in zip(ours.ravel(), theirs.ravel(), strict=True):
            assert (a is None) == (b is None)
            assert a == b or (a != a and b != b) or a is None
    else:
        np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=atol)


def _pair(module, name, options):
    return getattr(getattr(learn, module), name)(**options), getattr(
        getattr(sklearn, module), name
    )(**options)


COLUMNS = [
    ("StandardScaler", {}),
    ("StandardScaler", {"with_mean": False}),
    ("MinMaxScaler", {"feature_range": (-1, 2), "clip": True}),
    ("MaxAbsScaler", {}),
    ("RobustScaler", {}),
    ("RobustScaler", {"quantile_range": (10.0, 80.0), "unit_variance": True}),
    ("Normalizer", {"norm": "l1"}),
    ("Normalizer", {"norm": "max"}),
    ("Binarizer", {"threshold": 1.5}),
    ("PolynomialFeatures", {}),
    ("PolynomialFeatures", {"degree": (2, 3), "interaction_only": True, "include_bias": False}),
    ("KBinsDiscretizer", {"strategy": "uniform", "encode": "ordinal"}),
    ("KBinsDiscretizer", {"strategy": "quantile"}),
    ("KBinsDiscretizer", {"strategy": "kmeans", "encode": "onehot-dense", "n_bins": 4}),
    ("QuantileTransformer", {"n_quantiles": 50}),
    ("QuantileTransformer", {"n_quantiles": 100, "output_distribution": "normal"}),
    ("SplineTransformer", {}),
    ("SplineTransformer", {"knots": "quantile", "extrapolation": "linear", "include_bias": False}),
    ("SplineTransformer", {"extrapolation": "continue", "degree": 2}),
    ("SplineTransformer", {"extrapolation": "periodic", "degree": 2}),
]


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize(("name", "options"), COLUMNS, ids=str)
@pytest.mark.filterwarnings("ignore")
def test_columns_become_scikit_learns(data, name, options):
    X, _ = _load(data)
    if name == "SplineTransformer":
        X = X[:, [j for j in range(X.shape[1]) if len(np.unique(X[:, j])) > 20][:6]]
        if X.shape[1] == 0 or options.get("knots") == "quantile" and data == "digits":
            pytest.skip("no column with so many values")
    X = X[:, :12]
    if options.get("strategy") == "kmeans":
        # What is as near to one mean as to another has no cluster of its own.
        X = X[:, X.std(axis=0) > 0]
        X = X + np.random.RandomState(3).normal(scale=1e-2, size=X.shape) * X.std(axis=0)
    A, B = X[::2], X[1::2]
    ours, theirs = _pair("preprocessing", name, options)
    _same(ours.fit_transform(A), theirs.fit_transform(A))
    _same(ours.transform(B), theirs.transform(B))
    if name != "Binarizer":
        names = ours.get_feature_names_out(), theirs.get_feature_names_out()
        np.testing.assert_array_equal(*names)
    if hasattr(theirs, "inverse_transform"):
        Z = theirs.transform(B)
        _same(ours.inverse_transform(Z), theirs.inverse_transform(Z), rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("method", ["yeo-johnson", "box-cox"])
@pytest.mark.parametrize("data", ["iris", "wine", "breast_cancer"])
def test_powers_are_the_likeliest(data, method):
    X = _load(data)[0][:, :8]
    X = X + 0.01 if method == "box-cox" else X
    ours, theirs = _pair("preprocessing", "PowerTransformer", {"method": method})
    _same(ours.fit_transform(X), theirs.fit_transform(X), rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(ours.lambdas_, theirs.lambdas_, rtol=1e-4, atol=1e-4)
    Z = theirs.transform(X)
    np.testing.assert_allclose(ours.inverse_transform(ours.transform(X)), X, rtol=1e-6, atol=1e-6)
    assert Z.shape == X.shape


@pytest.mark.parametrize("name", ["StandardScaler", "MinMaxScaler", "MaxAbsScaler"])
def test_batches_sum_up_and_missing_values_stay(name):
    X, _ = _load("wine")
    X = X.copy()
    X[::7, 2] = np.nan
    ours, theirs = _pair("preprocessing", name, {})
    for part in np.array_split(X, 5):
        ours.partial_fit(part)
        theirs.partial_fit(part)
    _same(ours.transform(X), theirs.transform(X))
    np.testing.assert_array_equal(ours.n_samples_seen_, theirs.n_samples_seen_)
    whole = type(ours)().fit(X)
    np.testing.assert_allclose(whole.scale_, ours.scale_)


def test_weights_of_samples_count_in_scalers_and_bins():
    X = np.delete(_load("diabetes")[0], 1, axis=1)
    w = np.random.RandomState(0).randint(0, 3, len(X))
    for name, options in (
        ("StandardScaler", {}),
        ("KBinsDiscretizer", {"encode": "ordinal"}),
        ("KBinsDiscretizer", {"encode": "ordinal", "strategy": "uniform"}),
        ("SplineTransformer", {"knots": "quantile"}),
    ):
        ours, theirs = _pair("preprocessing", name, options)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _same(
                ours.fit(X, sample_weight=w).transform(X), theirs.fit(X, sample_weight=w).transform(X)
            )


@pytest.mark.parametrize(
    ("name", "options"),
    [("StandardScaler", {"with_mean": False}), ("MaxAbsScaler", {}), ("Normalizer", {}),
     ("RobustScaler", {"with_centering": False}), ("PolynomialFeatures", {"degree": 3}),
     ("PolynomialFeatures", {"interaction_only": True}), ("Binarizer", {"threshold": 3.0}),
     ("QuantileTransformer", {"n_quantiles": 20})],
    ids=str,
)
def test_sparse_columns_become_scikit_learns(name, options):
    sparse = pytest.importorskip("scipy.sparse")
    X = sparse.csr_matrix(_load("digits")[0][:200, 10:24])
    ours, theirs = _pair("preprocessing", name, options)
    out = ours.fit_transform(X)
    assert sparse.issparse(out)
    _same(out, theirs.fit_transform(X))


def test_functions_are_scikit_learns():
    X, _ = _load("wine")
    p, q = learn.preprocessing, sklearn.preprocessing
    for name, options in (
        ("scale", {}), ("scale", {"axis": 1}), ("minmax_scale", {"feature_range": (2, 3)}),
        ("maxabs_scale", {}), ("robust_scale", {"axis": 1}), ("binarize", {"threshold": 2.0}),
        ("normalize", {"axis": 0}), ("add_dummy_feature", {"value": 3.0}),
        ("quantile_transform", {"n_quantiles": 30}),
    ):
        _same(getattr(p, name)(X, **options), getattr(q, name)(X, **options))
    for got, want in zip(
        p.normalize(X, "l1", return_norm=True), q.normalize(X, "l1", return_norm=True), strict=True
    ):
        _same(got, want)
    _same(p.scale(X[:, 0]), q.scale(X[:, 0]))
    with pytest.raises(ValueError, match="Can only scale sparse matrix on axis=0"):
        p.scale(pytest.importorskip("scipy.sparse").eye(3), axis=1, with_mean=False)


def _mixed():
    return np.array(
        [["a", 1, None], ["b", 2, "x"], ["a", 2, np.nan], ["c", 3, "x"], ["a", 1, "y"], ["b", 1, None]],
        dtype=object,
    )


def _frame():
    pandas = pytest.importorskip("pandas")
    return pandas.DataFrame(
        {
            "word": ["a", "b", "a", "c", "a", "b"],
            "number": [1, 2, 2, 3, 1, 1],
            "kind": pandas.Categorical(["u", "v", "u", None, "v", "v"]),
            "float": [0.5, np.nan, 1.5, 0.5, np.nan, 0.5],
        }
    )


ENCODERS = [
    ("OneHotEncoder", {}),
    ("OneHotEncoder", {"sparse_output": False, "dtype": np.float32}),
    ("OneHotEncoder", {"drop": "first"}),
    ("OneHotEncoder", {"drop": "if_binary"}),
    ("OneHotEncoder", {"max_categories": 2}),
    ("OneHotEncoder", {"min_frequency": 2, "handle_unknown": "infrequent_if_exist"}),
    ("OneHotEncoder", {"min_frequency": 0.3, "drop": "first"}),
    ("OrdinalEncoder", {}),
    ("OrdinalEncoder", {"encoded_missing_value": -2, "dtype": np.int32}),
    ("OrdinalEncoder", {"handle_unknown": "use_encoded_value", "unknown_value": -1}),
    ("OrdinalEncoder", {"max_categories": 2}),
]


@pytest.mark.parametrize("data", ["objects", "frame", "strings", "numbers"])
@pytest.mark.parametrize(("name", "options"), ENCODERS, ids=str)
def test_encoders_are_scikit_learns(data, name, options, tmp_path):
    X = {
        "objects": _mixed, "frame": _frame,
        "strings": lambda: np.array([["b"], ["a"], ["b"], ["c"]]),
        "numbers": lambda: np.array([[3.0, 1.0], [np.nan, 2.0], [3.0, 1.0], [1.0, 1.0]]),
    }[data]()
    ours, theirs = _pair("preprocessing", name, options)
    _same(ours.fit_transform(X), theirs.fit_transform(X))
    for got, want in zip(ours.categories_, theirs.categories_, strict=True):
        _same(got, want)
    np.testing.assert_array_equal(ours.get_feature_names_out(), theirs.get_feature_names_out())
    Z = theirs.transform(X)
    # Scikit-learn's way back changes what it is given, and fails where missing values and groups meet.
    back = data == "strings" or name == "OneHotEncoder" or "max_categories" not in options
    if back:
        _same(ours.inverse_transform(Z.copy()), theirs.inverse_transform(Z.copy()))
    if "min_frequency" in options or "max_categories" in options:
        for got, want in zip(
            ours.infrequent_categories_, theirs.infrequent_categories_, strict=True
        ):
            assert (got is None) == (want is None)
            if got is not None:
                _same(got, want)
    learn.save(ours, tmp_path / "encoder")
    for other in (learn.load(tmp_path / "encoder"), pickle.loads(pickle.dumps(ours))):
        _same(other.transform(X), Z)
        if back:
            _same(other.inverse_transform(Z.copy()), theirs.inverse_transform(Z.copy()))
        np.testing.assert_array_equal(other.get_feature_names_out(), ours.get_feature_names_out())


def test_unknown_categories_are_what_they_are_asked_to_be():
    X, new = _mixed()[:, :1], np.array([["a"], ["z"]], dtype=object)
    for options in (
        {}, {"handle_unknown": "ignore"}, {"handle_unknown": "ignore", "drop": "first"},
        {"handle_unknown": "warn", "min_frequency": 2}, {"categories": [["c", "a", "b"]]},
        {"drop": ["b"]}, {"drop": ["q"]}, {"categories": [["a", "b"]]},
        {"categories": [["a", "a", "b", "c"]]}, {"drop": "second"}, {"handle_unknown": "no"},
    ):
        results = []
        for encoder in _pair("preprocessing", "OneHotEncoder", options):
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                try:
                    out = encoder.fit(X).transform(new)
                    results.append((_dense(out).tolist(), [str(w.message) for w in caught]))
                except ValueError as error:
                    results.append((type(error), str(error)[:60]))
        if options.get("drop") == "second" or options.get("handle_unknown") == "no":
            assert all(issubclass(kind, ValueError) for kind, _ in results)
        else:
            assert results[0] == results[1], options


@pytest.mark.parametrize("smooth", ["auto", 3.0])
@pytest.mark.parametrize("kind", ["binary", "multiclass", "continuous"])
def test_targets_encode_categories(kind, smooth, tmp_path):
    random = np.random.RandomState(0)
    X = np.stack([random.choice(["a", "b", "c"], 90), random.choice(["u", "v"], 90)], 1).astype(object)
    y = {
        "binary": np.array(["no", "yes"])[random.randint(0, 2, 90)],
        "multiclass": random.randint(0, 3, 90),
        "continuous": random.normal(size=90),
    }[kind]
    ours, theirs = _pair("preprocessing", "TargetEncoder", {"smooth": smooth, "cv": 3})
    ours.fit(X, y)
    theirs.fit(X, y)
    new = np.array([["a", "w"], ["c", "v"]], dtype=object)
    _same(ours.transform(new), theirs.transform(new))
    for got, want in zip(ours.encodings_, theirs.encodings_, strict=True):
        np.testing.assert_allclose(got, want)
    np.testing.assert_array_equal(ours.get_feature_names_out(), theirs.get_feature_names_out())
    learn.save(ours, tmp_path / "encoder")
    _same(learn.load(tmp_path / "encoder").transform(new), theirs.transform(new))
    folds = sklearn.model_selection.KFold(3)
    ours, theirs = _pair("preprocessing", "TargetEncoder", {"smooth": smooth, "cv": folds})
    _same(ours.fit_transform(X, y), theirs.fit_transform(X, y))
    spread = type(ours)(cv=3).fit_transform(X, y)
    assert spread.shape == theirs.transform(X).shape and np.isfinite(spread).all()


def test_labels_are_scikit_learns():
    p, q = learn.preprocessing, sklearn.preprocessing
    for y in (["b", "a", "c", "a"], [3, 1, 3], [True, False], ["no", "yes", "no"]):
        for name in ("LabelEncoder", "LabelBinarizer"):
            ours, theirs = getattr(p, name)(), getattr(q, name)()
            _same(ours.fit_transform(y), theirs.fit_transform(y))
            np.testing.assert_array_equal(ours.classes_, theirs.classes_)
            Z = theirs.transform(y)
            np.testing.assert_array_equal(ours.inverse_transform(Z), theirs.inverse_transform(Z))
    with pytest.raises(ValueError, match="previously unseen labels"):
        p.LabelEncoder().fit(["a"]).transform(["b"])
    sets = [{"x", "y"}, {"z"}, set()]
    ours, theirs = p.MultiLabelBinarizer(), q.MultiLabelBinarizer()
    _same(ours.fit_transform(sets), theirs.fit_transform(sets))
    assert ours.inverse_transform(theirs.transform(sets)) == theirs.inverse_transform(
        theirs.transform(sets)
    )
    _same(
        p.label_binarize([1, 6], classes=[1, 6, 4], pos_label=2),
        q.label_binarize([1, 6], classes=[1, 6, 4], pos_label=2),
    )


def test_functions_and_kernels_transform():
    X, _ = _load("iris")
    p, q = learn.preprocessing, sklearn.preprocessing
    options = {"func": np.log1p, "inverse_func": np.expm1, "feature_names_out": "one-to-one"}
    ours, theirs = p.FunctionTransformer(**options), q.FunctionTransformer(**options)
    _same(ours.fit_transform(X), theirs.fit_transform(X))
    np.testing.assert_array_equal(ours.get_feature_names_out(), theirs.get_feature_names_out())
    with pytest.warns(UserWarning, match="not strictly inverse"):
        p.FunctionTransformer(np.log1p, np.exp).fit(X)
    K = X @ X.T
    _same(p.KernelCenterer().fit(K).transform(K), q.KernelCenterer().fit(K).transform(K))


IMPUTERS = [
    ("SimpleImputer", {}),
    ("SimpleImputer", {"strategy": "median", "add_indicator": True}),
    ("SimpleImputer", {"strategy": "most_frequent"}),
    ("SimpleImputer", {"strategy": "constant", "fill_value": 7.0}),
    ("SimpleImputer", {"keep_empty_features": True}),
    ("SimpleImputer", {"strategy": np.mean}),
    ("KNNImputer", {}),
    ("KNNImputer", {"n_neighbors": 2, "weights": "distance", "add_indicator": True}),
    ("MissingIndicator", {"features": "all"}),
    ("MissingIndicator", {"error_on_new": False}),
]


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize(
    ("name", "options"),
    IMPUTERS,
    ids=lambda o: str(o).split(" at 0x")[0],  # workers must agree on names
)
@pytest.mark.filterwarnings("ignore")
def test_imputers_are_scikit_learns(data, name, options, tmp_path):
    X = _load(data)[0][:150, :10].copy()
    # Equally distant neighbors have no order.
    X = X + np.random.RandomState(2).normal(scale=1e-3, size=X.shape)
    random = np.random.RandomState(1)
    X[random.uniform(size=X.shape) < 0.1] = np.nan
    X[:, 3] = np.nan
    ours, theirs = _pair("impute", name, options)
    # Scikit-learn's distances lose digits where samples are near each other.
    rtol = 1e-6 if name == "KNNImputer" else 1e-9
    _same(ours.fit_transform(X), theirs.fit_transform(X), rtol)
    _same(ours.transform(X[:20]), theirs.transform(X[:20]), rtol)
    np.testing.assert_array_equal(ours.get_feature_names_out(), theirs.get_feature_names_out())
    if name != "MissingIndicator" and not callable(options.get("strategy")):
        learn.save(ours, tmp_path / "imputer")
        _same(learn.load(tmp_path / "imputer").transform(X), theirs.transform(X), rtol)


def test_words_are_filled_in(tmp_path):
    X = _mixed()[:, [0, 2]]
    X[1, 0] = np.nan
    X[X == None] = np.nan  # noqa: E711
    for options in ({"strategy": "most_frequent"}, {"strategy": "constant"},
                    {"strategy": "constant", "fill_value": "-", "add_indicator": True}):
        ours, theirs = _pair("impute", "SimpleImputer", options)
        _same(ours.fit_transform(X), theirs.fit_transform(X))
        learn.save(ours, tmp_path / "imputer")
        _same(learn.load(tmp_path / "imputer").transform(X), theirs.transform(X))
    for imputer in _pair("impute", "SimpleImputer", {}):
        with pytest.raises(ValueError, match="Cannot use mean strategy with non-numeric data"):
            imputer.fit(X)


BAYES = [
    ("GaussianNB", {}), ("GaussianNB", {"var_smoothing": 1e-3}), ("MultinomialNB", {}),
    ("MultinomialNB", {"alpha": 0.1, "fit_prior": False}), ("BernoulliNB", {"binarize": 1.0}),
    ("ComplementNB", {}), ("ComplementNB", {"norm": True}), ("CategoricalNB", {}),
    ("CategoricalNB", {"alpha": 0.5, "min_categories": 30}),
]


@pytest.mark.parametrize("data", DATA[:4])
@pytest.mark.parametrize(("name", "options"), BAYES, ids=str)
def test_naive_bayes_is_scikit_learns(data, name, options):
    sparse = pytest.importorskip("scipy.sparse")
    X, y = _load(data)
    if name == "CategoricalNB":
        X = np.minimum(np.floor(X), 20)
    w = np.random.RandomState(0).uniform(0.5, 2, len(X))
    for weights in (None, w):
        ours, theirs = _pair("naive_bayes", name, options)
        ours.fit(X, y, weights)
        theirs.fit(X, y, weights)
        np.testing.assert_allclose(
            ours.predict_joint_log_proba(X), theirs.predict_joint_log_proba(X), rtol=1e-8
        )
        np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))
        np.testing.assert_allclose(
            ours.predict_proba(X), theirs.predict_proba(X), rtol=1e-6, atol=1e-12
        )
        np.testing.assert_allclose(ours.class_count_, theirs.class_count_)
    ours, theirs = _pair("naive_bayes", name, options)
    order = np.random.RandomState(0).permutation(len(X))
    for part in np.array_split(order, 3):
        ours.partial_fit(X[part], y[part], np.unique(y))
        theirs.partial_fit(X[part], y[part], np.unique(y))
    B = X[:0] if name == "CategoricalNB" else X
    if len(B):
        np.testing.assert_allclose(
            ours.predict_joint_log_proba(B), theirs.predict_joint_log_proba(B), rtol=1e-7
        )
    if name in ("MultinomialNB", "BernoulliNB", "ComplementNB"):
        thin = type(ours)(**options).fit(sparse.csr_matrix(X), y)
        thick = type(ours)(**options).fit(X, y)
        np.testing.assert_allclose(
            thin.predict_joint_log_proba(sparse.csr_matrix(X)), thick.predict_joint_log_proba(X)
        )


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize(
    "options",
    [{"solver": "lbfgs", "activation": "tanh"}, {"solver": "lbfgs", "activation": "logistic"},
     {"solver": "adam"}, {"solver": "sgd", "learning_rate_init": 0.05, "early_stopping": True}],
    ids=str,
)
@pytest.mark.filterwarnings("ignore")
def test_perceptrons_score_as_scikit_learns(data, options):
    X, y = _load(data)
    X = sklearn.preprocessing.StandardScaler().fit_transform(X)
    if data == "digits":
        X, y = X[:600], y[:600]
    values = data == "diabetes"
    name = "MLPRegressor" if values else "MLPClassifier"
    y = (y - y.mean()) / y.std() if values else y
    scores, losses = ([], []), ([], [])
    for seed in range(3):
        for k, model in enumerate(_pair(
            "neural_network", name,
            {"hidden_layer_sizes": (12,), "max_iter": 60, "random_state": seed, **options},
        )):
            model.fit(X[::2], y[::2])
            scores[k].append(model.score(X[1::2], y[1::2]))
            losses[k].append(model.loss_)
    ours, theirs = np.mean(scores, axis=1)
    spread = np.std(scores, axis=1).max()
    assert ours > theirs - 0.04 - 2 * spread
    if options["solver"] == "lbfgs":
        assert np.mean(losses[0]) < 1.5 * np.mean(losses[1]) + 1e-3


def test_perceptrons_repeat_stop_go_on_and_tell(capsys):
    X, y = _load("iris")
    X = sklearn.preprocessing.StandardScaler().fit_transform(X)
    mlp = learn.neural_network.MLPClassifier
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        a, b = (mlp(20, max_iter=5, random_state=3).fit(X, y) for _ in range(2))
        np.testing.assert_array_equal(a.coefs_[0], b.coefs_[0])
        assert len(a.loss_curve_) == a.n_iter_ == 5 and a.t_ == 5 * len(X)
        assert [c.shape for c in a.coefs_] == [(4, 20), (20, 3)]
        assert a.out_activation_ == "softmax" and a.n_layers_ == 3 and a.n_outputs_ == 3
        warm = mlp(20, max_iter=5, random_state=3, warm_start=True).fit(X, y)
        first = warm.loss_
        assert warm.fit(X, y).loss_ < first and len(warm.loss_curve_) == 10
        batches = mlp(20, random_state=3)
        for _ in range(5):
            batches.partial_fit(X, y, [0, 1, 2])
        assert len(batches.loss_curve_) == 5 and batches.loss_curve_[-1] < batches.loss_curve_[0]
        held = mlp(20, early_stopping=True, max_iter=200, random_state=0).fit(X, y)
        assert len(held.validation_scores_) == held.n_iter_
        assert held.best_validation_score_ == max(held.validation_scores_)
        capsys.readouterr()
        mlp(5, max_iter=2, verbose=True, random_state=0).fit(X, y)
        assert capsys.readouterr().out.startswith("Iteration 1, loss = ")
        for options in ({"early_stopping": True}, {}, {"solver": "sgd", "learning_rate": "adaptive"}):
            for module in (learn.neural_network, pytest.importorskip("sklearn.neural_network")):
                module.MLPClassifier(5, verbose=True, random_state=0, tol=100.0, n_iter_no_change=2,
                                     **options).fit(X, y)
                kinds = [line for line in capsys.readouterr().out.splitlines() if "tol=" in line]
                if module is learn.neural_network:
                    ours = kinds
            assert ours and ours == kinds
    with pytest.warns(learn.exceptions.ConvergenceWarning, match=r"Maximum iterations \(2\)"):
        mlp(5, max_iter=2, random_state=0).fit(X, y)
    both = np.stack([y == 0, y > 0, y == 2], axis=1).astype(int)
    several = mlp(20, solver="lbfgs", random_state=0, max_iter=300).fit(X, both)
    assert several.score(X, both) > 0.95
    assert several.predict_proba(X).shape == (len(X), 3)
    counts = learn.neural_network.MLPRegressor("poisson", 20, random_state=0, solver="lbfgs")
    counts.fit(X, y)
    assert counts.out_activation_ == "exp" and (counts.predict(X) > 0).all()


INSTANCES = [
    learn.impute.MissingIndicator(), learn.preprocessing.FunctionTransformer(),
    learn.preprocessing.KernelCenterer(), learn.preprocessing.LabelBinarizer(),
    learn.preprocessing.LabelEncoder(), learn.preprocessing.MultiLabelBinarizer(),
]


@parametrize_with_checks(INSTANCES)
def test_the_contract_of_what_has_no_record(estimator, check):
    check(estimator)
