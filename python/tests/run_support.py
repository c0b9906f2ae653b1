"""For the tests of the redirection: a copy of the package with tiny libraries in place of the
real ones, fake installed packages, and a way to run programs there.

The redirection does not depend on what it leads to, so its tests need no native module.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import seodang

PACKAGE = Path(seodang.__file__).resolve().parent

_OURS = {
    "__init__.py": "from seodang.run.notebook import load as load_ipython_extension\n"
    "from seodang.run.notebook import unload as unload_ipython_extension\n",
    "compat/__init__.py": "",
    "compat/tensorflow/__init__.py": """
import types
from seodang._missing import missing
__version__ = "ours"
float32 = "float32"
def constant(x): return x
class Variable:
    def assign(self, x): pass
compat = types.ModuleType("seodang.compat.tensorflow.compat")
compat.v1 = types.ModuleType("seodang.compat.tensorflow.compat.v1")
compat.v1.disable_eager_execution = lambda: "harmless"
__all__ = ["constant", "float32", "Variable", "keras", "compat", "math"]
__getattr__ = missing(__name__, {
    "keras": "seodang.keras", "math": "seodang.compat.tensorflow.math"})
""",
    "compat/tensorflow/math.py": "from seodang._missing import missing\n"
    "def log(x): return 'log'\n__getattr__ = missing(__name__)\n",
    "keras/__init__.py": """
from seodang._missing import missing
__version__ = "ours"
class Model: pass
class Sequential(Model): pass
_below = ("layers", "backend", "utils", "preprocessing")
__all__ = ["Model", "Sequential", *_below]
__getattr__ = missing(__name__, {n: f"seodang.keras.{n}" for n in _below})
""",
    "keras/layers.py": """
from seodang._missing import missing
class Dense: pass
class LSTM: pass
def _hidden(): pass
__all__ = ["Dense", "LSTM"]
__getattr__ = missing(__name__)
""",
    "keras/backend.py": "def epsilon(): return 1e-7\n",
    "keras/utils.py": "from seodang._missing import missing\n"
    "def to_categorical(y): return 'categorical'\n__getattr__ = missing(__name__)\n",
    "keras/preprocessing/__init__.py": "from . import text\n",
    "keras/preprocessing/text.py": "class Tokenizer: pass\n",
}

_INSTALLED = {
    "tensorflow/__init__.py": "__version__ = 'real'\nfrom tensorflow import keras\n",
    "tensorflow/keras/__init__.py": "class Model: real = True\n",
    "keras/__init__.py": "__version__ = 'real'\nclass Model: real = True\n",
    "user_of_real/__init__.py": """
import importlib
import tensorflow as tf
from keras import Model
version = tf.__version__
def late():
    import keras
    return keras.__version__
def by_name():
    return importlib.import_module("tensorflow").__version__
def call(function):
    return function()
""",
}


class Ground:
    """A folder with the copy, a `site-packages`, and a place for the user's programs."""

    def __init__(self, folder: Path, installed: bool = True):
        self.folder = folder
        self.site = folder / "site-packages"
        self.home = folder / "home"
        self.home.mkdir()
        package = self.site / "seodang"
        shutil.copytree(PACKAGE / "run", package / "run", ignore=shutil.ignore_patterns("*.pyc"))
        for name in ("__main__.py", "_missing.py", "_language.py"):
            shutil.copy(PACKAGE / name, package / name)
        self._write(package, _OURS)
        if installed:
            self._write(self.site, _INSTALLED)

    @staticmethod
    def _write(folder: Path, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def write(self, **modules: str) -> None:
        """Writes modules of the user's; `a__b` is `a/b.py`, `a__main` is `a/__main__.py`."""
        files = {}
        for name, text in modules.items():
            *folders, last = name.split("__")
            last = f"__{last}__" if folders and last in ("main", "init") else last
            files["/".join([*folders, last]) + ".py"] = text
        self._write(self.home, files)

    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("SEODANG_", "PYTHON"))}
        return {**kept, "PYTHONPATH": str(self.site), "SEODANG_LANG": "en", "NO_COLOR": "1"}

    def python(self, *words: str, stdin: str = "", cwd: Path | None = None):
        """Runs plain Python."""
        return subprocess.run(
            [sys.executable, *words],
            cwd=cwd or self.home,
            env=self.environment(),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def seodang(self, *words: str, **options):
        """Runs `python -m seodang`."""
        return self.python("-m", "seodang", *words, **options)

    def lines(self, *words: str, **options) -> list[str]:
        """The lines that `python -m seodang` prints; fails if it fails."""
        done = self.seodang(*words, **options)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()
