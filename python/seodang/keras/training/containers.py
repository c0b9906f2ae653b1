"""What `compile` was given for losses and metrics, resolved for a model's outputs."""

from __future__ import annotations

from collections.abc import Mapping

from ... import _native as native
from ... import _nest
from ..._language import both


def _dims(x) -> list:
    return [None, *tuple(x.shape)[1:]]


def _same_rank(y_true, y_pred):
    """Labels and predictions of one rank, where one of them has a last dimension of 1 more."""
    if y_true.ndim + 1 == y_pred.ndim and y_pred.shape[-1] == 1:
        return native.expand_dims(y_true, -1), y_pred
    return y_true, y_pred


def outputs(y_pred) -> list:
    """The outputs of a model in a row; ValueError where its `call` returned None."""
    found = _nest.flatten(y_pred)
    if any(v is None for v in found):
        which = "" if len(found) == 1 else f" as output {[v is None for v in found].index(True)}"
        raise ValueError(f"None values not supported: the model's `call` returned None{which}.")
    return found


def make_loss(identifier, y_true, y_pred):
    """The loss object of a name, a function or a loss, for labels and predictions like these."""
    from .. import losses
    from ..saving import registration

    if identifier is None or isinstance(identifier, losses.Loss):
        return identifier
    if isinstance(identifier, str) and registration.get_registered_object(identifier) is None:
        if identifier.lower() in ("crossentropy", "ce"):
            name = native.resolve_loss(identifier, _dims(y_true), _dims(y_pred))
            return getattr(losses, name)()
        function = losses.functions.find(identifier)
        if function is None:
            return _named_class(losses, identifier)
        cls = losses.functions._CLASSES[function.__name__]
        return getattr(losses, cls)()
    found = losses.get(identifier)
    if isinstance(found, losses.Loss):
        return found
    if getattr(found, "__module__", "") == "keras.losses":
        return getattr(losses, losses.functions._CLASSES[found.__name__])()
    if not callable(found):
        raise ValueError(both(
            f"Could not interpret loss identifier: {identifier!r}",
            f"손실로 쓸 수 없는 값입니다: {identifier!r}",
        ))
    return losses.LossFunctionWrapper(found)


def _named_class(losses, identifier: str):
    try:
        return getattr(losses, native.family_find("losses", identifier))()
    except ValueError as e:
        raise ValueError(both(
            f"Unknown loss function: '{identifier}'. {e}",
            f"'{identifier}'이라는 손실 함수는 없습니다.",
        )) from None


def make_metric(identifier, y_true, y_pred):
    """The metric object of a name, a function or a metric, for labels and predictions like these."""
    from .. import losses, metrics
    from ..saving import registration

    if identifier is None or isinstance(identifier, metrics.Metric):
        return identifier
    if isinstance(identifier, type):
        return identifier()
    if isinstance(identifier, str) and registration.get_registered_object(identifier) is None:
        try:
            name = native.resolve_metric(identifier, _dims(y_true), _dims(y_pred))
            return getattr(metrics, name)(name=identifier)
        except ValueError:
            function = metrics.get(identifier)
            return metrics.MeanMetricWrapper(function, name=identifier)
    if isinstance(identifier, losses.Loss):
        return metrics.MeanMetricWrapper(identifier.call, name=identifier.name)
    found = metrics.get(identifier)
    if isinstance(found, metrics.Metric):
        return found
    if callable(found):
        return metrics.MeanMetricWrapper(found)
    raise ValueError(both(
        f"Could not interpret metric identifier: {identifier!r}",
        f"지표로 쓸 수 없는 값입니다: {identifier!r}",
    ))


def _per_output(given, names: list, y_pred, what: str) -> list:
    """What was given, as one entry for each output: None, one for all, a list or a dict by name."""
    count = len(names)
    if given is None:
        return [None] * count
    if isinstance(given, Mapping):
        unknown = [k for k in given if k not in names and not isinstance(y_pred, Mapping)]
        if unknown:
            raise ValueError(both(
                f"Found unexpected keys that do not correspond to any Model output: {unknown}. "
                f"Expected: {names}",
                f"모델의 출력에 없는 이름입니다: {unknown}. 출력의 이름: {names}",
            ))
        return [given.get(n) for n in names]
    if isinstance(given, (list, tuple)):
        if what == "metrics":
            nested = any(isinstance(g, (list, tuple)) for g in given)
            if not nested:
                # As in TensorFlow 2: a flat list is of every output.
                return [given] * count
            if len(given) != count and count == 1:
                return [[m for g in given for m in (g if isinstance(g, (list, tuple)) else [g])]]
        if len(given) != count:
            raise ValueError(both(
                f"When passing a list as `{what}`, it should have one entry per model output. "
                f"Received: {what}={given!r} for {count} outputs ({names}).",
                f"`{what}` 리스트에는 모델의 출력마다 하나씩 있어야 합니다. 출력 {count}개: {names}",
            ))
        return list(given)
    return [given] * count


class LossContainer:
    """`model.compiled_loss`: the total loss of a batch, and its mean over batches."""

    def __init__(self, losses, loss_weights=None, output_names=None) -> None:
        from ..metrics import Mean

        self._given = losses
        self._weights_given = loss_weights
        self._names = output_names
        self._losses: list | None = None
        self._weights: list = []
        self._total = Mean(name="loss")
        self._each: list = []

    @property
    def built(self) -> bool:
        """Whether the outputs are known."""
        return self._losses is not None

    @property
    def metrics(self) -> list:
        """The means over batches: the total, then one for each output if there are several."""
        return [self._total, *(m for m in self._each if m is not None)]

    def build(self, y_true, y_pred) -> None:
        """Resolves names and functions for these labels and predictions."""
        from ..metrics import Mean

        predictions = outputs(y_pred)
        labels = _flat_labels(y_true, y_pred, self._names)
        names = self._names if self._names and len(self._names) == len(predictions) else _names(y_pred)
        self._names = names
        given = _per_output(self._given, names, y_pred, "loss")
        self._losses = [
            None if loss is None or t is None else make_loss(loss, native.convert(t), p)
            for loss, t, p in zip(given, labels, predictions)
        ]
        self._weights = _per_output(self._weights_given, names, y_pred, "loss_weights")
        if len(predictions) > 1:
            self._each = [
                None if loss is None else Mean(name=f"{n}_loss")
                for loss, n in zip(self._losses, names)
            ]

    def __call__(self, y_true, y_pred, sample_weight=None, regularization_losses=None):
        """The total loss of a batch, taken into the mean."""
        if self._losses is None:
            self.build(y_true, y_pred)
        predictions = outputs(y_pred)
        labels = _flat_labels(y_true, y_pred, self._names)
        weights = _flat_weights(sample_weight, len(predictions), self._names)
        total = None
        rows = float(predictions[0].shape[0]) if predictions and predictions[0].ndim else 1.0
        for i, (loss, t, p, w) in enumerate(zip(self._losses, labels, predictions, weights)):
            if loss is None or t is None:
                continue
            t, p = _same_rank(native.convert(t), native.convert(p))
            mask = getattr(predictions[i], "_keras_mask", None)
            w = _with_mask(w, mask, p)
            value = native.convert(loss(t, p, w))
            if value.ndim:
                value = native.reduce_mean(value)
            if self._each and self._each[i] is not None:
                self._each[i].update_state(value, rows)
            if self._weights[i] is not None:
                value = value * self._weights[i]
            total = value if total is None else total + native.cast(value, total.dtype)
        for extra in regularization_losses or ():
            extra = native.reduce_sum(native.convert(extra))
            total = extra if total is None else total + native.cast(extra, total.dtype)
        if total is None:
            raise ValueError(both(
                "No loss to compute. Provide a `loss` argument in `compile()`, or add one with "
                "`add_loss`.",
                "계산할 손실이 없습니다. `compile()`에 `loss`를 주거나 `add_loss`를 쓰세요.",
            ))
        self._total.update_state(total, rows)
        return total

    def reset_state(self) -> None:
        """Forgets all batches."""
        for m in self.metrics:
            m.reset_state()


class MetricsContainer:
    """`model.compiled_metrics`: the metrics of a model's outputs."""

    def __init__(self, metrics=None, weighted_metrics=None, output_names=None) -> None:
        self._given, self._weighted_given = metrics, weighted_metrics
        self._names = output_names
        self._plain: list | None = None
        self._weighted: list = []
        self.named: list = []

    @property
    def built(self) -> bool:
        """Whether the outputs are known."""
        return self._plain is not None

    @property
    def metrics(self) -> list:
        """The metrics."""
        return [m for _, m in self.named]

    def build(self, y_true, y_pred) -> None:
        """Resolves names and functions for these labels and predictions."""
        predictions = _nest.flatten(y_pred)
        labels = _flat_labels(y_true, y_pred, self._names)
        names = self._names if self._names and len(self._names) == len(predictions) else _names(y_pred)
        self._names = names

        def resolve(given) -> list:
            out = []
            for listed, t, p in zip(_per_output(given, names, y_pred, "metrics"), labels, predictions):
                if listed is None or t is None:
                    out.append([])
                    continue
                listed = listed if isinstance(listed, (list, tuple)) else [listed]
                flat = [m for g in listed for m in (g if isinstance(g, (list, tuple)) else [g])]
                t = native.convert(t)
                out.append([make_metric(m, t, p) for m in flat if m is not None])
            return out

        self._plain, self._weighted = resolve(self._given), resolve(self._weighted_given)
        self.named = []
        for i, name in enumerate(names):
            for m in [*self._plain[i], *self._weighted[i]]:
                shown = f"{name}_{m.name}" if len(names) > 1 else m.name
                used = {n for n, _ in self.named}
                unique, k = shown, 1
                while unique in used:
                    unique, k = f"{shown}_{k}", k + 1
                self.named.append((unique, m))

    def update_state(self, y_true, y_pred, sample_weight=None) -> None:
        """Takes a batch in."""
        if self._plain is None:
            self.build(y_true, y_pred)
        predictions = _nest.flatten(y_pred)
        labels = _flat_labels(y_true, y_pred, self._names)
        weights = _flat_weights(sample_weight, len(predictions), self._names)
        for i, (t, p, w) in enumerate(zip(labels, predictions, weights)):
            if t is None or not (self._plain[i] or self._weighted[i]):
                continue
            mask = getattr(p, "_keras_mask", None)
            t, p = _same_rank(native.convert(t), native.convert(p))
            for m in self._plain[i]:
                m.update_state(t, p, _with_mask(None, mask, p))
            for m in self._weighted[i]:
                m.update_state(t, p, _with_mask(w, mask, p))

    def reset_state(self) -> None:
        """Forgets all batches."""
        for m in self.metrics:
            m.reset_state()


def _names(y_pred) -> list:
    if isinstance(y_pred, Mapping):
        return sorted(y_pred)
    return [f"output_{i + 1}" for i in range(len(_nest.flatten(y_pred)))]


def _flat_labels(y_true, y_pred, names) -> list:
    """Labels in the order of the predictions."""
    count = len(_nest.flatten(y_pred))
    if y_true is None:
        return [None] * count
    if isinstance(y_true, Mapping) and not isinstance(y_pred, Mapping):
        return [y_true.get(n) for n in names or sorted(y_true)]
    flat = _nest.flatten(y_true)
    if len(flat) == 1 and count > 1:
        return flat * count
    if len(flat) != count:
        raise ValueError(both(
            f"Layer outputs and targets do not match: the model has {count} outputs, and {len(flat)} "
            "targets were given.",
            f"모델의 출력은 {count}개인데 정답은 {len(flat)}개입니다.",
        ))
    return flat


def _flat_weights(weights, count: int, names) -> list:
    if weights is None:
        return [None] * count
    if isinstance(weights, Mapping):
        return [weights.get(n) for n in names or sorted(weights)]
    if isinstance(weights, (list, tuple)):
        return [*weights, *[None] * (count - len(weights))]
    return [weights] * count


def _with_mask(weight, mask, y_pred):
    """Sample weights in which masked positions count nothing."""
    if mask is None:
        return weight
    mask = native.cast(mask, y_pred.dtype)
    if weight is None:
        return mask
    weight = native.cast(native.convert(weight), y_pred.dtype)
    while weight.ndim < mask.ndim:
        weight = native.expand_dims(weight, -1)
    return weight * mask
