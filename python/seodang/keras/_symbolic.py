"""Symbolic values: KerasTensor, the nodes that connect layers, and shapes by abstract evaluation."""

from __future__ import annotations

import numpy as np

from .. import _native as native
from .. import _nest
from .._dtypes import as_dtype
from .._shapes import TensorShape
from . import _config

# What an unknown dimension counts while a function is evaluated abstractly: twice with different
# numbers, so that whatever differs in the results is unknown. Other dimensions than the batch get
# multiples of 32, so that networks that halve and double sizes still fit together.
_FILLS = ((2, 32), (3, 64))


class KerasTensor:
    """A value of a model that is being described: a shape, a type and the layer it comes from.

    Operators, slicing and TensorFlow functions on it make layers.
    """

    _is_keras_tensor = True
    __array_priority__ = 1000
    __array_ufunc__ = None

    def __init__(
        self,
        shape,
        dtype="float32",
        sparse: bool = False,
        ragged: bool = False,
        record_history: bool = True,
        name: str | None = None,
    ) -> None:
        self._shape = TensorShape(shape)
        self._dtype = as_dtype(dtype)
        self.sparse = sparse
        self.ragged = ragged
        self._name = name
        self._keras_history = None
        self._keras_mask = None

    @property
    def shape(self) -> TensorShape:
        """The shape, None for what is unknown."""
        return self._shape

    @property
    def dtype(self):
        """The element type."""
        return self._dtype

    @property
    def name(self) -> str:
        """The name; the layer's that made the value unless another was given."""
        if self._name is None:
            self._name = (
                self.node.layer.name if self._keras_history else _config.unique_name("keras_tensor")
            )
        return self._name

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return len(self._shape)

    rank = ndim

    @property
    def node(self):
        """The call that made the value."""
        layer, index, _ = self._keras_history
        return layer._inbound_nodes[index]

    @property
    def op(self):
        """The layer that made the value."""
        return self._keras_history[0]

    def get_shape(self) -> TensorShape:
        """The shape."""
        return self._shape

    def set_shape(self, shape) -> None:
        """Fills in what is unknown of the shape.

        Raises ValueError if the shapes contradict each other.
        """
        shape = TensorShape(shape)
        if len(shape) != len(self._shape) or any(
            a is not None and b is not None and a != b
            for a, b in zip(self._shape, shape, strict=False)
        ):
            raise ValueError(f"Shapes {tuple(self._shape)} and {tuple(shape)} are incompatible")
        self._shape = TensorShape(
            [b if a is None else a for a, b in zip(self._shape, shape, strict=True)]
        )

    def reshape(self, *shape):
        """The value in another shape, the batch included."""
        shape = shape[0] if len(shape) == 1 and isinstance(shape[0], (list, tuple)) else shape
        return call(native.reshape, (self, list(shape)), {}, "tf.reshape")

    def __repr__(self) -> str:
        text = f"<KerasTensor: shape={_shape_text(self._shape)} dtype={self._dtype.name}"
        if self._keras_history is not None:
            text += f" (created by layer '{self._keras_history[0].name}')"
        return text + ">"

    def __bool__(self) -> bool:
        raise TypeError(
            "Using a symbolic Keras tensor as a Python `bool` is not allowed: its value is not "
            "known while the model is being described. Use `tf.where` or `tf.cond`."
        )

    def __len__(self) -> int:
        if not self._shape:
            raise TypeError("Scalar tensor has no `len()`")
        if self._shape[0] is None:
            raise TypeError("len is not well defined for a symbolic Tensor. Use `x.shape`.")
        return self._shape[0]

    def __iter__(self):
        if not self._shape:
            raise TypeError("Cannot iterate over a scalar.")
        if self._shape[0] is None:
            raise TypeError("Cannot iterate over a Tensor with unknown first dimension.")
        return (self[i] for i in range(self._shape[0]))

    def __array__(self, dtype=None, copy=None):
        raise TypeError(
            f"You are passing {self!r}, an intermediate Keras symbolic input/output, to a function "
            "that needs values. Call the function inside a Lambda layer or a layer's `call`."
        )

    def __int__(self) -> int:
        raise TypeError(f"{self!r} has no value yet: it is an input or output of a layer.")

    __float__ = __index__ = __int__

    def __getitem__(self, key):
        return call(_getitem, (self, key), {}, "tf.__operators__.getitem")

    @property
    def T(self):  # noqa: N802 - NumPy's name
        """The value with its axes reversed."""
        return call(native.transpose, (self, None), {}, "tf.transpose")

    def __hash__(self) -> int:
        return id(self)

    def __deepcopy__(self, memo):
        return self


def _getitem(x, key):
    return x[key]


def _operator(name: str, function, layer_name: str, reverse: bool = False):
    if reverse:

        def method(self, other):
            return call(function, (other, self), {}, layer_name)
    else:

        def method(self, other):
            return call(function, (self, other), {}, layer_name)

    method.__name__ = name
    return method


def _unary(function, layer_name: str):
    return lambda self: call(function, (self,), {}, layer_name)


# The operators' functions by the names of their layers.
OPERATORS: dict = {}


def _install_operators() -> None:
    import operator as o

    both = {
        "add": (o.add, "tf.__operators__.add"),
        "sub": (o.sub, "tf.math.subtract"),
        "mul": (o.mul, "tf.math.multiply"),
        "truediv": (o.truediv, "tf.math.truediv"),
        "floordiv": (o.floordiv, "tf.math.floordiv"),
        "mod": (o.mod, "tf.math.floormod"),
        "pow": (o.pow, "tf.math.pow"),
        "matmul": (o.matmul, "tf.linalg.matmul"),
        "and": (o.and_, "tf.__operators__.logical_and"),
        "or": (o.or_, "tf.__operators__.logical_or"),
        "xor": (o.xor, "tf.__operators__.logical_xor"),
    }
    for name, (function, layer_name) in both.items():
        OPERATORS[layer_name] = function
        setattr(KerasTensor, f"__{name}__", _operator(f"__{name}__", function, layer_name))
        setattr(KerasTensor, f"__r{name}__", _operator(f"__r{name}__", function, layer_name, True))
    for name, layer_name in {
        "lt": "tf.math.less",
        "le": "tf.math.less_equal",
        "gt": "tf.math.greater",
        "ge": "tf.math.greater_equal",
    }.items():
        OPERATORS[layer_name] = getattr(o, name)
        method = _operator(f"__{name}__", getattr(o, name), layer_name)
        setattr(KerasTensor, f"__{name}__", method)
    OPERATORS["tf.math.negative"] = o.neg
    OPERATORS["tf.math.abs"] = o.abs
    OPERATORS["tf.math.logical_not"] = o.invert
    KerasTensor.__neg__ = _unary(o.neg, "tf.math.negative")
    KerasTensor.__abs__ = _unary(o.abs, "tf.math.abs")
    KerasTensor.__invert__ = _unary(o.invert, "tf.math.logical_not")


_install_operators()


class Node:
    """One call of a layer on symbolic values."""

    def __init__(self, layer, args: tuple, kwargs: dict, outputs) -> None:
        self.layer = layer
        self.args = args
        self.kwargs = kwargs
        self.inputs = [x for x in _nest.flatten((args, kwargs)) if is_symbolic(x)]
        self.outputs = [x for x in _nest.flatten(outputs) if is_symbolic(x)]
        self.structure = outputs
        self.index = len(layer._inbound_nodes)
        layer._inbound_nodes.append(self)
        for i, x in enumerate(self.outputs):
            x._keras_history = (layer, self.index, i)
        for x in self.inputs:
            source = x._keras_history[0] if x._keras_history else None
            if source is not None:
                source._outbound_nodes.append(self)

    @property
    def is_input(self) -> bool:
        """Whether the node is an Input."""
        return not self.inputs and getattr(self.layer, "_is_input_layer", False)

    @property
    def input_tensors(self):
        """The input: one value, or a list."""
        return self.inputs[0] if len(self.inputs) == 1 else self.inputs

    @property
    def output_tensors(self):
        """The output: one value, or a structure."""
        return self.structure

    output = output_tensors

    @property
    def parents(self) -> list[Node]:
        """The nodes whose values this one takes."""
        return [x.node for x in self.inputs if x._keras_history is not None]


def is_symbolic(x) -> bool:
    """Whether `x` is a KerasTensor."""
    return getattr(x, "_is_keras_tensor", False) is True


def has_symbolic(structure) -> bool:
    """Whether a structure holds a KerasTensor."""
    if isinstance(structure, KerasTensor):
        return True
    if isinstance(structure, (list, tuple)):
        return any(has_symbolic(x) for x in structure)
    if isinstance(structure, dict):
        return any(has_symbolic(x) for x in structure.values())
    if isinstance(structure, slice):
        return has_symbolic((structure.start, structure.stop, structure.step))
    return False


def map_values(f, structure):
    """`structure` with `f` of every KerasTensor in it, inside slices too."""
    if isinstance(structure, KerasTensor):
        return f(structure)
    if isinstance(structure, dict):
        return type(structure)((k, map_values(f, v)) for k, v in structure.items())
    if isinstance(structure, tuple) and hasattr(structure, "_fields"):
        return type(structure)(*(map_values(f, x) for x in structure))
    if isinstance(structure, (list, tuple)):
        kind = list if isinstance(structure, list) else tuple
        return kind(map_values(f, x) for x in structure)
    if isinstance(structure, slice):
        return slice(*(map_values(f, x) for x in (structure.start, structure.stop, structure.step)))
    return structure


def call(function, args: tuple, kwargs: dict | None = None, name: str | None = None):
    """Calls a function of tensors on symbolic values: makes a layer of it.

    `name` is the function's public name (``tf.math.reduce_mean``), which names the layer.
    """
    from .layers.lambda_layer import SlicingOpLambda, TFOpLambda

    kind = SlicingOpLambda if function is _getitem else TFOpLambda
    return kind(function, symbol=name)(*args, **(kwargs or {}))


def infer(function, args: tuple, kwargs: dict):
    """What `function(*args, **kwargs)` gives, in KerasTensors without history.

    KerasTensors among the arguments are replaced by abstract tensors; a dimension that depends on
    an unknown one is unknown.
    """
    symbols = []
    map_values(symbols.append, (args, kwargs))
    unknown = any(d is None for x in symbols for d in x.shape)
    results = [
        _evaluate(function, args, kwargs, symbols, fill)
        for fill in (_FILLS if unknown else _FILLS[:1])
    ]
    first = results[0]
    if len(results) == 1:
        return _nest.map_structure(_symbol_of, first)
    return _nest.map_structure(_symbol_of, first, results[1])


class _Spec:
    """The shape and type of one result."""

    __slots__ = ("shape", "dtype", "mask")

    def __init__(self, shape, dtype, mask) -> None:
        self.shape, self.dtype, self.mask = shape, dtype, mask


def _symbol_of(a, b=None):
    if not isinstance(a, _Spec):
        return a
    b = a if b is None else b
    x = KerasTensor(_merge(a.shape, b.shape), a.dtype)
    if a.mask is not None:
        x._keras_mask = KerasTensor(_merge(a.mask, b.mask or a.mask), "bool")
    return x


def _merge(a, b):
    if len(a) != len(b):
        raise ValueError(
            f"The rank of a result depends on an unknown dimension: {tuple(a)} and {tuple(b)}"
        )
    return [d if d == e else None for d, e in zip(a, b, strict=True)]


def _spec_of(x):
    if x is None or isinstance(x, (str, bytes)):
        return x
    shape, dtype = getattr(x, "shape", None), getattr(x, "dtype", None)
    if shape is None or dtype is None:
        if isinstance(x, (bool, int, float)):
            x = np.asarray(x, None if isinstance(x, (bool, int)) else _config.floatx())
            return _Spec((), as_dtype(x.dtype), None)
        return x
    mask = getattr(x, "_keras_mask", None)
    return _Spec(tuple(shape), as_dtype(dtype), None if mask is None else tuple(mask.shape))


def _evaluate(function, args, kwargs, symbols, fill):
    """The specs of the results, with unknown dimensions filled."""
    from ..errors import TracedValueError

    batch, other = fill
    shapes = [
        tuple((batch if i == 0 else other) if d is None else d for i, d in enumerate(x.shape))
        for x in symbols
    ]

    def run(values):
        mapping = {id(x): v for x, v in zip(symbols, values, strict=True)}
        for x, v in zip(symbols, values, strict=True):
            if x._keras_mask is not None:
                shape = [
                    (batch if i == 0 else other) if d is None else d
                    for i, d in enumerate(x._keras_mask.shape)
                ]
                v._keras_mask = native.convert(np.ones(shape, bool))
        real_args, real_kwargs = map_values(lambda x: mapping[id(x)], (args, kwargs))
        return _nest.map_structure(_spec_of, function(*real_args, **real_kwargs))

    types = list(zip(map(list, shapes), (x.dtype for x in symbols), strict=True))
    if any(dtype.name == "string" for _, dtype in types):
        return run([_zeros(*t) for t in types])
    found = []

    def traced(values):
        found.append(run(list(values)))
        return []

    try:
        native.eval_shape(traced, types)
    except TracedValueError:
        # The function asks for values: it is evaluated on zeros instead.
        return native.eagerly(lambda: run([_zeros(*t) for t in types]))
    return found[0]


def _zeros(shape, dtype):
    if dtype.name == "string":
        from .._strings import StringTensor

        return StringTensor(np.full(shape, b"", dtype=object))
    return native.zeros(list(shape), dtype)


def _shape_text(shape) -> str:
    dims = [("None" if d is None else str(d)) for d in shape]
    return "(" + ", ".join(dims) + ("," if len(dims) == 1 else "") + ")"
