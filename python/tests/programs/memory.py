"""Recurrent networks: a row of numbers, and the product of two marked ones among many."""

import numpy as np
import tensorflow as tf

np.random.seed(2)
tf.random.set_seed(2)
X = []
Y = []
for i in range(6):
    lst = list(range(i, i + 4))
    X.append(list(map(lambda c: [c / 10], lst)))
    Y.append((i + 4) / 10)
X = np.array(X)
Y = np.array(Y)
for i in range(len(X)):
    print(X[i], Y[i])
model = tf.keras.Sequential([
    tf.keras.layers.SimpleRNN(units=10, return_sequences=False, input_shape=[4, 1]),
    tf.keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.summary()
model.fit(X, Y, epochs=100, verbose=0)
print(model.predict(X))
print(model.predict(np.array([[[0.6], [0.7], [0.8], [0.9]]])))
print(model.predict(np.array([[[-0.1], [0.0], [0.1], [0.2]]])).shape)
print('RESULT counting', model.evaluate(X, Y, verbose=0))

LENGTH, ROWS = 30, 1280
X = []
Y = []
for i in range(ROWS):
    lst = np.random.rand(LENGTH)
    idx = np.random.choice(LENGTH, 2, replace=False)
    zeros = np.zeros(LENGTH)
    zeros[idx] = 1
    X.append(np.array(list(zip(zeros, lst))))
    Y.append(np.prod(lst[idx]))
print(X[0][:3], Y[0])
for layer in (tf.keras.layers.SimpleRNN, tf.keras.layers.LSTM, tf.keras.layers.GRU):
    model = tf.keras.Sequential([
        layer(units=30, return_sequences=True, input_shape=[LENGTH, 2]),
        layer(units=30),
        tf.keras.layers.Dense(1),
    ])
    model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.005), loss='mse')
    model.summary()
    X, Y = np.array(X), np.array(Y)
    history = model.fit(X[:1000], Y[:1000], epochs=4, validation_split=0.2, verbose=2)
    print('RESULT', layer.__name__, history.history['val_loss'][-1])
    prediction = model.predict(X[1000:1280])
    fail = 0
    for i in range(len(prediction)):
        if abs(prediction[i][0] - Y[1000 + i]) > 0.04:
            fail += 1
    print('correctness:', (280 - fail) / 280 * 100, '%')
