"""Small facts about `tf`: every expected value here is what TensorFlow 2.21 gives for the same code.

Texts of a single line are those of every TensorFlow 2; expressions run with `tf`, `np` and the
values of `names` at hand, functions as they are.
"""

import numpy as np
import pytest

import seodang.compat.tensorflow as tf

pytestmark = pytest.mark.filterwarnings("ignore:The tf.function")
i = tf.constant([3, 1, 2])


def names() -> dict:
    return {
        "tf": tf, "np": np, "err": err, "i": i,
        "x": tf.constant([[1., 2., 3.], [4., 5., 6.]]),
        "v": tf.Variable([1., 2.]),
        "w": tf.Variable(3, name="count"),
    }


def plain(r):
    """A result without arrays and tensors, so that `==` compares it."""
    if isinstance(r, (tf.Tensor, tf.Variable)):
        r = r.numpy()
    if isinstance(r, tf.DType):
        return r.name
    if isinstance(r, tf.TensorShape):
        return "TensorShape" + str(r.as_list())
    if isinstance(r, type):
        return r.__name__
    if isinstance(r, np.dtype):
        return str(r)
    if isinstance(r, (np.ndarray, np.generic)):
        r = r.tolist()
    if isinstance(r, float):
        return round(r, 5)
    if type(r) in (tuple, list):
        return type(r)(plain(e) for e in r)
    return r if isinstance(r, (str, bytes, bool, int)) or r is None else repr(r)


def err(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return "none"


def persistent_tape():
    v = tf.Variable([2., 3.])
    with tf.GradientTape(persistent=True) as t:
        y = v * v
        z = y * v
    return t.gradient(y, v).numpy(), t.gradient(z, [v])[0].numpy()


def nested_tapes():
    a = tf.constant(3.)
    with tf.GradientTape() as t2:
        t2.watch(a)
        with tf.GradientTape() as t1:
            t1.watch(a)
            y = a ** 3
        d = t1.gradient(y, a)
    return d.numpy(), t2.gradient(d, a).numpy()


def unconnected():
    a = tf.Variable(2.)
    b = tf.Variable([1., 2.])
    with tf.GradientTape(persistent=True) as t:
        y = a * a
    zero = t.gradient(y, b, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    return t.gradient(y, b), zero.numpy(), t.gradient(y, {"a": a, "b": b})["a"].numpy()


def second_gradient():
    a = tf.Variable(2.)
    with tf.GradientTape() as t:
        y = a * a
    t.gradient(y, a)
    return err(lambda: t.gradient(y, a))


def jacobian():
    a = tf.constant([1., 2.])
    with tf.GradientTape() as t:
        t.watch(a)
        y = a * a
    return t.jacobian(y, a).numpy()


def what_is_watched():
    a = tf.Variable(2.)
    b = tf.Variable(3., trainable=False)
    with tf.GradientTape() as t:
        y = a * b
    return [g if g is None else g.numpy() for g in t.gradient(y, [a, b])]


def own_gradient():
    @tf.custom_gradient
    def f(q):
        return q * 2, lambda dy: dy * 10
    a = tf.Variable(1.)
    with tf.GradientTape() as t:
        y = f(a) + tf.stop_gradient(a * 5)
    return y.numpy(), t.gradient(y, a).numpy()


def traces():
    seen = []
    @tf.function
    def f(a):
        seen.append(1)
        return a + 1
    f(tf.constant(1))
    f(tf.constant(2))
    f(tf.constant(1.))
    f(tf.constant([1, 2]))
    f(3)
    f(4)
    f(3)
    return len(seen)


def function_with_variable():
    n = tf.Variable(0)
    @tf.function
    def f():
        n.assign_add(2)
        return n * 10
    f()
    return f().numpy(), n.numpy()


def function_with_if():
    @tf.function
    def f(a):
        if tf.reduce_sum(a) > 0:
            return a * 2
        else:
            return a - 1
    return f(tf.constant([1.])).numpy(), f(tf.constant([-1.])).numpy()


def function_with_loops():
    @tf.function
    def f(n):
        s = 0
        for k in tf.range(n):
            s += k
        while s > 10:
            s -= 10
        return s
    return f(tf.constant(5)).numpy(), f(tf.constant(8)).numpy()


def function_with_signature():
    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
    def f(a):
        return {"s": tf.reduce_sum(a), "p": (a, 1.)}
    r = f(tf.constant([1., 2.]))
    return sorted(r), r["s"].numpy(), type(r["p"]).__name__


def function_of_module():
    class M(tf.Module):
        def __init__(self):
            super().__init__()
            self.w = tf.Variable(2.)
            self.l = [tf.Variable(1.)]
        @tf.function
        def __call__(self, a):
            return a * self.w
    m = M()
    return m(tf.constant(3.)).numpy(), len(m.trainable_variables), m(tf.constant(1.)).numpy()


def while_loop():
    return [t.numpy() for t in tf.while_loop(lambda k, s: k < 4, lambda k, s: (k + 1, s + k), (tf.constant(0), tf.constant(0)))]


def cond_and_case():
    return tf.cond(tf.constant(3) > 2, lambda: tf.constant(1), lambda: tf.constant(2)).numpy(), tf.case([(tf.constant(False), lambda: tf.constant(1))], default=lambda: tf.constant(9)).numpy()


def map_fn():
    return tf.map_fn(lambda a: a * a, i).numpy(), tf.map_fn(lambda a: tf.cast(a, tf.float32), i, fn_output_signature=tf.float32).numpy()


def scan():
    return tf.scan(lambda a, b: a + b, i).numpy(), tf.scan(lambda a, b: a * b, i, initializer=tf.constant(2)).numpy()


def foldl():
    return tf.foldl(lambda a, b: a + b, i).numpy(), tf.vectorized_map(lambda a: a + 1, i).numpy()


def seeded():
    tf.random.set_seed(1)
    a = tf.random.normal([3]).numpy()
    tf.random.set_seed(1)
    b = tf.random.normal([3]).numpy()
    c = tf.random.normal([3]).numpy()
    return bool((a == b).all()), bool((b == c).all())


def generators():
    g = tf.random.Generator.from_seed(3)
    h = tf.random.Generator.from_seed(3)
    return bool((g.normal([2]).numpy() == h.normal([2]).numpy()).all()), bool((tf.random.stateless_uniform([2], [1, 2]).numpy() == tf.random.stateless_uniform([2], [1, 2]).numpy()).all())


def random_values():
    u = tf.random.uniform([100], 2, 5, tf.int32).numpy()
    return sorted(set(u.tolist())), tf.random.uniform([2]).dtype, sorted(tf.random.shuffle(i).numpy().tolist()), tf.random.categorical([[0., -99.]], 2).numpy()


def batches():
    return [tuple(t.numpy().tolist() for t in e) for e in tf.data.Dataset.from_tensor_slices(([1, 2, 3], [4., 5., 6.])).batch(2)]


def map_to_list():
    return [tuple(int(n) for n in e) for e in tf.data.Dataset.range(3).map(lambda a: [a, a * 2])]


def shuffled_once():
    d = tf.data.Dataset.range(10).shuffle(10, seed=3, reshuffle_each_iteration=False)
    a = [int(e) for e in d]
    return a == [int(e) for e in d], sorted(a)


def windows():
    d = tf.data.Dataset.range(6).window(3, shift=1, drop_remainder=True).flat_map(lambda q: q.batch(3))
    return [e.numpy().tolist() for e in d]


def dictionaries():
    d = tf.data.Dataset.from_tensor_slices({"a": [1, 2], "b": ["x", "y"]})
    return repr(d.element_spec), [(e["a"].numpy(), e["b"].numpy()) for e in d]


def chain():
    d = tf.data.Dataset.range(5).filter(lambda a: a % 2 == 0).repeat(2).skip(1).take(4).enumerate()
    return [(int(a), int(b)) for a, b in d]


def zipped():
    z = tf.data.Dataset.zip((tf.data.Dataset.range(2), tf.data.Dataset.range(5, 7))).batch(2, drop_remainder=True)
    return z.cardinality().numpy(), len(z), str(z.element_spec)


def generator():
    d = tf.data.Dataset.from_generator(lambda: iter([1, 2]), output_types=tf.int32, output_shapes=())
    return [int(e) for e in d], list(tf.data.Dataset.range(3).reduce(np.int64(0), lambda s, a: s + a).numpy().reshape(-1)), list(tf.data.Dataset.range(3).as_numpy_iterator())


FACTS = [
    ("repr(tf.constant(1.5))", '<tf.Tensor: shape=(), dtype=float32, numpy=1.5>'),
    ("str(tf.constant(1.5))", 'tf.Tensor(1.5, shape=(), dtype=float32)'),
    ("str(x)", 'tf.Tensor(\n[[1. 2. 3.]\n [4. 5. 6.]], shape=(2, 3), dtype=float32)'),
    ("repr(x)",
     ('<tf.Tensor: shape=(2, 3), dtype=float32, numpy=\n'
      'array([[1., 2., 3.],\n'
      '       [4., 5., 6.]], dtype=float32)>')),
    ("repr(tf.constant(True))", '<tf.Tensor: shape=(), dtype=bool, numpy=True>'),
    ('repr(tf.constant("abc"))', "<tf.Tensor: shape=(), dtype=string, numpy=b'abc'>"),
    ('repr(tf.constant(["a", "bc"]))',
     "<tf.Tensor: shape=(2,), dtype=string, numpy=array([b'a', b'bc'], dtype=object)>"),
    ('str(tf.constant(["a", "bc"]))', "tf.Tensor([b'a' b'bc'], shape=(2,), dtype=string)"),
    ("repr(w)", "<tf.Variable 'count:0' shape=() dtype=int32, numpy=3>"),
    ("repr(x.shape)", 'TensorShape([2, 3])'),
    ("str(x.shape)", '(2, 3)'),
    ("repr(x.dtype), str(x.dtype), x.dtype.name",
     ('tf.float32', "<dtype: 'float32'>", 'float32')),
    ("tf.constant(1).dtype, tf.constant(1.).dtype, tf.constant(np.array(1.)).dtype, tf.constant([True]).dtype",
     ('int32', 'float32', 'float64', 'bool')),
    ("(tf.constant(1.) + 2).dtype, (2 * tf.constant(3)).dtype, (tf.constant(3) / 2).dtype",
     ('float32', 'int32', 'float64')),
    ("(tf.constant(7) // 2, tf.constant(-7) // 2, tf.constant(-7) % 3)", (3, -4, 2)),
    ("err(lambda: tf.constant(1) + tf.constant(1.))", 'InvalidArgumentError'),
    ("err(lambda: tf.constant([1., 2.]) + tf.constant([1., 2., 3.]))", 'InvalidArgumentError'),
    ("err(lambda: tf.matmul(x, x))", 'InvalidArgumentError'),
    ("err(lambda: tf.reshape(x, [4]))", 'InvalidArgumentError'),
    ("err(lambda: tf.constant([[1, 2], [3]]))", 'ValueError'),
    ("err(lambda: tf.concat([x, i], 0))", 'InvalidArgumentError'),
    ("err(lambda: bool(x))", 'ValueError'),
    ("err(lambda: x.__setitem__(0, 1))", 'AttributeError'),
    ("err(lambda: hash(x))", 'TypeError'),
    ("err(lambda: v.assign([1., 2., 3.]))", 'ValueError'),
    ("err(lambda: len(tf.constant(1)))", 'TypeError'),
    ("err(lambda: tf.stack([tf.zeros([2]), tf.zeros([3])]))", 'InvalidArgumentError'),
    ("err(lambda: tf.debugging.assert_equal(1, 2))", 'InvalidArgumentError'),
    ("err(lambda: tf.one_hot([0.5], 3))", 'InvalidArgumentError'),
    ("err(lambda: tf.squeeze(x, 0))", 'InvalidArgumentError'),
    ("err(lambda: tf.split(x, 2, axis=1))", 'InvalidArgumentError'),
    ("x[0], x[:, 1], x[-1, ::-1], x[..., tf.newaxis].shape, x[:, None, :2].shape",
     ([1.0, 2.0, 3.0], [2.0, 5.0], [6.0, 5.0, 4.0], 'TensorShape[2, 3, 1]',
      'TensorShape[2, 1, 2]')),
    ("x[tf.newaxis, 0, 1:].numpy()", [[2.0, 3.0]]),
    ("tf.gather(x, [1, 0]).numpy(), tf.gather(x, [2, 0], axis=1).numpy()",
     ([[4.0, 5.0, 6.0], [1.0, 2.0, 3.0]], [[3.0, 1.0], [6.0, 4.0]])),
    ("tf.gather_nd(x, [[0, 1], [1, 2]]).numpy()", [2.0, 6.0]),
    ("tf.gather(x, [[0, 1], [2, 0]], axis=1, batch_dims=1).numpy()", [[1.0, 2.0], [6.0, 4.0]]),
    ("tf.where(x > 3).numpy()", [[1, 0], [1, 1], [1, 2]]),
    ("tf.where(x > 3, x, 0.).numpy()", [[0.0, 0.0, 0.0], [4.0, 5.0, 6.0]]),
    ("tf.where([True, False], [1, 2], [3, 4]).numpy()", [1, 4]),
    ("tf.one_hot([0, 2, -1], 3).numpy()", [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]]),
    ("tf.one_hot(1, 3, on_value=5, off_value=-1, dtype=tf.int32).numpy()", [-1, 5, -1]),
    ("tf.one_hot([[0], [1]], 2, axis=1).numpy()", [[[1.0], [0.0]], [[0.0], [1.0]]]),
    ("tf.scatter_nd([[1], [3]], [9, 10], [5]).numpy()", [0, 9, 0, 10, 0]),
    ("tf.tensor_scatter_nd_update(i, [[0], [2]], [7, 8]).numpy()", [7, 1, 8]),
    ("tf.tensor_scatter_nd_add(i, [[0], [0]], [7, 8]).numpy()", [18, 1, 2]),
    ("[t.numpy() for t in tf.unstack(x, axis=1)]", [[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]),
    ("type(tf.split(x, 3, axis=1)), [t.shape for t in tf.split(x, [1, 2], axis=1)]",
     ('list', ['TensorShape[2, 1]', 'TensorShape[2, 2]'])),
    ("tf.reduce_sum(x, axis=0, keepdims=True).numpy(), tf.reduce_mean(x).numpy(), tf.reduce_mean(i).numpy()",
     ([[5.0, 7.0, 9.0]], 3.5, 2)),
    ("tf.reduce_max(x, axis=[0, 1]).numpy(), tf.reduce_all(x > 0).numpy(), tf.reduce_prod(i).numpy()",
     (6.0, True, 6)),
    ("tf.math.reduce_std(x, 0).numpy(), tf.reduce_logsumexp(tf.zeros([4])).numpy()",
     ([1.5, 1.5, 1.5], 1.38629)),
    ('tf.argmax(x, axis=1), tf.argsort(i).numpy(), tf.sort(i, direction="DESCENDING").numpy()',
     ([2, 2], [1, 2, 0], [3, 2, 1])),
    ("[t.numpy() for t in tf.unique([3, 1, 3])]", [[3, 1], [0, 1, 0]]),
    ("tf.math.top_k(i, 2)[0].numpy(), tf.math.top_k(i, 2).indices.numpy()", ([3, 2], [0, 2])),
    ("tf.cumsum(i, exclusive=True, reverse=True).numpy()", [3, 2, 0]),
    ("tf.math.bincount([1, 1, 3]).numpy(), tf.math.confusion_matrix([0, 1, 1], [0, 0, 1]).numpy()",
     ([0, 2, 0, 1], [[1, 0], [1, 1]])),
    ("tf.linalg.band_part(tf.ones([3, 3]), -1, 0).numpy()",
     [[1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [1.0, 1.0, 1.0]]),
    ("tf.range(5), tf.range(1, 2, 0.25).numpy(), tf.linspace(0., 1., 3).numpy()",
     ([0, 1, 2, 3, 4], [1.0, 1.25, 1.5, 1.75], [0.0, 0.5, 1.0])),
    ("tf.eye(2).numpy(), tf.fill([2], 7).numpy(), tf.zeros_like(i), tf.ones([1], tf.int32)",
     ([[1.0, 0.0], [0.0, 1.0]], [7, 7], [0, 0, 0], [1])),
    ('tf.pad(i, [[1, 2]], constant_values=9).numpy(), tf.pad(i, [[2, 2]], "REFLECT").numpy()',
     ([9, 3, 1, 2, 9, 9], [2, 1, 3, 1, 2, 1, 3])),
    ("tf.tile(i[None], [2, 2]).numpy(), tf.repeat(i, [1, 0, 2]).numpy()",
     ([[3, 1, 2, 3, 1, 2], [3, 1, 2, 3, 1, 2]], [3, 2, 2])),
    ("tf.transpose(x).shape, tf.expand_dims(x, -1).shape, tf.squeeze(x[None]).shape, tf.rank(x), tf.size(x), tf.shape(x)",
     ('TensorShape[3, 2]', 'TensorShape[2, 3, 1]', 'TensorShape[2, 3]', 2, 6, [2, 3])),
    ("tf.boolean_mask(x, [True, False]).numpy(), tf.sequence_mask([1, 3]).numpy()",
     ([[1.0, 2.0, 3.0]], [[True, False, False], [True, True, True]])),
    ("tf.clip_by_value(x, 2., 5.).numpy(), tf.clip_by_norm([3., 4.], 1.).numpy()",
     ([[2.0, 2.0, 3.0], [4.0, 5.0, 5.0]], [0.6, 0.8])),
    ("tf.round([0.5, 1.5, 2.5]).numpy(), tf.cast([1.9, -1.9], tf.int32).numpy(), tf.cast([0, 2], tf.bool).numpy()",
     ([0.0, 2.0, 2.0], [1, -1], [False, True])),
    ('tf.norm(x).numpy(), tf.einsum("ij,kj->ik", x, x).numpy(), tf.tensordot(x, x, [[1], [1]]).numpy()',
     (9.53939, [[14.0, 32.0], [32.0, 77.0]], [[14.0, 32.0], [32.0, 77.0]])),
    ("tf.math.segment_sum(i, [0, 0, 1]).numpy(), tf.searchsorted([1, 3, 5], [3]).numpy()",
     ([4, 2], [1])),
    ("tf.meshgrid([1, 2], [3, 4])[0].numpy(), tf.roll(i, 1, 0).numpy(), tf.reverse(i, [0]).numpy()",
     ([[1, 2], [1, 2]], [2, 3, 1], [2, 1, 3])),
    ("tf.sigmoid(0.), tf.nn.softmax([1., 1.]).numpy(), tf.nn.relu([-1., 2.]).numpy()",
     (0.5, [0.5, 0.5], [0.0, 2.0])),
    ("v.assign_add([1., 1.]).numpy(), v.trainable, v.name, w.name, v.shape, w.dtype",
     ([2.0, 3.0], True, 'Variable:0', 'count:0', 'TensorShape[2]', 'int32')),
    ("v[0].assign(5.).numpy(), v[1:].assign([1.]).numpy(), v.numpy(), hasattr(i, 'assign')",
     ([5.0, 2.0], [5.0, 1.0], [5.0, 1.0], False)),
    ("isinstance(v[0], tf.Tensor), float(v[0] + 1), err(lambda: v[0].assign([1., 2.]))",
     (True, 2.0, 'InvalidArgumentError')),
    ("v[0].numpy(), (v * 2).numpy(), [float(a) for a in v]", (1.0, [2.0, 4.0], [1.0, 2.0])),
    (persistent_tape, ([4.0, 6.0], [12.0, 27.0])),
    (nested_tapes, (27.0, 18.0)),
    (unconnected, (None, [0.0, 0.0], 4.0)),
    (second_gradient, 'RuntimeError'),
    (jacobian, [[2.0, 0.0], [0.0, 4.0]]),
    (what_is_watched, [3.0, None]),
    (own_gradient, (7.0, 10.0)),
    (traces, 5),
    (function_with_variable, (40, 4)),
    (function_with_if, ([2.0], [-2.0])),
    (function_with_loops, (10, 8)),
    (function_with_signature, (['p', 's'], 3.0, 'tuple')),
    (function_of_module, (6.0, 2, 2.0)),
    (while_loop, [4, 6]),
    (cond_and_case, (1, 9)),
    (map_fn, ([9, 1, 4], [3.0, 1.0, 2.0])),
    (scan, ([3, 4, 6], [6, 6, 12])),
    (foldl, (6, [4, 2, 3])),
    (seeded, (True, False)),
    (generators, (True, True)),
    (random_values, ([2, 3, 4], 'float32', [1, 2, 3], [[0, 0]])),
    (batches, [([1, 2], [4.0, 5.0]), ([3], [6.0])]),
    (map_to_list, [(0, 0), (1, 2), (2, 4)]),
    (shuffled_once, (True, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])),
    (windows, [[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5]]),
    (dictionaries,
     ("{'a': TensorSpec(shape=(), dtype=tf.int32, name=None), 'b': TensorSpec(shape=(), "
      'dtype=tf.string, name=None)}',
      [(1, b'x'), (2, b'y')])),
    (chain, [(0, 2), (1, 4), (2, 0), (3, 2)]),
    (zipped,
     (1, 1,
      '(TensorSpec(shape=(2,), dtype=tf.int64, name=None), TensorSpec(shape=(2,), '
      'dtype=tf.int64, name=None))')),
    (generator, ([1, 2], [3], [0, 1, 2])),
    ("tf.convert_to_tensor([tf.constant(1), 2]), tf.convert_to_tensor(v)", ([1, 2], [1.0, 2.0])),
    ("tf.TensorShape([None, 3]), tf.TensorShape([None, 3]).as_list(), tf.TensorSpec([None], tf.float32)",
     ('TensorShape[None, 3]', [None, 3],
      'TensorSpec(shape=(None,), dtype=tf.float32, name=None)')),
    ("tf.is_tensor(x), tf.is_tensor(v), tf.is_tensor([1]), tf.executing_eagerly()",
     (True, True, False, True)),
    ('tf.nest.flatten({"b": 1, "a": (2, [3])}), tf.nest.map_structure(lambda a: a + 1, (1, [2]))',
     ([2, 3, 1], (2, [3]))),
    ("tf.add_n([i, i]).numpy(), tf.math.divide_no_nan(1., 0.).numpy()", ([6, 2, 4], 0.0)),
    ('f"{tf.constant(1.23456):.2f}", "{:d}".format(tf.constant(4)), int(tf.constant(4)), float(tf.constant(2))',
     ('1.23', '4', 4, 2.0)),
    ("[int(a) for a in i], list(range(tf.constant(3))), [10, 20, 30][tf.constant(1)]",
     ([3, 1, 2], [0, 1, 2], 20)),
    ("np.add(x, 1).sum(), np.array(x).dtype, type(x.numpy()), type(tf.constant(1).numpy())",
     (27.0, 'float32', 'ndarray', 'int32')),
]


@pytest.mark.parametrize(("what", "expected"), FACTS)
def test_fact(what, expected):
    found = what() if callable(what) else eval(what, names())
    assert plain(found) == expected
