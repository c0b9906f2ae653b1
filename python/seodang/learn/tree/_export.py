"""Trees as text, and in the language of Graphviz."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from ..base import is_classifier
from ..utils.validation import check_is_fitted

_LEAF = -1


def check_names(decision_tree: Any, feature_names: Any, class_names: Any) -> Any:
    """The names of the features as a list, or None; checked against the tree's numbers.

    Raises
    ------
    ValueError
        For another number of names, and for feature names that are no strings.
    """
    if feature_names is not None:
        feature_names = list(feature_names)
        if any(not isinstance(name, str) for name in feature_names):
            raise ValueError("All feature names must be strings.")
        count = decision_tree.n_features_in_
        if len(feature_names) != count:
            raise ValueError(
                f"Length of feature_names, {len(feature_names)} does not match number of features, "
                f"{count}"
            )
    return feature_names


def export_text(
    decision_tree: Any,
    *,
    feature_names: Any = None,
    class_names: Any = None,
    max_depth: int = 10,
    spacing: int = 3,
    decimals: int = 2,
    show_weights: bool = False,
) -> str:
    """A tree as text, a line for each question and each answer.

    Parameters
    ----------
    decision_tree : a fitted tree
    feature_names : the names of the features; None calls them ``feature_0``, ``feature_1``, ...
    class_names : the names of the classes in rising order; None shows the labels
    max_depth : deeper branches are only counted
    spacing : how many characters each level is moved to the right
    decimals : how many digits numbers have behind the point
    show_weights : whether the weights of the classes are shown

    Raises
    ------
    ValueError
        For another number of names than features or classes.
    NotFittedError
        If the tree has not grown.
    """
    check_is_fitted(decision_tree)
    tree = decision_tree.tree_
    classifies = is_classifier(decision_tree)
    if classifies:
        if class_names is None:
            class_names = decision_tree.classes_
        elif len(class_names) != len(decision_tree.classes_):
            raise ValueError(
                "When `class_names` is an array, it should contain as many items as "
                f"`decision_tree.classes_`. Got {len(class_names)} while the tree was fitted with "
                f"{len(decision_tree.classes_)} classes."
            )
    if feature_names is not None:
        if len(feature_names) != tree.n_features:
            raise ValueError(
                f"feature_names must contain {tree.n_features} elements, got {len(feature_names)}"
            )
        names = [str(name) for name in feature_names]
    else:
        names = [f"feature_{i}" for i in range(tree.n_features)]
    bar = "|" + " " * spacing
    lines: list[str] = []

    def answer(node: int) -> str:
        several = tree.n_outputs > 1
        value = tree.value[node].T[0] if several else tree.value[node][0]
        if not classifies:
            return "value: [" + ", ".join(f"{v:.{decimals}f}" for v in value) + "]"
        chosen = int(np.argmax(value))
        text = f"class: {chosen if several else class_names[chosen]}"
        if not show_weights:
            return text
        weights = value * tree.weighted_n_node_samples[node]
        return "weights: [" + ", ".join(f"{w:.{decimals}f}" for w in weights) + "] " + text

    # Nodes, or lines that wait for the branch before them, with their depths.
    waiting: list[tuple[Any, int]] = [(0, 1)]
    while waiting:
        node, depth = waiting.pop()
        margin = (bar * depth)[: -spacing] + "-" * spacing
        if isinstance(node, str):
            lines.append(f"{margin} {node}")
        elif depth > max_depth + 1:
            if tree.children_left[node] == _LEAF:
                lines.append(f"{margin} {answer(node)}")
            else:
                below = _depth(tree, node)
                lines.append(f"{margin} truncated branch of depth {below}")
        elif tree.children_left[node] == _LEAF:
            lines.append(f"{margin} {answer(node)}")
        else:
            name = names[tree.feature[node]]
            threshold = f"{tree.threshold[node]:.{decimals}f}"
            lines.append(f"{margin} {name} <= {threshold}")
            waiting.append((int(tree.children_right[node]), depth + 1))
            waiting.append((f"{name} >  {threshold}", depth))
            waiting.append((int(tree.children_left[node]), depth + 1))
    return "\n".join(lines) + "\n"


def _depth(tree: Any, node: int) -> int:
    """How many levels a branch has, the node's own included."""
    level, depth = [node], 0
    while level:
        depth += 1
        children = [(tree.children_left[i], tree.children_right[i]) for i in level]
        level = [int(c) for pair in children for c in pair if c != _LEAF]
    return depth


class Colors:
    """The colors of nodes: a hue for each class, stronger the purer the node; or stronger the greater
    the value."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.hues = _hues(int(tree.n_classes[0]))
        self.range = None
        if tree.n_outputs > 1:
            self.range = (float(np.min(-tree.impurity)), float(np.max(-tree.impurity)))
        elif tree.n_classes[0] == 1:
            self.range = (float(tree.value.min()), float(tree.value.max()))

    def of(self, node: int) -> str:
        """The color of a node, as ``#rrggbb``."""
        tree = self.tree
        if self.range is not None:
            value = -tree.impurity[node] if tree.n_outputs > 1 else tree.value[node, 0, 0]
            low, high = self.range
            hue, strength = self.hues[0], (value - low) / (high - low) if high > low else 0.0
        else:
            shares = tree.value[node, 0]
            hue = self.hues[int(np.argmax(shares))]
            falling = np.sort(shares)[::-1]
            strength = 0.0
            if len(falling) > 1:
                strength = (falling[0] - falling[1]) / (1 - falling[1])
        mixed = (int(round(strength * c + (1 - strength) * 255)) for c in hue)
        return "#" + "".join(f"{c:02x}" for c in mixed)


def _hues(n: int) -> list[list[int]]:
    """Colors of equal saturation and value, their hues evenly around the circle from orange on."""
    import colorsys

    found = []
    for degrees in np.arange(25, 385, 360.0 / n)[:n]:
        rgb = colorsys.hsv_to_rgb((degrees % 360) / 360, 0.75, 0.9)
        # Rounded first, so that a last bit does not take a whole step away.
        found.append([int(round(255 * c, 9)) for c in rgb])
    return found


class Words:
    """What is written into a node."""

    def __init__(
        self, decision_tree: Any, *, feature_names: Any, class_names: Any, label: str,
        impurity: bool, node_ids: bool, proportion: bool, precision: int, newline: str = "\n",
        number: str = "#", low: tuple[str, str] = ("[", "]"), at_most: str = "<=",
        quoted: Any = str,
    ) -> None:
        self.tree = decision_tree.tree_
        criterion = getattr(decision_tree, "criterion", "impurity")
        self.criterion = criterion if isinstance(criterion, str) else "impurity"
        self.feature_names, self.class_names = feature_names, class_names
        self.label, self.impurity, self.node_ids = label, impurity, node_ids
        self.proportion, self.precision = proportion, precision
        self.newline, self.number, self.low, self.at_most = newline, number, low, at_most
        self.quoted = quoted

    def of(self, node: int) -> str:
        """The lines of a node."""
        tree, precision = self.tree, self.precision
        named = self.label == "all" or (self.label == "root" and node == 0)
        lines = []
        if self.node_ids:
            lines.append(("node " if named else "") + f"{self.number}{node}")
        if tree.children_left[node] != _LEAF:
            feature = tree.feature[node]
            if self.feature_names is not None:
                name = self.quoted(self.feature_names[feature])
            else:
                name = f"x{self.low[0]}{feature}{self.low[1]}"
            lines.append(f"{name} {self.at_most} {round(float(tree.threshold[node]), precision)}")
        if self.impurity:
            found = str(round(float(tree.impurity[node]), precision))
            lines.append((f"{self.criterion} = " if named else "") + found)
        lines.append(("samples = " if named else "") + self._samples(node))
        lines.append(("value = " if named else "") + self._value(node))
        if self.class_names is not None and tree.n_classes[0] != 1 and tree.n_outputs == 1:
            chosen = int(np.argmax(tree.value[node, 0]))
            if self.class_names is True:
                name = f"y{self.low[0]}{chosen}{self.low[1]}"
            else:
                name = self.quoted(str(self.class_names[chosen]))
            lines.append(("class = " if named else "") + name)
        return self.newline.join(lines)

    def _samples(self, node: int) -> str:
        count = self.tree.n_node_samples
        if not self.proportion:
            return str(count[node])
        return f"{round(100.0 * float(count[node]) / float(count[0]), 1)}%"

    def _value(self, node: int) -> str:
        tree = self.tree
        value = tree.value[node] if tree.n_outputs > 1 else tree.value[node, 0]
        classes = tree.n_classes[0] != 1
        if classes and not self.proportion:
            value = value * tree.weighted_n_node_samples[node]
            # Shares times weights are counts but for rounding.
            whole = np.round(value)
            value = np.where(np.isclose(value, whole, rtol=1e-12, atol=1e-9), whole, value)
        if classes and not self.proportion and np.all(np.mod(value, 1) == 0):
            shown = value.astype(int)
        else:
            shown = np.around(value, self.precision)
        text = str(shown.astype("S32")).replace("b'", "").replace("' ", ", ").replace("'", "")
        if not classes and tree.n_outputs == 1:
            text = text.strip("[]")
        return text.replace("\n ", self.newline)


def export_graphviz(
    decision_tree: Any,
    out_file: Any = None,
    *,
    max_depth: int | None = None,
    feature_names: Any = None,
    class_names: Any = None,
    label: str = "all",
    filled: bool = False,
    leaves_parallel: bool = False,
    impurity: bool = True,
    node_ids: bool = False,
    proportion: bool = False,
    rotate: bool = False,
    rounded: bool = False,
    special_characters: bool = False,
    precision: int = 3,
    fontname: str = "helvetica",
) -> str | None:
    """A tree in the language of Graphviz, which draws it.

    Parameters
    ----------
    decision_tree : a fitted tree
    out_file : a path or an open file to write to; None returns the text
    max_depth : deeper nodes are left out; None shows all
    feature_names, class_names : the names to show; `class_names` may be True: ``y[0]``, ``y[1]``, ...
    label : where numbers are named: in "all" nodes, the "root" or "none"
    filled : whether nodes are colored by class or value
    leaves_parallel : whether all leaves are at the bottom
    impurity, node_ids : whether these are shown
    proportion : whether samples and values are shown as shares
    rotate : whether the tree grows to the right
    rounded : whether corners are round
    special_characters : whether characters that PostScript lacks may be used
    precision : how many digits numbers have behind the point
    fontname : the font

    Raises
    ------
    ValueError
        For another number of names than features.
    NotFittedError
        If the tree has not grown.
    """
    check_is_fitted(decision_tree)
    feature_names = check_names(decision_tree, feature_names, class_names)
    tree = decision_tree.tree_
    if special_characters:
        style = {"newline": "<br/>", "number": "&#35;", "low": ("<SUB>", "</SUB>"), "at_most": "&le;"}
        opened, closed = "<", ">"
    else:
        style = {"newline": "\\n"}
        opened = closed = '"'
    words = Words(
        decision_tree, feature_names=feature_names, class_names=class_names, label=label,
        impurity=impurity, node_ids=node_ids, proportion=proportion, precision=precision,
        quoted=lambda s: s.replace('"', r"\""), **style,
    )
    colors = Colors(tree) if filled else None
    shape = [s for s, wanted in (("filled", filled), ("rounded", rounded)) if wanted]
    head = "node [shape=box"
    if shape:
        head += f', style="{", ".join(shape)}", color="black"'
    out = ["digraph Tree {", f'{head}, fontname="{fontname}"] ;']
    if leaves_parallel:
        out.append("graph [ranksep=equally, splines=polyline] ;")
    out.append(f'edge [fontname="{fontname}"] ;')
    if rotate:
        out.append("rankdir=LR ;")
    ranks: dict[str, list[str]] = {}
    waiting = [(0, None, 0)]
    while waiting:
        node, parent, depth = waiting.pop()
        shown = max_depth is None or depth <= max_depth
        inner = tree.children_left[node] != _LEAF
        ranks.setdefault(str(depth) if shown and inner else "leaves", []).append(str(node))
        text = f"{opened}{words.of(node)}{closed}" if shown else '"(...)"'
        color = f', fillcolor="{colors.of(node) if shown else "#C0C0C0"}"' if colors else ""
        out.append(f"{node} [label={text}{color}] ;")
        if parent is not None:
            note = ""
            if parent == 0 and shown:
                first = node == tree.children_left[0]
                angle = 45 if first != rotate else -45
                note = f' [labeldistance=2.5, labelangle={angle}, headlabel="{first}"]'
            out.append(f"{parent} -> {node}{note} ;")
        if shown and inner:
            waiting.append((int(tree.children_right[node]), node, depth + 1))
            waiting.append((int(tree.children_left[node]), node, depth + 1))
    if leaves_parallel:
        out += ["{rank=same ; " + "; ".join(ranks[rank]) + "} ;" for rank in sorted(ranks)]
    text = "\n".join([*out, "}"])
    if out_file is None:
        return text
    if isinstance(out_file, (str, os.PathLike)):
        with open(out_file, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        out_file.write(text)
    return None
