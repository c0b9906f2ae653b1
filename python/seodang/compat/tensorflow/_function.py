"""`tf.function`: Python functions traced into programs."""

from __future__ import annotations

import functools
import inspect
import warnings
import weakref

import numpy as np

from seodang import _native as native
from seodang import _nest
from seodang._language import both
from seodang._shapes import TensorShape
from seodang._strings import StringTensor
from seodang.errors import TracedValueError

from . import _core

_state = {"eager": False}


def run_functions_eagerly(run_eagerly: bool) -> None:
    """Whether functions run as plain Python from now on."""
    _state["eager"] = bool(run_eagerly)


def functions_run_eagerly() -> bool:
    """Whether functions run as plain Python."""
    return _state["eager"]


class TensorSpec:
    """The shape and the element type of a tensor."""

    def __init__(self, shape=None, dtype="float32", name=None) -> None:
        self.shape = TensorShape(shape)
        self.dtype = _core.as_dtype(dtype)
        self.name = name

    @classmethod
    def from_tensor(cls, tensor, name=None):
        """The specification of a tensor."""
        return cls(tensor.shape, tensor.dtype, name)

    from_spec = from_tensor

    def is_compatible_with(self, value) -> bool:
        """Whether a tensor is of this specification."""
        value = value if hasattr(value, "shape") else _core.tensor(value)
        return value.dtype == self.dtype and self.shape.is_compatible_with(value.shape)

    def __eq__(self, other) -> bool:
        return (isinstance(other, TensorSpec) and self.shape == other.shape
                and self.dtype == other.dtype)

    def __hash__(self) -> int:
        return hash((tuple(self.shape), self.dtype.name))

    def __repr__(self) -> str:
        return f"TensorSpec(shape={self.shape}, dtype={self.dtype!r}, name={self.name!r})"


class Function:
    """A Python function that runs as a program for tensors, and is traced anew for other arguments:
    of other element types and shapes, or other Python values."""

    def __init__(self, python_function, name=None, input_signature=None, **options) -> None:
        self._python_function = python_function
        self._name = name or getattr(python_function, "__name__", "function")
        self.input_signature = input_signature
        self._programs: dict = {}
        self._eager = False
        self._started = False
        self._bound = weakref.WeakKeyDictionary()
        functools.update_wrapper(self, python_function, updated=())

    @property
    def python_function(self):
        """The function that was wrapped."""
        return self._python_function

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        try:
            found = self._bound.get(instance)
            if found is None:
                method = functools.partial(_call_bound, self._python_function, weakref.ref(instance))
                functools.update_wrapper(method, self._python_function)
                found = Function(method, self._name, self.input_signature)
                self._bound[instance] = found
            return found
        except TypeError:
            return functools.partial(self, instance)

    def __call__(self, *args, **kwargs):
        if self._eager or _state["eager"] or native.is_tracing():
            return self._python_function(*args, **kwargs)
        if self.input_signature is not None:
            args, kwargs = self._converted(args, kwargs)
        leaves = _nest.flatten([list(args), kwargs])
        tensors = [v for v in leaves if _is_value(v)]
        if any(isinstance(v, StringTensor) or getattr(v, "_is_keras_tensor", False) for v in leaves):
            return self._python_function(*args, **kwargs)
        try:
            key = tuple(_key(v) for v in leaves)
            structure = repr(_nest.map_structure(lambda _: 0, [list(args), kwargs]))
            program = self._programs.get((structure, key))
        except TypeError:
            # An argument that cannot be told from others: no program can be kept for it.
            return self._python_function(*args, **kwargs)
        if program is None:
            program = self._programs[structure, key] = _Program(self, args, kwargs, leaves)
        try:
            return program.run(tensors)
        except TracedValueError as e:
            self._fall_back(e)
            return self._python_function(*args, **kwargs)

    def _fall_back(self, error) -> None:
        where = ""
        trace = error.__traceback__
        own = inspect.getsourcefile(self._python_function) if callable(self._python_function) and hasattr(
            self._python_function, "__code__") else None
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            if "seodang" not in file and (own is None or file == own):
                where = f" at {file}:{trace.tb_lineno}"
            trace = trace.tb_next
        warnings.warn(both(
            f"The tf.function \"{self._name}\" uses the value of a tensor in Python{where}; it runs as "
            "plain Python from now on, which is slower. tf.cond, tf.where and tf.while_loop can be traced.",
            f'tf.function "{self._name}"이(가) 텐서의 값을 파이썬에서 씁니다{where}. 이제부터 보통 파이썬으로 실행하므로 느립니다.',
        ), stacklevel=3)
        self._eager = True

    def _converted(self, args, kwargs):
        specs = list(self.input_signature)
        names = list(inspect.signature(self._python_function).parameters)
        names = [n for n in names if n != "self"]
        values = list(args)
        for n in names[len(values):]:
            if n in kwargs:
                values.append(kwargs.pop(n))
        if len(values) > len(specs):
            raise TypeError(
                f"{self._name} takes {len(specs)} arguments by its input_signature, got {len(values)}."
            )

        def one(value, spec):
            if not isinstance(spec, TensorSpec):
                return value
            if spec.dtype == "string":
                return value if isinstance(value, StringTensor) else StringTensor(value)
            t = _core.tensor(value, None, spec.dtype) if not native.is_tensor(value) else value
            if t.dtype != spec.dtype or not spec.shape.is_compatible_with(t.shape):
                raise TypeError(
                    f"Binding inputs to tf.function failed due to `Can not cast {TensorSpec.from_tensor(t)}"
                    f" to {spec}`."
                )
            return t

        out = []
        for value, spec in zip(values, specs):
            out.append(_map_spec(one, value, spec))
        return tuple(out), kwargs

    def get_concrete_function(self, *args, **kwargs):
        """The function for arguments of these types; call it with tensors."""
        return ConcreteFunction(self, args, kwargs)

    @property
    def experimental_get_tracing_count(self):
        """How many programs were traced, as a function."""
        return lambda: sum(p.function.traces for p in self._programs.values())

    def __repr__(self) -> str:
        return f"<tf.function {self._name}>"


def _map_spec(one, value, spec):
    if isinstance(spec, (list, tuple)) and isinstance(value, (list, tuple)):
        return type(value)(_map_spec(one, v, s) for v, s in zip(value, spec))
    if isinstance(spec, dict):
        return {k: _map_spec(one, value[k], s) for k, s in spec.items()}
    return one(value, spec)


def _call_bound(function, reference, *args, **kwargs):
    instance = reference()
    if instance is None:
        raise ReferenceError("the object whose method this is does not exist any more")
    return function(instance, *args, **kwargs)


class ConcreteFunction:
    """A function for arguments of one set of types."""

    def __init__(self, function: Function, args, kwargs) -> None:
        self._function = function
        self.structured_input_signature = (args, kwargs)
        self.name = function._name

    def __call__(self, *args, **kwargs):
        return self._function(*args, **kwargs)

    @property
    def inputs(self) -> list:
        """The specifications of the arguments."""
        return [a for a in _nest.flatten(list(self.structured_input_signature[0]))
                if isinstance(a, TensorSpec)]


def _is_value(value) -> bool:
    return isinstance(value, (native.Tensor, np.ndarray))


def _key(value):
    """What a program is kept for: element type and shape of tensors, the value of anything else."""
    if isinstance(value, native.Tensor):
        return ("tensor",)
    if isinstance(value, np.ndarray):
        return ("array", value.dtype.str)
    if isinstance(value, native.Variable):
        return ("variable", value.id)
    if isinstance(value, (bool, int, float, str, bytes, type(None))):
        return (type(value).__name__, value)
    hash(value)
    return ("object", id(value), value if not hasattr(value, "__len__") else None)


class _Program:
    """One traced form of a function."""

    def __init__(self, owner: Function, args, kwargs, leaves: list) -> None:
        self.structure = [list(args), dict(kwargs)]
        fixed = [None if _is_value(v) else v for v in leaves]
        moving = [_is_value(v) for v in leaves]
        self.result = None
        function = owner._python_function

        def body(given: list) -> list:
            values = iter(given)
            filled = [next(values) if m else f for m, f in zip(moving, fixed)]
            a, k = _nest.pack(self.structure, filled)
            out = function(*a, **k)
            flat = _nest.flatten(out) if out is not None else []
            self.places = [
                native.is_tensor(v) or isinstance(v, (np.ndarray, np.generic))
                or isinstance(v, (int, float)) and not isinstance(v, bool) or isinstance(v, bool)
                for v in flat
            ]
            self.constants = [None if p else v for p, v in zip(self.places, flat)]
            self.result = out
            results = [_core.tensor(v) for v, p in zip(flat, self.places) if p]
            self.result = _nest.map_structure(lambda _: 0, out) if out is not None else None
            return results

        self.function = native.Function(body, owner._name)
        self._prepared = False
        self._raw = lambda: function(*_nest.pack(self.structure, leaves)[0],
                                     **_nest.pack(self.structure, leaves)[1])

    def run(self, tensors: list):
        """The results for values of the arguments."""
        given = [_core.tensor(t) for t in tensors]
        results = iter(self.function.call(given))
        if self.result is None:
            return None
        flat = [next(results) if p else c for p, c in zip(self.places, self.constants)]
        return _nest.pack(self.result, flat)


def function(func=None, input_signature=None, autograph=True, jit_compile=None,
             reduce_retracing=False, experimental_implements=None,
             experimental_autograph_options=None, experimental_attributes=None,
             experimental_relax_shapes=None, experimental_compile=None,
             experimental_follow_type_hints=None):
    """Makes a program of a Python function: it is traced once for each kind of arguments."""

    def decorate(f):
        if isinstance(f, Function):
            return f
        return Function(f, input_signature=input_signature)

    return decorate if func is None else decorate(func)
