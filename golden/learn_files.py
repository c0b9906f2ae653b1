"""Files of estimators that the command line wrote for Python to read, and Python for the command line.

    python learn_files.py SEODANG        # SEODANG is the program; writes data/learn_files/

The data are made here (NumPy's legacy generator, seed 0), so nothing depends on a library's version: a
table of people with numbers, words, dates and reviews, of which some are missing. Beside each file
`NAME.seodang` lies `NAME.json`: what its writer predicts for the first rows of `people.csv` or, if the
name says so, `reviews.csv`.
"""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

DATA = pathlib.Path(__file__).parent / "data" / "learn_files"
ROWS = 120


def people():
    rng = np.random.RandomState(0)
    rows = []
    for i in range(ROWS):
        age, city = rng.randint(18, 80), rng.choice(["Seoul", "Busan", "제주", "true"])
        income = round(rng.gamma(4, 500), 2)
        day = f"2024-{1 + i % 12:02}-{1 + i % 28:02}"
        yes = income > 1900 and city != "Busan" or age > 70
        cells = [age, city, income, day, "yes" if yes else "no", round(income / 3 + age, 1)]
        for j in range(3):
            if rng.rand() < 0.08:
                cells[j] = ""
        rows.append(cells)
    return ["age", "city", "income", "day", "answer", "spent"], rows


def reviews():
    rng = np.random.RandomState(1)
    words = {"good": "great 좋은 lovely moving".split(), "bad": "dull 지루한 awful slow".split()}
    rows = []
    for i in range(ROWS):
        kind = ["good", "bad"][i % 2]
        text = f"the {rng.choice(words[kind])} film {i} with a {rng.choice(words[kind])} end"
        rows.append([text, kind])
    return ["review", "kind"], rows


def write(path, table):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(table[0])
        writer.writerows(table[1])


def predicted(seodang, model, table):
    said = subprocess.run(
        [seodang, "predict", model, table, "--json"], check=True, capture_output=True, encoding="utf-8"
    )
    return [json.loads(line) for line in said.stdout.splitlines()]


def train(seodang, name, table, target, method, *options):
    run(seodang, name, table, "train", "--target", target, "--model", method,
        *(o for option in options for o in ("--set", option)))


def compare(seodang, name, table, target, methods):
    """What `compare` saves, which must be an average of settings here."""
    run(seodang, name, table, "compare", "--target", target, "--methods", methods, "--seconds", "2")
    assert b"Voting" in (DATA / f"{name}.seodang").read_bytes()


def run(seodang, name, table, command, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [seodang, command, DATA / table, *arguments, "--seed", "1", "--out", folder],
            check=True, capture_output=True,
        )
        content = (pathlib.Path(folder) / "model.safetensors").read_bytes()
    path = DATA / f"{name}.seodang"
    path.write_bytes(content)
    said = predicted(seodang, path, DATA / table)
    (DATA / f"{name}.json").write_text(json.dumps(said[:40], ensure_ascii=False, indent=0) + "\n")


def python(name, make, target):
    """A pipeline of Python's, and what it predicts: probabilities if it has some, or else values."""
    import pandas as pd

    from seodang import learn

    frame = pd.read_csv(DATA / "people.csv")
    X, y = frame.drop(columns=["answer", "spent", "day"]), frame[target]
    model = make(learn).fit(X, y)
    learn.save(model, DATA / f"{name}.seodang")
    said = model.predict_proba(X) if hasattr(model, "predict_proba") else model.predict(X)
    (DATA / f"{name}.json").write_text(json.dumps(said[:40].tolist()) + "\n")


def prepared(learn, last):
    pre, pipeline = learn.preprocessing, learn.pipeline.make_pipeline
    fill = learn.impute.SimpleImputer
    columns = learn.compose.make_column_transformer(
        (pipeline(fill(strategy="median"), pre.StandardScaler()), ["age", "income"]),
        (
            pipeline(fill(strategy="most_frequent"), pre.OneHotEncoder(handle_unknown="ignore")),
            ["city"],
        ),
    )
    return pipeline(columns, last)


def main():
    seodang = sys.argv[1]
    DATA.mkdir(exist_ok=True)
    write(DATA / "people.csv", people())
    write(DATA / "reviews.csv", reviews())
    train(seodang, "people_logistic", "people.csv", "answer", "logistic")
    train(seodang, "people_tree", "people.csv", "answer", "tree", "max_depth=3")
    train(seodang, "people_linear", "people.csv", "spent", "linear")
    compare(seodang, "people_average", "people.csv", "answer", "knn,linear,bayes,tree")
    compare(seodang, "people_mean", "people.csv", "spent", "knn,linear,tree")
    train(seodang, "reviews_tree", "reviews.csv", "kind", "tree", "max_depth=3")
    python(
        "python_pipeline", lambda learn: prepared(learn, learn.linear_model.LogisticRegression()),
        "answer",
    )
    python(
        "python_search", lambda learn: learn.model_selection.GridSearchCV(
            prepared(learn, learn.tree.DecisionTreeRegressor(random_state=0)),
            {"decisiontreeregressor__max_depth": [2, 3]}, cv=2,
        ),
        "spent",
    )
    python(
        "python_vote", lambda learn: learn.ensemble.VotingClassifier(
            [
                ("bayes", prepared(learn, learn.naive_bayes.BernoulliNB())),
                ("linear", prepared(learn, learn.linear_model.LogisticRegression())),
            ],
            voting="soft", weights=[1, 2],
        ),
        "answer",
    )
    python(
        "python_hard_vote", lambda learn: learn.ensemble.VotingClassifier([
            ("bayes", prepared(learn, learn.naive_bayes.BernoulliNB())),
            ("linear", prepared(learn, learn.linear_model.Perceptron(random_state=0))),
            ("tree", prepared(learn, learn.tree.DecisionTreeClassifier(max_depth=2, random_state=0))),
        ]),
        "answer",
    )
    python(
        "python_bagging", lambda learn: prepared(
            learn, learn.ensemble.BaggingClassifier(learn.naive_bayes.BernoulliNB(), 2, random_state=0)
        ),
        "answer",
    )


if __name__ == "__main__":
    main()
