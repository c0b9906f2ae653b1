"""``%load_ext seodang``: a notebook's imports of TensorFlow and Keras give Seodang."""

from __future__ import annotations

import os
import sys
from types import ModuleType

from seodang._language import text
from seodang.run.table import LIBRARIES

# Magics of the service where many course notebooks were written; other shells lack them.
_ELSEWHERE = ("tensorflow_version",)


def load(shell) -> None:
    """Starts the redirection for the cells and for modules beside the notebook."""
    from seodang import run

    run.install([os.getcwd()])
    for name in _ELSEWHERE:
        if name not in shell.magics_manager.magics["line"]:
            shell.register_magic_function(_accept, "line", name)
    shell.register_magic_function(_report_of(shell), "line", "seodang_report")
    real = sorted(
        name
        for name, value in shell.user_ns.items()
        if isinstance(value, ModuleType) and value.__name__.partition(".")[0] in LIBRARIES
    )
    if real:
        names = ", ".join(real)
        print(
            text(
                f"seodang: {names} was imported before and is still the real library; "
                "run its import again",
                f"seodang: {names}은(는) 이미 원래 라이브러리로 불러왔습니다. import를 다시 "
                "실행하세요",
            ),
            file=sys.stderr,
        )


def unload(shell) -> None:
    """Ends the redirection."""
    from seodang import run

    run.uninstall()
    for name in (*_ELSEWHERE, "seodang_report"):
        magics = shell.magics_manager.magics["line"]
        if getattr(magics.get(name), "__module__", None) == __name__:
            del magics[name]


def _accept(line: str) -> None:
    """Does nothing: Seodang stands for every version."""


def _report_of(shell):
    def seodang_report(line: str) -> None:
        """Prints which names of TensorFlow and Keras the notebook uses and which are missing."""
        from seodang.run import report

        print(report.of_cells(shell.user_ns.get("In", [])), end="")

    return seodang_report
