"""A course program as a type checker sees it: never run, only checked by `test_editors.py`."""

import numpy as np

import seodang
from seodang import keras
from seodang.compat import tensorflow as tf
from seodang.keras import layers
from seodang.keras.layers import Dense

print(seodang.__version__, tf.__version__, keras.__version__)
(x_train, y_train), (x_test, y_test) = tf.keras.datasets.mnist.load_data()
x_train = x_train.reshape(-1, 784).astype("float32") / 255.0
model = tf.keras.Sequential([
    tf.keras.layers.Flatten(input_shape=(28, 28)),
    tf.keras.layers.Dense(128, activation="relu"),
    tf.keras.layers.Dropout(0.2),
    layers.Dense(10, activation="softmax"),
])
model.add(Dense(3))
model.compile(
    optimizer=tf.keras.optimizers.Adam(learning_rate=1e-3),
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
model.summary()
history = model.fit(
    x_train, y_train, epochs=2, validation_split=0.1, verbose=0,
    callbacks=[tf.keras.callbacks.EarlyStopping(patience=2, min_delta=0.01)],
)
print(history.history["loss"], history.epoch)
loss, accuracy = model.evaluate(x_test, y_test)
print(np.argmax(model.predict(x_test), axis=-1), model.layers[0].get_weights())
model.optimizer.learning_rate = 0.1

w = tf.Variable(tf.random.normal((3, 2), stddev=0.1), name="w")
optimizer = tf.keras.optimizers.SGD(lr=0.1)
for step in range(10):
    with tf.GradientTape() as tape:
        z = tf.matmul(tf.ones((4, 3), dtype=tf.float32), w) + tf.zeros(2)
        cost = tf.reduce_mean(tf.square(z - 1.0))
    grads = tape.gradient(cost, [w])
    optimizer.apply_gradients(zip(grads, [w]))
    w.assign_sub(0.1 * w)
    print(float(cost), cost.numpy(), cost.shape.as_list(), cost.dtype.name)

dataset = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(100).batch(32)
for a, b in dataset.prefetch(tf.data.AUTOTUNE).map(lambda a, b: (a, b)).take(1):
    print(a.shape)


class Affine(tf.keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform")

    def call(self, inputs):
        return tf.nn.relu(inputs @ self.w)


class Stop(tf.keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if logs and logs["loss"] < 0.1:
            self.model.stop_training = True


inputs = tf.keras.Input(shape=(28, 28, 1))
x = layers.MaxPooling2D()(layers.Conv2D(8, 3, activation="relu")(inputs))
functional = tf.keras.Model(inputs, layers.Dense(10)(layers.Flatten()(x)))
functional.save("a.h5")
print(tf.keras.models.load_model("a.h5"), functional.layers[-2].output)
tf.keras.utils.plot_model(functional, show_shapes=True)
base = tf.keras.applications.VGG16(weights=None, include_top=False, input_shape=(32, 32, 3))
base.trainable = False


@tf.function
def doubled(a):
    return a * 2 + tf.math.exp(a)


print(doubled(tf.constant(1.0)), tf.cast(1, tf.int32), -tf.constant(1) > 0, tf.constant([1, 2])[0])
tf.keras.backend.clear_session()
tf.random.set_seed(1)
sequences = tf.keras.preprocessing.sequence.pad_sequences([[1], [1, 2]], maxlen=3)
words = tf.keras.preprocessing.text.Tokenizer(num_words=10)
pictures = tf.keras.preprocessing.image.ImageDataGenerator(rotation_range=20.5, zoom_range=[0.8, 1.2])
model.fit(pictures.flow(x_train, y_train, batch_size=32), steps_per_epoch=3)
picture = tf.image.resize(tf.image.decode_jpeg(tf.io.read_file("a.jpg"), channels=3), [32, 32])
print(picture[tf.newaxis, ...].shape, tf.nn.softmax(picture), tf.eye(2, dtype=tf.float64))
print(tf.argmax(picture, axis=1, output_type=tf.int32), keras.backend.mean(picture))
