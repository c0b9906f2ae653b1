"""`--report`: which names a program uses, and which of them are missing."""

import pytest
from run_support import Ground


@pytest.fixture
def ground(tmp_path):
    return Ground(tmp_path, installed=False)


def parts(stderr):
    """The two lists of a report, as sets of names."""
    report = stderr[stderr.index("Seodang report") :]
    used, missing = report.split("  missing (")
    names = [[line.split()[0] for line in part.splitlines()[1:]] for part in (used, missing)]
    return set(names[0][1:]), set(names[1]), report


def test_names_are_sorted_into_used_and_missing(ground):
    ground.write(
        program="""
import tensorflow as tf
from tensorflow.keras import layers as L, Sequential
from tensorflow.keras.utils import *
import helper

def never_called():
    tf.distribute.MirroredStrategy()
    L.Dens(1)

v = tf.Variable()
v.assign(1)
tf.Variable.assign(v, 2)
L.Dense(), tf.keras.Model, tf.float32.nothing_of_ours if 0 else 0
to_categorical([1])
getattr(tf, "asked_by_name", None)
tf.compat.v1.disable_eager_execution()
""",
        helper="from keras.layers import LSTM\n",
        not_imported="from keras.layers import GRU\n",
    )
    done = ground.seodang("--report", "program.py")
    assert done.returncode == 0, done.stderr
    used, missing, report = parts(done.stderr)
    assert used == {
        "tf.Variable",
        "tf.Variable.assign",
        "tf.float32",
        "tf.keras.Sequential",
        "tf.keras.Model",
        "tf.keras.layers.Dense",
        "tf.keras.layers.LSTM",
        "tf.keras.utils.to_categorical",
        "tf.compat.v1.disable_eager_execution",
    }
    assert missing == {"tf.distribute", "tf.keras.layers.Dens", "tf.asked_by_name"}
    assert "program.py:8" in report
    assert done.stdout == ""


def test_a_program_that_fails_at_a_missing_name(ground):
    ground.write(
        program="import tensorflow as tf\ntf.constant(1)\ntf.nothing()\ntf.keras.Nothing()\n"
    )
    done = ground.seodang("--report", "program.py")
    assert done.returncode == 1
    used, missing, _ = parts(done.stderr)
    assert used == {"tf.constant"}
    assert missing == {"tf.nothing", "tf.keras.Nothing"}
    assert done.stderr.index("AttributeError") < done.stderr.index("Seodang report")


def test_without_the_option_nothing_is_printed(ground):
    ground.write(program="import tensorflow as tf\ntf.constant(1)\n")
    assert ground.seodang("program.py").stderr == ""
