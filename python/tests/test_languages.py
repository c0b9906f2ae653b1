"""Messages in English and Korean: the first line of an exception is English in both."""

import json
import os
import re
import subprocess
import sys

import pytest

# What goes wrong most often, as a course program would write it.
_MISTAKES = {
    "fit before compile": "dense().fit(x, y)",
    "rows of different counts": "compiled().fit(x, y[:3])",
    "no rows": "compiled().fit(x[:0], y[:0])",
    "ragged rows": "compiled().fit([[1.0, 2.0], [1.0]], [1.0, 2.0])",
    "objects": "compiled().fit(np.array([['a', None], [1, 2]], object), y[:2])",
    "a split that leaves nothing": "compiled().fit(x[:1], y[:1], validation_split=0.5)",
    "labels beside a Dataset": "compiled().fit(tf.data.Dataset.range(3), y)",
    "columns of another count": "compiled().fit(np.ones((4, 5)), y)",
    "an unknown loss": "dense().compile('sgd', 'no_such_loss'); compiled('no_such_loss').fit(x, y)",
    "an unknown optimizer": "dense().compile('no_such_optimizer', 'mse')",
    "an unknown activation": "keras.activations.get('no_such_activation')",
    "an unknown initializer": "keras.initializers.get('no_such_initializer')",
    "an unknown layer": "keras.layers.Dens",
    "an unknown function": "tf.reduce_men",
    "a class for a layer": "keras.Sequential([keras.layers.Dense])",
    "a model that is not there": "keras.models.load_model('no_such_file.keras')",
    "a file of another kind": "keras.models.load_model(np.__file__)",
    "weights that are not there": "dense().load_weights('no_such_file.weights.h5')",
    "a layer without a call": "keras.layers.Layer()(x); type('A', (keras.Model,), {})()(x)",
    "no call to super": "type('A', (keras.Model,), {'__init__': forgets})()",
    "a second gradient": "second_gradient()",
    "a gradient of nothing": "tf.GradientTape().gradient(None, [])",
    "weights of another shape": "compiled().layers[0].set_weights([np.ones((7, 1)), np.ones(1)])",
    "a layer of no such name": "compiled().get_layer('no_such_layer')",
    "no gradients": "keras.optimizers.SGD().apply_gradients([(None, tf.Variable(1.0))])",
    "wrong dimensions": "keras.layers.Conv2D(1, 3)(np.ones((2, 3)))",
    "shapes that do not fit": "tf.matmul(tf.ones((2, 3)), tf.ones((2, 3)))",
    "a negative size": "keras.layers.Dense(-1)",
}
_WARNINGS = {
    "a quantity that is not measured": (
        "compiled().fit(x, y, verbose=0, callbacks=[keras.callbacks.EarlyStopping('val_loss')])"
    ),
    "a generator that ends": "compiled().fit(iter([(x, y)]), steps_per_epoch=2, epochs=2, verbose=0)",
}
_PROGRAM = '''
import json, sys, warnings
import numpy as np
from seodang import keras
from seodang.compat import tensorflow as tf

x, y = np.ones((4, 2), "float32"), np.ones(4, "float32")

def dense():
    return keras.Sequential([keras.layers.Dense(1, input_shape=(2,))])

def compiled(loss="mse"):
    model = dense()
    model.compile("sgd", loss)
    return model

def forgets(self):
    self.layer = keras.layers.Dense(1)

def second_gradient():
    v = tf.Variable(1.0)
    with tf.GradientTape() as tape:
        loss = v * v
    tape.gradient(loss, v)
    tape.gradient(loss, v)

said = {}
for title, code in json.loads(sys.argv[1]).items():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exec(code)
            said[title] = ["", ""]
        except Exception as e:
            said[title] = [type(e).__name__, str(e.args[0]) if isinstance(e, KeyError) else str(e)]
    if caught:
        said[title + ": warning"] = ["", str(caught[0].message)]
print(json.dumps(said))
'''


@pytest.fixture(scope="module")
def said():
    """What each mistake says, by language."""
    out = {}
    for language in ("en", "ko"):
        run = subprocess.run(
            [sys.executable, "-c", _PROGRAM, json.dumps(_MISTAKES | _WARNINGS)],
            env={**os.environ, "SEODANG_LANG": language, "PYTHONIOENCODING": "utf-8"},
            capture_output=True, encoding="utf-8", timeout=300,
        )
        assert run.returncode == 0, run.stderr
        out[language] = json.loads(run.stdout.splitlines()[-1])
    return out


def _korean(text: str) -> bool:
    return re.search("[가-힣]", text) is not None


@pytest.mark.parametrize("title", [*_MISTAKES, *(f"{w}: warning" for w in _WARNINGS)])
def test_the_first_line_is_english_and_korean_follows(said, title):
    (kind, english), (same_kind, korean) = said["en"][title], said["ko"][title]
    assert kind == same_kind and (kind or title.endswith("warning"))
    assert english and not _korean(english)
    first, *rest = korean.splitlines()
    assert first == english.splitlines()[0]
    assert not _korean(first)
    assert _korean("\n".join(rest)), korean


@pytest.mark.parametrize(
    ("variables", "korean"),
    [
        ({"SEODANG_LANG": "ko"}, True),
        ({"LANG": "ko_KR.UTF-8"}, True),
        ({"LANG": "ko_KR.UTF-8", "SEODANG_LANG": "en"}, False),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "ko_KR.UTF-8"}, False),
        ({}, False),
    ],
)
def test_the_locale_decides_unless_told_otherwise(variables, korean, monkeypatch):
    from seodang import _language

    for name in ("SEODANG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    _language.korean.cache_clear()
    try:
        assert _language.korean() is korean
        assert _language.both("one", "하나") == ("one\n하나" if korean else "one")
    finally:
        _language.korean.cache_clear()
