"""How a function is written in a stub: its parameters, its result, its documentation."""

from __future__ import annotations

import ast
import builtins
import inspect

# Words of annotations that a stub may use, and where they come from.
_IMPORTS = {
    "Any": "from typing import Any",
    "Callable": "from collections.abc import Callable",
    "Iterable": "from collections.abc import Iterable",
    "Iterator": "from collections.abc import Iterator",
    "ClassVar": "from typing import ClassVar",
    "NoReturn": "from typing import NoReturn",
    "builtins": "import builtins",
    "np": "import numpy as np",
    "DType": "from seodang._dtypes import DType",
    "Reference": "from seodang._refs import Reference",
    "Tensor": "from seodang._native import Tensor",
    "TensorShape": "from seodang._shapes import TensorShape",
    "Variable": "from seodang._native import Variable",
}


def annotation(note) -> str:
    """An annotation as a stub may write it; "Any" for what a stub does not know."""
    if note is None:
        return "None"
    text = note if isinstance(note, str) else getattr(note, "__name__", str(note))
    text = text.replace("native.", "")
    try:
        words = {n.id for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Name)}
    except SyntaxError:
        return "Any"
    return text if all(w in _IMPORTS or hasattr(builtins, w) for w in words) else "Any"


def imports(text: str, own: set[str] = frozenset()) -> list[str]:
    """The imports that a stub's text needs, those of its `own` names left out."""
    words = {n.id for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Name)}
    return sorted(_IMPORTS[w] for w in words if w in _IMPORTS and w not in own)


def _default(value) -> str:
    plain = value is None or isinstance(value, (bool, int, float, str))
    return repr(value) if plain and repr(value) not in ("inf", "nan", "-inf") else "..."


def _narrow(p: inspect.Parameter) -> bool:
    """Whether an editor would take the default's type for that of the argument."""
    return p.annotation is p.empty and p.default is not p.empty and p.default is not None and (
        not isinstance(p.default, bool))


def is_loose(value) -> bool:
    """Whether a function has arguments that take more than their defaults say."""
    try:
        return any(map(_narrow, inspect.signature(value).parameters.values()))
    except (TypeError, ValueError):
        return False


def parameters(signature: inspect.Signature) -> str:
    """What stands between a function's parentheses."""
    parts = []
    starred = False
    found = list(signature.parameters.values())
    for i, p in enumerate(found):
        if p.kind is p.KEYWORD_ONLY and not starred:
            parts.append("*")
            starred = True
        starred = starred or p.kind is p.VAR_POSITIONAL
        text = {p.VAR_POSITIONAL: "*", p.VAR_KEYWORD: "**"}.get(p.kind, "") + p.name
        if p.annotation is not p.empty:
            text += f": {annotation(p.annotation)}"
        elif _narrow(p):
            text += ": Any"
        if p.default is not p.empty:
            text += (" = " if ":" in text else "=") + _default(p.default)
        parts.append(text)
        after = found[i + 1].kind if i + 1 < len(found) else None
        if p.kind is p.POSITIONAL_ONLY and after is not p.POSITIONAL_ONLY:
            parts.append("/")
    return ", ".join(parts)


def documentation(doc: str | None, indent: str) -> list[str]:
    """The lines of a docstring, or of a body without one."""
    if not doc:
        return [f"{indent}..."]
    lines = inspect.cleandoc(doc).replace("\\", "\\\\").replace('"""', "'''").split("\n")
    if len(lines) == 1:
        return [f'{indent}"""{lines[0]}"""']
    body = [f"{indent}{line}".rstrip() for line in lines[1:]]
    return [f'{indent}"""{lines[0]}', *body, f'{indent}"""']


def function(
    name: str, value, result: str | None = None, indent: str = "", decorator: str = ""
) -> list[str]:
    """The lines of a function or method; `result` is the annotation of what it gives."""
    try:
        signature = inspect.signature(value)
        arguments = parameters(signature)
        if result is None and signature.return_annotation is not signature.empty:
            result = annotation(signature.return_annotation)
    except ValueError:
        arguments = "*args, **kwargs"
    arrow = f" -> {result}" if result else ""
    lines = [f"{indent}@{decorator}"] if decorator else []
    head = f"{indent}def {name}({arguments}){arrow}:"
    if not value.__doc__:
        return [*lines, f"{head} ..."]
    return [*lines, head, *documentation(value.__doc__, indent + "    ")]
