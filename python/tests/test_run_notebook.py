"""`%load_ext seodang`, in IPython and so in notebooks."""

import pytest
from run_support import Ground

pytest.importorskip("IPython")


@pytest.fixture
def ground(tmp_path):
    return Ground(tmp_path)


def cells(ground, *sources):
    """Runs cells in a shell of its own, and gives the lines printed."""
    ground.write(
        shell=f"""
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
for cell in {sources!r}:
    result = shell.run_cell(cell, store_history=True)
    result.raise_error()
"""
    )
    done = ground.python("shell.py")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def test_cells_and_modules_beside_them_are_redirected(ground):
    ground.write(beside="from keras import __version__ as v")
    lines = cells(
        ground,
        "%load_ext seodang",
        "%tensorflow_version 2.x\nimport tensorflow as tf\nfrom tensorflow import keras",
        "import beside, user_of_real\nprint(tf.__version__, beside.v, user_of_real.version)",
        "from tensorflow.keras.layers import Dense\nprint(Dense.__module__)",
    )
    assert lines == ["ours ours real", "seodang.keras.layers"]


def test_the_real_library_imported_before_is_noticed_and_unload_ends_it(ground):
    lines = cells(
        ground,
        "import tensorflow as tf\nprint(tf.__version__)",
        "import sys, io\nsys.stderr = io.StringIO()\n%load_ext seodang\n"
        "print('tf was imported before' in sys.stderr.getvalue())",
        "import tensorflow as tf\nprint(tf.__version__)",
        "%unload_ext seodang",
        "import tensorflow as tf\nprint(tf.__version__)",
    )
    assert lines == ["real", "True", "ours", "real"]


def test_the_report_of_a_notebook(ground):
    lines = cells(
        ground,
        "%load_ext seodang",
        "import tensorflow as tf\nx = tf.constant(1)",
        "try:\n    tf.lite\nexcept AttributeError:\n    pass",
        "%seodang_report",
    )
    assert [line.split()[0] for line in lines] == [
        "Seodang", "used", "tf.constant", "missing", "tf.lite",
    ]  # fmt: skip
