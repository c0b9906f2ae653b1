"""Estimators of `naive_bayes`, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from numpy.typing import ArrayLike
from typing import ClassVar

from .._methods import ClassBatches, JointLikelihoods, Probabilities
from .._record import RecordClassifier, Weighted


class BernoulliNB(Probabilities, JointLikelihoods, ClassBatches, Weighted, RecordClassifier):
    """Naive Bayes for features that are there or not. Source: Metsis, Androutsopoulos and Paliouras
    2006.

    Parameters
    ----------
    alpha : float | ArrayLike, default=1.0
        What is added to counts (Laplace, Lidstone): a number, or one for each feature.
    force_alpha : bool, default=True
        Whether an alpha next to 0 is taken as it is.
    binarize : float | None, default=0.0
        Above what a feature counts as there; None takes features that are 0 or 1 already.
    fit_prior : bool, default=True
        Whether classes have their shares of the samples as probabilities; else all the same.
    class_prior : ArrayLike | None, default=None
        The probabilities of the classes.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": False,
        "multioutput": False,
        "weights": True,
        "requires_y": True,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        alpha: float | ArrayLike = 1.0,
        *,
        force_alpha: bool = True,
        binarize: float | None = 0.0,
        fit_prior: bool = True,
        class_prior: ArrayLike | None = None,
    ) -> None:
        self.alpha = alpha
        self.force_alpha = force_alpha
        self.binarize = binarize
        self.fit_prior = fit_prior
        self.class_prior = class_prior


class CategoricalNB(Probabilities, JointLikelihoods, ClassBatches, Weighted, RecordClassifier):
    """Naive Bayes for features that are numbers of categories: 0, 1, 2, ...

    Parameters
    ----------
    alpha : float, default=1.0
        What is added to counts (Laplace, Lidstone).
    force_alpha : bool, default=True
        Whether an alpha next to 0 is taken as it is.
    fit_prior : bool, default=True
        Whether classes have their shares of the samples as probabilities; else all the same.
    class_prior : ArrayLike | None, default=None
        The probabilities of the classes.
    min_categories : int | Sequence[int] | None, default=None
        How many categories features have at least: a number, or one for each.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": False,
        "nan": False,
        "multioutput": False,
        "weights": True,
        "requires_y": True,
        "positive": True,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        alpha: float = 1.0,
        *,
        force_alpha: bool = True,
        fit_prior: bool = True,
        class_prior: ArrayLike | None = None,
        min_categories: int | Sequence[int] | None = None,
    ) -> None:
        self.alpha = alpha
        self.force_alpha = force_alpha
        self.fit_prior = fit_prior
        self.class_prior = class_prior
        self.min_categories = min_categories


class ComplementNB(Probabilities, JointLikelihoods, ClassBatches, Weighted, RecordClassifier):
    """Naive Bayes for counts with classes of very different sizes: each is told by the samples of
    all the others. Source: Rennie, Shih, Teevan and Karger 2003.

    Parameters
    ----------
    alpha : float | ArrayLike, default=1.0
        What is added to counts (Laplace, Lidstone): a number, or one for each feature.
    force_alpha : bool, default=True
        Whether an alpha next to 0 is taken as it is.
    fit_prior : bool, default=True
        Whether classes have their shares of the samples as probabilities, which only matters if
        there is one class.
    class_prior : ArrayLike | None, default=None
        The probabilities of the classes: not used.
    norm : bool, default=False
        Whether the weights of each class are normalised.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": False,
        "multioutput": False,
        "weights": True,
        "requires_y": True,
        "positive": True,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        alpha: float | ArrayLike = 1.0,
        *,
        force_alpha: bool = True,
        fit_prior: bool = True,
        class_prior: ArrayLike | None = None,
        norm: bool = False,
    ) -> None:
        self.alpha = alpha
        self.force_alpha = force_alpha
        self.fit_prior = fit_prior
        self.class_prior = class_prior
        self.norm = norm


class GaussianNB(Probabilities, JointLikelihoods, ClassBatches, Weighted, RecordClassifier):
    """Naive Bayes with normally distributed features.

    Parameters
    ----------
    priors : ArrayLike | None, default=None
        The probabilities of the classes; None takes their shares of the samples.
    var_smoothing : float, default=1e-09
        What is added to variances, as a share of the greatest variance of a feature.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": False,
        "nan": False,
        "multioutput": False,
        "weights": True,
        "requires_y": True,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        priors: ArrayLike | None = None,
        var_smoothing: float = 1e-09,
    ) -> None:
        self.priors = priors
        self.var_smoothing = var_smoothing


class MultinomialNB(Probabilities, JointLikelihoods, ClassBatches, Weighted, RecordClassifier):
    """Naive Bayes for counts, such as those of words: features are drawn from a multinomial
    distribution.

    Parameters
    ----------
    alpha : float | ArrayLike, default=1.0
        What is added to counts (Laplace, Lidstone): a number, or one for each feature.
    force_alpha : bool, default=True
        Whether an alpha next to 0 is taken as it is.
    fit_prior : bool, default=True
        Whether classes have their shares of the samples as probabilities; else all the same.
    class_prior : ArrayLike | None, default=None
        The probabilities of the classes.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": False,
        "multioutput": False,
        "weights": True,
        "requires_y": True,
        "positive": True,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        alpha: float | ArrayLike = 1.0,
        *,
        force_alpha: bool = True,
        fit_prior: bool = True,
        class_prior: ArrayLike | None = None,
    ) -> None:
        self.alpha = alpha
        self.force_alpha = force_alpha
        self.fit_prior = fit_prior
        self.class_prior = class_prior


NAMES = (
    "BernoulliNB",
    "CategoricalNB",
    "ComplementNB",
    "GaussianNB",
    "MultinomialNB",
)
