"""Boston housing: standardised columns, early stopping."""

import numpy as np
import tensorflow as tf

np.random.seed(5)
tf.random.set_seed(5)

(train_X, train_Y), (test_X, test_Y) = tf.keras.datasets.boston_housing.load_data()
print(len(train_X), len(test_X), train_X[0].shape, train_Y[0])
x_mean, x_std = train_X.mean(axis=0), train_X.std(axis=0)
train_X -= x_mean
train_X /= x_std
test_X -= x_mean
test_X /= x_std
y_mean, y_std = train_Y.mean(axis=0), train_Y.std(axis=0)
train_Y -= y_mean
train_Y /= y_std
test_Y -= y_mean
test_Y /= y_std

model = tf.keras.Sequential([
    tf.keras.layers.Dense(units=52, activation='relu', input_shape=(13,)),
    tf.keras.layers.Dense(units=39, activation='relu'),
    tf.keras.layers.Dense(units=26, activation='relu'),
    tf.keras.layers.Dense(units=1),
])
model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.07), loss='mse')
model.summary()
history = model.fit(train_X, train_Y, epochs=25, batch_size=32, validation_split=0.25, verbose=2,
                    callbacks=[tf.keras.callbacks.EarlyStopping(patience=3, monitor='val_loss')])
print('RESULT prices', model.evaluate(test_X, test_Y, verbose=0))
pred_Y = model.predict(test_X)
print('RESULT shape', pred_Y.shape == (102, 1))
