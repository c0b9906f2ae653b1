"""Trees drawn with matplotlib."""

from __future__ import annotations

from typing import Any

from ..utils.validation import check_is_fitted
from ._export import _LEAF, Colors, Words, check_names


def plot_tree(
    decision_tree: Any,
    *,
    max_depth: int | None = None,
    feature_names: Any = None,
    class_names: Any = None,
    label: str = "all",
    filled: bool = False,
    impurity: bool = True,
    node_ids: bool = False,
    proportion: bool = False,
    rounded: bool = False,
    precision: int = 3,
    ax: Any = None,
    fontsize: int | None = None,
) -> list[Any]:
    """Draws a tree.

    Parameters
    ----------
    decision_tree : a fitted tree
    max_depth : deeper nodes are left out; None draws all
    feature_names, class_names : the names to show; `class_names` may be True: ``y[0]``, ``y[1]``, ...
    label : where numbers are named: in "all" nodes, the "root" or "none"
    filled : whether nodes are colored by class or value
    impurity, node_ids : whether these are shown
    proportion : whether samples and values are shown as shares
    rounded : whether corners are round
    precision : how many digits numbers have behind the point
    ax : matplotlib's axes to draw on; None takes the current ones
    fontsize : the size of the letters; None is as large as fits

    Returns
    -------
    The annotations, in the order of the nodes.

    Raises
    ------
    ValueError
        For another number of names than features.
    NotFittedError
        If the tree has not grown.
    """
    check_is_fitted(decision_tree)
    feature_names = check_names(decision_tree, feature_names, class_names)
    words = Words(
        decision_tree, feature_names=feature_names, class_names=class_names, label=label,
        impurity=impurity, node_ids=node_ids, proportion=proportion, precision=precision,
    )
    tree = decision_tree.tree_
    colors = Colors(tree) if filled else None
    if ax is None:
        import matplotlib.pyplot as plt

        ax = plt.gca()
    ax.clear()
    ax.set_axis_off()

    places, order = layout(tree, None if max_depth is None else max_depth + 1)
    width = max(x for x, _ in places.values()) + 1
    height = max(y for _, y in places.values()) + 1

    def at(node: int) -> tuple[float, float]:
        x, y = places[node]
        return (x + 0.5) / width, (height - y - 0.5) / height

    box = {"boxstyle": "round" if rounded else "square", "ec": "black"}
    common = {"ha": "center", "va": "center", "xycoords": "axes fraction", "fontsize": fontsize}
    drawn, boxes = [], []
    for node, parent in order:
        deep = max_depth is not None and places[node][1] > max_depth
        text = "\n  (...)  \n" if deep else words.of(node)
        fill = "#ffffff" if colors is None else "#808080" if deep else colors.of(node)
        options = dict(common, bbox={**box, "fc": fill}, zorder=100 - 10 * places[node][1])
        here = at(node)
        if parent is None:
            made = [ax.annotate(text, here, **options)]
        else:
            above = at(parent)
            arrow = {"arrowstyle": "<-", "color": "black"}
            made = [ax.annotate(text, above, here, arrowprops=arrow, **options)]
            if parent == 0:
                left = node == tree.children_left[0]
                middle = (here[0] + above[0]) / 2, (here[1] + above[1]) / 2
                side = dict(common, ha="right" if left else "left")
                made.append(ax.annotate("True  " if left else "  False", middle, **side))
        boxes.append(made[0])
        drawn += made
    if fontsize is None:
        _fit(ax, drawn, boxes, width, height)
    return drawn


def _fit(ax: Any, drawn: list[Any], boxes: list[Any], width: float, height: float) -> None:
    """Makes the letters as large as the boxes have room for."""
    renderer = ax.figure.canvas.get_renderer()
    for note in drawn:
        note.update_bbox_position_size(renderer)
    extents = [b.get_bbox_patch().get_window_extent() for b in boxes]
    room = ax.get_window_extent()
    by_width = room.width / width / max(e.width for e in extents)
    by_height = room.height / height / max(e.height for e in extents)
    size = drawn[0].get_fontsize() * min(by_width, by_height)
    for note in drawn:
        note.set_fontsize(size)


def layout(
    tree: Any, max_depth: int | None
) -> tuple[dict[int, tuple[float, float]], list[tuple[int, int | None]]]:
    """Where the nodes down to a depth are, by their numbers, and the nodes with their parents in order.

    Subtrees of the same form are drawn alike; a parent is above the middle of its children; nodes of a
    level are at least 1 apart. Source: Reingold and Tilford 1981.
    """
    order: list[tuple[int, int | None]] = []
    depth, waiting = {0: 0}, [(0, None)]
    children: dict[int, tuple[int, int]] = {}
    while waiting:
        node, parent = waiting.pop()
        order.append((node, parent))
        left, right = int(tree.children_left[node]), int(tree.children_right[node])
        if left != _LEAF and (max_depth is None or depth[node] < max_depth):
            children[node] = (left, right)
            depth[left] = depth[right] = depth[node] + 1
            waiting += [(right, node), (left, node)]
    # From the leaves up: how far right of its parent a child is, and how far left and right of itself a
    # subtree reaches on each level.
    offsets = {0: 0.0}
    reach: dict[int, list[tuple[float, float]]] = {}
    for node, _ in reversed(order):
        if node not in children:
            reach[node] = [(0.0, 0.0)]
            continue
        left, right = (reach.pop(c) for c in children[node])
        apart = max(1 + a[1] - b[0] for a, b in zip(left, right, strict=False))
        for child, offset in zip(children[node], (-apart / 2, apart / 2), strict=True):
            offsets[child] = offset
        levels = [(0.0, 0.0)]
        for i in range(max(len(left), len(right))):
            both = []
            if i < len(left):
                both += [left[i][0] - apart / 2, left[i][1] - apart / 2]
            if i < len(right):
                both += [right[i][0] + apart / 2, right[i][1] + apart / 2]
            levels.append((min(both), max(both)))
        reach[node] = levels
    first = -min(low for low, _ in reach[0])
    places: dict[int, tuple[float, float]] = {}
    for node, parent in order:
        x = first if parent is None else places[parent][0] + offsets[node]
        places[node] = (x, float(depth[node]))
    return places, order
