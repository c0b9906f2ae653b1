"""The graph of a functional model: which layer calls lead from its inputs to its outputs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from ... import _native as native
from ... import _nest
from ..._language import both
from .. import _symbolic


class Graph:
    """The nodes between symbolic inputs and outputs, in an order in which they can run.

    Raises ValueError if an output needs an input that was not given.
    """

    def __init__(self, inputs, outputs) -> None:
        self.inputs = inputs
        self.outputs = outputs
        self.flat_inputs = _nest.flatten(inputs)
        self.flat_outputs = _nest.flatten(outputs)
        for what, values in (("inputs", self.flat_inputs), ("outputs", self.flat_outputs)):
            for x in values:
                if not _symbolic.is_symbolic(x) or x._keras_history is None:
                    raise ValueError(
                        f"All `{what}` values must be KerasTensors. Received: {what}={x!r} "
                        f"of type {type(x)}"
                    )
        seen: set[int] = set()
        for x in self.flat_inputs:
            if id(x) in seen:
                raise ValueError(
                    "The list of inputs passed to the model contains the same input multiple "
                    f"times. All inputs should only appear once. Received inputs={inputs}"
                )
            seen.add(id(x))
        self._given = seen
        self.nodes: list[_symbolic.Node] = []
        self._order: dict[int, int] = {}
        self._visit()
        self.layers = self._layers_by_depth()
        self.input_names = [x._keras_history[0].name for x in self.flat_inputs]
        self.output_names = self._names_of_outputs()
        self._plans = [self._plan(node) for node in self.nodes]

    def _visit(self) -> None:
        """Fills `nodes`, parents first, and the order in which layers are met from the outputs."""
        finished: set[int] = set()
        started: set[int] = set()
        reached: list[str] = []
        for output in self.flat_outputs:
            stack: list[tuple] = [(output, None)]
            while stack:
                x, rest = stack.pop()
                if rest is None:
                    node = x.node
                    if id(node) in finished:
                        continue
                    layer = x._keras_history[0]
                    self._order.setdefault(id(layer), len(self._order))
                    if id(x) in self._given or node.is_input:
                        if id(x) not in self._given:
                            raise ValueError(
                                "Graph disconnected: cannot obtain value for tensor "
                                f'{x!r} at layer "{layer.name}". The following previous layers '
                                f"were accessed without issue: {reached}"
                            )
                        if node.is_input:
                            finished.add(id(node))
                            self.nodes.append(node)
                        continue
                    if id(node) in started:
                        raise ValueError(
                            f'Tensor {x!r} from layer "{layer.name}" is part of a cycle.'
                        )
                    started.add(id(node))
                    rest = iter(node.inputs)
                node = x.node
                for parent in rest:
                    if id(parent.node) not in finished:
                        stack.append((x, rest))
                        stack.append((parent, None))
                        break
                    self._order.setdefault(id(parent._keras_history[0]), len(self._order))
                else:
                    if id(node) not in finished:
                        finished.add(id(node))
                        started.discard(id(node))
                        self.nodes.append(node)
                        reached.append(node.layer.name)

    def _layers_by_depth(self) -> list:
        """The layers as Keras lists them: farthest from the outputs first."""
        depths: dict[int, int] = {}
        layer_depths: dict[int, int] = {}
        layers: dict[int, object] = {}
        inside = {id(n) for n in self.nodes}
        for node in reversed(self.nodes):
            depth = max(depths.get(id(node), 0), layer_depths.get(id(node.layer), 0))
            layer_depths[id(node.layer)] = depth
            layers[id(node.layer)] = node.layer
            depths[id(node)] = depth
            if any(id(x) in self._given for x in node.outputs):
                continue
            for parent in node.parents:
                if id(parent) in inside:
                    depths[id(parent)] = max(depth + 1, depths.get(id(parent), 0))
        for x in self.flat_inputs:
            layer = x._keras_history[0]
            if id(layer) not in layer_depths and x.node.is_input:
                layer_depths[id(layer)], layers[id(layer)] = 0, layer
                self._order[id(layer)] = -1
                self.nodes.insert(0, x.node)
        self.depths = {id(n): depths.get(id(n), 0) for n in self.nodes}
        return sorted(
            layers.values(), key=lambda layer: (-layer_depths[id(layer)], self._order[id(layer)])
        )

    def _names_of_outputs(self) -> list[str]:
        names, counts = [], {}
        for x in self.flat_outputs:
            name = x._keras_history[0].name
            counts[name] = counts.get(name, 0) + 1
            names.append(name if counts[name] == 1 else f"{name}_{counts[name] - 1}")
        return names

    @staticmethod
    def _plan(node):
        """The node with what its call needs: the single input, for most layers."""
        args = node.args
        simple = len(args) == 1 and not node.kwargs and _symbolic.is_symbolic(args[0])
        return node, id(args[0]) if simple else None

    def nodes_of(self, layer) -> list:
        """The layer's calls that belong to this graph."""
        inside = {id(n) for n in self.nodes}
        return [n for n in layer._inbound_nodes if id(n) in inside]

    @cached_property
    def embedded_inputs(self) -> list:
        """(input, layer) for each Embedding that takes an input as it is."""
        from ..layers import Embedding

        given = {id(x) for x in self.flat_inputs}
        return [
            (x, node.layer)
            for node in self.nodes
            if isinstance(node.layer, Embedding)
            for x in node.inputs
            if id(x) in given
        ]

    # Running ---------------------------------------------------------------------------------

    def bind(self, values, name: str = "model") -> dict:
        """The given values by the identity of the inputs that they stand for.

        Raises ValueError for a wrong number of inputs.
        """
        wanted = self.flat_inputs
        if isinstance(values, Mapping):
            if isinstance(self.inputs, Mapping) and all(k in values for k in self.inputs):
                flat = [values[k] for k in sorted(self.inputs)]
            else:
                missing = [n for n in self.input_names if n not in values]
                if missing and len(values) == len(wanted) == 1:
                    flat = list(values.values())
                elif missing:
                    raise ValueError(
                        f"Missing data for input \"{missing[0]}\". You passed a data dictionary "
                        f"with keys {list(values)}. Expected the following keys: "
                        f"{self.input_names}"
                    )
                else:
                    flat = [values[n] for n in self.input_names]
        else:
            flat = _nest.flatten(values)
        if len(flat) != len(wanted):
            raise ValueError(
                f'Layer "{name}" expects {len(wanted)} input(s), but it received {len(flat)} input '
                f"tensors. Inputs received: {values}"
            )
        return {
            id(x): _conform(v, x, i, name)
            for i, (x, v) in enumerate(zip(wanted, flat, strict=True))
        }

    def run(self, values, name: str = "model"):
        """The outputs for inputs, by calling every layer."""
        known = self.bind(values, name)
        for node, single in self._plans:
            if node.is_input or all(id(x) in known for x in node.outputs):
                continue
            if single is not None:
                result = node.layer(known[single])
            else:
                args, kwargs = _symbolic.map_values(
                    lambda x: known[id(x)], (node.args, node.kwargs)
                )
                result = node.layer(*args, **kwargs)
            outputs = node.outputs
            if len(outputs) == 1 and not _nest.is_nested(result):
                known[id(outputs[0])] = result
            else:
                for x, v in zip(outputs, _nest.flatten(result), strict=False):
                    known[id(x)] = v
        return _symbolic.map_values(lambda x: known[id(x)], self.outputs)

    def infer(self, values, name: str = "model"):
        """The outputs for symbolic inputs, as KerasTensors without history."""
        known = self.bind(values, name)
        same = all(
            tuple(known[id(x)].shape) == tuple(x.shape) and known[id(x)].dtype == x.dtype
            for x in self.flat_inputs
        )
        if same:
            return _symbolic.map_values(_copy, self.outputs)
        for node in self.nodes:
            if node.is_input or all(id(x) in known for x in node.outputs):
                continue
            args, kwargs = _symbolic.map_values(lambda x: known[id(x)], (node.args, node.kwargs))
            result = node.layer._infer(args, kwargs)
            for x, v in zip(node.outputs, _nest.flatten(result), strict=False):
                known[id(x)] = v
        return _symbolic.map_values(lambda x: known[id(x)], self.outputs)


def _copy(x):
    y = _symbolic.KerasTensor(x.shape, x.dtype)
    y._keras_mask = x._keras_mask
    return y


def _conform(value, wanted, index: int, name: str):
    """A value for an input: ranks that differ by an axis of size 1 are mended, types converted."""
    shape = getattr(value, "shape", None)
    if shape is None:
        return value
    reference = wanted.shape
    symbolic = _symbolic.is_symbolic(value)
    if not symbolic and isinstance(value, native.Tensor):
        if len(shape) == len(reference) + 1 and shape[-1] == 1:
            value = native.squeeze(value, [len(shape) - 1])
        elif len(shape) == len(reference) - 1 and reference[-1] == 1:
            value = native.expand_dims(value, -1)
        if value.dtype != wanted.dtype and wanted.dtype.name != "string":
            mask = getattr(value, "_keras_mask", None)
            value = native.cast(value, wanted.dtype)
            if mask is not None:
                value._keras_mask = mask
    shape = tuple(value.shape)
    # The number of rows may differ from the one that the input names.
    if len(shape) != len(reference) or any(
        a is not None and b is not None and a != b
        for a, b in zip(shape[1:], tuple(reference)[1:], strict=True)
    ):
        expected = (None, *tuple(reference)[1:])
        raise ValueError(both(
            f'Input {index} of layer "{name}" is incompatible with the layer: expected '
            f"shape={expected}, found shape={shape}",
            f'모델 "{name}"의 입력은 모양이 {expected}이어야 하는데 {shape}입니다.',
        ))
    return value
