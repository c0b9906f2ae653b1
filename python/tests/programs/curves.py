"""How small networks learn on real tables and pictures, epoch by epoch and seed by seed.

    python curves.py DATA SEEDS [NAME...]

`DATA` is the folder with the four small data sets, `SEEDS` how many times each program runs. Each run
prints one line: CURVE, the program's name, and its history as JSON. The same file runs with TensorFlow,
for `golden/tensorflow_curves.py`, and with ours.
"""

import gzip
import json
import os
import sys

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models
from tensorflow.keras.preprocessing.image import ImageDataGenerator

FOLDER = sys.argv[1]


def table(name):
    """(columns standardised, labels), in an order of its own."""
    with gzip.open(os.path.join(FOLDER, name + '.csv.gz'), 'rt') as lines:
        rows = [line.strip().split(',') for line in lines][1:]
    kinds = sorted({row[-1] for row in rows})
    x = np.array([row[:-1] for row in rows], dtype='float32')
    y = np.array([kinds.index(row[-1]) for row in rows])
    order = np.random.RandomState(0).permutation(len(x))
    x, y = x[order], y[order]
    return (x - x.mean(axis=0)) / x.std(axis=0), y


def digits():
    """(pictures of 8 x 8 points from 0 to 1, digits)."""
    with gzip.open(os.path.join(FOLDER, 'digits-images-idx3-ubyte.gz')) as f:
        x = np.frombuffer(f.read(), 'uint8', offset=16).reshape(-1, 8, 8)
    with gzip.open(os.path.join(FOLDER, 'digits-labels-idx1-ubyte.gz')) as f:
        y = np.frombuffer(f.read(), 'uint8', offset=8)
    return x[:, :, :, np.newaxis] / 16.0, y.astype('int64')


def iris():
    x, y = table('iris')
    y = tf.keras.utils.to_categorical(y, num_classes=3)
    model = tf.keras.Sequential([
        layers.Dense(units=16, activation='relu', input_shape=(4,)),
        layers.Dense(units=12, activation='relu'),
        layers.Dense(units=3, activation='softmax'),
    ])
    model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.01), loss='categorical_crossentropy',
                  metrics=['accuracy'])
    return model.fit(x, y, epochs=10, batch_size=16, validation_split=0.25, verbose=0).history


def wine():
    x, y = table('wine')
    model = tf.keras.Sequential()
    model.add(layers.Dense(48, input_dim=13, activation='elu', kernel_initializer='he_normal',
                           kernel_regularizer=tf.keras.regularizers.l2(0.01)))
    model.add(layers.Dropout(0.4))
    model.add(layers.Dense(24, activation='tanh', bias_initializer='ones'))
    model.add(layers.Dense(3, activation='softmax'))
    model.compile(optimizer=tf.keras.optimizers.RMSprop(lr=0.002, decay=1e-3),
                  loss='sparse_categorical_crossentropy', metrics=['accuracy'])
    return model.fit(x, y, epochs=8, batch_size=32, validation_split=0.25, verbose=0,
                     class_weight={0: 1.0, 1: 1.5, 2: 2.0}).history


def cancer():
    x, y = table('breast_cancer')
    model = tf.keras.Sequential([
        layers.Dense(16, use_bias=False, input_shape=(30,)),
        layers.BatchNormalization(),
        layers.Activation('relu'),
        layers.Dense(1, activation='sigmoid'),
    ])
    model.compile(optimizer=tf.keras.optimizers.SGD(lr=0.02, momentum=0.9, nesterov=True),
                  loss='binary_crossentropy', metrics=['acc', tf.keras.metrics.AUC(name='auc')])
    return model.fit(x[:400], y[:400], epochs=8, verbose=0, validation_data=(x[400:], y[400:])).history


def regression():
    """The largest of a tumour's sizes from the other columns."""
    x, _ = table('breast_cancer')
    x, y = np.delete(x, 23, axis=1), x[:, 23]
    inputs = tf.keras.Input(shape=(29,))
    hidden = layers.Dense(26, activation='relu')(inputs)
    hidden = layers.Dense(13, activation='relu')(hidden)
    model = tf.keras.Model(inputs=inputs, outputs=layers.Dense(1)(hidden))
    model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.005), loss='mse', metrics=['mae'])
    return model.fit(x, y, epochs=10, batch_size=32, validation_split=0.25, verbose=0).history


def pictures():
    x, y = digits()
    model = models.Sequential([
        layers.Conv2D(16, (3, 3), padding='same', activation='relu', input_shape=(8, 8, 1)),
        layers.MaxPool2D(strides=(2, 2)),
        layers.Conv2D(kernel_size=3, filters=32, activation='relu'),
        layers.Flatten(),
        layers.Dropout(rate=0.3),
        layers.Dense(32, activation='relu'),
        layers.Dense(10, activation='softmax'),
    ])
    model.compile(optimizer=tf.keras.optimizers.Adam(), loss='sparse_categorical_crossentropy',
                  metrics=['accuracy'])
    return model.fit(x, y, epochs=5, batch_size=32, validation_split=0.25, verbose=0).history


def augmented():
    x, y = digits()
    generator = ImageDataGenerator(rotation_range=10, zoom_range=0.1, width_shift_range=0.1,
                                   height_shift_range=0.1, shear_range=0.5)
    model = models.Sequential([
        layers.Conv2D(16, (3, 3), activation='relu', input_shape=(8, 8, 1)),
        layers.MaxPooling2D((2, 2)),
        layers.Flatten(),
        layers.Dense(48, activation='relu'),
        layers.Dense(10),
    ])
    model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.003), metrics=['accuracy'],
                  loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    history = model.fit_generator(generator.flow(x[:1200], y[:1200], batch_size=32), epochs=4,
                                  steps_per_epoch=30, verbose=0, validation_data=(x[1200:], y[1200:]))
    return history.history


def rows():
    """Pictures read row by row."""
    x, y = digits()
    model = tf.keras.Sequential([
        layers.LSTM(24, return_sequences=True, input_shape=(8, 8)),
        layers.GRU(16),
        layers.Dense(10, activation='softmax'),
    ])
    model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.01), loss='sparse_categorical_crossentropy',
                  metrics=['accuracy'])
    return model.fit(x[:, :, :, 0], y, epochs=3, batch_size=64, validation_split=0.25, verbose=0).history


def autoencoder():
    x, _ = digits()
    model = tf.keras.Sequential([
        layers.Conv2D(filters=8, kernel_size=2, strides=(2, 2), activation='elu', input_shape=(8, 8, 1)),
        layers.Conv2D(filters=16, kernel_size=2, strides=(2, 2), activation='elu'),
        layers.Flatten(),
        layers.Dense(12, activation='elu'),
        layers.Dense(2 * 2 * 16, activation='elu'),
        layers.Reshape(target_shape=(2, 2, 16)),
        layers.Conv2DTranspose(filters=8, kernel_size=2, strides=(2, 2), padding='same', activation='elu'),
        layers.Conv2DTranspose(filters=1, kernel_size=3, strides=(2, 2), padding='same',
                               activation='sigmoid'),
    ])
    model.compile(optimizer=tf.optimizers.Adam(), loss='mse')
    return model.fit(x, x, epochs=6, batch_size=32, validation_split=0.2, verbose=0).history


def loop():
    """A loop by hand, with learning rates that fall."""
    x, y = digits()
    x = x.astype('float32')
    batches = tf.data.Dataset.from_tensor_slices((x[:1400], y[:1400])).shuffle(1400).batch(50)
    model = tf.keras.Sequential([layers.Flatten(), layers.Dense(40, activation='tanh'), layers.Dense(10)])
    optimizer = tf.keras.optimizers.SGD(tf.keras.optimizers.schedules.ExponentialDecay(0.5, 28, 0.7))
    cross_entropy = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    loss, accuracy = tf.keras.metrics.Mean(), tf.keras.metrics.SparseCategoricalAccuracy()
    history = {'loss': [], 'accuracy': [], 'val_loss': [], 'val_accuracy': []}

    @tf.function
    def step(pictures, labels):
        with tf.GradientTape() as tape:
            logits = model(pictures, training=True)
            value = cross_entropy(labels, logits)
        gradients = tape.gradient(value, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        loss(value)
        accuracy(labels, logits)

    for epoch in range(5):
        for pictures, labels in batches:
            step(pictures, labels)
        history['loss'].append(loss.result().numpy())
        history['accuracy'].append(accuracy.result().numpy())
        loss.reset_states()
        accuracy.reset_states()
        logits = model(x[1400:])
        history['val_loss'].append(cross_entropy(y[1400:], logits).numpy())
        history['val_accuracy'].append(np.mean(np.argmax(logits, axis=1) == y[1400:]))
    return history


PROGRAMS = [iris, wine, cancer, regression, pictures, augmented, rows, autoencoder, loop]
for program in PROGRAMS:
    if sys.argv[3:] and program.__name__ not in sys.argv[3:]:
        continue
    for seed in range(int(sys.argv[2])):
        tf.keras.backend.clear_session()
        np.random.seed(seed)
        tf.random.set_seed(seed)
        history = {k: [float(v) for v in values] for k, values in program().items()}
        print('CURVE', program.__name__, json.dumps(history), flush=True)
