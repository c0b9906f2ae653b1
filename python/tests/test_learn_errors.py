"""What cannot be learned from is refused as scikit-learn refuses it: by the same kind of error, in its words."""

import re
from fnmatch import fnmatch

import numpy as np
import pytest
from learn_support import _CRASH, outcome
from threadpoolctl import threadpool_limits
from test_learn_parity import script


sparse = pytest.importorskip("scipy.sparse")

noise = np.random.RandomState(0)
N = 24
X = noise.normal(size=(N, 4))
CLASSES = np.arange(N) % 3
VALUES = X[:, 0] + 0.1 * noise.normal(size=N)
TARGETS = {
    "classes": CLASSES,
    "two classes": CLASSES > 0,
    "several classes": np.column_stack([CLASSES > 0, VALUES > 0]).astype(int),
    "values": VALUES,
    "several values": np.column_stack([VALUES, -VALUES]),
    "positive": CLASSES,
}
# The data of a row of the parity table, as numbers with faults.
KINDS = {"codes": "positive", "words": "values", "kernel": "samples", "holes": "samples"}
NAMES = sorted(
    name for name, row in script.ROWS.items()
    if ":" not in name and (row.data in TARGETS or row.data in ("samples", *KINDS))
)


def _with(table, value, dtype=float):
    table = table.astype(dtype)
    table[3, 1] = value
    return table


def _targets(t):
    """Faulty targets, by their cases' names."""
    def everywhere(value):
        table = np.reshape(t, (N, -1)).astype(float)
        table[2] = value
        return table.reshape(t.shape)

    words = np.array(["a", "b", "c"])[CLASSES]
    many = t.ndim == 2
    return {
        "other number of targets": t[: N - 4],
        "no target": None,
        "target of three dimensions": np.zeros((N, 2, 2)),
        "NaN as target": everywhere(np.nan),
        "infinity as target": everywhere(np.inf),
        "words as target": np.column_stack([words, words]) if many else words,
        "values as target": np.column_stack([VALUES, VALUES]) if many else VALUES,
        "huge whole numbers as target": np.array([10**400] * N, dtype=object),
    }


def cases(kind):
    """A name, what `fit` is given, and what then is asked about (None: nothing)."""
    t = TARGETS.get(kind)
    table = np.abs(X) if kind == "positive" else X
    y = () if t is None else (t,)
    for name, faulty in {
        "NaN": _with(table, np.nan),
        "infinity": _with(table, np.inf),
        "minus infinity, narrow": _with(table, -np.inf).astype(np.float32),
        "a word": _with(table, "a", object),
        "a huge whole number": _with(table, 10**400, object),
        "unsigned numbers of 64 bits": (np.abs(table) * 1e3).astype(np.uint64) + np.uint64(2**63),
        "no feature": table[:, :0],
        "one dimension": table[:, 0],
        "three dimensions": table[:, :, None],
        "complex numbers": table + 1j,
        "sparse NaN": sparse.csr_matrix(_with(table, np.nan)),
    }.items():
        yield name, (faulty, *y), None
    for name, few in {"no sample": 0, "one sample": 1}.items():
        yield name, (table[:few], *(a[:few] for a in y)), table[:1]
    yield "constant features", (np.ones_like(table), *y), np.ones_like(table)
    for name, asked in {
        "asked about NaN": _with(table, np.nan),
        "asked about infinity": _with(table, np.inf),
        "asked about fewer features": table[:, :2],
        "asked about more features": np.hstack([table, table]),
        "asked about no sample": table[:0],
        "asked about a word": _with(table, "a", object),
        "asked about one dimension": table[0],
    }.items():
        yield name, (table, *y), asked
    if t is not None:
        for name, target in _targets(t).items():
            yield name, (table, target), None
        yield "one class", (table, np.zeros_like(t)), table
        yield "target as a column", (table, np.reshape(t, (N, -1))[:, :1]), table


# Where ours has words of its own, and why; an error of the same kind it is.
WORDS = {
    ("*", "no target"): "ours says the same of all estimators",
    ("*", "target of three dimensions"): "ours says what was given",
    ("AdaBoost*", "three dimensions"): "ours names the ensemble, not its part",
    ("CalibratedClassifierCV", "* sample"): "ours counts the classes' samples first",
    ("CategoricalNB", "*a word"): "numbers are read before they are made whole",
    ("CategoricalNB", "unsigned*"): "scikit-learn's numbers overflow and look negative",
    ("ClassifierChain", "words as target"): "NumPy's words",
    ("ColumnTransformer", "*"): "ours refuses the table, scikit-learn what its parts get of it",
    ("DecisionTree*", "other number*"): "as all other estimators say it",
    ("ExtraTree?*r", "other number*"): "as all other estimators say it",
    ("*SearchCV", "* sample"): "ours says that there are too few for the folds",
    ("TunedThresholdClassifierCV", "*"): "ours looks at all samples before the folds",
    ("LogisticRegressionCV", "one class"): "ours names the class as it was given",
    ("LogisticRegressionCV", "one sample"): "ours names the class as it was given",
    ("MultiOutput*", "no sample"): "ours refuses the samples, scikit-learn the targets",
    ("O*Encoder", "*"): "ours names the input and the estimator",
    ("TargetEncoder", "*"): "ours names the input and the estimator",
    ("OneVsRestClassifier", "no sample"): "ours refuses the samples, scikit-learn the target",
    ("OutputCodeClassifier", "*"): "ours checks before its parts do, and names itself",
    ("RidgeCV", "*"): "scikit-learn names a class of its own that nobody asked for",
    ("SplineTransformer", "NaN"): "as all other estimators say it",
    ("SplineTransformer", "no sample"): "ours counts to one first",
    **{(name, "sparse NaN"): "ours says that dense samples are wanted"
       for name in ("MinMaxScaler", "Pipeline", "FeatureUnion")},
}
# What ours takes and scikit-learn refuses, or the other way round, and why.
OTHERWISE = {
    **{(name, "sparse NaN"): "NaN is a missing value in sparse samples too" for name in (
        "Bagging*", "DecisionTree*", "ExtraTree*", "RandomForest*",
    )},
    **{(name, "unsigned*"): "ours has finite coefficients there" for name in ("SVC", "NuSVC", "OneClassSVM")},
    **{(name, case): "scikit-learn keeps any objects, and fails in `predict`"
       for name in ("KNeighborsRegressor", "RadiusNeighborsRegressor")
       for case in ("words as target", "huge*as target")},
}
# Where scikit-learn fails within NumPy, by another kind of error.
KIND = {("DummyRegressor", "no target"), ("MLPRegressor", "words as target")}
# Errors need no long descents.
QUICK = {"n_estimators": 2, "Cs": 2, "thresholds": 5}
# Of what is slow, these are enough: the others are its parts'.
SOME = {
    "NaN", "no sample", "one sample", "one class", "no target", "other number of targets", "constant features",
    "asked about fewer features", "asked about infinity",
}


def _listed(table, name, case):
    return next((key for key in table if fnmatch(name, key[0]) and fnmatch(case, key[1])), None)


def _says(library, name, fit, asked):
    row = script.ROWS[name]

    def run():
        if row.make:
            # What makes looks at its arguments; those of `fit` may be faulty.
            made = row.make(library, X, VALUES)
        else:
            made = script.class_of(library, name)(**row.options)
        there = made.get_params()
        made.set_params(**{k: 0 for k in there if k.split("__")[-1] == "random_state"})
        made.set_params(**{k: v for k, v in QUICK.items() if k in there})
        if name.startswith(("Hist", "MLP")):
            made.set_params(max_iter=3)
        made.fit(*fit)
        for method in ("predict", "transform", "kneighbors"):
            if asked is not None and hasattr(made, method):
                getattr(made, method)(asked)

    return outcome(run)[0]


def _first_line(text):
    text = text.split("\n")[0]
    text = re.sub(r"dtype\('.*?'\)", "its type", text)
    text = re.sub(r"(only one class).*", r"\1", text)
    return re.sub(r"(Unknown label type).*", r"\1", text)


used = set()


@pytest.mark.parametrize("name", NAMES)
@threadpool_limits.wrap(limits=1)
def test_what_cannot_be_is_refused(name):
    wrong = []
    slow = script.ROWS[name].slow or name == "SequentialFeatureSelector"
    for case, fit, asked in cases(KINDS.get(script.ROWS[name].data, script.ROWS[name].data)):
        if slow and case not in SOME:
            continue
        mine, other = (_says(library, name, fit, asked) for library in (script.OURS, script.THEIRS))
        if mine[0] != other[0]:
            listed = _listed(OTHERWISE, name, case)
            used.add(listed)
            if listed is None:
                wrong.append(f"{case}: {mine}, but {other}")
        elif mine[0] == "error" and other[1] and not _CRASH.search(other[2]):
            same_words = _first_line(other[2]) in _first_line(mine[2])
            listed = None if same_words else _listed(WORDS, name, case)
            used.add(listed)
            kind = mine[1] >= other[1] or (name, case) in KIND
            if not kind or not (same_words or listed):
                wrong.append(f"{case}: {mine}, but {other}")
    assert not wrong, "\n".join(wrong)


def test_every_exception_is_one():
    if used:
        # Those of the tests that ran: a part of them may have been chosen.
        assert used - {None} <= set(WORDS) | set(OTHERWISE)
    for names, _ in (*WORDS, *OTHERWISE):
        assert any(fnmatch(name, names) for name in NAMES), names


@pytest.mark.parametrize("name", ["OneHotEncoder", "OrdinalEncoder"])
@pytest.mark.parametrize("column", [["a", "b", "b"], [1, 2, 2], [1.0, None, np.nan]], ids=str)
def test_categories_that_were_not_there(name, column):
    table = np.array(column, dtype=object)[:, None]
    for unseen in ("c", 7, None):
        asked = np.array([[unseen], [column[0]]], dtype=object)
        answers = [
            outcome(lambda L=L: getattr(L.preprocessing, name)().fit(table).transform(asked))[0]
            for L in (script.OURS, script.THEIRS)
        ]
        assert answers[0][0] == answers[1][0], answers
        if answers[1][0] == "error":
            assert answers[0][1] >= answers[1][1]
            if "unknown categories" in answers[1][2]:
                assert "Found unknown categories" in answers[0][2] and "in column 0" in answers[0][2]


def test_labels_that_were_not_there():
    for library in (script.OURS, script.THEIRS):
        for known, asked in ((["a", "b"], ["a", "c"]), ([1, 2], [3])):
            with pytest.raises(ValueError, match="y contains previously unseen labels"):
                library.preprocessing.LabelEncoder().fit(known).transform(asked)
        # They have no column.
        binarizer = library.preprocessing.LabelBinarizer().fit(["a", "b", "d"])
        assert binarizer.transform(["b", "c"]).tolist() == [[0, 1, 0], [0, 0, 0]]


def test_missing_values_pass_selectors_whose_estimator_takes_them():
    holes = _with(X, np.nan)
    for library in (script.OURS, script.THEIRS):
        part = library.tree.DecisionTreeClassifier(random_state=0)
        selector = library.feature_selection.SelectFromModel(part).fit(holes, CLASSES)
        assert np.isnan(selector.transform(holes)).sum() == selector.get_support()[1]
        linear = library.feature_selection.SelectFromModel(library.linear_model.RidgeClassifier())
        with pytest.raises(ValueError, match="contains NaN"):
            linear.fit(X, CLASSES).transform(holes)
