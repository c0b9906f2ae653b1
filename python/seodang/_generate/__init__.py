"""What is written by a program: classes from the Rust records, and stubs for editors.

``python -m seodang._generate`` writes the files, ``--check`` only compares them, and fails if one
is not what the records and modules say.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from . import estimators, exports, native, records


def outputs() -> dict[Path, str]:
    """The generated files' texts by their paths."""
    root = Path(__file__).parent.parent
    return {
        **records.outputs(root),
        **estimators.outputs(root),
        root / "_native.pyi": native.stub(),
        **exports.outputs(),
    }


def main(arguments: list[str] | None = None) -> int:
    """Writes the files, or with ``--check`` tells which would change; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m seodang._generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare; 1 if files differ")
    options = parser.parse_args(arguments)
    stale = []
    for path, text in outputs().items():
        old = path.read_text(encoding="utf-8") if path.exists() else None
        if old == text:
            continue
        stale.append(path)
        if not options.check:
            path.write_text(text, encoding="utf-8")
    for path in stale:
        print(("out of date: " if options.check else "wrote ") + str(path.name), path.parent.name)
    return 1 if options.check and stale else 0
