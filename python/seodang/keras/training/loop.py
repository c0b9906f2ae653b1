"""The loops of fit, evaluate and predict. Steps run in Rust; Python is entered for callbacks, for data
that Python makes, and every tenth of a second for the progress bar and interruptions."""

from __future__ import annotations

import warnings

import numpy as np

from ... import _native as native
from ... import _nest
from ..._language import both
from ..._strings import StringTensor
from ...errors import TracedValueError
from .. import _scope, _symbolic
from . import data as _data
from . import indices as _indices
from .containers import outputs

_SECONDS = 0.1


class Program:
    """A step as a native function over flat lists of tensors, for one structure of data."""

    def __init__(self, model, kind: str, structure) -> None:
        self.model, self.kind, self.structure = model, kind, structure
        self.names: list = []
        self.result = None
        step = getattr(model, f"{kind}_step")

        def body(flat: list) -> list:
            out = step(_filled(structure, flat))
            if kind == "predict":
                values = [native.convert(v) for v in outputs(out)]
                self.result = _nest.map_structure(lambda _: 0, out)
                return values
            return self._logs(out)

        self.body = body
        self.function = native.Function(body, f"{model.name}_{kind}_step")

    def _logs(self, out) -> list:
        if out is None:
            out = {}
        if not isinstance(out, dict):
            raise ValueError(both(
                f"Expected `{self.kind}_step` to return a dictionary of values by name, got {out!r}.",
                f"`{self.kind}_step`은 이름과 값의 사전을 돌려주어야 합니다. 받은 값: {out!r}",
            ))
        self.names = list(out)
        values = []
        for name, v in out.items():
            if hasattr(v, "result") and not native.is_tensor(v):
                v = v.result()
            values.append(native.convert(v))
        return values

    def eager(self, flat: list) -> list:
        """The step as plain Python."""
        return self.body([native.convert(a) for a in flat])


def _filled(structure, flat: list):
    """(x, y, sample_weight) from flat values; what is missing stays away."""
    values = iter(flat)
    x, y, w = (
        None if s is None else _nest.map_structure(lambda leaf: None if leaf is None else next(values), s)
        for s in structure
    )
    if w is not None:
        return x, y, w
    if y is not None:
        return x, y
    # A lone input is not wrapped, unless it could be taken for inputs and targets.
    return (x,) if isinstance(x, (list, tuple)) else x


def _shape_of(structure):
    """The structure with 1 for each value: the key of a program."""
    return None if structure is None else _nest.map_structure(
        lambda v: None if v is None else 1, structure
    )


def _numbers(names: list, values: list) -> dict:
    out = {}
    for name, v in zip(names, values):
        a = v.numpy()
        out[name] = float(a) if np.ndim(a) == 0 else a
    return out


class Loop:
    """Runs one of the model's loops."""

    def __init__(self, model) -> None:
        self.model = model

    # Steps -------------------------------------------------------------------------------------

    def program(self, kind: str, structure) -> Program:
        """The step's program for data of a structure."""
        state = self.model.__dict__
        if state.get("_programs_graph") is not state.get("_graph"):
            state["_programs_graph"] = state.get("_graph")
            self.model._forget_programs()
        programs = self.model.__dict__.setdefault("_programs", {})
        trainable = ()
        if kind == "train":
            trainable = tuple(v.id for v in self.model.trainable_variables)
        key = (kind, repr(structure), trainable, getattr(type(self.model), f"{kind}_step"))
        found = programs.get(key)
        if found is None:
            if kind == "predict":
                programs = self.model.__dict__.setdefault("_predict_programs", {})
                found = programs.get(key)
            if found is None:
                found = programs[key] = Program(self.model, kind, structure)
        return found

    def prepare(self, kind: str, batch) -> None:
        """Makes weights, metrics and the optimizer's state, which a trace cannot make."""
        model = self.model
        x, y, w = batch
        one = lambda a: native.convert(a) if not isinstance(a, StringTensor) else a  # noqa: E731
        first = _nest.map_structure(lambda a: None if a is None else one(a[:1]), x)
        from .trainer import _expand

        if not model.built or not model.weights or (
            model.compiled and not model.compiled_metrics.built
        ):
            y_pred = self._example_outputs(kind, _expand(first))
            if y is not None and model.compiled and y_pred is not None:
                label = _expand(_nest.map_structure(lambda a: None if a is None else one(a[:1]), y))
                if not model.compiled_loss.built:
                    model.compiled_loss.build(label, y_pred)
                if not model.compiled_metrics.built:
                    model.compiled_metrics.build(label, y_pred)
                for m in model.compiled_metrics.metrics:
                    _build_state(m, y_pred)
            for m in model.compiled_loss.metrics if model.compiled else ():
                _build_state(m, None)
            for m in model.metrics:
                if hasattr(m, "_handle"):
                    _build_state(m, y_pred)
        if kind == "train" and model.optimizer is not None:
            variables = model.trainable_variables
            if variables:
                model.optimizer._prepare(variables)

    def _example_outputs(self, kind: str, inputs):
        """Outputs for one row; None for a model whose step is its own and does not call it so."""
        from .trainer import Trainer

        model = self.model
        graph = model.__dict__.get("_graph")
        if model.built and graph is not None:
            # Calling it would change the states of stateful layers, which may want whole batches.
            return _symbolic.map_values(_example, graph.outputs)
        own = getattr(type(model), f"{kind}_step") is not getattr(Trainer, f"{kind}_step")
        try:
            with _scope.rows_vary():
                return model(inputs, training=False)
        except Exception:
            if not own:
                raise
            return None

    def step(self, kind: str, flat: list, structure) -> tuple:
        """One step; (names, values)."""
        program = self.program(kind, structure)
        strings = any(isinstance(a, StringTensor) for a in flat)
        if not self.model.run_eagerly and not strings:
            try:
                return program, program.function.call([native.convert(a) for a in flat])
            except TracedValueError as e:
                from .trainer import fall_back

                fall_back(self.model, e)
        return program, program.eager(flat) if not strings else program.body(flat)

    def one(self, kind: str, batch, convert: bool = True) -> dict:
        """One step of a batch; the logs as numbers."""
        x, y, w = _data.unpack(batch)
        batch = (_data.arrays_of(x, "x"), _data.arrays_of(y, "y"), _data.arrays_of(w, "sample_weight"))
        self.prepare(kind, batch)
        _indices.check(self.model, batch[0])
        flat = [a for a in _nest.flatten(list(batch)) if a is not None]
        program, values = self.step(kind, flat, tuple(_shape_of(s) for s in batch))
        return _numbers(program.names, values)

    def epoch(self, kind: str, data, order, callbacks, limit=None) -> dict:
        """All batches of an epoch; the logs of the last."""
        model = self.model
        wants = callbacks is not None and callbacks.wants_batches(kind)
        bar = callbacks.progbar if callbacks is not None and kind in ("train", "test") else None
        rows = None
        if isinstance(data, _data.ArrayData):
            order = data.order() if order is None else order
            rows = None if model.run_eagerly else data.native_rows()
        if rows is not None:
            try:
                return self._rows_epoch(kind, data, rows, order, callbacks, wants, bar, limit)
            except TracedValueError as e:
                from .trainer import fall_back

                fall_back(model, e)
        names: list = []
        values: list = []
        done = 0
        for batch in data.batches(order):
            if limit is not None and done >= limit:
                break
            x, y, w = _data.unpack(batch)
            parts = (_data.arrays_of(x, "x"), _data.arrays_of(y, "y"),
                     _data.arrays_of(w, "sample_weight"))
            if self.weights is not None and parts[1] is not None:
                from .trainer import class_weights

                parts = (parts[0], parts[1], class_weights(parts[1], self.weights))
            if done == 0:
                self.prepare(kind, parts)
            _indices.check(model, parts[0])
            if wants:
                getattr(callbacks, f"on_{kind}_batch_begin")(done, {})
            flat = [a for a in _nest.flatten(list(parts)) if a is not None]
            program, values = self.step(kind, flat, tuple(_shape_of(s) for s in parts))
            names = program.names
            done += 1
            if wants:
                getattr(callbacks, f"on_{kind}_batch_end")(done - 1, _numbers(names, values))
            if bar is not None and (kind == "train" or not self.in_fit):
                bar.progress(done, _numbers(names, values)) if bar.wants_progress() else bar.count(done)
            if model.stop_training and kind == "train":
                break
        if done == 0:
            raise _data.NoBatches(both(
                "Unexpected result of `" + kind + "_function` (Empty Logs): the data gave no batch. "
                "Check that it is not empty, and that a generator is not used up.",
                "데이터에서 배치가 하나도 나오지 않았습니다. 비어 있거나 이미 다 쓴 제너레이터인지 확인하세요.",
            ))
        self.done = done
        return _numbers(names, values)

    weights = None
    in_fit = False
    done = 0

    def _rows_epoch(self, kind, data, rows, order, callbacks, wants, bar, limit) -> dict:
        model = self.model
        if not data.checked:
            _indices.check(model, data.x)
            data.checked = True
        structure = tuple(_shape_of(s) for s in data.data)
        program = self.program(kind, structure)
        runner = native.Runner(program.function, rows)
        if order is None:
            start, stop = data.start, data.stop
        else:
            start, stop = 0, len(order)
        if limit is not None:
            stop = min(stop, start + limit * data.batch_size)
        done = 0
        show = bar is not None and (kind == "train" or not self.in_fit)
        while start < stop:
            if wants:
                getattr(callbacks, f"on_{kind}_batch_begin")(done, {})
            start, steps = runner.run(
                order, start, stop, data.batch_size, 0.0 if wants else _SECONDS, 1 if wants else None
            )
            done += steps
            if wants:
                logs = _numbers(program.names, runner.outputs)
                getattr(callbacks, f"on_{kind}_batch_end")(done - 1, logs)
            if show:
                if bar.wants_progress():
                    bar.progress(done, _numbers(program.names, runner.outputs))
                else:
                    bar.count(done)
            if kind == "train" and model.stop_training:
                break
        self.done = done
        return _numbers(program.names, runner.outputs)

    # fit ---------------------------------------------------------------------------------------

    def fit(self, x, y, batch_size, epochs, verbose, callbacks, validation_split, validation_data,
            shuffle, class_weight, sample_weight, initial_epoch, steps_per_epoch, validation_steps,
            validation_batch_size, validation_freq):
        """Trains the model; the arguments are those of `Model.fit`, which documents them."""
        from ..callbacks import CallbackList
        from .trainer import class_weights

        model = self.model
        if batch_size is None and steps_per_epoch is not None:
            # As many steps as were asked for use every row.
            rows = _data.rows_of_any(x)
            batch_size = None if rows is None else max(-(-rows // int(steps_per_epoch)), 1)
        data = _data.make(x, y, sample_weight, batch_size, steps_per_epoch)
        arrays = isinstance(data, _data.ArrayData)
        in_order = isinstance(data, _data.DatasetRows)
        if arrays and data.rows == 0:
            raise ValueError(both(
                "Expected input data to be non-empty.",
                "입력 데이터가 비어 있습니다.",
            ))
        validation = None
        if validation_data is not None:
            validation = self._validation(validation_data, validation_batch_size or batch_size,
                                          validation_steps)
        elif validation_split:
            if not arrays or in_order:
                raise ValueError(both(
                    "`validation_split` is only supported for Tensors or NumPy arrays, found: "
                    f"{type(x)}",
                    f"`validation_split`은 배열과 텐서에만 쓸 수 있습니다. 받은 값: {type(x)}",
                ))
            validation = data.split(validation_split)
        # After the split: classes have no weight in validation.
        if class_weight is not None:
            if not arrays:
                self.weights = class_weight
            elif data.weight is None:
                data.weight = class_weights(data.y, class_weight)
            else:
                data.weight = data.weight * class_weights(data.y, class_weight)
        if verbose == "auto":
            verbose = 1
        steps = data.steps
        if steps_per_epoch is not None:
            steps = int(steps_per_epoch) if not arrays else min(int(steps_per_epoch), steps)
        if not isinstance(callbacks, CallbackList):
            callbacks = CallbackList(
                callbacks, add_history=True, add_progbar=verbose != 0, model=model, verbose=verbose,
                epochs=epochs, steps=steps,
            )
        model.__dict__["stop_training"] = False
        model.__dict__["_validates"] = validation is not None
        first = None
        if arrays:
            first = tuple(
                None if s is None else _nest.map_structure(lambda a: None if a is None else a[:2], s)
                for s in data.data
            )
            self.prepare("train", first)
        seed = native.next_seed()
        self.in_fit = True
        model.__dict__["_initial_epoch"] = initial_epoch
        callbacks.on_train_begin()
        # A callback that restores an interrupted training says where it goes on.
        initial_epoch = model.__dict__["_initial_epoch"]
        logs: dict = {}
        try:
            for epoch in range(initial_epoch, epochs):
                model.reset_metrics()
                callbacks.on_epoch_begin(epoch)
                order = None
                if arrays and shuffle and not in_order:
                    order = native.shuffle_order(data.count, seed, epoch)
                    if data.start:
                        order = order + data.start
                elif not arrays and data.is_sequence and shuffle:
                    order = native.shuffle_order(len(data.source), seed, epoch)
                try:
                    logs = self.epoch("train", data, order, callbacks, steps)
                except _data.NoBatches:
                    if epoch == initial_epoch:
                        raise
                    warnings.warn(both(
                        "Your input ran out of data; interrupting training. Make sure that your "
                        "dataset or generator can generate at least `steps_per_epoch * epochs` "
                        "batches. You may need to use the repeat() function when building your "
                        "dataset.",
                        "데이터가 모자라 훈련을 멈춥니다. 배치가 `steps_per_epoch * epochs`개 이상 나오게 하거나 `repeat()`를 쓰세요.",
                    ), stacklevel=3)
                    break
                if not arrays and steps is None:
                    steps = self.done
                    callbacks.params["steps"] = steps
                if validation is not None and _due(epoch, validation_freq):
                    model.reset_metrics()
                    validation.restart()
                    callbacks.on_test_begin()
                    found = self.epoch("test", validation, None, callbacks, validation_steps)
                    callbacks.on_test_end(found)
                    logs.update({f"val_{k}": v for k, v in found.items()})
                callbacks.on_epoch_end(epoch, logs)
                if model.stop_training:
                    break
        finally:
            finish = getattr(model.optimizer, "finalize_variable_values", None)
            if finish is not None:
                finish(model.trainable_variables)
        callbacks.on_train_end(logs)
        return model.history

    def _validation(self, given, batch_size, steps):
        if isinstance(given, (tuple, list)) and len(given) in (2, 3) and not isinstance(given[0], dict):
            x, y, w = _data.unpack(tuple(given))
            return _data.make(x, y, w, batch_size, steps)
        if isinstance(given, tuple):
            x, y, w = _data.unpack(given)
            return _data.make(x, y, w, batch_size, steps)
        return _data.make(given, None, None, batch_size, steps)

    # evaluate and predict ----------------------------------------------------------------------

    def evaluate(self, x, y, batch_size, verbose, sample_weight, steps, callbacks) -> dict:
        """The loss and the metrics by name; the arguments are those of `Model.evaluate`."""
        from ..callbacks import CallbackList

        model = self.model
        data = _data.make(x, y, sample_weight, batch_size, steps)
        if isinstance(data, _data.ArrayData):
            if data.rows == 0:
                raise ValueError(both(
                    "Expected input data to be non-empty.",
                    "입력 데이터가 비어 있습니다.",
                ))
            self.prepare("test", tuple(
                None if s is None else _nest.map_structure(lambda a: None if a is None else a[:2], s)
                for s in data.data
            ))
        if verbose == "auto":
            verbose = 1
        total = data.steps if steps is None else steps
        if not isinstance(callbacks, CallbackList):
            callbacks = CallbackList(callbacks, add_progbar=verbose != 0, model=None, verbose=verbose,
                                     epochs=1, steps=total)
            for c in callbacks.callbacks:
                c.set_model(model)
        model.reset_metrics()
        callbacks.on_test_begin()
        logs = self.epoch("test", data, None, callbacks, steps)
        callbacks.on_test_end(logs)
        return logs

    def predict(self, x, batch_size, verbose, steps, callbacks):
        """The outputs as NumPy arrays; the arguments are those of `Model.predict`."""
        from ..callbacks import CallbackList

        data = _data.make(x, None, None, batch_size, steps)
        arrays = isinstance(data, _data.ArrayData)
        if arrays and data.rows == 0:
            raise ValueError(both(
                "Unexpected result of `predict_function` (Empty batch_outputs): the data "
                "has no rows.",
                "데이터에 행이 없습니다.",
            ))
        if verbose == "auto":
            verbose = 1
        if not isinstance(callbacks, CallbackList):
            callbacks = CallbackList(callbacks, add_progbar=verbose != 0, model=None, verbose=verbose,
                                     epochs=1, steps=data.steps)
            for c in callbacks.callbacks:
                c.set_model(self.model)
        callbacks.on_predict_begin()
        parts: list = []
        result = None
        done = 0
        wants = callbacks.wants_batches("predict")
        for batch in data.batches():
            if steps is not None and done >= steps:
                break
            inputs = _data.arrays_of(_data.unpack(batch)[0], "x")
            if done == 0:
                self.prepare("predict", (inputs, None, None))
            _indices.check(self.model, inputs)
            if wants:
                callbacks.on_predict_batch_begin(done, {})
            flat = [a for a in _nest.flatten(inputs) if a is not None]
            program, values = self.step("predict", flat, (_shape_of(inputs), None, None))
            result = program.result
            parts.append([np.asarray(v.numpy()) for v in values])
            if wants:
                callbacks.on_predict_batch_end(done, {"outputs": parts[-1]})
            done += 1
            if callbacks.progbar is not None:
                callbacks.progbar.count(done)
        if not parts:
            raise ValueError(both(
                "Unexpected result of `predict_function` (Empty batch_outputs): the data "
                "gave no batch.",
                "데이터에서 배치가 하나도 나오지 않았습니다.",
            ))
        callbacks.on_predict_end({})
        joined = [np.concatenate(column) if len(column) > 1 else column[0] for column in zip(*parts)]
        if arrays and len(flat) == 1 and len(joined) == 1 and not _nest.is_nested(result):
            if not self.model.run_eagerly and not isinstance(flat[0], StringTensor):
                # One array in, one array out: the next call goes straight to the engine.
                self.model.__dict__["_predict_fast"] = (
                    program.function, flat[0].dtype, self.model.__dict__.get("_graph"),
                )
        return _nest.pack(result, joined)


def _example(output):
    """A value like one of a model's outputs."""
    return native.convert(np.zeros([d or 1 for d in output.shape], output.dtype.name))


def _build_state(metric, y_pred) -> None:
    handle = getattr(metric, "_handle", None)
    if handle is None or handle.variables:
        return
    outputs = _nest.flatten(y_pred) if y_pred is not None else []
    handle.build(list(outputs[0].shape) if outputs else [])


def _due(epoch: int, freq) -> bool:
    if isinstance(freq, (list, tuple, set)):
        return epoch + 1 in freq
    return (epoch + 1) % int(freq) == 0
