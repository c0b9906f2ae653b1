"""Whose imports are redirected, and where to."""

import importlib.util

import pytest
from run_support import Ground


@pytest.fixture
def ground(tmp_path):
    return Ground(tmp_path)


def test_every_spelling_of_an_import(ground):
    ground.write(
        program="""
import tensorflow as tf
print(tf.__version__, tf.keras.__name__)
from tensorflow import keras
import tensorflow.keras.backend as K
import tensorflow.keras.layers
import tensorflow.compat.v1 as tf1
from tensorflow.compat.v1 import disable_eager_execution
from tensorflow.keras.layers import *
from tensorflow.keras.preprocessing.text import Tokenizer
from tensorflow.python.keras.layers import LSTM as lstm
import tensorflow.python.keras.layers as inner
from tensorflow.python.keras import backend as inner_backend
import keras as k
import keras.api.layers as api_layers
import tf_keras.layers
from keras.layers.core import Dense as OldDense
from keras.layers import recurrent
from keras.utils import np_utils
from keras.utils.np_utils import to_categorical
from keras.engine.topology import Model as OldModel
from keras_preprocessing.text import Tokenizer as Separate
import keras.layers.convolutional
import importlib
assert keras is tf.keras is k is tf_keras
assert K.epsilon() == inner_backend.epsilon() == 1e-7
assert Dense is OldDense is tf.keras.layers.Dense is inner.Dense is api_layers.Dense
assert lstm is LSTM is recurrent.LSTM
assert to_categorical(0) == np_utils.to_categorical(0) == 'categorical'
assert OldModel is keras.Model
assert Separate is Tokenizer
assert tensorflow is tf
assert tf1.disable_eager_execution() == disable_eager_execution() == 'harmless'
assert '_hidden' not in globals()
assert importlib.import_module('tensorflow.keras.layers') is keras.layers
assert __import__('tensorflow') is tf
assert __import__('tensorflow.keras.layers', fromlist=['Dense']) is keras.layers
assert importlib.util.find_spec('tensorflow').name == 'seodang.compat.tensorflow'
assert importlib.util.find_spec('tensorflow.nonsense') is None
import sys
assert not {n for n in sys.modules if n.partition('.')[0] in ('tensorflow', 'keras', 'tf_keras')}
"""
    )
    assert ground.lines("program.py") == ["ours seodang.keras"]


def test_an_installed_package_keeps_the_real_ones(ground):
    ground.write(
        program="""
import tensorflow as tf, user_of_real
print(tf.__version__, user_of_real.version, user_of_real.late(), user_of_real.by_name())
def mine():
    import keras
    return keras.__version__
print(mine(), user_of_real.call(mine), user_of_real.Model.real)
import sys
print(sys.modules['tensorflow'].__version__)
import tensorflow as again
print(again is tf)
"""
    )
    assert ground.lines("program.py") == [
        "ours real real real",
        "ours ours True",
        "real",
        "True",
    ]


@pytest.mark.skipif(
    importlib.util.find_spec("tensorflow") is not None, reason="the real TensorFlow is installed"
)
def test_an_installed_package_finds_that_the_real_ones_are_not_there(tmp_path):
    ground = Ground(tmp_path, installed=False)
    (ground.site / "optional.py").write_text(
        "try:\n    import tensorflow\n    there = True\nexcept ImportError:\n    there = False\n"
    )
    ground.write(
        program="import tensorflow, optional; print(tensorflow.__version__, optional.there)"
    )
    assert ground.lines("program.py") == ["ours False"]


def test_modules_beside_and_below_the_script_are_the_users(ground):
    ground.write(
        sub__program="import sys, beside, below.deep\nsys.path.append('..')\nimport above\n"
        "print(beside.v, below.deep.v, above.v)\n",
        sub__beside="import tensorflow as tf\nv = tf.__version__\n",
        sub__below__deep="from keras import __version__ as v\n",
        above="import tf_keras\nv = tf_keras.__version__\n",
    )
    assert ground.lines("program.py", cwd=ground.home / "sub") == ["ours ours ours"]


def test_an_environment_inside_the_users_folder_is_not_the_users(ground):
    one = ground.home / ".venv/lib/python3/site-packages"
    two = ground.home / "vendored"
    for folder, name in ((one, "in_venv"), (two, "in_target")):
        folder.mkdir(parents=True)
        (folder / f"{name}.py").write_text("import keras\nv = keras.__version__\n")
    (two / "in_target-1.0.dist-info").mkdir()
    ground.write(
        program=f"import sys\nsys.path += [{str(one)!r}, {str(two)!r}]\n"
        "import in_venv, in_target, keras\nprint(in_venv.v, in_target.v, keras.__version__)\n"
    )
    assert ground.lines("program.py") == ["real real ours"]


def test_code_that_the_program_makes_is_the_programs(ground):
    ground.write(
        program="""
space = {}
exec("import tensorflow; v = tensorflow.__version__", space)
exec("import keras; w = keras.__version__")
class Later:
    def __init__(self):
        import importlib
        self.v = importlib.import_module("keras").__version__
from threading import Thread
seen = []
def work():
    import tensorflow
    seen.append(tensorflow.__version__)
thread = Thread(target=work); thread.start(); thread.join()
print(space["v"], w, Later().v, *seen)
"""
    )
    assert ground.lines("program.py") == ["ours ours ours ours"]


def test_pickles_name_where_things_really_are(ground):
    ground.write(
        program="""
import pickle
from tensorflow import keras
data = pickle.dumps(keras.Model())
assert b"seodang.keras" in data and b"tensorflow" not in data
assert type(pickle.loads(data)) is keras.Model
# A pickle of the real library's object gives that one.
print(pickle.loads(b"ckeras\\nModel\\n.").real)
"""
    )
    assert ground.lines("program.py") == ["True"]


@pytest.mark.parametrize(
    ("statement", "kind", "words"),
    [
        ("from tensorflow.keras.layers import Dens", "ImportError", "tf.keras.layers.Dense"),
        ("import tensorflow as tf; tf.Variabel", "AttributeError", "tf.Variable"),
        ("import keras; keras.layers.lstm", "AttributeError", "tf.keras.layers.LSTM"),
        ("import tensorflow.maths", "ModuleNotFoundError", "tf.math"),
        ("import tensorflow as tf; tf.distribute", "AttributeError", "no support for training"),
        ("from tensorflow import saved_model", "ImportError", "no support for the SavedModel"),
        ("import tensorflow.feature_column", "ModuleNotFoundError", "no support for feature"),
        ("import tensorflow_hub", "ModuleNotFoundError", "are not in Seodang"),
        ("import tensorflow_datasets as tfds", "ModuleNotFoundError", "are not in Seodang"),
        ("import gym", "ModuleNotFoundError", "are not in Seodang"),
    ],
)
def test_what_is_missing_is_named(ground, statement, kind, words):
    done = ground.seodang("-c", statement)
    last = done.stderr.splitlines()[-1]
    assert done.returncode == 1
    assert last.startswith(f"{kind}: ")
    assert words in last


def test_a_missing_name_can_be_asked_for(ground):
    ground.write(
        program="""
import tensorflow as tf
print(hasattr(tf, "nothing_of_that_name"), getattr(tf, "lite", None))
try:
    from keras import nothing
except ImportError as error:
    print(error.name)
"""
    )
    assert ground.lines("program.py") == ["False None", "keras"]
