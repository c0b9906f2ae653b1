"""Names of `keras.*` around models: one row each, see `table.py`."""

from .table import Table

TABLE = Table()
row = TABLE.row

# Models ----------------------------------------------------------------------------------------------
row("keras.Sequential keras.Model.add keras.Model.layers", "name",
    "m = keras.Sequential(name='net')\nm.add(keras.layers.Dense(2, input_shape=(3,), name='d'))\n"
    "m.name, [l.name for l in m.layers], keras.Sequential([keras.layers.Dense(1)]).built")
row("keras.Input", "shape name dtype batch_size sparse batch_shape",
    "i = keras.Input(shape=(3,), name='x', dtype='int32', batch_size=4, sparse=False)\nj = keras.Input(batch_shape=(2, 5))\n"
    "tuple(i.shape), i.name, i.dtype, tuple(j.shape), tuple(keras.Input((None, None, 3)).shape)",
    reference="i = keras.Input(shape=(3,), name='x', dtype='int32', batch_size=4, sparse=False)\nj = keras.Input(batch_size=2, shape=(5,))\n"
    "tuple(i.shape), i.name, i.dtype, tuple(j.shape), tuple(keras.Input((None, None, 3)).shape)")
row("keras.Input", "type_spec tensor",
    "i = keras.Input(type_spec=tf.TensorSpec([None, 3], tf.float32))\nj = keras.Input(tensor=i)\n"
    "tuple(i.shape), i.dtype, tuple(keras.Model(j, keras.layers.Dense(2)(j)).output_shape)", tag="of a specification")
row("keras.Model keras.Model.input keras.Model.inputs keras.Model.output_names keras.Model.output_shape", "inputs outputs name",
    "i = keras.Input(shape=(3,), name='x')\no = keras.layers.Dense(2, name='d')(i)\nm = keras.Model(inputs=i, outputs=o, name='net')\n"
    "m.name, tuple(m.input.shape), len(m.inputs), m.output_names, m.input_names, tuple(m.output_shape), tuple(m.input_shape), m.input.name")
row("keras.Model.__init__ keras.Model.encoder keras.Model.decoder keras.Model.w keras.Model.b keras.Model.weight keras.Model.bias keras.Model.coef_", "name",
    "class M(keras.Model):\n    def __init__(self, **k):\n        super().__init__(name='own')\n        self.encoder = keras.layers.Dense(2)\n"
    "        self.decoder = keras.layers.Dense(3)\n        self.w = tf.Variable([1.0], name='w')\n        self.b = self.bias = tf.Variable([2.0], name='b')\n"
    "        self.weight = 3\n        self.coef_ = [1, 2]\n"
    "    def call(self, x):\n        return self.decoder(self.encoder(x)) * self.w + self.b\n"
    "m = M()\nm(X)\nm.name, len(m.weights), len(m.layers), m.weight, list(m.coef_), fill(m)(X)")
row("keras.Model.__call__", "training return_covmat",
    "class M(keras.Model):\n    def call(self, x, training=None, return_covmat=False):\n        return (x, training) if return_covmat else (x, None)\n"
    "m = M()\nm(X[:1], training=True, return_covmat=True)[1], m(X[:1])[1], tiny()(X, training=False)")
row("keras.Model.compile", "loss optimizer metrics loss_weights run_eagerly weighted_metrics steps_per_execution",
    "i = keras.Input((3,))\nm = keras.Model(i, [keras.layers.Dense(1, name='a')(i), keras.layers.Dense(1, name='b')(i)])\nfill(m)\n"
    "m.compile(optimizer=keras.optimizers.SGD(0.05), loss=['mse', 'mae'], metrics=[['mae'], ['mse']], loss_weights=[0.7, 0.3], "
    "run_eagerly=True, steps_per_execution=1)\nh = m.fit(X, [X[:, :1], X[:, 1:2]], epochs=2, batch_size=4, shuffle=False, verbose=0)\n"
    "n = tiny(metrics=['accuracy'], weighted_metrics=['accuracy'])\n"
    "h.history, m.run_eagerly, n.evaluate(X, np.arange(8) % 2, sample_weight=np.arange(8.0), verbose=0)")
row("keras.Model.compile", "d_optimizer g_optimizer loss_fn",
    "class Gan(keras.Model):\n    def compile(self, d_optimizer, g_optimizer, loss_fn):\n        super().compile()\n"
    "        self.d_optimizer, self.g_optimizer, self.loss_fn = d_optimizer, g_optimizer, loss_fn\n"
    "        self.seen = tf.Variable(0.0, trainable=False)\n"
    "    def train_step(self, x):\n        self.seen.assign_add(1.0)\n        return {'d_loss': self.loss_fn(x, x * 0 + 1.0), 'seen': self.seen + 0.0}\n"
    "m = Gan()\nm.compile(d_optimizer=keras.optimizers.Adam(), g_optimizer=keras.optimizers.Adam(), loss_fn=keras.losses.MeanSquaredError())\n"
    "h = m.fit(tf.data.Dataset.from_tensor_slices(X).batch(4), epochs=1, verbose=0)\nh.history", tag="one's own")
row("keras.Model.fit", "x y epochs validation_data batch_size verbose shuffle initial_epoch validation_freq callbacks",
    "m = tiny(metrics=['accuracy'])\nh = m.fit(x=X, y=y, epochs=4, validation_data=(X[:4], y[:4]), batch_size=3, verbose=0, shuffle=False, "
    "initial_epoch=1, validation_freq=2, callbacks=[keras.callbacks.Callback()])\nh.history, h.epoch, h.params['epochs'], m.get_weights()")
row("keras.Model.fit", "validation_split sample_weight class_weight steps_per_epoch validation_steps",
    "m = tiny()\na = m.fit(X, y, batch_size=2, shuffle=False, verbose=0, validation_split=0.25, sample_weight=np.arange(8.0)).history\n"
    "b = m.fit(X, y, batch_size=2, shuffle=False, verbose=0, class_weight={0: 1.0, 1: 3.0}).history\n"
    "d = tf.data.Dataset.from_tensor_slices((X, y)).batch(2).repeat()\n"
    "c = m.fit(d, epochs=2, steps_per_epoch=3, verbose=0, validation_data=d, validation_steps=2).history\na, b, c", tag="weights and steps")
row("keras.Model.evaluate", "verbose return_dict batch_size callbacks steps",
    "m = tiny(metrics=['accuracy'])\nd = tf.data.Dataset.from_tensor_slices((X, y)).batch(2)\n"
    "m.evaluate(X, y, verbose=0, batch_size=3), m.evaluate(X, y, verbose=0, return_dict=True), m.evaluate(d, verbose=0, steps=2, callbacks=[]), "
    "tiny().evaluate(X, y, verbose=0)")
row("keras.Model.predict", "verbose batch_size steps callbacks",
    "m = tiny()\nm.predict(X, verbose=0, batch_size=3), m.predict(tf.data.Dataset.from_tensor_slices(X).batch(2), steps=2, verbose=0, callbacks=[]).shape")
row("keras.Model.fit_generator", "epochs validation_data steps_per_epoch validation_steps verbose workers callbacks generator initial_epoch",
    "def g():\n    while True:\n        for i in range(0, 8, 2):\n            yield X[i:i + 2], y[i:i + 2]\ndef v():\n    while True:\n        yield X[:4], y[:4]\nm = tiny()\n"
    "h = m.fit_generator(generator=g(), steps_per_epoch=4, epochs=2, validation_data=v(), validation_steps=2, verbose=0, workers=1, callbacks=[], initial_epoch=0)\n"
    "h.history, m.get_weights()",
    reference="def g():\n    while True:\n        for i in range(0, 8, 2):\n            yield X[i:i + 2], y[i:i + 2]\ndef v():\n    while True:\n        yield X[:4], y[:4]\nm = tiny()\n"
    "h = m.fit(g(), steps_per_epoch=4, epochs=2, validation_data=v(), validation_steps=2, verbose=0)\nh.history, m.get_weights()")
row("keras.Model.predict_classes", "verbose", "tiny().predict_classes(X, verbose=0)", reference="tiny().predict(X, verbose=0).argmax(-1)")
row("keras.Model.summary", "", "lines = []\ntiny().summary(print_fn=lines.append)\n"
    "t = ' '.join(map(str, lines))\n[w in t for w in ('Layer (type)', 'Total params: 26', 'Output Shape', 'Non-trainable params: 0')]")
row("keras.Model.trainable_variables keras.Model.weights keras.Model.variables keras.Model.trainable_weights keras.Model.get_weights keras.Model.set_weights", "",
    "m = tiny()\nm.layers[0].trainable = False\nw = m.get_weights()\nm.set_weights([v * 2 for v in w])\n"
    "len(m.trainable_variables), len(m.trainable_weights), len(m.weights), len(m.variables), w, m.get_weights()[2], fails(lambda: m.set_weights([w[0]]))")
row("keras.Model.get_layer", "name", "m = keras.Sequential([keras.layers.Dense(2, name='d')])\nm.get_layer(name='d').units, m.get_layer('d').name, fails(lambda: m.get_layer('x'))")
row("keras.Model.build", "", "m = keras.Sequential([keras.layers.Dense(2), keras.layers.Dense(3)])\nm.build((None, 4))\n[tuple(w.shape) for w in m.weights], m.built")
row("keras.Model.save keras.models.load_model", "save_format include_optimizer custom_objects",
    "def act(x):\n    return tf.nn.relu(x) + 0.5\nm = keras.Sequential([keras.layers.Dense(2, activation=act, input_shape=(3,))])\nfill(m)\n"
    "m.compile('adam', 'mse')\nm.save(folder + '/m.h5', save_format='h5', include_optimizer=False)\n"
    "n = keras.models.load_model(folder + '/m.h5', custom_objects={'act': act})\nnp.abs(n.predict(X, verbose=0) - m.predict(X, verbose=0)).max() < 1e-6, n(X)",
    reference="m = keras.Sequential([keras.layers.Dense(2, activation=lambda x: tf.nn.relu(x) + 0.5, input_shape=(3,))])\nTrue, fill(m)(X)")
row("keras.Model.save_weights keras.Model.load_weights", "",
    "m, n = tiny(), tiny()\nn.set_weights([w + 1 for w in n.get_weights()])\nm.save_weights(folder + '/w.weights.h5')\nn.load_weights(folder + '/w.weights.h5')\n"
    "all(np.array_equal(a, b) for a, b in zip(m.get_weights(), n.get_weights())), fails(lambda: n.load_weights(folder + '/none.h5')) is not None")
row("keras.Model.get_config keras.Model.from_config", "custom_objects",
    "m = tiny()\nc = m.get_config()\nn = keras.Sequential.from_config(c, custom_objects={'a': 1})\n"
    "[l['class_name'] for l in c['layers']], tuple(n.output_shape), [l.activation.__name__ for l in n.layers]")
row("keras.models.clone_model", "clone_function",
    "m = tiny()\nn = keras.models.clone_model(m, clone_function=lambda l: keras.layers.Dense(l.units, activation='relu'))\n"
    "n(X)\n[l.activation.__name__ for l in n.layers], len(keras.models.clone_model(m).weights)")
row("keras.Model.losses keras.Model.add_loss keras.layers.Layer.add_loss keras.layers.Layer.losses", "",
    "class L(keras.layers.Layer):\n    def call(self, x):\n        self.add_loss(tf.reduce_sum(x))\n        return x\n"
    "m = keras.Sequential([keras.layers.Dense(2, kernel_regularizer='l2', input_shape=(3,)), L()])\nfill(m)\nm(X)\na = [float(v) for v in m.losses]\n"
    "i = keras.Input((3,))\no = keras.layers.Dense(1)(i)\nn = keras.Model(i, o)\nfill(n)\nn.add_loss(tf.reduce_mean(o * o))\nn.compile(keras.optimizers.SGD(0.1))\n"
    "a, n.fit(X, batch_size=4, shuffle=False, epochs=2, verbose=0).history")
row("keras.Model.optimizer keras.Model.loss keras.Model.metrics keras.Model.metrics_names keras.Model.compiled_loss keras.Model.compiled_metrics", "regularization_losses sample_weight",
    "class M(keras.Model):\n    def __init__(self):\n        super().__init__()\n        self.d = keras.layers.Dense(1, kernel_regularizer='l2')\n"
    "    def call(self, x):\n        return self.d(x)\n"
    "    def train_step(self, data):\n        x, t = data\n        with tf.GradientTape() as tape:\n            p = self(x, training=True)\n"
    "            loss = self.compiled_loss(t, p, sample_weight=None, regularization_losses=self.losses)\n"
    "        g = tape.gradient(loss, self.trainable_variables)\n        self.optimizer.apply_gradients(zip(g, self.trainable_variables))\n"
    "        self.compiled_metrics.update_state(t, p)\n        return {m.name: m.result() for m in self.metrics}\n"
    "m = M()\nm(X)\nfill(m)\nm.compile(keras.optimizers.SGD(0.1), 'mse', ['mae'])\nh = m.fit(X, X[:, :1], batch_size=4, epochs=2, shuffle=False, verbose=0)\n"
    "h.history, m.metrics_names, m.loss, type(m.optimizer).__name__, [v.name for v in m.metrics]")
row("keras.History.history keras.History.epoch", "", "h = tiny().fit(X, y, epochs=2, verbose=0)\nsorted(h.history), h.epoch, len(h.history['loss'])")
row("keras.src.layers.Dense", "activation", "from keras.src.layers import Dense\nDense(2, activation='relu').activation.__name__",
    reference="keras.layers.Dense(2, activation='relu').activation.__name__")

# Optimizers ------------------------------------------------------------------------------------------
row("keras.optimizers.Adam", "learning_rate beta_1 lr epsilon beta_2",
    "trained(keras.optimizers.Adam(learning_rate=0.1, beta_1=0.8, beta_2=0.9, epsilon=1e-3)), trained(keras.optimizers.Adam(lr=0.1))",
    reference="trained(keras.optimizers.Adam(learning_rate=0.1, beta_1=0.8, beta_2=0.9, epsilon=1e-3)), trained(keras.optimizers.Adam(learning_rate=0.1))")
row("keras.optimizers.SGD", "learning_rate momentum nesterov lr clipnorm clipvalue decay",
    "trained(keras.optimizers.SGD(learning_rate=0.1, momentum=0.9, nesterov=True)), trained(keras.optimizers.SGD(lr=0.2, decay=0.5)), "
    "trained(keras.optimizers.SGD(0.1, clipnorm=1.0)), trained(keras.optimizers.SGD(0.1, clipvalue=0.5))",
    reference="trained(keras.optimizers.SGD(learning_rate=0.1, momentum=0.9, nesterov=True)), "
    "trained(keras.optimizers.legacy.SGD(learning_rate=0.2, decay=0.5)), trained(keras.optimizers.SGD(0.1, clipnorm=1.0)), trained(keras.optimizers.SGD(0.1, clipvalue=0.5))")
row("keras.optimizers.RMSprop", "learning_rate rho decay",
    "trained(keras.optimizers.RMSprop(learning_rate=0.1, rho=0.5)), trained(keras.optimizers.RMSprop(0.1, decay=0.5))",
    reference="trained(keras.optimizers.RMSprop(learning_rate=0.1, rho=0.5)), trained(keras.optimizers.legacy.RMSprop(0.1, decay=0.5))", tolerance=1e-4)
row("keras.optimizers.SGD", "",
    "o = keras.optimizers\ntrained(o.SGD(0.1, 0.9, True)), trained(o.Adam(0.1, 0.8, 0.9)), trained(o.RMSprop(0.1, 0.5, 0.5))", tag="by position", tolerance=1e-4)
row("keras.optimizers.Nadam keras.optimizers.Nadam.apply_gradients", "learning_rate beta_1 beta_2", "trained(keras.optimizers.Nadam(learning_rate=0.1, beta_1=0.8, beta_2=0.9))")
row("keras.optimizers.Adam.apply_gradients keras.optimizers.SGD.apply_gradients keras.optimizers.Optimizer.apply_gradients keras.optimizers.Adam.iterations", "",
    "o = keras.optimizers.Adam()\nv = tf.Variable([1.0, 2.0])\no.apply_gradients(zip([tf.constant([1.0, -1.0])], [v]))\n"
    "o.apply_gradients([(tf.constant([1.0, -1.0]), v)])\nv, int(o.iterations), isinstance(o, keras.optimizers.Optimizer)")
row("keras.optimizers.Adam.minimize", "var_list",
    "v = tf.Variable([1.0, -2.0])\no = keras.optimizers.Adam(0.1)\nfor _ in range(3):\n    o.minimize(lambda: tf.reduce_sum(v ** 2), var_list=[v])\nv")
row("keras.optimizers.schedules.ExponentialDecay", "decay_steps decay_rate staircase initial_learning_rate",
    "s = keras.optimizers.schedules.ExponentialDecay(initial_learning_rate=0.1, decay_steps=10, decay_rate=0.5, staircase=True)\n"
    "[float(s(i)) for i in (0, 9, 10, 25)], float(keras.optimizers.schedules.ExponentialDecay(0.1, decay_steps=10, decay_rate=0.5)(5)), trained(keras.optimizers.SGD(s))")

# Losses and metrics ----------------------------------------------------------------------------------
L = "t, p = np.array([[0.0, 1.0], [1.0, 0.0]], 'float32'), np.array([[0.3, 0.7], [0.6, 0.4]], 'float32')\n"
row("keras.losses.SparseCategoricalCrossentropy", "from_logits reduction",
    L + "C = keras.losses.SparseCategoricalCrossentropy\nC(from_logits=True)([1, 0], p), C(reduction='none')([1, 0], p), C(from_logits=True, reduction='sum')([1, 0], p)")
row("keras.losses.BinaryCrossentropy", "from_logits reduction", L + "C = keras.losses.BinaryCrossentropy\nC()(t, p), C(from_logits=True)(t, p), C(reduction='none')(t, p)")
row("keras.losses.CategoricalCrossentropy", "from_logits", L + "keras.losses.CategoricalCrossentropy()(t, p), keras.losses.CategoricalCrossentropy(from_logits=True)(t, p)")
row("keras.losses.MeanSquaredError", "", L + "keras.losses.MeanSquaredError()(t, p), keras.losses.MeanSquaredError()(t, p, sample_weight=[1.0, 0.0])")
row("keras.losses.Huber", "reduction", L + "keras.losses.Huber(reduction='none')(t * 3, p), keras.losses.Huber(0.5)(t, p)")
row("keras.losses.Reduction.NONE", "", L + "keras.losses.MeanSquaredError(reduction=keras.losses.Reduction.NONE)(t, p), keras.losses.Reduction.NONE, keras.losses.Reduction.SUM")
row("keras.losses.sparse_categorical_crossentropy", "from_logits", L + "keras.losses.sparse_categorical_crossentropy([1, 0], p, from_logits=True), keras.losses.sparse_categorical_crossentropy([[1], [0]], p)")
for n in ("mean_squared_error", "binary_crossentropy", "kullback_leibler_divergence", "mae"):
    row(f"keras.losses.{n}", "", L + f"keras.losses.{n}(t, p), keras.losses.get('{n}')(t, p)")
M = "def two(m):\n    m.update_state([0, 1, 1], [[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]])\n    return m.result()\ndef num(m):\n    m.update_state([1.0, 2.0], [2.0, 4.0])\n    return m.result(), m.name\n"
row("keras.metrics.SparseCategoricalAccuracy keras.metrics.SparseCategoricalAccuracy.result keras.metrics.SparseCategoricalAccuracy.update_state", "name dtype",
    M + "m = keras.metrics.SparseCategoricalAccuracy(name='acc', dtype='float32')\ntwo(m), m.name, m.update_state([0], [[0.1, 0.9]], sample_weight=[2.0]) is None, m.result()",
    reference=M + "m = keras.metrics.SparseCategoricalAccuracy(name='acc', dtype='float32')\ntwo(m), m.name, m.update_state([0], [[0.1, 0.9]], sample_weight=[2.0]) is None or True, m.result()")
row("keras.metrics.SparseCategoricalAccuracy.reset_states keras.metrics.Mean.reset_states", "",
    M + "m, n = keras.metrics.SparseCategoricalAccuracy(), keras.metrics.Mean()\ntwo(m)\nn.update_state(3.0)\nm.reset_states()\nn.reset_states()\nm.result(), n.result()",
    reference=M + "m, n = keras.metrics.SparseCategoricalAccuracy(), keras.metrics.Mean()\ntwo(m)\nn.update_state(3.0)\nm.reset_state()\nn.reset_state()\nm.result(), n.result()")
row("keras.metrics.Mean keras.metrics.Mean.result keras.metrics.Mean.update_state", "name dtype",
    "m = keras.metrics.Mean(name='loss', dtype='float32')\nm.update_state([1.0, 3.0])\nm.update_state(8.0, sample_weight=2.0)\nm(1.0)\nm.result(), m.name, float(m.result().numpy())")
row("keras.metrics.MeanAbsoluteError", "name", M + "num(keras.metrics.MeanAbsoluteError(name='e'))")
row("keras.metrics.MeanSquaredError", "name", M + "num(keras.metrics.MeanSquaredError(name='e'))")
row("keras.metrics.MeanAbsolutePercentageError", "", M + "num(keras.metrics.MeanAbsolutePercentageError())")
row("keras.metrics.CategoricalAccuracy", "name", "m = keras.metrics.CategoricalAccuracy(name='c')\nm.update_state([[0, 1], [1, 0]], [[0.2, 0.8], [0.3, 0.7]])\nm.result(), m.name")
row("keras.metrics.BinaryAccuracy", "threshold name", "m = keras.metrics.BinaryAccuracy(threshold=0.6, name='b')\nm.update_state([1, 1, 0], [0.55, 0.7, 0.1])\nm.result(), m.name")
row("keras.metrics.Accuracy keras.metrics.Accuracy.result keras.metrics.Accuracy.update_state", "", "m = keras.metrics.Accuracy()\nm.update_state([1, 2, 3], [1, 2, 4])\nm.result(), m.name")
row("keras.metrics.sparse_categorical_accuracy", "", "keras.metrics.sparse_categorical_accuracy([1, 0], [[0.1, 0.9], [0.2, 0.8]])")
row("keras.metrics.Metric.add_weight", "name initializer",
    "class Count(keras.metrics.Metric):\n    def __init__(self, name='count', **k):\n        super().__init__(name=name, **k)\n        self.n = self.add_weight(name='n', initializer='zeros')\n"
    "    def update_state(self, t, p, sample_weight=None):\n        self.n.assign_add(tf.cast(tf.shape(t)[0], tf.float32))\n    def result(self):\n        return self.n\n"
    "h = tiny(metrics=[Count()]).fit(X, y, batch_size=3, epochs=2, verbose=0)\nh.history['count']")

# Callbacks -------------------------------------------------------------------------------------------
row("keras.callbacks.EarlyStopping", "patience monitor restore_best_weights verbose mode min_delta",
    "m = tiny()\nm.optimizer.learning_rate = 30.0\nw = keras.callbacks.EarlyStopping(monitor='loss', patience=2, restore_best_weights=True, verbose=0, mode='min', min_delta=0.001)\n"
    "h = m.fit(X, y, epochs=30, batch_size=8, shuffle=False, verbose=0, callbacks=[w])\nbest = min(h.history['loss'])\n"
    "len(h.history['loss']) < 30, w.stopped_epoch == len(h.history['loss']) - 1, w.best == best")
row("keras.callbacks.ModelCheckpoint", "save_best_only filepath save_weights_only monitor verbose save_freq",
    "import os\nC = keras.callbacks.ModelCheckpoint\nm = tiny()\nm.fit(X, y, epochs=3, batch_size=4, verbose=0, callbacks=["
    "C(filepath=folder + '/a{epoch:02d}.weights.h5', save_weights_only=True, save_freq='epoch'), "
    "C(filepath=folder + '/b.h5', monitor='loss', save_best_only=True, verbose=0), C(folder + '/s{batch}.weights.h5', save_weights_only=True, save_freq=4)])\n"
    "sorted(f for f in os.listdir(folder) if f.endswith('.h5'))")
row("keras.callbacks.TensorBoard", "log_dir histogram_freq profile_batch embeddings_freq update_freq",
    "import os\ntiny(metrics=['accuracy']).fit(X, y, epochs=2, verbose=0, validation_data=(X, y), callbacks=[keras.callbacks.TensorBoard(log_dir=folder + '/tb', histogram_freq=0, profile_batch=0, embeddings_freq=0, update_freq='epoch')])\n"
    "sorted(os.listdir(folder + '/tb'))", reference="['train', 'validation']")
row("keras.callbacks.Callback.__init__ keras.callbacks.Callback.model keras.callbacks.Callback.losses keras.callbacks.Callback.rates", "",
    "class C(keras.callbacks.Callback):\n    def __init__(self):\n        super().__init__()\n        self.rates, self.losses = [], []\n"
    "    def on_train_batch_end(self, batch, logs=None):\n        self.rates.append(float(keras.backend.get_value(self.model.optimizer.learning_rate)))\n        self.losses.append(logs['loss'])\n"
    "        keras.backend.set_value(self.model.optimizer.learning_rate, self.model.optimizer.learning_rate * 0.5)\n"
    "c = C()\ntiny().fit(X, y, batch_size=4, epochs=2, shuffle=False, verbose=0, callbacks=[c])\nc.rates, c.losses")
row("keras.callbacks.LambdaCallback", "on_epoch_end", "seen = []\ntiny().fit(X, y, epochs=2, verbose=0, callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=lambda e, logs: seen.append((e, sorted(logs))))])\nseen")
row("keras.callbacks.LearningRateScheduler", "", "m = tiny()\nh = m.fit(X, y, epochs=3, verbose=0, shuffle=False, callbacks=[keras.callbacks.LearningRateScheduler(lambda e, lr: lr * 0.5)])\nh.history['lr'], float(m.optimizer.learning_rate)")
row("keras.callbacks.BackupAndRestore", "backup_dir save_freq",
    "class Stop(keras.callbacks.Callback):\n    def on_epoch_begin(self, e, logs=None):\n        if e == 2:\n            raise RuntimeError('stop')\n"
    "B = lambda: keras.callbacks.BackupAndRestore(backup_dir=folder + '/b', save_freq='epoch')\nm = tiny()\ntry:\n    m.fit(X, y, epochs=4, verbose=0, callbacks=[B(), Stop()])\nexcept RuntimeError:\n    pass\n"
    "tiny().fit(X, y, epochs=4, verbose=0, callbacks=[B()]).epoch")

# Regularizers, initializers, activations -------------------------------------------------------------
row("keras.regularizers.l2 keras.regularizers.L2", "", "keras.regularizers.l2(0.1)(tf.constant(A)), keras.regularizers.L2(0.2)(tf.constant(A)), keras.regularizers.l2()(tf.constant(A))")
row("keras.initializers.zeros keras.initializers.Zeros", "", "keras.initializers.zeros()((2,)), keras.initializers.Zeros()((2, 1)), keras.initializers.get('zeros')([1])")
row("keras.initializers.GlorotUniform", "", "w = keras.initializers.GlorotUniform(seed=1)((50, 40))\nw.shape, float(tf.reduce_max(tf.abs(w))) <= (6 / 90) ** 0.5, float(np.std(w)) > 0.12")
row("keras.activations.get", "", "keras.activations.get('relu')(tf.constant([-1.0, 2.0])), keras.activations.get(None)(3), keras.activations.get(tf.nn.tanh)(tf.constant(0.5)), fails(lambda: keras.activations.get('none such'))")

# keras.backend ---------------------------------------------------------------------------------------
K = "K = keras.backend\n"
row("keras.backend", "", K + "K.backend(), K.floatx(), K.is_keras_tensor(keras.Input((2,))), K.sigmoid(0.0 * A), K.relu(A - 2, alpha=0.1, max_value=2.0), K.softmax(tf.constant(A)), K.dot(tf.constant(A), tf.constant(A.T)), K.clip(A, 1, 3), K.l2_normalize(A, axis=1)")
row("keras.backend.image_data_format", "", K + "K.image_data_format()")
row("keras.backend.square keras.backend.exp keras.backend.maximum keras.backend.transpose keras.backend.flatten keras.backend.batch_flatten", "",
    K + "K.square(A), K.exp(A), K.maximum(A, 2.0), K.transpose(A), K.flatten(A), K.batch_flatten(tf.ones((2, 3, 4))).shape")
row("keras.backend.mean", "axis keepdims", K + "K.mean(tf.constant(A), axis=1, keepdims=True), K.mean(tf.constant([True, False])), K.mean(tf.constant(A), axis=[0, 1])")
row("keras.backend.sum", "axis keepdims", K + "K.sum(A, axis=0), K.sum(A, axis=-1, keepdims=True), K.sum(A)")
row("keras.backend.clear_session", "", K + "K.clear_session()\na = keras.layers.Dense(1).name\nK.clear_session()\na, keras.layers.Dense(1).name")
row("keras.backend.ndim keras.backend.shape keras.backend.int_shape", "", K + "t = tf.constant(A)\nK.ndim(t), K.shape(t), K.int_shape(t), K.int_shape(keras.Input((4,)))")
row("keras.backend.variable", "", K + "v = K.variable([1, 2])\nv, K.get_value(v), K.eval(v * 2), K.dtype(v), K.update(v, v + 1) is not None, v")
row("keras.backend.epsilon", "", K + "e = K.epsilon()\nK.set_epsilon(1e-5)\nf = K.epsilon()\nK.set_epsilon(e)\ne, f")
row("keras.backend.function", "", K + "m = tiny()\nf = K.function([m.input], [m.layers[0].output, m.output])\nf([X]), K.function(m.inputs, m.output)([X])")
row("keras.backend.gradients", "", K + "m = tiny()\ng = K.gradients(K.sum(m.output[:, 0]), m.input)\nK.function([m.input], g)([X])",
    reference="m = tiny()\nx = tf.constant(X)\nwith tf.GradientTape() as t:\n    t.watch(x)\n    z = tf.reduce_sum(m(x)[:, 0])\n[t.gradient(z, x).numpy()]")
row("keras.backend.concatenate", "axis", K + "K.concatenate([tf.constant(A), tf.constant(A)], axis=0), K.concatenate([tf.constant(A), A * 2.0 + tf.constant(0.0)])")
row("keras.backend.cast", "dtype", K + "K.cast(A, dtype='int32'), K.cast([1, 2], 'float32')")
row("keras.backend.permute_dimensions", "", K + "K.permute_dimensions(tf.constant(A), (1, 0))")
row("keras.backend.placeholder", "shape", K + "p = K.placeholder(shape=(None, 3))\ntuple(p.shape), K.is_keras_tensor(p)",
    reference="p = keras.Input((3,))\ntuple(p.shape), True")
row("keras.backend.random_normal", "shape", K + "x = K.random_normal(shape=(3000, 2), mean=1.0, stddev=2.0)\nx.shape, x.dtype, abs(np.mean(x) - 1) < 0.2, abs(np.std(x) - 2) < 0.2")

# Utilities, text, pictures, data ---------------------------------------------------------------------
row("keras.utils.get_file", "extract origin cache_dir cache_subdir untar fname",
    "import os, pathlib, tarfile, zipfile\nsrc = pathlib.Path(folder, 'src')\n(src / 'd').mkdir(parents=True)\n(src / 'd' / 'x.txt').write_text('hi')\n"
    "with tarfile.open(src / 'd.tar.gz', 'w:gz') as t:\n    t.add(src / 'd', 'd')\nwith zipfile.ZipFile(src / 'e.zip', 'w') as z:\n    z.write(src / 'd' / 'x.txt', 'y.txt')\n"
    "G, n = keras.utils.get_file, len(folder)\na = G(fname='d', origin=(src / 'd.tar.gz').as_uri(), untar=True, cache_dir=folder, cache_subdir='c')\n"
    "b = G(fname='e.zip', origin=(src / 'e.zip').as_uri(), extract=True, cache_dir=folder, cache_subdir='c')\n"
    "a[n:], b[n:], sorted(f for f in os.listdir(folder + '/c') if not f.startswith('d.tar')), open(a + '/x.txt').read()")
row("keras.utils.to_categorical", "num_classes", "keras.utils.to_categorical([0, 2], num_classes=4), keras.utils.to_categorical([[1], [0]])")
row("keras.utils.plot_model", "show_shapes dpi to_file rankdir show_layer_names expand_nested model",
    "import os\nkeras.utils.plot_model(model=tiny(), to_file=folder + '/m.png', show_shapes=True, show_layer_names=True, rankdir='TB', expand_nested=True, dpi=96)\nTrue", reference="True")
row("keras.utils.pad_sequences", "maxlen padding value",
    "P = keras.utils.pad_sequences\nP([[1], [2, 3, 4]], maxlen=2), P([[1], [2, 3]], padding='post', value=9), P([[1, 2, 3]], 2, truncating='post', dtype='float32')")
row("keras.utils.set_random_seed", "",
    "def draw():\n    import random\n    keras.utils.set_random_seed(4)\n    return random.random(), np.random.rand(), keras.layers.Dense(2)(X).numpy().tolist()\ndraw() == draw()")
row("keras.utils.Progbar", "target stateful_metrics",
    "import io, contextlib\ns = io.StringIO()\nwith contextlib.redirect_stdout(s):\n    p = keras.utils.Progbar(target=3, stateful_metrics=['acc'])\n    for i in range(3):\n        p.update(i + 1, [('loss', 1.0 + i), ('acc', 0.1 * i)])\n"
    "t = s.getvalue()\n'3/3' in t, 'loss: 2.0000' in t, 'acc: 0.2000' in t")
row("keras.preprocessing.image.load_img keras.preprocessing.image.save_img keras.preprocessing.image.img_to_array keras.utils.img_to_array", "target_size",
    "I = keras.preprocessing.image\np = np.arange(48, dtype='float32').reshape(4, 4, 3)\nI.save_img(folder + '/p.png', p, scale=False)\ni = I.load_img(folder + '/p.png')\n"
    "I.img_to_array(i), I.img_to_array(I.load_img(folder + '/p.png', target_size=(2, 2))), keras.utils.img_to_array(i).shape, I.img_to_array(I.load_img(folder + '/p.png', color_mode='grayscale')).shape")
row("keras.preprocessing.text.Tokenizer keras.preprocessing.text.Tokenizer.fit_on_texts keras.preprocessing.text.Tokenizer.texts_to_sequences "
    "keras.preprocessing.text.Tokenizer.index_word keras.preprocessing.text.Tokenizer.sequences_to_matrix", "num_words mode",
    "t = keras.preprocessing.text.Tokenizer(num_words=4)\nt.fit_on_texts(['The cat sat. The mat!', 'the dog, cat'])\ns = t.texts_to_sequences(['the cat dog', 'mat sat'])\n"
    "t.word_index, t.index_word, s, [t.sequences_to_matrix(s, mode=m) for m in ('binary', 'count', 'freq', 'tfidf')], t.texts_to_matrix(['the the cat'], mode='count')")
row("keras.preprocessing.image.ImageDataGenerator keras.preprocessing.image.ImageDataGenerator.flow",
    "rescale rotation_range zoom_range shear_range width_shift_range height_shift_range horizontal_flip vertical_flip validation_split featurewise_center "
    "samplewise_center featurewise_std_normalization samplewise_std_normalization zca_whitening zca_epsilon channel_shift_range fill_mode cval preprocessing_function data_format batch_size shuffle",
    "p = np.random.RandomState(0).rand(6, 8, 8, 3).astype('float32') * 255\nG = keras.preprocessing.image.ImageDataGenerator\n"
    "g = G(rescale=0.01, rotation_range=30, zoom_range=0.2, shear_range=10.0, width_shift_range=0.1, height_shift_range=0.1, horizontal_flip=True, vertical_flip=True, "
    "validation_split=0.5, channel_shift_range=5.0, fill_mode='constant', cval=3.0, preprocessing_function=lambda x: x + 1, data_format='channels_last')\n"
    "a = next(g.flow(p, batch_size=2, shuffle=True, seed=3))\n"
    "h = G(featurewise_center=True, featurewise_std_normalization=True, samplewise_center=True, samplewise_std_normalization=True, zca_whitening=True, zca_epsilon=1e-3)\nh.fit(p)\nb = next(h.flow(p, batch_size=3, shuffle=False))\n"
    "a, np.sort(np.abs(b)).mean() > 0, len(g.flow(p, batch_size=2, subset='validation'))", tolerance=2e-3)
row("keras.preprocessing.image.ImageDataGenerator.flow_from_directory", "directory batch_size seed shuffle target_size subset class_mode",
    "import os\nfor k, c in enumerate(('cat', 'dog')):\n    os.makedirs(folder + '/t/' + c)\n    for i in range(4):\n        keras.preprocessing.image.save_img(f'{folder}/t/{c}/{i}.png', np.full((4, 4, 3), 40.0 * k + i), scale=False)\n"
    "f = keras.preprocessing.image.ImageDataGenerator(validation_split=0.25).flow_from_directory(directory=folder + '/t', target_size=(4, 4), batch_size=3, seed=1, shuffle=True, subset='training', class_mode='binary')\n"
    "x, t = next(f)\nf.class_indices, f.samples, x[:, 0, 0, 0], t")
row("keras.utils.timeseries_dataset_from_array", "targets sequence_length batch_size shuffle seed data sequence_stride",
    "d = keras.utils.timeseries_dataset_from_array(data=np.arange(10.0), targets=np.arange(10.0) * 10, sequence_length=3, sequence_stride=2, batch_size=2, shuffle=False, seed=1)\n[(a, b) for a, b in d]")
row("keras.utils.image_dataset_from_directory tf.data.Dataset.class_names", "image_size batch_size validation_split subset seed shuffle",
    "import os\nfor k, c in enumerate(('cat', 'dog')):\n    os.makedirs(folder + '/t/' + c)\n    for i in range(4):\n        keras.preprocessing.image.save_img(f'{folder}/t/{c}/{i}.png', np.full((4, 4, 3), 40.0 * k + i), scale=False)\n"
    "d = keras.utils.image_dataset_from_directory(folder + '/t', image_size=(4, 4), batch_size=3, validation_split=0.25, subset='training', seed=1, shuffle=False)\n"
    "d.class_names, [(x[:, 0, 0, 0], t) for x, t in d]")
row("keras.utils.text_dataset_from_directory", "batch_size validation_split subset seed",
    "import os\nfor k, c in enumerate(('neg', 'pos')):\n    os.makedirs(folder + '/t/' + c)\n    for i in range(4):\n        open(f'{folder}/t/{c}/{i}.txt', 'w').write(f'{c} {i}')\n"
    "d = keras.utils.text_dataset_from_directory(folder + '/t', batch_size=4, validation_split=0.25, subset='validation', seed=7)\n"
    "d.class_names, [(x, t) for x, t in d]")
for n in ("mnist", "fashion_mnist", "cifar10", "boston_housing"):
    row(f"keras.datasets.{n}.load_data" + (f" keras.datasets.{n}" if "mnist" in n else ""), "", f"callable(keras.datasets.{n}.load_data)")
row("keras.datasets.imdb.load_data", "num_words", "(lambda: keras.datasets.imdb.load_data(num_words=10)) is not None")

# Applications ----------------------------------------------------------------------------------------
P = "x = np.arange(24.0).reshape(1, 2, 4, 3)\n"
for n in ("vgg19", "inception_v3", "mobilenet_v2", "resnet50"):
    row(f"keras.applications.{n}.preprocess_input", "", P + f"keras.applications.{n}.preprocess_input(x.copy()), keras.applications.{n}.preprocess_input(tf.constant(x, tf.float32))")
row("keras.applications.MobileNetV2", "include_top weights input_shape",
    "m = keras.applications.MobileNetV2(include_top=False, weights=None, input_shape=(96, 96, 3))\nm.name, m.count_params(), tuple(m.output_shape), len(m.layers), [l.name for l in m.layers]")
row("keras.applications.VGG19", "include_top weights", "m = keras.applications.VGG19(include_top=False, weights=None)\nm.name, m.count_params(), [l.name for l in m.layers], tuple(m.output_shape)")
