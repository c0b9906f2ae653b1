"""Fashion-MNIST: a dense network, a convolutional one, a deep one, and augmented pictures."""

import matplotlib
matplotlib.use('Agg')
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from tensorflow.keras.preprocessing.image import ImageDataGenerator

tf.random.set_seed(7)
np.random.seed(7)
fashion_mnist = tf.keras.datasets.fashion_mnist
(train_X, train_Y), (test_X, test_Y) = fashion_mnist.load_data()
print(len(train_X), len(test_X), train_X.dtype, train_Y[:5])
train_X, train_Y, test_X, test_Y = train_X[:3000], train_Y[:3000], test_X[:1000], test_Y[:1000]
plt.imshow(train_X[0], cmap='gray')
plt.colorbar()
train_X = train_X / 255.0
test_X = test_X / 255.0

model = tf.keras.Sequential([
    tf.keras.layers.Flatten(input_shape=(28, 28)),
    tf.keras.layers.Dense(units=128, activation='relu'),
    tf.keras.layers.Dense(units=10, activation='softmax'),
])
model.compile(optimizer=tf.keras.optimizers.Adam(), loss='sparse_categorical_crossentropy',
              metrics=['accuracy'])
history = model.fit(train_X, train_Y, epochs=5, validation_split=0.25)
plt.figure(figsize=(12, 4))
plt.subplot(1, 2, 1)
plt.plot(history.history['loss'], 'b-', label='loss')
plt.plot(history.history['val_loss'], 'r--', label='val_loss')
plt.legend()
print('RESULT dense', model.evaluate(test_X, test_Y)[1])

train_X = train_X.reshape(-1, 28, 28, 1)
test_X = test_X.reshape(-1, 28, 28, 1)
model = tf.keras.Sequential([
    tf.keras.layers.Conv2D(input_shape=(28, 28, 1), kernel_size=(3, 3), filters=8, padding='same', activation='relu'),
    tf.keras.layers.Conv2D(kernel_size=(3, 3), filters=8, padding='same', activation='relu'),
    tf.keras.layers.MaxPool2D(pool_size=(2, 2)),
    tf.keras.layers.Dropout(rate=0.3),
    tf.keras.layers.Conv2D(kernel_size=(3, 3), filters=16, padding='same', activation='relu'),
    tf.keras.layers.Conv2D(kernel_size=(3, 3), filters=32, padding='valid', activation='relu'),
    tf.keras.layers.MaxPool2D(pool_size=(2, 2)),
    tf.keras.layers.Dropout(rate=0.3),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(units=128, activation='relu'),
    tf.keras.layers.Dropout(rate=0.3),
    tf.keras.layers.Dense(units=10, activation='softmax'),
])
model.compile(optimizer=tf.keras.optimizers.Adam(), loss='sparse_categorical_crossentropy',
              metrics=['accuracy'])
model.summary()
history = model.fit(train_X, train_Y, epochs=3, validation_split=0.25, verbose=2)
print('RESULT deep', model.evaluate(test_X, test_Y, verbose=0)[1])

image_generator = ImageDataGenerator(rotation_range=10, zoom_range=0.10, shear_range=0.5,
                                     width_shift_range=0.10, height_shift_range=0.10,
                                     horizontal_flip=True, vertical_flip=False)
augment_size = 1000
print(train_X.shape, train_X[0].shape)
x_augmented = image_generator.flow(np.tile(train_X[0].reshape(28 * 28), 100).reshape(-1, 28, 28, 1),
                                   np.zeros(100), batch_size=100, shuffle=False).next()[0]
print(x_augmented.shape)
randidx = np.random.randint(train_X.shape[0], size=augment_size)
x_augmented = train_X[randidx].copy()
y_augmented = train_Y[randidx].copy()
x_augmented = image_generator.flow(x_augmented, np.zeros(augment_size), batch_size=augment_size,
                                   shuffle=False).next()[0]
train_X = np.concatenate((train_X, x_augmented))
train_Y = np.concatenate((train_Y, y_augmented))
s = np.arange(train_X.shape[0])
np.random.shuffle(s)
train_X = train_X[s]
train_Y = train_Y[s]
print('RESULT augmented', train_X.shape == (4000, 28, 28, 1))
model.fit_generator(image_generator.flow(train_X, train_Y, batch_size=64), steps_per_epoch=20, epochs=1,
                    validation_data=(test_X, test_Y), verbose=2)
print(model.predict_classes(test_X[:4]).shape)
