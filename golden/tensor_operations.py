"""What Python's operators, indices and conversions give with TensorFlow's tensors and variables.

Needs TensorFlow 2.21 (with NumPy 2), which `requirements.txt` leaves out for its size; so it is run
by hand: `python golden/tensor_operations.py`. It writes `data/tensor_operations.json`: cases with
the `code` of a Python expression over `tf`, `np`, `math`, `a` and `v`, and its `text` (`repr`), or the
class of its `error`.
No seed: nothing is random.
"""

import json
import math
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

DATA = pathlib.Path(os.environ.get("SEODANG_GOLDEN_OUT", pathlib.Path(__file__).parent / "data"))

# Over `a` = 0..11 as float32 in three rows of four, and `v` = a variable of [1., 2.].
EXPRESSIONS = [
    "a[::-1]",
    "a[:, ::-2]",
    "a[..., 1]",
    "a[..., tf.newaxis].shape",
    "a[None].shape",
    "a[a > 5]",
    "a[-1]",
    "a[1, 2]",
    "a[1:, :2]",
    "a[5:].shape",
    "a[2:0:-1]",
    "a[tf.constant(1)]",
    "a[tf.constant([True, False, True])]",
    "a[5]",
    "a[0, 9]",
    "a[0, 0, 0]",
    "a[1.5]",
    "a['x']",
    "a[0, -1]",
    "a[-3:-1, ..., -1]",
    "a + np.arange(4)",
    "np.arange(4) + a",
    "a * np.float64(2)",
    "np.float64(2) * a",
    "np.int64(2) + a",
    "np.ones((3, 4)) * a",
    "a[0] + [1, 2, 3, 4]",
    "[1.0, 2.0] + v",
    "v + [1, 2]",
    "v * 2",
    "2 - v",
    "v ** 2",
    "1 / tf.constant([1, 2])",
    "tf.constant([1, 2]) / 2",
    "tf.constant([5, -5]) // 2",
    "tf.constant([5, -5]) % 3",
    "tf.constant([5.0, -5.0]) // 2",
    "tf.constant([5.0, -5.0]) % 3",
    "2 ** tf.constant([1, 2])",
    "a // 0",
    "tf.constant([1]) // 0",
    "tf.constant([1]) % 0",
    "tf.constant([1]) / 0",
    "a @ tf.transpose(a)",
    "-a[0]",
    "abs(tf.constant([-1.0]))",
    "~tf.constant(True)",
    "tf.constant(True) & tf.constant(False)",
    "a + None",
    "a + tf.ones(5)",
    "tf.ones(2) + tf.constant([1, 2])",
    "a @ a",
    "tf.constant([1]) + 1.5",
    "tf.constant(1) < 2",
    "tf.constant([1, 2]) == [1, 3]",
    "tf.constant([1, 2]) != tf.constant([1, 2])",
    "tf.constant([1, 2]) == None",
    "math.exp(tf.constant(1.0))",
    "math.sqrt(tf.constant([4.0])[0])",
    "np.sum(a)",
    "np.squeeze(a[:1])",
    "np.expand_dims(a, 0).shape",
    "np.mean(a)",
    "np.array([a, a]).shape",
    "np.stack([a, a]).shape",
    "np.asarray(v)",
    "float(tf.constant(1.5))",
    "int(tf.constant(3.7))",
    "float(a)",
    "len(a)",
    "len(tf.constant(1))",
    "bool(a)",
    "bool(tf.constant(0.0))",
    "list(tf.constant([1.0, 2.0]))",
    "list(tf.constant(1))",
    "[1, 2, 3][tf.constant(1)]",
    "range(tf.constant(3))",
    "f'{tf.constant(1.5):.2f}'",
    "f'{tf.constant(1.5)}'",
    "f'{a[0]}'",
    "'%.1f' % tf.constant(2.0)",
    "'{}'.format(tf.constant([1, 2]))",
    "hash(a)",
    "hash(tf.constant(1))",
    "{tf.constant(1).ref(): 1} != {}",
    "a.shape",
    "a.dtype",
    "a.ndim",
    "a.shape[0]",
    "a.shape.as_list()",
    "a.numpy().flags.writeable",
    "v.numpy().flags.writeable",
    "a.numpy() is a.numpy()",
    "bytes(memoryview(a[0, :2]))",
    "np.from_dlpack(a[0])",
    "a.__dlpack_device__()[1]",
    "tf.constant([[1, 2], [3]])",
    "tf.constant(2**70)",
    "tf.constant(object())",
    "tf.constant(None)",
    "tf.constant([1, None])",
    "tf.reshape(a, [5])",
    "tf.concat([a, tf.ones((2, 2))], 0)",
    "tf.gather(a, [9])",
    "v.assign([1.0, 2.0, 3.0])",
    "v.assign('x')",
    "sorted([tf.constant(2), tf.constant(1)])",
    "max(tf.constant(2), tf.constant(3))",
    "sum([v[0], v[1]])",
]


def outcome(code, names):
    try:
        return {"text": repr(eval(code, dict(names)))}
    except Exception as e:
        return {"error": type(e).__name__}


def main():
    cases = []
    for code in EXPRESSIONS:
        names = {
            "tf": tf, "np": np, "math": math, "a": tf.constant(np.arange(12, dtype="float32").reshape(3, 4)),
            "v": tf.Variable([1.0, 2.0]),
        }  # fmt: skip
        cases.append({"code": code, **outcome(code, names)})
    head = {
        "format": 1,
        "script": "tensor_operations.py",
        "versions": {"tensorflow": tf.__version__, "numpy": np.__version__},
    }
    lines = ["{"] + [f" {json.dumps(k)}: {json.dumps(v)}," for k, v in head.items()]
    body = ",\n".join("  " + json.dumps(c, ensure_ascii=False) for c in cases)
    (DATA / "tensor_operations.json").write_text(
        "\n".join([*lines, ' "cases": [', body, " ]", "}", ""]), encoding="utf-8"
    )
    print(f"tensor_operations: {len(cases)} cases")


if __name__ == "__main__":
    main()
