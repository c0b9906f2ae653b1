"""Precision, recall and what is made of them, for each class and on average; the report of all."""

from __future__ import annotations

import warnings
from numbers import Integral, Real
from typing import Any

import numpy as np

from ..exceptions import UndefinedMetricWarning, warn
from ..utils._parameters import ARRAY, BOOLEAN, SPARSE, Choice, Span, Words, checked
from ..utils.multiclass import unique_labels
from ._confusion import multilabel_confusion_matrix
from ._targets import average_of_known, targets

_AVERAGES = (None, "micro", "macro", "weighted", "samples")
_BASIC = {
    "y_true": (ARRAY, SPARSE),
    "y_pred": (ARRAY, SPARSE),
    "labels": (ARRAY, None),
    "sample_weight": (ARRAY, None),
}
_AVERAGED = {
    **_BASIC,
    "pos_label": (Real, str, BOOLEAN, None),
    "average": (Words("micro", "macro", "samples", "weighted", "binary"), None),
}
_INSTEAD = {"zero_division": (Choice(0.0, 1.0), np.nan, Words("warn"))}
_BETA = {"beta": Span(Real, 0.0, None, "both")}


def _labels_for(y_true: Any, y_pred: Any, average: Any, labels: Any, pos_label: Any) -> Any:
    """The labels that count: the positive one where `average` is "binary"."""
    kind, present, *_ = targets(y_true, y_pred)
    if average != "binary":
        if pos_label not in (None, 1):
            warnings.warn(
                f"Note that pos_label (set to {pos_label!r}) is ignored when average != 'binary' "
                f"(got {average!r}). You may use labels=[pos_label] to specify a single positive "
                "class.",
                stacklevel=5,
            )
        return labels
    if kind != "binary":
        options = [a for a in _AVERAGES if kind != "multiclass" or a != "samples"]
        shown = options if kind == "multiclass" else list(_AVERAGES)
        raise ValueError(
            f"Target is {kind} but average='binary'. Please choose another average setting, one of "
            f"{shown!r}."
        )
    if pos_label not in present.tolist() and len(present) >= 2:
        raise ValueError(
            f"pos_label={pos_label} is not a valid label. It should be one of {present}"
        )
    return [pos_label]


def _ratio(
    over: np.ndarray, under: np.ndarray, metric: str, lacking: str, average: Any,
    warn_for: Any, zero_division: Any,
) -> np.ndarray:
    """`over / under`, and where there is nothing to divide by what `zero_division` says."""
    empty = under == 0
    result = over / np.where(empty, 1, under)
    if not empty.any():
        return result
    result[empty] = 0.0 if zero_division == "warn" else float(zero_division)
    if zero_division == "warn" and metric in warn_for:
        one, many = ("label", "samples") if average == "samples" else ("sample", "labels")
        where = "due to" if len(result) == 1 else f"in {many} with"
        warn(
            f"{metric.capitalize()} is ill-defined and being set to 0.0 {where} no {lacking} {one}s. "
            "Use `zero_division` parameter to control this behavior.",
            UndefinedMetricWarning,
            stacklevel=4,
        )
    return result


@checked(**_AVERAGED, **_INSTEAD, **_BETA, warn_for=(list, tuple, set))
def precision_recall_fscore_support(
    y_true: Any,
    y_pred: Any,
    *,
    beta: float = 1.0,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = None,
    warn_for: Any = ("precision", "recall", "f-score"),
    sample_weight: Any = None,
    zero_division: Any = "warn",
) -> tuple[Any, Any, Any, Any]:
    """Precision, recall, F-score and the number of samples of each class, or their averages.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_labels)
    beta : how much more recall weighs than precision
    labels : the classes that count, in their order; None is all, sorted
    pos_label : the class that counts where `average` is "binary"
    average : None (each class), "binary", "micro", "macro", "weighted" or "samples"
    warn_for : of which of the three a warning tells when there is nothing to divide by
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    zero_division : what counts then: 0, 1, NaN; "warn" is 0 with the warning

    Returns
    -------
    four ndarrays of shape (n_classes,), or three numbers and None

    Raises
    ------
    ValueError
        For targets or labels that do not fit.
    """
    labels = _labels_for(y_true, y_pred, average, labels, pos_label)
    table = multilabel_confusion_matrix(
        y_true, y_pred, sample_weight=sample_weight, labels=labels,
        samplewise=average == "samples",
    )
    hits = table[:, 1, 1]
    guessed, there = hits + table[:, 0, 1], hits + table[:, 1, 0]
    if average == "micro":
        hits, guessed, there = (np.sum(t, keepdims=True) for t in (hits, guessed, there))
    rest = (average, warn_for, zero_division)
    precision = _ratio(hits, guessed, "precision", "predicted", *rest)
    recall = _ratio(hits, there, "recall", "true", *rest)
    if np.isposinf(beta):
        score = recall
    elif beta == 0:
        score = precision
    else:
        square = beta**2
        score = _ratio(
            (1 + square) * hits, square * there.astype(np.float64) + guessed, "f-score",
            "true nor predicted", *rest,
        )
    if average is None:
        return precision, recall, score, there
    weights = {"weighted": there, "samples": sample_weight}.get(average)
    return *(average_of_known(v, weights) for v in (precision, recall, score)), None


@checked(**_AVERAGED, **_INSTEAD)
def precision_score(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = "warn",
) -> Any:
    """Of the samples that are taken for a class, the share that is of it.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_labels)
    labels : the classes that count, in their order; None is all, sorted
    pos_label : the class that counts where `average` is "binary"
    average : None (each class), "binary", "micro", "macro", "weighted" or "samples"
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    zero_division : what counts when nothing is taken for a class: 0, 1, NaN; "warn" is 0 with a warning
    """
    return precision_recall_fscore_support(
        y_true, y_pred, labels=labels, pos_label=pos_label, average=average,
        warn_for=("precision",), sample_weight=sample_weight, zero_division=zero_division,
    )[0]


@checked(**_AVERAGED, **_INSTEAD)
def recall_score(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = "warn",
) -> Any:
    """Of the samples of a class, the share that is taken for it.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_labels)
    labels : the classes that count, in their order; None is all, sorted
    pos_label : the class that counts where `average` is "binary"
    average : None (each class), "binary", "micro", "macro", "weighted" or "samples"
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    zero_division : what counts when a class has no samples: 0, 1, NaN; "warn" is 0 with a warning
    """
    return precision_recall_fscore_support(
        y_true, y_pred, labels=labels, pos_label=pos_label, average=average,
        warn_for=("recall",), sample_weight=sample_weight, zero_division=zero_division,
    )[1]


@checked(**_AVERAGED, **_INSTEAD, **_BETA)
def fbeta_score(
    y_true: Any,
    y_pred: Any,
    *,
    beta: float,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = "warn",
) -> Any:
    """The harmonic mean of precision and recall, with weights. Source: van Rijsbergen 1979.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_labels)
    beta : how much more recall weighs than precision
    labels : the classes that count, in their order; None is all, sorted
    pos_label : the class that counts where `average` is "binary"
    average : None (each class), "binary", "micro", "macro", "weighted" or "samples"
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    zero_division : what counts when there is nothing to divide by: 0, 1, NaN; "warn" is 0 with a warning
    """
    return precision_recall_fscore_support(
        y_true, y_pred, beta=beta, labels=labels, pos_label=pos_label, average=average,
        warn_for=("f-score",), sample_weight=sample_weight, zero_division=zero_division,
    )[2]


@checked(**_AVERAGED, **_INSTEAD)
def f1_score(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = "warn",
) -> Any:
    """The harmonic mean of precision and recall.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_labels)
    labels : the classes that count, in their order; None is all, sorted
    pos_label : the class that counts where `average` is "binary"
    average : None (each class), "binary", "micro", "macro", "weighted" or "samples"
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    zero_division : what counts when there is nothing to divide by: 0, 1, NaN; "warn" is 0 with a warning
    """
    return fbeta_score(
        y_true, y_pred, beta=1, labels=labels, pos_label=pos_label, average=average,
        sample_weight=sample_weight, zero_division=zero_division,
    )


@checked(**_AVERAGED, zero_division=(Choice(0, 1), Words("warn")))
def jaccard_score(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = "warn",
) -> Any:
    """The samples that are of a class and taken for it, as a share of those that are either.

    Source: Jaccard 1901.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_labels)
    labels : the classes that count, in their order; None is all, sorted
    pos_label : the class that counts where `average` is "binary"
    average : None (each class), "binary", "micro", "macro", "weighted" or "samples"
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    zero_division : what counts when there is nothing to divide by: 0, 1; "warn" is 0 with a warning
    """
    labels = _labels_for(y_true, y_pred, average, labels, pos_label)
    table = multilabel_confusion_matrix(
        y_true, y_pred, sample_weight=sample_weight, labels=labels,
        samplewise=average == "samples",
    )
    both = table[:, 1, 1]
    either = both + table[:, 0, 1] + table[:, 1, 0]
    if average == "micro":
        both, either = np.sum(both, keepdims=True), np.sum(either, keepdims=True)
    shares = _ratio(
        both, either, "jaccard", "true or predicted", average, ("jaccard",), zero_division
    )
    if average is None:
        return shares
    weights = {"weighted": table[:, 1].sum(axis=1), "samples": sample_weight}.get(average)
    if average == "weighted" and not weights.any():
        weights = None
    return float(np.average(shares, weights=weights))


_HEADERS = ("precision", "recall", "f1-score", "support")


@checked(
    **_BASIC,
    **_INSTEAD,
    target_names=(ARRAY, None),
    digits=Span(Integral, 0, None),
    output_dict=BOOLEAN,
)
def classification_report(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    target_names: Any = None,
    sample_weight: Any = None,
    digits: int = 2,
    output_dict: bool = False,
    zero_division: Any = "warn",
) -> Any:
    """Precision, recall, F1 and the number of samples of each class, and averages, as a table.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_labels)
    labels : the classes that count, in their order; None is all, sorted
    target_names : what the classes are called, in that order
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    digits : how many digits of the shares are shown
    output_dict : whether to give a dictionary instead of the text
    zero_division : what counts when there is nothing to divide by: 0, 1, NaN; "warn" is 0 with a warning

    Raises
    ------
    ValueError
        If there are not as many names as classes.
    """
    kind, present, true, guess, weights = targets(y_true, y_pred, sample_weight)
    given = labels is not None
    labels = np.asarray(labels) if given else present
    plain = kind != "multilabel-indicator"
    is_accuracy = plain and (not given or set(labels) >= set(unique_labels(true, guess)))
    if target_names is None:
        names = [str(label) for label in labels]
    else:
        names = target_names
        if len(labels) != len(names):
            if not given:
                raise ValueError(
                    f"Number of classes, {len(labels)}, does not match size of target_names, "
                    f"{len(names)}. Try specifying the labels parameter"
                )
            warnings.warn(
                f"labels size, {len(labels)}, does not match size of target_names, {len(names)}",
                stacklevel=3,
            )
    options = {"labels": labels, "sample_weight": weights, "zero_division": zero_division}
    *shares, support = precision_recall_fscore_support(true, guess, average=None, **options)
    # Fewer names than labels leave the last labels out.
    rows = list(zip(names, *shares, support))
    averages = []
    for average in ("micro", "macro", "weighted") + (() if plain else ("samples",)):
        heading = "accuracy" if average == "micro" and is_accuracy else f"{average} avg"
        *values, _ = precision_recall_fscore_support(true, guess, average=average, **options)
        averages.append((heading, *values, np.sum(support)))
    if output_dict:
        report: dict[str, Any] = {
            name: dict(zip(_HEADERS, map(float, values), strict=True))
            for name, *values in [*rows, *averages]
        }
        if is_accuracy:
            report["accuracy"] = report["accuracy"]["precision"]
        return report
    width = max(max(len(name) for name in names), len("weighted avg"), digits)
    lines = [" " * (width + 1) + "".join(f" {header:>9}" for header in _HEADERS), ""]
    for name, *values, samples in rows:
        lines.append(_line(name, values, samples, width, digits))
    lines.append("")
    for name, *values, samples in averages:
        if name == "accuracy":
            values = [None, None, values[-1]]
        lines.append(_line(name, values, samples, width, digits))
    return "\n".join(lines) + "\n"


def _line(name: str, shares: list[float | None], samples: Any, width: int, digits: int) -> str:
    cells = (" " * 10 if v is None else f" {v:>9.{digits}f}" for v in shares)
    return f"{name:>{width}s} {''.join(cells)} {samples:>9}"
