"""Branches, loops and functions over the elements of tensors."""

from __future__ import annotations

from typing import Any

import numpy as np

from seodang import _native as native
from seodang import _nest

from . import _core
from ._core import tensor


def cond(pred, true_fn=None, false_fn=None, name=None) -> Any:
    """What one of two functions gives, by a truth value."""
    if isinstance(pred, (bool, np.bool_)) or not native.is_tracing():
        return true_fn() if bool(pred) else false_fn()
    kept: list = []

    def branch(f):
        def run() -> list:
            out = f()
            kept.append(out)
            return [tensor(v) for v in _nest.flatten(out)] if out is not None else []

        return run

    results = native.cond(native.cast(tensor(pred), "bool"), branch(true_fn), branch(false_fn))
    return None if kept[0] is None else _nest.pack(kept[0], results)


def while_loop(cond, body, loop_vars, shape_invariants=None, parallel_iterations=10, back_prop=True,
               swap_memory=False, maximum_iterations=None, name=None) -> Any:
    """Runs a body over values as long as a condition holds."""
    structure = list(loop_vars)
    if not native.is_tracing():
        values, steps = tuple(loop_vars), 0
        while bool(cond(*values)) and (maximum_iterations is None or steps < int(maximum_iterations)):
            out = body(*values)
            values = tuple(out) if isinstance(out, (list, tuple)) else (out,)
            steps += 1
        return list(values) if isinstance(loop_vars, list) else values
    flat = [tensor(v) for v in _nest.flatten(structure)]

    def again(x: list):
        return native.cast(tensor(cond(*_nest.pack(structure, x))), "bool")

    def step(x: list) -> list:
        out = body(*_nest.pack(structure, x))
        out = list(out) if isinstance(out, (list, tuple)) else [out]
        return [tensor(v, None, old.dtype) for v, old in zip(_nest.flatten(out), x)]

    limit = None if maximum_iterations is None else int(maximum_iterations)
    packed = _nest.pack(structure, native.while_loop(again, step, flat, limit))
    return packed if isinstance(loop_vars, list) else tuple(packed)


def case(pred_fn_pairs, default=None, exclusive=False, strict=False, name="case") -> Any:
    """What the function of the first true predicate gives."""
    pairs = list(pred_fn_pairs.items()) if isinstance(pred_fn_pairs, dict) else list(pred_fn_pairs)

    def rest(i: int):
        if i == len(pairs):
            if default is None:
                return pairs[-1][1]()
            return default()
        return cond(pairs[i][0], pairs[i][1], lambda: rest(i + 1))

    return rest(0)


def switch_case(branch_index, branch_fns, default=None, name="switch_case") -> Any:
    """What the function of a number gives."""
    fns = dict(branch_fns) if isinstance(branch_fns, dict) else dict(
        f if isinstance(f, tuple) else (i, f) for i, f in enumerate(branch_fns)
    )
    last = default or fns[max(fns)]
    if not native.is_tracing():
        return fns.get(int(branch_index), last)()
    index = tensor(branch_index)
    return case([(native.equal(index, i), f) for i, f in sorted(fns.items())], last)


def _rows(elems) -> int:
    return int(_nest.flatten(elems)[0].shape[0])


def map_fn(fn, elems, dtype=None, parallel_iterations=None, back_prop=True, swap_memory=False,
           infer_shape=True, name=None, fn_output_signature=None) -> Any:
    """What a function gives for each row, stacked."""
    elems = _nest.map_structure(_core.any_tensor, elems)
    out = [fn(_nest.map_structure(lambda e: e[i], elems)) for i in range(_rows(elems))]
    if not out:
        raise ValueError("map_fn needs at least one row.")
    return _stacked(out)


def _stacked(rows: list):
    columns = zip(*(_nest.flatten(r) for r in rows))
    made = []
    for column in columns:
        if _core.holds_strings(list(column)):
            from seodang._strings import StringTensor

            made.append(StringTensor([StringTensor(c)._array.tolist() for c in column]))
        else:
            made.append(native.stack([tensor(c) for c in column], 0))
    return _nest.pack(rows[0], made)


def vectorized_map(fn, elems, fallback_to_while_loop=True, warn=True) -> Any:
    """As `map_fn`."""
    return map_fn(fn, elems)


def scan(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False,
         infer_shape=True, reverse=False, name=None) -> Any:
    """What a function makes of its last result and each row, stacked."""
    elems = _nest.map_structure(_core.tensor, elems)
    n = _rows(elems)
    order = list(range(n))[::-1] if reverse else list(range(n))
    row = lambda i: _nest.map_structure(lambda e: e[i], elems)  # noqa: E731
    out = []
    state = initializer
    if state is None:
        state = row(order.pop(0))
        out.append(state)
    else:
        state = _nest.map_structure(_core.tensor, state)
    for i in order:
        state = fn(state, row(i))
        out.append(state)
    return _stacked(out[::-1] if reverse else out)


def foldl(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False,
          name=None) -> Any:
    """What a function makes of its last result and each row, at the end."""
    elems = _nest.map_structure(_core.tensor, elems)
    rows = [_nest.map_structure(lambda e: e[i], elems) for i in range(_rows(elems))]
    state = rows.pop(0) if initializer is None else initializer
    for r in rows:
        state = fn(state, r)
    return state


def foldr(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False,
          name=None) -> Any:
    """As `foldl`, from the last row."""
    elems = _nest.map_structure(_core.tensor, elems)
    rows = [_nest.map_structure(lambda e: e[i], elems) for i in reversed(range(_rows(elems)))]
    state = rows.pop(0) if initializer is None else initializer
    for r in rows:
        state = fn(state, r)
    return state


def py_function(func=None, inp=(), Tout=None, name=None) -> Any:
    """What Python code makes of tensors."""
    out = func(*[_core.any_tensor(v) for v in inp])
    return _typed(out, Tout)


def numpy_function(func=None, inp=(), Tout=None, stateful=True, name=None) -> Any:
    """What Python code makes of NumPy arrays."""
    out = func(*[_core.any_tensor(v).numpy() for v in inp])
    return _typed(out, Tout)


def _typed(out, wanted):
    if wanted is None:
        return None

    def one(value, kind):
        if _core.as_dtype(kind) == "string":
            return _core.any_tensor(value)
        return native.cast(tensor(value), kind)

    if isinstance(wanted, (list, tuple)):
        values = out if isinstance(out, (list, tuple)) else [out]
        return [one(v, k) for v, k in zip(values, wanted)]
    if isinstance(out, (list, tuple)) and len(out) == 1:
        out = out[0]
    return one(out, wanted)


def group(*inputs, **kwargs) -> None:
    """Nothing: its arguments have run already."""


def no_op(name=None) -> None:
    """Nothing."""


def Assert(condition, data=None, summarize=None, name=None) -> None:
    """Raises InvalidArgumentError unless a condition holds."""
    if native.is_tensor(condition) and condition.is_traced:
        return
    if not bool(condition):
        shown = ", ".join(str(np.asarray(d)) for d in data or ())
        raise _core.invalid(f"Expected '{condition}' to be true. Summarized data: {shown}")


class TensorArray:
    """A list of tensors that grows, for loops."""

    def __init__(self, dtype, size=None, dynamic_size=None, clear_after_read=None,
                 tensor_array_name=None, handle=None, flow=None, infer_shape=True,
                 element_shape=None, colocate_with_first_write_call=True, name=None) -> None:
        self.dtype = _core.as_dtype(dtype)
        self._values: list = [None] * int(size or 0)
        self.dynamic_size = bool(dynamic_size)
        self._element_shape = element_shape

    def write(self, index, value, name=None):
        """Sets an element; gives the array."""
        index = int(index)
        if index >= len(self._values):
            if not self.dynamic_size:
                from seodang.errors import OutOfRangeError

                raise OutOfRangeError(None, None, f"Tried to write to index {index} but array is not "
                                      f"resizeable and size is: {len(self._values)}")
            self._values += [None] * (index + 1 - len(self._values))
        self._values[index] = tensor(value, None, self.dtype)
        return self

    def read(self, index, name=None):
        """An element."""
        value = self._values[int(index)]
        if value is None:
            raise _core.invalid(f"Could not read index {int(index)} twice because it was cleared, or it "
                                "was never written.")
        return value

    def stack(self, name=None):
        """All elements as one tensor."""
        known = next((v for v in self._values if v is not None), None)
        if known is None:
            return native.zeros([0], self.dtype)
        zero = native.zeros(list(known.shape), known.dtype)
        return native.stack([zero if v is None else v for v in self._values], 0)

    def concat(self, name=None):
        """All elements one behind the other."""
        return native.concat([v for v in self._values if v is not None], 0)

    def gather(self, indices, name=None):
        """Some elements as one tensor."""
        return native.stack([self.read(i) for i in _core.ints(indices)], 0)

    def unstack(self, value, name=None):
        """Sets all elements to the rows of a tensor; gives the array."""
        self._values = native.unstack(tensor(value), 0)
        return self

    def scatter(self, indices, value, name=None):
        """Sets some elements; gives the array."""
        for i, v in zip(_core.ints(indices), native.unstack(tensor(value), 0)):
            self.write(i, v)
        return self

    def size(self, name=None):
        """How many elements there are."""
        return tensor(len(self._values))

    def identity(self):
        """The array."""
        return self

    def close(self, name=None) -> None:
        """Forgets the elements."""
        self._values = []
