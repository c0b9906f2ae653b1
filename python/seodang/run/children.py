"""Processes that the program starts with multiprocessing get the redirection too.

A forked child has it by birth. A spawned one is given data by which it finds its main module; an
object among them starts the redirection when it is unpickled, which is before the main module runs.
"""

from __future__ import annotations

import sys

_plain = None


class _Start:
    """Starts the redirection in the process that unpickles it."""

    def __init__(self, roots):
        self.roots = roots

    def __reduce__(self):
        return _begin, (self.roots,)


def _begin(roots):
    from seodang.run import install

    install(roots)


def install() -> None:
    """Lets multiprocessing pass the redirection on."""
    spawn = sys.modules.get("multiprocessing.spawn")
    if spawn is not None:
        _patch(spawn)
        return
    # Importing multiprocessing takes milliseconds that most programs need not spend.
    if not any(isinstance(finder, _WhenImported) for finder in sys.meta_path):
        sys.meta_path.insert(0, _WhenImported())


def uninstall() -> None:
    """Gives multiprocessing its own function back."""
    global _plain
    sys.meta_path[:] = [f for f in sys.meta_path if not isinstance(f, _WhenImported)]
    spawn = sys.modules.get("multiprocessing.spawn")
    if spawn is not None and _plain is not None:
        spawn.get_preparation_data = _plain
    _plain = None


def _patch(spawn) -> None:
    global _plain
    if _plain is None:
        _plain = spawn.get_preparation_data
        spawn.get_preparation_data = _get_preparation_data


def _get_preparation_data(name):
    from seodang.run import redirect

    data = _plain(name)
    if redirect.program is None:
        return data
    if name == "ignore":
        # The fork server, which would import the main module before anything of ours runs in it;
        # its children import it all the same.
        for key in ("init_main_from_name", "init_main_from_path", "main_path"):
            data.pop(key, None)
        return data
    data["seodang"] = _Start(list(redirect.program.roots))
    return data


class _WhenImported:
    """Finds nothing; notices that multiprocessing.spawn is being imported."""

    def find_spec(self, name, path=None, target=None):
        if name != "multiprocessing.spawn":
            return None
        sys.meta_path.remove(self)
        import importlib.util

        spec = importlib.util.find_spec(name)
        if spec is not None:
            run = spec.loader.exec_module

            def exec_module(module):
                run(module)
                _patch(module)

            spec.loader.exec_module = exec_module
        return spec
