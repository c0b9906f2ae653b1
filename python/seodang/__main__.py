"""``python -m seodang program.py``: see :mod:`seodang.run.command`."""

import sys

from seodang.run.command import main, run

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
