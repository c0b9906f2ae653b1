"""Which of scikit-learn's public names ours lacks, and which parameters and methods of those it has.

    python python/coverage/sklearn_names.py [--short] [MODULE...]

A name stays away for a reason of `REASONS`; anything else that is missing makes the command fail, and so
does a reason for what is there by now. Both libraries must be installed.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import inspect
import sys
import warnings
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cache
from typing import Any

# The modules of the supervised half.
MODULES = (
    "base", "calibration", "compose", "datasets", "dummy", "ensemble", "exceptions",
    "feature_extraction", "feature_extraction.text", "feature_selection", "impute", "inspection", "isotonic",
    "linear_model", "metrics", "metrics.cluster", "metrics.pairwise", "model_selection",
    "multiclass", "multioutput", "naive_bayes", "neighbors", "neural_network", "pipeline",
    "preprocessing", "svm", "tree", "utils", "utils.class_weight", "utils.discovery",
    "utils.estimator_checks", "utils.extmath", "utils.multiclass", "utils.validation",
)

_UNSUPERVISED = "unsupervised: a later issue"
_ROUTING = "metadata routing is scikit-learn's own, off by default"
_CALLBACKS = "of sklearn.callback, which is experimental: a later issue"
_LOOP = "what a loop in the class's body left behind, none of its attributes"
_NET = "fetched from the net, hundreds of megabytes: read the files with pandas"
_PROBABILISTIC = "not among the methods of the supervised half: a later issue"
_COUNTERS = "counts the steps of scikit-learn's own search"

# Why a name is not there. A star stands for anything.
REASONS = {
    "*.get_metadata_routing": _ROUTING,
    "*.set_*_request": _ROUTING,
    "*.set_callbacks": _CALLBACKS,
    "base.BiclusterMixin": _UNSUPERVISED,
    "base.ClusterMixin": _UNSUPERVISED,
    "base.DensityMixin": _UNSUPERVISED,
    "base.is_clusterer": _UNSUPERVISED,
    "datasets.fetch_20newsgroups_vectorized": "TfidfVectorizer over fetch_20newsgroups gives it",
    "datasets.fetch_covtype": _NET,
    "datasets.fetch_file": "urllib.request.urlretrieve does it",
    "datasets.fetch_kddcup99": _NET,
    "datasets.fetch_lfw_pairs": _NET,
    "datasets.fetch_lfw_people": _NET,
    "datasets.fetch_olivetti_faces": _NET,
    "datasets.fetch_rcv1": _NET,
    "datasets.fetch_species_distributions": _NET,
    "ensemble.IsolationForest": _UNSUPERVISED,
    "ensemble.RandomTreesEmbedding": _UNSUPERVISED,
    "exceptions.PositiveSpectrumWarning": "of spectral methods: a later issue",
    "exceptions.SkipTestWarning": "of scikit-learn's own tests",
    "exceptions.EstimatorCheckFailedWarning": "scikit-learn's own checks raise theirs",
    "exceptions.UnsetMetadataPassedError": _ROUTING,
    "feature_extraction.grid_to_graph": "of pictures: a later issue",
    "feature_extraction.image": "of pictures: a later issue",
    "feature_extraction.img_to_graph": "of pictures: a later issue",
    "impute.IterativeImputer": "experimental there, and by BayesianRidge: a later issue",
    "linear_model.ARDRegression": _PROBABILISTIC,
    "linear_model.BayesianRidge": _PROBABILISTIC,
    "linear_model.GammaRegressor": _PROBABILISTIC,
    "linear_model.PoissonRegressor": _PROBABILISTIC,
    "linear_model.TweedieRegressor": _PROBABILISTIC,
    "linear_model.HuberRegressor": _PROBABILISTIC,
    "linear_model.Lars*": _PROBABILISTIC,
    "linear_model.LassoLars*": _PROBABILISTIC,
    "linear_model.MultiTask*": _PROBABILISTIC,
    "linear_model.OrthogonalMatchingPursuit*": _PROBABILISTIC,
    "linear_model.PassiveAggressive*": _PROBABILISTIC,
    "linear_model.QuantileRegressor": _PROBABILISTIC,
    "linear_model.RANSACRegressor": _PROBABILISTIC,
    "linear_model.*.loss_functions": "classes of scikit-learn's own C code",
    "linear_model.*.param": _LOOP,
    "linear_model.SGDOneClassSVM": _UNSUPERVISED,
    "linear_model.TheilSenRegressor": _PROBABILISTIC,
    "linear_model.lars_path*": _PROBABILISTIC,
    "linear_model.orthogonal_mp*": _PROBABILISTIC,
    "neighbors.*Tree.*_n_calls": _COUNTERS,
    "neighbors.*Tree.get_tree_stats": _COUNTERS,
    "neighbors.KernelDensity": _UNSUPERVISED,
    "neighbors.LocalOutlierFactor": _UNSUPERVISED,
    "neighbors.NeighborhoodComponentsAnalysis": _PROBABILISTIC,
    "neural_network.BernoulliRBM": _UNSUPERVISED,
    "svm.*.unused_param": _LOOP,
    "tree.BaseDecisionTree.*": "abstract: its subclasses have the parameters",
    "utils.*Tags": "scikit-learn asks for its own classes of tags",
    "utils.indexable.iterables": "its arguments have no name",
    "utils.validation.indexable.iterables": "its arguments have no name",
    "utils.deprecated": "of scikit-learn's own sources",
    "utils.estimator_html_repr": "estimators have _repr_html_",
    "utils.get_tags": "scikit-learn asks for its own classes of tags",
    "utils.metadata_routing": _ROUTING,
    "utils.murmurhash3_32": "FeatureHasher and HashingVectorizer hash by it",
    "utils.check_*.accept_large_sparse": "indices of both sizes are taken",
    "utils.check_*.force_writeable": "arrays of ours are writeable",
    "utils.validation.check_*.accept_large_sparse": "indices of both sizes are taken",
    "utils.validation.check_*.force_writeable": "arrays of ours are writeable",
    "utils.check_X_y.*": "taken as more arguments of check_array",
    "utils.validation.check_X_y.*": "taken as more arguments of check_array",
    "utils*.column_or_1d.device": "arrays are NumPy's",
    "utils.validation.validate_data.*": "taken as more arguments of check_array",
}


@dataclass
class Report:
    """What of a module is there, and what is not."""

    module: str
    there: int = 0
    missing: list[str] = field(default_factory=list)
    excused: dict[str, str] = field(default_factory=dict)

    def lacks(self, name: str) -> None:
        """Notes something that is missing, with its reason if it has one."""
        full = f"{self.module}.{name}"
        for pattern, reason in REASONS.items():
            if fnmatch(full, pattern):
                _used.add(pattern)
                self.excused[name] = reason
                return
        self.missing.append(name)


# The reasons that something needed.
_used: set[str] = set()


def names_of(module: Any) -> list[str]:
    """The public names of a module of scikit-learn's."""
    listed = getattr(module, "__all__", None)
    if listed is not None:
        return sorted(n for n in listed if not n.startswith("_"))
    own = module.__name__
    return sorted(
        n for n, v in vars(module).items()
        if not n.startswith("_") and getattr(v, "__module__", None) == own
        and (inspect.isfunction(v) or inspect.isclass(v))
    )


def parameters(value: Any) -> dict[str, inspect.Parameter] | None:
    """The parameters of a function or a class's constructor, if they can be known."""
    try:
        return dict(inspect.signature(value).parameters)
    except (TypeError, ValueError):
        return None


def compare(name: str) -> Report:
    """What of a module of scikit-learn's ours has."""
    report = Report(name)
    theirs = importlib.import_module(f"sklearn.{name}")
    for library in ("sklearn", "seodang.learn"):
        for switch in ("enable_halving_search_cv", "enable_iterative_imputer"):
            # What is experimental comes only when it is asked for.
            with contextlib.suppress(ImportError):
                importlib.import_module(f"{library}.experimental.{switch}")
    try:
        ours = importlib.import_module(f"seodang.learn.{name}")
    except ImportError:
        for lacking in names_of(theirs):
            report.lacks(lacking)
        return report
    for public in names_of(theirs):
        mine, other = getattr(ours, public, None), getattr(theirs, public)
        if mine is None:
            report.lacks(public)
            continue
        report.there += 1
        if inspect.ismodule(other) or not callable(other):
            continue
        wanted, given = parameters(other), parameters(mine)
        if wanted is not None and given is not None:
            for parameter in wanted:
                if parameter not in given:
                    report.lacks(f"{public}.{parameter}")
        if inspect.isclass(other):
            for method in dir(other):
                if method.startswith("_") or hasattr(mine, method):
                    continue
                # What they compute when asked, ours may keep since `fit`.
                if not (method.endswith("_") and hasattr(fitted(mine), method)):
                    report.lacks(f"{public}.{method}")
    return report


@cache
def fitted(kind: type) -> Any:
    """An estimator of ours that was fitted to a few samples, or None if it has other arguments."""
    options = {"kernel": "linear"} if "kernel" in (parameters(kind) or {}) else {}
    samples = [[float(i), float(i * i % 7)] for i in range(40)]
    with contextlib.suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return kind(**options).fit(samples, [i % 2 for i in range(40)])
    return None


def main(arguments: list[str]) -> int:
    """Prints the table; 1 if something is missing without a reason."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--short", action="store_true", help="without what has a reason")
    parser.add_argument("modules", nargs="*", default=list(MODULES))
    chosen = parser.parse_args(arguments)
    reports = [compare(name) for name in chosen.modules]
    for r in reports:
        print(f"{r.module:<26} {r.there:>4} there {len(r.missing):>4} missing "
              f"{len(r.excused):>4} with a reason")
    for r in reports:
        for name in r.missing:
            print(f"missing: {r.module}.{name}")
        if not chosen.short:
            for name, reason in r.excused.items():
                print(f"left out: {r.module}.{name}: {reason}")
    whole = set(chosen.modules) >= set(MODULES)
    stale = [p for p in REASONS if p not in _used] if whole else []
    for pattern in stale:
        print(f"a reason for nothing: {pattern}")
    return 1 if stale or any(r.missing for r in reports) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
