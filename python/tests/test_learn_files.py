"""Estimators in files: every public class, what no file holds, files that were damaged or changed."""

import inspect
import json
import os
import signal
import struct
import subprocess
import sys
import time
import warnings

import numpy as np
import pytest

from seodang import _native, learn
from seodang.learn import compose, ensemble, feature_selection, linear_model, metrics
from seodang.learn import model_selection, multioutput, neighbors, pipeline, preprocessing, tree
from seodang.learn._reading import Reader
from seodang.learn.datasets import load_iris
from seodang.learn.utils.discovery import all_estimators

X, Y = load_iris(return_X_y=True)
TWO = Y[:100]
NUMBERS = X @ [0.5, -1.0, 2.0, 0.25]
RIDGE, LOGISTIC = linear_model.Ridge(), linear_model.LogisticRegression()
SCALER = preprocessing.StandardScaler()
TEXTS = ["the cat sat", "고양이가 앉았다", "the dog ran", "개가 달렸다, the cat"] * 3
DICTS = [{"a": 1.0, "b": "x"}, {"a": 2.0, "c": 3.0}] * 3
COLUMNS = np.array([["u", 1], ["v", 2], [None, 3], ["u", 4]] * 4, dtype=object)

# What constructors need, by the names of their parameters.
GIVEN = {
    "estimators": lambda cls: [("a", _inner(cls)), ("b", _inner(cls))],
    "estimator": lambda cls: _inner(cls),
    "param_grid": lambda cls: {"alpha" if _regresses(cls) else "C": [0.1, 1.0]},
    "param_distributions": lambda cls: {"alpha" if _regresses(cls) else "C": [0.1, 0.5, 1.0]},
    "steps": lambda cls: [("scale", SCALER), ("nothing", "passthrough"), ("last", LOGISTIC)],
    "transformers": lambda cls: [("a", SCALER, [0, 1]), ("b", "passthrough", slice(2, 3))],
    "transformer_list": lambda cls: [("a", SCALER), ("b", preprocessing.MinMaxScaler())],
}
# What `fit` gets where it is not the irises.
FITTED_TO = {
    "CountVectorizer": (TEXTS,), "TfidfVectorizer": (TEXTS,), "HashingVectorizer": (TEXTS,),
    "DictVectorizer": (DICTS,), "FeatureHasher": (DICTS,),
    "IsotonicRegression": (X[:, 0], NUMBERS), "KernelCenterer": (X @ X.T,),
    "LabelBinarizer": (Y,), "LabelEncoder": (["b", "a", "c"] * 5,),
    "MultiLabelBinarizer": ([("a", "b"), ("c",), ()] * 3,),
    "MultiOutputClassifier": (X, np.stack([Y, Y % 2], axis=1)),
    "ClassifierChain": (X, np.stack([Y % 2, Y // 2], axis=1)),
    "MultiOutputRegressor": (X, np.stack([NUMBERS, -NUMBERS], axis=1)),
    "RegressorChain": (X, np.stack([NUMBERS, -NUMBERS], axis=1)),
    "FixedThresholdClassifier": (X[:100], TWO), "TunedThresholdClassifierCV": (X[:100], TWO),
    "ExtraTreesClassifier": (X[::3], Y[::3]), "RandomForestClassifier": (X[::3], Y[::3]),
}
OPTIONS = {
    name: {"n_estimators": 5} for name in (
        "AdaBoostClassifier", "AdaBoostRegressor", "BaggingClassifier", "BaggingRegressor",
        "ExtraTreesClassifier", "ExtraTreesRegressor", "GradientBoostingClassifier",
        "GradientBoostingRegressor", "RandomForestClassifier", "RandomForestRegressor",
    )
} | {
    name: {"max_iter": 20} for name in (
        "HistGradientBoostingClassifier", "HistGradientBoostingRegressor", "LogisticRegressionCV",
    )
} | {"MLPClassifier": {"max_iter": 5}, "MLPRegressor": {"max_iter": 5}}


def _regresses(cls):
    return issubclass(cls, learn.base.RegressorMixin) or cls.__name__ == "RandomizedSearchCV"


def _inner(cls):
    return RIDGE if _regresses(cls) else LOGISTIC


def fitted(cls):
    needed = [p.name for p in inspect.signature(cls).parameters.values() if p.default is p.empty]
    options = {name: GIVEN[name](cls) for name in needed} | OPTIONS.get(cls.__name__, {})
    if "random_state" in inspect.signature(cls).parameters:
        options["random_state"] = np.random.RandomState(3)
    if cls.__name__ == "SelectFromModel":
        options["max_features"] = 2
    if cls.__name__ == "FrozenEstimator":
        options["estimator"] = linear_model.LogisticRegression().fit(X, Y)
    target = NUMBERS if _regresses(cls) else Y
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return cls(**options).fit(*FITTED_TO.get(cls.__name__, (X, target)))


def again(estimator, path):
    learn.save(estimator, path)
    return learn.load(path)


def same(a, b):
    """Whether two values are equal, whatever they are."""
    if hasattr(a, "toarray"):
        return type(a) is type(b) and a.dtype == b.dtype and (a != b).nnz == 0
    if isinstance(a, np.ma.MaskedArray):
        return type(a) is type(b) and same(a.mask, b.mask) and same(a.filled(), b.filled())
    if isinstance(a, np.ndarray):
        if a.dtype == object:
            return a.shape == b.shape and all(map(same, a.ravel().tolist(), b.ravel().tolist()))
        return a.dtype == b.dtype and np.array_equal(a, b, equal_nan=a.dtype.kind in "fcM")
    if isinstance(a, dict):
        return type(a) is type(b) and list(a) == list(b) and all(same(a[k], b[k]) for k in a)
    if isinstance(a, (list, tuple)):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, np.random.RandomState):
        return same(a.get_state(), b.get_state())
    if isinstance(a, (str, bytes, int, float, type(None), np.generic)):
        return type(a) is type(b) and (a == b or (a != a and b != b))
    if isinstance(a, _native.Learned):
        return a.class_name == b.class_name
    if hasattr(a, "__dict__"):
        return type(a) is type(b) and same(kept(a), kept(b))
    return a == b


def kept(x):
    # Trees of a forest are made when they are asked for.
    return {k: v for k, v in sorted(vars(x).items()) if k not in ("_grown", "_kept")}


@pytest.mark.parametrize("cls", [cls for _, cls in all_estimators()], ids=lambda c: c.__name__)
def test_every_class_has_a_file(cls, tmp_path):
    made = fitted(cls)
    other = again(made, tmp_path / "m")
    assert type(other) is cls
    assert same(made, other), {k for k in vars(made) if not same(vars(made)[k], vars(other).get(k))}
    first = FITTED_TO.get(cls.__name__, (X,))[0]
    asked = 0
    for name in ("predict", "predict_proba", "decision_function", "transform", "kneighbors"):
        if hasattr(made, name):
            # The random state goes on from where it was in both.
            assert same(getattr(made, name)(first), getattr(other, name)(first)), name
            asked += 1
    assert asked
    copied = again(other, tmp_path / "again")
    assert same(other, copied)


MIXED = compose.ColumnTransformer(
    [
        ("words", preprocessing.OneHotEncoder(handle_unknown="ignore"), [0]),
        ("numbers", pipeline.make_pipeline(
            SCALER, preprocessing.FunctionTransformer(np.tanh, check_inverse=False)), [1]),
    ]
)


@pytest.mark.parametrize(
    "made",
    [
        lambda: pipeline.make_pipeline(MIXED, tree.DecisionTreeRegressor()).fit(COLUMNS, range(16)),
        lambda: model_selection.GridSearchCV(
            pipeline.make_pipeline(SCALER, ensemble.BaggingClassifier(LOGISTIC, 3, random_state=1)),
            {"baggingclassifier__max_samples": [0.5, 0.9]},
            scoring={"a": "accuracy", "b": metrics.make_scorer(metrics.f1_score, average="macro")},
            refit="b", cv=model_selection.StratifiedKFold(3, shuffle=True, random_state=0),
        ).fit(X, Y),
        lambda: ensemble.StackingClassifier(
            [("knn", neighbors.KNeighborsClassifier()),
             ("vote", ensemble.VotingClassifier([("t", tree.DecisionTreeClassifier(max_depth=2))]))],
            LOGISTIC, cv=3,
        ).fit(X, np.array(["하나", "둘", "셋"])[Y]),
        lambda: pipeline.make_pipeline(
            feature_selection.SelectKBest(feature_selection.f_classif, k=2), LOGISTIC
        ).fit(X, Y),
        lambda: multioutput.MultiOutputClassifier(tree.DecisionTreeClassifier(max_depth=2)).fit(
            X, np.stack([np.array(["a", "b", "c"], dtype=object)[Y]] * 2, axis=1)
        ),
        lambda: compose.TransformedTargetRegressor(RIDGE, func=np.log1p, inverse_func=np.expm1).fit(
            X, np.exp(NUMBERS / 10)
        ),
        lambda: linear_model.LogisticRegression().fit(X, np.array([True, False, True])[Y]),
        lambda: neighbors.KNeighborsClassifier().fit(
            X.astype(np.float32), np.array(["a", "b", "c"], dtype=object)[Y]
        ),
    ],
    ids=["columns", "search", "stack", "select", "outputs", "target", "bools", "objects"],
)
def test_what_is_made_of_others_predicts_the_same(made, tmp_path):
    made = made()
    other = again(made, tmp_path / "m")
    data = COLUMNS if made.n_features_in_ == 2 else X
    assert same(made, other) and same(made.predict(data), other.predict(data))
    assert same(getattr(made, "classes_", 0), getattr(other, "classes_", 0))


def test_one_object_at_two_places_stays_one(tmp_path):
    vote = ensemble.VotingClassifier([("a", LOGISTIC), ("b", tree.DecisionTreeClassifier())])
    other = again(vote.fit(X, Y), tmp_path / "m")
    assert other.named_estimators_["a"] is other.estimators_[0]
    shared = np.random.RandomState(5)
    both = pipeline.make_pipeline(
        ensemble.BaggingClassifier(LOGISTIC, 2, random_state=shared),
    ).fit(X, Y)
    both.set_params(baggingclassifier__estimator=tree.DecisionTreeClassifier(random_state=shared))
    bagging = again(both, tmp_path / "m")[-1]
    assert bagging.random_state is bagging.estimator.random_state is not shared
    assert bagging.random_state.randint(1 << 30) == shared.randint(1 << 30)


VALUES = [
    float("nan"), -float("inf"), 2**70, -(2**70), 1 + 2j, b"\0\xff", (1, [2, {"k": (3,)}]), {3, 4},
    frozenset("a"), slice(1, None, 2), range(0, 10, 3), np.float32(0.1), np.int8(-3), np.bool_(True),
    np.dtype("<f4"), np.dtype(object), np.float64, np.number, object, int, {1: "a", None: 2.5, (1, 2): [None]},
    np.array(["가", "", "long"]), np.array([["x", None], [1, float("nan")]], dtype=object),
    np.array("scalar"), np.array(2.5), np.zeros((0, 3)), np.asfortranarray(X[:3]), X[::2, ::-1],
    np.array([1 + 1j, 2j], dtype=np.complex64), np.array(["2024-03-05", "NaT"], dtype="M8[D]"),
    np.ma.MaskedArray([1.0, 2.0], mask=[False, True]), np.arange(3, dtype=">i4").astype("=i4"),
    np.array([], dtype=object), np.array([1.5], dtype=np.float16), np.log1p,
    metrics.accuracy_score, np.exp, 0.1 + 0.2, 5e-324, "\ud800 \0 한",
]


@pytest.mark.parametrize("value", VALUES, ids=lambda v: f"{type(v).__name__}-{str(v)[:20]!a}")
def test_values_come_back(value, tmp_path):
    made = preprocessing.FunctionTransformer(kw_args={"value": value}).fit(X)
    back = again(made, tmp_path / "m").kw_args["value"]
    assert same(value, back), back
    if isinstance(value, np.ndarray) and value.ndim == 2:
        assert back.flags.f_contiguous == np.ascontiguousarray(value).flags.f_contiguous or (
            value.flags.f_contiguous
        )


def test_columns_that_are_chosen_by_their_types(tmp_path):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(COLUMNS, columns=["city", "size"]).astype({"size": float})
    choose = compose.make_column_selector
    made = compose.make_column_transformer(
        (preprocessing.OneHotEncoder(), choose(dtype_exclude=np.number)),
        (preprocessing.MinMaxScaler(), choose("^s", dtype_include=np.number)),
    ).fit(frame)
    other = again(made, tmp_path / "m")
    assert same(made, other) and same(made.transform(frame), other.transform(frame[["size", "city"]]))
    assert same(made.get_feature_names_out(), other.get_feature_names_out())
    made = compose.make_column_transformer((SCALER, frame.select_dtypes("number").columns)).fit(frame)
    assert same(made.transform(frame), again(made, tmp_path / "m").transform(frame))


def test_generators_and_distributions_come_back(tmp_path):
    stats = pytest.importorskip("scipy.stats")
    made = preprocessing.FunctionTransformer(
        kw_args={"a": np.random.default_rng(3), "b": stats.uniform(1, scale=2)}
    ).fit(X)
    other = again(made, tmp_path / "m").kw_args
    assert other["a"].random() == made.kw_args["a"].random()
    assert other["b"].cdf(1.5) == made.kw_args["b"].cdf(1.5) == 0.25


class Own:
    def __call__(self, x):
        return x


class OwnRidge(linear_model.Ridge):
    pass


def own(x):
    return x


def deep(n):
    return [deep(n - 1)] if n else 0


def nested(n):
    return preprocessing.FunctionTransformer(kw_args=nested(n - 1) if n else None)


def inside_itself():
    made = preprocessing.FunctionTransformer()
    made.kw_args = {"me": made}
    return made


@pytest.mark.parametrize(
    "made, where, why",
    [
        (preprocessing.FunctionTransformer(own), r"FunctionTransformer\.func ", "function.*own.*code"),
        (preprocessing.FunctionTransformer(lambda x: x), r"\.func ", "lambda"),
        (preprocessing.FunctionTransformer(Own()), r"\.func ", "an object of the class.*Own"),
        (preprocessing.FunctionTransformer(os.system), r"\.func ", "function.*system"),
        (preprocessing.FunctionTransformer(kw_args={"a": [0, own]}), r"\.kw_args\['a'\]\[1\]", "code"),
        (preprocessing.FunctionTransformer(kw_args=deep(40)), r"\[0\]", "too deep"),
        (preprocessing.FunctionTransformer(kw_args=[np.zeros(2, "f8,i4")]), r"\[0\]", "array"),
        (preprocessing.FunctionTransformer(kw_args=open), "kw_args", "open"),
        (nested(80), r"\.kw_args", "too deep"),
        (inside_itself(), r"\.kw_args\['me'\]", "within itself"),
        (neighbors.KNeighborsClassifier(weights=own), r"KNeighborsClassifier\.weights", "a function"),
        (pipeline.make_pipeline(OwnRidge()), r"Pipeline\.steps\[0\]\[1\]", "OwnRidge"),
    ],
    ids=lambda v: "",
)
def test_what_no_file_holds_is_refused_by_name(made, where, why, tmp_path):
    path = tmp_path / "m"
    path.write_bytes(b"old")
    if not isinstance(made, preprocessing.FunctionTransformer):
        made.fit(X, Y)
    with pytest.raises(TypeError, match=f"{where}.*cannot be saved in a file of data.*{why}.*pickle"):
        learn.save(made, path)
    assert path.read_bytes() == b"old" and os.listdir(tmp_path) == ["m"]


def test_what_is_no_estimator_of_ours_is_refused(tmp_path):
    theirs = pytest.importorskip("sklearn.linear_model")
    for wrong in (3, OwnRidge().fit(X, NUMBERS), theirs.Ridge().fit(X, NUMBERS), linear_model.Ridge):
        with pytest.raises(TypeError, match="is no estimator of seodang.learn"):
            learn.save(wrong, tmp_path / "m")
    mixed = pipeline.make_pipeline(SCALER, theirs.Ridge()).fit(X, NUMBERS)
    with pytest.raises(TypeError, match=r"steps\[1\]\[1\].*Use the Ridge of seodang.learn"):
        learn.save(mixed, tmp_path / "m")
    with pytest.raises(learn.exceptions.NotFittedError):
        learn.save(pipeline.make_pipeline(SCALER, RIDGE), tmp_path / "m")
    assert not os.listdir(tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("files") / "whole"
    made = pipeline.make_pipeline(
        SCALER, ensemble.BaggingClassifier(tree.DecisionTreeClassifier(max_depth=2), 2, random_state=0)
    )
    learn.save(made.fit(X, np.array(["a", "b", "c"])[Y]), path)
    return path.read_bytes()


def refused(path, content, *errors):
    path.write_bytes(content)
    with pytest.raises((ValueError, *errors)) as caught:
        learn.load(path)
    assert str(path) in str(caught.value), caught.value
    return str(caught.value)


def test_a_file_that_was_cut_off_is_refused(whole, tmp_path):
    head = 8 + struct.unpack("<Q", whole[:8])[0]
    ends = {*range(0, 64), head - 1, head, head + 1, *range(0, len(whole), 97), len(whole) - 1}
    for end in sorted(ends):
        refused(tmp_path / "m", whole[:end])
    refused(tmp_path / "m", whole + b"\0")


def test_a_file_with_any_bit_changed_is_refused(whole, tmp_path):
    random = np.random.RandomState(0)
    places = [*range(0, 200), *random.randint(0, len(whole), 400).tolist()]
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1 << random.randint(8)
        refused(tmp_path / "m", bytes(changed), NotImplementedError)


def test_other_files_are_refused(tmp_path):
    for content in (b"", b"\x89HDF\r\n\x1a\n" + b"\0" * 100, b"PK\3\4" + b"\0" * 100, b"\x80\4." * 9):
        refused(tmp_path / "m", content)
    with pytest.raises(OSError, match="none"):
        learn.load(tmp_path / "none")
    with pytest.raises(OSError):
        learn.load(tmp_path)


def changed(whole, change):
    """The file with its header changed, and a checksum that fits."""
    import hashlib

    size = struct.unpack("<Q", whole[:8])[0]
    outer = json.loads(whole[8 : 8 + size])
    header = json.loads(outer["__metadata__"]["seodang"])
    del header["sha256"]
    change(header)
    digest = hashlib.sha256(json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode())
    kinds = {"F64": "float64", "I64": "int64", "U8": "uint8", "BOOL": "bool", "U32": "uint32"}
    for name in sorted(outer):
        if name != "__metadata__":
            about = outer[name]
            shape = ", ".join(map(str, about["shape"]))
            digest.update(f"\0{name}\0{kinds[about['dtype']]}[{shape}]\0".encode())
            start, end = about["data_offsets"]
            digest.update(whole[8 + size + start : 8 + size + end])
    header["sha256"] = digest.hexdigest()
    outer["__metadata__"]["seodang"] = json.dumps(
        header, separators=(",", ":"), ensure_ascii=False
    )
    text = json.dumps(outer, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + whole[8 + size :]


def _first(header, form):
    return next(o for o in header["objects"] if form in o)


def _named(header, end):
    return next(o for o in header["objects"] if o.get("class", "").endswith(end))


FORGED = {
    "version": lambda h: h.update(version=3),
    "format": lambda h: h.update(format="other"),
    "no version": lambda h: h.pop("version"),
    "root": lambda h: h.update(root=10**9),
    "a class of Python's": lambda h: _named(h, "Pipeline").update({"class": "os.system"}),
    "a module of ours": lambda h: _named(h, "Pipeline").update({"class": "datasets.load_iris"}),
    "a hidden class": lambda h: _named(h, "Pipeline").update({"class": "_files.load"}),
    "a path": lambda h: _named(h, "Pipeline").update({"class": "pipeline.__class__"}),
    "a class of another": lambda h: _named(h, "StandardScaler").update({"class": "svm.SVC"}),
    "a function": lambda h: _named(h, "Pipeline")["state"].update(memory={"function": "os.system"}),
    "a loader": lambda h: _named(h, "Pipeline")["state"].update(
        memory={"function": "numpy.load"}),
    "a form": lambda h: _named(h, "Pipeline")["state"].update(memory={"eval": "1"}),
    "two forms": lambda h: _named(h, "Pipeline")["state"].update(memory={"int": "1", "float": "nan"}),
    "dunder": lambda h: _named(h, "Pipeline")["state"].update(__class__=3),
    "a later object": lambda h: h["objects"][0].update(
        {"class": "utils.Bunch", "items": [["a", {"ref": 3}]]}),
    "a model": lambda h: _named(h, "StandardScaler").update(model=99),
    "a parameter": lambda h: _named(h, "StandardScaler")["parameters"].update(other=1),
    "a large number": lambda h: _named(h, "Pipeline")["state"].update(memory={"int": "9" * 10**5}),
    "no objects": lambda h: h.update(objects=3),
    "no object": lambda h: h["objects"].__setitem__(0, 3),
    "a shape": lambda h: h["objects"].__setitem__(0, {"items": [], "shape": [10**9, 10**9]}),
    "a matrix": lambda h: h["objects"].__setitem__(
        0, {"sparse": "csr_matrix", "shape": [10**9, 10**9], "parts": [[1.0], [5], [0, 1]]}),
    "columns": lambda h: h["objects"].__setitem__(
        0, {"sparse": "csr_matrix", "shape": [1, 2], "parts": [[1.0], [5], [0, 1]]}),
    "wide words": lambda h: _first(h, "strings").update(dtype="<f8"),
    "rust's parameter": lambda h: h["models"][0]["parameters"].update(with_mean="odd"),
    "rust's class": lambda h: h["models"][0].update({"class": "OtherScaler"}),
    "rust's features": lambda h: h["models"][0].update(features=-1),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_file_is_refused(name, whole, tmp_path):
    same_again = changed(whole, lambda header: None)
    (tmp_path / "m").write_bytes(same_again)
    assert learn.load(tmp_path / "m").predict(X[:1]) == ["a"], "the forger's own work"
    content = changed(whole, FORGED[name])
    message = refused(tmp_path / "m", content, NotImplementedError)
    assert "checksum" not in message, message
    if name == "version":
        assert "newer version" in message


def test_forged_sizes_take_no_memory(whole, tmp_path):
    def wider(header):
        _first(header, "strings").update(dtype=f"<U{10**8}")

    (tmp_path / "m").write_bytes(changed(whole, wider))
    assert learn.load(tmp_path / "m").classes_.dtype == np.dtype("<U1")
    size = struct.unpack("<Q", whole[:8])[0]
    outer = json.loads(whole[8 : 8 + size])
    name = next(n for n in outer if n != "__metadata__")
    outer[name]["shape"] = [10**12]
    text = json.dumps(outer).encode()
    refused(tmp_path / "m", struct.pack("<Q", len(text)) + text + whole[8 + size :])
    refused(tmp_path / "m", struct.pack("<Q", 2**63) + whole[8:])


def test_reading_looks_up_no_names_beyond_the_tables(monkeypatch):
    def never(*_):
        raise AssertionError("code was run")

    monkeypatch.setattr(os, "system", never)
    for value in ({"function": "posix.system"}, {"function": "builtins.eval"}, {"type": "os"},
                  {"function": "seodang.learn.load"}, {"function": "numpy.save"}):
        objects = json.dumps([{"class": "preprocessing.FunctionTransformer", "state": {"func": value}}])
        with pytest.raises(ValueError, match="object 0"):
            Reader(objects, {}, []).read(0)


def test_a_full_disk_is_an_error(tmp_path):
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full")
    made = linear_model.Ridge().fit(X, NUMBERS)
    with pytest.raises(OSError, match="cannot write /dev/full"):
        learn.save(made, "/dev/full")
    with pytest.raises(OSError, match="none"):
        learn.save(made, tmp_path / "none" / "m")


KILLED = """
import sys, numpy as np
from seodang import learn
X = np.random.RandomState(0).rand(60000, 40)
made = learn.pipeline.make_pipeline(learn.neighbors.KNeighborsRegressor()).fit(X, X[:, 0])
print("ready", flush=True)
while True:
    learn.save(made, sys.argv[1])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_who_is_killed_while_saving_leaves_a_whole_file(tmp_path):
    path = tmp_path / "m"
    learn.save(linear_model.Ridge().fit(X, NUMBERS), path)
    child = subprocess.Popen([sys.executable, "-c", KILLED, path], stdout=subprocess.PIPE)
    assert child.stdout.readline() == b"ready\n"
    time.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert type(learn.load(path)).__name__ in ("Ridge", "Pipeline")
