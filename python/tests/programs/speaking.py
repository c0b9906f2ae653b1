"""A network that writes: by words, by characters with a state kept between calls, and translation."""

import os
import re
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.keras.callbacks import LambdaCallback

np.random.seed(0)
tf.random.set_seed(0)
text = ("태조 이성계가 나라를 세우니 도읍을 한양에 정하다.\n"
        "왕이 신하를 불러 글을 읽게 하다.\n왕이 백성을 불러 말을 듣다.\n"
        "신하가 왕에게 글을 올리니 왕이 기뻐하다.\n") * 30


def clean_str(string):
    string = re.sub(r"[^가-힣A-Za-z0-9(),!?\'\`]", " ", string)
    return re.sub(r"\s{2,}", " ", string)


train_text = [clean_str(sentence) for sentence in text.split("\n")]
words = []
for sentence in train_text:
    words.extend(sentence.split(" "))
    words.append("\n")
words = [word for word in words if word != ""]
vocab = sorted(set(words))
vocab.append("UNK")
word2idx = {u: i for i, u in enumerate(vocab)}
idx2word = np.array(vocab)
text_as_int = np.array([word2idx[c] for c in words])
print("{} unique words".format(len(vocab)), text_as_int[:5], idx2word[text_as_int[:3]])

seq_length = 8
examples_per_epoch = len(words) // seq_length
sentence_dataset = tf.data.Dataset.from_tensor_slices(text_as_int)
sentence_dataset = sentence_dataset.batch(seq_length + 1, drop_remainder=True)
for item in sentence_dataset.take(1):
    print(idx2word[item.numpy()])
    print(item.numpy(), item.shape, item.dtype)


def split_input_target(chunk):
    return [chunk[:-1], chunk[-1]]


train_dataset = sentence_dataset.map(split_input_target)
for x, y in train_dataset.take(1):
    print(idx2word[x.numpy()], x.numpy().shape, idx2word[y.numpy()], y.numpy())
train_dataset = train_dataset.shuffle(1000).batch(8, drop_remainder=True)
steps = len(words) // (seq_length + 1) // 8
model = tf.keras.Sequential([
    tf.keras.layers.Embedding(len(vocab), 16, input_length=seq_length),
    tf.keras.layers.LSTM(units=24, return_sequences=True),
    tf.keras.layers.Dropout(0.1),
    tf.keras.layers.LSTM(units=24),
    tf.keras.layers.Dense(len(vocab), activation="softmax"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
model.summary()
spoken = []


def testmodel(epoch, logs):
    if epoch % 10 != 9 and epoch != 19:
        return
    sentence = "왕이 신하를 불러"
    for _ in range(6):
        test_X = np.array([word2idx[w] if w in word2idx else word2idx["UNK"]
                           for w in sentence.split(" ")[-seq_length:]])
        test_X = tf.keras.preprocessing.sequence.pad_sequences([test_X], maxlen=seq_length,
                                                               value=word2idx["UNK"])
        output_idx = np.argmax(model.predict(test_X), axis=-1)
        sentence += " " + vocab[output_idx[0]]
    spoken.append(sentence)
    print()
    print(sentence)


history = model.fit(train_dataset.repeat(), epochs=20, steps_per_epoch=steps, verbose=0,
                    callbacks=[LambdaCallback(on_epoch_end=testmodel)])
print("CURVE accuracy", [round(float(v), 3) for v in history.history["accuracy"]])
print("RESULT words", history.history["accuracy"][-1])
print("RESULT spoken", len(spoken) == 2 and len(spoken[1].split(" ")) >= 9)

chars = sorted(set(text))
char2idx = {c: i for i, c in enumerate(chars)}
encoded = np.array([char2idx[c] for c in text])
dataset = tf.data.Dataset.from_tensor_slices(encoded).batch(21, drop_remainder=True)
dataset = dataset.map(lambda chunk: (chunk[:-1], chunk[1:])).shuffle(100).batch(8, drop_remainder=True)
print(dataset)
print(dataset.element_spec)


def build_model(vocab_size, embedding_dim, rnn_units, batch_size):
    return tf.keras.Sequential([
        tf.keras.layers.Embedding(vocab_size, embedding_dim, batch_input_shape=[batch_size, None]),
        tf.keras.layers.GRU(rnn_units, return_sequences=True, stateful=True,
                            recurrent_initializer="glorot_uniform"),
        tf.keras.layers.Dense(vocab_size),
    ])


model = build_model(len(chars), 16, 48, 8)
for input_example, target_example in dataset.take(1):
    example = model(input_example)
    print(example.shape, "# (batch_size, sequence_length, vocab_size)")
sampled = tf.random.categorical(example[0], num_samples=1)
print(tf.squeeze(sampled, axis=-1).numpy().shape, sampled.dtype)


def loss(labels, logits):
    return tf.keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)


print("scalar_loss:", loss(target_example, example).numpy().mean().round(1))
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss=loss)
folder = tempfile.mkdtemp()
prefix = os.path.join(folder, "ckpt_{epoch}")
keep = tf.keras.callbacks.ModelCheckpoint(filepath=prefix, save_weights_only=True)
history = model.fit(dataset, epochs=15, callbacks=[keep], verbose=0)
print("CURVE loss", [round(float(v), 3) for v in history.history["loss"]])
print("RESULT characters", history.history["loss"][-1])
latest = tf.train.latest_checkpoint(folder)
print(os.path.basename(latest))
writer = build_model(len(chars), 16, 48, 1)
writer.load_weights(latest)
writer.build(tf.TensorShape([1, None]))
writer.summary()


def generate_text(model, start_string, temperature=0.5):
    input_eval = tf.expand_dims([char2idx[s] for s in start_string], 0)
    text_generated = []
    model.reset_states()
    for _ in range(40):
        predictions = tf.squeeze(model(input_eval), 0) / temperature
        predicted_id = tf.random.categorical(predictions, num_samples=1)[-1, 0].numpy()
        input_eval = tf.expand_dims([predicted_id], 0)
        text_generated.append(chars[predicted_id])
    return start_string + "".join(text_generated)


written = generate_text(writer, "왕이 ")
print(written)
triples = {text[i:i + 3] for i in range(len(text) - 2)}
print("RESULT plausible", np.mean([written[i:i + 3] in triples for i in range(len(written) - 2)]))
writer.reset_states()
whole = writer.predict(encoded[None, :12])
writer.reset_states()
halves = [writer.predict(encoded[None, :5]), writer.predict(encoded[None, 5:12])]
print("RESULT stateful", bool(np.allclose(whole, np.concatenate(halves, 1), atol=1e-4)))
