"""`tf.data.Dataset`: what pipelines give in TensorFlow 2.21, element by element.

Each case is an expression over `tf`, `np` and `D` (the class Dataset); `spec` is its `element_spec` as
TensorFlow writes it, `count` its cardinality, `passes` the elements of two passes.
"""

import json
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

D = tf.data.Dataset
PAIR = "D.from_tensor_slices((np.arange(7), {'a': np.arange(7.0) * 2, 'b': np.arange(14).reshape(7, 2)}))"
CASES = [
    PAIR, "D.from_tensors(([1, 2], 3.5))", "D.from_tensor_slices([[1, 2], [3, 4]])",
    "D.from_tensor_slices({'x': ['p', 'q'], 'y': [True, False]})",
    "D.range(5)", "D.range(2, 9, 3)", "D.range(5, 1, -2)", "D.range(3, output_type=tf.float32)",
    f"{PAIR}.batch(3)", f"{PAIR}.batch(3, drop_remainder=True)", f"{PAIR}.take(2)", f"{PAIR}.skip(5)",
    f"{PAIR}.map(lambda x, d: [x + 1, d['a']])", f"{PAIR}.map(lambda x, d: {{'s': x, 't': (d['b'], d['a'])}})",
    "D.range(6).map(lambda x: x * 2, num_parallel_calls=2)", "D.range(9).filter(lambda x: x % 2 == 0)",
    "D.range(4).repeat(2)", "D.range(10).shard(3, 1)", "D.range(3).concatenate(D.range(10, 12))",
    "D.zip((D.range(3), D.range(5, 9)))", "D.zip({'a': D.range(2), 'b': D.range(3).batch(2)})",
    "D.zip(D.range(2), D.range(2))",
    "D.range(7).shuffle(3, seed=4)", "D.range(40).shuffle(100, seed=11)",
    "D.range(9).shuffle(9, seed=4, reshuffle_each_iteration=False)", "D.range(5).shuffle(5, seed=2).repeat(2)",
    "D.range(6).repeat(2).shuffle(4, seed=8).batch(5)", "D.range(6).shuffle(6, seed=1).cache()",
    "D.range(7).window(3, shift=2).flat_map(lambda w: w.batch(3))",
    "D.range(9).window(3, shift=1, stride=2, drop_remainder=True).flat_map(lambda w: w.batch(3))",
    "D.range(3).flat_map(lambda x: D.range(x + 1))",
    "D.range(4).interleave(lambda x: D.from_tensors(x).repeat(3), cycle_length=2, block_length=2)",
    "D.range(3).interleave(lambda x: D.range(x, x + 3), cycle_length=3)",
    "D.range(4).cache().prefetch(2)", "D.range(6).batch(2).unbatch()", "D.range(3).enumerate(start=5)",
    "D.range(5).scan(np.int64(0), lambda s, x: (s + x, s * x))", "D.range(9).take_while(lambda x: x < 4)",
    "D.from_generator(lambda: iter([(1, [2.0, 3.0]), (4, [5.0, 6.0])]), output_types=(tf.int32, tf.float32))",
    "D.from_generator(lambda: iter([1, 2, 3]), output_types=tf.int64, output_shapes=())",
    "D.from_generator(lambda n: (i * i for i in range(n)), args=(4,),"
    " output_signature=tf.TensorSpec(shape=(), dtype=tf.int32))",
    "D.from_generator(lambda: ({'k': [i] * i} for i in range(1, 4)),"
    " output_signature={'k': tf.TensorSpec(shape=(None,), dtype=tf.int32)}).padded_batch(2)",
    "D.range(1, 6).map(lambda x: tf.fill([x], x)).padded_batch(2, padded_shapes=[None])",
    "D.range(1, 4).map(lambda x: tf.fill([x], x)).padded_batch(3, padded_shapes=[5], padding_values=np.int64(-1))",
    "D.range(1, 9).map(lambda x: tf.fill([x], x)).bucket_by_sequence_length("
    "lambda x: tf.shape(x)[0], [3, 6], [2, 3, 2])",
    "D.choose_from_datasets([D.range(3), D.range(10, 13)], D.from_tensor_slices(np.array([0, 1, 1, 0, 0])))",
    "D.sample_from_datasets([D.range(3), D.range(10, 13)], weights=[1.0, 0.0])",
    "D.range(10).group_by_window(lambda x: x % 3, lambda k, w: w.batch(2), window_size=2)",
    "D.from_tensor_slices([1, 2, 1, 3, 2]).unique()", "D.range(8).batch(2).rebatch(3)",
    "D.range(4).apply(lambda d: d.map(lambda x: x + 1))", "D.range(3).map(lambda x: tf.strings.as_string(x))",
    "D.range(5).batch(2).map(lambda b: tf.reduce_sum(b))", "D.range(0)", "D.range(5).take(-1)", "D.range(5).skip(-1)",
]


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return {"tuple": [plain(v) for v in value]}
    array = np.asarray(value)
    kind = "bytes" if array.dtype.kind in "OS" else array.dtype.name
    values = [v.decode() for v in array.ravel()] if kind == "bytes" else array.ravel().tolist()
    return {"dtype": kind, "shape": list(array.shape), "values": values}


def described(text):
    found = eval(text, {"tf": tf, "np": np, "D": D})
    passes = [[plain(e) for e in found.as_numpy_iterator()] for _ in range(2)]
    return {"name": text, "spec": repr(found.element_spec), "count": int(found.cardinality()), "passes": passes}


if __name__ == "__main__":
    head = {"format": 1, "script": "tf_data.py", "versions": {"tensorflow": tf.__version__}}
    cases = ",\n".join("  " + json.dumps(described(c), separators=(",", ":")) for c in CASES)
    text = json.dumps(head)[:-1] + ', "cases": [\n' + cases + "\n]}\n"
    (pathlib.Path(__file__).parent / "data" / "tf_data.json").write_text(text)
