"""A line and curves through points: Variables, minimize over a list, Python lists as data."""

import random

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

random.seed(3)
X = [0.3, -0.78, 1.26, 0.03, 1.11, 0.24, -0.24, -0.47, -0.77, -0.37, -0.85, -0.41, -0.27, 0.02, -0.76, 2.66]
Y = [12.27, 14.44, 11.87, 18.75, 17.52, 16.37, 19.78, 19.51, 12.65, 14.74, 10.72, 21.94, 12.83, 15.51, 17.14, 14.42]

a = tf.Variable(random.random())
b = tf.Variable(random.random())


def compute_loss():
    y_pred = a * X + b
    loss = tf.reduce_mean((Y - y_pred) ** 2)
    return loss


optimizer = tf.optimizers.Adam(lr=0.07)
for i in range(1000):
    optimizer.minimize(compute_loss, var_list=[a, b])
    if i % 100 == 99:
        print(i, "a:", a.numpy(), "b:", b.numpy(), "loss:", compute_loss().numpy())

line_x = np.arange(min(X), max(X), 0.01)
line_y = a * line_x + b
plt.plot(line_x, line_y, "r-")
plt.plot(X, Y, "bo")
slope, level = np.polyfit(X, Y, 1)
print("RESULT line", abs(a.numpy() - slope) + abs(b.numpy() - level))

c = tf.Variable(random.random())


def curve_loss():
    y_pred = a * np.array(X) ** 2 + b * X + c
    return tf.reduce_mean((Y - y_pred) ** 2)


optimizer = tf.keras.optimizers.Adam(learning_rate=0.07)
for i in range(3000):
    optimizer.minimize(curve_loss, var_list=[a, b, c])
fit = np.polyfit(X, Y, 2)
best = np.mean((np.polyval(fit, X) - Y) ** 2)
print("RESULT curve", curve_loss().numpy() - best)

model = tf.keras.Sequential([
    tf.keras.layers.Dense(units=6, activation="tanh", input_shape=(1,)),
    tf.keras.layers.Dense(units=1),
])
model.compile(optimizer=tf.keras.optimizers.SGD(lr=0.1), loss="mse")
model.summary()
history = model.fit(X, Y, epochs=10)
print(model.predict(X).shape)
print("RESULT lists", history.history["loss"][-1] / history.history["loss"][0])
