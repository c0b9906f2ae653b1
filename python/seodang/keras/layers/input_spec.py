"""`InputSpec`: what a layer demands of its inputs."""

from __future__ import annotations

from ... import _nest
from ..._dtypes import as_dtype
from ..._language import both


class InputSpec:
    """Rank, type and shape that a layer's input must have.

    Args:
        dtype: the element type.
        shape: the shape, None for any size.
        ndim, max_ndim, min_ndim: the rank.
        axes: a dictionary from axes to sizes.
    """

    def __init__(
        self,
        dtype=None,
        shape=None,
        ndim: int | None = None,
        max_ndim: int | None = None,
        min_ndim: int | None = None,
        axes: dict | None = None,
        allow_last_axis_squeeze: bool = False,
        name: str | None = None,
        optional: bool = False,
    ) -> None:
        self.dtype = None if dtype is None else as_dtype(dtype).name
        self.shape = None if shape is None else tuple(shape)
        self.ndim = len(self.shape) if self.shape is not None else ndim
        self.max_ndim = max_ndim
        self.min_ndim = min_ndim
        self.axes = {int(k): v for k, v in (axes or {}).items()}
        self.name = name
        self.allow_last_axis_squeeze = allow_last_axis_squeeze

    def __repr__(self) -> str:
        parts = [
            f"{key}={value}"
            for key, value in (
                ("dtype", self.dtype),
                ("shape", self.shape),
                ("ndim", self.ndim),
                ("max_ndim", self.max_ndim),
                ("min_ndim", self.min_ndim),
                ("axes", self.axes),
            )
            if value
        ]
        return f"InputSpec({', '.join(parts)})"


def check_inputs(layer, inputs) -> None:
    """Raises ValueError if the inputs are not what the layer's `input_spec` demands."""
    specs = _nest.flatten(layer.input_spec)
    values = _nest.flatten(inputs)
    if len(values) != len(specs):
        raise ValueError(both(
            f'Layer "{layer.name}" expects {len(specs)} input(s), but it received {len(values)} '
            f"input tensors. Inputs received: {inputs}",
            f'층 "{layer.name}"에는 입력이 {len(specs)}개 필요한데 {len(values)}개를 받았습니다.',
        ))
    for i, (spec, x) in enumerate(zip(specs, values, strict=True)):
        shape = getattr(x, "shape", None)
        if spec is None or shape is None:
            continue
        shape = tuple(shape)
        what = f'Input {i} of layer "{layer.name}" is incompatible with the layer: '
        full = f". Full shape received: {shape}"
        if spec.ndim is not None and spec.shape is None and len(shape) != spec.ndim:
            raise ValueError(both(
                f"{what}expected ndim={spec.ndim}, found ndim={len(shape)}{full}",
                f'층 "{layer.name}"의 입력은 {spec.ndim}차원이어야 하는데 {len(shape)}차원입니다.',
            ))
        if spec.max_ndim is not None and len(shape) > spec.max_ndim:
            raise ValueError(both(
                f"{what}expected max_ndim={spec.max_ndim}, found ndim={len(shape)}",
                f'층 "{layer.name}"의 입력은 {spec.max_ndim}차원 이하여야 하는데 {len(shape)}차원입니다.',
            ))
        if spec.min_ndim is not None and len(shape) < spec.min_ndim:
            raise ValueError(both(
                f"{what}expected min_ndim={spec.min_ndim}, found ndim={len(shape)}{full}",
                f'층 "{layer.name}"의 입력은 {spec.min_ndim}차원 이상이어야 하는데 {len(shape)}차원입니다.',
            ))
        for axis, size in spec.axes.items():
            if size is None or not -len(shape) <= axis < len(shape):
                continue
            if shape[axis] not in (size, None):
                raise ValueError(both(
                    f"{what}expected axis {axis} of input shape to have value {size}, but "
                    f"received input with shape {shape}",
                    f'층 "{layer.name}"의 입력은 축 {axis}의 크기가 {size}이어야 하는데 모양이 {shape}입니다.',
                ))
        if spec.shape is not None and not _fits(spec.shape, shape):
            raise ValueError(both(
                f"{what}expected shape={spec.shape}, found shape={shape}",
                f'층 "{layer.name}"의 입력은 모양이 {spec.shape}이어야 하는데 {shape}입니다.',
            ))


def _fits(wanted: tuple, given: tuple) -> bool:
    return len(wanted) == len(given) and all(
        a is None or b is None or a == b for a, b in zip(wanted, given, strict=True)
    )
