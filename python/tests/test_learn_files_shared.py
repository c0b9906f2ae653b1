"""Files that the command line wrote, read in Python: `golden/learn_files.py` makes them."""

import csv
import doctest
import json
import pathlib

import numpy as np
import pytest

from seodang import _native, learn
from seodang.learn import _files
from seodang.learn._tables import TableReader, from_rust

DATA = pathlib.Path(__file__).parents[2] / "golden" / "data" / "learn_files"
TRAINED = [
    "people_logistic", "people_tree", "people_linear", "people_average", "people_mean",
    "reviews_tree",
]


def columns(name):
    """The columns of the data as texts, by name, without any library."""
    with open(DATA / f"{name.split('_')[0]}.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return {n: [r[i] or None for r in rows[1:41]] for i, n in enumerate(rows[0])}


def said(name):
    return json.loads((DATA / f"{name}.json").read_text())


def check(model, X, name):
    want, got = said(name), model.predict(X)
    if "probabilities" not in want[0]:
        np.testing.assert_allclose(got, [w["prediction"] for w in want], rtol=1e-12)
        return
    assert got.tolist() == [w["prediction"] for w in want]
    table = [[w["probabilities"][c] for c in model.classes_] for w in want]
    np.testing.assert_allclose(model.predict_proba(X), table, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", TRAINED)
def test_what_the_command_line_trained_predicts_the_same(name, tmp_path):
    model = learn.load(DATA / f"{name}.seodang")
    assert isinstance(model, learn.pipeline.Pipeline)
    X = columns(name)
    check(model, X, name)
    names = model.feature_names_in_.tolist()
    assert names == [n for n in X if n in names]
    check(model, [list(row) for row in zip(*(X[n] for n in names), strict=True)], name)
    learn.save(model, tmp_path / "again")
    check(learn.load(tmp_path / "again"), X, name)


@pytest.mark.parametrize("name", TRAINED)
def test_frames_are_read_as_their_files_are(name):
    pandas = pytest.importorskip("pandas")
    model = learn.load(DATA / f"{name}.seodang")
    for kind in (None, str):
        frame = pandas.read_csv(DATA / f"{name.split('_')[0]}.csv", dtype=kind)[:40]
        if kind is None and "day" in frame and name == "people_tree":
            frame["day"] = pandas.to_datetime(frame["day"])
        check(model, frame.sample(frac=1, axis=1, random_state=0), name)
    with pytest.raises(ValueError, match="columns are missing"):
        model.predict(frame[[c for c in frame if c not in ("age", "review")]])


def test_an_average_is_a_vote_of_pythons_own():
    vote = learn.load(DATA / "people_average.seodang")[-1]
    assert type(vote) is learn.ensemble.VotingClassifier and vote.voting == "soft"
    assert len(vote.estimators_) == len(vote.weights) >= 2
    assert vote.named_estimators_[vote.estimators[0][0]] is vote.estimators_[0]
    mean = learn.load(DATA / "people_mean.seodang")[-1]
    assert type(mean) is learn.ensemble.VotingRegressor
    assert sum(mean.weights) == pytest.approx(1.0)


def test_the_parts_of_a_trained_model_are_pythons_own():
    model = learn.load(DATA / "people_tree.seodang")
    last = model[-1]
    assert type(last) is learn.tree.DecisionTreeClassifier and last.max_depth == 3
    assert last.classes_.tolist() == ["no", "yes"] and last.tree_.node_count > 1
    logistic = learn.load(DATA / "people_logistic.seodang")[-1]
    assert type(logistic) is learn.linear_model.LogisticRegression
    assert logistic.coef_.shape == (1, logistic.n_features_in_)


def test_what_python_saved_is_as_it_was():
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(DATA / "people.csv").drop(columns=["answer", "spent", "day"])[:40]
    for name in ("python_pipeline", "python_search", "python_vote", "python_bagging"):
        model = learn.load(DATA / f"{name}.seodang")
        got = model.predict(frame) if name == "python_search" else model.predict_proba(frame)
        np.testing.assert_allclose(got, said(name), rtol=1e-12)
    model = learn.load(DATA / "python_hard_vote.seodang")
    assert model.predict(frame).tolist() == said("python_hard_vote")


def test_votes_that_rust_has_read_are_counted_as_before(tmp_path):
    X, y = learn.datasets.load_iris(return_X_y=True)
    names = np.array(["a", "b", "c"])[y]
    voters = [
        ("bayes", learn.naive_bayes.GaussianNB()),
        ("linear", learn.linear_model.Perceptron(random_state=0)),
        ("tree", learn.tree.DecisionTreeClassifier(max_depth=1, random_state=0)),
    ]
    made = learn.ensemble.VotingClassifier(voters, weights=[1, 2, 1.5]).fit(X, names)
    learn.save(made, tmp_path / "vote.seodang")
    vote = from_rust(_native.Learned.from_bytes((tmp_path / "vote.seodang").read_bytes()))
    assert type(vote) is learn.ensemble.VotingClassifier and vote.voting == "hard"
    assert vote.classes_.tolist() == ["a", "b", "c"] and vote.weights == [1, 2, 1.5]
    np.testing.assert_array_equal(vote.predict(X), made.predict(X))
    np.testing.assert_array_equal(vote.transform(X), made.transform(X))


def test_words_of_a_pipeline_that_rust_read_and_saved_are_words_as_before(tmp_path):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({
        "size": [1.0, 2.5, np.nan, 4.0, 0.5, 3.0],
        "city": ["Seoul", "Busan", None, "Seoul", "Jeju", "Busan"],
        "grade": [2, 1, 3, 2, 1, 3],
    })
    words = learn.pipeline.make_pipeline(
        learn.impute.SimpleImputer(missing_values=None, strategy="most_frequent"),
        learn.preprocessing.OneHotEncoder(),
    )
    columns = learn.compose.ColumnTransformer([
        ("words", words, ["city"]),
        ("grades", learn.preprocessing.OneHotEncoder(), ["grade"]),
        ("numbers", learn.impute.SimpleImputer(), ["size"]),
    ])
    made = learn.pipeline.make_pipeline(columns, learn.linear_model.Ridge()).fit(frame, range(6))
    learn.save(made, tmp_path / "python.seodang")
    in_rust = _native.Learned.from_bytes((tmp_path / "python.seodang").read_bytes())
    (tmp_path / "rust.seodang").write_bytes(in_rust.to_bytes())
    again = learn.load(tmp_path / "rust.seodang")
    assert [type(step) for _, step in again.steps] == [type(step) for _, step in made.steps]
    np.testing.assert_allclose(again.predict(frame), made.predict(frame), rtol=1e-12)
    # In frames, columns are found by their names as before.
    other = frame[["grade", "size", "city"]].assign(more=1)
    np.testing.assert_allclose(again.predict(other), made.predict(frame), rtol=1e-12)
    assert again[0].get_feature_names_out().tolist() == made[0].get_feature_names_out().tolist()
    with pytest.raises(ValueError, match="columns are missing: {'city'}"):
        again.predict(frame.drop(columns="city"))


def test_a_reader_finds_columns_by_name_and_numbers_words():
    reader = TableReader([("size", None), ("city", ["a", "b"])])
    want = [[1.5, 1.0], [np.nan, -1.0], [3.0, np.nan]]
    table = {"other": [0, 0, 0], "city": ["b", "c", None], "size": [1.5, float("nan"), 3]}
    np.testing.assert_array_equal(reader.transform(table), want)
    rows = np.array([[1.5, "b"], [None, "c"], ["3", ""]], dtype=object)
    np.testing.assert_array_equal(reader.fit(None).transform(rows), want)
    assert reader.get_feature_names_out().tolist() == ["size", "city"]
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"size": [1.5, None, 3], "city": ["b", "c", pandas.NA]})
    np.testing.assert_array_equal(reader.transform(frame.convert_dtypes()), want)
    with pytest.raises(ValueError, match="X has 3 features, but TableReader is expecting 2"):
        reader.transform([[1, 2, 3]])
    with pytest.raises(ValueError, match="columns are missing: {'city'}"):
        reader.transform({"size": [1]})


def test_the_example_runs():
    results = doctest.testmod(_files)
    assert results.attempted and not results.failed
