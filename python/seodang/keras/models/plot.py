"""`plot_model`: a model's layers as a picture, drawn without any other program."""

from __future__ import annotations

import html
import io
import warnings
from pathlib import Path

from ... import _nest
from ..._language import both
from .summary import output_shape_text

_GAP, _CHAR, _MARGIN = 36, 7.2, 16


class Picture:
    """A drawing that notebooks show; `data` is its SVG."""

    def __init__(self, svg: str, draw) -> None:
        self.data = svg
        self._draw = draw

    def create(self, prog=None, format: str = "svg") -> bytes:
        """The bytes of the picture, as the graphs of `model_to_dot` give them in Keras.

        `format` is ``"svg"``, or what matplotlib can write. Raises ImportError without matplotlib.
        """
        if format == "svg":
            return self.data.encode("utf-8")
        out = io.BytesIO()
        self._draw(out, format)
        return out.getvalue()

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
        rankdir: ``"TB"`` from top to bottom, ``"BT"`` from bottom to top, ``"LR"`` from left to right,
            ``"RL"`` from right to left.
        expand_nested: whether models inside show their layers, in a frame.
        dpi: dots per inch of a `.png`.
        layer_range: the names of the first and the last layer to draw.

    Returns a picture that notebooks display. Raises ValueError before the model is built, and for a
    `rankdir` or a layer that is not there.
    """
    if rankdir not in ("TB", "BT", "LR", "RL"):
        raise ValueError(f"`rankdir` must be one of TB, BT, LR, RL. Received: {rankdir!r}")
    if not model.built:
        raise ValueError(both(
            "This model has not yet been built. Build the model first by calling `build()` or by "
            "calling the model on a batch of data.",
            "모델에 아직 가중치가 없습니다. `build()`를 부르거나 모델을 데이터에 한 번 적용하세요.",
        ))
    layers, arrows, frames = _structure(model, expand_nested)
    if layer_range:
        layers, arrows, frames = _part(layers, arrows, frames, layer_range)
    boxes = [
        _lines(layer, show_shapes, show_dtype, show_layer_names, show_layer_activations,
               show_trainable)
        for layer in layers
    ]
    places, size = _place(boxes, arrows, rankdir)
    around = [(label, _frame([places[i] for i in inside])) for label, inside in frames]

    def draw(target, kind=None) -> None:
        _raster(boxes, arrows, places, around, size, target, kind, dpi or 96)

    picture = Picture(_svg(boxes, arrows, places, around, size), draw)
    if to_file is not None:
        _save(picture, Path(to_file))
    return picture


def _save(picture: Picture, target: Path) -> None:
    if target.suffix != ".svg":
        try:
            picture._draw(target)
            return
        except ImportError:
            warnings.warn(both(
                f"{target.name} needs matplotlib: {target.stem}.svg is written instead.",
                f"{target.name}에는 matplotlib이 필요합니다. 대신 {target.stem}.svg를 씁니다.",
            ), stacklevel=3)
    target.with_suffix(".svg").write_text(picture.data, encoding="utf-8")


def model_to_dot(model, **kwargs):
    """The picture of :func:`plot_model`, without a file."""
    return plot_model(model, to_file=None, **kwargs)


def _structure(model, expand: bool):
    """The layers, the arrows between them by their numbers, and the frames of models inside.

    A frame is a name and the numbers of the layers in it.
    """
    graph = model.__dict__.get("_graph")
    own = list(model.layers)
    if graph is not None:
        first = [x._keras_history[0] for x in graph.flat_inputs]
        own = [*(x for x in first if all(x is not y for y in own)), *own]
    layers: list = []
    frames: list = []
    inner: list = []
    # Where arrows to and from a layer end: for a model that is drawn open, at its ends.
    heads: dict[int, list[int]] = {}
    tails: dict[int, list[int]] = {}
    for layer in own:
        at = len(layers)
        if expand and getattr(layer, "layers", None) and layer.built:
            inside, links, deeper = _structure(layer, True)
            layers += inside
            inner += [(a + at, b + at) for a, b in links]
            frames.append((layer.name, list(range(at, len(layers)))))
            frames += [(name, [i + at for i in numbers]) for name, numbers in deeper]
            heads[id(layer)] = [i + at for i in range(len(inside)) if all(i != b for _, b in links)]
            tails[id(layer)] = [i + at for i in range(len(inside)) if all(i != a for a, _ in links)]
        else:
            layers.append(layer)
            heads[id(layer)] = tails[id(layer)] = [at]
    if graph is None:
        pairs = list(zip(own, own[1:]))
    else:
        pairs = [
            (x._keras_history[0], node.layer)
            for node in graph.nodes for x in _nest.flatten(node.inputs)
        ]
    found = dict.fromkeys(
        (a, b)
        for source, target in pairs
        for a in tails.get(id(source), ()) for b in heads.get(id(target), ())
    )
    return layers, [*inner, *found], frames


def _part(layers: list, arrows: list, frames: list, names: list):
    """What lies between two layers."""
    known = [layer.name for layer in layers]
    missing = [n for n in names if n not in known]
    if missing or len(names) != 2:
        raise ValueError(
            f"`layer_range` must hold the names of two layers. Received: {names}; layers: {known}"
        )
    first, last = sorted(known.index(n) for n in names)
    inside = range(first, last + 1)
    return (
        layers[first : last + 1],
        [(a - first, b - first) for a, b in arrows if a in inside and b in inside],
        [(n, [i - first for i in f if i in inside]) for n, f in frames if set(f) & set(inside)],
    )


def _lines(layer, shapes, dtype, names, activations, trainable) -> list[str]:
    """The lines of text of a layer's box."""
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
    return lines


def _place(boxes, arrows, rankdir: str):
    """The rectangles of the boxes, in layers from the inputs on, and the size of the picture."""
    sideways = rankdir in ("LR", "RL")
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
    width, height = (along, across_all) if sideways else (across_all, along)
    if rankdir == "BT":
        places = [(x, height - y - h, w, h) for x, y, w, h in places]
    elif rankdir == "RL":
        places = [(width - x - w, y, w, h) for x, y, w, h in places]
    return places, (width, height)


def _frame(places: list):
    """The rectangle around others."""
    left, top = min(p[0] for p in places) - 6, min(p[1] for p in places) - 18
    right, bottom = max(p[0] + p[2] for p in places) + 6, max(p[1] + p[3] for p in places) + 6
    return left, top, right - left, bottom - top


def _ends(a, b):
    """Where an arrow between two rectangles begins and ends."""
    (ax, ay, aw, ah), (bx, by, bw, bh) = a, b
    if by >= ay + ah:
        return (ax + aw / 2, ay + ah), (bx + bw / 2, by)
    if ay >= by + bh:
        return (ax + aw / 2, ay), (bx + bw / 2, by + bh)
    if ax >= bx + bw:
        return (ax, ay + ah / 2), (bx + bw, by + bh / 2)
    return (ax + aw, ay + ah / 2), (bx, by + bh / 2)


def _svg(boxes, arrows, places, frames, size) -> str:
    width, height = (int(v) + 1 for v in size)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        'font-family="monospace" font-size="12">',
        '<defs><marker id="arrow" markerWidth="8" markerHeight="8" refX="7" refY="3" '
        'orient="auto"><path d="M0,0 L7,3 L0,6 z"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for name, (x, y, w, h) in frames:
        out.append(
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{w:.0f}" height="{h:.0f}" fill="none" '
            'stroke="#888" stroke-dasharray="4 3"/>'
            f'<text x="{x + 4:.0f}" y="{y + 12:.0f}" fill="#555">{html.escape(name)}</text>'
        )
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


def _raster(boxes, arrows, places, frames, size, target, kind, dpi: int) -> None:
    """Draws with matplotlib into a file of a kind; ImportError if matplotlib is not there."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    def written(x, y, text, **options) -> None:
        axes.text(x, y, text.replace("$", r"\$"), fontsize=8, family="monospace", **options)

    figure = Figure(figsize=(size[0] / 72, size[1] / 72), dpi=dpi)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, size[0])
    axes.set_ylim(size[1], 0)
    axes.axis("off")
    for name, (x, y, w, h) in frames:
        axes.add_patch(Rectangle((x, y), w, h, fill=False, edgecolor="#888888", linestyle="--"))
        written(x + 4, y + 12, name, color="#555555")
    for a, b in arrows:
        start, end = _ends(places[a], places[b])
        axes.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "->"})
    for lines, (x, y, w, h) in zip(boxes, places, strict=True):
        axes.add_patch(Rectangle((x, y), w, h, facecolor="#f4f4f8", edgecolor="black"))
        written(x + w / 2, y + h / 2, "\n".join(lines), ha="center", va="center")
    figure.savefig(target, dpi=dpi, format=kind)
