"""Indices of embeddings, checked in the data: a compiled step cannot raise for what it finds there."""

from __future__ import annotations

import numpy as np

from ... import _native as native


def check(model, x) -> None:
    """Raises the layer's InvalidArgumentError for an index that is not in its table.

    An Embedding behind other layers is not checked: there the nearest row is taken.
    """
    graph = model.__dict__.get("_graph")
    if graph is None or not graph.embedded_inputs:
        return
    values = graph.bind(x, model.name)
    for symbol, layer in graph.embedded_inputs:
        array = values[id(symbol)]
        if native.is_tensor(array):
            if array.is_traced:
                continue
            array = array.numpy()
        if not isinstance(array, np.ndarray) or not array.size or array.dtype.kind not in "iuf":
            continue
        low, high = array.min(), array.max()
        if low <= -1 or high >= layer.input_dim:
            layer(native.convert(np.reshape(low if low <= -1 else high, (1, 1))))
