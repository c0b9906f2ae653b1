"""Names of `keras.layers`: one row each, see `table.py`."""

from .table import Table

TABLE = Table()
row = TABLE.row
N = "L = keras.layers\n"

row("keras.layers.Dense", "activation name units kernel_initializer input_shape kernel_regularizer use_bias kernel_constraint input_dim activity_regularizer dtype bias_initializer trainable",
    N + "d = L.Dense(units=2, activation='relu', name='d', kernel_initializer='ones', kernel_regularizer='l1', use_bias=True, kernel_constraint=keras.constraints.MaxNorm(1.0), "
    "activity_regularizer='l2', bias_initializer=keras.initializers.Constant(0.5), dtype='float64')\nr = d(X)\nfrozen = L.Dense(2, trainable=False)\nfrozen(X)\n"
    "m = keras.Sequential([L.Dense(2, input_dim=4)])\nn = keras.Sequential([L.Dense(2, input_shape=(5,))])\n"
    "r, d.name, sorted(float(v) for v in d.losses), len(d.trainable_weights), len(frozen.trainable_weights), tuple(m.input_shape), tuple(n.input_shape), d.units, d.use_bias")
row("keras.layers.Dense.kernel keras.layers.Dense.weights keras.layers.Dense.build keras.layers.Dense.get_weights keras.layers.Dense.trainable_variables", "",
    N + "d = L.Dense(2)\nd.build((None, 3))\nfill(d)\nd.kernel, d.bias, len(d.weights), d.get_weights(), len(d.trainable_variables), d.built")
row("keras.layers.Conv2D", "activation padding kernel_size filters strides input_shape name kernel_initializer kernel_regularizer use_bias weights",
    N + "k = np.ones((2, 2, 2, 3), 'float32') * 0.5\n"
    "c = L.Conv2D(filters=3, kernel_size=2, strides=2, padding='same', activation='relu', name='c', use_bias=False, kernel_regularizer='l2', kernel_initializer='zeros', weights=[k], input_shape=(6, 6, 2))\n"
    "m = keras.Sequential([c])\nm(pictures)[0], c.name, tuple(m.output_shape), [float(v) for v in m.losses]")
row("keras.layers.Flatten", "input_shape dtype name", N + "m = keras.Sequential([L.Flatten(input_shape=(2, 3), name='f', dtype='float32')])\ntuple(m.output_shape), m.layers[0].name, L.Flatten()(tf.ones((2, 3, 4))).shape")
row("keras.layers.Dropout", "rate",
    N + "x = np.ones((1000, 2), 'float32')\nd = L.Dropout(rate=0.25)\nt = d(x, training=True).numpy()\nd(x[:1]), sorted({round(float(v), 4) for v in t.ravel()}), abs((t == 0).mean() - 0.25) < 0.06, d.rate")
row("keras.layers.LSTM", "return_sequences return_state units input_shape stateful name use_bias dropout recurrent_dropout batch_size",
    N + "l = L.LSTM(units=2, return_sequences=True, return_state=True, use_bias=True, dropout=0.1, recurrent_dropout=0.1, name='l')\n"
    "m = keras.Sequential([L.LSTM(2, stateful=True, input_shape=(5, 3), batch_size=4)])\nfill(m)\na, b = m.predict(steps, batch_size=4, verbose=0), m.predict(steps, batch_size=4, verbose=0)\n"
    "m.reset_states()\nof(l, steps), l.name, tuple(m.input_shape), a, b, np.allclose(a, m.predict(steps, batch_size=4, verbose=0))")
row("keras.layers.GRU", "return_sequences kernel_initializer name units input_shape go_backwards stateful dropout return_state",
    N + "g = L.GRU(units=2, return_sequences=True, kernel_initializer='ones', name='g', go_backwards=True, dropout=0.1, return_state=True, stateful=False)\n"
    "m = keras.Sequential([L.GRU(3, input_shape=(5, 3))])\nof(g, steps), g.name, fill(m)(steps), of(L.GRU(2, reset_after=False), steps)")
row("keras.layers.SimpleRNN", "input_shape return_sequences units activation kernel_initializer recurrent_initializer",
    N + "r = L.SimpleRNN(units=2, activation='relu', return_sequences=True, kernel_initializer='ones', recurrent_initializer='zeros')\na = r(steps)\n"
    "m = keras.Sequential([L.SimpleRNN(2, input_shape=(None, 3))])\na, fill(m)(steps), tuple(m.input_shape)")
row("keras.layers.LSTMCell", "units", N + "of(L.RNN(L.LSTMCell(units=2)), steps)")
row("keras.layers.RNN", "input_shape return_sequences return_state",
    N + "m = keras.Sequential([L.RNN([L.GRUCell(2), L.LSTMCell(3)], return_sequences=True, input_shape=(5, 3))])\nfill(m)(steps), of(L.RNN(L.SimpleRNNCell(2), return_state=True), steps)")
row("keras.layers.Bidirectional", "input_shape", N + "m = keras.Sequential([L.Bidirectional(L.LSTM(2, return_sequences=True), input_shape=(5, 3))])\nfill(m)(steps), of(L.Bidirectional(L.GRU(2), merge_mode='sum'), steps)")
row("keras.layers.TimeDistributed", "", N + "of(L.TimeDistributed(L.Dense(2)), steps)")
row("keras.layers.RepeatVector", "", N + "L.RepeatVector(3)(A)")
row("keras.layers.ConvLSTM2D", "filters kernel_size padding return_sequences input_shape",
    N + "x = np.random.default_rng(1).normal(size=(2, 3, 4, 4, 2)).astype('float32')\nm = keras.Sequential([L.ConvLSTM2D(filters=2, kernel_size=(3, 3), padding='same', return_sequences=True, input_shape=(3, 4, 4, 2))])\n"
    "fill(m)(x), tuple(m.output_shape), of(L.ConvLSTM2D(2, 2), x), of(L.ConvLSTM2D(2, 2, strides=2, return_state=True, go_backwards=True), x), L.ConvLSTM2D.from_config(L.ConvLSTM2D(3, 2, activation='relu').get_config()).filters")
row("keras.layers.MultiHeadAttention", "num_heads key_dim dropout",
    N + "a = L.MultiHeadAttention(num_heads=2, key_dim=3, dropout=0.0)\na(steps, steps)\nfill(a)(steps, steps), a(steps, steps, return_attention_scores=True)[1].shape")
row("keras.layers.Embedding keras.layers.Embedding.weights", "input_dim output_dim mask_zero input_length input_shape embeddings_initializer batch_input_shape trainable",
    N + "e = L.Embedding(input_dim=5, output_dim=2, mask_zero=True, embeddings_initializer='ones', trainable=False)\nm = keras.Sequential([L.Embedding(5, 2, input_length=3)])\n"
    "n, b = keras.Sequential([L.Embedding(5, 2, input_shape=(4,))]), keras.Sequential([L.Embedding(5, 2, batch_input_shape=(7, 4))])\n"
    "e(np.array([[1, 0]])), e.compute_mask(np.array([[1, 0]])), len(e.trainable_weights), len(e.weights), tuple(m.output_shape), tuple(n.output_shape), tuple(b.output_shape)")
row("keras.layers.BatchNormalization", "fused axis",
    N + "b = L.BatchNormalization(axis=-1, fused=False)\nr = b(pictures, training=True)\nr[0, 0], b.moving_mean, b.moving_variance, b(pictures)[0, 0], [w.name.split('/')[-1] for w in b.weights]")
row("keras.layers.LayerNormalization", "", N + "L.LayerNormalization()(X)")
row("keras.layers.Activation", "name dtype", N + "a = L.Activation('tanh', name='t', dtype='float64')\na(X), a.name, L.Activation(tf.nn.relu)(A - 2)")
row("keras.layers.ReLU", "", N + "L.ReLU()(A - 2), L.ReLU(max_value=1.0, negative_slope=0.1)(A - 2)")
row("keras.layers.LeakyReLU", "alpha", N + "L.LeakyReLU(alpha=0.2)(A - 2), L.LeakyReLU()(A - 2)")
row("keras.layers.MaxPooling2D", "pool_size name strides padding", N + "L.MaxPooling2D(pool_size=(2, 2), name='p', strides=3, padding='same')(pictures)[0], L.MaxPooling2D()(pictures).shape")
row("keras.layers.MaxPool2D", "pool_size strides padding", N + "L.MaxPool2D(pool_size=3, strides=2, padding='valid')(pictures)[0]")
row("keras.layers.AveragePooling2D", "pool_size name padding strides", N + "L.AveragePooling2D(pool_size=(2, 3), name='a', padding='same', strides=(2, 2))(pictures)[0]")
row("keras.layers.MaxPooling1D", "pool_size", N + "L.MaxPooling1D(pool_size=2)(steps)")
for n in ("GlobalMaxPooling2D", "GlobalAveragePooling2D", "GlobalAvgPool2D"):
    row(f"keras.layers.{n}", "", N + f"L.{n}()(pictures)")
for n in ("GlobalAveragePooling1D", "GlobalMaxPooling1D"):
    row(f"keras.layers.{n}", "", N + f"L.{n}()(steps)")
row("keras.layers.Conv2DTranspose", "padding activation strides kernel_size filters use_bias kernel_initializer name",
    N + "c = L.Conv2DTranspose(filters=2, kernel_size=3, strides=2, padding='same', activation='tanh', use_bias=False, kernel_initializer='ones', name='t')\nc(pictures)[0, 3], c.name, of(L.Conv2DTranspose(2, 2), pictures)[0, 0]")
row("keras.layers.Conv1D", "activation kernel_size padding strides dilation_rate filters input_shape",
    N + "m = keras.Sequential([L.Conv1D(filters=2, kernel_size=3, padding='causal', activation='relu', dilation_rate=2, input_shape=(5, 3))])\nfill(m)(steps), of(L.Conv1D(2, 2, strides=2), steps)")
row("keras.layers.Convolution1D", "kernel_size activation padding dilation_rate", N + "of(L.Convolution1D(2, kernel_size=2, activation='relu', padding='same', dilation_rate=2), steps), L.Convolution2D is L.Conv2D")
row("keras.layers.Conv3D", "filters kernel_size padding activation data_format",
    N + "x = np.random.default_rng(1).normal(size=(1, 3, 4, 4, 2)).astype('float32')\nof(L.Conv3D(filters=2, kernel_size=(2, 2, 2), padding='same', activation='relu', data_format='channels_last'), x)")
row("keras.layers.UpSampling2D", "size interpolation", N + "L.UpSampling2D(size=(2, 3))(pictures)[0, 1], L.UpSampling2D(2, interpolation='bilinear')(pictures)[0, 1]")
row("keras.layers.ZeroPadding2D", "", N + "L.ZeroPadding2D(1)(pictures)[0, 1], L.ZeroPadding2D(((1, 0), (2, 1)))(pictures).shape")
row("keras.layers.Reshape", "target_shape input_shape dtype name", N + "m = keras.Sequential([L.Reshape(target_shape=(3, 2), input_shape=(6,), dtype='float32', name='r')])\nm(A.reshape(1, 6)), m.layers[0].name, tuple(keras.Sequential([L.Reshape((-1, 2), input_shape=(6,))]).output_shape)")
row("keras.layers.Lambda", "output_shape name", N + "l = L.Lambda(lambda x: x * 2, output_shape=(3,), name='twice')\nl(A), l.name, tuple(keras.Sequential([keras.Input((3,)), L.Lambda(lambda x: x[:, :2])]).output_shape)")
row("keras.layers.Concatenate", "axis", N + "L.Concatenate(axis=1)([A, A]), L.Concatenate()([A, A])")
row("keras.layers.concatenate", "axis", N + "L.concatenate([tf.constant(A), tf.constant(A)], axis=0)")
row("keras.layers.Add keras.layers.add", "", N + "L.Add()([A, A, A]), L.add([tf.constant(A), tf.constant(A)])")
row("keras.layers.AlphaDropout", "rate", N + "d = L.AlphaDropout(rate=0.2)\nt = d(np.zeros((2000, 2), 'float32'), training=True).numpy()\nd(A), len({round(float(v), 3) for v in t.ravel()}), abs(t.mean()) < 0.1")
row("keras.layers.InputLayer", "input_shape dtype ragged", N + "m = keras.Sequential([L.InputLayer(input_shape=(3,), dtype='float32', ragged=False), L.Dense(2)])\nfill(m)(X), tuple(m.input_shape), len(m.layers)")
row("keras.layers.Rescaling", "scale offset input_shape", N + "m = keras.Sequential([L.Rescaling(scale=0.5, offset=-1.0, input_shape=(3,))])\nm(A)")
row("keras.layers.Resizing", "height width crop_to_aspect_ratio", N + "L.Resizing(height=3, width=4)(pictures)[0], L.Resizing(height=3, width=2, crop_to_aspect_ratio=True)(pictures)[0]", tolerance=1e-4)
row("keras.layers.RandomFlip", "mode seed input_shape", N + "f = L.RandomFlip(mode='horizontal', seed=1, input_shape=(6, 6, 2))\nt = f(pictures, training=True).numpy()\nnp.allclose(f(pictures), pictures), all(np.allclose(a, b) or np.allclose(a[:, ::-1], b) for a, b in zip(pictures, t))")
row("keras.layers.RandomRotation", "factor seed", N + "f = L.RandomRotation(factor=0.1, seed=1)\nnp.allclose(f(pictures), pictures), f(pictures, training=True).shape, not np.allclose(f(pictures, training=True), pictures)")
row("keras.layers.Normalization keras.layers.Normalization.adapt", "axis input_shape data",
    N + "n = L.Normalization(axis=-1, input_shape=(3,))\nn.adapt(data=X)\nn(X), n.mean, n.variance, L.Normalization(mean=1.0, variance=4.0)(A)")
row("keras.layers.TextVectorization keras.layers.TextVectorization.adapt keras.layers.TextVectorization.get_vocabulary keras.layers.TextVectorization.vocabulary_size",
    "output_mode max_tokens output_sequence_length ragged standardize ngrams split data",
    N + "t = L.TextVectorization(max_tokens=6, output_mode='int', output_sequence_length=4, standardize='lower_and_strip_punctuation', split='whitespace', ragged=False)\n"
    "t.adapt(data=['The cat sat.', 'the dog, the cat'])\nu = L.TextVectorization(output_mode='multi_hot', ngrams=2)\nu.adapt(['a b', 'b c'])\n"
    "t.get_vocabulary(), t.vocabulary_size(), t(['the bird cat sat on it']), u.get_vocabulary(), u(['a b'])")
row("keras.layers.StringLookup keras.layers.StringLookup.adapt", "vocabulary output_mode num_oov_indices mask_token max_tokens",
    N + "s = L.StringLookup(vocabulary=['a', 'b'], output_mode='int', num_oov_indices=1, mask_token='')\nt = L.StringLookup(max_tokens=3)\nt.adapt(['x', 'x', 'y', 'z'])\n"
    "s(['a', 'c', '', 'b']), t.get_vocabulary(), t(['x', 'q']), L.StringLookup(vocabulary=['a', 'b'], output_mode='one_hot')(['b']), L.StringLookup(vocabulary=['a'], invert=True)([1, 0])")
row("keras.layers.IntegerLookup keras.layers.IntegerLookup.adapt", "output_mode vocabulary max_tokens",
    N + "i = L.IntegerLookup(vocabulary=[10, 20], output_mode='int')\nj = L.IntegerLookup(max_tokens=3)\nj.adapt([5, 5, 7, 8])\ni([10, 20, 30]), j([5, 7, 1]), L.IntegerLookup(vocabulary=[1, 2], output_mode='multi_hot')([1, 5])")
row("keras.layers.CategoryEncoding", "num_tokens output_mode", N + "L.CategoryEncoding(num_tokens=4, output_mode='one_hot')([0, 3]), L.CategoryEncoding(num_tokens=3)([[0, 2]]), L.CategoryEncoding(num_tokens=3, output_mode='count')([[0, 0, 2]])")
row("keras.layers.Layer.__init__ keras.layers.Layer.add_weight keras.layers.Layer.build keras.layers.Layer.weights keras.layers.Layer.get_config keras.layers.Layer.name keras.layers.Layer.set_weights",
    "name dtype shape initializer trainable",
    "class Own(keras.layers.Layer):\n    def __init__(self, units, **k):\n        super().__init__(name='own', dtype='float32')\n        self.units = units\n"
    "    def build(self, input_shape):\n        self.w = self.add_weight(name='w', shape=(input_shape[-1], self.units), initializer='ones', trainable=True, dtype='float32')\n"
    "        self.b = self.add_weight(shape=(self.units,), initializer=keras.initializers.Constant(0.5), trainable=False)\n        super().build(input_shape)\n"
    "    def call(self, x):\n        return tf.matmul(x, self.w) + self.b\n    def get_config(self):\n        return {**super().get_config(), 'units': self.units}\n"
    "l = Own(2)\nr = l(X)\nl.set_weights([w * 2 for w in l.get_weights()])\nr, l.name, len(l.weights), len(l.trainable_weights), l.get_config()['units'], l.get_config()['name'], l(X), l.w.name.split('/')[-1]")
row("keras.layers.Layer.build", "other",
    "class B(keras.layers.Layer):\n    def build(self, input_shape, other=None):\n        self.seen = other\n        self.built = True\nb = B()\nb.build((1, 2), other=3)\nb.seen", tag="with more arguments")
row("keras.layers.Layer.output", "", "m = tiny()\nkeras.Model(m.input, m.layers[0].output)(X), tuple(m.layers[0].output.shape), tuple(m.layers[1].input.shape)")
row("keras.layers.Layer.add_metric", "name aggregation",
    "class M(keras.layers.Layer):\n    def call(self, x):\n        self.add_metric(tf.reduce_sum(x), name='s', aggregation='mean')\n        return x\n"
    "m = keras.Sequential([M(), keras.layers.Dense(1)])\nm(X)\nm.compile('sgd', 'mse')\nh = m.fit(X, X[:, :1], batch_size=4, verbose=0, shuffle=False).history\nh['s']")
