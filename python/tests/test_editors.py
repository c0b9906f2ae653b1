"""What editors show: completions and documentation from sources and stubs, and docs at run time."""

import ast
import inspect
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jedi
import numpy as np
import pytest

import seodang
from seodang._generate import exports, native

# Names that course programs use, by what stands before their dot: one line for each.
_COURSE = {
    line.partition(":")[0]: line.partition(":")[2].split()
    for line in (Path(__file__).parent / "editor_names.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
}
_PROGRAM = """
import seodang
from seodang import keras
from seodang.compat import tensorflow as tf

tensor = tf.reduce_mean(tf.ones((3, 2)) @ tf.zeros((2, 1)))
variable = tf.Variable(1.0)
model = keras.Sequential([keras.layers.Dense(1)])
history = model.fit(tensor, tensor)
dataset = tf.data.Dataset.from_tensor_slices(tensor).batch(2)
tape = tf.GradientTape()
optimizer = keras.optimizers.Adam(learning_rate=1e-3)
"""


def _script(code: str) -> jedi.Script:
    return jedi.Script(code, environment=jedi.InterpreterEnvironment())


@pytest.mark.parametrize("before", sorted(_COURSE))
def test_editors_complete_what_courses_use(before):
    code = f"{_PROGRAM}{before}."
    found = {c.name: c for c in _script(code).complete()}
    missing = [n for n in _COURSE[before] if n not in found]
    assert missing == []
    documented = [n for n in _COURSE[before] if found[n].type in ("function", "class")]
    silent = {n for n in documented if not found[n].docstring(raw=True)}
    # Jedi reads the docs of sources only; others read what a stub writes out.
    assert silent - _documented_in_a_stub(before) == set()


def _documented_in_a_stub(public: str) -> set[str]:
    module = public.replace("tf.keras", "seodang.keras").replace("tf", "seodang.compat.tensorflow")
    loaded = exports.public_modules().get(module)
    stub = Path(loaded.__file__).with_suffix(".pyi") if loaded else Path()
    if not stub.is_file():
        return set()
    nodes = ast.parse(stub.read_text("utf-8")).body
    return {n.name for n in nodes if isinstance(n, ast.FunctionDef) and ast.get_docstring(n)}


def test_a_signature_shows_the_arguments_of_a_layer():
    code = "from seodang import keras\nkeras.layers.Dense("
    (signature,) = _script(code).get_signatures()
    names = [p.name for p in signature.params]
    assert names[:3] == ["units", "activation", "use_bias"]


@pytest.mark.parametrize("module", sorted(exports.public_modules()))
def test_an_editor_can_see_every_public_name(module):
    loaded = exports.public_modules()[module]
    source = Path(loaded.__file__)
    stub = source.with_suffix(".pyi")
    tree = ast.parse((stub if stub.exists() else source).read_text("utf-8"))
    seen = exports.bound(tree)
    assert [n for n in exports.public_names(loaded) if n not in seen] == []


def _check_types(files: list[Path], folder: Path) -> subprocess.CompletedProcess:
    pytest.importorskip("mypy")
    package = str(Path(seodang.__file__).parents[1])
    return subprocess.run(
        [sys.executable, "-m", "mypy", "--follow-imports", "silent", "--ignore-missing-imports",
         "--cache-dir", str(folder / "cache"), *map(str, files)],
        env={**os.environ, "MYPYPATH": package if "site-packages" not in package else ""},
        cwd=folder, capture_output=True, text=True, timeout=300,
    )


def test_a_course_program_passes_a_type_checker(tmp_path):
    done = _check_types([Path(__file__).parent / "typed_program.py"], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_type_checker_knows_names_that_are_not_there(tmp_path):
    program = tmp_path / "wrong.py"
    program.write_text(
        "from seodang import keras\nfrom seodang.compat import tensorflow as tf\n"
        "keras.layers.Dens\ntf.constant(1).numpi\nkeras.Sequential().fitt\n", "utf-8",
    )
    done = _check_types([program], tmp_path)
    lines = {line.split(":")[1] for line in done.stdout.splitlines() if "error" in line and ":" in line}
    assert {"3", "4", "5"} <= lines, done.stdout


def test_stubs_pass_a_type_checker(tmp_path):
    # A copy: type checkers do not check what is installed.
    package = tmp_path / "copy" / "seodang"
    sources = shutil.ignore_patterns("__pycache__", "_native.*.so", "_native.*.pyd")
    shutil.copytree(Path(seodang.__file__).parent, package, ignore=sources)
    stubs = sorted(package.rglob("*.pyi"))
    assert len(stubs) > 20
    done = _check_types(stubs, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_stub_of_the_extension_says_is_so():
    from seodang import _native

    scope = {"Any": object, "np": np, "Tensor": _native.Tensor, "Variable": _native.Variable}
    from seodang._dtypes import DType
    from seodang._refs import Reference
    from seodang._shapes import TensorShape

    scope |= {"DType": DType, "Reference": Reference, "TensorShape": TensorShape}
    checked = 0
    for example in (_native.convert([[0.5]]), _native.Variable([[0.5]])):
        owner = type(example).__name__
        for name, member in vars(type(example)).items():
            promised = native.returns(owner, name)
            if name.startswith("_") or promised not in scope | {"bool": 1, "int": 1, "str": 1}:
                continue
            value = getattr(example, name)
            if inspect.ismethoddescriptor(member) and not inspect.isdatadescriptor(member):
                if inspect.signature(member).parameters.keys() - {"self", "feed_dict", "session"}:
                    continue
                value = value()
            expected = {"bool": bool, "int": int, "str": str}.get(promised) or scope[promised]
            if promised == "np.ndarray":
                expected = np.ndarray
            assert isinstance(value, expected), f"{owner}.{name}: {type(value)}, not {promised}"
            checked += 1
    x = _native.convert([[0.5]])
    for name, function in vars(_native).items():
        if inspect.isbuiltin(function) and native.returns(None, name) == "Tensor":
            if list(inspect.signature(function).parameters) in (["x"], ["x", "axis", "keepdims"]):
                try:
                    value = function(x)
                except (TypeError, ValueError):
                    continue  # A function of truth values.
                assert isinstance(value, _native.Tensor), name
                checked += 1
    assert checked > 60


def test_every_public_name_is_documented():
    silent = []
    seen = set()
    for module in exports.public_modules().values():
        if not module.__doc__:
            silent.append(module.__name__)
        for name in exports.public_names(module):
            value = getattr(module, name)
            if inspect.ismodule(value) or not callable(value) or id(value) in seen:
                continue
            seen.add(id(value))
            if not inspect.getdoc(value):
                silent.append(f"{module.__name__}.{name}")
            if isinstance(value, type):
                silent += [f"{module.__name__}.{name}.{m}" for m in _undocumented(value)]
    assert len(seen) > 600
    assert silent == []


def _undocumented(cls: type) -> list[str]:
    """The public members of ours, of a class and its bases, that have no docstring."""
    names = {}
    for base in reversed(cls.__mro__):
        if base.__module__.startswith("seodang"):
            names |= {n: v for n, v in vars(base).items() if not n.startswith("_")}
    shown = {
        n: v for n, v in names.items()
        if not isinstance(v, type)
        and (callable(v) or isinstance(v, (staticmethod, classmethod)) or inspect.isdatadescriptor(v))
    }
    return [n for n in shown if not inspect.getdoc(getattr(cls, n))]


def test_the_package_itself():
    from seodang import _native

    assert seodang.__version__ == _native.__version__
    assert seodang.Tensor is _native.Tensor and seodang.Variable is _native.Variable
    assert {"Tensor", "Variable", "GradientTape", "function", "keras", "data"} <= set(dir(seodang))
    assert all(getattr(seodang, name) is not None for name in dir(seodang))
    assert float(seodang.constant([1.0, 2.0])[1]) == 2.0
    with pytest.raises(AttributeError, match="the nearest: seodang.Tensor"):
        seodang.tensor
