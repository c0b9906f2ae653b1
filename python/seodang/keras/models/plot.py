"""`plot_model`: a model's layers as a picture, drawn without any other program."""

from __future__ import annotations

import html
from pathlib import Path

from ... import _nest
from .summary import output_shape_text

_GAP, _CHAR, _MARGIN = 36, 7.2, 16


class Picture:
    """A drawing that notebooks show."""

    def __init__(self, svg: str) -> None:
        self.data = svg

    def _repr_svg_(self) -> str:
        return self.data

    def __repr__(self) -> str:
        return "<model diagram>"


def plot_model(
    model,
    to_file: str | None = "model.png",
    show_shapes: bool = False,
    show_dtype: bool = False,
    show_layer_names: bool = True,
    rankdir: str = "TB",
    expand_nested: bool = False,
    dpi: int | None = 96,
    layer_range: list | None = None,
    show_layer_activations: bool = False,
    show_trainable: bool = False,
    **kwargs,
):
    """Draws a model's layers and how they are connected.

    Args:
        model: the model; it must be built.
        to_file: the name of the picture: `.svg`, or `.png` (which needs matplotlib; without it an
            `.svg` of the same name is written).
        show_shapes, show_dtype, show_layer_names, show_layer_activations, show_trainable: what the
            boxes tell.
        rankdir: ``"TB"`` from top to bottom, ``"LR"`` from left to right.

    Returns a picture that notebooks display. Raises ValueError before the model is built.
    """
    if not model.built:
        raise ValueError(
            "This model has not yet been built. Build the model first by calling `build()` or by "
            "calling the model on a batch of data."
        )
    boxes, arrows = _describe(
        model, show_shapes, show_dtype, show_layer_names, show_layer_activations, show_trainable
    )
    places, size = _place(boxes, arrows, rankdir == "LR")
    picture = Picture(_svg(boxes, arrows, places, size))
    if to_file is not None:
        target = Path(to_file)
        if target.suffix == ".svg" or not _png(boxes, arrows, places, size, target, dpi or 96):
            target.with_suffix(".svg").write_text(picture.data, encoding="utf-8")
    return picture


def model_to_dot(model, **kwargs):
    """The picture of :func:`plot_model`, without a file."""
    return plot_model(model, to_file=None, **kwargs)


def _describe(model, shapes, dtype, names, activations, trainable):
    """The boxes' lines of text by layer, and the arrows between layers."""
    graph = model.__dict__.get("_graph")
    layers = list(model.layers)
    if graph is not None:
        first = [x._keras_history[0] for x in graph.flat_inputs]
        layers = [*(x for x in first if all(x is not y for y in layers)), *layers]
    boxes = []
    for layer in layers:
        kind = type(layer).__name__
        lines = [f"{layer.name}: {kind}" if names else kind]
        if activations and hasattr(layer, "activation"):
            lines.append(f"activation: {getattr(layer.activation, '__name__', 'function')}")
        if dtype:
            lines.append(f"dtype: {layer.dtype}")
        if trainable and layer.weights:
            lines.append("trainable" if layer.trainable else "not trainable")
        if shapes:
            try:
                given = str(layer.input_shape)
            except (AttributeError, RuntimeError):
                given = "?"
            lines += [f"input: {given}", f"output: {output_shape_text(layer)}"]
        boxes.append(lines)
    index = {id(layer): i for i, layer in enumerate(layers)}
    arrows = []
    if graph is None:
        arrows = [(i, i + 1) for i in range(len(layers) - 1)]
    else:
        for node in graph.nodes:
            for x in _nest.flatten(node.inputs):
                a, b = index.get(id(x._keras_history[0])), index.get(id(node.layer))
                if a is not None and b is not None and (a, b) not in arrows:
                    arrows.append((a, b))
    return boxes, arrows


def _place(boxes, arrows, sideways: bool):
    """The rectangles of the boxes, in layers from the inputs on."""
    depth = [0] * len(boxes)
    for _ in boxes:
        changed = False
        for a, b in arrows:
            if a != b and depth[b] < depth[a] + 1 <= len(boxes):
                depth[b], changed = depth[a] + 1, True
        if not changed:
            break
    widths = [max(len(t) for t in lines) * _CHAR + 20 for lines in boxes]
    heights = [len(lines) * 18 + 12 for lines in boxes]
    rows: dict[int, list[int]] = {}
    for i, d in enumerate(depth):
        rows.setdefault(d, []).append(i)
    places: list = [None] * len(boxes)
    along = float(_MARGIN)
    across_all = max(
        sum((heights if sideways else widths)[i] + _MARGIN for i in row) for row in rows.values()
    )
    for d in sorted(rows):
        row = rows[d]
        own = sum((heights if sideways else widths)[i] + _MARGIN for i in row)
        across = _MARGIN + (across_all - own) / 2
        for i in row:
            x, y = (along, across) if sideways else (across, along)
            places[i] = (x, y, widths[i], heights[i])
            across += (heights if sideways else widths)[i] + _MARGIN
        along += max((widths if sideways else heights)[i] for i in row) + _GAP
    across_all += _MARGIN
    return places, (along, across_all) if sideways else (across_all, along)


def _ends(a, b):
    """Where an arrow between two rectangles begins and ends."""
    (ax, ay, aw, ah), (bx, by, bw, _) = a, b
    if by >= ay + ah:
        return (ax + aw / 2, ay + ah), (bx + bw / 2, by)
    return (ax + aw, ay + ah / 2), (bx, by + b[3] / 2)


def _svg(boxes, arrows, places, size) -> str:
    width, height = (int(v) + 1 for v in size)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        'font-family="monospace" font-size="12">',
        '<defs><marker id="arrow" markerWidth="8" markerHeight="8" refX="7" refY="3" '
        'orient="auto"><path d="M0,0 L7,3 L0,6 z"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for a, b in arrows:
        (x1, y1), (x2, y2) = _ends(places[a], places[b])
        out.append(
            f'<line x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}" stroke="black" '
            'marker-end="url(#arrow)"/>'
        )
    for lines, (x, y, w, h) in zip(boxes, places, strict=True):
        out.append(
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{w:.0f}" height="{h:.0f}" fill="#f4f4f8" '
            'stroke="black"/>'
        )
        for k, text in enumerate(lines):
            out.append(
                f'<text x="{x + w / 2:.0f}" y="{y + 19 + 18 * k:.0f}" text-anchor="middle">'
                f"{html.escape(text)}</text>"
            )
    return "\n".join([*out, "</svg>"])


def _png(boxes, arrows, places, size, target: Path, dpi: int) -> bool:
    """Draws with matplotlib if it is there; whether it was."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.patches import Rectangle
    except ImportError:
        return False
    figure = Figure(figsize=(size[0] / 72, size[1] / 72), dpi=dpi)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, size[0])
    axes.set_ylim(size[1], 0)
    axes.axis("off")
    for a, b in arrows:
        start, end = _ends(places[a], places[b])
        axes.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "->"})
    for lines, (x, y, w, h) in zip(boxes, places, strict=True):
        axes.add_patch(Rectangle((x, y), w, h, facecolor="#f4f4f8", edgecolor="black"))
        text = "\n".join(lines).replace("$", r"\$")
        axes.text(x + w / 2, y + h / 2, text, ha="center", va="center", fontsize=8,
                  family="monospace")
    figure.savefig(target, dpi=dpi)
    return True
