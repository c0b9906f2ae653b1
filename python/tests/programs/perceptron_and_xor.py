"""A neuron by hand, AND with a bias, XOR with a network: the first programs of a course."""

import math

import numpy as np
import tensorflow as tf

tf.random.set_seed(1)
np.random.seed(1)


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


x, y = 1, 0
w = tf.random.normal([1], 0, 1)
output = sigmoid(x * w)
for i in range(1000):
    output = sigmoid(x * w)
    error = y - output
    w = w + x * 0.1 * error
    if i % 100 == 99:
        print(i, error, output)
print("RESULT neuron", output)

X = np.array([[1, 1], [1, 0], [0, 1], [0, 0]])
Y = np.array([[1], [0], [0], [0]])
W = tf.random.normal([2], 0, 1)
b = tf.random.normal([1], 0, 1)
b_x = 1
for i in range(2000):
    error_sum = 0
    for j in range(4):
        output = sigmoid(np.sum(X[j] * W) + b_x * b)
        error = Y[j][0] - output
        W = W + X[j] * 0.1 * error
        b = b + b_x * 0.1 * error
        error_sum += error
    if i % 200 == 199:
        print(i, error_sum)
right = sum(round(sigmoid(np.sum(X[i] * W) + b)) == Y[i][0] for i in range(4))
print("RESULT and", right)

x = np.array([[1, 1], [1, 0], [0, 1], [0, 0]])
y = np.array([[0], [1], [1], [0]])
model = tf.keras.Sequential([
    tf.keras.layers.Dense(units=2, activation="sigmoid", input_shape=(2,)),
    tf.keras.layers.Dense(units=1, activation="sigmoid"),
])
model.compile(optimizer=tf.keras.optimizers.SGD(lr=0.1), loss="mse")
model.summary()
best = 1.0
for seed in range(5):
    tf.random.set_seed(seed)
    model = tf.keras.Sequential([
        tf.keras.layers.Dense(units=4, activation="tanh", input_shape=(2,)),
        tf.keras.layers.Dense(units=1, activation="sigmoid"),
    ])
    model.compile(optimizer=tf.keras.optimizers.SGD(lr=0.5), loss="mse")
    history = model.fit(x, y, epochs=500, batch_size=1, verbose=0)
    best = min(best, history.history["loss"][-1])
print(model.predict(x))
for weight in model.weights:
    print(weight)
print("RESULT xor", best)
