"""Estimators of `preprocessing`, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from numpy.typing import ArrayLike
from typing import Any, ClassVar, Literal

from .._methods import Batches, Inverse, Named, Stateless
from .._record import Plain, RecordTransformer, Unlabelled, WeightedUnlabelled


class Binarizer(Stateless, Named, Unlabelled, RecordTransformer):
    """Makes 1 of what is above a threshold and 0 of the rest.

    Parameters
    ----------
    threshold : float, default=0.0
        The threshold.
    copy : bool, default=True
        Accepted for compatibility: X is never changed.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": False,
        "multioutput": False,
        "weights": False,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        threshold: float = 0.0,
        copy: bool = True,
    ) -> None:
        self.threshold = threshold
        self.copy = copy


class KBinsDiscretizer(Inverse, Named, WeightedUnlabelled, RecordTransformer):
    """Sorts the values of each column into bins.

    Parameters
    ----------
    n_bins : int | Sequence[int], default=5
        The number of bins, or one for each column.
    encode : Literal["onehot", "onehot-dense", "ordinal"], default='onehot'
        How the bin of a value is written.
    strategy : Literal["uniform", "quantile", "kmeans"], default='quantile'
        Where bins end.
    quantile_method : Literal["inverted_cdf", "averaged_inverted_cdf", "closest_observation",
    "interpolated_inverted_cdf", "hazen", "weibull", "linear", "median_unbiased",
    "normal_unbiased"], default='averaged_inverted_cdf'
        How quantiles lie between values.
    dtype : Literal["float64", "float32"] | None, default=None
        The type of the output; None is that of the input.
    subsample : int | None, default=200000
        How many samples, drawn at random, the ends of bins are found from; None is all.
    random_state : Any, default=None
        The seed of the samples that are drawn.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": False,
        "nan": False,
        "multioutput": False,
        "weights": True,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        n_bins: int | Sequence[int] = 5,
        *,
        encode: Literal["onehot", "onehot-dense", "ordinal"] = "onehot",
        strategy: Literal["uniform", "quantile", "kmeans"] = "quantile",
        quantile_method: Literal["inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf", "hazen", "weibull", "linear", "median_unbiased", "normal_unbiased"] = "averaged_inverted_cdf",
        dtype: Literal["float64", "float32"] | None = None,
        subsample: int | None = 200000,
        random_state: Any = None,
    ) -> None:
        self.n_bins = n_bins
        self.encode = encode
        self.strategy = strategy
        self.quantile_method = quantile_method
        self.dtype = dtype
        self.subsample = subsample
        self.random_state = random_state


class MaxAbsScaler(Batches, Inverse, Named, Unlabelled, RecordTransformer):
    """Divides each column by its greatest absolute value: zeros stay zeros. NaN stays.

    Parameters
    ----------
    copy : bool, default=True
        Accepted for compatibility: X is never changed.
    clip : bool, default=False
        Whether values beyond those of `fit` are held within -1 and 1.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": True,
        "multioutput": False,
        "weights": False,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        copy: bool = True,
        clip: bool = False,
    ) -> None:
        self.copy = copy
        self.clip = clip


class MinMaxScaler(Batches, Inverse, Named, Unlabelled, RecordTransformer):
    """Scales each column so that its values lie between two numbers. NaN stays.

    Parameters
    ----------
    feature_range : tuple[float, float], default=[0.0, 1.0]
        Where the least and the greatest value of a column go.
    copy : bool, default=True
        Accepted for compatibility: X is never changed.
    clip : bool, default=False
        Whether values beyond those of `fit` are held within the range.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": False,
        "nan": True,
        "multioutput": False,
        "weights": False,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        feature_range: tuple[float, float] = (0.0, 1.0),
        *,
        copy: bool = True,
        clip: bool = False,
    ) -> None:
        self.feature_range = feature_range
        self.copy = copy
        self.clip = clip


class Normalizer(Stateless, Named, Unlabelled, RecordTransformer):
    """Divides each sample by its norm; samples of zeros stay.

    Parameters
    ----------
    norm : Literal["l1", "l2", "max"], default='l2'
        The norm.
    copy : bool, default=True
        Accepted for compatibility: X is never changed.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": False,
        "multioutput": False,
        "weights": False,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        norm: Literal["l1", "l2", "max"] = "l2",
        *,
        copy: bool = True,
    ) -> None:
        self.norm = norm
        self.copy = copy


class OneHotEncoder(Unlabelled, RecordTransformer):
    """Makes a column for each category of each column, with 1 where it is there.

    Parameters
    ----------
    categories : Any, default='auto'
        'auto' for those that are there in `fit`, or a list of categories for each column.
    drop : Any, default=None
        The categories that get no column: 'first', 'if_binary', one for each column, or None.
    sparse_output : bool, default=True
        Whether the output is sparse.
    dtype : Any, default='float64'
        The type of the output.
    handle_unknown : Literal["error", "ignore", "infrequent_if_exist", "warn"], default='error'
        What becomes of categories that were not there in `fit`.
    min_frequency : int | float | None, default=None
        How often, or in what share of the samples, a category must be there not to be grouped.
    max_categories : int | None, default=None
        How many columns a column becomes at most; the rarest categories are grouped.
    feature_name_combiner : Any, default='concat'
        'concat', or a function of a feature's name and a category that names their column.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": False,
        "nan": True,
        "multioutput": False,
        "weights": False,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        categories: Any = "auto",
        drop: Any = None,
        sparse_output: bool = True,
        dtype: Any = "float64",
        handle_unknown: Literal["error", "ignore", "infrequent_if_exist", "warn"] = "error",
        min_frequency: int | float | None = None,
        max_categories: int | None = None,
        feature_name_combiner: Any = "concat",
    ) -> None:
        self.categories = categories
        self.drop = drop
        self.sparse_output = sparse_output
        self.dtype = dtype
        self.handle_unknown = handle_unknown
        self.min_frequency = min_frequency
        self.max_categories = max_categories
        self.feature_name_combiner = feature_name_combiner


class OrdinalEncoder(Unlabelled, RecordTransformer):
    """Makes numbers of categories: 0, 1, 2, ... in their order.

    Parameters
    ----------
    categories : Any, default='auto'
        'auto' for those that are there in `fit`, or a list of categories for each column.
    dtype : Any, default='float64'
        The type of the output.
    handle_unknown : Literal["error", "use_encoded_value"], default='error'
        What becomes of categories that were not there in `fit`.
    unknown_value : int | float | None, default=None
        The number of such categories.
    encoded_missing_value : int | float, default=nan
        The number of missing values.
    min_frequency : int | float | None, default=None
        How often, or in what share of the samples, a category must be there not to be grouped.
    max_categories : int | None, default=None
        How many numbers a column has at most; the rarest categories are grouped.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": False,
        "nan": True,
        "multioutput": False,
        "weights": False,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        categories: Any = "auto",
        dtype: Any = "float64",
        handle_unknown: Literal["error", "use_encoded_value"] = "error",
        unknown_value: int | float | None = None,
        encoded_missing_value: int | float = float("nan"),
        min_frequency: int | float | None = None,
        max_categories: int | None = None,
    ) -> None:
        self.categories = categories
        self.dtype = dtype
        self.handle_unknown = handle_unknown
        self.unknown_value = unknown_value
        self.encoded_missing_value = encoded_missing_value
        self.min_frequency = min_frequency
        self.max_categories = max_categories


class PolynomialFeatures(Named, Unlabelled, RecordTransformer):
    """All products of the features up to a degree.

    Parameters
    ----------
    degree : int | tuple[int, int], default=2
        The greatest degree, or the least and the greatest.
    interaction_only : bool, default=False
        Whether no feature stands in a product twice.
    include_bias : bool, default=True
        Whether the product of nothing, 1, is a feature.
    order : Literal["C", "F"], default='C'
        How a dense output lies in memory; row by row from Rust.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": False,
        "multioutput": False,
        "weights": False,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        degree: int | tuple[int, int] = 2,
        *,
        interaction_only: bool = False,
        include_bias: bool = True,
        order: Literal["C", "F"] = "C",
    ) -> None:
        self.degree = degree
        self.interaction_only = interaction_only
        self.include_bias = include_bias
        self.order = order


class PowerTransformer(Inverse, Named, Unlabelled, RecordTransformer):
    """Makes each column more like normally distributed, by the power that makes it likeliest to be.
    NaN stays, and counts for nothing.

    Parameters
    ----------
    method : Literal["yeo-johnson", "box-cox"], default='yeo-johnson'
        The family of transformations.
    standardize : bool, default=True
        Whether columns are scaled to mean 0 and variance 1 then.
    copy : bool, default=True
        Accepted for compatibility: X is never changed.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": False,
        "nan": True,
        "multioutput": False,
        "weights": False,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        method: Literal["yeo-johnson", "box-cox"] = "yeo-johnson",
        *,
        standardize: bool = True,
        copy: bool = True,
    ) -> None:
        self.method = method
        self.standardize = standardize
        self.copy = copy


class QuantileTransformer(Inverse, Named, Unlabelled, RecordTransformer):
    """Spreads each column evenly or normally: a value becomes the share of those that are not above
    it.

    Parameters
    ----------
    n_quantiles : int, default=1000
        How many quantiles are kept.
    output_distribution : Literal["uniform", "normal"], default='uniform'
        What columns are spread like.
    ignore_implicit_zeros : bool, default=False
        Whether the zeros that a sparse matrix does not hold count for nothing.
    subsample : int | None, default=10000
        How many samples, drawn at random, the quantiles are those of; None is all.
    random_state : Any, default=None
        The seed of the samples that are drawn.
    copy : bool, default=True
        Accepted for compatibility: X is never changed.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": True,
        "multioutput": False,
        "weights": False,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        n_quantiles: int = 1000,
        output_distribution: Literal["uniform", "normal"] = "uniform",
        ignore_implicit_zeros: bool = False,
        subsample: int | None = 10000,
        random_state: Any = None,
        copy: bool = True,
    ) -> None:
        self.n_quantiles = n_quantiles
        self.output_distribution = output_distribution
        self.ignore_implicit_zeros = ignore_implicit_zeros
        self.subsample = subsample
        self.random_state = random_state
        self.copy = copy


class RobustScaler(Inverse, Named, Unlabelled, RecordTransformer):
    """Takes the median off each column and divides it by the difference of two of its quantiles,
    which outliers hardly move. NaN stays, and counts for nothing.

    Parameters
    ----------
    with_centering : bool, default=True
        Whether medians are taken off; sparse features must keep theirs.
    with_scaling : bool, default=True
        Whether columns are divided by the difference of their quantiles.
    quantile_range : tuple[float, float], default=[25.0, 75.0]
        The two quantiles, in percent.
    copy : bool, default=True
        Accepted for compatibility: X is never changed.
    unit_variance : bool, default=False
        Whether normally distributed columns get the variance 1.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": True,
        "multioutput": False,
        "weights": False,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        with_centering: bool = True,
        with_scaling: bool = True,
        quantile_range: tuple[float, float] = (25.0, 75.0),
        copy: bool = True,
        unit_variance: bool = False,
    ) -> None:
        self.with_centering = with_centering
        self.with_scaling = with_scaling
        self.quantile_range = quantile_range
        self.copy = copy
        self.unit_variance = unit_variance


class SplineTransformer(Named, WeightedUnlabelled, RecordTransformer):
    """The values of B-splines at each feature. Source: de Boor 1972; Piegl and Tiller 1997, chapter
    2.

    Parameters
    ----------
    n_knots : int, default=5
        The number of knots, unless they are given.
    degree : int, default=3
        The degree of the polynomials.
    knots : Literal["uniform", "quantile"] | ArrayLike, default='uniform'
        Where knots are put, or the knots: theirs by features.
    extrapolation : Literal["error", "constant", "linear", "continue", "periodic"],
    default='constant'
        What the splines are beyond the outermost knots.
    include_bias : bool, default=True
        Whether the last spline of each feature is there too; all of them sum to 1.
    order : Literal["C", "F"], default='C'
        How a dense output lies in memory; row by row from Rust.
    handle_missing : Literal["error", "zeros"], default='error'
        What becomes of missing values.
    sparse_output : bool, default=False
        Whether the output is sparse.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": False,
        "nan": False,
        "multioutput": False,
        "weights": True,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        n_knots: int = 5,
        *,
        degree: int = 3,
        knots: Literal["uniform", "quantile"] | ArrayLike = "uniform",
        extrapolation: Literal["error", "constant", "linear", "continue", "periodic"] = "constant",
        include_bias: bool = True,
        order: Literal["C", "F"] = "C",
        handle_missing: Literal["error", "zeros"] = "error",
        sparse_output: bool = False,
    ) -> None:
        self.n_knots = n_knots
        self.degree = degree
        self.knots = knots
        self.extrapolation = extrapolation
        self.include_bias = include_bias
        self.order = order
        self.handle_missing = handle_missing
        self.sparse_output = sparse_output


class StandardScaler(Batches, Inverse, Named, WeightedUnlabelled, RecordTransformer):
    """Scales each column to mean 0 and variance 1. NaN stays, and counts for nothing.

    Parameters
    ----------
    copy : bool, default=True
        Accepted for compatibility: X is never changed.
    with_mean : bool, default=True
        Whether means are taken off; sparse features must keep theirs.
    with_std : bool, default=True
        Whether columns are divided by their standard deviation.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": True,
        "multioutput": False,
        "weights": True,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        copy: bool = True,
        with_mean: bool = True,
        with_std: bool = True,
    ) -> None:
        self.copy = copy
        self.with_mean = with_mean
        self.with_std = with_std


class TargetEncoder(Plain, RecordTransformer):
    """Makes the mean of the target of each category, drawn towards that of all. Source:
    Micci-Barreca 2001.

    Parameters
    ----------
    categories : Any, default='auto'
        'auto' for those that are there in `fit`, or a list of categories for each column.
    target_type : Literal["auto", "continuous", "binary", "multiclass"], default='auto'
        What kind of target there is.
    smooth : Literal["auto"] | float, default='auto'
        How many samples of the mean of all are mixed with those of a category.
    cv : Any, default=5
        The number of folds, or a splitter, of `fit_transform`: each is encoded by the others.
    shuffle : Any, default='deprecated'
        Deprecated: give a splitter as `cv`.
    random_state : Any, default='deprecated'
        Deprecated: give a splitter as `cv`.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": False,
        "nan": True,
        "multioutput": False,
        "weights": False,
        "requires_y": True,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        categories: Any = "auto",
        target_type: Literal["auto", "continuous", "binary", "multiclass"] = "auto",
        smooth: Literal["auto"] | float = "auto",
        cv: Any = 5,
        shuffle: Any = "deprecated",
        random_state: Any = "deprecated",
    ) -> None:
        self.categories = categories
        self.target_type = target_type
        self.smooth = smooth
        self.cv = cv
        self.shuffle = shuffle
        self.random_state = random_state


NAMES = (
    "Binarizer",
    "KBinsDiscretizer",
    "MaxAbsScaler",
    "MinMaxScaler",
    "Normalizer",
    "OneHotEncoder",
    "OrdinalEncoder",
    "PolynomialFeatures",
    "PowerTransformer",
    "QuantileTransformer",
    "RobustScaler",
    "SplineTransformer",
    "StandardScaler",
    "TargetEncoder",
)
