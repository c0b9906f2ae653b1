"""`Model.summary`: TensorFlow 2's table, or Keras 3's."""

from __future__ import annotations

import html as _html
import re
import unicodedata

import numpy as np

from ... import _nest
from .. import _config


def print_summary(
    model, line_length, positions, print_fn, expand_nested, show_trainable, layer_range
) -> None:
    """Prints the table of a model's layers."""
    if not _is_built(model):
        raise ValueError(
            "This model has not yet been built. Build the model first by calling `build()` or by "
            "calling the model on a batch of data."
        )
    write = print if print_fn is None else print_fn
    if _config.summary_style() == "keras3":
        text = keras3(model, line_length, positions, expand_nested, show_trainable)
        for line in text.split("\n"):
            write(line)
        return
    for line in classic(
        model, line_length, positions, expand_nested, show_trainable, layer_range
    ):
        write(line)


def _is_built(model) -> bool:
    if model.__dict__.get("_graph") is not None:
        return True
    return bool(model.built) and (bool(model.weights) or bool(model.layers) or bool(model.built))


def is_sequential_like(model) -> bool:
    """Whether each layer is called once, on the one before."""
    graph = model.__dict__.get("_graph")
    if type(model).__name__ == "Sequential" or graph is None:
        return True
    by_depth: dict[int, list] = {}
    for node in graph.nodes:
        by_depth.setdefault(graph.depths[id(node)], []).append(node)
    for nodes in by_depth.values():
        if len(nodes) > 1 or (len(nodes) == 1 and len(_nest.flatten(nodes[0].inputs)) > 1):
            return False
    return all(len(graph.nodes_of(layer)) <= 1 for layer in graph.layers)


def output_shape_text(layer) -> str:
    """The layer's output shape as the table shows it."""
    try:
        shape = layer.output_shape
    except AttributeError:
        return "multiple"
    except RuntimeError:
        return "?"
    return str(shape)


def count(weights) -> int:
    """How many numbers variables hold."""
    return sum(int(np.prod(tuple(w.shape), dtype=np.int64)) for w in weights)


def _layer_params(layer) -> str:
    if not layer.built and not layer.weights:
        return "0 (unused)"
    return str(count(layer.weights))


def _connections(layer, graph) -> list[str]:
    found = []
    for node in graph.nodes_of(layer):
        for x in node.inputs:
            source, index, tensor = x._keras_history
            inside = graph.nodes_of(source)
            node_index = next((i for i, n in enumerate(inside) if n is x.node), index)
            found.append(f"{source.name}[{node_index}][{tensor}]")
    return found


def _select(layers: list, layer_range) -> list:
    if not layer_range:
        return layers
    if len(layer_range) != 2:
        raise ValueError("layer_range must be a list of two layer names.")
    first, last = layer_range
    starts = [i for i, x in enumerate(layers) if x.name == first or re.match(first, x.name)]
    ends = [i for i, x in enumerate(layers) if x.name == last or re.match(last, x.name)]
    if not starts or not ends:
        raise ValueError(f"Passed layer_names do not match the layers' names: {layer_range}")
    low, high = sorted((min(starts), max(ends)))
    return layers[low : high + 1]


def classic(model, line_length, positions, expand_nested, show_trainable, layer_range):
    """The lines of TensorFlow 2's table."""
    sequential = is_sequential_like(model)
    if sequential:
        line_length = line_length or 65
        positions = list(positions or [0.45, 0.85, 1.0])
        titles = ["Layer (type)", "Output Shape", "Param #"]
    else:
        line_length = line_length or 98
        positions = list(positions or [0.33, 0.55, 0.67, 1.0])
        titles = ["Layer (type)", "Output Shape", "Param #", "Connected to"]
    if positions[-1] <= 1:
        positions = [int(line_length * p) for p in positions]
    if show_trainable:
        line_length += 11
        positions.append(line_length)
        titles.append("Trainable")
    lines: list[str] = []

    def row(fields: list[str], depth: int = 0) -> None:
        line = ""
        for i, field in enumerate(fields):
            if i > 0:
                line = line[:-1] + " "
            line += str(field)
            line = _fit(line, positions[i])
        lines.append("|" * depth + line[: len(line) - depth] if depth else line)

    def layer_row(layer, depth: int) -> None:
        text = f"{layer.name} ({type(layer).__name__})"
        fields = [text, output_shape_text(layer), _layer_params(layer)]
        rest: list[str] = []
        if not sequential:
            graph = model._graph
            connected = _connections(layer, graph) if depth == 0 else []
            fields.append(connected[0] if connected else "")
            rest = connected[1:]
        if show_trainable:
            fields.append("Y" if layer.trainable else "N")
        row(fields, depth)
        for name in rest:
            row(["", "", "", name], depth)

    def rows(layers: list, depth: int) -> None:
        for i, layer in enumerate(layers):
            layer_row(layer, depth)
            if expand_nested and hasattr(layer, "layers") and layer.layers:
                lines.append("_" * line_length)
                rows(layer.layers, depth + 1)
            last = depth == 0 and i == len(layers) - 1
            lines.append(("=" if last else "_") * line_length)

    lines.append(f'Model: "{model.name}"')
    lines.append("_" * line_length)
    row(titles)
    lines.append("=" * line_length)
    rows(_select(list(model.layers), layer_range), 0)
    trained, fixed = _split(model)
    lines.append(f"Total params: {trained + fixed:,}")
    lines.append(f"Trainable params: {trained:,}")
    lines.append(f"Non-trainable params: {fixed:,}")
    lines.append("_" * line_length)
    return lines


def _split(model) -> tuple[int, int]:
    return count(model.trainable_weights), count(model.non_trainable_weights)


def _columns(text: str) -> int:
    """The width of a text in a terminal: Korean letters and their like take two columns."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _fit(line: str, width: int) -> str:
    """The line cut or filled to a width."""
    if line.isascii():
        return line[:width].ljust(width)
    while _columns(line) > width:
        line = line[:-1]
    return line + " " * (width - _columns(line))


def keras3(model, line_length, positions, expand_nested, show_trainable) -> str:
    """Keras 3's table, with lines of box characters."""
    graph = model.__dict__.get("_graph")
    sequential = is_sequential_like(model)
    titles = ["Layer (type)", "Output Shape", "Param #"]
    widths = [38, 29, 17]
    if not sequential:
        titles, widths = [*titles, "Connected to"], [31, 27, 17, 28]
    if show_trainable:
        titles, widths = [*titles, "Trai…"], [*widths, 7]
    if line_length:
        scale = (line_length - len(widths) - 1) / sum(widths)
        widths = [max(8, int(w * scale)) for w in widths]

    def rule(left: str, line: str, cross: str, right: str) -> str:
        return left + cross.join(line * w for w in widths) + right

    def cells(texts: list[str], border: str) -> list[str]:
        wrapped = [_wrap(t, w - 2) for t, w in zip(texts, widths, strict=True)]
        out = []
        for k in range(max(map(len, wrapped))):
            parts = []
            for i, (column, w) in enumerate(zip(wrapped, widths, strict=True)):
                text = column[k] if k < len(column) else ""
                space = " " * (w - 2 - _columns(text))
                parts.append(f" {space}{text} " if i == 2 else f" {text}{space} ")
            out.append(border + border.join(parts) + border)
        return out

    out = [f'Model: "{model.name}"', rule("┏", "━", "┳", "┓"), *cells(titles, "┃"),
           rule("┡", "━", "╇", "┩")]

    def rows(layers: list, prefix: str) -> None:
        for i, layer in enumerate(layers):
            if i or prefix:
                out.append(rule("├", "─", "┼", "┤"))
            built = layer.built or layer.weights
            texts = [
                f"{prefix}{layer.name} ({type(layer).__name__})",
                _keras3_shape(layer),
                f"{count(layer.weights):,}" if built else "0 (unbuilt)",
            ]
            if not sequential:
                texts.append(", ".join(_connections(layer, graph)) or "-" if not prefix else "-")
            if show_trainable:
                texts.append("Y" if layer.weights and layer.trainable else
                             "N" if layer.weights else "-")
            out.extend(cells(texts, "│"))
            if expand_nested and getattr(layer, "layers", None):
                rows(layer.layers, prefix + "    ")

    rows(list(model.layers), "")
    out.append(rule("└", "─", "┴", "┘"))
    trained, fixed = model.trainable_weights, model.non_trainable_weights
    for what, weights in (
        ("Total", [*trained, *fixed]), ("Trainable", trained), ("Non-trainable", fixed)
    ):
        out.append(f" {what} params: {count(weights):,} ({_memory(weights)})")
    return "\n".join(out)


def _keras3_shape(layer) -> str:
    try:
        shape = layer.output_shape
    except (AttributeError, RuntimeError):
        return "?"
    if isinstance(shape, list) and len(shape) == 1:
        shape = shape[0]
    return str(shape)


def _wrap(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        while _columns(word) > width:
            word = word[: width - 1] + "…"
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if _columns(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _memory(weights) -> str:
    size = float(sum(count([w]) * (w.dtype.size or 0) for w in weights))
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1024:
            return f"{size:.2f} {unit}"
        size /= 1024
    return f"{size:.2f} TB"


def html(model) -> str:
    """The table for notebooks."""
    name = _html.escape(model.name)
    if not _is_built(model):
        return f"<b>Model: {name}</b> (not built yet)"
    rows = "".join(
        "<tr>"
        f"<td style='text-align:left'>{_html.escape(layer.name)} "
        f"({_html.escape(type(layer).__name__)})</td>"
        f"<td style='text-align:left'>{_html.escape(output_shape_text(layer))}</td>"
        f"<td style='text-align:right'>{_html.escape(_layer_params(layer))}</td></tr>"
        for layer in model.layers
    )
    trained, fixed = _split(model)
    return (
        f"<b>Model: {name}</b><table><tr><th>Layer (type)</th><th>Output Shape</th>"
        f"<th>Param #</th></tr>{rows}</table>"
        f"Total params: {trained + fixed:,}<br>Trainable params: {trained:,}<br>"
        f"Non-trainable params: {fixed:,}"
    )
