"""Learning curves of small networks of every kind, for one seed after another, in Keras 2's spellings.

`python learning.py SEED...` prints a line of JSON for each seed and network: its name and `history`.
The data are made by NumPy from fixed seeds, so every library sees the same rows; weights, shuffling
and dropout follow the seed.
"""

import json
import sys

import numpy as np
import tensorflow as tf

layers = tf.keras.layers
optimizers = tf.keras.optimizers


def clouds(rows, classes, spread, seed=0):
    rng = np.random.RandomState(seed)
    centres = rng.normal(size=(classes, 12))
    labels = rng.randint(0, classes, rows)
    return (centres[labels] + rng.normal(size=(rows, 12)) * spread).astype("float32"), labels


def classes():
    x, y = clouds(800, 4, 1.0)
    model = tf.keras.Sequential([
        layers.Dense(units=32, activation="relu", input_shape=(12,)),
        layers.Dropout(rate=0.3),
        layers.Dense(units=16, activation="relu"),
        layers.Dense(units=4, activation="softmax"),
    ])
    model.compile(optimizer=optimizers.Adam(lr=0.005), loss="categorical_crossentropy",
                  metrics=["accuracy"])
    y = tf.keras.utils.to_categorical(y, num_classes=4)
    return model.fit(x, y, epochs=6, batch_size=32, validation_split=0.25, verbose=0)


def prices():
    rng = np.random.RandomState(1)
    x = rng.normal(size=(400, 13))
    y = np.tanh(x @ rng.normal(size=13) / 2) + x[:, 0] * x[:, 1] / 2 + rng.normal(size=400) / 10
    model = tf.keras.Sequential([
        layers.Dense(units=39, activation="relu", input_shape=(13,)),
        layers.Dense(units=26, activation="tanh", kernel_initializer="he_normal"),
        layers.Dense(units=1),
    ])
    model.compile(optimizer=optimizers.RMSprop(lr=0.003), loss="mse", metrics=["mae"])
    return model.fit(x, y, epochs=6, batch_size=16, validation_split=0.25, verbose=0)


def slow_descent():
    x, y = clouds(600, 2, 1.5, seed=2)
    model = tf.keras.Sequential([
        layers.Dense(units=16, activation="sigmoid", input_shape=(12,),
                     kernel_regularizer=tf.keras.regularizers.l2(0.001)),
        layers.Dense(units=1, activation="sigmoid"),
    ])
    model.compile(optimizer=optimizers.SGD(lr=0.3, momentum=0.5, decay=0.01, nesterov=True),
                  loss="binary_crossentropy", metrics=["accuracy"])
    return model.fit(x, y, epochs=6, batch_size=32, validation_split=0.25, verbose=0)


def pictures():
    rng = np.random.RandomState(3)
    y = rng.randint(0, 4, 400)
    x = rng.uniform(0, 1, (400, 12, 12, 1))
    for picture, label in zip(x, y):
        row, column = rng.randint(0, 8, 2)
        picture[row : row + (4 if label % 2 else 2), column : column + (4 if label > 1 else 2)] += 0.7
    model = tf.keras.Sequential([
        layers.Conv2D(input_shape=(12, 12, 1), kernel_size=(3, 3), filters=8, padding="same"),
        layers.BatchNormalization(),
        layers.Activation("relu"),
        layers.MaxPool2D(strides=(2, 2)),
        layers.Conv2D(kernel_size=(3, 3), filters=16, activation="relu"),
        layers.Dropout(rate=0.3),
        layers.Flatten(),
        layers.Dense(units=32, activation="elu"),
        layers.Dense(units=4, activation="softmax"),
    ])
    model.compile(optimizer=optimizers.Adam(lr=0.003), loss="sparse_categorical_crossentropy",
                  metrics=["accuracy"])
    return model.fit(x, y, epochs=8, batch_size=32, validation_split=0.25, verbose=0)


def autoencoder():
    rng = np.random.RandomState(4)
    x = np.zeros((300, 8, 8, 1), "float32")
    for picture in x:
        row, column = rng.randint(0, 6, 2)
        picture[row : row + 2] = picture[:, column : column + 2] = 1
    model = tf.keras.Sequential([
        layers.Conv2D(filters=8, kernel_size=2, strides=(2, 2), activation="elu",
                      input_shape=(8, 8, 1)),
        layers.Flatten(),
        layers.Dense(16, activation="elu"),
        layers.Dense(4 * 4 * 8, activation="elu"),
        layers.Reshape(target_shape=(4, 4, 8)),
        layers.Conv2DTranspose(filters=1, kernel_size=2, strides=(2, 2), padding="same",
                               activation="sigmoid"),
    ])
    model.compile(optimizer=optimizers.Adam(lr=0.003), loss="mse")
    return model.fit(x, x, epochs=6, batch_size=32, validation_split=0.25, verbose=0)


def memory(layer):
    rng = np.random.RandomState(5)
    x = rng.uniform(0, 1, (400, 10, 2))
    x[:, :, 1] = 0
    places = np.array([rng.choice(10, 2, replace=False) for _ in x])
    for row, place in zip(x, places):
        row[place, 1] = 1
    y = np.array([row[place, 0].sum() for row, place in zip(x, places)])
    model = tf.keras.Sequential([
        layer(units=12, return_sequences=True, input_shape=[10, 2]),
        layer(units=12),
        layers.Dense(1),
    ])
    model.compile(optimizer=optimizers.Adam(lr=0.01), loss="mse")
    return model.fit(x, y, epochs=6, batch_size=32, validation_split=0.25, verbose=0)


def words():
    rng = np.random.RandomState(6)
    x, y = np.zeros((600, 12), "int32"), rng.randint(0, 2, 600)
    for row, label in zip(x, y):
        length = rng.randint(4, 13)
        row[:length] = rng.randint(1, 30, length)
        row[rng.randint(0, length)] = 30 + 5 * label + rng.randint(0, 5)
    model = tf.keras.Sequential([
        layers.Embedding(40, 8, input_length=12, mask_zero=True),
        layers.Bidirectional(layers.LSTM(units=8)),
        layers.Dense(2, activation="softmax"),
    ])
    model.compile(optimizer=optimizers.Adam(lr=0.01), loss="sparse_categorical_crossentropy",
                  metrics=["accuracy"])
    return model.fit(x, y, epochs=6, batch_size=32, validation_split=0.25, verbose=0)


NETWORKS = {
    "classes": classes,
    "prices": prices,
    "slow_descent": slow_descent,
    "pictures": pictures,
    "autoencoder": autoencoder,
    "simple_rnn": lambda: memory(layers.SimpleRNN),
    "lstm": lambda: memory(layers.LSTM),
    "gru": lambda: memory(layers.GRU),
    "words": words,
}

for seed in map(int, sys.argv[1:]):
    for name, train in NETWORKS.items():
        tf.keras.backend.clear_session()
        np.random.seed(seed)
        tf.random.set_seed(seed)
        history = train().history
        curves = {k: [round(float(v), 5) for v in vs] for k, vs in history.items()}
        print(json.dumps({"name": name, "seed": seed, "history": curves}), flush=True)
