"""`Callback`: what users subclass to act while a model trains; and the list that calls them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Callback:
    """Base of all callbacks: its methods are called while a model trains, is evaluated or predicts.

    Attributes:
        model: the model, once training has begun.
        params: `verbose`, `epochs` and `steps` of the run.

    Batch methods of classes that do not override them are never called, so that training need not
    return to Python after each step.
    """

    def __init__(self) -> None:
        self.params: dict[str, Any] | None = None
        self._model: Any = None

    # A class of the user's may forget to call `super().__init__()`.
    params = None
    _model = None
    validation_data = None

    @property
    def model(self) -> Any:
        """The model that is being trained."""
        return self._model

    @model.setter
    def model(self, model: Any) -> None:
        self._model = model

    def set_params(self, params: dict[str, Any]) -> None:
        """Takes the parameters of the run."""
        self.params = params

    def set_model(self, model: Any) -> None:
        """Takes the model."""
        self._model = model

    def on_batch_begin(self, batch: int, logs: dict[str, float] | None = None) -> None:
        """Called before each training step; the older name of `on_train_batch_begin`."""

    def on_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        """Called after each training step; the older name of `on_train_batch_end`."""

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Called before each epoch."""

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Called after each epoch and its validation; `logs` holds what was measured."""

    def on_train_batch_begin(self, batch: int, logs: dict[str, float] | None = None) -> None:
        """Called before each training step."""
        self.on_batch_begin(batch, logs=logs)

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        """Called after each training step; `logs` holds the means so far in this epoch."""
        self.on_batch_end(batch, logs=logs)

    def on_test_batch_begin(self, batch: int, logs: dict[str, float] | None = None) -> None:
        """Called before each evaluation step, validation included."""

    def on_test_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        """Called after each evaluation step, validation included."""

    def on_predict_batch_begin(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Called before each step of `predict`."""

    def on_predict_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Called after each step of `predict`; `logs["outputs"]` holds its outputs."""

    def on_train_begin(self, logs: dict[str, float] | None = None) -> None:
        """Called when `fit` begins."""

    def on_train_end(self, logs: dict[str, float] | None = None) -> None:
        """Called when `fit` ends."""

    def on_test_begin(self, logs: dict[str, float] | None = None) -> None:
        """Called when an evaluation or validation begins."""

    def on_test_end(self, logs: dict[str, float] | None = None) -> None:
        """Called when an evaluation or validation ends."""

    def on_predict_begin(self, logs: dict[str, Any] | None = None) -> None:
        """Called when `predict` begins."""

    def on_predict_end(self, logs: dict[str, Any] | None = None) -> None:
        """Called when `predict` ends."""

    def _wants_batches(self, mode: str) -> bool:
        """Whether a batch method of this mode ("train", "test", "predict") was overridden."""
        names = [f"on_{mode}_batch_begin", f"on_{mode}_batch_end"]
        if mode == "train":
            names += ["on_batch_begin", "on_batch_end"]
        return any(_overridden(self, name) for name in names)


def _overridden(callback: Any, name: str) -> bool:
    method = getattr(callback, name, None)
    if method is None:
        return False
    return getattr(method, "__func__", method) is not getattr(Callback, name)


class CallbackList:
    """Calls a list of callbacks, in order.

    Args:
        callbacks: the callbacks; one alone is taken for a list of it.
        add_history: whether to add a `History` if there is none.
        add_progbar: whether to add a `ProgbarLogger` if there is none.
        model: the model that the callbacks get.
        params: what the callbacks get as `params`.
    """

    def __init__(
        self,
        callbacks: Any = None,
        add_history: bool = False,
        add_progbar: bool = False,
        model: Any = None,
        **params: Any,
    ) -> None:
        from .history import History
        from .logger import ProgbarLogger

        self.callbacks: list[Any] = _flatten(callbacks)
        for callback in self.callbacks:
            if isinstance(callback, type):
                raise TypeError(
                    f"callbacks must be instances, not classes: got the class "
                    f"{callback.__name__}. Write {callback.__name__}()."
                )
            if not callable(getattr(callback, "on_epoch_end", None)):
                raise TypeError(
                    "callbacks must be instances of keras.callbacks.Callback; "
                    f"got {callback!r} of type {type(callback).__name__}."
                )
        self._history = next((c for c in self.callbacks if isinstance(c, History)), None)
        progbar = next((c for c in self.callbacks if isinstance(c, ProgbarLogger)), None)
        if add_progbar and progbar is None:
            progbar = ProgbarLogger(count_mode="steps")
            self.callbacks.append(progbar)
        # What runs while steps run: the bar is fed by the training loop itself.
        self.progbar = progbar
        if add_history and self._history is None:
            self._history = History()
            self.callbacks.append(self._history)
        self.model = model
        self.params = params
        if model is not None:
            self.set_model(model)
        self.set_params(params)
        self._batch_users: dict[str, list[Any]] = {}
        for mode in ("train", "test", "predict"):
            self._batch_users[mode] = [
                c for c in self.callbacks if c is not progbar and _wants_batches(c, mode)
            ]

    @property
    def history(self) -> Any:
        """The `History` in the list, or `None`."""
        return self._history

    def append(self, callback: Any) -> None:
        """Adds a callback."""
        self.callbacks.append(callback)
        for mode, users in self._batch_users.items():
            if _wants_batches(callback, mode):
                users.append(callback)

    def set_model(self, model: Any) -> None:
        """Gives the model to all."""
        self.model = model
        if self._history is not None:
            model.history = self._history
        for callback in self.callbacks:
            callback.set_model(model)

    def set_params(self, params: dict[str, Any]) -> None:
        """Gives the parameters to all."""
        self.params = params
        for callback in self.callbacks:
            callback.set_params(params)

    def wants_batches(self, mode: str) -> bool:
        """Whether a callback wants to be called for each batch of "train", "test" or "predict"."""
        return bool(self._batch_users[mode])

    def _call(self, name: str, logs: dict[str, Any] | None) -> None:
        logs = {} if logs is None else logs
        for callback in self.callbacks:
            getattr(callback, name)(logs)

    def _call_numbered(self, name: str, number: int, logs: dict[str, Any] | None) -> None:
        logs = {} if logs is None else logs
        for callback in self.callbacks:
            getattr(callback, name)(number, logs)

    def _call_batch(self, mode: str, name: str, batch: int, logs: dict[str, Any] | None) -> None:
        logs = {} if logs is None else logs
        for callback in self._batch_users[mode]:
            getattr(callback, name)(batch, logs)

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:
        """Calls `on_train_begin` of all."""
        self._call("on_train_begin", logs)

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        """Calls `on_train_end` of all."""
        self._call("on_train_end", logs)

    def on_test_begin(self, logs: dict[str, Any] | None = None) -> None:
        """Calls `on_test_begin` of all."""
        self._call("on_test_begin", logs)

    def on_test_end(self, logs: dict[str, Any] | None = None) -> None:
        """Calls `on_test_end` of all."""
        self._call("on_test_end", logs)

    def on_predict_begin(self, logs: dict[str, Any] | None = None) -> None:
        """Calls `on_predict_begin` of all."""
        self._call("on_predict_begin", logs)

    def on_predict_end(self, logs: dict[str, Any] | None = None) -> None:
        """Calls `on_predict_end` of all."""
        self._call("on_predict_end", logs)

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Calls `on_epoch_begin` of all."""
        self._call_numbered("on_epoch_begin", epoch, logs)

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Calls `on_epoch_end` of all."""
        self._call_numbered("on_epoch_end", epoch, logs)

    def on_train_batch_begin(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Calls `on_train_batch_begin` of those that override it."""
        self._call_batch("train", "on_train_batch_begin", batch, logs)

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Calls `on_train_batch_end` of those that override it."""
        self._call_batch("train", "on_train_batch_end", batch, logs)

    on_batch_begin = on_train_batch_begin
    on_batch_end = on_train_batch_end

    def on_test_batch_begin(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Calls `on_test_batch_begin` of those that override it."""
        self._call_batch("test", "on_test_batch_begin", batch, logs)

    def on_test_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Calls `on_test_batch_end` of those that override it."""
        self._call_batch("test", "on_test_batch_end", batch, logs)

    def on_predict_batch_begin(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Calls `on_predict_batch_begin` of those that override it."""
        self._call_batch("predict", "on_predict_batch_begin", batch, logs)

    def on_predict_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Calls `on_predict_batch_end` of those that override it."""
        self._call_batch("predict", "on_predict_batch_end", batch, logs)

    def __iter__(self) -> Iterable[Any]:
        return iter(self.callbacks)


def _wants_batches(callback: Any, mode: str) -> bool:
    wants = getattr(callback, "_wants_batches", None)
    return True if wants is None else wants(mode)


def _flatten(callbacks: Any) -> list[Any]:
    if callbacks is None:
        return []
    if isinstance(callbacks, (list, tuple)):
        return [c for item in callbacks for c in _flatten(item)]
    return [callbacks]
