"""The Python classes of estimators, from the Rust records of `seodang-learn`."""

from __future__ import annotations

import textwrap
from pathlib import Path

from .records import _literal

_HEADER = '''"""{about}

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

{imports}
'''

_TASKS = {
    "Classifier": "RecordClassifier",
    "OutlierDetector": "RecordOutlierDetector",
    "Regressor": "RecordRegressor",
    "Transformer": "RecordTransformer",
}

# The classes that give an estimator its methods.
_METHODS = {
    "predict_proba": "Probabilities",
    "coef_init": "Initialised",
    "decision_function": "Decisions",
    "loss_proba": "LossProbabilities",
    "kneighbors": "Neighbors",
    "radius_neighbors": "RadiusNeighbors",
    "radius_means": "RadiusMeans",
    "radius_votes": "RadiusVotes",
    "partial_fit": "Batches",
    "inverse_transform": "Inverse",
    "get_feature_names_out": "Named",
    "predict_joint_log_proba": "JointLikelihoods",
    "stateless": "Stateless",
    "support_vectors": "SupportVectors",
    "sparse_coef_": "SparseCoefficients",
    "tree": "BaseDecisionTree",
    "forest": "Forests",
    "sparsify": "Sparsify",
    "votes": "Votes",
    "staged_predict_proba": "StagedProbabilities",
    "staged_rounds": "HistogramBoosting",
    "staged_trees": "StagedTrees",
}

# Those whose methods are others for classifiers.
_OF_CLASSIFIERS = {"Batches": "ClassBatches", "BaseDecisionTree": "ClassTrees"}

# Of the parameters, scikit-learn takes only one of these by its place, if it is the first.
_BY_PLACE = (
    "alpha", "degree", "estimator", "feature_range", "hidden_layer_sizes", "loss", "method", "n_bins",
    "n_estimators", "n_knots", "n_neighbors", "norm", "penalty", "radius",
)

# Where it takes more than one.
_PLACES = {"MLPClassifier": 2, "MLPRegressor": 3}

_WORDS = {
    "Any": "from typing import Any",
    "ArrayLike": "from numpy.typing import ArrayLike",
    "Callable": "from collections.abc import Callable",
    "ClassVar": "from typing import ClassVar",
    "Literal": "from typing import Literal",
    "Sequence": "from collections.abc import Sequence",
}


def _bases(entry: dict) -> list[str]:
    tags = entry["tags"]
    if tags["requires_y"]:
        fit = "Weighted" if tags["weights"] else "Plain"
    else:
        fit = "WeightedUnlabelled" if tags["weights"] else "Unlabelled"
    task = _TASKS.get(entry["task"], "RecordEstimator")
    methods = [_METHODS[m] for m in entry["methods"]]
    if entry["task"] == "Classifier":
        methods = [_OF_CLASSIFIERS.get(m, m) for m in methods]
    return [*methods, fit, task]


def _paragraph(text: str, indent: int) -> list[str]:
    margin = " " * indent
    return textwrap.wrap(
        " ".join(text.split()), 100, initial_indent=margin, subsequent_indent=margin,
        break_long_words=False, break_on_hyphens=False,
    )


def _doc(entry: dict) -> list[str]:
    paragraphs = [p for p in entry["doc"].split("```")[0].split("\n\n") if p.strip()]
    lines = _paragraph('"""' + paragraphs[0].strip(), 4)
    for paragraph in paragraphs[1:]:
        lines += ["", *_paragraph(paragraph, 4)]
    if entry["parameters"]:
        lines += ["", "    Parameters", "    ----------"]
    for p in entry["parameters"]:
        lines += _paragraph(f"{p['name']} : {p['annotation']}, default={p['default']!r}", 4)
        lines += _paragraph(p["doc"], 8)
    return [*lines, '    """']


def _default(value: object) -> str:
    """A parameter's default, which must not be anything that can change."""
    if isinstance(value, list):
        return f"({', '.join(map(_default, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, float) and value != value:
        return 'float("nan")'
    return _literal(value)


def _class(entry: dict) -> list[str]:
    lines = ["", "", f"class {entry['name']}({', '.join(_bases(entry))}):", *_doc(entry), ""]
    lines.append("    _flags: ClassVar[dict[str, bool]] = {")
    lines += [f"        {_literal(k)}: {v!r}," for k, v in entry["tags"].items()]
    lines += ["    }", "", "    def __init__(", "        self,"]
    parameters = entry["parameters"]
    placed = 1 if parameters and parameters[0]["name"] in _BY_PLACE else 0
    placed = _PLACES.get(entry["name"], placed)
    for i, p in enumerate(parameters):
        if i == placed:
            lines.append("        *,")
        lines.append(f"        {p['name']}: {p['annotation']} = {_default(p['default'])},")
    lines.append("    ) -> None:")
    lines += [f"        self.{p['name']} = {p['name']}" for p in parameters] or ["        pass"]
    return lines


def _module(about: str, table: list[dict]) -> str:
    table = sorted(table, key=lambda e: e["name"])
    body = [line for entry in table for line in _class(entry)]
    text = "\n".join(body)
    used = {b for entry in table for b in _bases(entry)}
    homes: dict[str, list[str]] = {}
    for base in sorted(used):
        methods = {*_METHODS.values(), *_OF_CLASSIFIERS.values()}
        home = ".._methods" if base in methods else ".._record"
        homes.setdefault(home, []).append(base)
    lines = [line for word, line in _WORDS.items() if f"{word}[" in text or f" {word}" in text]
    lines = _joined(lines)
    lines += ["", *(f"from {home} import {', '.join(names)}" for home, names in homes.items())]
    header = _HEADER.format(about=about, imports="\n".join(lines)).rstrip("\n")
    names = [f"    {_literal(entry['name'])}," for entry in table]
    return "\n".join([header, *body, "", "", "NAMES = (", *names, ")"]) + "\n"


def _joined(lines: list[str]) -> list[str]:
    """One import for each module."""
    homes: dict[str, list[str]] = {}
    for line in sorted(lines):
        home, name = line.removeprefix("from ").split(" import ")
        homes.setdefault(home, []).append(name)
    return [f"from {home} import {', '.join(names)}" for home, names in homes.items()]


def outputs(root: Path) -> dict[Path, str]:
    """The texts of the files with the estimators' classes, by their paths below the package."""
    from .. import _native

    families: dict[str, list[dict]] = {}
    for entry in _native.learn_classes():
        families.setdefault(entry["module"], []).append(entry)
    return {
        root / "learn" / module / "_generated.py": _module(
            f"Estimators of `{module}`, computed in Rust.", table
        )
        for module, table in families.items()
    }
