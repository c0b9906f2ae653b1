"""Runs a program in this process as plain ``python`` would run it."""

from __future__ import annotations

import builtins
import importlib.machinery
import importlib.util
import io
import os
import pkgutil
import sys
from types import CodeType, ModuleType

_HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep
_OUR_MAIN = os.path.join(os.path.dirname(os.path.dirname(_HERE)), "__main__.py")

# The interpreter's own main module: kept, for its frames are still on the stack.
_first_main: ModuleType | None = None


def run_file(path: str, arguments: list[str]) -> None:
    """``python path arguments``: a script, a compiled script, a folder or archive with a main."""
    from seodang.run import install

    if os.path.isdir(path) or _is_archive(path):
        folder = os.path.abspath(path)
        spec = _main_of(folder)
        _set_path(folder)
        install([folder])
        _execute(spec.loader.get_code("__main__"), [path, *arguments], spec.origin, spec=spec)
        return
    folder = os.path.dirname(os.path.realpath(path))
    full = os.path.abspath(path)
    try:
        with io.open_code(full) as file:
            source = file.read()
    except OSError as error:
        print(
            f"{sys.executable}: can't open file {full!r}: [Errno {error.errno}] {error.strerror}",
            file=sys.stderr,
        )
        raise SystemExit(2) from None
    _set_path(folder)
    install([folder])
    loader: object
    if source[:4] == importlib.util.MAGIC_NUMBER:
        loader = importlib.machinery.SourcelessFileLoader("__main__", full)
        code = loader.get_code("__main__")
    else:
        loader = importlib.machinery.SourceFileLoader("__main__", full)
        code = _compile(source, full)
    _execute(code, [path, *arguments], full, loader=loader)


def run_module(name: str, arguments: list[str]) -> None:
    """``python -m name arguments``."""
    from seodang.run import install

    _set_path(os.getcwd())
    install([os.getcwd()])
    sys.argv[:] = ["-m", *arguments]
    main = name
    try:
        with _our_frames_hidden():
            spec = importlib.util.find_spec(main)
            if spec is not None and spec.submodule_search_locations is not None:
                main += ".__main__"
                spec = importlib.util.find_spec(main)
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise SystemExit(
            f"{sys.executable}: Error while finding module specification for {main!r} "
            f"({type(error).__name__}: {error})"
        ) from None
    if spec is None:
        more = "" if main == name else f"; {name!r} is a package and cannot be directly executed"
        raise SystemExit(f"{sys.executable}: No module named {main}{more}")
    with _our_frames_hidden():
        code = spec.loader.get_code(main)
    if code is None:
        raise SystemExit(f"{sys.executable}: No code object available for {main}")
    _execute(code, [spec.origin, *arguments], spec.origin, spec=spec)


def run_code(source: str, arguments: list[str]) -> None:
    """``python -c source arguments``."""
    from seodang.run import install

    _set_path("")
    install([os.getcwd()])
    _execute(_compile(source.encode() + b"\n", "<string>"), ["-c", *arguments])


def run_input(arguments: list[str]) -> None:
    """``python - arguments``: the program comes from the standard input."""
    from seodang.run import install

    _set_path("")
    install([os.getcwd()])
    if sys.stdin.isatty():
        import code

        sys.argv[:] = ["-", *arguments]
        main = _new_main()
        code.interact(local=vars(main), exitmsg="")
        return
    code = _compile(sys.stdin.buffer.read(), "<stdin>")
    _execute(code, ["-", *arguments], "<stdin>")


def _execute(
    code: CodeType,
    argv: list[str],
    file: str | None = None,
    loader: object = None,
    spec: importlib.machinery.ModuleSpec | None = None,
) -> None:
    sys.argv[:] = argv
    main = _new_main()
    if file is not None:
        main.__file__ = file
        main.__cached__ = None if spec is None else spec.cached
    if loader is not None:
        main.__loader__ = loader
    if spec is not None:
        main.__spec__ = spec
        main.__package__ = spec.parent
        main.__loader__ = spec.loader
    with _our_frames_hidden():
        exec(code, vars(main))


def _new_main() -> ModuleType:
    global _first_main
    _first_main = sys.modules.get("__main__")
    main = ModuleType("__main__")
    main.__builtins__ = builtins
    main.__annotations__ = {}
    main.__loader__ = importlib.machinery.BuiltinImporter
    sys.modules["__main__"] = main
    return main


def _compile(source: bytes, name: str) -> CodeType:
    with _our_frames_hidden():
        return compile(source, name, "exec", dont_inherit=True)


def _set_path(first: str) -> None:
    """Puts `first` where the interpreter has put the working folder, or the console script's."""
    if not sys.flags.safe_path and sys.path:
        sys.path[0] = first


def _is_archive(path: str) -> bool:
    import zipfile

    return os.path.isfile(path) and zipfile.is_zipfile(path)


def _main_of(path: str) -> importlib.machinery.ModuleSpec:
    finder = pkgutil.get_importer(path)
    spec = finder.find_spec("__main__") if finder is not None else None
    if spec is None:
        raise SystemExit(f"{sys.executable}: can't find '__main__' module in {path!r}")
    return spec


class _our_frames_hidden:
    """When an exception leaves the program, the printed traceback begins with the program."""

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if value is None or isinstance(value, SystemExit):
            return
        shown = sys.excepthook

        def hook(kind, value, traceback):
            sys.excepthook = shown
            hide_our_frames(value)
            shown(kind, value, value.__traceback__)

        sys.excepthook = hook


def hide_our_frames(error: BaseException) -> None:
    """Takes our frames out of the tracebacks of an exception and of those behind it."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        error = waiting.pop()
        if error is None or id(error) in seen:
            continue
        seen.add(id(error))
        waiting += [error.__cause__, error.__context__]
        waiting += getattr(error, "exceptions", ())
        entry = error.__traceback__
        entries = []
        while entry is not None:
            entries.append(entry)
            entry = entry.tb_next
        # What stands before our first frame is the interpreter's way to us, unless the program
        # is already running there and has come to our import.
        first = next((i for i, e in enumerate(entries) if _is_entry(e)), 0)
        kept = [e for e in entries[first:] if not _is_ours(e)]
        for one, two in zip(kept, [*kept[1:], None]):
            one.tb_next = two
        error.__traceback__ = kept[0] if kept else None


def _is_ours(entry) -> bool:
    name = entry.tb_frame.f_code.co_filename
    return name.startswith(_HERE) or name == _OUR_MAIN


def _is_entry(entry) -> bool:
    return entry.tb_frame.f_code.co_filename == __file__
