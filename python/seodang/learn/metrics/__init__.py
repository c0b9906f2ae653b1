"""How good predictions are."""

from seodang._missing import missing

_HOMES = {
    name: f"{__name__}.{home}:{name}"
    for home, names in {
        "_confusion": (
            "accuracy_score", "balanced_accuracy_score", "class_likelihood_ratios",
            "cohen_kappa_score", "confusion_matrix", "hamming_loss", "matthews_corrcoef",
            "multilabel_confusion_matrix", "zero_one_loss",
        ),
        "_distance_metric": ("DistanceMetric",),
        "_confusion_display": ("ConfusionMatrixDisplay",),
        "_det_display": ("DetCurveDisplay",),
        "_error_display": ("PredictionErrorDisplay",),
        "_precision_recall_display": ("PrecisionRecallDisplay",),
        "_roc_display": ("RocCurveDisplay",),
        "_precision": (
            "classification_report", "f1_score", "fbeta_score", "jaccard_score",
            "precision_recall_fscore_support", "precision_score", "recall_score",
        ),
        "_probabilities": (
            "brier_score_loss", "d2_brier_score", "d2_log_loss_score", "hinge_loss", "log_loss",
        ),
        "_ranking": (
            "auc", "average_precision_score", "confusion_matrix_at_thresholds", "coverage_error",
            "dcg_score", "det_curve", "label_ranking_average_precision_score",
            "label_ranking_loss", "metric_at_thresholds", "ndcg_score", "precision_recall_curve",
            "roc_auc_score", "roc_curve", "top_k_accuracy_score",
        ),
        "_regression": (
            "d2_absolute_error_score", "d2_pinball_score", "d2_tweedie_score",
            "explained_variance_score", "max_error", "mean_absolute_error",
            "mean_absolute_percentage_error", "mean_gamma_deviance", "mean_pinball_loss",
            "mean_poisson_deviance", "mean_squared_error", "mean_squared_log_error",
            "mean_tweedie_deviance", "median_absolute_error", "r2_score",
            "root_mean_squared_error", "root_mean_squared_log_error",
        ),
        "cluster": (
            "adjusted_mutual_info_score", "adjusted_rand_score", "calinski_harabasz_score",
            "completeness_score", "consensus_score", "davies_bouldin_score",
            "fowlkes_mallows_score", "homogeneity_completeness_v_measure", "homogeneity_score",
            "mutual_info_score", "normalized_mutual_info_score", "pair_confusion_matrix",
            "rand_score", "silhouette_samples", "silhouette_score", "v_measure_score",
        ),
        "pairwise": (
            "euclidean_distances", "nan_euclidean_distances", "pairwise_distances",
            "pairwise_distances_argmin", "pairwise_distances_argmin_min",
            "pairwise_distances_chunked", "pairwise_kernels",
        ),
        "_scorer": ("check_scoring", "get_scorer", "get_scorer_names", "make_scorer"),
    }.items()
    for name in names
} | {name: f"{__name__}.{name}" for name in ("cluster", "pairwise")}

__all__ = sorted(_HOMES)

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(_HOMES)
