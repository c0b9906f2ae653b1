"""Made samples of classes. Streams of random numbers are drawn in scikit-learn's order.

So programs that print what they learn of made samples print the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral, Real
from typing import Any

import numpy as np

from .._sampling import distinct
from ..utils._bunch import Bunch
from ..utils._parameters import ARRAY, BOOLEAN, RANDOM, Choice, Span, Words, checked
from ..utils._samples import shuffle as shuffled
from ..utils.validation import check_array, check_random_state

_COUNT = Span(Integral, 1, None)
_RANDOM = {"random_state": RANDOM}
_SHUFFLE = {"shuffle": BOOLEAN}
_NOISE = Span(Real, 0, None)


def _corners(count: int, dimensions: int, random: np.random.RandomState) -> np.ndarray:
    """Different corners of the unit cube."""
    if dimensions > 30:
        first = random.randint(2, size=(count, dimensions - 30))
        return np.hstack([first, _corners(count, 30, random)])
    numbers = distinct(2**dimensions, count, random)
    return (numbers[:, None] >> np.arange(dimensions)[::-1]) & 1


def _shares(weights: Any, classes: int) -> list[float]:
    if weights is None:
        return [1.0 / classes] * classes
    if len(weights) not in (classes, classes - 1):
        raise ValueError("Weights specified but incompatible with number of classes.")
    weights = list(weights)
    return weights if len(weights) == classes else [*weights, 1.0 - sum(weights)]


@checked(
    n_samples=_COUNT, n_features=_COUNT, n_informative=_COUNT,
    n_redundant=Span(Integral, 0, None), n_repeated=Span(Integral, 0, None), n_classes=_COUNT,
    n_clusters_per_class=_COUNT, weights=(ARRAY, None), flip_y=Span(Real, 0, 1, "both"),
    class_sep=Span(Real, 0, None), hypercube=BOOLEAN,
    shift=(Span(Real, None, None, "neither"), ARRAY, None),
    scale=(Span(Real, 0, None, "neither"), ARRAY, None), return_X_y=BOOLEAN, **_SHUFFLE, **_RANDOM,
)
def make_classification(
    n_samples: int = 100,
    n_features: int = 20,
    *,
    n_informative: int = 2,
    n_redundant: int = 2,
    n_repeated: int = 0,
    n_classes: int = 2,
    n_clusters_per_class: int = 2,
    weights: Any = None,
    flip_y: float = 0.01,
    class_sep: float = 1.0,
    hypercube: bool = True,
    shift: Any = 0.0,
    scale: Any = 1.0,
    shuffle: bool = True,
    random_state: Any = None,
    return_X_y: bool = True,
) -> Any:
    """Classes of clusters around corners of a cube, with features that say nothing. Source: Guyon 2003.

    Parameters
    ----------
    n_samples, n_features : how many
    n_informative : how many features tell the classes apart
    n_redundant : how many are mixtures of these
    n_repeated : how many are copies of either; the others are noise
    n_classes, n_clusters_per_class : how many
    weights : the shares of the classes
    flip_y : the share of samples whose class is drawn at random
    class_sep : how far the corners are apart
    hypercube : whether the clusters are at corners of a cube, or of any parallelepiped
    shift, scale : what features are shifted and multiplied by; None draws it
    shuffle : whether samples and features are shuffled
    random_state : seed or generator
    return_X_y : whether to give (X, y) alone

    Returns
    -------
    X of shape (n_samples, n_features), y of shape (n_samples,), or a Bunch of these and what each
    feature is

    Raises
    ------
    ValueError
        For more clusters than corners, or features that do not add up.
    """
    random = check_random_state(random_state)
    known = n_informative + n_redundant
    if known + n_repeated > n_features:
        raise ValueError(
            "Number of informative, redundant and repeated features must sum to less than the "
            "number of total features"
        )
    if n_informative < np.log2(n_classes * n_clusters_per_class):
        raise ValueError(
            f"n_classes({n_classes}) * n_clusters_per_class({n_clusters_per_class}) must be smaller "
            f"or equal 2**n_informative({n_informative})={2 ** n_informative}"
        )
    shares = _shares(weights, n_classes)
    clusters = n_classes * n_clusters_per_class
    sizes = [int(n_samples * shares[k % n_classes] / n_clusters_per_class) for k in range(clusters)]
    for i in range(n_samples - sum(sizes)):
        sizes[i % clusters] += 1
    X, y = np.zeros((n_samples, n_features)), np.zeros(n_samples, dtype=int)
    centres = (2 * class_sep) * _corners(clusters, n_informative, random).astype(float) - class_sep
    if not hypercube:
        centres *= random.uniform(size=(clusters, 1))
        centres *= random.uniform(size=(1, n_informative))
    X[:, :n_informative] = random.standard_normal(size=(n_samples, n_informative))
    start = 0
    for k, size in enumerate(sizes):
        own = slice(start, start + size)
        start += size
        y[own] = k % n_classes
        mixing = 2 * random.uniform(size=(n_informative, n_informative)) - 1
        X[own, :n_informative] = X[own, :n_informative] @ mixing + centres[k]
    if n_redundant > 0:
        mixing = 2 * random.uniform(size=(n_informative, n_redundant)) - 1
        X[:, n_informative:known] = X[:, :n_informative] @ mixing
    if n_repeated > 0:
        copied = ((known - 1) * random.uniform(size=n_repeated) + 0.5).astype(np.intp)
        X[:, known : known + n_repeated] = X[:, copied]
    noise = n_features - known - n_repeated
    if noise > 0:
        X[:, -noise:] = random.standard_normal(size=(n_samples, noise))
    flipped = random.uniform(size=n_samples) < flip_y
    y[flipped] = random.randint(n_classes, size=flipped.sum())
    moved = (2 * random.uniform(size=n_features) - 1) * class_sep if shift is None else shift
    X += moved
    stretched = 1 + 100 * random.uniform(size=n_features) if scale is None else scale
    X *= stretched
    places = np.arange(n_features)
    if shuffle:
        X, y = shuffled(X, y, random_state=random)
        random.shuffle(places)
        X[:, :] = X[:, places]
    if return_X_y:
        return X, y
    kinds = (
        ["informative"] * n_informative + ["redundant"] * n_redundant + ["repeated"] * n_repeated
        + ["random"] * noise
    )
    parameters = {
        "n_samples": n_samples, "n_features": n_features, "n_informative": n_informative,
        "n_redundant": n_redundant, "n_repeated": n_repeated, "n_classes": n_classes,
        "n_clusters_per_class": n_clusters_per_class, "weights": weights, "flip_y": flip_y,
        "class_sep": class_sep, "hypercube": hypercube, "shift": moved, "scale": stretched,
        "shuffle": shuffle, "random_state": random_state, "return_X_y": return_X_y,
    }
    return Bunch(
        DESCR=make_classification.__doc__, parameters=parameters,
        feature_info=[kinds[i] for i in places], X=X, y=y,
    )


@checked(
    n_samples=(_COUNT, ARRAY), n_features=_COUNT, centers=(_COUNT, ARRAY, None),
    cluster_std=(Span(Real, 0, None), ARRAY), center_box=tuple, return_centers=BOOLEAN,
    **_SHUFFLE, **_RANDOM,
)
def make_blobs(
    n_samples: Any = 100,
    n_features: int = 2,
    *,
    centers: Any = None,
    cluster_std: Any = 1.0,
    center_box: tuple[float, float] = (-10.0, 10.0),
    shuffle: bool = True,
    random_state: Any = None,
    return_centers: bool = False,
) -> Any:
    """Round clusters.

    Parameters
    ----------
    n_samples : how many, or how many in each cluster
    n_features : how many
    centers : how many clusters, or where they are; None is 3
    cluster_std : the standard deviation, or that of each cluster
    center_box : between which values centres are drawn
    shuffle : whether samples are shuffled
    random_state : seed or generator
    return_centers : whether to give the centres too

    Returns
    -------
    X of shape (n_samples, n_features), y of shape (n_samples,), and the centres if wanted

    Raises
    ------
    ValueError
        For numbers of clusters that do not fit.
    """
    random = check_random_state(random_state)

    def drawn(count):
        return random.uniform(*center_box, size=(count, n_features))

    if isinstance(n_samples, Integral):
        wanted = 3 if centers is None else centers
        centers = drawn(wanted) if isinstance(wanted, Integral) else check_array(wanted)
        each, more = divmod(n_samples, len(centers))
        sizes = [each + (i < more) for i in range(len(centers))]
    else:
        centers = drawn(len(n_samples)) if centers is None else centers
        if not isinstance(centers, Iterable):
            raise ValueError(f"Parameter `centers` must be array-like. Got {centers!r} instead")
        if len(centers) != len(n_samples):
            raise ValueError(
                "Length of `n_samples` not consistent with number of centers. Got n_samples = "
                f"{n_samples} and centers = {centers}"
            )
        centers, sizes = check_array(centers), list(n_samples)
    if hasattr(cluster_std, "__len__") and len(cluster_std) != len(centers):
        raise ValueError(
            "Length of `clusters_std` not consistent with number of centers. Got centers = "
            f"{centers} and cluster_std = {cluster_std}"
        )
    spreads = [cluster_std] * len(centers) if isinstance(cluster_std, Real) else cluster_std
    X = np.concatenate([
        random.normal(loc=centre, scale=spread, size=(size, centers.shape[1]))
        for centre, spread, size in zip(centers, spreads, sizes, strict=True)
    ])
    y = np.repeat(np.arange(len(centers)), sizes)
    if shuffle:
        X, y = shuffled(X, y, random_state=random)
    return (X, y, centers) if return_centers else (X, y)


def _two_curves(
    outer: Any, inner: Any, shuffle: bool, noise: float | None, random: np.random.RandomState
) -> tuple[np.ndarray, np.ndarray]:
    X = np.concatenate([np.stack(outer, axis=1), np.stack(inner, axis=1)])
    y = np.repeat(np.arange(2, dtype=np.intp), [len(outer[0]), len(inner[0])])
    if shuffle:
        X, y = shuffled(X, y, random_state=random)
    if noise is not None:
        X += random.normal(scale=noise, size=X.shape)
    return X, y


_TWO = {"n_samples": (Span(Integral, 0, None), tuple), "noise": (_NOISE, None)}


@checked(**_TWO, **_SHUFFLE, **_RANDOM, factor=Span(Real, 0, 1))
def make_circles(
    n_samples: Any = 100,
    *,
    shuffle: bool = True,
    noise: float | None = None,
    random_state: Any = None,
    factor: float = 0.8,
) -> tuple[np.ndarray, np.ndarray]:
    """A circle within another.

    Parameters
    ----------
    n_samples : how many, or how many on the outer and on the inner one
    shuffle : whether samples are shuffled
    noise : the standard deviation of what is added
    random_state : seed or generator
    factor : the radius of the inner one

    Returns
    -------
    X of shape (n_samples, 2), y of shape (n_samples,)
    """
    if isinstance(n_samples, Integral):
        n_samples = (n_samples // 2, n_samples - n_samples // 2)
    if len(n_samples) != 2:
        raise ValueError("When a tuple, n_samples must have exactly two elements.")
    first, second = (np.linspace(0, 2 * np.pi, n, endpoint=False) for n in n_samples)
    outer = np.cos(first), np.sin(first)
    inner = np.cos(second) * factor, np.sin(second) * factor
    return _two_curves(outer, inner, shuffle, noise, check_random_state(random_state))


@checked(**_TWO, **_SHUFFLE, **_RANDOM)
def make_moons(
    n_samples: Any = 100,
    *,
    shuffle: bool = True,
    noise: float | None = None,
    random_state: Any = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Two half circles, one in the other.

    Parameters
    ----------
    n_samples : how many, or how many on each
    shuffle : whether samples are shuffled
    noise : the standard deviation of what is added
    random_state : seed or generator

    Returns
    -------
    X of shape (n_samples, 2), y of shape (n_samples,)
    """
    if isinstance(n_samples, Integral):
        n_samples = (n_samples // 2, n_samples - n_samples // 2)
    try:
        upper, lower = n_samples
    except ValueError as error:
        raise ValueError(
            "`n_samples` can be either an int or a two-element tuple."
        ) from error
    first, second = (np.linspace(0, np.pi, n) for n in (upper, lower))
    outer = np.cos(first), np.sin(first)
    inner = 1 - np.cos(second), 1 - np.sin(second) - 0.5
    return _two_curves(outer, inner, shuffle, noise, check_random_state(random_state))


@checked(
    mean=(ARRAY, None), cov=Span(Real, 0, None), n_samples=_COUNT, n_features=_COUNT,
    n_classes=_COUNT, **_SHUFFLE, **_RANDOM,
)
def make_gaussian_quantiles(
    *,
    mean: Any = None,
    cov: float = 1.0,
    n_samples: int = 100,
    n_features: int = 2,
    n_classes: int = 3,
    shuffle: bool = True,
    random_state: Any = None,
) -> tuple[np.ndarray, np.ndarray]:
    """A normal distribution whose classes are shells of as many samples. Source: Zhu et al. 2009.

    Parameters
    ----------
    mean : where the middle is; None is zero
    cov : the variance
    n_samples, n_features, n_classes : how many
    shuffle : whether samples are shuffled
    random_state : seed or generator

    Returns
    -------
    X of shape (n_samples, n_features), y of shape (n_samples,)
    """
    if n_samples < n_classes:
        raise ValueError("n_samples must be at least n_classes")
    random = check_random_state(random_state)
    mean = np.zeros(n_features) if mean is None else np.asarray(mean)
    X = random.multivariate_normal(mean, cov * np.identity(n_features), (n_samples,))
    X = X[np.argsort(np.sum((X - mean) ** 2, axis=1))]
    y = np.minimum(np.arange(n_samples) // (n_samples // n_classes), n_classes - 1)
    return tuple(shuffled(X, y, random_state=random)) if shuffle else (X, y)


@checked(n_samples=_COUNT, **_RANDOM)
def make_hastie_10_2(
    n_samples: int = 12000, *, random_state: Any = None
) -> tuple[np.ndarray, np.ndarray]:
    """Ten normal features; the class is whether their squares add up to more than 9.34.

    Source: Hastie, Tibshirani and Friedman 2009, example 10.2.

    Parameters
    ----------
    n_samples : how many
    random_state : seed or generator

    Returns
    -------
    X of shape (n_samples, 10), y of shape (n_samples,): -1 or 1
    """
    X = check_random_state(random_state).normal(size=(n_samples, 10))
    return X, np.where((X**2).sum(axis=1) > 9.34, 1.0, -1.0)


@checked(
    n_samples=_COUNT, n_features=_COUNT, n_classes=_COUNT, n_labels=Span(Integral, 0, None),
    length=_COUNT, allow_unlabeled=BOOLEAN, sparse=BOOLEAN,
    return_indicator=(Words("dense", "sparse"), Choice(False)), return_distributions=BOOLEAN,
    **_RANDOM,
)
def make_multilabel_classification(
    n_samples: int = 100,
    n_features: int = 20,
    *,
    n_classes: int = 5,
    n_labels: int = 2,
    length: int = 50,
    allow_unlabeled: bool = True,
    sparse: bool = False,
    return_indicator: Any = "dense",
    return_distributions: bool = False,
    random_state: Any = None,
) -> Any:
    """Counts of words of texts about several subjects each.

    Parameters
    ----------
    n_samples, n_features, n_classes : how many texts, words, subjects
    n_labels : how many subjects a text has on average
    length : how many words it has on average
    allow_unlabeled : whether a text may have no subject
    sparse : whether X is a sparse matrix
    return_indicator : whether Y is a table: "dense", "sparse"; False gives lists of subjects
    return_distributions : whether to give the chances of subjects and of words too
    random_state : seed or generator

    Returns
    -------
    X of shape (n_samples, n_features), Y of shape (n_samples, n_classes), and if wanted the chances of
    shapes (n_classes,) and (n_features, n_classes)
    """
    random = check_random_state(random_state)
    subjects = random.uniform(size=n_classes)
    subjects /= subjects.sum()
    up_to = np.cumsum(subjects)
    words = random.uniform(size=(n_features, n_classes))
    words /= words.sum(axis=0)
    X = np.zeros((n_samples, n_features))
    Y: list[list[int]] = []
    for text in X:
        count = n_classes + 1
        while count > n_classes or (count == 0 and not allow_unlabeled):
            count = random.poisson(n_labels)
        own: set[int] = set()
        while len(own) != count:
            # What is drawn twice is drawn again.
            own.update(np.searchsorted(up_to, random.uniform(size=count - len(own))).tolist())
        size = 0
        while size == 0:
            size = random.poisson(length)
        if own:
            chance = words[:, list(own)].sum(axis=1).cumsum()
            drawn = np.searchsorted(chance / chance[-1], random.uniform(size=size))
        else:
            drawn = random.randint(n_features, size=size)
        np.add.at(text, drawn, 1)
        Y.append(list(own))
    table: Any = Y
    if return_indicator is not False:
        table = np.zeros((n_samples, n_classes), dtype=int)
        for row, own in zip(table, Y, strict=True):
            row[own] = 1
    if sparse or return_indicator == "sparse":
        from scipy.sparse import csr_matrix

        X = csr_matrix(X) if sparse else X
        table = csr_matrix(table) if return_indicator == "sparse" else table
    return (X, table, subjects, words) if return_distributions else (X, table)
