"""Layers, losses, metrics, callbacks, schedules and constraints of one's own; backend functions."""

import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.callbacks import Callback, EarlyStopping, LearningRateScheduler
from tensorflow.keras.layers import Dense, Input, Lambda, Layer
from tensorflow.keras.models import Model, Sequential, load_model

tf.random.set_seed(0)
rng = np.random.RandomState(0)
x = rng.normal(size=(400, 5)).astype("float32")
y = (x @ np.array([1.0, -2.0, 0.5, 0.0, 3.0], "float32") + 0.3)[:, None]


class Scaled(Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.activation = tf.keras.activations.get(activation)

    def build(self, input_shape):
        self.kernel = self.add_weight("kernel", shape=[int(input_shape[-1]), self.units],
                                      initializer="glorot_uniform", trainable=True)
        self.scale = self.add_weight(name="scale", shape=(), initializer="ones", trainable=True)
        super().build(input_shape)

    def call(self, inputs):
        return self.activation(self.scale * K.dot(inputs, self.kernel))

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.units)

    def get_config(self):
        config = super().get_config()
        config.update({"units": self.units,
                       "activation": tf.keras.activations.serialize(self.activation)})
        return config


def rmse(y_true, y_pred):
    return K.sqrt(K.mean(K.square(y_pred - y_true), axis=-1))


def r_squared(y_true, y_pred):
    residual = K.sum(K.square(y_true - y_pred))
    total = K.sum(K.square(y_true - K.mean(y_true)))
    return 1 - residual / (total + K.epsilon())


class Within(tf.keras.metrics.Metric):
    def __init__(self, limit=0.5, name="within", **kwargs):
        super(Within, self).__init__(name=name, **kwargs)
        self.limit = limit
        self.hits = self.add_weight(name="hits", initializer="zeros")
        self.count = self.add_weight(name="count", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        near = tf.cast(tf.abs(y_true - y_pred) < self.limit, tf.float32)
        self.hits.assign_add(tf.reduce_sum(near))
        self.count.assign_add(tf.cast(tf.size(y_true), tf.float32))

    def result(self):
        return self.hits / self.count

    def reset_states(self):
        self.hits.assign(0.0)
        self.count.assign(0.0)


class Huberish(tf.keras.losses.Loss):
    def __init__(self, threshold=1.0, **kwargs):
        self.threshold = threshold
        super().__init__(**kwargs)

    def call(self, y_true, y_pred):
        error = y_true - y_pred
        small = tf.abs(error) < self.threshold
        return tf.where(small, tf.square(error) / 2,
                        self.threshold * tf.abs(error) - self.threshold**2 / 2)


class Watch(Callback):
    def on_train_begin(self, logs=None):
        self.losses, self.epochs = [], []

    def on_batch_end(self, batch, logs={}):
        self.losses.append(logs.get("loss"))

    def on_epoch_end(self, epoch, logs=None):
        self.epochs.append(epoch)
        if logs["within"] > 0.99:
            print("\nnear enough, so stop")
            self.model.stop_training = True


class Warm(tf.keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, warmup):
        super().__init__()
        self.peak, self.warmup = peak, warmup

    def __call__(self, step):
        step = tf.cast(step, tf.float32)
        share = (step + 1) / self.warmup
        return self.peak * tf.math.minimum(share, tf.math.rsqrt(share))

    def get_config(self):
        return {"peak": self.peak, "warmup": self.warmup}


inputs = Input(shape=(5,))
hidden = Scaled(16, activation="relu")(inputs)
outputs = Dense(1, kernel_regularizer=tf.keras.regularizers.l2(1e-5))(hidden)
model = Model(inputs=inputs, outputs=outputs)
model.compile(loss=Huberish(1.0), optimizer=tf.keras.optimizers.Adam(Warm(0.05, 20)),
              metrics=[rmse, r_squared, Within(0.5)])
model.summary()
watch = Watch()
history = model.fit(x, y, epochs=60, batch_size=40, validation_split=0.1, verbose=0, callbacks=[watch])
print(sorted(history.history), len(watch.losses) // 9 == len(watch.epochs))
print("RESULT within", history.history["within"][-1])
print("RESULT r_squared", history.history["val_r_squared"][-1])
path = os.path.join(tempfile.mkdtemp(), "own_parts.h5")
model.save(path)
again = load_model(path, custom_objects={
    "Scaled": Scaled, "Huberish": Huberish, "rmse": rmse, "r_squared": r_squared, "Within": Within,
    "Warm": Warm}, compile=False)
print("RESULT loaded", bool(np.allclose(again.predict(x[:9]), model.predict(x[:9]))))


def schedule(epoch, lr):
    return lr if epoch < 5 else lr * 0.8


model = Sequential()
model.add(Dense(16, input_shape=(5,), kernel_constraint=lambda w: tf.clip_by_value(w, -0.5, 0.5)))
model.add(Lambda(lambda t: K.relu(t) - 0.1 * K.relu(-t)))
model.add(Dense(1, kernel_initializer=lambda shape, dtype=None: tf.random.normal(shape, 0, 0.1)))
model.compile(loss=lambda t, p: K.mean(K.abs(t - p), axis=-1), optimizer="rmsprop", metrics=["mae"])
K.set_value(model.optimizer.lr, 0.01)
history = model.fit(x, y, epochs=30, verbose=0, validation_data=(x[:50], y[:50]), callbacks=[
    LearningRateScheduler(schedule), EarlyStopping(monitor="val_loss", patience=5,
                                                   restore_best_weights=True)])
print([round(float(lr), 4) for lr in history.history["lr"][:8]])
print("RESULT mae", history.history["val_loss"][-1])
print("RESULT constrained", bool(np.abs(model.layers[0].get_weights()[0]).max() <= 0.5))
print("RESULT rate", float(K.get_value(model.optimizer.learning_rate)) < 0.01)


class Averaging(tf.keras.Model):
    """An autoencoder with a penalty of its own, trained by its own step."""

    def __init__(self):
        super().__init__()
        self.encoder = Sequential([Dense(8, activation="relu"), Dense(2)])
        self.decoder = Sequential([Dense(8, activation="relu"), Dense(5)])
        self.loss_tracker = tf.keras.metrics.Mean(name="total")

    @property
    def metrics(self):
        return [self.loss_tracker]

    def call(self, data):
        return self.decoder(self.encoder(data))

    def train_step(self, data):
        if isinstance(data, tuple):
            data = data[0]
        with tf.GradientTape() as tape:
            code = self.encoder(data)
            rebuilt = self.decoder(code)
            total = tf.reduce_mean(tf.reduce_sum((data - rebuilt) ** 2, axis=1))
            total += 0.001 * tf.reduce_mean(tf.square(code))
        grads = tape.gradient(total, self.trainable_weights)
        self.optimizer.apply_gradients(zip(grads, self.trainable_weights))
        self.loss_tracker.update_state(total)
        return {"total": self.loss_tracker.result()}


flat = (x[:, :2] @ rng.normal(size=(2, 5))).astype("float32")
model = Averaging()
model.compile(optimizer=tf.keras.optimizers.Adam(0.01))
history = model.fit(flat, epochs=30, batch_size=20, verbose=0)
print("RESULT total", history.history["total"][-1] / history.history["total"][0])

print(K.int_shape(Input((3, 4))), K.floatx(), K.epsilon(), K.image_data_format())
v = K.variable([[1.0, 2.0], [3.0, 4.0]])
print(K.eval(K.sum(v)), K.get_value(K.argmax(v, axis=-1)), K.shape(v), K.ndim(v), K.dtype(v))
print(K.concatenate([v, v], axis=0).shape, K.batch_dot(v, v).shape, K.reshape(v, (4, 1)).shape)
print(K.one_hot(K.constant([0, 2], dtype="int32"), 3), K.cast(v, "int32"), K.clip(v, 2, 3))
print(K.mean(v, axis=0), K.std(v), K.max(v), K.exp(K.zeros((2,))), K.flatten(v), K.expand_dims(v).shape)
get_hidden = K.function([again.input], [again.layers[1].output])
print("RESULT function", get_hidden([x[:2]])[0].shape == (2, 16))
K.clear_session()
