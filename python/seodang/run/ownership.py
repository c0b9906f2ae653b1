"""Whose code is this: the user's own program, or something that is installed?"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from functools import cache

_MAIN = ("__main__", "__mp_main__")
_INSTALLED_FOLDERS = frozenset({"site-packages", "dist-packages"})


class Program:
    """The user's program: its ``__main__``, and the modules below its folders.

    Its folders are the given roots and what the program itself adds to ``sys.path``. What lies in
    there but is installed (a virtual environment in the project's folder) is not the program's.
    """

    def __init__(self, roots: Iterable[str] = ()):
        self.roots: list[str] = []
        self._before = {_real(entry) for entry in sys.path if entry}
        self._verdicts: dict[tuple[str, bool], bool] = {}
        self.add(roots)

    def add(self, roots: Iterable[str]) -> None:
        """Adds folders."""
        for root in roots:
            root = _real(root)
            if root not in self.roots:
                self.roots.append(root)
        self._verdicts.clear()

    def owns(self, globals_: Mapping[str, object]) -> bool | None:
        """Whether code with these globals is the program's; None if they do not tell."""
        main = globals_.get("__name__") in _MAIN
        file = globals_.get("__file__")
        if file is None:
            file = getattr(globals_.get("__spec__"), "origin", None)
        if isinstance(file, str):
            return self.owns_file(file, main)
        if main:
            return True
        # Code run by exec() with bare globals: whoever runs it knows.
        return None if globals_.get("__spec__") is None else False

    def owns_caller(self, depth: int) -> bool:
        """Whether the function `depth` frames up, or who runs it with bare globals, is its."""
        frame = sys._getframe(depth + 1)
        while frame is not None:
            verdict = self.owns(frame.f_globals)
            if verdict is not None:
                return verdict
            frame = frame.f_back
        return False

    def owns_file(self, file: str, main: bool = False) -> bool:
        """Whether a file is part of the program; `main` says that it is run as ``__main__``."""
        key = (file, main)
        verdict = self._verdicts.get(key)
        if verdict is None:
            verdict = self._verdict(_real(file), main)
            # What is not the program's now may be once it has added to sys.path.
            if verdict:
                self._verdicts[key] = True
        return verdict

    def _verdict(self, file: str, main: bool) -> bool:
        root = next((r for r in self._all_roots() if _is_below(file, r)), None)
        if root is None and not main:
            return False
        return not _is_installed(file, root)

    def _all_roots(self) -> Iterable[str]:
        yield from self.roots
        for entry in sys.path:
            # The empty entry is the working folder, which notebooks change.
            entry = _real(entry)
            if entry not in self._before:
                yield entry


@cache
def _real_absolute(path: str) -> str:
    return os.path.normcase(os.path.realpath(path))


def _real(path: str) -> str:
    # Relative paths mean another place after a chdir: not remembered.
    if os.path.isabs(path):
        return _real_absolute(path)
    return os.path.normcase(os.path.realpath(path or os.getcwd()))


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(folder if folder.endswith(os.sep) else folder + os.sep)


@cache
def _installed_roots() -> tuple[str, ...]:
    """The standard library, and Seodang itself."""
    paths = sysconfig.get_paths()
    folders = [paths["stdlib"], paths["platstdlib"], os.path.dirname(os.path.dirname(__file__))]
    return tuple(_real(folder) for folder in folders)


def _is_installed(file: str, root: str | None) -> bool:
    folder = os.path.dirname(file)
    if not _INSTALLED_FOLDERS.isdisjoint(folder.split(os.sep)):
        return True
    if any(_is_below(file, installed) for installed in _installed_roots()):
        return True
    # `pip install --target FOLDER` leaves its records beside the packages.
    while root is not None and (folder == root or _is_below(folder, root)):
        if _has_records(folder):
            return True
        folder = os.path.dirname(folder)
    return False


@cache
def _has_records(folder: str) -> bool:
    try:
        return any(name.endswith(".dist-info") for name in os.listdir(folder))
    except OSError:
        return False
