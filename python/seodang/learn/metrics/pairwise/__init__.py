"""Distances and kernels between samples."""

from seodang._missing import missing

from ._all import (
    PAIRWISE_BOOLEAN_FUNCTIONS,
    VALID_METRICS,
    pairwise_distances,
    pairwise_distances_argmin,
    pairwise_distances_argmin_min,
    pairwise_distances_chunked,
)
from ._arrays import check_paired_arrays, check_pairwise_arrays
from ._distances import (
    PAIRWISE_DISTANCE_FUNCTIONS,
    cosine_distances,
    cosine_similarity,
    distance_metrics,
    euclidean_distances,
    haversine_distances,
    manhattan_distances,
    nan_euclidean_distances,
)
from ._kernels import (
    KERNEL_PARAMS,
    PAIRWISE_KERNEL_FUNCTIONS,
    additive_chi2_kernel,
    chi2_kernel,
    kernel_metrics,
    laplacian_kernel,
    linear_kernel,
    pairwise_kernels,
    polynomial_kernel,
    rbf_kernel,
    sigmoid_kernel,
)
from ._paired import (
    PAIRED_DISTANCES,
    paired_cosine_distances,
    paired_distances,
    paired_euclidean_distances,
    paired_manhattan_distances,
)

__all__ = [
    "additive_chi2_kernel",
    "check_paired_arrays",
    "check_pairwise_arrays",
    "chi2_kernel",
    "cosine_distances",
    "cosine_similarity",
    "distance_metrics",
    "euclidean_distances",
    "haversine_distances",
    "kernel_metrics",
    "laplacian_kernel",
    "linear_kernel",
    "manhattan_distances",
    "nan_euclidean_distances",
    "paired_cosine_distances",
    "paired_distances",
    "paired_euclidean_distances",
    "paired_manhattan_distances",
    "pairwise_distances",
    "pairwise_distances_argmin",
    "pairwise_distances_argmin_min",
    "pairwise_distances_chunked",
    "pairwise_kernels",
    "polynomial_kernel",
    "rbf_kernel",
    "sigmoid_kernel",
]

__getattr__ = missing(__name__)
