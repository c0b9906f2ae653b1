"""Stubs of the modules whose names load on first use or are made while a module loads.

An editor reads sources and does not run them. A stub says where each name's definition stands, and
writes out the functions whose definition stands nowhere, and those of whose arguments an editor would
think too narrowly (`dtype="float32"` takes more than strings).
"""

from __future__ import annotations

import ast
import builtins
import importlib
import pkgutil
import re
from functools import cache
from pathlib import Path
from types import ModuleType

from . import signatures

_ROOT = "seodang"
# What modules import for their own use.
_OWN_USE = ("__future__", "collections", "datetime", "functools", "pathlib", "typing",
            f"{_ROOT}._missing", f"{_ROOT}._language", f"{_ROOT}.compat.tensorflow._core")
# Where modules are namespaces: much of what they offer stands in files beside them.
_NAMESPACES = f"{_ROOT}.compat.tensorflow"
# Commands, not modules that programs import.
_LEFT_OUT = ("seodang.run", "seodang.__main__", "seodang._generate")


@cache
def modules() -> dict[str, ModuleType]:
    """Every module of the package, loaded, by its name."""
    package = importlib.import_module(_ROOT)
    found = {_ROOT: package}
    for entry in pkgutil.walk_packages(package.__path__, f"{_ROOT}."):
        if not entry.name.startswith(_LEFT_OUT):
            found[entry.name] = importlib.import_module(entry.name)
    return found


def public_modules() -> dict[str, ModuleType]:
    """The modules that programs import: none of a name's parts begins with an underscore."""
    return {n: m for n, m in modules().items() if "._" not in n}


def public_names(module: ModuleType) -> list[str]:
    """The names that a module offers; not what it imports for its own use."""
    own = vars(module).get("__dir__")
    below = f"{module.__name__}."
    submodules = {n.removeprefix(below) for n in modules() if n.startswith(below)}
    names = set(own() if own else set(vars(module)) - submodules)
    names |= set(getattr(module, "__all__", ()))
    listed = set(getattr(module, "__all__", ()))
    return sorted(n for n in names if not n.startswith("_") and (n in listed or _offers(module, n)))


def _offers(module: ModuleType, name: str) -> bool:
    try:
        value = getattr(module, name)
    except (AttributeError, NotImplementedError):
        return False  # A name that is listed, but absent: its error says so.
    if isinstance(value, ModuleType):
        return value.__name__ in public_modules() and value.__name__.endswith(f".{name}")
    home = getattr(value, "__module__", None) or ""
    return not home.startswith(_OWN_USE)


@cache
def _tree(path: str) -> ast.Module:
    return ast.parse(Path(path).read_text(encoding="utf-8"))


@cache
def _defined() -> dict[int, tuple[str, str]]:
    """Where the definition of each class and function stands, by its identity."""
    found: dict[int, tuple[str, str]] = {}
    for name, module in modules().items():
        path = getattr(module, "__file__", None) or ""
        if name == f"{_ROOT}._native":
            found |= {id(v): (name, k) for k, v in vars(module).items() if callable(v)}
        elif path.endswith(".py"):
            for word in _defining(_tree(path).body, module):
                found.setdefault(id(getattr(module, word)), (name, word))
    return found


def _defining(body: list[ast.stmt], module: ModuleType):
    """The names that a source defines: by `def`, by `class`, by a call that makes a class."""
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and hasattr(module, node.name):
            yield node.name
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            word = node.targets[0].id
            value = getattr(module, word, None)
            if isinstance(node.value, ast.Call) and isinstance(value, type):
                yield word


def bound(tree: ast.Module) -> set[str]:
    """The names that a source or a stub binds, as an editor sees it."""
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {(a.asname or a.name).partition(".")[0] for a in node.names}
        elif isinstance(node, ast.Assign):
            names |= {n.id for t in node.targets for n in ast.walk(t) if isinstance(n, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


def _import(module: str, name: str, shown: str) -> str:
    return f"from {module} import {name} as {shown}"


def _lines(module: ModuleType, name: str, bodies: list[str], aliases: list[str]) -> list[str]:
    """The imports of one name; what must be written out goes to `bodies`, then `aliases`."""
    value = getattr(module, name)
    if isinstance(value, ModuleType):
        parent, _, last = value.__name__.rpartition(".")
        return [_import(parent, last, name)]
    home = _defined().get(id(value)) if callable(value) else None
    if home is None and isinstance(value, type) and not value.__module__.startswith("seodang"):
        home = value.__module__, value.__name__  # another library's class
    if home and home[0] != module.__name__:
        if not isinstance(value, type) and signatures.is_loose(value):
            bodies += ["", *signatures.function(name, value)]
            return []
        if home[1] == name:
            return [_import(*home, name)]
        # Only `x as x` says that a name is for others.
        bodies += ["", f"{name} = _{home[1]}"]
        return [_import(*home, f"_{home[1]}")]
    if home and home[1] != name:
        aliases += ["", f"{name} = {home[1]}"]
    elif isinstance(value, type):
        raise TypeError(f"{module.__name__}.{name}: a class in a module that needs a stub")
    elif callable(value) and hasattr(value, "__code__"):
        bodies += ["", *signatures.function(name, value)]
    elif value is None:
        bodies += ["", f"{name}: None"]
    else:
        place = _defined().get(id(type(value)))
        plain = type(value).__name__ if isinstance(value, (bool, int, float, str)) else "Any"
        bodies += ["", f"{name}: {place[1] if place else plain}"]
        return [_import(*place, place[1])] if place else []
    return []


def _needs_stub(module: ModuleType, names: list[str]) -> bool:
    tree = _tree(module.__file__)
    if not set(names) <= bound(tree):
        return True
    if not module.__name__.startswith(_NAMESPACES) or "._" in module.__name__:
        return False
    classes = [n for n in tree.body if isinstance(n, ast.ClassDef)]
    return not classes and not set(names) <= _exported(tree, module)


def _exported(tree: ast.Module, module: ModuleType) -> set[str]:
    """The names that a source offers to others, by PEP 484: no plain imports."""
    imported = {
        a.asname or a.name
        for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))
        for a in node.names if a.asname != a.name
    }
    return bound(tree) - imported | set(getattr(module, "__all__", ()))


def _stub(module: ModuleType, names: list[str]) -> str:
    heads: list[str] = []
    bodies: list[str] = []
    aliases: list[str] = []
    for name in names:
        heads += _lines(module, name, bodies, aliases)
    bodies += aliases
    if isinstance(getattr(module, "__version__", None), str):
        bodies.insert(0, "__version__: str")
    text = "\n".join(bodies).strip("\n") + "\n" if bodies else ""
    text = _with_builtins(text, set(names))
    about = (module.__doc__ or "").strip().partition("\n")[0]
    needed = [line for line in signatures.imports(text) if not _given(line, heads)]
    imports = "\n".join(sorted({*heads, *needed}, key=lambda line: (_ROOT in line, line)))
    note = f'"""{about}\n\nWritten by `python -m {_ROOT}._generate`; do not edit.\n"""\n'
    return "\n".join((note, imports, "", text)).rstrip() + "\n"


def _with_builtins(text: str, names: set[str]) -> str:
    """Python's `bool` in annotations, where the module has a `bool` of its own."""
    shadowed = [n for n in sorted(names) if isinstance(getattr(builtins, n, None), type)]
    if not shadowed:
        return text
    word = re.compile(rf"(?<=[ \[])({'|'.join(shadowed)})\b")
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if line.startswith("def "):
            name, _, rest = line.partition("(")
            lines[i] = name + "(" + word.sub(r"builtins.\1", rest)
    return "\n".join(lines)


def _given(line: str, heads: list[str]) -> bool:
    """Whether the stub imports a name already."""
    word = line.rpartition(" ")[2]
    return any(head.rpartition(" ")[2] == word for head in heads)


def outputs() -> dict[Path, str]:
    """The stubs' texts by their paths."""
    files = {}
    for module in public_modules().values():
        names = public_names(module)
        if _needs_stub(module, names):
            files[Path(module.__file__).with_suffix(".pyi")] = _stub(module, names)
    return files
