"""Golden text of tensors and variables, `repr`, `str` and `format`: TensorFlow 2.21.0.

Run by hand with TensorFlow in the environment, which `cargo xtask golden` does not install:
`python golden/tensorflow_text.py`. A case holds an expression over `tf` and `np` and its texts.
"""

import json
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

DTYPES = ("float16", "float32", "float64", "int8", "uint8", "int16", "int32", "int64", "bool")
EXPRESSIONS = [
    *(f"tf.cast({v}, tf.{d})" for d in DTYPES for v in ("1", "[0, 1, 2]", "[[1, 0], [0, 1]]")),
    "tf.constant(1.5)",
    "tf.constant(-0.0)",
    "tf.constant(1e-10)",
    "tf.constant(1e20)",
    "tf.constant(0.1)",
    "tf.constant(0.1, tf.float16)",
    "tf.constant(1 / 3, tf.float64)",
    "tf.constant([1e-10, 1.0, 1e10])",
    "tf.constant([0.1, 0.25, -3.0])",
    "tf.constant([float('nan'), float('inf'), -float('inf')])",
    "tf.constant(float('nan'))",
    "tf.constant([])",
    "tf.zeros([0, 3])",
    "tf.zeros([2, 0], tf.int32)",
    "tf.zeros([2, 3, 2])",
    "tf.zeros([1, 1, 1, 1])",
    "tf.zeros([1000])",
    "tf.zeros([1001])",
    "tf.zeros([1000, 1000])",
    "tf.range(1002)",
    "tf.reshape(tf.range(4000), [40, 100])",
    "tf.range(30.0)",
    "tf.constant('a')",
    "tf.constant('')",
    "tf.constant(['a', 'bc'])",
    "tf.constant([['a'], ['it\\'s']])",
    "tf.constant('한글')",
    "tf.constant(b'\\xff\\x00')",
    "tf.constant(True)",
    "tf.constant([[True], [False]])",
    "tf.constant(np.int64(2**40))",
    "tf.shape(tf.zeros([2, 3]))",
    "tf.float32",
    "tf.TensorShape([None, 2])",
    "tf.TensorShape([])",
    "tf.TensorShape(None)",
    "tf.zeros([2, 3]).shape",
    "tf.Variable(3)",
    "tf.Variable(3.5, name='rate')",
    "tf.Variable([1.0, 2.0])",
    "tf.Variable([[1, 2], [3, 4]], dtype=tf.int64, name='w')",
    "tf.Variable(True)",
    "tf.Variable(tf.zeros([2000]), trainable=False)",
]

if __name__ == "__main__":
    out = pathlib.Path(os.environ.get("SEODANG_GOLDEN_OUT", pathlib.Path(__file__).parent / "data"))
    cases = []
    for expression in EXPRESSIONS:
        value = eval(expression)
        texts = {"repr": repr(value), "str": str(value), "format": f"{value}"}
        cases.append({"name": expression, **texts})
    head = {"format": 1, "script": "tensorflow_text.py", "seed": 0}
    head["versions"] = {"tensorflow": tf.__version__, "numpy": np.__version__}
    text = json.dumps({**head, "cases": cases}, ensure_ascii=False, indent=1)
    (out / "tensorflow_text.json").write_text(text + "\n", encoding="utf-8")
