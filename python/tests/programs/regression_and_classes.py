"""Tables of numbers: standardised columns, early stopping, one-hot labels, class weights."""

import numpy as np
import tensorflow as tf

np.random.seed(1)
tf.random.set_seed(1)

rng = np.random.default_rng(0)
x = rng.normal(size=(500, 13)) * rng.uniform(1, 100, 13) + 5
y = (x @ rng.normal(size=13)) / 50 + rng.normal(size=500) * 0.1
train_X, test_X, train_Y, test_Y = x[:400], x[400:], y[:400], y[400:]
mean, std = train_X.mean(axis=0), train_X.std(axis=0)
train_X = (train_X - mean) / std
test_X = (test_X - mean) / std
y_mean, y_std = train_Y.mean(), train_Y.std()
train_Y, test_Y = (train_Y - y_mean) / y_std, (test_Y - y_mean) / y_std

model = tf.keras.Sequential([
    tf.keras.layers.Dense(units=52, activation="relu", input_shape=(13,)),
    tf.keras.layers.Dense(units=39, activation="relu"),
    tf.keras.layers.Dense(units=26, activation="relu"),
    tf.keras.layers.Dense(units=1),
])
model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.01), loss="mse")
history = model.fit(train_X, train_Y, epochs=100, batch_size=32, validation_split=0.25,
                    callbacks=[tf.keras.callbacks.EarlyStopping(patience=10, monitor="val_loss",
                                                                restore_best_weights=True)])
print("RESULT regression", model.evaluate(test_X, test_Y))
print("RESULT stopped", len(history.history["loss"]))

centres = rng.normal(size=(3, 12)) * 2
labels = rng.integers(0, 3, 600)
x = centres[labels] + rng.normal(size=(600, 12))
x = (x - x.min()) / (x.max() - x.min())
y = tf.keras.utils.to_categorical(labels, num_classes=3)
model = tf.keras.Sequential([
    tf.keras.layers.Dense(units=48, activation="relu", input_shape=(12,),
                          kernel_regularizer=tf.keras.regularizers.l2(0.0001)),
    tf.keras.layers.Dropout(0.2),
    tf.keras.layers.Dense(units=24, activation="relu", kernel_initializer="he_normal"),
    tf.keras.layers.Dense(units=3, activation="softmax"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.03), loss="categorical_crossentropy",
              metrics=["accuracy"])
history = model.fit(x[:450], y[:450], epochs=25, batch_size=32, validation_split=0.25, verbose=2,
                    class_weight={0: 1.0, 1: 1.0, 2: 1.0})
loss, accuracy = model.evaluate(x[450:], y[450:])
print("RESULT classes", accuracy)
print(model.predict_classes(x[:5]), np.argmax(model.predict(x[:5]), axis=-1))
