"""`tf.GradientTape`: gradients of what has run."""

from __future__ import annotations

from enum import Enum
from typing import Any

from seodang import _native as native
from seodang import _nest
from seodang._language import both

from . import _core


class UnconnectedGradients(Enum):
    """What a gradient is where the target does not depend on the source."""

    NONE = "none"
    ZERO = "zero"


class GradientTape:
    """Records what runs inside its `with` block, and differentiates it.

    Args:
        persistent: whether `gradient` may be asked more than once.
        watch_accessed_variables: whether trainable variables are watched when they are read.
    """

    def __init__(self, persistent: bool = False, watch_accessed_variables: bool = True) -> None:
        # Always persistent inside: a jacobian asks for many gradients. `gradient` sees to the rule.
        self._tape = native.Tape(True, watch_accessed_variables)
        self._persistent = persistent
        self._used = False
        self._watched: list = []

    def __enter__(self) -> GradientTape:
        self._tape.enter()
        return self

    def __exit__(self, *details) -> None:
        if self._tape.active:
            self._tape.exit()

    def watch(self, tensor) -> None:
        """Makes gradients with respect to tensors or variables possible."""
        for t in _nest.flatten(tensor):
            if not native.is_tensor(t):
                raise ValueError(
                    f"Passed in object {t} of type {type(t).__name__!r}, not tf.Tensor or tf.Variable"
                )
            if isinstance(t, native.Variable):
                self._watched.append(t)
            self._tape.watch(t)

    def gradient(self, target, sources, output_gradients=None,
                 unconnected_gradients: Any = UnconnectedGradients.NONE) -> Any:
        """The gradients of the sum of targets with respect to sources, in the sources' structure."""
        self._begin()
        try:
            zeros = UnconnectedGradients(unconnected_gradients) is UnconnectedGradients.ZERO
        except ValueError:
            raise ValueError(f"Unknown value for unconnected_gradients: {unconnected_gradients!r}"
                             ) from None
        if target is None:
            raise TypeError(both(
                "Argument `target` should be a list or nested structure of Tensors, "
                "Variables or CompositeTensors to be differentiated, but received None.",
                "미분할 값 `target`이 None입니다. 손실을 돌려주는 것을 빠뜨리지 않았는지 보세요.",
            ))
        targets = [_core.tensor(t) for t in _nest.flatten(target)]
        flat = _nest.flatten(sources)
        for s in flat:
            if not native.is_tensor(s):
                raise TypeError(both(
                    f"Argument `sources` must hold tensors and variables, got {s!r} of type "
                    f"{type(s).__name__}.",
                    f"`sources`에는 텐서와 변수만 줄 수 있습니다. 받은 값: {type(s).__name__}",
                ))
        given = None
        if output_gradients is not None:
            given = [
                None if g is None else _core.tensor(g, None, t.dtype)
                for g, t in zip(_nest.flatten(output_gradients), targets)
            ]
        found = self._tape.gradient(targets, flat, given, zeros)
        self._end()
        return _nest.pack(sources, found)

    def _begin(self) -> None:
        if self._used and not self._persistent:
            raise RuntimeError(both(
                "A non-persistent GradientTape can only be used to compute one set of gradients (or "
                "jacobians)",
                "GradientTape의 기울기는 한 번만 구할 수 있습니다. 여러 번 구하려면 `tf.GradientTape(persistent=True)`로 만드세요.",
            ))
        if self._tape.active and not self._persistent:
            self._tape.exit()

    def _end(self) -> None:
        # What was recorded is let go as soon as nothing may be asked any more.
        if not self._persistent:
            self._used = True
            self._tape.reset()

    def jacobian(self, target, sources, unconnected_gradients=UnconnectedGradients.NONE,
                 parallel_iterations=None, experimental_use_pfor=True):
        """The derivatives of each element of the target with respect to sources."""
        target = _core.tensor(target)
        size = 1
        for d in target.shape:
            size *= d
        flat = _nest.flatten(sources)
        rows: list = []
        # One row for each element: the gradient with a one at its place.
        self._begin()
        basis = native.eye(max(size, 1), target.dtype)
        for i in range(size):
            one = native.reshape(basis[i], list(target.shape))
            rows.append(self._row(target, flat, one, unconnected_gradients))
        self._end()
        out = []
        for k, s in enumerate(flat):
            column = [r[k] for r in rows]
            if not column or column[0] is None:
                out.append(None)
                continue
            stacked = native.stack(column, 0)
            out.append(native.reshape(stacked, [*target.shape, *s.shape]))
        return _nest.pack(sources, out)

    def _row(self, target, sources, one, unconnected):
        zeros = UnconnectedGradients(unconnected) is UnconnectedGradients.ZERO
        return self._tape.gradient([target], sources, [one], zeros)

    def batch_jacobian(self, target, source, unconnected_gradients=UnconnectedGradients.NONE,
                       parallel_iterations=None, experimental_use_pfor=True):
        """The derivatives of each row of the target with respect to the same row of the source."""
        target, source_t = _core.tensor(target), source
        self._begin()
        batch = target.shape[0]
        inner = list(target.shape[1:])
        size = 1
        for d in inner:
            size *= d
        rows = []
        basis = native.eye(max(size, 1), target.dtype)
        for i in range(size):
            one = native.broadcast_to(native.reshape(basis[i], [1, *inner]), [batch, *inner])
            rows.append(self._row(target, [source_t], one, unconnected_gradients)[0])
        self._end()
        if not rows or rows[0] is None:
            return None
        stacked = native.stack(rows, 1)
        return native.reshape(stacked, [batch, *inner, *source_t.shape[1:]])

    def stop_recording(self):
        """A `with` block in which nothing is recorded."""
        return _Pause(self._tape)

    def reset(self) -> None:
        """Forgets everything."""
        self._tape.reset()
        self._used = False

    def watched_variables(self) -> tuple:
        """The variables that were watched."""
        return tuple(self._watched or self._tape.watched_variables())


class _Pause:
    def __init__(self, tape) -> None:
        self._tape = tape

    def __enter__(self) -> None:
        self._tape.exit()

    def __exit__(self, *details) -> None:
        self._tape.enter()


def gradients(ys, xs, grad_ys=None, name="gradients", **kwargs):
    """Not offered: it needs TensorFlow 1's graphs."""
    raise RuntimeError(both(
        "tf.gradients is not supported when eager execution is enabled. Use tf.GradientTape instead.",
        "tf.gradients 대신 tf.GradientTape를 쓰세요.",
    ))


@_core.public("tf.stop_gradient")
def stop_gradient(input, name=None) -> native.Tensor:
    """The same values, which no gradient passes."""
    return native.stop_gradient(input)


def custom_gradient(f=None):
    """Lets a function `f(*x) -> (y, gradient_function)` define its own gradient."""
    import functools

    if f is None:
        return custom_gradient

    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        tensors = [_core.tensor(a) for a in args]
        shape: list = []

        def forward(x: list) -> list:
            y, _ = f(*x, **kwargs)
            shape.append(y)
            return [_core.tensor(v) for v in _nest.flatten(y)]

        def backward(x: list, y: list, dy: list) -> list:
            _, gradient = f(*x, **kwargs)
            found = gradient(*dy)
            found = found if isinstance(found, (list, tuple)) else [found]
            return [native.zeros_like(v) if g is None else _core.tensor(g) for g, v in zip(found, x)]

        out = native.custom_gradient(forward, backward, tensors)
        return _nest.pack(shape[0], out)

    return wrapper


def recompute_grad(f):
    """The function itself: nothing is recomputed to save memory."""
    return f
