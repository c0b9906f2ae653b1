"""Autoencoder, frozen layers, layers and models of one's own, a training loop by hand."""

import numpy as np
import tensorflow as tf

np.random.seed(1)
tf.random.set_seed(1)

rng = np.random.default_rng(0)
x = np.zeros((400, 16, 16, 1), "float32")
for p in x:
    r, c = rng.integers(2, 12, 2)
    p[r : r + 3, :, 0] = 1
    p[:, c : c + 2, 0] = 1
model = tf.keras.Sequential([
    tf.keras.layers.Conv2D(filters=8, kernel_size=2, strides=(2, 2), activation="elu",
                           input_shape=(16, 16, 1)),
    tf.keras.layers.Conv2D(filters=16, kernel_size=2, strides=(2, 2), activation="elu"),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(32, activation="elu"),
    tf.keras.layers.Dense(4 * 4 * 16, activation="elu"),
    tf.keras.layers.Reshape(target_shape=(4, 4, 16)),
    tf.keras.layers.Conv2DTranspose(filters=8, kernel_size=2, strides=(2, 2), padding="same",
                                    activation="elu"),
    tf.keras.layers.Conv2DTranspose(filters=1, kernel_size=2, strides=(2, 2), padding="same",
                                    activation="sigmoid"),
])
model.compile(optimizer=tf.optimizers.Adam(0.005), loss="mse")
model.summary()
model.fit(x, x, epochs=15, batch_size=32, verbose=0)
print("RESULT autoencoder", model.evaluate(x, x, verbose=0) / np.var(x))
encoder = tf.keras.models.Model(inputs=model.input, outputs=model.layers[3].output)
print(encoder.predict(x[:3]).shape)
for layer in model.layers[:-1]:
    layer.trainable = False
model.compile(optimizer="adam", loss="mse")
before = [w.numpy().copy() for w in model.layers[0].weights]
model.fit(x, x, epochs=1, verbose=0)
print("RESULT frozen", all((a == b.numpy()).all() for a, b in zip(before, model.layers[0].weights)))


class Linear(tf.keras.layers.Layer):
    def __init__(self, units=32, **kwargs):
        super(Linear, self).__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="random_normal",
                                 trainable=True)
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", trainable=True)

    def call(self, inputs):
        return tf.matmul(inputs, self.w) + self.b


class MyModel(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.first = Linear(16)
        self.drop = tf.keras.layers.Dropout(0.1)
        self.last = tf.keras.layers.Dense(3)

    def call(self, inputs, training=False):
        h = tf.nn.relu(self.first(inputs))
        return self.last(self.drop(h, training=training))


centres = rng.normal(size=(3, 8)) * 2
labels = rng.integers(0, 3, 512)
features = (centres[labels] + rng.normal(size=(512, 8))).astype("float32")
model = MyModel()
loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(0.01)
train_loss = tf.keras.metrics.Mean(name="train_loss")
train_accuracy = tf.keras.metrics.SparseCategoricalAccuracy(name="train_accuracy")
dataset = tf.data.Dataset.from_tensor_slices((features, labels)).shuffle(512).batch(32)


@tf.function
def train_step(batch, targets):
    with tf.GradientTape() as tape:
        predictions = model(batch, training=True)
        loss = loss_object(targets, predictions)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    train_loss(loss)
    train_accuracy(targets, predictions)


for epoch in range(8):
    train_loss.reset_states()
    train_accuracy.reset_states()
    for batch, targets in dataset:
        train_step(batch, targets)
    print(f"Epoch {epoch + 1}, Loss: {train_loss.result()}, Accuracy: {train_accuracy.result() * 100}")
print("RESULT loop", float(train_accuracy.result()))


class Custom(tf.keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compiled_loss(y, y_pred, regularization_losses=self.losses)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        self.compiled_metrics.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


inputs = tf.keras.Input(shape=(8,))
outputs = tf.keras.layers.Dense(3, activation="softmax")(tf.keras.layers.Dense(16, activation="relu")(inputs))
model = Custom(inputs, outputs)
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
history = model.fit(features, labels, epochs=8, verbose=0)
print("RESULT train_step", history.history["accuracy"][-1])
