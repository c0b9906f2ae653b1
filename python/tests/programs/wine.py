"""Wine: a frame of pandas, one-hot labels, frames given to fit."""

import os

import numpy as np
import pandas as pd
import tensorflow as tf

np.random.seed(5)
tf.random.set_seed(5)

folder = os.environ['SEODANG_DATA']
red = pd.read_csv(os.path.join(folder, 'red-wine', 'red_wine_quality.csv'))
print(red.head())
red['good'] = (red['quality'] > 5).astype(int)
counts = red['quality'].value_counts()
print(counts)
wine = red.drop(columns=['quality'])
wine_norm = (wine - wine.min()) / (wine.max() - wine.min())
wine_shuffle = wine_norm.sample(frac=1, random_state=1)
wine_np = wine_shuffle.to_numpy()
train_idx = int(len(wine_np) * 0.8)
train_X, train_Y = wine_np[:train_idx, :-1], wine_np[:train_idx, -1]
test_X, test_Y = wine_np[train_idx:, :-1], wine_np[train_idx:, -1]
train_Y = tf.keras.utils.to_categorical(train_Y, num_classes=2)
test_Y = tf.keras.utils.to_categorical(test_Y, num_classes=2)
print(train_Y[0], train_X.shape, test_Y.shape)
model = tf.keras.Sequential([
    tf.keras.layers.Dense(units=48, activation='relu', input_shape=(11,)),
    tf.keras.layers.Dense(units=24, activation='relu'),
    tf.keras.layers.Dense(units=12, activation='relu'),
    tf.keras.layers.Dense(units=2, activation='softmax'),
])
model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.003), loss='categorical_crossentropy',
              metrics=['accuracy'])
history = model.fit(train_X, train_Y, epochs=25, batch_size=32, validation_split=0.25, verbose=2)
print(sorted(history.history))
loss, accuracy = model.evaluate(test_X, test_Y, verbose=0)
print('RESULT wine', accuracy)
model = tf.keras.Sequential([
    tf.keras.layers.Dense(16, activation='relu', input_dim=11),
    tf.keras.layers.Dense(1, activation='sigmoid'),
])
model.compile('adam', 'binary_crossentropy', ['acc'])
history = model.fit(wine_norm.iloc[:, :-1], wine_norm['good'], epochs=20, verbose=0)
print('RESULT frames', history.history['acc'][-1])
print(model.predict_classes(wine_norm.iloc[:3, :-1].values).shape, model.predict(wine_norm.iloc[:3, :-1]).dtype)
