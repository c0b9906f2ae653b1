"""How estimators print: their parameters that differ from the defaults, in lines of 80 columns."""

from __future__ import annotations

import inspect
import re
from typing import Any

_WIDTH = 80
# Of sequences, this many elements are shown.
_MOST = 30


def changed(estimator: Any) -> dict[str, Any]:
    """The parameters that are not at their defaults."""
    signature = inspect.signature(type(estimator).__init__).parameters
    out = {}
    for name, value in estimator.get_params(deep=False).items():
        default = signature[name].default if name in signature else inspect.Parameter.empty
        if default is inspect.Parameter.empty or repr(value) != repr(default):
            out[name] = value
    return out


def pretty(estimator: Any, most: int) -> str:
    """The text of an estimator, its middle left out if it has more than `most` letters."""
    text = _lines(estimator, 0)
    if len("".join(text.split())) <= most:
        return text
    half = most // 2
    ends = rf"^(\s*\S){{{half}}}"
    left = re.match(ends, text).end()
    right = re.match(ends, text[::-1]).end()
    if "\n" in text[left:-right]:
        # The rest begins with a whole line.
        right = re.match(ends + r"[^\n]*\n", text[::-1]).end()
    return text[:left] + "..." + text[-right:] if left + 3 < len(text) - right else text


def _is_estimator(value: Any) -> bool:
    return hasattr(value, "get_params") and not isinstance(value, type)


def _flat(value: Any) -> str:
    if _is_estimator(value):
        inner = ", ".join(f"{k}={_flat(v)}" for k, v in changed(value).items())
        return f"{type(value).__name__}({inner})"
    if type(value) in (list, tuple):
        items = [_flat(v) for v in value[:_MOST]] + ["..."] * (len(value) > _MOST)
        if type(value) is list:
            return f"[{', '.join(items)}]"
        return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"
    if type(value) is dict:
        items = [f"{_flat(k)}: {_flat(v)}" for k, v in _sorted(value)[:_MOST]]
        return f"{{{', '.join(items + ['...'] * (len(value) > _MOST))}}}"
    return repr(value)


def _sorted(value: dict) -> list[tuple[Any, Any]]:
    try:
        return sorted(value.items(), key=lambda item: item[0])
    except TypeError:
        return list(value.items())


def _lines(value: Any, column: int, after: int = 0) -> str:
    """The text of a value that begins at a column: as much as fits goes into each line.

    `after` is how many letters must still fit behind it, such as brackets that close.
    """
    flat = _flat(value)
    if column + len(flat) + after <= _WIDTH:
        return flat
    if _is_estimator(value):
        start, end = f"{type(value).__name__}(", ")"
        parts = [(f"{k}=", v) for k, v in changed(value).items()]
    elif type(value) in (list, tuple) and value:
        start, end = ("[", "]") if type(value) is list else ("(", ")" if len(value) > 1 else ",)")
        parts = [("", v) for v in value[:_MOST]]
    elif type(value) is dict and value:
        start, end = "{", "}"
        parts = [(f"{_flat(k)}: ", v) for k, v in _sorted(value)[:_MOST]]
    else:
        return flat
    indent = column + len(start)
    text, at = start, indent
    whole = True
    for i, (head, inner) in enumerate(parts):
        last = i == len(parts) - 1
        behind = after + len(end) if last else 1
        room = len(head) + len(_flat(inner)) + 1 + (behind if last else 0)
        # After what takes several lines, the next begins a line.
        if i and whole and at + 1 + room <= _WIDTH:
            text, at = text + " ", at + 1
        elif i:
            text, at = f"{text}\n{' ' * indent}", indent
        whole = at + room <= _WIDTH
        shown = head + _lines(inner, at + len(head), behind) + ("" if last else ",")
        text += shown
        at = len(text) - text.rfind("\n") - 1 if "\n" in text else column + len(text)
    if not _is_estimator(value) and len(value) > _MOST:
        text += ", ..."
    return text + end
