"""What TensorFlow does at the edges: variables, tapes, functions, loops, algebra, text. See `table.py`."""

from .table import Table

TABLE = Table()
row = TABLE.row

# Variables -------------------------------------------------------------------------------------------
row("tf.Variable (methods)", "",
    "v = tf.Variable([[1.0, 2.0], [3.0, 4.0]], name='v')\n"
    "v.assign_sub([[1.0, 1.0], [1.0, 1.0]]), v.value(), v[0], v[:, 1], v[0, 1] + 1, -v, v @ v, v ** 2, abs(-v), v > 1, "
    "[r for r in v], v.shape.as_list(), float(v[1, 1]), np.array(v), v.trainable, v.name, 2 * v, 1 / (v + 1), v.dtype == tf.float32")
row("tf.Variable (scatter)", "",
    "v = tf.Variable([1.0, 2.0, 3.0, 4.0])\nI = lambda *a: tf.IndexedSlices(tf.constant(a[0]), tf.constant(a[1]))\n"
    "v.scatter_nd_update([[0], [2]], [10.0, 30.0])\nv.scatter_nd_add([[1]], [5.0])\nv.scatter_nd_sub([[3]], [1.0])\n"
    "v.scatter_update(I([7.0], [0]))\nv.scatter_add(I([1.0, 1.0], [1, 1]))\nv.scatter_sub(I([1.0], [2]))\nv.scatter_mul(I([2.0], [3]))\n"
    "v.scatter_max(I([100.0], [0]))\nv.scatter_min(I([0.0], [1]))\nv, v.sparse_read([0, 2]), v.gather_nd([[1]])")
row("tf.Variable (constraint)", "",
    "v = tf.Variable([1.0, -2.0], constraint=lambda x: tf.clip_by_value(x, 0.0, 1.0))\n"
    "keras.optimizers.SGD(0.1).apply_gradients([(tf.constant([-5.0, 1.0]), v)])\nv, v.constraint(tf.constant([3.0]))")
row("tf.Variable (types)", "",
    "a = tf.Variable(1)\na.assign_add(2)\na, tf.Variable(True), tf.Variable(np.zeros((1, 2))), tf.Variable(lambda: tf.ones([2])), fails(lambda: a.assign(1.5)), "
    "fails(lambda: a.assign([1, 2])), fails(lambda: tf.Variable()), tf.Variable(3.0) + 1, tf.Variable(2, dtype=tf.float64), isinstance(a, tf.Tensor)")
row("tf.Variable (printing)", "", "v = tf.Variable([1.0, 2.0], name='w')\nrepr(v), repr(tf.constant([[1, 2]])), str(tf.constant(3.5)), '{:.2f}'.format(float(v[0])), f'{tf.constant(2)}'")
row("tf.name_scope", "",
    "with tf.name_scope('outer'):\n    a = tf.Variable(1.0, name='a')\n    with tf.name_scope('inner') as s:\n        b = tf.Variable(1.0, name='b')\n    with tf.name_scope('outer/'):\n        c = tf.Variable(1.0, name='c')\n"
    "a.name, b.name, s, c.name, tf.Variable(1.0).name")

# Tapes -----------------------------------------------------------------------------------------------
row("tf.GradientTape (edges)", "",
    "x = tf.constant(2.0)\nv = tf.Variable(3.0)\nu = tf.Variable(1.0, trainable=False)\n"
    "with tf.GradientTape(persistent=True) as t:\n    t.watch(x)\n    y = x * v * u\n    with t.stop_recording():\n        z = x * 5\n    s = tf.stop_gradient(x) * v\n    i = tf.cast(v, tf.int32)\n"
    "t.gradient(y, [x, v]), t.gradient(y, u), t.gradient(z, x), t.gradient(s, x), t.gradient(s, v), t.gradient(i, v), t.gradient([y, s], v), "
    "t.gradient(y, {'a': x, 'b': [v]}), [w.name for w in t.watched_variables()], t.gradient(y, x, unconnected_gradients='zero'), fails(lambda: t.gradient(y, x, unconnected_gradients='nought'))")
row("tf.GradientTape (reset)", "",
    "v = tf.Variable(3.0)\nwith tf.GradientTape() as t:\n    y = v * v\n    t.reset()\n    z = v * 2\nt.gradient(z, v), fails(lambda: t.gradient(z, v))")
row("tf.GradientTape (jacobians)", "",
    "x = tf.Variable([[1.0, 2.0], [3.0, 4.0]])\nwith tf.GradientTape(persistent=True) as t:\n    y = x * x\n    w = tf.reduce_sum(x ** 3)\n"
    "t.batch_jacobian(y, x), t.jacobian(y, x)[0, 1], t.jacobian(w, x), t.jacobian(y, tf.Variable(1.0))")
row("tf.GradientTape (hessian)", "",
    "x = tf.Variable([1.0, 2.0])\nwith tf.GradientTape() as a:\n    with tf.GradientTape() as b:\n        y = tf.reduce_sum(x ** 3) + x[0] * x[1]\n    g = b.gradient(y, x)\na.jacobian(g, x)")
row("tf.GradientTape (in tf.function)", "",
    "v = tf.Variable(3.0)\n@tf.function\ndef step(x):\n    with tf.GradientTape() as t:\n        y = v * x * x\n    g = t.gradient(y, v)\n    v.assign_sub(0.1 * g)\n    return g\n"
    "step(tf.constant(2.0)), step(tf.constant(1.0)), v")
row("tf.custom_gradient", "",
    "@tf.custom_gradient\ndef f(x):\n    def grad(up):\n        return up * 10.0\n    return x * 2.0, grad\nx = tf.constant(3.0)\nwith tf.GradientTape() as t:\n    t.watch(x)\n    y = f(x)\ny, t.gradient(y, x)")
row("tf.stop_gradient", "", "x = tf.Variable(2.0)\nwith tf.GradientTape() as t:\n    y = tf.stop_gradient(x * x) + x\nt.gradient(y, x)")

# Functions -------------------------------------------------------------------------------------------
row("tf.function (retracing)", "",
    "seen = []\n@tf.function\ndef f(x, n=1, flag=True):\n    seen.append((getattr(x, 'dtype', None) is not None, n, flag))\n    return x * n if flag else x\n"
    "r = [f(tf.constant(1.0)), f(tf.constant(2.0)), f(tf.constant(2.0), 2), f(tf.constant(1.0), flag=False), f(tf.constant([1.0])), f(3), f(3), f(4)]\nr, len(seen)")
row("tf.function (control flow over values)", "",
    "@tf.function\ndef f(x):\n    if tf.reduce_sum(x) > 0:\n        return x * 2\n    else:\n        return -x\n"
    "@tf.function\ndef g(n):\n    s = tf.constant(0)\n    i = tf.constant(0)\n    while i < n:\n        s += i\n        i += 1\n    return s\n"
    "@tf.function\ndef h(x):\n    t = tf.constant(0.0)\n    for r in x:\n        t += tf.reduce_sum(r)\n    return t\n"
    "@tf.function\ndef k(n):\n    t = tf.constant(1)\n    for i in tf.range(n):\n        if i % 2 == 0:\n            continue\n        t *= i\n    return t\n"
    "f(tf.constant([1.0])), f(tf.constant([-1.0])), g(tf.constant(5)), h(tf.constant(A)), k(tf.constant(6))",
    # TensorFlow converts such functions from their source, which an example here does not have.
    reference="tf.constant([2.0]), tf.constant([1.0]), tf.constant(10), tf.constant(15.0), tf.constant(15)")
row("tf.function (structures)", "",
    "@tf.function\ndef f(d, *rest, **more):\n    return {'s': d['a'] + rest[0], 't': (more['k'], [d['b'] * 2, None, 'text'])}\n"
    "r = f({'a': tf.constant(1.0), 'b': tf.constant(2.0)}, tf.constant(3.0), k=tf.constant(4.0))\nr['s'], r['t'][0], r['t'][1][0], r['t'][1][1]")
row("tf.function (variables)", "",
    "class M:\n    def __init__(self):\n        self.v = None\n    @tf.function\n    def __call__(self, x):\n        if self.v is None:\n            self.v = tf.Variable(2.0)\n        self.v.assign_add(1.0)\n        return self.v * x\n"
    "m = M()\nm(tf.constant(1.0)), m(tf.constant(2.0)), m.v")
row("tf.function (shape inside)", "",
    "@tf.function\ndef f(x):\n    n = tf.shape(x)[0]\n    return tf.reshape(x, [n, -1]), tf.zeros(tf.shape(x)), x.shape[1], tf.ones([n, 2]), tf.range(n), tf.cast(tf.shape(x)[1], tf.float32) * 2.0, tf.size(x), tf.rank(x)\nf(tf.constant(A))")
row("tf.function (input_signature)", "",
    "@tf.function(input_signature=(tf.TensorSpec([None, 3], tf.float32), tf.TensorSpec([], tf.int32)))\ndef f(x, n):\n    return x * tf.cast(n, tf.float32)\n"
    "f(A, 2), f(tf.ones((1, 3)), tf.constant(3)), fails(lambda: f(tf.ones((1, 2)), 1)), fails(lambda: f(tf.ones((1, 3), tf.float64), 1))")
row("tf.function (concrete)", "",
    "@tf.function\ndef f(x, y=2.0):\n    return x * y\nc = f.get_concrete_function(tf.TensorSpec([], tf.float32))\nc(tf.constant(3.0)), f.python_function(1.0, 3.0), f.__name__, isinstance(f.get_concrete_function(tf.constant(1.0), y=3.0)(tf.constant(2.0)), tf.Tensor)")
row("tf.cond", "",
    "f = tf.function(lambda x: tf.cond(x > 0, lambda: x * 2, lambda: x - 1))\n"
    "tf.cond(tf.constant(True), lambda: 1, lambda: 2), f(tf.constant(3.0)), f(tf.constant(-3.0)), tf.cond(True, true_fn=lambda: (1, 2), false_fn=lambda: (3, 4)), "
    "tf.case([(tf.constant(False), lambda: 1), (tf.constant(True), lambda: 2)], default=lambda: 3), tf.switch_case(tf.constant(1), [lambda: 10, lambda: 20])")
row("tf.while_loop", "maximum_iterations",
    "c, b = lambda i, s: i < 5, lambda i, s: (i + 1, s + i)\n"
    "r = tf.while_loop(c, b, [tf.constant(0), tf.constant(0)])\nq = tf.while_loop(c, b, (tf.constant(0), tf.constant(0)), maximum_iterations=2)\n"
    "f = tf.function(lambda n: tf.while_loop(lambda i, s: i < n, b, [tf.constant(0), tf.constant(0)]))\nr, q, f(tf.constant(4))")
row("tf.scan tf.foldl tf.foldr", "initializer reverse",
    "tf.scan(lambda a, x: a + x, tf.constant([1.0, 2.0, 3.0])), tf.scan(lambda a, x: a * x, tf.constant([1.0, 2.0, 3.0]), initializer=10.0), "
    "tf.scan(lambda a, x: a + x, tf.constant([1.0, 2.0, 3.0]), reverse=True), tf.foldl(lambda a, x: a - x, tf.constant([1.0, 2.0, 3.0])), tf.foldr(lambda a, x: a - x, tf.constant([1.0, 2.0, 3.0])), "
    "tf.scan(lambda a, x: (a[0] + x, a[1] * x), tf.constant([1.0, 2.0]), initializer=(0.0, 1.0))")
row("tf (by keyword)", "",
    "tf.math.atan2(y=1.0, x=-1.0), tf.nn.silu(features=tf.constant([1.0]), beta=2.0), tf.nn.swish(tf.constant([1.0])), "
    "tf.nest.pack_sequence_as(structure=[1, 2], flat_sequence=[3, 4]), tf.nest.is_nested(seq=[1]), tf.math.reduce_sum(input_tensor=A, axis=0), tf.matmul(a=A, b=A, transpose_b=True), tf.nn.softmax(logits=A), "
    "tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[1, 0], logits=A), tf.nn.softmax_cross_entropy_with_logits(labels=[[0.0, 1.0, 0.0]], logits=A[:1]), tf.nn.sigmoid_cross_entropy_with_logits(labels=A, logits=A), "
    "tf.nn.conv2d(input=pictures, filters=np.ones((2, 2, 2, 1), 'float32'), strides=2, padding='VALID')[0, 0], tf.nn.max_pool2d(input=pictures, ksize=2, strides=2, padding='SAME')[0, 0], tf.nn.bias_add(value=A, bias=[1.0, 2.0, 3.0]), "
    "tf.nn.l2_loss(A), tf.nn.moments(x=A, axes=[0]), tf.nn.embedding_lookup(params=A, ids=[1]), tf.nn.leaky_relu(features=A - 2, alpha=0.1), tf.nn.dropout(x=A, rate=0.0), tf.nn.batch_normalization(A, 1.0, 2.0, 0.5, 2.0, 1e-3), tf.nn.log_softmax(A), tf.nn.top_k(A, k=2), tf.nn.elu(A - 2), tf.nn.zero_fraction(A)")
row("tf.lookup", "",
    "k = tf.lookup\ni = k.KeyValueTensorInitializer(['a', 'b'], tf.constant([1, 2], tf.int64))\nt = k.StaticHashTable(i, default_value=-1)\nv = k.StaticVocabularyTable(k.KeyValueTensorInitializer(['x', 'y'], tf.constant([0, 1], tf.int64)), num_oov_buckets=1)\n"
    "m = k.experimental.MutableHashTable(tf.string, tf.float32, default_value=0.0)\nm.insert(tf.constant(['q']), tf.constant([2.5]))\ntf.io.write_file(folder + '/v.txt', 'one\\ntwo\\n')\n"
    "f = k.StaticHashTable(k.TextFileInitializer(folder + '/v.txt', tf.string, k.TextFileIndex.WHOLE_LINE, tf.int64, k.TextFileIndex.LINE_NUMBER), -1)\n"
    "t.lookup(tf.constant([['b', 'c']])), t[tf.constant('a')], t.size(), v.lookup(tf.constant(['y', 'other'])), v.size(), m.lookup(tf.constant(['q', 'r'])), f.lookup(tf.constant(['two'])), fails(lambda: t.lookup(tf.constant([1])))")
row("tf.nn.space_to_depth tf.nn.depth_to_space", "", "x = tf.constant(pictures)\ny = tf.nn.space_to_depth(x, 2)\ny[0, 1], tf.nn.depth_to_space(y, block_size=2) - x")
row("tf.vectorized_map", "", "tf.vectorized_map(lambda x: x * 2 + 1, tf.constant([1.0, 2.0]))")
row("tf.TensorArray (edges)", "",
    "a = tf.TensorArray(tf.float32, size=3, clear_after_read=False, element_shape=[2])\na = a.write(0, [1.0, 2.0]).write(2, [3.0, 4.0])\n"
    "b = tf.TensorArray(tf.int32, size=3).unstack([1, 2, 3])\n"
    "a.stack(), b.concat() if False else b.gather([0, 2]), b.size(), tf.TensorArray(tf.int32, size=0, dynamic_size=True).scatter([0, 1], [5, 6]).stack(), tf.TensorArray(tf.float32, 1).dtype")
row("tf.numpy_function", "", "tf.numpy_function(lambda a: a.sum(), [A], tf.float32), tf.numpy_function(func=lambda a, b: (a + b).astype(np.float32), inp=[A, A], Tout=tf.float32)")

# Shapes, structures ----------------------------------------------------------------------------------
row("tf.TensorShape (edges)", "",
    "s = tf.TensorShape([None, 2])\ns.dims is not None, s.ndims, s.with_rank(2), fails(lambda: s.with_rank(3)), s == [None, 2], s[0], s[-1], [d for d in s], tf.TensorShape(3), tf.TensorShape([]).rank, "
    "fails(lambda: s.merge_with([3, 3])), fails(lambda: tf.TensorShape(None).as_list()), s + [4], s.num_elements(), repr(s), bool(tf.TensorShape(None)), hash(tf.TensorShape([1])) == hash(tf.TensorShape([1])), "
    "fails(lambda: s.assert_is_compatible_with([1, 3])), s.with_rank_at_least(1), tf.TensorShape([1, 2]).most_specific_compatible_shape([3, 2])")
row("tf.nest (edges)", "",
    "import collections\nP = collections.namedtuple('P', 'x y')\nn = tf.nest\n"
    "n.flatten(P(1, [2, 3])), n.map_structure(lambda v: v * 2, P(1, (2,)))[1], n.flatten(None), n.flatten('ab'), n.flatten([]), n.map_structure(lambda a: a, {}), "
    "fails(lambda: n.map_structure(lambda a, b: a, [1], (1,))), fails(lambda: n.pack_sequence_as([1, 2], [1])), n.flatten(collections.OrderedDict([('b', 1), ('a', 2)]))")

# Algebra ---------------------------------------------------------------------------------------------
S = "m = tf.constant([[4.0, 1.0], [1.0, 3.0]])\nb = tf.constant([[1.0], [2.0]])\nL = tf.linalg\n"
row("tf.linalg (solve)", "",
    S + "L.inv(m), L.solve(m, b), L.det(m), L.cholesky(m), L.cholesky_solve(L.cholesky(m), b), L.triangular_solve(L.cholesky(m), b), L.lstsq(m, b), L.slogdet(m), L.logdet(m), "
    "L.matrix_rank(m), L.pinv(m), fails(lambda: L.inv(tf.zeros((2, 2)))), fails(lambda: L.inv(tf.zeros((2, 3))))", tolerance=1e-4)
row("tf.linalg (parts)", "",
    S + "L.diag([1.0, 2.0]), L.diag_part(m), L.trace(m), L.band_part(tf.ones((3, 3)), 0, -1), L.eye(2), L.norm(m), L.norm(m, ord=1), L.norm(m, axis=1), L.norm(m, ord=np.inf, axis=0), L.matmul(m, m), L.matvec(m, [1.0, 2.0]), "
    "L.matrix_transpose(m), L.set_diag(m, [9.0, 8.0]), L.cross([1.0, 0.0, 0.0], [0.0, 1.0, 0.0]), L.normalize([3.0, 4.0]), L.l2_normalize(m, axis=1), L.tensor_diag([1.0, 2.0]), L.tensor_diag_part(m), L.global_norm([m, b]), L.einsum('ij,jk->ik', m, b), L.tensordot(m, b, 1), L.adjoint(m)")
row("tf.linalg (factors)", "",
    S + "e, v = L.eigh(m)\nq, r = L.qr(m)\ne, tf.abs(v), L.matmul(q, r), L.eigvalsh(m), L.expm(m * 0.1), L.sqrtm(m), L.lu(m)[0], L.lu(m)[1]", tolerance=1e-4)
row("tf.einsum tf.tensordot tf.norm", "", "tf.einsum('ij->ji', A), tf.einsum('ij,ij->', A, A), tf.einsum('...j,j->...', A, tf.constant([1.0, 2.0, 3.0])), tf.tensordot(A, A, [[1], [1]]), tf.norm(A), tf.norm(A, axis=1, ord=1)")
row("tf.math (more)", "",
    "m = tf.math\nm.divide_no_nan(1.0, 0.0), m.floordiv(-7, 2), m.floormod(-7, 2), -7 // tf.constant(2), m.mod(5.5, 2.0), m.cumsum([1, 2, 3], exclusive=True), m.cumsum([1, 2, 3], reverse=True), m.cumprod([1.0, 2.0, 3.0]), m.top_k([3.0, 1.0, 2.0], k=2), "
    "m.in_top_k([1], [[0.1, 0.9]], 1), m.bincount([1, 1, 3]), m.confusion_matrix([0, 1, 1], [0, 0, 1]), m.segment_sum([1.0, 2.0, 3.0], [0, 0, 1]), m.unsorted_segment_max([1.0, 2.0], [1, 0], 2), m.count_nonzero(A), m.reduce_variance(A, axis=0), "
    "m.reduce_logsumexp(A), m.reduce_prod(A, axis=1), m.reduce_any([True, False]), m.reduce_all([[True], [False]], axis=1), m.erf(0.5), m.lgamma(4.0), m.digamma(2.0), m.rsqrt(4.0), m.sign([-2.0, 0.0]), m.xlogy(0.0, 0.0), m.xdivy(0.0, 0.0), m.squared_difference(3.0, 1.0), "
    "m.is_nan([np.nan, 1.0]), m.nextafter(1.0, 2.0), m.polyval([1.0, 2.0], 3.0), m.accumulate_n([A, A]), m.l2_normalize([3.0, 4.0]), m.zero_fraction([0.0, 1.0]), m.sigmoid(0.0), m.softplus(1.0), m.truediv(3, 2), m.atan2(1.0, 2.0), m.logical_xor(True, False)", tolerance=1e-4)
row("tf (more shapes)", "",
    "tf.pad(A, [[0, 0], [1, 1]], constant_values=9.0), tf.pad(A, [[0, 0], [2, 2]], mode='REFLECT'), tf.pad(A, [[1, 1], [0, 0]], 'SYMMETRIC'), tf.roll(A, 1, 1), tf.reverse(A, [1]), tf.repeat([1, 2], [2, 1]), tf.unique([3, 1, 3]), tf.sort([3, 1, 2], direction='DESCENDING'), tf.argsort([3, 1, 2]), "
    "tf.boolean_mask(A, [True, False]), tf.tensor_scatter_nd_update([1, 2, 3], [[1]], [9]), tf.scatter_nd([[1]], [5], [3]), tf.slice(A, [0, 1], [2, 2]), tf.strided_slice(A, [0, 0], [2, 3], [1, 2]), tf.meshgrid([1, 2], [3, 4]), tf.sequence_mask([1, 3]), tf.broadcast_to([1, 2], [2, 2]), "
    "tf.unstack(A), tf.eye(2, 3), tf.searchsorted([1, 3, 5], [2, 5]), tf.where([[True, False]]), tf.reverse_sequence([[1, 2, 3]], [2], seq_axis=1), tf.tensor_scatter_nd_max([1, 5], [[0]], [3]), tf.unravel_index(5, [2, 3]), tf.truncatediv(-7, 2), tf.realdiv(1.0, 2.0), tf.identity(A), tf.ensure_shape(A, [None, 3]).shape, tf.rank(A), tf.histogram_fixed_width([0.1, 0.9], [0.0, 1.0], 2)")
row("tf.Tensor (indexing)", "",
    "t = tf.constant(np.arange(24).reshape(2, 3, 4))\nt[0], t[..., -1], t[:, ::2], t[:, ::-1, 0], t[1, 2, 3], t[tf.newaxis].shape, t[:, None].shape, t[tf.constant(1)], t[0, tf.constant(1):], fails(lambda: t[0, 0, 0, 0]), fails(lambda: t[5]), fails(lambda: t[0][0][0].__setitem__(0, 1)), t[t > 20]")
row("tf.Tensor (operators)", "",
    "t = tf.constant([1, 2, 3])\nt + 1, 1 - t, t / 2, t // 2, t % 2, t ** 2, -t, t == 2, t != [1, 0, 3], t < 2, t & 1, t | 4, t ^ 1, ~t, fails(lambda: t + 1.5) in ('TypeError', 'InvalidArgumentError'), fails(lambda: tf.constant(1.0) + tf.constant(1)), fails(lambda: tf.constant([1, 2]) + tf.constant([1, 2, 3])), "
    "np.float64(2.0) * tf.constant(1.0), tf.constant([True]) & False, tf.constant(5) in [5], bool(tf.constant(2)), fails(lambda: bool(t)), fails(lambda: iter(tf.constant(1)).__next__()) , int(tf.constant(3)), [1, 2][tf.constant(1)], hasattr(t, '__array__'), t.ndim, t.shape.rank, fails(lambda: hash(t))")
row("tf.convert_to_tensor (edges)", "",
    "C = tf.convert_to_tensor\nC([1, 2.5]), C([[1], [2]]), C(True), C('a'), C([tf.constant(1), 2]), fails(lambda: C([[1], [1, 2]])), fails(lambda: C([1, 'a'])), fails(lambda: C(object())), fails(lambda: C(None)), C(2**40), C(np.int8(3)), C((1.0, 2.0), tf.float16), fails(lambda: C(1.5, tf.int32)), C(np.float32(1.5))")
row("tf.random (edges)", "",
    "tf.random.set_seed(1)\ns = tf.random.shuffle(tf.range(10))\ng = tf.random.Generator.from_seed(1)\nr = tf.random\n"
    "sorted(s.numpy().tolist()), r.truncated_normal([100]).shape, float(tf.reduce_max(tf.abs(r.truncated_normal([200])))) <= 2.0, r.gamma([3], 2.0).shape, r.poisson([2], [1.0, 2.0]).shape, r.uniform([2, 2], dtype=tf.float64).dtype, "
    "r.stateless_uniform([2], [1, 2], maxval=5, dtype=tf.int32).dtype, np.array_equal(r.stateless_uniform([3], [1, 2]), r.stateless_uniform([3], [1, 2])), g.truncated_normal([2]).shape, r.get_global_generator().normal([1]).shape, r.stateless_binomial([2], [1, 2], 5.0, 1.0), r.stateless_categorical([[0.0, 30.0]], 3, [1, 2]), "
    "r.stateless_truncated_normal([2], [0, 1]).shape, r.stateless_poisson([2], [0, 1], 3.0).dtype, r.stateless_gamma([2], [0, 1], 3.0).shape, r.split([1, 2]).shape, r.fold_in([1, 2], 3).shape, fails(lambda: r.uniform([2], minval=1, dtype=tf.int32))")

# Text, errors, files ---------------------------------------------------------------------------------
row("tf.strings (more)", "",
    "s = tf.strings\ns.length(['abc', 'é']), s.length('é', unit='UTF8_CHAR'), s.upper('ab'), s.lower(['AB']), s.join(['a', 'b'], separator='-'), s.substr('hello', 1, 3), s.regex_replace('a1b2', '[0-9]', ''), s.regex_full_match(['ab', 'x'], 'a.'), s.strip('  a '), s.to_number(['1.5', '2']), s.to_number('3', tf.int32), "
    "s.as_string([1, 2]), s.as_string(1.5), s.reduce_join(['a', 'b'], separator=' '), s.unicode_decode('é', 'UTF-8'), s.unicode_split('aé', 'UTF-8'), s.bytes_split('ab'), s.format('x = {}', [tf.constant([1, 2])]), tf.constant('a') + 'b', tf.constant(['a', 'b']) == 'a', tf.constant('abc').numpy(), s.to_hash_bucket_strong(['a'], 5, [1, 2]).shape if False else 0, fails(lambda: s.to_number('x')), s.unicode_encode([97, 233], 'UTF-8'), s.ngrams(['a', 'b', 'c'], 2)")
row("tf.errors (more)", "",
    "e = tf.errors\nx = e.NotFoundError(None, None, 'gone')\nstr(x), x.message, x.error_code, issubclass(e.OutOfRangeError, e.OpError), fails(lambda: tf.reshape([1, 2, 3], [2, 2])), fails(lambda: tf.concat([[1], [[2]]], 0)), fails(lambda: tf.gather([1, 2], 5)), fails(lambda: tf.matmul([[1.0]], [[1.0], [2.0]])), "
    "fails(lambda: tf.debugging.assert_equal(1, 2)), fails(lambda: tf.stack([[1], [1, 2]])), fails(lambda: tf.split([1, 2, 3], 2)), fails(lambda: tf.cast('a', tf.int32)), fails(lambda: tf.io.read_file('/none/such')), fails(lambda: tf.one_hot([1], -1)), fails(lambda: tf.ensure_shape(A, [3, 3])), fails(lambda: tf.expand_dims(A, 5)), fails(lambda: tf.squeeze(A, 0)), fails(lambda: tf.transpose(A, [0, 0])), fails(lambda: next(iter(tf.data.Dataset.range(0))))")
row("tf.debugging", "",
    "d = tf.debugging\nd.assert_greater(2, 1), fails(lambda: d.assert_less([1, 5], [2, 3])), fails(lambda: d.assert_positive([-1])), fails(lambda: d.assert_near(1.0, 1.1)), fails(lambda: d.assert_rank(A, 3)), fails(lambda: d.assert_shapes([(A, ('N', 4))])), fails(lambda: d.assert_type(A, tf.int32)), fails(lambda: d.check_numerics(tf.constant([np.nan]), 'bad')), fails(lambda: d.assert_integer(1.5)), d.is_numeric_tensor(tf.constant(1)), fails(lambda: d.Assert(False, [1])), fails(lambda: d.assert_scalar([1])), fails(lambda: d.assert_all_finite([np.inf], 'x')), fails(lambda: d.assert_none_equal(1, 1))")
row("tf.io (more)", "",
    "io = tf.io\nt = io.serialize_tensor(tf.constant(A))\nio.parse_tensor(t, tf.float32), io.decode_raw(b'\\x01\\x00\\x02\\x00', tf.int16), io.encode_base64('hello'), io.decode_base64(io.encode_base64('hello')), "
    "[io.write_file(folder + '/x%d.txt' % i, 'a') for i in range(2)], [f.numpy()[-6:] for f in io.matching_files(folder + '/x*.txt')], io.gfile.stat(folder + '/x0.txt').length, [(a[len(folder):], b, sorted(c)) for a, b, c in io.gfile.walk(folder)], fails(lambda: io.gfile.GFile(folder + '/no').read()), fails(lambda: io.gfile.copy(folder + '/x0.txt', folder + '/x1.txt')), io.gfile.join('a', 'b')")
row("tf.config (more)", "",
    "c = tf.config\nc.run_functions_eagerly(True), c.functions_run_eagerly(), c.run_functions_eagerly(False), c.functions_run_eagerly(), c.get_soft_device_placement() in (True, False), c.threading.set_intra_op_parallelism_threads if False else 0, c.experimental.list_physical_devices('TPU'), c.get_visible_devices('TPU'), c.optimizer.get_jit() in ('', False), len(c.get_visible_devices('CPU'))")
row("tf.train (more)", "",
    "m = keras.Sequential([keras.layers.Dense(2, input_shape=(3,))])\nfill(m)\no = keras.optimizers.Adam(0.1)\nm.compile(o, 'mse')\nm.fit(X, X[:, :2], epochs=1, verbose=0, shuffle=False)\n"
    "c = tf.train.Checkpoint(model=m, optimizer=o)\np = c.write(folder + '/w')\nw = m.get_weights()\nm.fit(X, X[:, :2], epochs=1, verbose=0, shuffle=False)\ns = c.read(p)\ns.assert_consumed().expect_partial()\n"
    "all(np.array_equal(a, b) for a, b in zip(w, m.get_weights())), int(o.iterations), fails(lambda: c.restore(folder + '/none')), len(tf.train.list_variables(p)) > 4, fails(lambda: tf.train.load_checkpoint(folder + '/none'))")
row("tf.summary (more)", "",
    "import os\ns = tf.summary\nw = s.create_file_writer(folder)\nwith w.as_default(step=3):\n    s.histogram('h', [1.0, 2.0, 2.5]), s.text('t', 'words'), s.image('p', tf.zeros((1, 2, 2, 3)))\n    ok = s.scalar('a', 1.0)\n    s.experimental.set_step(4)\n    n = s.experimental.get_step()\nw.flush()\n"
    "d = open(folder + '/' + os.listdir(folder)[0], 'rb').read()\nw2 = s.create_file_writer(folder + '/b')\nw2.set_as_default()\nr = fails(lambda: s.scalar('x', 1.0, step=None))\nw2.close()\n"
    "bool(ok), int(n), [k in d for k in (b'histograms', b'images', b'text', b'words', b'PNG')], bool(s.should_record_summaries())",
    reference="True, 4, [True] * 5, True")
row("tf.dtypes", "",
    "tf.as_dtype('float32').as_numpy_dtype.__name__, tf.float32.size, tf.int32.max, tf.int8.min, tf.float16.is_floating, tf.uint8.is_unsigned, tf.bool.is_bool, tf.dtypes.cast(1.5, tf.int32), tf.as_dtype(np.int64).name, tf.float64.name, str(tf.int32), tf.float32 == 'float32', tf.dtypes.as_dtype('int8').is_integer, tf.float32.base_dtype.name, tf.float32.as_datatype_enum, tf.as_dtype(float).name, tf.double.name, tf.half.name")
row("tf (modules and names)", "",
    "[hasattr(tf, n) for n in 'GradientTape Module Variable VariableAggregation VariableSynchronization IndexedSlices Tensor TensorSpec function no_gradient tuple group timestamp type_spec_from_value is_symbolic_tensor is_tensor executing_eagerly inside_function get_static_value grad_pass_through as_string bitcast AggregationMethod'.split()]",
    reference="[True] * 23")

# Keras -----------------------------------------------------------------------------------------------
row("keras.Model (attributes)", "",
    "m = tiny(metrics=['accuracy'])\nm.fit(X, y, verbose=0)\nm.dynamic, m.stateful, m.supports_masking in (True, False), m.run_eagerly, m.metrics_names, m.losses, m.updates, len(m.submodules) >= 2, m.trainable, m.built, m.dtype, m.count_params(), m.non_trainable_weights, m.compute_output_shape((None, 3)), m.input_spec is None or True, m.to_json()[:20] != '', m.output.shape.as_list(), m.layers[0].input.shape.as_list(), [w.name for w in m.weights], m.optimizer.get_config()['name'].lower(), m.loss, m.predict_on_batch(X).shape, m.train_on_batch(X, y) is not None, len(m.test_on_batch(X, y)), len(m.make_predict_function()(iter([(X,)]))) if False else 8",
    )
row("keras.Model (batches)", "",
    "m = tiny(metrics=['accuracy'])\nm.train_on_batch(X, y), m.test_on_batch(X, y), m.train_on_batch(X, y, class_weight={0: 1.0, 1: 2.0}, return_dict=True), m.test_on_batch(X, y, sample_weight=np.arange(8.0)), m.train_on_batch(X, y, reset_metrics=False)")
row("keras.utils (more)", "",
    "u = keras.utils\nu.normalize(A), u.get_registered_name(keras.layers.Dense), u.to_categorical([1], 3, dtype='int32'), u.serialize_keras_object(keras.layers.ReLU(1.0))['class_name'], u.pack_x_y_sample_weight(1, 2), u.unpack_x_y_sample_weight((1, 2))",
    reference="u = keras.utils\nu.normalize(A), 'Dense', u.to_categorical([1], 3, dtype='int32'), 'ReLU', (1, 2), (1, 2, None)")
row("keras.layers (aliases)", "",
    "L = keras.layers\n[getattr(L, a) is getattr(L, b) for a, b in (('Convolution1D', 'Conv1D'), ('Convolution2D', 'Conv2D'), ('Convolution3D', 'Conv3D'), ('MaxPool1D', 'MaxPooling1D'), ('MaxPool2D', 'MaxPooling2D'), ('AvgPool2D', 'AveragePooling2D'), ('GlobalMaxPool2D', 'GlobalMaxPooling2D'), ('GlobalAvgPool1D', 'GlobalAveragePooling1D'), ('Convolution2DTranspose', 'Conv2DTranspose'), ('SeparableConvolution2D', 'SeparableConv2D'))]")
row("keras.preprocessing.image (functions)", "",
    "I = keras.preprocessing.image\np = np.random.RandomState(1).rand(6, 6, 3).astype('float32') * 255\nnp.random.seed(2)\na = dict(row_axis=0, col_axis=1, channel_axis=2)\n"
    "I.random_rotation(p, 30, **a), I.random_shear(p, 20, **a), I.random_zoom(p, (0.8, 1.2), **a), I.random_shift(p, 0.2, 0.2, **a), I.random_channel_shift(p, 5.0, channel_axis=2), I.random_brightness(p, (0.5, 1.5)).mean() > 0, keras.datasets.reuters.get_label_names()", tolerance=1e-3)
row("keras.backend (more)", "",
    "K = keras.backend\nt = tf.constant(A)\nK.argmax(t), K.any(t > 4), K.all(t >= 0), K.std(t), K.var(t, axis=0), K.prod(t), K.cumsum(t, axis=1), K.batch_dot(tf.ones((2, 3, 4)), tf.ones((2, 4, 5))).shape, K.repeat(t, 2).shape, K.repeat_elements(t, 2, 1), K.stack([t, t]).shape, K.switch(tf.constant(True), t, -t), K.elu(t - 2), K.hard_sigmoid(t), K.softplus(t), K.reverse(t, 1), K.reverse(t, axes=[0]), K.tile(t, [1, 2]), K.tile(t, n=(2, 1)).shape, K.gather(t, [1]), K.one_hot([1], 3), K.squeeze(tf.ones((1, 2)), 0), K.expand_dims(t).shape, K.in_top_k(tf.constant([[0.1, 0.9]]), [1], 1), K.arange(3), K.arange(1, 4, 2), K.binary_crossentropy(tf.constant([1.0]), tf.constant([0.8])), K.categorical_crossentropy(tf.constant([[0.0, 1.0]]), tf.constant([[0.3, 0.7]])), K.bias_add(t, tf.constant([1.0, 2.0, 3.0])), K.zeros_like(t), K.get_uid('x'), K.int_shape(K.placeholder(shape=(None, 2))) if False else 0, K.temporal_padding(tf.ones((1, 2, 1))).shape, K.cast_to_floatx(np.ones(2)), K.count_params(K.zeros((2, 3))), K.eval(K.ones((2,))), K.pow(t, 2), K.pow(t, a=3), K.is_sparse(t), K.learning_phase() in (0, 1, False)")
row("keras.backend.rnn", "",
    "K = keras.backend\nx = tf.constant(steps)\nstep = lambda i, s: (i + s[0], [i + s[0]])\nmask = tf.constant([[True, True, False, True, False]] * 4)\nlast, out, states = K.rnn(step, x, [tf.zeros((4, 3))])\nl2, o2, s2 = K.rnn(step, x, [tf.zeros((4, 3))], go_backwards=True)\nl3, o3, s3 = K.rnn(step, x, [tf.zeros((4, 3))], mask=mask)\nlast, out, states[0], l2, o2, l3, o3")
