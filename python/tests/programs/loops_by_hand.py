"""Gates by hand with while loops, assign_sub, tapes, metric objects, compiled steps, checkpoints."""

import math
import os
import tempfile

import numpy as np
import tensorflow as tf

tf.random.set_seed(3)


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


gates = {"and": [1, 0, 0, 0], "or": [1, 1, 1, 0]}
x = np.array([[1, 1], [1, 0], [0, 1], [0, 0]])
for name, answers in gates.items():
    w = tf.random.normal([2], 0, 1)
    b = tf.random.normal([1], 0, 1)
    steps = 0
    while steps < 1500:
        error_sum = 0
        for j in range(4):
            output = sigmoid(np.sum(x[j] * w) + 1 * b)
            error = answers[j] - output
            w = w + x[j] * 0.1 * error
            b = b + 1 * 0.1 * error
            error_sum += error
        steps += 1
        if steps % 750 == 0:
            print(steps, error_sum)
    right = sum(round(sigmoid(np.sum(x[j] * w) + b)) == answers[j] for j in range(4))
    print(name, w, b)
    print("RESULT", name + "_gate", right)

w = tf.Variable(tf.random.normal([2, 4]), name="w")
w2 = tf.Variable(tf.random.normal([4, 1]), name="w2")
b, b2 = tf.Variable(tf.zeros(4)), tf.Variable([0.0])
inputs, wanted = tf.constant(x, tf.float32), tf.constant([[0.0], [1.0], [1.0], [0.0]])
i = tf.constant(0)
while i < 1500:
    with tf.GradientTape() as tape:
        hidden = tf.nn.tanh(inputs @ w + b)
        out = tf.sigmoid(tf.matmul(hidden, w2) + b2)
        loss = tf.reduce_mean(tf.square(wanted - out))
    dw, dw2, db, db2 = tape.gradient(loss, [w, w2, b, b2])
    w.assign_sub(2.0 * dw)
    w2.assign_sub(2.0 * dw2)
    b.assign_sub(2.0 * db)
    b2.assign_sub(2.0 * db2)
    i += 1
print(out)
print(b2, w.shape, w.name)
print("RESULT xor", loss.numpy())

rng = np.random.RandomState(0)
xs = rng.normal(size=(200, 1)).astype(np.float32)
ys = 3 * xs + 2 + 0.1 * rng.normal(size=(200, 1)).astype(np.float32)
W, B = tf.Variable(5.0), tf.Variable(0.0)
for epoch in range(60):
    with tf.GradientTape(persistent=True) as t:
        current = tf.reduce_mean(tf.square(W * xs + B - ys))
    W.assign_sub(0.1 * t.gradient(current, W))
    B.assign_sub(0.1 * t.gradient(current, B))
    del t
    if epoch % 20 == 0:
        print("Epoch %2d: W=%1.2f b=%1.2f, loss=%2.5f" % (epoch, W.numpy(), B.numpy(), current))
print("RESULT slope", abs(W.numpy() - 3) + abs(float(B) - 2))

centres = rng.normal(size=(3, 6)) * 2
labels = rng.randint(0, 3, 600)
features = (centres[labels] + rng.normal(size=(600, 6))).astype("float32")
train = tf.data.Dataset.from_tensor_slices((features[:500], labels[:500])).shuffle(500).batch(25)
test = tf.data.Dataset.from_tensor_slices((features[500:], labels[500:])).batch(50)
model = tf.keras.Sequential([tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(3)])
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.SGD(
    tf.keras.optimizers.schedules.ExponentialDecay(0.1, decay_steps=50, decay_rate=0.9), momentum=0.9)
train_loss = tf.metrics.Mean("train_loss", dtype=tf.float32)
train_acc = tf.metrics.SparseCategoricalAccuracy("train_accuracy")
test_acc = tf.keras.metrics.SparseCategoricalAccuracy()
folder = tempfile.mkdtemp()
step = tf.Variable(0, dtype=tf.int64)
checkpoint = tf.train.Checkpoint(step=step, optimizer=optimizer, model=model)
manager = tf.train.CheckpointManager(checkpoint, folder, max_to_keep=2)


@tf.function
def train_step(images, targets):
    with tf.GradientTape() as tape:
        predictions = model(images, training=True)
        loss = loss_fn(targets, predictions)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    train_loss.update_state(loss)
    train_acc.update_state(targets, predictions)
    return loss


@tf.function
def test_step(images, targets):
    test_acc(targets, model(images, training=False))


for epoch in range(4):
    for step_in_epoch, (images, targets) in enumerate(train):
        value = train_step(images, targets)
        step.assign_add(1)
    for images, targets in test:
        test_step(images, targets)
    path = manager.save()
    template = "Epoch {}, Loss: {}, Accuracy: {}, Test Accuracy: {}"
    print(template.format(epoch + 1, train_loss.result(), train_acc.result() * 100, test_acc.result() * 100))
    reached = test_acc.result()
    for metric in (train_loss, train_acc, test_acc):
        metric.reset_states()
print("RESULT compiled", float(reached))
print(int(step), step_in_epoch, os.path.basename(path), len(manager.checkpoints))
before = model(features[:5]).numpy()
for v in model.trainable_variables:
    v.assign(tf.zeros_like(v))
checkpoint.restore(manager.latest_checkpoint)
print("RESULT restored", bool(np.allclose(before, model(features[:5]))) and int(optimizer.iterations) == 80)


@tf.function
def collatz(n):
    count = tf.constant(0)
    while n != 1:
        if n % 2 == 0:
            n = n // 2
        else:
            n = 3 * n + 1
        count += 1
    return count


print("RESULT collatz", int(collatz(tf.constant(27))))


@tf.function
def total_to(limit):
    total = 0
    for i in tf.range(limit):
        if i % 3 == 0:
            continue
        total += i
    return total


print("RESULT total", int(total_to(tf.constant(10))))
