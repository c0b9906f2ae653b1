"""``tf.summary``: numbers, histograms, pictures and text for TensorBoard."""

from __future__ import annotations

import contextlib
import types

import numpy as np

from seodang import _native as native
from seodang._events import EventWriter
from seodang._missing import missing
from seodang._strings import StringTensor

from ._core import any_tensor, numpy_of
from ._scopes import scope_path
from .io import _path

# The writer in use, the step if none is said, and whether to record: values, or functions of them.
_state: dict = {"writer": None, "step": None, "record": True}


class SummaryWriter:
    """Writes what programs record to a file in a folder; makes nothing without a folder."""

    def __init__(self, folder: str | None, suffix: str = "") -> None:
        self._events = None if folder is None else EventWriter(folder, f"{suffix or ''}.v2")
        self._closed = False

    @contextlib.contextmanager
    def as_default(self, step=None):
        """A `with` block in which this writer, and a step if given, are in use."""
        before = dict(_state)
        self.set_as_default(step)
        try:
            yield self
        finally:
            _state.update(writer=before["writer"], step=before["step"] if step is not None else _state["step"])
            self.flush()

    def set_as_default(self, step=None) -> None:
        """Makes this writer, and a step if given, those in use."""
        if self._closed:
            raise RuntimeError("SummaryWriter is already closed")
        _state["writer"] = self
        if step is not None:
            _state["step"] = step

    def init(self) -> None:
        """Nothing: the file is there."""

    def flush(self) -> None:
        """Brings what was recorded to the disk."""
        if self._events is not None and not self._closed:
            self._events.flush()

    def close(self) -> None:
        """Ends the file."""
        if self._events is not None and not self._closed:
            self._events.close()
        self._closed = True


def create_file_writer(logdir, max_queue=None, flush_millis=None, filename_suffix=None, name=None,
                       experimental_trackable=False, experimental_mesh=None) -> SummaryWriter:
    """A writer of an event file in a folder, which is made if need be."""
    if logdir is None:
        return create_noop_writer()
    return SummaryWriter(_path(logdir), filename_suffix)


def create_noop_writer() -> SummaryWriter:
    """A writer that writes nothing."""
    return SummaryWriter(None)


@contextlib.contextmanager
def record_if(condition):
    """A `with` block in which things are recorded only if a condition, or a function of none, holds."""
    before = _state["record"]
    _state["record"] = condition
    try:
        yield
    finally:
        _state["record"] = before


def should_record_summaries() -> bool:
    """Whether there is a writer and the condition of `record_if` holds."""
    wanted = _state["record"]
    return _state["writer"] is not None and bool(wanted() if callable(wanted) else wanted)


def _begin(name: str, step):
    """(events, tag, step) where something is to be recorded, else None."""
    if not should_record_summaries() or _state["writer"]._events is None:
        return None
    step = _state["step"] if step is None else step
    if step is None:
        raise ValueError("No step set. Please specify one either through the `step` argument or through "
                         "tf.summary.experimental.set_step()")
    if _state["writer"]._closed:
        raise RuntimeError("SummaryWriter is already closed")
    return _state["writer"]._events, scope_path() + name, int(step)


def scalar(name, data, step=None, description=None) -> bool:
    """Records one number; tells whether it was recorded. ValueError without a step."""
    to = _begin(name, step)
    if to is None:
        return False
    value = numpy_of(data)
    if value.ndim:
        raise ValueError(f"tf.summary.scalar takes a scalar, got the shape {value.shape}.")
    to[0].scalar(to[1], float(value), to[2], description)
    return True


def histogram(name, data, step=None, buckets=None, description=None) -> bool:
    """Records how values are spread; tells whether it was recorded. ValueError without a step."""
    to = _begin(name, step)
    if to is None:
        return False
    to[0].histogram(to[1], numpy_of(data), to[2], 30 if buckets is None else int(buckets), description)
    return True


def image(name, data, step=None, max_outputs=3, description=None) -> bool:
    """Records pictures (count, height, width, channels), uint8 or 0 to 1; needs what PNG files need."""
    to = _begin(name, step)
    if to is None:
        return False
    from .io import encode_png

    array = numpy_of(data)
    if array.ndim != 4:
        raise ValueError(f"tf.summary.image takes pictures in 4 dimensions, got the shape {array.shape}.")
    if array.dtype != np.uint8:
        array = (np.clip(array, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)
    files = [encode_png(native.convert(np.ascontiguousarray(p))).numpy() for p in array[:max_outputs]]
    to[0].pictures(to[1], (array.shape[2], array.shape[1]), files, to[2], description)
    return True


def text(name, data, step=None, description=None) -> bool:
    """Records text; tells whether it was recorded. ValueError without a step."""
    to = _begin(name, step)
    if to is None:
        return False
    array = StringTensor(any_tensor(data))._array
    to[0].text(to[1], list(array.reshape(-1)), array.shape, to[2], description)
    return True


def flush(writer=None, name=None) -> None:
    """Brings what was recorded to the disk."""
    writer = writer or _state["writer"]
    if writer is not None:
        writer.flush()


def _set_step(step) -> None:
    """Sets the step that counts where none is given."""
    _state["step"] = step


experimental = types.SimpleNamespace(set_step=_set_step, get_step=lambda: _state["step"])
__all__ = ["SummaryWriter", "create_file_writer", "create_noop_writer", "experimental", "flush", "histogram",
           "image", "record_if", "scalar", "should_record_summaries", "text"]
__getattr__ = missing(__name__)
