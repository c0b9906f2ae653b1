"""Which classes are taken for which: confusion matrices and what is one number of them."""

from __future__ import annotations

import warnings
from numbers import Real
from typing import Any

import numpy as np

from ..exceptions import UndefinedMetricWarning, warn
from ..utils._parameters import ARRAY, BOOLEAN, SPARSE, Choice, Span, Words, checked
from ..utils.validation import _num_samples, check_array, check_consistent_length
from ._targets import average, codes, targets

_TABLES = {
    "y_true": (ARRAY, SPARSE),
    "y_pred": (ARRAY, SPARSE),
    "sample_weight": (ARRAY, None),
}
_COLUMNS = {"y_true": ARRAY, "y_pred": ARRAY, "sample_weight": (ARRAY, None)}


@checked(**_TABLES, normalize=BOOLEAN)
def accuracy_score(
    y_true: Any, y_pred: Any, *, normalize: bool = True, sample_weight: Any = None
) -> float:
    """The share of samples whose label is right; of several labels, all must be.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_labels)
    normalize : False gives the number of them, not the share
    sample_weight : array-like of shape (n_samples,), how much each sample counts

    Raises
    ------
    ValueError
        For different numbers of samples, or labels that cannot be compared.
    """
    kind, _, true, guess, weights = targets(y_true, y_pred, sample_weight)
    right = true == guess
    if kind == "multilabel-indicator":
        right = right.all(axis=1)
    return average(right, weights, normalize=normalize)


@checked(**_TABLES, normalize=BOOLEAN)
def zero_one_loss(
    y_true: Any, y_pred: Any, *, normalize: bool = True, sample_weight: Any = None
) -> float:
    """The share of samples whose label is wrong.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_labels)
    normalize : False gives the number of them, not the share
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    """
    score = accuracy_score(y_true, y_pred, normalize=normalize, sample_weight=sample_weight)
    if normalize:
        return 1 - score
    return (_num_samples(y_true) if sample_weight is None else np.sum(sample_weight)) - score


@checked(**_TABLES)
def hamming_loss(y_true: Any, y_pred: Any, *, sample_weight: Any = None) -> float:
    """The share of labels that are wrong. Source: Tsoumakas and Katakis 2007.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_labels)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    """
    kind, _, true, guess, weights = targets(y_true, y_pred, sample_weight)
    wrong = true != guess
    if kind == "multilabel-indicator":
        wrong = wrong.mean(axis=1)
    return average(wrong, weights)


@checked(**_COLUMNS, labels=(ARRAY, None), normalize=(Words("true", "pred", "all"), None))
def confusion_matrix(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    sample_weight: Any = None,
    normalize: str | None = None,
) -> np.ndarray:
    """How many samples of each class (row) are taken for each (column).

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,)
    labels : the classes that count, in their order; None is all, sorted
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    normalize : "true" gives shares of rows, "pred" of columns, "all" of everything

    Returns
    -------
    ndarray of shape (n_classes, n_classes)

    Raises
    ------
    ValueError
        If no class of `labels` is in `y_true`, or the targets are no classes.
    """
    true, guess = (
        check_array(y, dtype=None, ensure_2d=False, ensure_all_finite=False, ensure_min_samples=0)
        for y in (y_true, y_pred)
    )
    # Without weights each sample counts once, which scikit-learn's message of lengths shows.
    check_consistent_length(true, guess, true if sample_weight is None else sample_weight)
    kind, present, true, guess, weights = targets(true, guess, sample_weight)
    if kind not in ("binary", "multiclass"):
        raise ValueError(f"{kind} is not supported")
    if labels is None:
        labels = present
    else:
        labels = np.asarray(labels)
        if labels.size == 0:
            raise ValueError("'labels' should contain at least one label.")
        if not np.isin(true, labels).any():
            raise ValueError("At least one label specified must be in y_true")
    n = labels.size
    # Of a label that is listed twice the last place counts.
    place = {label: i for i, label in enumerate(labels.tolist())}
    where = np.asarray([place.get(label, n) for label in present.tolist()])
    rows, columns = where[codes(present, true)], where[codes(present, guess)]
    inside = (rows < n) & (columns < n)
    cells = rows[inside] * n + columns[inside]
    if weights is not None:
        weights = weights[inside]
    table = np.bincount(cells, weights, minlength=n * n).reshape(n, n)
    if weights is not None and weights.dtype.kind in "iub":
        table = table.astype(np.int64)
    with np.errstate(all="ignore"):
        if normalize == "true":
            table = np.nan_to_num(table / table.sum(axis=1, keepdims=True))
        elif normalize == "pred":
            table = np.nan_to_num(table / table.sum(axis=0, keepdims=True))
        elif normalize == "all":
            table = np.nan_to_num(table / table.sum())
    if n == 1:
        warnings.warn(
            "A single label was found in 'y_true' and 'y_pred'. For the confusion matrix to have "
            "the correct shape, use the 'labels' parameter to pass all known labels.",
            stacklevel=3,
        )
    return table


@checked(**_TABLES, labels=(ARRAY, None), samplewise=BOOLEAN)
def multilabel_confusion_matrix(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    labels: Any = None,
    samplewise: bool = False,
) -> np.ndarray:
    """For each class, how many samples of it and of the others are taken for it and for others.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_labels)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    labels : the classes that count, in their order; None is all, sorted
    samplewise : whether to count labels for each sample instead

    Returns
    -------
    ndarray of shape (n_classes, 2, 2) or (n_samples, 2, 2): [[others right, taken for it], [missed, right]]

    Raises
    ------
    ValueError
        For labels that there are not, or `samplewise` of one label a sample.
    """
    kind, present, true, guess, weights = targets(y_true, y_pred, sample_weight)
    chosen = present if labels is None else np.asarray(labels)
    if kind != "multilabel-indicator":
        if samplewise:
            raise ValueError(
                "Samplewise metrics are not available outside of multilabel classification."
            )
        every = np.unique(np.concatenate([chosen, np.setdiff1d(present, chosen)]))
        rows, columns, wanted = codes(every, true), codes(every, guess), codes(every, chosen)
        right = rows == columns

        def count(places, weights):
            return np.bincount(places, weights, minlength=len(every))[wanted]

        hits = count(rows[right], None if weights is None else weights[right])
        guessed, there = count(columns, weights), count(rows, weights)
    else:
        if len(chosen) and chosen.max() > present.max():
            raise ValueError(
                "All labels must be in [0, n labels) for multilabel targets. Got "
                f"{chosen.max()} > {present.max()}"
            )
        if len(chosen) and chosen.min() < 0:
            raise ValueError(
                f"All labels must be in [0, n labels) for multilabel targets. Got {chosen.min()} < 0"
            )
        if labels is not None:
            true, guess = true[:, chosen], guess[:, chosen]

        def count(table, weights):
            if samplewise:
                sums = table.sum(axis=1)
                return sums if weights is None else sums * weights
            return table.sum(axis=0) if weights is None else weights.astype(np.float64) @ table

        hits, guessed, there = (count(t, weights) for t in (true & guess, guess, true))
    if samplewise:
        whole = true.shape[1] * (1 if weights is None else weights)
    else:
        whole = len(true) if weights is None else weights.sum()
    extra, missed = guessed - hits, there - hits
    rest = whole - hits - extra - missed
    return np.stack([rest, extra, missed, hits], axis=1).reshape(-1, 2, 2)


@checked(**_COLUMNS, adjusted=BOOLEAN)
def balanced_accuracy_score(
    y_true: Any, y_pred: Any, *, sample_weight: Any = None, adjusted: bool = False
) -> float:
    """The mean over the classes of the share of their samples that are right.

    Source: Brodersen, Ong, Stephan and Buhmann 2010.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    adjusted : whether chance is 0 instead of 1 / n_classes
    """
    table = confusion_matrix(y_true, y_pred, sample_weight=sample_weight)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.diag(table) / table.sum(axis=1)
    if np.isnan(shares).any():
        warnings.warn("y_pred contains classes not in y_true", stacklevel=3)
        shares = shares[~np.isnan(shares)]
    score = shares.mean()
    if adjusted:
        chance = 1 / len(shares)
        with np.errstate(divide="ignore", invalid="ignore"):
            score = (score - chance) / (1 - np.float64(chance))
    return float(score)


@checked(**_COLUMNS)
def matthews_corrcoef(y_true: Any, y_pred: Any, *, sample_weight: Any = None) -> float:
    """The correlation of true and predicted classes. Sources: Matthews 1975, Gorodkin 2004.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    """
    kind, _, true, guess, weights = targets(y_true, y_pred, sample_weight)
    if kind not in ("binary", "multiclass"):
        raise ValueError(f"{kind} is not supported")
    table = confusion_matrix(true, guess, sample_weight=weights).astype(np.float64)
    there, guessed, whole = table.sum(axis=1), table.sum(axis=0), table.sum()
    together = np.trace(table) * whole - there @ guessed
    scale = (whole**2 - guessed @ guessed) * (whole**2 - there @ there)
    return 0.0 if scale == 0 else float(together / np.sqrt(scale))


@checked(
    y1=ARRAY,
    y2=ARRAY,
    labels=(ARRAY, None),
    weights=(Words("linear", "quadratic"), None),
    sample_weight=(ARRAY, None),
    replace_undefined_by=(Span(Real, -1.0, 1.0, "both"), np.nan),
)
def cohen_kappa_score(
    y1: Any,
    y2: Any,
    *,
    labels: Any = None,
    weights: str | None = None,
    sample_weight: Any = None,
    replace_undefined_by: float = np.nan,
) -> float:
    """How much more two raters agree than by chance. Source: Cohen 1960.

    Parameters
    ----------
    y1, y2 : array-likes of shape (n_samples,), the ratings
    labels : the classes that count, in their order; None is all, sorted
    weights : how much a disagreement weighs: the distance of the classes, its square, or 1
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    replace_undefined_by : the score where it is undefined
    """
    try:
        table = confusion_matrix(y1, y2, labels=labels, sample_weight=sample_weight)
    except ValueError as error:
        if "At least one label specified must be in y_true" not in str(error):
            raise
        raise ValueError(
            "At least one label in `labels` must be present in `y1` (even though "
            "`cohen_kappa_score` is otherwise agnostic to the order of `y1` and `y2`)."
        ) from error
    table = table.astype(np.float64)
    columns, rows, whole = table.sum(axis=0), table.sum(axis=1), table.sum()
    if whole == 0:
        warn(
            "`y2` contains no labels that are present in both `y1` and `labels`."
            "`cohen_kappa_score` is undefined and set to the value defined by the "
            f"`replace_undefined_by` param, which is set to {replace_undefined_by}.",
            UndefinedMetricWarning,
            stacklevel=3,
        )
        return replace_undefined_by
    places = np.arange(len(table))
    apart = np.abs(places[:, None] - places[None, :])
    cost = {None: apart > 0, "linear": apart, "quadratic": apart**2}[weights]
    chance = np.sum(cost * np.outer(columns, rows) / whole)
    if chance == 0:
        warn(
            "`y1`, `y2` and `labels` have only one label in common. `cohen_kappa_score` is "
            "undefined and set to the value defined by the the `replace_undefined_by` param, which "
            f"is set to {replace_undefined_by}.",
            UndefinedMetricWarning,
            stacklevel=3,
        )
        return replace_undefined_by
    return float(1 - np.sum(cost * table) / chance)


_UNDEFINED = (
    "set to `np.nan`. Use the `replace_undefined_by` param to control this behavior. To suppress "
    "this warning or turn it into an error, see Python's `warnings` module and "
    "`warnings.catch_warnings()`."
)


def _replacements(given: Any) -> tuple[float, float]:
    if not isinstance(given, dict):
        return (given, given)

    def fits(key, low, high):
        value = given.get(key)
        return isinstance(value, Real) and (value != value or low <= value <= high)

    if not (fits("LR+", 1.0, np.inf) and fits("LR-", 0.0, 1.0)):
        raise ValueError(
            "The dictionary passed as `replace_undefined_by` needs to be in the form `{'LR+': "
            "`value_1`, 'LR-': `value_2`}` where the value for `LR+` ranges from `1.0` to `np.inf` "
            "or is `np.nan` and the value for `LR-` ranges from `0.0` to `1.0` or is `np.nan`; got "
            f"`{given}`."
        )
    return given["LR+"], given["LR-"]


@checked(
    **_TABLES, labels=(ARRAY, None), replace_undefined_by=(Choice(1.0, np.nan), dict)
)
def class_likelihood_ratios(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    sample_weight: Any = None,
    replace_undefined_by: Any = np.nan,
) -> tuple[float, float]:
    """How much a positive and a negative prediction change the odds of the positive class.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) of two classes
    labels : the negative and the positive class; None is sorted
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    replace_undefined_by : the ratios where they are undefined: NaN, 1, or {"LR+": ..., "LR-": ...}

    Returns
    -------
    the positive and the negative likelihood ratio

    Raises
    ------
    ValueError
        If there are not two classes.
    """
    kind, _, true, guess, weights = targets(y_true, y_pred, sample_weight)
    if kind != "binary":
        raise ValueError(
            "class_likelihood_ratios only supports binary classification problems, got targets of "
            f"type: {kind}"
        )
    without = _replacements(replace_undefined_by)
    table = confusion_matrix(true, guess, sample_weight=weights, labels=labels)
    rest, extra, missed, hits = table.ravel()
    there, others = hits + missed, rest + extra
    if there == 0:
        warn(
            "No samples of the positive class are present in `y_true`. `positive_likelihood_ratio` "
            f"and `negative_likelihood_ratio` are both {_UNDEFINED}",
            UndefinedMetricWarning,
            stacklevel=3,
        )
    if extra == 0:
        if hits == 0:
            why = "No samples were predicted for the positive class and `positive_likelihood_ratio` is "
        else:
            why = "`positive_likelihood_ratio` is ill-defined and "
        warn(
            why + "set to `np.nan`. Use the `replace_undefined_by` param to ",
            UndefinedMetricWarning,
            stacklevel=3,
        )
        positive = without[0]
    else:
        with np.errstate(invalid="ignore"):
            positive = hits * others / (extra * there)
    if rest == 0:
        warn(
            f"`negative_likelihood_ratio` is ill-defined and {_UNDEFINED}",
            UndefinedMetricWarning,
            stacklevel=3,
        )
        negative = without[1]
    else:
        with np.errstate(invalid="ignore"):
            negative = missed * others / (rest * there)
    return float(positive), float(negative)
