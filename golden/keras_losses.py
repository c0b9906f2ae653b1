"""Golden values of losses and metrics: Keras 3.15.1 on JAX 0.10.2 (CPU), seed 0.

Run by `cargo xtask golden`. A loss case holds the value and the gradient of sum(value * cotangent)
with respect to y_pred (the cotangent is 1 for a scalar). A metric case holds the result after each
of several updates.
"""

from common import Golden, import_keras, rng, set_dtype  # first: it chooses Keras's backend

import jax
import jax.numpy as jnp
import numpy as np

keras = import_keras()
losses, metrics = keras.losses, keras.metrics
G = Golden("keras_losses", "keras_losses.py", libraries=[keras])
FLOATS = {"f32": "float32", "f64": "float64"}
TOL = {"f32": {"rel": 1e-5, "abs": 1e-6}, "f64": {"rel": 1e-12, "abs": 1e-13}}


def regression(tag, n, kind):
    return rng(tag + "t").standard_normal((n, 3)).astype(kind), rng(tag + "p").standard_normal((n, 3)).astype(kind) * 1.5


def binary(tag, n, kind, logits=False, shape=(2,)):
    t = (rng(tag + "t").random((n, *shape)) < 0.5).astype(kind)
    p = rng(tag + "p").standard_normal((n, *shape)) * 2 if logits else rng(tag + "p").random((n, *shape))
    return t, p.astype(kind)


def classes(tag, n, kind, logits=False, sparse=False, c=5, positions=()):
    i = rng(tag + "t").integers(0, c, (n, *positions))
    z = rng(tag + "p").standard_normal((n, *positions, c)) * 2
    p = z if logits else np.exp(z) / np.exp(z).sum(-1, keepdims=True)
    return (i.astype(np.int32) if sparse else np.eye(c)[i].astype(kind)), p.astype(kind)


# ---- losses --------------------------------------------------------------------------------------

LOSSES = []
for name in ("MeanSquaredError", "MeanAbsoluteError"):
    LOSSES.append((name, {}, lambda k: regression("loss", 6, k), "plain"))
LOSSES += [("Huber", {"delta": d}, lambda k: regression("loss", 6, k), f"delta_{d}") for d in (1.0, 0.5)]
for logits in (False, True):
    tag = "logits" if logits else "probabilities"
    LOSSES += [("BinaryCrossentropy", {"from_logits": logits, "label_smoothing": s}, lambda k, f=logits: binary("loss", 6, k, f), f"{tag}_smoothing_{s}") for s in (0.0, 0.1)]
    LOSSES += [("CategoricalCrossentropy", {"from_logits": logits, "label_smoothing": s}, lambda k, f=logits: classes("loss", 6, k, f), f"{tag}_smoothing_{s}") for s in (0.0, 0.2)]
    LOSSES += [("SparseCategoricalCrossentropy", {"from_logits": logits}, lambda k, f=logits: classes("loss", 6, k, f, True), tag)]
    LOSSES += [("SparseCategoricalCrossentropy", {"from_logits": logits}, lambda k, f=logits: classes("losspos", 3, k, f, True, 4, (2,)), f"{tag}_positions")]
    LOSSES += [("CategoricalCrossentropy", {"from_logits": logits}, lambda k, f=logits: classes("losspos", 3, k, f, False, 4, (2,)), f"{tag}_positions")]
LOSSES += [("SparseCategoricalCrossentropy", {"ignore_class": 1}, lambda k: classes("loss", 6, k, False, True), "ignore_class")]
LOSSES += [("CategoricalCrossentropy", {}, lambda k: (classes("loss", 6, k)[0], rng("unnormalized").random((6, 5)).astype(k) + np.array(0.1, k)), "unnormalized")]
LOSSES += [("BinaryCrossentropy", {}, lambda k: (np.array([[0.0, 1.0], [1.0, 0.0]], k), np.array([[0.0, 1.0], [0.0, 1.0]], k)), "saturated")]


positive = lambda t, n, k: tuple((np.abs(v) + 0.01).astype(k) for v in regression(t, n, k))  # noqa: E731
signs = lambda k: (lambda v: (2 * v[0] - 1, v[1]))(binary("loss", 6, k, True))  # noqa: E731
for name in ("MeanAbsolutePercentageError", "LogCosh", "CosineSimilarity"):
    LOSSES.append((name, {}, lambda k: regression("loss", 6, k), "plain"))
for name in ("MeanSquaredLogarithmicError", "Poisson"):
    LOSSES.append((name, {}, lambda k: positive("loss", 6, k), "plain"))
LOSSES += [("CosineSimilarity", {"axis": 1}, lambda k: classes("losspos", 3, k, True, False, 4, (2,)), "axis_1_positions")]
LOSSES += [("KLDivergence", {}, lambda k: (classes("kl", 6, k)[1], classes("loss", 6, k)[1]), "plain")]
LOSSES += [(name, {}, signs, "plain") for name in ("Hinge", "SquaredHinge")]
LOSSES += [(name, {}, lambda k: binary("loss", 6, k, True), "zeros_and_ones") for name in ("Hinge", "SquaredHinge")]
LOSSES += [("CategoricalHinge", {}, lambda k: classes("loss", 6, k, True), "plain")]
for logits in (False, True):
    tag = "logits" if logits else "probabilities"
    LOSSES += [("BinaryFocalCrossentropy", {"from_logits": logits, **o}, lambda k, f=logits: binary("loss", 6, k, f), f"{tag}_{i}") for i, o in enumerate(({}, {"gamma": 1.5, "label_smoothing": 0.1}, {"apply_class_balancing": True, "alpha": 0.4}))]
    LOSSES += [("CategoricalFocalCrossentropy", {"from_logits": logits, **o}, lambda k, f=logits: classes("loss", 6, k, f), f"{tag}_{i}") for i, o in enumerate(({}, {"gamma": 1.5, "label_smoothing": 0.1}, {"alpha": [0.1, 0.2, 0.3, 0.4, 0.5]}))]
LOSSES += [("CategoricalGeneralizedCrossEntropy", {"q": 0.7}, lambda k: classes("loss", 6, k, False, True), "plain")]
for name, options in (("Dice", {}), ("Tversky", {"alpha": 0.3, "beta": 0.6})):
    LOSSES += [(name, options, lambda k: binary("loss", 6, k, False, (4,)), "whole")]
    LOSSES += [(name, {**options, "axis": [1]}, lambda k: binary("loss", 6, k, False, (4,)), "axis_1")]


def loss_case(name, options, make, tag, weights, reduction):
    for dtype, kind in FLOATS.items():
        set_dtype(keras, kind)
        y_true, y_pred = make(kind)
        loss = getattr(losses, name)(**options, reduction=reduction)
        samples, rank = y_true.shape[0], y_pred.ndim - 1
        weight = None
        if weights == "sample":
            weight = rng("sample_weight").random(samples).astype(kind)
        elif weights == "element":  # one for each value of the unreduced loss
            shape = y_pred.shape[:rank] if "axis" not in tag else y_pred.shape[:1] + y_pred.shape[2:]
            weight = rng("element_weight").random(shape).astype(kind)
        full = f"loss_{name}_{tag}_{reduction or 'None'}{'_' + weights if weights else ''}/{dtype}"
        value, pull = jax.vjp(lambda p: loss(y_true, p, sample_weight=weight), jnp.asarray(y_pred))
        assert value.dtype == kind, full
        cotangent = np.ones((), kind) if value.ndim == 0 else rng("loss_cotangent").standard_normal(value.shape).astype(kind)
        (gradient,) = pull(jnp.asarray(cotangent))
        assert np.isfinite(value).all(), full
        G.add({
            "name": full, "kind": "loss", "class_name": name, "dtype": dtype,
            "config": keras.saving.serialize_keras_object(loss),
            "y_true": G.tensor(full + ".y_true", y_true), "y_pred": G.tensor(full + ".y_pred", y_pred),
            "sample_weight": None if weight is None else G.tensor(full + ".sample_weight", weight),
            "output": G.tensor(full + ".out", value), "cotangent": G.tensor(full + ".cotangent", cotangent),
            "gradient": G.tensor(full + ".y_pred.gradient", gradient), "tol": TOL[dtype],
        })


for name, options, make, tag in LOSSES:
    # Keras broadcasts no weight per sample over positions: there each position has its own.
    weighted = "element" if tag.endswith("positions") else "sample"
    for weights in (None,) if tag == "whole" else (None, weighted):
        loss_case(name, options, make, tag, weights, "sum_over_batch_size")
        if tag in ("plain", "delta_1.0", "probabilities_smoothing_0.0", "logits", "probabilities_positions"):
            for reduction in ("sum", "mean", "mean_with_sample_weight", "none"):
                loss_case(name, options, make, tag, weights, reduction)

# ---- metrics -------------------------------------------------------------------------------------

BATCHES = (5, 8, 3)


def metric_case(name, options, make, tag, weights=(False, True)):
    for dtype, kind in FLOATS.items():
        if "IoU" in name and dtype == "f64":
            continue  # its result is of float32 whatever it counts in
        for weighted in weights:
            set_dtype(keras, kind)
            metric = getattr(metrics, name)(**options, name="metric")
            full = f"metric_{name}_{tag}{'_weighted' if weighted else ''}/{dtype}"
            rows, results = [], []
            for b, n in enumerate(BATCHES):
                y_true, y_pred = make(f"metric{b}", n, kind)
                weight = rng(f"metric_weight{b}").random(n).astype(kind) if weighted else None
                metric.update_state(y_true, y_pred, sample_weight=weight)
                results.append(np.asarray(metric.result(), kind))
                rows.append({
                    "y_true": G.tensor(f"{full}.{b}.y_true", y_true), "y_pred": G.tensor(f"{full}.{b}.y_pred", y_pred),
                    "sample_weight": None if weight is None else G.tensor(f"{full}.{b}.sample_weight", weight),
                })
            config = keras.saving.serialize_keras_object(metric)
            metric.reset_state()
            G.add({
                "name": full, "kind": "metric", "class_name": name, "dtype": dtype, "config": config, "batches": rows,
                "results": G.tensor(full + ".results", np.stack(results)), "tol": TOL[dtype],
            })


one = lambda t, n, k: binary(t, n, k, False, (1,))  # noqa: E731
metric_case("BinaryAccuracy", {}, one, "default")
metric_case("BinaryAccuracy", {"threshold": 0.7}, binary, "threshold")
metric_case("Accuracy", {}, lambda t, n, k: (rng(t).integers(0, 3, (n, 1)).astype(k), rng(t + "q").integers(0, 3, (n, 1)).astype(k)), "default")
metric_case("CategoricalAccuracy", {}, classes, "default")
metric_case("SparseCategoricalAccuracy", {}, lambda t, n, k: classes(t, n, k, False, True), "default")
metric_case("SparseCategoricalAccuracy", {}, lambda t, n, k: (lambda v: (v[0][:, None], v[1]))(classes(t, n, k, False, True)), "column")
for k_ in (1, 2, 3):
    metric_case("TopKCategoricalAccuracy", {"k": k_}, classes, f"k_{k_}")
    metric_case("SparseTopKCategoricalAccuracy", {"k": k_}, lambda t, n, k: classes(t, n, k, False, True), f"k_{k_}")
metric_case("MeanSquaredError", {}, regression, "default")
metric_case("MeanAbsoluteError", {}, regression, "default")
metric_case("RootMeanSquaredError", {}, regression, "default")
metric_case("BinaryCrossentropy", {}, one, "default")
metric_case("CategoricalCrossentropy", {"label_smoothing": 0.1}, classes, "default")
metric_case("SparseCategoricalCrossentropy", {"from_logits": True}, lambda t, n, k: classes(t, n, k, True, True), "logits")
for name in ("Precision", "Recall"):
    metric_case(name, {}, one, "default")
    metric_case(name, {"thresholds": 0.3}, one, "threshold")
    metric_case(name, {"thresholds": [0.2, 0.5, 0.8]}, one, "thresholds")
    metric_case(name, {"class_id": 2}, classes, "class_id")
    metric_case(name, {"top_k": 2}, classes, "top_k")
metric_case("AUC", {}, one, "default")
metric_case("AUC", {"curve": "PR"}, one, "pr")
metric_case("AUC", {"num_thresholds": 11}, one, "few_thresholds")
metric_case("AUC", {"thresholds": [0.1, 0.4, 0.45, 0.9]}, one, "thresholds")
for method in ("minoring", "majoring"):
    metric_case("AUC", {"summation_method": method, "num_thresholds": 20}, one, method)
metric_case("AUC", {"from_logits": True}, lambda t, n, k: binary(t, n, k, True, (1,)), "logits")
metric_case("AUC", {"multi_label": True, "num_labels": 2, "num_thresholds": 20}, lambda t, n, k: binary(t, n, k), "multi_label")
for name in ("MeanAbsolutePercentageError", "LogCoshError", "CosineSimilarity", "PearsonCorrelation", "ConcordanceCorrelation"):
    metric_case(name, {}, regression, "default")
for name in ("MeanSquaredLogarithmicError", "Poisson"):
    metric_case(name, {}, positive, "default")
metric_case("KLDivergence", {}, lambda t, n, k: (classes(t + "kl", n, k)[1], classes(t, n, k)[1]), "default")
for name in ("Hinge", "SquaredHinge"):
    metric_case(name, {}, lambda t, n, k: (lambda v: (2 * v[0] - 1, v[1]))(binary(t, n, k, True)), "default")
metric_case("CategoricalHinge", {}, lambda t, n, k: classes(t, n, k, True), "default")
for name in ("TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives"):
    metric_case(name, {}, one, "default")
    metric_case(name, {"thresholds": [0.2, 0.6]}, one, "thresholds")
for name, option in (("SensitivityAtSpecificity", "specificity"), ("SpecificityAtSensitivity", "sensitivity"), ("PrecisionAtRecall", "recall"), ("RecallAtPrecision", "precision")):
    metric_case(name, {option: 0.5}, one, "default")
    metric_case(name, {option: 0.7, "num_thresholds": 20}, one, "thresholds")
    metric_case(name, {option: 0.3, "class_id": 1}, classes, "class_id")
    metric_case(name, {option: 0.3, "num_thresholds": 1}, one, "one_threshold")
for average in (None, "micro", "macro", "weighted"):
    metric_case("F1Score", {"average": average}, classes, f"{average}")
    metric_case("FBetaScore", {"average": average, "beta": 2.0, "threshold": 0.3}, classes, f"{average}")
for how in (None, "uniform_average", "variance_weighted_average"):
    metric_case("R2Score", {"class_aggregation": how}, regression, f"{how}")
metric_case("R2Score", {"num_regressors": 2}, regression, "adjusted")
labels = lambda t, n, k: (rng(t).integers(0, 3, (n, 4)).astype(np.int32), rng(t + "q").integers(0, 3, (n, 4)).astype(np.int32))  # noqa: E731
float_dtype = {"dtype": "float32"}
metric_case("MeanIoU", {"num_classes": 3}, labels, "default", weights=(False,))
metric_case("MeanIoU", {"num_classes": 3, "ignore_class": 1, **float_dtype}, lambda t, n, k: tuple(v[:, 0] for v in labels(t, n, k)), "ignore_class")
metric_case("IoU", {"num_classes": 3, "target_class_ids": [0, 2], **float_dtype}, lambda t, n, k: tuple(v[:, 0] for v in labels(t, n, k)), "targets")
metric_case("BinaryIoU", {"threshold": 0.3, **float_dtype}, one, "threshold")
metric_case("BinaryIoU", {"target_class_ids": [1]}, one, "targets", weights=(False,))
metric_case("OneHotIoU", {"num_classes": 5, "target_class_ids": [1, 2]}, classes, "default", weights=(False,))
metric_case("OneHotMeanIoU", {"num_classes": 5, **float_dtype}, classes, "default")

G.save()
