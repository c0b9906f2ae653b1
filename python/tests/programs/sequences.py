"""Sequences: simple and long memories, words, a network that writes text."""

import numpy as np
import tensorflow as tf

np.random.seed(1)
tf.random.set_seed(1)

X, Y = [], []
for i in range(6):
    lst = list(range(i, i + 4))
    X.append(list(map(lambda c: [c / 10], lst)))
    Y.append((i + 4) / 10)
X, Y = np.array(X), np.array(Y)
model = tf.keras.Sequential([
    tf.keras.layers.SimpleRNN(units=10, return_sequences=False, input_shape=[4, 1]),
    tf.keras.layers.Dense(1),
])
model.compile(optimizer="adam", loss="mse")
model.summary()
model.fit(X, Y, epochs=200, verbose=0)
print(model.predict(X).ravel())
print("RESULT rnn", model.evaluate(X, Y, verbose=0))

rng = np.random.default_rng(0)
X = rng.random((1500, 20, 2))
X[:, :, 1] = 0
places = np.array([rng.choice(20, 2, replace=False) for _ in range(1500)])
for row, p in zip(X, places):
    row[p, 1] = 1
Y = np.array([row[p, 0].prod() for row, p in zip(X, places)])
model = tf.keras.Sequential([
    tf.keras.layers.LSTM(units=20, return_sequences=True, input_shape=[20, 2]),
    tf.keras.layers.LSTM(units=20),
    tf.keras.layers.Dense(1),
])
model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.01), loss="mse")
history = model.fit(X, Y, epochs=12, validation_split=0.2, verbose=2)
print("RESULT lstm", history.history["val_loss"][-1] / np.var(Y))

good, bad = ["좋다", "최고", "재미", "감동"], ["나쁘다", "최악", "지루", "실망"]
other = ["영화", "배우", "그", "이", "정말", "아주", "보고", "극장"]
texts, labels = [], []
for _ in range(800):
    label = int(rng.integers(0, 2))
    words = list(rng.choice(other, 5)) + list(rng.choice(good if label else bad, 2))
    rng.shuffle(words)
    texts.append(" ".join(words))
    labels.append(label)
tokenizer = tf.keras.preprocessing.text.Tokenizer(num_words=50)
tokenizer.fit_on_texts(texts)
x = tf.keras.preprocessing.sequence.pad_sequences(tokenizer.texts_to_sequences(texts), padding="post",
                                                  maxlen=10)
y = np.array(labels)
model = tf.keras.Sequential([
    tf.keras.layers.Embedding(50, 16, input_length=10),
    tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(units=16)),
    tf.keras.layers.Dense(2, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.summary()
model.fit(x[:600], y[:600], epochs=5, batch_size=32, validation_split=0.2)
print("RESULT words", model.evaluate(x[600:], y[600:], verbose=0)[1])

text = "서당에서 글을 배운다. 글을 배우면 책을 읽는다. 책을 읽으면 뜻을 안다. " * 40
vocab = sorted(set(text))
char2idx = {c: i for i, c in enumerate(vocab)}
as_int = np.array([char2idx[c] for c in text])
seq_length = 20


def split_input_target(chunk):
    return [chunk[:-1], chunk[-1]]


dataset = tf.data.Dataset.from_tensor_slices(as_int)
dataset = dataset.batch(seq_length + 1, drop_remainder=True)
dataset = dataset.map(split_input_target).shuffle(100).batch(16, drop_remainder=True)
model = tf.keras.Sequential([
    tf.keras.layers.Embedding(len(vocab), 16, input_length=seq_length),
    tf.keras.layers.GRU(units=32, return_sequences=True),
    tf.keras.layers.GRU(units=32),
    tf.keras.layers.Dense(len(vocab), activation="softmax"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.01), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
written = []


def testmodel(epoch, logs):
    if epoch % 10 != 9:
        return
    seed = text[:seq_length]
    for _ in range(10):
        given = np.array([[char2idx[c] for c in seed[-seq_length:]]])
        seed += vocab[int(tf.argmax(model.predict(given), axis=-1))]
    written.append(seed)


steps = len(as_int) // (seq_length + 1) // 16
history = model.fit(dataset.repeat(), epochs=30, steps_per_epoch=steps, verbose=0,
                    callbacks=[tf.keras.callbacks.LambdaCallback(on_epoch_end=testmodel)])
print(written)
print("RESULT writing", history.history["accuracy"][-1], len(written))
