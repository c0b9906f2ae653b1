"""`Trainer`: compile, fit, evaluate and predict; a model inherits them."""

from __future__ import annotations

import contextlib
import sys
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from ... import _native as native
from ... import _nest
from ..._language import both
from ...errors import TracedValueError
from .. import _config
from . import data as _data
from .containers import LossContainer, MetricsContainer
from .loop import Loop

if TYPE_CHECKING:
    from ..callbacks.history import History

_LEGACY_COMPILE = ("sample_weight_mode", "target_tensors", "distribute", "auto_scale_loss",
                   "experimental_run_tf_function", "from_serialized", "pss_evaluation_shards",
                   "experimental_steps_per_execution")


class Trainer:
    """What a model can do once it is compiled."""

    # What `compile` and `fit` set.
    optimizer: Any
    loss: Any
    stop_training: bool
    history: History

    def _init_training(self) -> None:
        state = self.__dict__
        state.setdefault("optimizer", None)
        state.setdefault("loss", None)
        state.setdefault("stop_training", False)
        state.setdefault("history", None)
        state.setdefault("_compiled", None)
        state.setdefault("_programs", {})

    # compile -----------------------------------------------------------------------------------

    def compile(self, optimizer: Any = "rmsprop", loss=None, metrics=None, loss_weights=None,
                weighted_metrics=None, run_eagerly=False, steps_per_execution=1, jit_compile: Any = "auto",
                auto_scale_loss=True, **kwargs) -> None:
        """Prepares the model for training.

        Args:
            optimizer: a name or an optimizer.
            loss: a name, a function or a loss; a list or dict of them for several outputs.
            metrics: a list of names, functions or metrics; lists or a dict for several outputs.
            loss_weights: numbers by which the outputs' losses count.
            weighted_metrics: metrics in which sample weights count.
            run_eagerly: whether steps run as plain Python, to look into them.
            steps_per_execution, jit_compile: accepted; a step is one program anyway.

        Raises ValueError for unknown names and TypeError for unknown options.
        """
        from .. import optimizers

        for key in kwargs:
            if key not in _LEGACY_COMPILE:
                raise TypeError(f"Invalid keyword argument(s) in `compile()`: {{'{key}'}}")
        self._init_training()
        state = self.__dict__
        state["optimizer"] = optimizers.get(optimizer)
        state["loss"] = loss
        state["_run_eagerly"] = bool(run_eagerly)
        names = self.output_names if self.__dict__.get("_graph") is not None else None
        state["compiled_loss"] = LossContainer(loss, loss_weights, names)
        state["compiled_metrics"] = MetricsContainer(metrics, weighted_metrics, names)
        state["_compiled"] = {
            "optimizer": optimizer, "loss": loss, "metrics": metrics, "loss_weights": loss_weights,
            "weighted_metrics": weighted_metrics,
        }
        state["_trainable_at_compile"] = [
            (layer, layer._trainable) for layer in self._flatten_layers()
        ]
        self._forget_programs()
        _check_names(loss, metrics)

    @property
    def compiled(self) -> bool:
        """Whether `compile` was called."""
        return self.__dict__.get("_compiled") is not None

    _is_compiled = compiled

    @property
    def run_eagerly(self) -> bool:
        """Whether steps run as plain Python."""
        # Only a program that uses tf.config can have asked for it there.
        config = sys.modules.get("seodang.compat.tensorflow.config")
        forced = config is not None and config.functions_run_eagerly()
        return bool(self.__dict__.get("_run_eagerly") or forced)

    @run_eagerly.setter
    def run_eagerly(self, value) -> None:
        self.__dict__["_run_eagerly"] = bool(value)
        self._forget_programs()

    @contextlib.contextmanager
    def _trainable_as_compiled(self):
        """While it lasts, layers are trainable as they were at `compile`.

        So a network that is frozen afterwards to be part of another one, as in a GAN, still learns in
        its own `fit` and `train_on_batch`.
        """
        changed = [
            (layer, flag) for layer, flag in self.__dict__.get("_trainable_at_compile", ())
            if layer._trainable != flag
        ]
        for layer, flag in changed:
            layer._set_trainable(flag)
        try:
            yield
        finally:
            for layer, flag in changed:
                layer._set_trainable(not flag)

    def _forget_programs(self) -> None:
        """Makes the next step trace anew."""
        state = self.__dict__
        state["_programs"] = {}
        state.pop("_predict_programs", None)
        state.pop("_predict_fast", None)

    def _assert_compiled(self, what: str) -> None:
        if not self.compiled:
            raise RuntimeError(both(
                "You must compile your model before training/testing. Use `model.compile(optimizer, "
                f"loss)`. (`{what}` was called on the model \"{self.name}\".)",
                f"모델 \"{self.name}\": `{what}` 전에 `model.compile(optimizer, loss)`를 부르세요.",
            ))

    def get_compile_config(self) -> dict | None:
        """What `compile` was given, in a form that can be saved."""
        if not self.compiled:
            return None
        from ..saving import objects

        config = dict(self._compiled)
        config["optimizer"] = self.optimizer
        try:
            return {k: objects.serialize_value(v) for k, v in config.items()}
        except (TypeError, ValueError):
            return None

    def compile_from_config(self, config: dict) -> None:
        """Compiles with what `get_compile_config` gave."""
        from ..saving import objects

        made = {k: objects.deserialize_value(v) for k, v in config.items()}
        made.pop("jit_compile", None)
        self.compile(**made)

    # What a step computes ----------------------------------------------------------------------

    @property
    def metrics(self) -> list:
        """The metrics: the mean loss, those of `compile`, those of layers and attributes."""
        out = []
        if self.compiled:
            out += self.compiled_loss.metrics
            out += self.compiled_metrics.metrics
        for layer in self._flatten_layers():
            out += layer._own_metrics() if layer is not self else _own(self)
        unique: list = []
        for m in out:
            if not any(m is u for u in unique):
                unique.append(m)
        return unique

    @property
    def metrics_names(self) -> list:
        """The names under which `evaluate` gives its values."""
        return [n for n, _ in self._named_metrics()]

    def _named_metrics(self) -> list:
        named = []
        if self.compiled:
            named += [(m.name, m) for m in self.compiled_loss.metrics]
            named += self.compiled_metrics.named
        known = [m for _, m in named]
        for m in self.metrics:
            if not any(m is k for k in known):
                named.append((m.name, m))
        return named

    def reset_metrics(self) -> None:
        """Forgets what the metrics counted."""
        for m in self.metrics:
            m.reset_state()

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        """The total loss of a batch: compiled losses, penalties, what layers added."""
        return self.compiled_loss(y, y_pred, sample_weight, regularization_losses=self.losses)

    def compute_metrics(self, x, y, y_pred, sample_weight=None) -> dict:
        """Takes a batch into the metrics and gives their values."""
        self.compiled_metrics.update_state(y, y_pred, sample_weight)
        return self.get_metrics_result()

    def get_metrics_result(self) -> dict:
        """The values of all metrics by name."""
        out: dict = {}
        for name, m in self._named_metrics():
            value = m.result()
            if isinstance(value, dict):
                out.update(value)
            else:
                out[name] = value
        return out

    def train_step(self, data) -> dict:
        """One training step; to be overridden for a training of one's own."""
        x, y, sample_weight = _data.unpack(data)
        x, y = _expand(x), _expand(y)
        tape = native.Tape()
        tape.enter()
        try:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x, y, y_pred, sample_weight)
        finally:
            tape.exit()
        variables = self.trainable_variables
        if variables:
            scale = getattr(self.optimizer, "_handle", None)
            target = scale.scale_loss(loss) if scale is not None else loss
            self.optimizer.apply_gradients(zip(tape.gradient([target], variables), variables))
        return self.compute_metrics(x, y, y_pred, sample_weight)

    def test_step(self, data) -> dict:
        """One evaluation step; may be overridden."""
        x, y, sample_weight = _data.unpack(data)
        x, y = _expand(x), _expand(y)
        y_pred = self(x, training=False)
        self.compute_loss(x, y, y_pred, sample_weight)
        return self.compute_metrics(x, y, y_pred, sample_weight)

    def predict_step(self, data):
        """One step of `predict`; may be overridden."""
        x, _, _ = _data.unpack(data)
        return self(_expand(x), training=False)

    # fit, evaluate, predict --------------------------------------------------------------------

    def fit(self, x=None, y=None, batch_size=None, epochs=1, verbose: Any = "auto", callbacks=None,
            validation_split=0.0, validation_data=None, shuffle=True, class_weight=None,
            sample_weight=None, initial_epoch=0, steps_per_epoch=None, validation_steps=None,
            validation_batch_size=None, validation_freq: Any = 1, max_queue_size=10, workers=1,
            use_multiprocessing=False) -> History:
        """Trains the model, epoch by epoch, and gives the `History`.

        Args:
            x, y: arrays (or lists, tensors, frames), or in `x` a Dataset, generator or Sequence.
            batch_size: rows of a step, 32 unless given.
            epochs: the number of the last epoch.
            verbose: 0 (silent), 1 (a bar), 2 (a line for each epoch), "auto" (1).
            callbacks: what happens meanwhile.
            validation_split: the share of the last rows that validates.
            validation_data: (x, y), (x, y, sample_weight), or a Dataset.
            shuffle: whether each epoch sees the rows in an order of its own.
            class_weight: weights of rows by their class.
            sample_weight: weights of rows.
            initial_epoch: the number of the first epoch.
            steps_per_epoch, validation_steps: batches of an epoch.
            validation_freq: how often to validate: every so many epochs, or a list of epochs.

        Raises RuntimeError before `compile`; ValueError for data that does not fit.
        """
        self._assert_compiled("fit")
        with self._trainable_as_compiled():
            return Loop(self).fit(
                x, y, batch_size, epochs, verbose, callbacks, validation_split, validation_data,
                shuffle, class_weight, sample_weight, initial_epoch, steps_per_epoch,
                validation_steps, validation_batch_size, validation_freq,
            )

    def evaluate(self, x=None, y=None, batch_size=None, verbose: Any = "auto", sample_weight=None, steps=None,
                 callbacks=None, max_queue_size=10, workers=1, use_multiprocessing=False,
                 return_dict=False, **kwargs) -> Any:
        """The loss and the metrics on data: one number, a list of them, or a dict."""
        self._assert_compiled("evaluate")
        logs = Loop(self).evaluate(x, y, batch_size, verbose, sample_weight, steps, callbacks)
        if return_dict:
            return logs
        values = list(logs.values())
        return values[0] if len(values) == 1 else values

    def predict(self, x, batch_size=None, verbose=0, steps=None, callbacks=None, max_queue_size=10,
                workers=1, use_multiprocessing=False) -> Any:
        """The outputs for data, as NumPy arrays."""
        if verbose == 0 and type(x) is np.ndarray and callbacks is None and steps is None:
            program = self.__dict__.get("_predict_fast")
            # A model that got another layer has another graph.
            if (program is not None and x.dtype == program[1] and x.ndim and len(x)
                    and program[2] is self.__dict__.get("_graph")):
                return native.predict_call(program[0], x, batch_size or 32)[0]
        return Loop(self).predict(x, batch_size, verbose, steps, callbacks)

    def train_on_batch(self, x, y=None, sample_weight=None, class_weight=None, reset_metrics=True,
                       return_dict=False) -> Any:
        """One training step on one batch; the loss and the metrics of it."""
        self._assert_compiled("train_on_batch")
        if reset_metrics:
            self.reset_metrics()
        if class_weight is not None:
            sample_weight = class_weights(y, class_weight)
        with self._trainable_as_compiled():
            logs = Loop(self).one("train", (x, y, sample_weight))
        return _values(logs, return_dict)

    def test_on_batch(self, x, y=None, sample_weight=None, reset_metrics=True, return_dict=False):
        """The loss and the metrics of one batch."""
        self._assert_compiled("test_on_batch")
        if reset_metrics:
            self.reset_metrics()
        return _values(Loop(self).one("test", (x, y, sample_weight)), return_dict)

    def predict_on_batch(self, x) -> Any:
        """The outputs for one batch, as NumPy arrays."""
        x = _data.arrays_of(x, "x")
        rows = _data.rows_of(x)
        return Loop(self).predict(x, max(rows, 1), 0, None, None)

    # Older names -------------------------------------------------------------------------------

    def fit_generator(self, generator, steps_per_epoch=None, epochs=1, verbose=1, callbacks=None,
                      validation_data=None, validation_steps=None, validation_freq: Any = 1,
                      class_weight=None, max_queue_size=10, workers=1, use_multiprocessing=False,
                      shuffle=True, initial_epoch=0):
        """`fit` on a generator (the older name)."""
        return self.fit(generator, steps_per_epoch=steps_per_epoch, epochs=epochs, verbose=verbose,
                        callbacks=callbacks, validation_data=validation_data,
                        validation_steps=validation_steps, validation_freq=validation_freq,
                        class_weight=class_weight, shuffle=shuffle, initial_epoch=initial_epoch)

    def evaluate_generator(self, generator, steps=None, callbacks=None, max_queue_size=10, workers=1,
                           use_multiprocessing=False, verbose=0):
        """`evaluate` on a generator (the older name)."""
        return self.evaluate(generator, steps=steps, callbacks=callbacks, verbose=verbose)

    def predict_generator(self, generator, steps=None, callbacks=None, max_queue_size=10, workers=1,
                          use_multiprocessing=False, verbose=0):
        """`predict` on a generator (the older name)."""
        return self.predict(generator, steps=steps, callbacks=callbacks, verbose=verbose)

    def predict_classes(self, x, batch_size=32, verbose=0):
        """The number of the most likely class of each row."""
        outputs = self.predict(x, batch_size=batch_size, verbose=verbose)
        if outputs.shape[-1] > 1:
            return outputs.argmax(axis=-1)
        return (outputs > 0.5).astype("int32")

    def predict_proba(self, x, batch_size=32, verbose=0):
        """The outputs, which are probabilities for models that end in softmax or sigmoid."""
        return self.predict(x, batch_size=batch_size, verbose=verbose)

    def make_train_function(self, force: bool = False):
        """The function that makes a training step of an iterator's next batch."""
        loop = Loop(self)
        return lambda iterator: loop.one("train", next(iterator), convert=False)

    def make_test_function(self, force: bool = False):
        """The function that makes an evaluation step of an iterator's next batch."""
        loop = Loop(self)
        return lambda iterator: loop.one("test", next(iterator), convert=False)


def _own(model) -> list:
    from ..layers.base import Layer

    return Layer._own_metrics(model)


def _values(logs: dict, return_dict: bool):
    if return_dict:
        return logs
    values = list(logs.values())
    return values[0] if len(values) == 1 else values


def _expand(structure):
    """Rows of single numbers as rows of one number, as Keras 2 does."""
    if structure is None:
        return None

    def one(x):
        if native.is_tensor(x) and x.ndim == 1:
            mask = getattr(x, "_keras_mask", None)
            y = native.expand_dims(x, -1)
            if mask is not None:
                y._keras_mask = mask
            return y
        return x

    return _nest.map_structure(one, structure)


def class_weights(y, weights: dict):
    """The weight of each row by its class."""
    y = np.asarray(_data.to_array(y, "y"))
    if y.ndim > 2:
        raise ValueError("`class_weight` not supported for 3+ dimensional targets.")
    classes = y.argmax(axis=1) if y.ndim == 2 and y.shape[1] > 1 else y.reshape(-1).astype("int64")
    table = {int(k): float(v) for k, v in weights.items()}
    return np.array([table.get(int(c), 1.0) for c in classes], _config.floatx())


def _check_names(loss, metrics) -> None:
    """Reports a name that does not exist when `compile` is called, not in the first step."""
    from .. import losses

    for name in _nest.flatten(loss) if loss is not None else []:
        if isinstance(name, str) and name.lower() not in ("crossentropy", "ce"):
            losses.get(name)
    if metrics is not None and not isinstance(metrics, (list, tuple, dict)) and not isinstance(
        metrics, str
    ):
        raise TypeError(
            "Type of `metrics` argument not understood. Expected a list or dictionary, found: "
            f"{type(metrics)}"
        )


def fall_back(model, error: TracedValueError) -> None:
    """From now on the model's steps run as plain Python, which is said once."""
    where = ""
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if "seodang" not in file:
            where = f" ({file}:{trace.tb_lineno})"
        trace = trace.tb_next
    warnings.warn(
        f"A step of the model \"{model.name}\" uses the value of a tensor while it is traced{where}; it "
        "runs as plain Python from now on, which is slower.",
        stacklevel=4,
    )
    model.__dict__["_run_eagerly"] = True
