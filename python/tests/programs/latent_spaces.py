"""A variational autoencoder with its loss added by hand, and a large network whose top alone learns."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras import layers
from tensorflow.keras.models import Model

np.random.seed(2)
tf.random.set_seed(2)
latent_dim = 2
# Pictures of 8 x 8 points: a square of light whose place is all there is to know.
places = np.random.uniform(1, 7, (512, 2))
steps = np.arange(8)
x_train = np.exp(-((steps - places[:, :1]) ** 2)[:, :, None] / 4 - ((steps - places[:, 1:]) ** 2)[:, None] / 4)
x_train = x_train.reshape(-1, 64).astype('float32')


def sampling(args):
    z_mean, z_log_var = args
    batch = K.shape(z_mean)[0]
    dim = K.int_shape(z_mean)[1]
    epsilon = K.random_normal(shape=(batch, dim))
    return z_mean + K.exp(0.5 * z_log_var) * epsilon


inputs = layers.Input(shape=(64,), name='encoder_input')
x = layers.Dense(32, activation='relu')(inputs)
z_mean = layers.Dense(latent_dim, name='z_mean')(x)
z_log_var = layers.Dense(latent_dim, name='z_log_var')(x)
z = layers.Lambda(sampling, output_shape=(latent_dim,), name='z')([z_mean, z_log_var])
encoder = Model(inputs, [z_mean, z_log_var, z], name='encoder')
encoder.summary()
latent_inputs = layers.Input(shape=(latent_dim,), name='z_sampling')
x = layers.Dense(32, activation='relu')(latent_inputs)
decoder = Model(latent_inputs, layers.Dense(64, activation='sigmoid')(x), name='decoder')
outputs = decoder(encoder(inputs)[2])
vae = Model(inputs, outputs, name='vae')
reconstruction_loss = tf.keras.losses.binary_crossentropy(inputs, outputs) * 64
kl_loss = -0.5 * K.sum(1 + z_log_var - K.square(z_mean) - K.exp(z_log_var), axis=-1)
vae.add_loss(K.mean(reconstruction_loss + kl_loss))
vae.compile(optimizer=tf.keras.optimizers.Adam(lr=0.005))
history = vae.fit(x_train, epochs=30, batch_size=32, validation_data=(x_train, None), verbose=2)
print('RESULT vae', history.history['val_loss'][-1])
means = encoder.predict(x_train)[0]
# The two numbers tell the place: the place from them by a polynomial.
terms = np.stack([means[:, 0] ** i * means[:, 1] ** j for i in range(4) for j in range(4 - i)], axis=1)
fitted = terms @ np.linalg.lstsq(terms, places, rcond=None)[0]
print('RESULT place', np.mean((fitted - places) ** 2) / np.var(places))

mobile = tf.keras.applications.MobileNetV2(weights=None, include_top=False, input_shape=(32, 32, 3))
for layer in mobile.layers:
    layer.trainable = False
x = layers.GlobalAveragePooling2D()(mobile.layers[-40].output)
model = Model(inputs=mobile.input, outputs=layers.Dense(3, activation='softmax')(x))
labels = np.random.randint(0, 3, 120)
pictures = np.random.uniform(0, 1, (120, 32, 32, 3)) * np.array([[1, .2, .2], [.2, 1, .2], [.2, .2, 1]])[labels][:, None, None]
before = [w.copy() for w in mobile.get_weights()]
model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.05), loss='sparse_categorical_crossentropy',
              metrics=['accuracy'])
print(len(model.trainable_variables), len(model.layers), model.count_params())
model.fit(pictures, labels, epochs=5, batch_size=40, verbose=0)
print('RESULT frozen', all((a == b).all() for a, b in zip(before, mobile.get_weights())))
print('RESULT top', len(model.trainable_variables))
