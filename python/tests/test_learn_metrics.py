"""Metrics against scikit-learn's: values, types, errors and warnings."""

import functools
import warnings

import numpy as np
import pytest
from learn_support import assert_same, assert_same_signature, assert_same_value

from seodang.learn import metrics as ours

pytest.importorskip("sklearn")

import sklearn.metrics as theirs  # noqa: E402
from sklearn import datasets  # noqa: E402
from sklearn.linear_model import LinearRegression, LogisticRegression  # noqa: E402
from sklearn.naive_bayes import GaussianNB  # noqa: E402

CLASSIFICATION = ("iris", "wine", "digits", "breast_cancer")
AVERAGES = (None, "micro", "macro", "weighted", "samples", "binary")


def same(name, *args, **kwargs):
    assert_same(getattr(ours, name), getattr(theirs, name), *args, **kwargs)


@functools.cache
def classified(name):
    """True classes, predicted ones, probabilities and decisions of real data."""
    X, y = getattr(datasets, f"load_{name}")(return_X_y=True)
    noise = np.random.RandomState(0)
    # So much noise that not everything is right.
    X = X + noise.normal(scale=2 * X.std(axis=0) + 1e-9, size=X.shape)
    order = noise.permutation(len(X))[:600]
    half = len(order) // 2
    A, B = order[:half], order[half:]
    model = GaussianNB().fit(X[A], y[A])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        line = LogisticRegression(max_iter=15).fit(X[A], y[A])
    p = line.predict_proba(X[B])
    return y[B], model.predict(X[B]), p, line.decision_function(X[B])


@functools.cache
def regressed():
    X, y = datasets.load_diabetes(return_X_y=True)
    both = np.stack([y, 100 + X[:, 2] * 300], axis=1)
    return both[::2], np.abs(LinearRegression().fit(X[1::2], both[1::2]).predict(X[::2]))


def dimensions(y):
    return 1 if isinstance(y, list) else np.ndim(y)


def weights(n):
    return np.random.RandomState(1).uniform(0.5, 2, n)


# scikit-learn's `DistanceMetric` is compiled and shows no arguments; test_learn_trees.py calls it.
@pytest.mark.parametrize(
    "name", sorted(set(theirs.__all__) & set(ours.__all__) - {"DistanceMetric"})
)
def test_the_arguments_are_scikit_learns(name):
    theirs_too = getattr(theirs, name)
    # Of a class in C nothing says what it takes.
    if callable(theirs_too) and name != "DistanceMetric":
        assert_same_signature(getattr(ours, name), theirs_too)


PAIRS = {
    "right": ([0, 1, 2, 2, 1], [0, 1, 2, 2, 1]),
    "two": ([0, 1, 1, 0, 1], [0, 1, 0, 0, 0]),
    "one class": ([1, 1, 1], [1, 1, 1]),
    "zeros": ([0, 0, 0], [0, 0, 0]),
    "never taken": ([0, 1, 2, 2], [0, 0, 0, 1]),
    "words": (["a", "b", "b", "c"], ["a", "b", "c", "c"]),
    "two words": (["no", "yes", "yes"], ["no", "yes", "no"]),
    "objects": (np.array(["x", "y", "y"], dtype=object), np.array(["x", "x", "y"], dtype=object)),
    "truths": ([True, False, True], [True, True, True]),
    "minus": ([-1, 1, 1, -1], [-1, -1, 1, 1]),
    "gaps": ([5, 100, -3, 100], [5, 5, -3, 100]),
    "labels": (np.array([[1, 0, 1], [0, 1, 0], [0, 0, 0]]), np.array([[1, 1, 1], [0, 1, 0], [0, 0, 1]])),
    "empty": ([], []),
    "lengths": ([0, 1, 1], [0, 1]),
    "numbers": ([0.5, 1.5, 2.0], [0.5, 1.0, 2.0]),
    "mixed": ([0, 1, 1], ["a", "b", "b"]),
    "nan": ([0.0, np.nan, 1.0], [0.0, 1.0, 1.0]),
    "column": (np.array([[0], [1], [1]]), [0, 1, 0]),
    "columns": (np.array([[0, 2], [1, 1]]), np.array([[0, 2], [1, 1]])),
    "legacy": ([[1, 2], [0]], [[1, 2], [0]]),
    "kinds": ([0, 1, 2], [0.5, 1.0, 0.2]),
    "several and one": (np.array([[0, 1], [1, 1]]), [0, 1]),
    "floats": ([0.0, 1.0, 2.0], [0.0, 2.0, 2.0]),
    "no array": (3, 4),
}
OPTIONS = [{}, {"weights": True}, {"labels": True}, {"labels": "first"}]


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize(
    "name",
    ["accuracy_score", "balanced_accuracy_score", "confusion_matrix", "multilabel_confusion_matrix",
     "matthews_corrcoef", "cohen_kappa_score", "hamming_loss", "zero_one_loss",
     "class_likelihood_ratios", "classification_report"],
)
def test_odd_targets_give_what_they_give_there(name, pair):
    true, guess = PAIRS[pair]
    same(name, true, guess)
    if dimensions(true):
        same(name, true, guess, sample_weight=weights(len(true)))
        same(name, true, guess, sample_weight=np.arange(len(true)))
    if name in ("accuracy_score", "zero_one_loss"):
        same(name, true, guess, normalize=False)
        if dimensions(true):
            same(name, true, guess, normalize=False, sample_weight=weights(len(true)))
    if name == "balanced_accuracy_score":
        same(name, true, guess, adjusted=True)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("average", AVERAGES)
def test_averages_of_odd_targets(average, pair):
    true, guess = PAIRS[pair]
    for name in ("precision_score", "f1_score", "jaccard_score"):
        same(name, true, guess, average=average)
        if name != "jaccard_score":
            same(name, true, guess, average=average, zero_division=np.nan)
        same(name, true, guess, average=average, zero_division=1)
    same("recall_score", true, guess, average=average, pos_label=7)
    same("fbeta_score", true, guess, average=average, beta=0)
    same("fbeta_score", true, guess, average=average, beta=np.inf)
    same("precision_recall_fscore_support", true, guess, average=average, beta=2.0)
    if dimensions(true) == 1 and len(true):
        one = true[0]
        if isinstance(one, (int, str)):
            same("recall_score", true, guess, average=average, pos_label=one)
            same("recall_score", true, guess, average=average, labels=[one])
            same("jaccard_score", true, guess, average=average, sample_weight=weights(len(true)))


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_counts_of_real_predictions(name):
    y, guess, *_ = classified(name)
    w = weights(len(y))
    names = np.array([f"class {c}" for c in range(11)])
    for true, said in ((y, guess), (names[y], names[guess]), (list(y), list(guess))):
        for options in ({}, {"sample_weight": w}):
            for metric in ("accuracy_score", "balanced_accuracy_score", "confusion_matrix",
                           "matthews_corrcoef", "cohen_kappa_score", "hamming_loss",
                           "zero_one_loss", "multilabel_confusion_matrix",
                           "precision_recall_fscore_support", "classification_report"):
                same(metric, true, said, **options)
            same("classification_report", true, said, output_dict=True, **options)
            for how in ("true", "pred", "all"):
                same("confusion_matrix", true, said, normalize=how, **options)
            for how in ("linear", "quadratic"):
                same("cohen_kappa_score", true, said, weights=how, **options)
            for average in AVERAGES:
                same("f1_score", true, said, average=average, **options)
                same("jaccard_score", true, said, average=average, **options)
        some = [true[0], *{t for t in true if t != true[0]}][:2]
        for metric in ("confusion_matrix", "multilabel_confusion_matrix", "cohen_kappa_score",
                       "classification_report"):
            same(metric, true, said, labels=some)
        same("classification_report", true, said, labels=some, target_names=["a", "b"], digits=4)
        same("classification_report", true, said, labels=some, target_names=["a long name of it"])
        same("classification_report", true, said, target_names=["a"])
    same("classification_report", y, guess, target_names=[f"n{i}" for i in range(len(set(y)))])
    same("class_likelihood_ratios", y == 1, guess == 1)


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int16, np.uint64, np.int64, bool])
def test_classes_of_any_whole_type(kind):
    noise = np.random.RandomState(0)
    for low, high in ((0, 2), (0, 100), (3, 9)) + (((-120, 120),) if kind == np.int8 else ()):
        true, guess = noise.randint(low, high, size=(2, 3000)).astype(kind)
        for name in ("accuracy_score", "confusion_matrix", "matthews_corrcoef"):
            same(name, true, guess)
        same("f1_score", true, guess, average="macro")
    big = np.array([2**63 - 1, 2**63 - 2] * 600)
    same("confusion_matrix", big, big[::-1])


@pytest.mark.parametrize("samplewise", [False, True])
def test_counts_of_labels(samplewise):
    sparse = pytest.importorskip("scipy.sparse")
    noise = np.random.RandomState(0)
    true, guess = noise.uniform(size=(2, 40, 5)) < 0.4
    true, guess = true.astype(int), guess.astype(int)
    w = weights(40)
    for options in ({}, {"sample_weight": w}, {"labels": [3, 1]}, {"labels": [7]}, {"labels": [-1]}):
        same("multilabel_confusion_matrix", true, guess, samplewise=samplewise, **options)
    for average in AVERAGES:
        for options in ({}, {"sample_weight": w}, {"labels": [3, 1]}):
            same("f1_score", true, guess, average=average, **options)
            same("jaccard_score", true, guess, average=average, **options)
    same("classification_report", true, guess)
    same("classification_report", sparse.csr_matrix(true), guess, output_dict=True)
    same("hamming_loss", true, guess, sample_weight=w)
    same("accuracy_score", sparse.csr_matrix(true), sparse.csr_matrix(guess), sample_weight=w)
    same("accuracy_score", true, guess[:, :4])


def test_counts_with_odd_options():
    true, guess = [0, 1, 2, 2], [0, 2, 1, 2]
    for options in ({"labels": []}, {"labels": [7, 8]}, {"labels": [2, 0, 1]}, {"normalize": "rows"},
                    {"sample_weight": [1, 1]}, {"sample_weight": [0, 0, 0, 0]},
                    {"sample_weight": [[1, 1, 1, 1]]}, {"sample_weight": [1, np.nan, 1, 1]},
                    {"sample_weight": "no"}, {"labels": 3}, {"labels": [2, 7], "normalize": "true"}):
        same("confusion_matrix", true, guess, **options)
    for options in ({"weights": "cubic"}, {"labels": [7]}, {"replace_undefined_by": 3},
                    {"labels": [2, 1], "replace_undefined_by": 0.0}, {"labels": [0]}):
        same("cohen_kappa_score", true, guess, **options)
    same("cohen_kappa_score", [1, 1], [1, 1], replace_undefined_by=0.5)
    same("cohen_kappa_score", [0, 1], [2, 2], labels=[0, 1])
    for options in ({"replace_undefined_by": 1.0}, {"replace_undefined_by": 2.0},
                    {"replace_undefined_by": {"LR+": 2.0, "LR-": 0.5}},
                    {"replace_undefined_by": {"LR+": 0.5, "LR-": 0.5}},
                    {"replace_undefined_by": {"LR+": 2.0}}):
        same("class_likelihood_ratios", [0, 0, 1], [0, 0, 0], **options)
        same("class_likelihood_ratios", [0, 1, 1], [1, 1, 1], **options)
    for options in ({"average": "mean"}, {"zero_division": 2}, {"zero_division": "no"},
                    {"labels": [0, 5], "average": "macro"}, {"warn_for": "recall"}, {"beta": -1.0},
                    {"labels": [0, 5], "average": None}, {"warn_for": ("recall",), "labels": [1, 9]}):
        same("precision_recall_fscore_support", true, guess, **options)
    for options in ({"digits": -1}, {"digits": 0}, {"output_dict": 1}, {"zero_division": np.nan},
                    {"labels": [0, 7]}, {"labels": [2, 1, 0]}, {"target_names": "abc"}):
        same("classification_report", true, guess, **options)


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_probabilities_of_real_predictions(name):
    y, _, p, decisions = classified(name)
    w = weights(len(y))
    names = np.array([f"class {c}" for c in range(11)])
    for true in (y, names[y]):
        for options in ({}, {"sample_weight": w}):
            for metric in ("log_loss", "brier_score_loss", "d2_log_loss_score", "d2_brier_score"):
                same(metric, true, p, **options)
                same(metric, true, p.astype(np.float32), rtol=1e-5, **options)
            same("log_loss", true, p, normalize=False, **options)
            same("hinge_loss", true, decisions, **options)
            for how in (True, False):
                same("brier_score_loss", true, p, scale_by_half=how, **options)
            for k in (1, 2, 3, 20):
                same("top_k_accuracy_score", true, p if p.shape[1] > 2 else p[:, 1], k=k, **options)
            for how in ("ovr", "ovo", "raise"):
                for average in (None, "macro", "weighted", "micro", "samples"):
                    scores = p if p.shape[1] > 2 else p[:, 1]
                    same("roc_auc_score", true, scores, multi_class=how, average=average, **options)
            for average in (None, "macro", "weighted", "micro", "samples"):
                scores = p if p.shape[1] > 2 else p[:, 1]
                same("average_precision_score", true, scores, average=average,
                     **options, **({"pos_label": max(true)} if p.shape[1] == 2 else {}))
    same("log_loss", y, y_pred=p)
    same("log_loss", y, p, y_pred=p)
    same("d2_log_loss_score", y, y_pred=p)


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_curves_of_real_predictions(name):
    y, _, p, _ = classified(name)
    two, scores = (y == 1).astype(int), p[:, 1]
    w = weights(len(y))
    w[::7] = 0
    for rounded in (scores, np.round(scores, 1)):
        for options in ({}, {"sample_weight": w}):
            same("confusion_matrix_at_thresholds", two, rounded, **options)
            same("roc_auc_score", two, rounded, **options)
            same("roc_auc_score", two, rounded, max_fpr=0.2, **options)
            same("average_precision_score", two, rounded, **options)
            same("brier_score_loss", two, rounded, **options)
            for drop in (True, False):
                for metric in ("roc_curve", "precision_recall_curve", "det_curve"):
                    same(metric, two, rounded, drop_intermediate=drop, **options)
            words = np.array(["no", "yes"])[two]
            for metric in ("roc_curve", "precision_recall_curve", "det_curve", "brier_score_loss"):
                same(metric, words, rounded, pos_label="yes", **options)
                same(metric, words, rounded, **options)
    params = {"average": "macro"}
    (got, at), (want, where) = (
        m.metric_at_thresholds(two[:30], np.round(scores[:30], 1), m.f1_score, metric_params=params)
        for m in (ours, theirs)
    )
    assert_same_value(got, want)
    assert_same_value(at, where)


SCORED = {
    "usual": ([0, 1, 1, 0], [0.1, 0.8, 0.4, 0.5]),
    "ties": ([0, 1, 1, 0], [0.5, 0.5, 0.5, 0.5]),
    "only ones": ([1, 1, 1], [0.2, 0.3, 0.9]),
    "only zeros": ([0, 0, 0], [0.2, 0.3, 0.9]),
    "minus": ([-1, 1, 1], [0.2, 0.3, 0.9]),
    "others": ([3, 5, 5], [0.2, 0.3, 0.9]),
    "words": (["a", "b", "b"], [0.2, 0.3, 0.9]),
    "three": ([0, 1, 2], [0.2, 0.3, 0.9]),
    "table": ([0, 1, 2], [[0.2, 0.3, 0.5], [0.1, 0.8, 0.1], [0.6, 0.2, 0.2]]),
    "no sum": ([0, 1, 2], [[0.2, 0.3, 0.4], [0.1, 0.8, 0.4], [0.6, 0.2, 0.6]]),
    "two columns": ([0, 1, 1], [[0.2, 0.8], [0.1, 0.9], [0.6, 0.4]]),
    "fewer": ([0, 1, 1], [[0.2, 0.3, 0.5], [0.1, 0.8, 0.1], [0.6, 0.2, 0.2]]),
    "above": ([0, 1, 1], [0.2, 0.3, 1.9]),
    "below": ([0, 1, 1], [0.2, -0.3, 0.9]),
    "nan": ([0, 1, 1], [0.2, np.nan, 0.9]),
    "lengths": ([0, 1, 1], [0.2, 0.9]),
    "empty": ([], []),
    "one": ([1], [0.5]),
    "whole": ([0, 1, 1, 0], [3, 2, 7, 3]),
    "truths": ([False, True, True], [0.2, 0.3, 0.9]),
    "numbers": ([0.5, 1.5, 1.0], [0.2, 0.3, 0.9]),
    "labels": (np.array([[1, 0, 1], [0, 1, 0], [1, 1, 0]]), np.array([[0.9, 0.2, 0.2], [0.1, 0.5, 0.7], [0.3, 0.3, 0.1]])),
    "label lacks": (np.array([[1, 0, 0], [0, 1, 0]]), np.array([[0.9, 0.2, 0.2], [0.1, 0.5, 0.7]])),
    "graded": (np.array([[3, 0, 2], [0, 1, 0]]), np.array([[0.9, 0.2, 0.2], [0.1, 0.5, 0.7]])),
    "negative": (np.array([[3, 0, -2], [0, 1, 0]]), np.array([[0.9, 0.2, 0.2], [0.1, 0.5, 0.7]])),
    "shapes": (np.array([[1, 0, 1], [0, 1, 0]]), np.array([[0.9, 0.2], [0.1, 0.5]])),
    "single": (np.array([[1], [0]]), np.array([[0.9], [0.1]])),
}


@pytest.mark.parametrize("case", SCORED)
@pytest.mark.parametrize(
    "name",
    ["roc_curve", "precision_recall_curve", "det_curve", "confusion_matrix_at_thresholds",
     "roc_auc_score", "average_precision_score", "log_loss", "brier_score_loss", "hinge_loss",
     "d2_log_loss_score", "d2_brier_score", "top_k_accuracy_score", "coverage_error",
     "label_ranking_loss", "label_ranking_average_precision_score", "ndcg_score", "dcg_score"],
)
def test_odd_scores_give_what_they_give_there(name, case):
    true, scores = SCORED[case]
    same(name, true, scores)
    if len(true) == len(scores) > 0:
        same(name, true, scores, sample_weight=weights(len(true)))
    if name in ("roc_curve", "average_precision_score", "brier_score_loss", "d2_brier_score"):
        same(name, true, scores, pos_label=5)
        same(name, true, scores, pos_label="b")
    if name in ("roc_auc_score", "average_precision_score"):
        for average in (None, "micro", "weighted", "samples", "mean"):
            same(name, true, scores, average=average)
    if name == "roc_auc_score":
        for options in ({"max_fpr": 0.5}, {"max_fpr": 0}, {"multi_class": "ovr"},
                        {"multi_class": "ovo"}, {"multi_class": "ovo", "labels": [0, 1, 2]},
                        {"multi_class": "ovr", "labels": [2, 1, 0]},
                        {"multi_class": "ovr", "labels": [0, 1]},
                        {"multi_class": "ovr", "labels": [0, 1, 3]},
                        {"multi_class": "ovr", "labels": [0, 1, 1]}):
            same(name, true, scores, **options)
    if name in ("log_loss", "brier_score_loss", "hinge_loss", "top_k_accuracy_score",
                "d2_log_loss_score"):
        for labels in ([0, 1], [0, 1, 2], [0], [1, 0], [0, 1, 1], [2, 1, 0], [5, 6, 7]):
            same(name, true, scores, labels=labels)
    if name in ("ndcg_score", "dcg_score"):
        for options in ({"k": 2}, {"k": 0}, {"ignore_ties": True}):
            same(name, true, scores, **options)


def test_area_under_any_curve():
    for x, y in (([0, 1, 2], [0, 1, 1]), ([2, 1, 0], [0, 1, 1]), ([0, 2, 1], [0, 1, 1]), ([0], [1]),
                 ([0, 0, 1], [0, 1, 1]), ([0, 1], [0, 1, 2])):
        same("auc", x, y)


@pytest.mark.parametrize("case", range(8))
def test_rankings_of_labels(case):
    noise = np.random.RandomState(case)
    true = (noise.uniform(size=(12, 6)) < 0.4).astype(int)
    scores = np.round(noise.uniform(size=(12, 6)), case % 3)
    for name in ("coverage_error", "label_ranking_loss", "label_ranking_average_precision_score",
                 "ndcg_score", "dcg_score"):
        for options in ({}, {"sample_weight": weights(12)}):
            same(name, true, scores, **options)
    same("ndcg_score", noise.randint(0, 5, size=(12, 6)), scores, k=3)
    same("dcg_score", noise.uniform(size=(12, 6)), scores, log_base=3)


REGRESSION = (
    "d2_absolute_error_score", "d2_pinball_score", "d2_tweedie_score", "explained_variance_score",
    "max_error", "mean_absolute_error", "mean_absolute_percentage_error", "mean_gamma_deviance",
    "mean_pinball_loss", "mean_poisson_deviance", "mean_squared_error", "mean_squared_log_error",
    "mean_tweedie_deviance", "median_absolute_error", "r2_score", "root_mean_squared_error",
    "root_mean_squared_log_error",
)


@pytest.mark.parametrize("name", REGRESSION)
def test_errors_of_real_predictions(name):
    true, guess = regressed()
    parameters = theirs.__dict__[name].__kwdefaults__ or {}
    w = weights(len(true))
    w[::5] = 0
    for options in ({}, {"sample_weight": w}, {"sample_weight": np.ones(len(true), dtype=int)}):
        if not set(options) <= set(parameters):
            continue
        same(name, true[:, 0], guess[:, 0], **options)
        same(name, list(true[:, 0]), guess[:, 0], **options)
        same(name, true[:, 0].astype(np.float32), guess[:, 0].astype(np.float32), rtol=1e-5, **options)
        same(name, true[:, 0].astype(int), guess[:, 0].astype(int), **options)
        same(name, true, guess, **options)
        for how in ("raw_values", "variance_weighted", [0.3, 0.7], [1.0], "other", None):
            if "multioutput" in parameters:
                same(name, true, guess, multioutput=how, **options)
                same(name, true[:, 0], guess[:, 0], multioutput=how, **options)
        for power in (-1, 0, 0.5, 1, 1.5, 2, 3):
            if "power" in parameters:
                same(name, true[:, 0], guess[:, 0], power=power, **options)
        for alpha in (0.1, 0.5, 1.0, 2.0):
            if "alpha" in parameters:
                same(name, true, guess, alpha=alpha, **options)
    if "force_finite" in parameters:
        same(name, [1.0, 1.0], [1.0, 1.0], force_finite=False)
        same(name, [1.0, 1.0], [1.0, 2.0], force_finite=False)


@pytest.mark.parametrize("name", REGRESSION)
@pytest.mark.parametrize(
    "pair",
    [
        ([1.0], [2.0]), ([], []), ([1.0, 2.0], [1.0]), ([1.0, np.nan], [1.0, 2.0]),
        ([1.0, 2.0], [1.0, np.inf]), ([1.0, 1.0], [1.0, 1.0]), ([1.0, 1.0], [1.0, 3.0]),
        (["a", "b"], ["a", "b"]), ([-1.0, 2.0], [1.0, 2.0]), ([0.0, 2.0], [1.0, 2.0]),
        ([1.0, 2.0], [0.0, 2.0]), ([1, 2, 4], [2, 2, 1]), ([[1.0, 2.0]], [[1.0]]),
        ([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [3.0, 5.0]]), (3.0, 4.0),
    ],
    ids=str,
)
def test_odd_values_give_what_they_give_there(name, pair):
    same(name, *pair)


def test_scorers_are_scikit_learns():
    assert ours.get_scorer_names() == theirs.get_scorer_names()
    for name in theirs.get_scorer_names():
        assert repr(ours.get_scorer(name)) == repr(theirs.get_scorer(name))
    assert ours.get_scorer(None) is None
    for call in ("no_score", 3):
        same("get_scorer", call)
    for options in ({"response_method": "fit"}, {"greater_is_better": 1}):
        same("make_scorer", ours.accuracy_score, **options)
    custom = ours.make_scorer(ours.fbeta_score, beta=2, greater_is_better=False)
    assert repr(custom) == repr(theirs.make_scorer(theirs.fbeta_score, beta=2, greater_is_better=False))


@pytest.mark.parametrize("name", ["iris", "breast_cancer"])
def test_scorers_score_as_scikit_learns(name):
    X, y = getattr(datasets, f"load_{name}")(return_X_y=True)
    words = np.array(["a", "b", "c"])[y]
    w = weights(len(y))
    for target in (y, words):
        model = GaussianNB().fit(X[::3], target[::3])
        line = LogisticRegression(max_iter=5000).fit(X[::3], target[::3])
        for scoring in theirs.get_scorer_names():
            for estimator in (model, line):
                assert_same(ours.get_scorer(scoring), theirs.get_scorer(scoring), estimator, X, target)
        assert_same(
            ours.get_scorer("accuracy"), theirs.get_scorer("accuracy"), model, X, target, sample_weight=w
        )
    both = {"f": "f1_macro", "own": lambda e, X, y: 3.0, "auc": "roc_auc_ovr"}
    for scoring in (["accuracy", "roc_auc_ovr"], both):
        got, want = (m.check_scoring(model, scoring=scoring) for m in (ours, theirs))
        assert_same(got, want, model, X, words)
        assert repr(got) == repr(want)


def test_what_is_no_scorer_is_refused():
    model = GaussianNB()
    for scoring in ("no_score", [], ["accuracy", "accuracy"], [1, 2], [len], {}, {1: "accuracy"}, 3,
                    [["a"]]):
        same("check_scoring", model, scoring=scoring)
    same("check_scoring", 3)
    assert repr(ours.check_scoring(model)) == repr(theirs.check_scoring(model))
    for metric in (ours.f1_score, theirs.f1_score):
        with pytest.raises(ValueError, match="looks like it is a metric function"):
            ours.check_scoring(model, scoring=metric)

    class Silent:
        def fit(self, X, y):
            return self

    assert ours.check_scoring(Silent(), allow_none=True) is None
    with pytest.raises(TypeError, match="should have a 'score' method"):
        ours.check_scoring(Silent())
    failing = ours.check_scoring(model, scoring=["accuracy"], raise_exc=False)
    assert "Traceback" in failing(model, [[1.0]], [1])["accuracy"]


def test_scorers_work_in_scikit_learns_search():
    from sklearn.model_selection import GridSearchCV, cross_validate

    X, y = datasets.load_iris(return_X_y=True)
    grid = {"var_smoothing": [1e-9, 1e-2]}
    scores = [
        GridSearchCV(GaussianNB(), grid, scoring=m.get_scorer("f1_macro")).fit(X, y).best_score_
        for m in (ours, theirs)
    ]
    assert scores[0] == pytest.approx(scores[1])
    several = {"a": ours.get_scorer("accuracy"), "l": ours.get_scorer("neg_log_loss")}
    got = cross_validate(GaussianNB(), X, y, scoring=several)
    want = cross_validate(GaussianNB(), X, y, scoring={"a": "accuracy", "l": "neg_log_loss"})
    np.testing.assert_allclose(got["test_l"], want["test_l"])
    np.testing.assert_allclose(got["test_a"], want["test_a"])
