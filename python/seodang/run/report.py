"""Which names of TensorFlow and Keras a program uses, and which of them are missing.

Read from the program's sources, so that names behind the first missing one are found too; what was
asked for in other ways (``getattr``, names of objects) is added from what was asked of our modules.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import ModuleType

from seodang import _missing
from seodang._language import text
from seodang.run import redirect
from seodang.run.table import LIBRARIES


@dataclass
class Uses:
    """Names by where they are used first (``file:line``)."""

    present: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


def of_program() -> str:
    """The report on the files of the program that has been run."""
    uses = Uses()
    main = getattr(sys.modules.get("__main__"), "__file__", None)
    for file in dict.fromkeys([*([main] if main else []), *redirect.loaded_files()]):
        try:
            with open(file, "rb") as source:
                look(source.read(), os.path.basename(file), uses)
        except (OSError, SyntaxError, ValueError):
            # Not a source file: an extension module, or what the program has shown as an error.
            continue
    return shown(uses)


def of_cells(cells: Iterable[str]) -> str:
    """The report on a notebook's cells, as Python sources."""
    uses = Uses()
    for number, cell in enumerate(cells):
        try:
            look(cell, f"In[{number}]", uses)
        except SyntaxError:
            continue
    return shown(uses)


def shown(uses: Uses) -> str:
    """The report as people read it."""
    asked = dict(_missing.asked)
    missing = dict(uses.missing)
    for name in asked:
        if name not in missing and name not in uses.present:
            missing[name] = ""
    lines = [text("Seodang report", "Seodang 보고서")]
    lines.append(text(f"  used ({len(uses.present)}):", f"  사용한 이름 ({len(uses.present)}):"))
    lines += [f"    {name}" for name in sorted(uses.present)]
    lines.append(text(f"  missing ({len(missing)}):", f"  없는 이름 ({len(missing)}):"))
    for name, place in sorted(missing.items()):
        lines.append(f"    {name}" + (f"    {place}" if place else ""))
    return "\n".join(lines) + "\n"


def look(source: str | bytes, name: str, uses: Uses) -> None:
    """Adds what one source file uses.

    Raises:
        SyntaxError: it is no Python.
    """
    tree = ast.parse(source, name)
    reader = _Reader(name, uses)
    # Imports first: a function may use what is imported further down.
    for node in ast.walk(tree):
        reader.imports(node)
    reader.visit(tree)


class _Reader(ast.NodeVisitor):
    def __init__(self, file: str, uses: Uses):
        self.file = file
        self.uses = uses
        # What a plain name stands for: a dotted name in a library.
        self.names: dict[str, str] = {}

    def imports(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                if top in LIBRARIES:
                    self.names[alias.asname or top] = alias.name if alias.asname else top
                    self.use(alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            if node.module.partition(".")[0] not in LIBRARIES:
                return
            for alias in node.names:
                if alias.name == "*":
                    self.star(node.module)
                    continue
                full = f"{node.module}.{alias.name}"
                self.names[alias.asname or alias.name] = full
                self.use(full, node.lineno)

    def star(self, module: str) -> None:
        try:
            names = _missing.names_of(redirect.resolve(module))
        except ImportError:
            return
        for name in names:
            self.names.setdefault(name, f"{module}.{name}")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        steps = []
        base: ast.expr = node
        while isinstance(base, ast.Attribute):
            steps.append(base.attr)
            base = base.value
        if isinstance(base, ast.Name) and base.id in self.names:
            self.use(".".join([self.names[base.id], *reversed(steps)]), node.lineno)
        else:
            self.visit(base)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load) and node.id in self.names:
            self.use(self.names[node.id], node.lineno)

    def use(self, dotted: str, line: int) -> None:
        name, there = _look_up(dotted)
        if name is None:
            return
        where = self.uses.present if there else self.uses.missing
        where.setdefault(name, f"{self.file}:{line}")


def _look_up(dotted: str) -> tuple[str | None, bool]:
    """The public name that a dotted name stands for, and whether it is there.

    None for a module by itself: that says nothing.
    """
    steps = dotted.split(".")
    value: object = None
    shown = steps[0]
    path = ""
    asked = dict(_missing.asked)
    try:
        for step in steps:
            path = f"{path}.{step}" if path else step
            if value is None or isinstance(value, ModuleType):
                below = getattr(value, step, None) if value is not None else None
                if below is None:
                    # An attribute that is None is there as well.
                    if isinstance(value, ModuleType) and step in vars(value):
                        return f"{shown}.{step}", True
                    below = redirect.resolve(path)
                value = below
                if isinstance(value, ModuleType):
                    shown = _missing.public_name(value.__name__)
                else:
                    shown = f"{shown}.{step}"
            elif isinstance(value, type):
                shown = f"{shown}.{step}"
                value = getattr(value, step)
            else:
                # An object's own attributes: what they are is known only while it runs.
                break
    except ImportError:
        return f"{shown}.{step}", False
    except AttributeError:
        return shown, False
    finally:
        # Looking is not asking.
        _missing.asked.clear()
        _missing.asked.update(asked)
    return (None if isinstance(value, ModuleType) else shown), True
