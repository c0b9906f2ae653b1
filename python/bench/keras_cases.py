"""The cases as a program for TensorFlow says them: the same lines for Seodang and TensorFlow."""

import importlib

import numpy as np
from data import BATCH, CLASSES, HIDDEN, INPUTS, TAPE_STEPS, pictures


def cases(library: str) -> dict:
    """Each case: what makes the call, the least seconds, the calls between looks at the clock."""
    place = {"seodang": "seodang.compat.tensorflow", "tensorflow": "tensorflow"}[library]
    tf = importlib.import_module(place)

    def network():
        return tf.keras.Sequential(
            [
                tf.keras.layers.Dense(HIDDEN, activation="relu", input_shape=(INPUTS,)),
                tf.keras.layers.Dense(CLASSES, activation="softmax"),
            ]
        )

    def fit():
        x, y = pictures()
        model = network()
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        return lambda: model.fit(x, y, batch_size=BATCH, epochs=1, verbose=0)

    def tape():
        x, y = pictures()
        model = network()
        loss_of = tf.keras.losses.SparseCategoricalCrossentropy()
        optimizer = tf.keras.optimizers.Adam()

        def loop():
            for step in range(TAPE_STEPS):
                rows = slice(step * BATCH, (step + 1) * BATCH)
                with tf.GradientTape() as tape:
                    loss = loss_of(y[rows], model(x[rows]))
                gradients = tape.gradient(loss, model.trainable_variables)
                optimizer.apply_gradients(zip(gradients, model.trainable_variables))

        return loop

    def add():
        a = tf.constant(np.arange(10, dtype=np.float32))
        b = tf.constant(np.ones(10, dtype=np.float32))

        def thousand():
            for _ in range(1000):
                a + b

        return thousand

    def predict():
        model = network()
        row = pictures()[0][:1]
        return lambda: model.predict(row, verbose=0)

    return {
        "fit": (fit, 0.0, 1),
        "tape": (tape, 0.0, 1),
        "add": (add, 0.1, 1),
        "predict": (predict, 0.2, 5),
    }
