"""Names of `tf.*`: one row each, see `table.py`."""

from .table import Table

TABLE = Table()
row = TABLE.row

# Tensors and variables -------------------------------------------------------------------------------
row("tf.constant", "dtype name shape",
    'tf.constant([1, 2, 3, 4], dtype=tf.float64, shape=(2, 2), name="c"), tf.constant(7, shape=[3])')
row("tf.Variable", "name initial_value trainable dtype",
    'v = tf.Variable(initial_value=[1, 2], dtype=tf.float32, trainable=False, name="w")\n'
    "v, v.name, v.trainable, v.shape, v.dtype")
row("tf.Variable.numpy", "", "tf.Variable([1.5, 2.5]).numpy()")
row("tf.Variable.assign_add", "", "v = tf.Variable([1.0, 2.0])\nv.assign_add([1.0, 1.0]), v")
row("tf.Variable.assign", "", "v = tf.Variable([1.0, 2.0])\nv.assign([5.0, 6.0]), v, fails(lambda: v.assign([1.0]))")
row("tf.Variable.read_value", "", "v = tf.Variable(3.0)\nr = v.read_value()\nv.assign(4.0)\nr, v")
row("tf.Tensor.numpy", "", "tf.constant([[1, 2]]).numpy()")
row("tf.Tensor", "", "isinstance(tf.constant(1), tf.Tensor), isinstance(np.ones(2), tf.Tensor)")
row("tf.Tensor.shape", "", "s = tf.zeros((2, 3)).shape\ns, s[0], len(s), s == (2, 3), tuple(s)")
row("tf.Tensor.dtype", "", "tf.constant(1.0).dtype, tf.constant(1).dtype, tf.constant(True).dtype")
row("tf.Tensor._keras_mask", "",
    "keras.layers.Embedding(5, 2, mask_zero=True)(np.array([[1, 0, 2]]))._keras_mask")
row("tf.convert_to_tensor", "dtype",
    "tf.convert_to_tensor([1, 2], dtype=tf.float32), tf.convert_to_tensor(np.float64(2)), tf.convert_to_tensor(A)")
row("tf.TensorShape", "",
    "s = tf.TensorShape([None, 3])\ns, s.rank, s.is_fully_defined(), s.concatenate([4]), "
    "tf.TensorShape([2, 3]).num_elements(), s.is_compatible_with([5, 3]), s.merge_with([2, None]), s[1:], "
    "tf.TensorShape(None).rank, s.as_list(), str(tf.TensorShape([2, None]))")
row("tf.TensorSpec", "shape dtype",
    's = tf.TensorSpec(shape=[None, 2], dtype=tf.int32)\ns.shape, s.dtype, s.name, '
    "s.is_compatible_with(tf.ones((4, 2), tf.int32)), s == tf.TensorSpec([None, 2], tf.int32), str(s)")
for name in ("float32", "int32", "string", "int64", "uint8", "bool", "int16", "float16"):
    row(f"tf.{name}", "",
        f"tf.{name}.name, repr(tf.{name}), tf.{name} == '{name}', tf.{name}.is_floating, tf.as_dtype('{name}').name")
row("tf.__version__", "", "tf.__version__.split('.')[0], isinstance(tf.__version__, str)")
row("tf.newaxis", "", "tf.constant([1, 2])[:, tf.newaxis], tf.newaxis is None")

# Making and shaping ----------------------------------------------------------------------------------
row("tf.zeros", "shape dtype", "tf.zeros(shape=(2, 1), dtype=tf.int32), tf.zeros([2])")
row("tf.ones", "shape", "tf.ones(shape=[2, 2]), tf.ones(3, tf.int64)")
row("tf.fill", "dims value", "tf.fill(dims=[2, 2], value=7), tf.fill([2], 1.5)")
row("tf.range", "dtype", "tf.range(5), tf.range(1, 7, 2, dtype=tf.float32), tf.range(3.0), tf.range(5, 0, -2)")
row("tf.linspace", "start stop num", "tf.linspace(start=0.0, stop=1.0, num=5), tf.linspace(1.0, 2.0, 3)")
row("tf.zeros_like", "", "tf.zeros_like(A), tf.zeros_like([1, 2])")
row("tf.ones_like", "dtype", "tf.ones_like(A, dtype=tf.int32), tf.ones_like(A)")
row("tf.one_hot", "depth",
    "tf.one_hot([0, 2, 5], depth=3), tf.one_hot([[1], [0]], 2, on_value=5.0, off_value=-1.0, axis=1)")
row("tf.cast", "dtype", "tf.cast([1.7, -2.7], dtype=tf.int32), tf.cast([0, 3], tf.bool), tf.cast(True, 'float32')")
row("tf.reshape", "shape", "tf.reshape(A, shape=[3, -1]), tf.reshape(A, (-1,)), fails(lambda: tf.reshape(A, [4, 2]))")
row("tf.expand_dims", "axis", "tf.expand_dims(A, axis=0), tf.expand_dims(A, -1)")
row("tf.squeeze", "axis",
    "tf.squeeze(np.ones((1, 2, 1))), tf.squeeze(np.ones((1, 2, 1)), axis=-1), tf.squeeze(np.ones((1, 2, 1)), axis=[0])")
row("tf.concat", "axis", "tf.concat([A, A], axis=0), tf.concat([A, A], axis=-1)")
row("tf.stack", "axis", "tf.stack([[1, 2], [3, 4]]), tf.stack([[1, 2], [3, 4]], axis=1)")
row("tf.split", "axis num_or_size_splits",
    "tf.split(A, num_or_size_splits=[1, 2], axis=1), tf.split(A, 2), tf.split(A, 3, axis=-1)")
row("tf.tile", "", "tf.tile([[1, 2]], [2, 3])")
row("tf.transpose", "", "tf.transpose(A), tf.transpose(np.zeros((2, 3, 4)), perm=[1, 0, 2]).shape")
row("tf.shape", "", "tf.shape(A), tf.shape(A)[0], tf.shape(A, out_type=tf.int64)")
row("tf.size", "", "tf.size(A), tf.size([[1], [2]])")
row("tf.gather", "indices", "tf.gather(A, indices=[1, 0]), tf.gather(A, [2, 0], axis=1), tf.gather(A, [[0], [1]], batch_dims=1, axis=1)")
row("tf.gather_nd", "indices", "tf.gather_nd(A, indices=[[0, 1], [1, 2]]), tf.gather_nd(A, [[1]])")
row("tf.where", "", "tf.where(A > 2, A, -A), tf.where([True, False, True]), tf.where(A > 2, A, 0.0)")
row("tf.nest.flatten", "", "tf.nest.flatten({'b': [1, 2], 'a': (3, [4])}), tf.nest.flatten(5), "
    "tf.nest.map_structure(lambda x, y: x + y, {'a': 1, 'b': [2]}, {'a': 3, 'b': [4]}), "
    "tf.nest.pack_sequence_as({'b': 0, 'a': [0, 0]}, [1, 2, 3]), tf.nest.is_nested([1]), "
    "fails(lambda: tf.nest.assert_same_structure([1], [1, 2]))")

# Arithmetic ------------------------------------------------------------------------------------------
row("tf.reduce_mean", "axis", "tf.reduce_mean(A), tf.reduce_mean(A, axis=1), tf.reduce_mean([1, 2, 4])")
row("tf.math.reduce_mean", "axis", "tf.math.reduce_mean(A, axis=0), tf.math.reduce_mean(A, axis=[0, 1], keepdims=True)")
row("tf.reduce_sum", "axis keepdims",
    "tf.reduce_sum(A), tf.reduce_sum(A, axis=-1, keepdims=True), tf.reduce_sum([[1, 2], [3, 4]], axis=0)")
row("tf.reduce_max", "axis keepdims", "tf.reduce_max(A), tf.reduce_max(A, axis=0, keepdims=True)")
row("tf.math.reduce_std", "axis", "tf.math.reduce_std(A), tf.math.reduce_std(A, axis=1)")
row("tf.argmax", "axis output_type", "tf.argmax(A, axis=1), tf.argmax(A, axis=0, output_type=tf.int32), tf.argmax([3, 1])")
row("tf.math.argmax", "axis output_type", "tf.math.argmax(A, axis=-1, output_type=tf.int32)")
row("tf.matmul", "transpose_a transpose_b",
    "tf.matmul(A, A, transpose_b=True), tf.matmul(A, A, transpose_a=True), fails(lambda: tf.matmul(A, A))")
row("tf.add", "", "tf.add(A, 1), tf.add([1, 2], [3, 4])")
row("tf.add_n", "", "tf.add_n([A, A, A])")
for name in ("square", "abs", "exp", "sqrt"):
    row(f"tf.{name}", "", f"tf.{name}(A), tf.{name}(np.float64(4.0)), tf.{name}([[0.25]])")
row("tf.math.square", "", "tf.math.square(A), tf.math.square([2, 3])")
row("tf.math.log", "", "tf.math.log([1.0, 2.0, 0.0]), fails(lambda: tf.math.log([1, 2]))")
row("tf.maximum", "", "tf.maximum(A, 2.0), tf.maximum([1, 5], [3, 2])")
row("tf.greater", "", "tf.greater(A, 2.0), tf.greater([1, 2], [2, 1])")
row("tf.clip_by_value", "clip_value_min clip_value_max",
    "tf.clip_by_value(A, clip_value_min=1.0, clip_value_max=3.0), tf.clip_by_value([1, 9], 2, 4)")
row("tf.linalg.svd", "",
    "s, u, v = tf.linalg.svd(A)\ns, tf.matmul(u, tf.matmul(tf.linalg.diag(s), v, adjoint_b=True)), "
    "u.shape, tf.linalg.svd(A, compute_uv=False), tf.linalg.svd(A, full_matrices=True)[2].shape")
row("tf.nn.relu", "", "tf.nn.relu([-1.0, 2.0]), tf.nn.relu([-1, 3])")
row("tf.nn.softmax", "axis", "tf.nn.softmax(A), tf.nn.softmax(A, axis=0)")
row("tf.nn.compute_average_loss", "", "tf.nn.compute_average_loss([1.0, 3.0]), "
    "tf.nn.compute_average_loss([1.0, 3.0], global_batch_size=4), tf.nn.compute_average_loss([1.0, 3.0], sample_weight=[1.0, 0.0])")
row("tf.nn.scale_regularization_loss", "", "tf.nn.scale_regularization_loss(tf.constant([1.0, 2.0]))")

# Random numbers --------------------------------------------------------------------------------------
row("tf.random.set_seed", "",
    "tf.random.set_seed(3)\na, b = tf.random.normal([4]), tf.random.uniform([4])\ntf.random.set_seed(3)\n"
    "np.array_equal(a, tf.random.normal([4])), np.array_equal(b, tf.random.uniform([4])), np.array_equal(a, tf.random.normal([4]))")
row("tf.random.normal", "shape stddev dtype",
    "x = tf.random.normal(shape=(4000,), mean=1.0, stddev=3.0, dtype=tf.float64)\n"
    "x.shape, x.dtype, abs(np.mean(x) - 1.0) < 0.25, abs(np.std(x) - 3.0) < 0.25")
row("tf.random.uniform", "shape maxval dtype minval seed",
    "x = tf.random.uniform(shape=(4000,), minval=2, maxval=5, dtype=tf.int32, seed=1)\n"
    "y = tf.random.uniform([2, 2], minval=-1.0)\n"
    "x.dtype, sorted(set(np.asarray(x).tolist())), y.dtype, bool(np.all(np.abs(y) <= 1)), fails(lambda: tf.random.uniform([2], dtype=tf.int32))")
row("tf.random.categorical", "num_samples",
    "x = tf.random.categorical([[0.0, 20.0], [20.0, 0.0]], num_samples=5)\nx")
row("tf.random.stateless_normal", "shape seed",
    "a = tf.random.stateless_normal(shape=[3], seed=[1, 2])\nb = tf.random.stateless_normal([3], (1, 2))\n"
    "a.shape, np.array_equal(a, b), np.array_equal(a, tf.random.stateless_normal([3], [1, 3]))")
row("tf.random.Generator.from_seed", "alg",
    "g = tf.random.Generator.from_seed(5, alg='philox')\nh = tf.random.Generator.from_seed(5)\n"
    "a, b = g.normal([3]), g.normal([3])\n"
    "np.array_equal(a, h.normal([3])), np.array_equal(a, b), np.array_equal(b, h.normal([3])), "
    "g.uniform([2], maxval=3, dtype=tf.int32).shape, g.make_seeds(2).shape, len(g.split(3)), "
    "g.uniform_full_int([2], dtype=tf.int32).dtype, g.binomial([2], counts=3.0, probs=1.0)")
row("tf.random_normal_initializer", "",
    "x = tf.random_normal_initializer(mean=1.0, stddev=0.5, seed=1)(shape=(4000,), dtype=tf.float32)\n"
    "x.shape, abs(np.mean(x) - 1.0) < 0.1, abs(np.std(x) - 0.5) < 0.1")

# Gradients and functions -----------------------------------------------------------------------------
row("tf.GradientTape", "persistent watch_accessed_variables",
    "v = tf.Variable(3.0)\nwith tf.GradientTape(persistent=True) as t:\n    y = v * v\n    z = y * y\n"
    "with tf.GradientTape(watch_accessed_variables=False) as u:\n    w = v * v\n"
    "t.gradient(y, v), t.gradient(z, v), t.gradient(z, y), u.gradient(w, v)")
row("tf.GradientTape.gradient", "unconnected_gradients",
    "x, y = tf.Variable([1.0, 2.0]), tf.Variable([4.0])\nwith tf.GradientTape() as t:\n    z = x * x\n"
    "a = t.gradient(z, {'x': x, 'y': y}, unconnected_gradients=tf.UnconnectedGradients.ZERO)\n"
    "with tf.GradientTape() as t:\n    z = x * x\nb = t.gradient(z, [x, y], output_gradients=tf.constant([10.0, 1.0]))\n"
    "a, b, fails(lambda: t.gradient(z, x))")
row("tf.GradientTape.watch", "",
    "x = tf.constant(3.0)\nwith tf.GradientTape() as t:\n    t.watch(x)\n    y = x ** 3\nt.gradient(y, x)")
row("tf.GradientTape (nested)", "",
    "x = tf.Variable(2.0)\nwith tf.GradientTape() as a:\n    with tf.GradientTape() as b:\n        y = x ** 4\n"
    "    d = b.gradient(y, x)\nd, a.gradient(d, x)")
row("tf.GradientTape.jacobian", "",
    "x = tf.Variable([[1.0, 2.0], [3.0, 4.0]])\nwith tf.GradientTape(persistent=True) as t:\n    y = tf.reduce_sum(x * x, axis=1)\n"
    "t.jacobian(y, x), t.batch_jacobian(x * 1.0, x) is None if False else t.jacobian(y, [x])")
row("tf.function", "input_signature autograph reduce_retracing jit_compile",
    "seen = []\n@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])\ndef f(x):\n    seen.append(1)\n    return x * 2\n"
    "@tf.function(autograph=False, reduce_retracing=True, jit_compile=False)\ndef g(x):\n    seen.append(2)\n    return x + 1\n"
    "r = f([1.0]), f([1.0, 2.0]), g(tf.constant(1)), g(tf.constant(2)), g(tf.constant(1.0))\n"
    # A program is made for each shape, so the number of f's traces is not TensorFlow's.
    "r, seen[-2:], fails(lambda: f(tf.constant([[1.0]])))")
row("tf.function.get_concrete_function", "",
    "@tf.function\ndef f(x):\n    return x * 2\nc = f.get_concrete_function(tf.TensorSpec([None], tf.float32))\n"
    "c(tf.constant([1.0, 2.0]))")
row("tf.py_function", "Tout inp",
    "tf.py_function(func=lambda x: x.numpy() * 2, inp=[tf.constant([1.0])], Tout=tf.float32), "
    "tf.py_function(lambda a, b: (a + b, a - b), [3.0, 1.0], Tout=[tf.float32, tf.float32]), "
    "tf.function(lambda x: tf.py_function(func=lambda v: int(v) + 1, inp=[x], Tout=tf.int32))(tf.constant(4))")
row("tf.map_fn", "fn_output_signature",
    "tf.map_fn(lambda r: tf.reduce_sum(r), A), tf.map_fn(lambda r: tf.cast(r[0], tf.int32), A, fn_output_signature=tf.int32), "
    "tf.map_fn(lambda t: (t[0] + t[1], t[0] * t[1]), (np.array([1.0, 2.0]), np.array([3.0, 4.0])), fn_output_signature=(tf.float64, tf.float64))")
row("tf.TensorArray", "size dtype dynamic_size clear_after_read",
    "a = tf.TensorArray(dtype=tf.float32, size=0, dynamic_size=True, clear_after_read=False)\n"
    "for i in range(3):\n    a = a.write(i, [float(i)])\n"
    "b = tf.TensorArray(tf.int32, size=2)\n"
    "a.stack(), a.size(), a.read(1), a.read(1), a.concat(), a.gather([2, 0]), b.unstack([4, 5]).stack(), "
    "fails(lambda: b.write(5, 1))")
row("tf.TensorArray.write", "",
    "@tf.function\ndef f():\n    a = tf.TensorArray(tf.float32, size=3)\n    for i in range(3):\n"
    "        a = a.write(i, tf.cast(i, tf.float32) * 2)\n    return a.stack()\nf()")
row("tf.device", "", "with tf.device('/CPU:0'):\n    x = tf.constant(1) + 1\nx")
row("tf.print", "",
    "import io, contextlib\ns = io.StringIO()\n"
    "tf.print('a', tf.constant([1.0, 2.5]), tf.constant(3), {'k': tf.constant(True)}, output_stream='file://' + folder + '/p.txt', sep=',', end='!')\n"
    "tf.print(tf.range(10), output_stream='file://' + folder + '/p.txt', summarize=2)\n"
    "tf.print(tf.reshape(tf.range(24), [2, 3, 4]), tf.constant([[0.1, 1 / 3], [1e-8, 3e10]]), tf.constant(1 / 3, tf.float64), tf.constant(['a', 'b']), "
    "tf.constant('s'), [1, 'x', tf.constant(2)], (tf.constant(1.5),), tf.zeros((8, 8)), output_stream='file://' + folder + '/p.txt')\n"
    "tf.print(tf.constant('alone'), output_stream='file://' + folder + '/p.txt')\nopen(folder + '/p.txt').read()")
row("tf.errors.InvalidArgumentError", "",
    "def f():\n    try:\n        tf.matmul(A, A)\n    except tf.errors.InvalidArgumentError as e:\n        return isinstance(e, tf.errors.OpError), e.error_code\n"
    "f(), issubclass(tf.errors.InvalidArgumentError, Exception), tf.errors.INVALID_ARGUMENT")

# Modules, checkpoints, files -------------------------------------------------------------------------
row("tf.Module.__init__ tf.Module.variables tf.Module.__call__", "name",
    "class M(tf.Module):\n    def __init__(self, name=None):\n        super().__init__(name=name)\n"
    "        self.w = tf.Variable([1.0, 2.0], name='w')\n        self.b = tf.Variable(0.5, trainable=False, name='b')\n"
    "        self.inner = [tf.Module(name='sub')]\n        self.inner[0].v = tf.Variable(3.0, name='v')\n"
    "    @tf.Module.with_name_scope\n    def __call__(self, x):\n        return x * self.w + self.b\n"
    "m = M(name='net')\n"
    "m.name, [v.name for v in m.variables], [v.name for v in m.trainable_variables], [s.name for s in m.submodules], m(2.0), M().name, m.name_scope.name")
row("tf.Module.__init__", "name",
    "class CamelCaseModule(tf.Module):\n    pass\nCamelCaseModule().name, fails(lambda: CamelCaseModule(name='a b')), CamelCaseModule(name='ok').name",
    tag="names")
row("tf.Module.with_name_scope", "",
    "class M(tf.Module):\n    @tf.Module.with_name_scope\n    def make(self):\n        return tf.Variable(1.0, name='w')\nM(name='net').make().name")
KEPT = ("model optimizer generator step net iterator bias my_generator epoch step_in_epoch generator_optimizer "
        "discriminator_optimizer discriminator dense kernel generator_g generator_f discriminator_x discriminator_y "
        "generator_g_optimizer generator_f_optimizer discriminator_x_optimizer discriminator_y_optimizer l1 layer").split()
row("tf.train.Checkpoint tf.train.Checkpoint.save tf.train.Checkpoint.restore tf.train.Checkpoint.listed",
    "root file_prefix " + " ".join(KEPT),
    "class Lists(tf.Module):\n    pass\nm = Lists()\nm.listed = [tf.Variable(1.0), tf.Variable(2.0)]\n"
    "c = tf.train.Checkpoint(root=m, " + ", ".join(f"{k}=tf.Variable({float(i)})" for i, k in enumerate(KEPT)) + ")\n"
    "c.listed = m.listed\np = c.save(file_prefix=folder + '/ck')\nm.listed[1].assign(9.0)\nc.layer.assign(9.0)\n"
    "s = c.restore(p)\ns.assert_existing_objects_matched()\nm.listed[1], c.layer, p.endswith('ck-1'), c.save_counter")
row("tf.train.CheckpointManager tf.train.CheckpointManager.save tf.train.CheckpointManager.latest_checkpoint tf.train.latest_checkpoint",
    "max_to_keep directory",
    "v = tf.Variable(0.0)\nc = tf.train.Checkpoint(v=v)\nk = tf.train.CheckpointManager(c, directory=folder + '/m', max_to_keep=2)\n"
    "for i in range(3):\n    v.assign(float(i))\n    k.save()\nn = len(folder)\nv.assign(7.0)\nc.restore(k.latest_checkpoint)\n"
    "[p[n:] for p in k.checkpoints], k.latest_checkpoint[n:], tf.train.latest_checkpoint(folder + '/m')[n:], v, "
    "tf.train.latest_checkpoint(folder + '/none')")
row("tf.io.read_file", "", "tf.io.write_file(folder + '/a.txt', 'bytes')\ntf.io.read_file(folder + '/a.txt'), fails(lambda: tf.io.read_file(folder + '/none'))")
row("tf.io.decode_csv", "record_defaults",
    "tf.io.decode_csv(['1,2.5,a', '3,,b'], record_defaults=[0, -1.0, 'x']), fails(lambda: tf.io.decode_csv('1,2', record_defaults=[0])), "
    "fails(lambda: tf.io.decode_csv('x', record_defaults=[0])), tf.io.decode_csv('1;4', record_defaults=[[0], tf.constant([2], tf.int32)], field_delim=';')")
row("tf.io.gfile.rmtree", "",
    "g = tf.io.gfile\ng.makedirs(folder + '/d/e')\nwith g.GFile(folder + '/d/f.txt', 'w') as f:\n    f.write('line\\n')\n"
    "r = g.exists(folder + '/d'), g.isdir(folder + '/d/e'), sorted(g.listdir(folder + '/d')), len(g.glob(folder + '/d/*.txt')), g.GFile(folder + '/d/f.txt').read()\n"
    "g.copy(folder + '/d/f.txt', folder + '/d/g.txt')\ng.rename(folder + '/d/g.txt', folder + '/d/h.txt')\ng.remove(folder + '/d/f.txt')\n"
    "left = sorted(n.rstrip('/') for n in g.listdir(folder + '/d'))\ng.rmtree(folder + '/d')\nr[0], r[1], len(r[2]), r[3], r[4], left, g.exists(folder + '/d'), fails(lambda: g.rmtree(folder + '/d'))")
row("tf.strings.split", "sep",
    "tf.strings.split('a b  c'), tf.strings.split('a,b,,c', sep=','), tf.strings.split(['a b', 'c d']).to_tensor() if False else tf.strings.split('x-y-z', sep='-')[1]")
row("tf.summary.scalar", "step",
    "import os\nw = tf.summary.create_file_writer(folder + '/logs')\nwith w.as_default():\n    for i in range(3):\n        tf.summary.scalar('loss', 0.5 * i, step=i)\n"
    "    with tf.summary.record_if(False):\n        tf.summary.scalar('never', 1.0, step=0)\nw.close()\n"
    "data = open(folder + '/logs/' + os.listdir(folder + '/logs')[0], 'rb').read()\n"
    "data.count(b'loss'), b'never' in data, b'brain.Event:2' in data, b'scalars' in data")
row("tf.config.list_physical_devices", "", "d = tf.config.list_physical_devices('CPU')\nlen(d), d[0].device_type, d[0].name, tf.config.list_physical_devices('TPU')")
row("tf.config.list_logical_devices", "device_type", "len(tf.config.list_logical_devices(device_type='CPU')), tf.config.list_logical_devices(device_type='TPU')")
row("tf.config.LogicalDeviceConfiguration", "memory_limit", "tf.config.LogicalDeviceConfiguration(memory_limit=512).memory_limit")
row("tf.config.set_logical_device_configuration", "",
    "callable(tf.config.set_logical_device_configuration)")
row("tf.debugging.set_log_device_placement", "", "tf.debugging.set_log_device_placement(False) is None")
row("tf.compat.v1.disable_eager_execution", "", "callable(tf.compat.v1.disable_eager_execution)")

# Pictures --------------------------------------------------------------------------------------------
GREY = "g = tf.cast(tf.reshape(tf.range(64) * 3, [8, 8, 1]), tf.uint8)\n"
row("tf.image.resize", "method",
    "p = tf.constant(pictures)\n[tf.image.resize(p, [4, 9], method=m)[0, 1] for m in ('bilinear', 'nearest', 'bicubic', 'area', 'gaussian', 'lanczos3', 'mitchellcubic')], "
    "tf.image.resize(p[0], (3, 3)).shape",
    # TensorFlow reads its cubic weights from a table of 1,024 entries.
    tolerance=1e-3)
row("tf.image.convert_image_dtype", "dtype",
    GREY + "tf.image.convert_image_dtype(g, dtype=tf.float32)[3, 4], tf.image.convert_image_dtype([0.5, 1.0], tf.uint8), tf.image.convert_image_dtype(g, tf.uint16)[1, 1]")
row("tf.image.psnr", "max_val", "tf.image.psnr(pictures[0], pictures[1], max_val=2.0), tf.image.psnr(pictures[:2], pictures[2:], max_val=1.0)")
row("tf.image.decode_jpeg tf.io.decode_jpeg", "channels",
    "j = tf.io.encode_jpeg(tf.ones((8, 8, 3), tf.uint8) * 200)\n"
    "a = tf.image.decode_jpeg(j, channels=3)\na.shape, a.dtype, int(tf.reduce_max(tf.abs(tf.cast(a, tf.int32) - 200))) <= 2, tf.io.decode_jpeg(j, channels=1).shape")
row("tf.image.flip_left_right", "", "tf.image.flip_left_right(pictures[0])[0], tf.image.flip_left_right(pictures)[1, 0]")
row("tf.image.flip_up_down", "", "tf.image.flip_up_down(pictures[0])[0]")
row("tf.image.random_crop", "size", "c = tf.image.random_crop(pictures[0], size=[3, 4, 2])\nc.shape, bool(np.all(np.isin(c, pictures[0])))")

# Data ------------------------------------------------------------------------------------------------
D = "def rows(d):\n    return [tf.nest.map_structure(lambda t: t, e) for e in d]\nD = tf.data.Dataset\n"
row("tf.data.AUTOTUNE", "", "tf.data.AUTOTUNE, tf.data.experimental.AUTOTUNE")
row("tf.data.Dataset.batch", "drop_remainder", D + "rows(D.range(5).batch(2)), rows(D.range(5).batch(2, drop_remainder=True))")
row("tf.data.Dataset.map", "num_parallel_calls map_func",
    D + "rows(D.range(3).map(map_func=lambda x: (x, x * 2), num_parallel_calls=tf.data.AUTOTUNE)), rows(D.range(2).map(lambda x: [x, x + 1]))")
row("tf.data.Dataset.from_tensor_slices", "", D + "rows(D.from_tensor_slices(({'a': [1, 2]}, [3.0, 4.0])))")
row("tf.data.Dataset.from_tensors", "", D + "rows(D.from_tensors(A))")
row("tf.data.Dataset.take", "", D + "rows(D.range(5).take(2)), len(rows(D.range(3).take(-1)))")
row("tf.data.Dataset.skip", "", D + "rows(D.range(5).skip(3))")
row("tf.data.Dataset.shuffle", "buffer_size seed reshuffle_each_iteration",
    D + "d = D.range(20).shuffle(buffer_size=5, seed=1, reshuffle_each_iteration=False)\na, b = rows(d), rows(d)\n"
    "sorted(int(v) for v in a), [int(v) for v in a] == [int(v) for v in b], [int(v) for v in a] != list(range(20))")
row("tf.data.Dataset.prefetch", "buffer_size", D + "rows(D.range(3).prefetch(buffer_size=tf.data.AUTOTUNE))")
row("tf.data.Dataset.repeat", "", D + "rows(D.range(2).repeat(2)), rows(D.range(2).repeat().take(3))")
row("tf.data.Dataset.cache", "", D + "seen = []\nd = D.range(3).map(lambda x: tf.py_function(lambda v: seen.append(int(v)) or v, [x], tf.int64)).cache()\nrows(d)\nrows(d), seen")
row("tf.data.Dataset.range", "", D + "rows(D.range(3)), rows(D.range(1, 8, 3))")
row("tf.data.Dataset.unbatch", "", D + "rows(D.from_tensor_slices([[1, 2], [3, 4]]).unbatch())")
row("tf.data.Dataset.from_generator", "output_signature output_types output_shapes args",
    D + "def g(n):\n    for i in range(int(n)):\n        yield i, [float(i)]\n"
    "rows(D.from_generator(g, args=(2,), output_signature=(tf.TensorSpec([], tf.int32), tf.TensorSpec([1], tf.float32)))), "
    "rows(D.from_generator(lambda: iter([1, 2]), output_types=tf.int64, output_shapes=()))")
row("tf.data.Dataset.list_files", "seed shuffle",
    D + "for n in 'bca':\n    tf.io.write_file(folder + '/' + n + '.txt', n)\n"
    "[f.numpy()[-5:] for f in D.list_files(folder + '/*.txt', shuffle=False)], sorted(f.numpy()[-5:] for f in D.list_files(folder + '/*.txt', seed=3))")
row("tf.data.Dataset.element_spec", "", D + "s = D.from_tensor_slices((A, [1, 2])).batch(2).element_spec\n[v.shape for v in s], [v.dtype for v in s]")
row("tf.data.TextLineDataset", "num_parallel_reads",
    D + "tf.io.write_file(folder + '/l.txt', 'one\\ntwo\\n')\nrows(tf.data.TextLineDataset(folder + '/l.txt', num_parallel_reads=1))")
row("tf.data.Dataset.flat_map", "", D + "rows(D.range(3).flat_map(lambda x: D.range(x)))")
row("tf.data.Dataset.window", "shift drop_remainder stride",
    D + "[[int(v) for v in w] for w in D.range(7).window(3, shift=2, stride=1, drop_remainder=True)], "
    "rows(D.range(6).window(2, shift=1, drop_remainder=True).flat_map(lambda w: w.batch(2)))")
row("tf.data.Dataset.zip", "", D + "rows(D.zip((D.range(2), D.range(5, 9))))")
row("tf.data.Dataset.interleave", "cycle_length num_parallel_calls",
    D + "rows(D.range(3).interleave(lambda x: D.from_tensors(x).repeat(2), cycle_length=2, num_parallel_calls=1))")
row("tf.data.experimental.cardinality", "", D + "c = tf.data.experimental.cardinality\nc(D.range(4)), c(D.range(4).repeat()), c(D.range(4).filter(lambda x: x > 1)), D.range(7).batch(2).cardinality()")
row("tf.data.Dataset.filter", "", D + "rows(D.range(6).filter(lambda x: x % 2 == 0))")
row("tf.data.Dataset.shard", "num_shards index", D + "rows(D.range(7).shard(num_shards=3, index=1))")
CSV = "tf.io.write_file(folder + '/t.csv', 'a,b,label\\n1,2.5,0\\n3,4.5,1\\n5,6.5,0\\n')\n"
row("tf.data.experimental.CsvDataset", "header record_defaults compression_type select_cols",
    D + CSV + "rows(tf.data.experimental.CsvDataset(folder + '/t.csv', record_defaults=[tf.int32, 0.0], select_cols=[0, 1], header=True, compression_type=None))")
row("tf.data.experimental.make_csv_dataset",
    "batch_size label_name num_epochs file_pattern num_parallel_reads ignore_errors compression_type shuffle_buffer_size select_columns column_defaults",
    D + CSV + "rows(tf.data.experimental.make_csv_dataset(file_pattern=folder + '/t.csv', batch_size=2, label_name='label', num_epochs=1, num_parallel_reads=1, "
    "ignore_errors=True, compression_type=None, shuffle=False, shuffle_buffer_size=10, select_columns=['a', 'b', 'label'], column_defaults=[0, 0.0, 0]))")
