"""Pictures: dense and convolutional networks, in Keras 2's spellings."""

import os

import numpy as np
import tensorflow as tf

np.random.seed(1)
tf.random.set_seed(1)

if os.environ.get("SEODANG_DATA"):
    (train_X, train_Y), (test_X, test_Y) = tf.keras.datasets.fashion_mnist.load_data()
    train_X, train_Y, test_X, test_Y = train_X[:6000], train_Y[:6000], test_X[:1000], test_Y[:1000]
else:
    # Without the real pictures: bars at one of ten places, in noise.
    rng = np.random.default_rng(0)
    train_Y, test_Y = rng.integers(0, 10, 3000), rng.integers(0, 10, 500)

    def draw(labels):
        x = rng.uniform(0, 60, (len(labels), 28, 28))
        for picture, label in zip(x, labels):
            picture[2 * label + 3 : 2 * label + 6, 4:24] += 150
        return x.astype("uint8")

    train_X, test_X = draw(train_Y), draw(test_Y)

train_X = train_X / 255.0
test_X = test_X / 255.0
model = tf.keras.Sequential([
    tf.keras.layers.Flatten(input_shape=(28, 28)),
    tf.keras.layers.Dense(units=128, activation="relu"),
    tf.keras.layers.Dense(units=10, activation="softmax"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
model.summary()
history = model.fit(train_X, train_Y, epochs=5, validation_split=0.25)
print("RESULT dense", model.evaluate(test_X, test_Y)[1])

train_X = train_X.reshape(-1, 28, 28, 1)
test_X = test_X.reshape(-1, 28, 28, 1)
model = tf.keras.Sequential([
    tf.keras.layers.Conv2D(input_shape=(28, 28, 1), kernel_size=(3, 3), filters=16, padding="same",
                           activation="relu"),
    tf.keras.layers.MaxPool2D(strides=(2, 2)),
    tf.keras.layers.Conv2D(kernel_size=(3, 3), filters=32, activation="relu"),
    tf.keras.layers.MaxPool2D(pool_size=(2, 2)),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dropout(rate=0.3),
    tf.keras.layers.Dense(units=64, activation="relu"),
    tf.keras.layers.Dense(units=10, activation="softmax"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
model.fit(train_X, train_Y, epochs=3, validation_split=0.25)
print("RESULT conv", model.evaluate(test_X, test_Y, verbose=0)[1])
