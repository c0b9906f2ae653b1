"""The hook behind ``import``: the user's program gets our modules for TensorFlow's and Keras's.

Nothing is put into ``sys.modules`` under the libraries' names. So a package that is installed and
imports the real ones finds those (or finds that they are not there), and pickles of our objects
name the modules in which they really stand.
"""

from __future__ import annotations

import builtins
import importlib
import importlib.util
import sys
from collections.abc import Iterable
from functools import cache
from types import ModuleType

from seodang import _missing
from seodang._language import both
from seodang.run.ownership import Program
from seodang.run.table import ABSENT, LIBRARIES, MOVED, is_way_to_a_place, place_of

_plain_import = builtins.__import__
_plain_import_module = importlib.import_module
_plain_find_spec = importlib.util.find_spec

# The program that is being run; None while nothing is redirected.
program: Program | None = None


def install(roots: Iterable[str] = ()) -> None:
    """Starts to redirect, or adds folders to the program."""
    global program
    if program is not None:
        program.add(roots)
        return
    program = Program(roots)
    builtins.__import__ = _import
    importlib.import_module = _import_module
    importlib.util.find_spec = _find_spec


def uninstall() -> None:
    """Gives Python its own import back."""
    global program
    program = None
    if builtins.__import__ is _import:
        builtins.__import__ = _plain_import
    if importlib.import_module is _import_module:
        importlib.import_module = _plain_import_module
    if importlib.util.find_spec is _find_spec:
        importlib.util.find_spec = _plain_find_spec


def _import(name, globals=None, locals=None, fromlist=(), level=0):
    __tracebackhide__ = True
    if level == 0 and isinstance(name, str):
        library = name.partition(".")[0]
        if library in LIBRARIES:
            # C code that imports (unpickling) gives an empty list, and then looks into sys.modules.
            if not (type(fromlist) is list and not fromlist) and _is_users(globals):
                return _redirected(name, fromlist)
        elif library in ABSENT and _is_users(globals):
            return _absent(library, name, globals, locals, fromlist)
    return _plain_import(name, globals, locals, fromlist, level)


def _import_module(name, package=None):
    __tracebackhide__ = True
    if isinstance(name, str) and name.partition(".")[0] in LIBRARIES:
        if program is not None and program.owns_caller(1):
            return resolve(name)
    return _plain_import_module(name, package)


def _find_spec(name, package=None):
    __tracebackhide__ = True
    if isinstance(name, str) and name.partition(".")[0] in LIBRARIES:
        if program is not None and program.owns_caller(1):
            try:
                return resolve(name).__spec__
            except ModuleNotFoundError:
                return None
    return _plain_find_spec(name, package)


def _is_users(globals_) -> bool:
    if program is None:
        return False
    verdict = program.owns(globals_) if isinstance(globals_, dict) else None
    return program.owns_caller(2) if verdict is None else verdict


def _redirected(name, fromlist):
    module = resolve(name)
    if not fromlist:
        # `import a.b.c` binds a; `import a.b.c as m` then takes a.b.c from it by getattr.
        top = name.partition(".")[0]
        return _graft(resolve(top), top, name)
    for wanted in fromlist:
        if wanted != "*" and not hasattr(module, wanted):
            _adopt(module, name, wanted)
    return module


def _adopt(module: ModuleType, name: str, wanted: str) -> None:
    """`from name import wanted` where `wanted` is no attribute: an older module, or an error."""
    try:
        setattr(module, wanted, resolve(f"{name}.{wanted}"))
        # It was asked for as an attribute first.
        _missing.asked.pop(f"{_missing.public_name(module.__name__)}.{wanted}", None)
    except ModuleNotFoundError:
        why = _missing.explain(module.__name__, wanted)
        _missing.asked[f"{_missing.public_name(module.__name__)}.{wanted}"] = None
        raise ImportError(
            f"cannot import name '{wanted}' from '{name}': {why}", name=name
        ) from None


def _graft(top: ModuleType, top_name: str, name: str) -> ModuleType:
    """Makes every step of the dotted `name` an attribute of the step before."""
    module, path = top, top_name
    for step in name.split(".")[1:]:
        path = f"{path}.{step}"
        below = getattr(module, step, None)
        if not isinstance(below, ModuleType):
            _missing.asked.pop(f"{_missing.public_name(module.__name__)}.{step}", None)
            below = resolve(path)
            setattr(module, step, below)
        module = below
    return top


@cache
def resolve(name: str) -> ModuleType:
    """Our module for a module of a redirected library.

    Raises:
        ModuleNotFoundError: there is none; the message says what is nearest.
    """
    place = place_of(name)
    module = _module(place) or _module(MOVED.get(place, ""))
    if module is not None:
        return module
    if is_way_to_a_place(name) or any(old.startswith(place + ".") for old in MOVED):
        way = ModuleType(place, f"Stands for the internal module {name}.")
        way.__getattr__ = _missing.missing(place)
        way.__path__ = []
        return way
    parent, _, last = place.rpartition(".")
    _missing.asked[_missing.public_name(place)] = None
    why = _missing.explain(parent, last)
    raise ModuleNotFoundError(f"No module named '{name}': {why}", name=name)


def _module(place: str) -> ModuleType | None:
    """The module of that name, also where it is only an attribute of its parent."""
    if not place:
        return None
    try:
        return _plain_import_module(place)
    except ModuleNotFoundError as error:
        # Something else that the module needs may be what is not there.
        if error.name is None or not (place + ".").startswith(error.name + "."):
            raise
    parent, _, last = place.rpartition(".")
    above = _module(parent) if parent else None
    found = getattr(above, last, None)
    return found if isinstance(found, ModuleType) else None


def _absent(library, name, globals_, locals_, fromlist):
    try:
        return _plain_import(name, globals_, locals_, fromlist, 0)
    except ModuleNotFoundError as error:
        if error.name != library:
            raise
    en, ko = ABSENT[library]
    text = both(
        f"No module named '{library}': {en} are not in Seodang, and the package is not installed",
        f"'{library}': {ko}은(는) Seodang에 없고, 그 패키지도 설치되어 있지 않습니다",
    )
    _missing.asked[library] = None
    raise ModuleNotFoundError(text, name=library)


def loaded_files() -> list[str]:
    """The source files of the user's program that have been imported."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return [f for f in files if isinstance(f, str) and program and program.owns_file(f)]
