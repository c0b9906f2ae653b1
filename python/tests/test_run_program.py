"""`python -m seodang PROGRAM` behaves as `python PROGRAM` does."""

import os
import signal
import subprocess
import sys
import zipfile

import pytest
from run_support import Ground


@pytest.fixture
def ground(tmp_path):
    return Ground(tmp_path)


def alike(ground, *words, **options):
    """Both print the same to both outputs and exit alike."""
    plain = ground.python(*words, **options)
    ours = ground.seodang(*words, **options)
    assert ours.stdout == plain.stdout
    assert ours.stderr == plain.stderr
    assert ours.returncode == plain.returncode
    return ours


ABOUT = """
import sys
print(__name__, __file__, __package__, __doc__, __cached__)
print(getattr(__spec__, 'name', __spec__))
print(sys.argv, sys.path[0], sorted(k for k in globals() if k != "sys"))
print(sys.modules["__main__"].__dict__ is globals(), type(__loader__).__name__, __builtins__)
"""


def test_what_a_script_sees_of_itself(ground):
    ground.write(program='"""Its docs."""' + ABOUT, sub__program=ABOUT)
    alike(ground, "program.py", "a", "--b", "-c", "--report")
    alike(ground, "sub/program.py")
    alike(ground, str(ground.home / "sub/program.py"))


def test_a_link_to_a_script_finds_the_modules_beside_the_script(ground):
    ground.write(sub__program="import beside", sub__beside="print('beside', __name__)")
    os.symlink(ground.home / "sub/program.py", ground.home / "link.py")
    assert alike(ground, "link.py").stdout == "beside beside\n"


@pytest.mark.parametrize(
    "ending",
    [
        "sys.exit()",
        "sys.exit(3)",
        "sys.exit('a message')",
        "raise SystemExit(True)",
        "os._exit(5)",
        "1 / 0",
        "def f():\n    g()\ndef g():\n    raise ValueError('one\\ntwo')\nf()",
        "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise KeyError('x') from e",
        "try:\n    1 / 0\nexcept ZeroDivisionError:\n    import helper",
        "import helper",
        "import no_such_module",
        "import importlib; importlib.import_module('helper')",
        "raise ExceptionGroup('several', [ValueError(1), TypeError(2)])",
        "sys.excepthook = lambda *a: print('hook', a[0].__name__)\nraise OSError",
        "import atexit; atexit.register(print, 'at exit')\nraise ValueError",
        "import broken",
        "exec('1 +')",
        "import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start(); t.join()",
        "import warnings; warnings.warn('careful')",
    ],
)
def test_endings(ground, ending):
    ground.write(
        program=f"import os, sys\nprint('begun', flush=True)\n{ending}\n",
        helper="import second\n",
        second="def fail():\n    [][1]\nfail()\n",
        broken="def f(:\n",
    )
    alike(ground, "program.py")


def test_a_program_that_is_no_python(ground):
    ground.write(program="print('never')\nx = = 1\n")
    alike(ground, "program.py")
    (ground.home / "latin.py").write_bytes(b"# coding: latin-1\nprint(ascii('\xe9'))\n")
    alike(ground, "latin.py")


def test_programs_that_are_not_there(ground):
    alike(ground, "nothing.py")
    alike(ground, "-m", "nothing")
    alike(ground, "-m", "json")
    alike(ground, "-m", "nothing.below")
    (ground.home / "empty").mkdir()
    alike(ground, "empty")


def test_modules(ground):
    ground.write(
        tool=ABOUT,
        package__init="import sys; print(sys.argv)",
        package__inner="from . import other\nimport tensorflow as tf\nprint(other.v, tf.__version__)",
        package__other="v = __package__",
        package__main="print('main of', __package__, __name__)",
    )
    alike(ground, "-m", "tool", "x", "-y")
    assert ground.lines("-m", "package.inner")[1:] == ["package ours"]
    alike(ground, "-m", "package")
    alike(ground, "-m", "package.__main__", "argument")


def test_folders_archives_and_compiled_scripts(ground):
    ground.write(folder__main=ABOUT + "import helper", folder__helper="print(__name__)")
    alike(ground, "folder", "x")
    with zipfile.ZipFile(ground.home / "app.zip", "w") as archive:
        archive.writestr(
            "__main__.py", "import sys, helper; print(__file__, sys.argv, sys.path[0])"
        )
        archive.writestr("helper.py", "import tensorflow; print(tensorflow.__version__)")
    assert ground.lines("app.zip")[0] == "ours"
    import py_compile

    ground.write(program="print(__file__, __name__)")
    py_compile.compile(str(ground.home / "program.py"), cfile=str(ground.home / "program.pyc"))
    alike(ground, "program.pyc")


def test_standard_input(ground):
    ground.write(
        program="name = input()\nprint('hello', name)\nimport sys; print(sys.stdin.read())"
    )
    alike(ground, "program.py", stdin="you\nand\nyou")
    alike(ground, "-", "a", "b", stdin=ABOUT)
    alike(ground, "-", stdin="1 / 0\n")
    done = ground.seodang("-", stdin="import keras; print(keras.__version__)")
    assert done.stdout == "ours\n"


def test_code_on_the_command_line(ground):
    alike(ground, "-c", "import sys; print(sys.argv, sys.path[0] == '', __name__)", "a")
    assert ground.lines("-c", "import keras; print(keras.__version__)") == ["ours"]


def test_options_of_the_interpreter(ground):
    ground.write(program="import sys\nassert False\nprint(sys.flags.optimize, __debug__)")
    plain = ground.python("-O", "program.py")
    ours = ground.python("-O", "-m", "seodang", "program.py")
    assert (ours.stdout, ours.stderr) == (plain.stdout, plain.stderr) == ("1 False\n", "")


@pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
def test_an_interrupt(ground):
    ground.write(
        program="""
import atexit, threading, time
atexit.register(print, "at exit")
# Another thread says so, once this one has surely begun to wait.
threading.Timer(0.5, lambda: print("ready", flush=True)).start()
try:
    time.sleep(60)
finally:
    print("cleaned up")
"""
    )
    codes, outputs = [], []
    for words in (["program.py"], ["-m", "seodang", "program.py"]):
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=ground.home,
            env=ground.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # Background jobs of a shell, and so these tests, may be started with it ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        outputs.append(process.communicate(timeout=60))
        codes.append(process.returncode)
    assert outputs[0] == outputs[1]
    assert codes == [-signal.SIGINT, -signal.SIGINT]


@pytest.mark.parametrize("method", ["spawn", "fork", "forkserver"])
def test_processes_of_the_program(ground, method):
    if os.name == "nt" and method != "spawn":
        pytest.skip("Windows only spawns")
    ground.write(
        program=f"""
import multiprocessing
import tensorflow as tf
import helper

def work(n):
    import keras, user_of_real
    return n, tf.__version__, keras.__version__, helper.v, user_of_real.version, __name__

if __name__ == "__main__":
    with multiprocessing.get_context({method!r}).Pool(2) as pool:
        print(pool.map(work, range(2)))
""",
        helper="from keras import __version__ as v",
    )
    done = ground.seodang("program.py")
    assert done.returncode == 0, done.stderr
    name = "__main__" if method == "fork" else "__mp_main__"
    assert eval(done.stdout) == [(n, "ours", "ours", "ours", "real", name) for n in range(2)]


def test_a_process_of_a_module(ground):
    ground.write(
        package__tool="""
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
import tensorflow as tf

def work():
    return tf.__version__

if __name__ == "__main__":
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        print(pool.submit(work).result())
""",
    )
    assert ground.lines("-m", "package.tool") == ["ours"]


def test_the_words_before_the_program(ground):
    assert "Usage" in ground.seodang("--help").stdout
    assert ground.seodang().returncode == 2
    assert ground.seodang("--nonsense", "x.py").returncode == 2
    assert ground.seodang("-m").returncode == 2
    assert ground.seodang("--version").stdout.startswith("seodang ")
