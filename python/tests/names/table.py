"""How the rows of the tables beside this file are written and run.

A row is a name that programs use, the keyword arguments seen with it, and a few lines of Python whose last
line is the result. The same lines run under TensorFlow (`golden/tensorflow_names.py` records the result
in `golden/data/tensorflow_names.json`) and under Seodang (`test_names.py` compares). Where today's
TensorFlow no longer has a spelling, `reference` says in other words what it must mean.
"""

from __future__ import annotations

import ast
import dataclasses

import numpy as np


@dataclasses.dataclass
class Row:
    """A name (or several that one example shows), its keyword arguments, and the example."""

    names: str
    keywords: str
    code: str
    reference: str | None = None
    tolerance: float = 2e-5
    tag: str = ""
    # A name of Keras without which the row waits, for what is being written elsewhere.
    needs: str = ""

    @property
    def key(self) -> str:
        """What the row is called in the file of golden values."""
        return f"{self.names} ({self.tag})" if self.tag else self.names

    def keywords_used(self) -> set[str]:
        """The keyword arguments that the example passes."""
        return {n.arg for n in ast.walk(ast.parse(self.code)) if isinstance(n, ast.keyword) and n.arg}


class Table(list):
    """The rows of one file."""

    def row(self, names: str, keywords: str, code: str, **options) -> None:
        """Adds a row."""
        self.append(Row(names, keywords, code.strip("\n"), **options))


def run(code: str, scope: dict):
    """The value of the last line."""
    tree = ast.parse(code)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr), f"the last line of an example is its result: {code}"
    exec(compile(tree, "<row>", "exec"), scope)
    return eval(compile(ast.Expression(last.value), "<row>", "eval"), scope)


def scope(tf, folder: str) -> dict:
    """The names that examples may use: tf, keras, np, a folder of their own, a few arrays and models."""
    keras = tf.keras
    keras.backend.clear_session()
    rng = np.random.default_rng(0)
    X = rng.normal(size=(8, 3)).astype("float32")
    pictures = rng.normal(size=(4, 6, 6, 2)).astype("float32")
    steps = rng.normal(size=(4, 5, 3)).astype("float32")

    def fill(model):
        """Gives a model or layer weights that depend on nothing but their shapes."""
        model.set_weights([
            (np.cos(np.arange(w.size) * 1.7 + k) * 0.3).reshape(w.shape).astype(w.dtype)
            if "variance" not in v.name else np.ones_like(w)
            for k, (w, v) in enumerate(zip(model.get_weights(), model.weights, strict=True))
        ])
        return model

    def tiny(compiled=True, **options):
        """A classifier of X's rows into two classes."""
        model = fill(keras.Sequential([
            keras.layers.Dense(4, activation="tanh", input_shape=(3,)),
            keras.layers.Dense(2, activation="softmax"),
        ]))
        if compiled:
            options = {"optimizer": keras.optimizers.SGD(0.1),
                       "loss": "sparse_categorical_crossentropy", **options}
            model.compile(**options)
        return model

    def of(layer, x):
        """What a layer with weights of its shapes makes of x."""
        layer(x)
        return fill(layer)(x)

    def trained(optimizer, steps=3):
        """A variable after steps of an optimizer on its square."""
        v = tf.Variable([1.0, -2.0, 3.0])
        for _ in range(steps):
            with tf.GradientTape() as tape:
                loss = tf.reduce_sum(v * v)
            optimizer.apply_gradients([(tape.gradient(loss, v), v)])
        return v

    def fails(function):
        """The name of the exception that a function raises; None if it returns."""
        try:
            function()
        except Exception as e:
            return type(e).__name__
        return None

    return {
        "np": np, "tf": tf, "keras": keras, "folder": folder, "X": X, "pictures": pictures,
        "steps": steps, "y": np.arange(8) % 2, "A": np.arange(6, dtype="float32").reshape(2, 3),
        "fill": fill, "tiny": tiny, "of": of, "trained": trained, "fails": fails,
    }


def plain(value):
    """A result as JSON holds it: arrays as their type, shape and elements."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, (int, np.integer)) and not isinstance(value, np.bool_):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return _number(float(value))
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if hasattr(value, "as_list") and not hasattr(value, "numpy"):
        return plain(value.as_list() if value.rank is not None else None)
    if hasattr(value, "as_numpy_dtype"):
        return value.name
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    array = np.asarray(value.numpy() if hasattr(value, "numpy") else value)
    kind = "string" if array.dtype.kind in "OSU" else array.dtype.name
    return {"dtype": kind, "shape": list(array.shape), "values": [plain(v) for v in array.reshape(-1).tolist()]}


def _number(x: float):
    if not np.isfinite(x):
        return repr(x)
    return float(f"{x:.7g}")


def difference(got, want, tolerance: float, where: str = "result") -> str | None:
    """Where two results differ; None if they agree."""
    if isinstance(want, dict):
        if not isinstance(got, dict) or set(got) != set(want):
            return f"{where}: got {got}, expected {want}"
        pairs = [(got[k], want[k], f"{where}[{k!r}]") for k in want]
    elif isinstance(want, list):
        if not isinstance(got, list) or len(got) != len(want):
            return f"{where}: got {got}, expected {want}"
        pairs = [(g, w, f"{where}[{i}]") for i, (g, w) in enumerate(zip(got, want, strict=True))]
    elif isinstance(want, float) and isinstance(got, (int, float)) and not isinstance(got, bool):
        fits = abs(got - want) <= tolerance * max(1.0, abs(want))
        return None if fits else f"{where}: got {got}, expected {want}"
    else:
        fits = got == want and isinstance(got, bool) == isinstance(want, bool)
        return None if fits else f"{where}: got {got!r}, expected {want!r}"
    return next((d for g, w, p in pairs if (d := difference(g, w, tolerance, p))), None)
