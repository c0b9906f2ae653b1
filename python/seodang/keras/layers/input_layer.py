"""`Input` and `InputLayer`: where a model's values come in."""

from __future__ import annotations

from ..._dtypes import as_dtype
from .. import _config, _symbolic
from .base import Layer


class InputLayer(Layer):
    """The layer of a model's input.

    Args:
        shape, input_shape: the shape without the batch.
        batch_size: the number of rows, if it is fixed.
        dtype: the element type.
        input_tensor: a symbolic value to stand for the input.
        batch_shape, batch_input_shape: the shape with the batch.
    """

    _is_input_layer = True

    def __init__(
        self,
        input_shape=None,
        batch_size: int | None = None,
        dtype=None,
        input_tensor=None,
        sparse: bool | None = None,
        name: str | None = None,
        ragged: bool | None = None,
        type_spec=None,
        optional: bool = False,
        shape=None,
        batch_shape=None,
        batch_input_shape=None,
        **kwargs,
    ) -> None:
        if ragged:
            raise NotImplementedError("Ragged inputs (`ragged=True`) are not supported.")
        if type_spec is not None:
            batch_shape, dtype = tuple(type_spec.shape), type_spec.dtype
        if input_tensor is not None and batch_shape is None and shape is None:
            batch_shape, dtype = tuple(input_tensor.shape), dtype or input_tensor.dtype
        whole = batch_shape if batch_shape is not None else batch_input_shape
        if whole is None:
            inner = shape if shape is not None else input_shape
            if inner is None:
                raise ValueError("You must pass a `shape` argument.")
            inner = (inner,) if isinstance(inner, int) else tuple(inner)
            whole = (batch_size, *inner)
        whole = tuple(_dimension(d) for d in whole)
        kind = as_dtype(dtype or _config.floatx())
        name = name or _config.unique_name("input", zero_based=False)
        super().__init__(name=name, dtype=kind.name, **kwargs)
        self.batch_shape = whole
        self.sparse = bool(sparse)
        self.ragged = False
        state = self.__dict__
        state["_batch_input_shape"] = whole
        state["built"] = True
        state["supports_masking"] = True
        symbol = _symbolic.KerasTensor(whole, kind, name=name)
        _symbolic.Node(self, (), {}, symbol)

    @property
    def dtype(self) -> str:
        """The element type."""
        return self.dtype_policy.name

    def call(self, inputs=None):
        """The inputs."""
        return inputs

    @property
    def input_shape(self):
        """The shape with the batch, in a list."""
        return [self.batch_shape]

    @property
    def output_shape(self):
        """The shape with the batch, in a list."""
        return [self.batch_shape]

    @property
    def input(self):
        """The symbolic value of the input."""
        return self._inbound_nodes[0].structure

    def get_config(self) -> dict:
        """The options."""
        return {
            "batch_shape": self.batch_shape,
            "dtype": self.dtype,
            "sparse": self.sparse,
            "name": self.name,
        }

    @classmethod
    def from_config(cls, config: dict) -> InputLayer:
        """The layer of a configuration."""
        return cls(**{k: v for k, v in config.items() if k not in ("ragged", "trainable")})


def _dimension(d):
    if d is None:
        return None
    try:
        return int(d)
    except TypeError:
        raise ValueError(f"Cannot convert {d!r} to a shape's dimension.") from None


def Input(  # noqa: N802 - Keras's name
    shape=None,
    batch_size: int | None = None,
    name: str | None = None,
    dtype=None,
    sparse: bool | None = None,
    tensor=None,
    ragged: bool | None = None,
    type_spec=None,
    batch_shape=None,
    **kwargs,
) -> _symbolic.KerasTensor:
    """A symbolic value that stands for a model's input.

    Args:
        shape: the shape without the batch, None for unknown sizes.
        batch_size: the number of rows, if it is fixed.
        name: the name.
        dtype: the element type; float32 if absent.
        tensor: a symbolic value to return as the input.
        batch_shape: the shape with the batch.

    Raises ValueError if there is no shape.
    """
    if tensor is not None and _symbolic.is_symbolic(tensor):
        return tensor
    if "batch_input_shape" in kwargs:
        batch_shape = kwargs.pop("batch_input_shape")
    kwargs.pop("optional", None)
    if kwargs:
        raise ValueError(f"Unrecognized keyword arguments: {list(kwargs)}")
    if shape is None and batch_shape is None and tensor is None and type_spec is None:
        raise ValueError(
            "Please provide to Input a `shape` or a `batch_shape` argument. Note that `shape` "
            "does not include the batch dimension."
        )
    layer = InputLayer(
        shape=shape,
        batch_size=batch_size,
        name=name,
        dtype=dtype,
        sparse=sparse,
        ragged=ragged,
        input_tensor=tensor,
        type_spec=type_spec,
        batch_shape=batch_shape,
    )
    return layer._inbound_nodes[0].structure
