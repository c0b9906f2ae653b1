"""A variational autoencoder whose loss is made of the model's own symbolic values."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense, Input, Lambda
from tensorflow.keras.losses import MeanSquaredError, binary_crossentropy, mse
from tensorflow.keras.models import Model

tf.random.set_seed(0)
rng = np.random.RandomState(0)
x = (rng.rand(400, 2) @ rng.normal(size=(2, 6)) > 0.2).astype("float32")


def sampling(args):
    z_mean, z_log_var = args
    epsilon = K.random_normal(shape=(K.shape(z_mean)[0], K.int_shape(z_mean)[1]))
    return z_mean + K.exp(0.5 * z_log_var) * epsilon


inputs = Input(shape=(6,), name="encoder_input")
h = Dense(16, activation="relu")(inputs)
z_mean = Dense(2, name="z_mean")(h)
z_log_var = Dense(2, name="z_log_var")(h)
z = Lambda(sampling, output_shape=(2,), name="z")([z_mean, z_log_var])
encoder = Model(inputs, [z_mean, z_log_var, z], name="encoder")
latent = Input(shape=(2,))
decoder = Model(latent, Dense(6, activation="sigmoid")(Dense(16, activation="relu")(latent)),
                name="decoder")
outputs = decoder(encoder(inputs)[2])
vae = Model(inputs, outputs, name="vae_mlp")
reconstruction = binary_crossentropy(inputs, outputs) * 6
kl = -0.05 * K.sum(1 + z_log_var - K.square(z_mean) - K.exp(z_log_var), axis=-1)
print(reconstruction.shape, mse(inputs, outputs).shape, MeanSquaredError()(inputs, outputs).shape)
vae.add_loss(K.mean(reconstruction + kl))
vae.compile(optimizer=tf.keras.optimizers.Adam(lr=0.01))
history = vae.fit(x, epochs=25, batch_size=40, verbose=0)
print("RESULT vae", history.history["loss"][-1] / history.history["loss"][0])
rebuilt = decoder.predict(encoder.predict(x)[0])
print("RESULT rebuilt", float(np.mean((rebuilt > 0.5) == x)))
