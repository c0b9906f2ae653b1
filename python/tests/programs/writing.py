"""Text generation by characters and by words: tf.data pipelines, callbacks, samples."""

import gzip
import os
import re

import numpy as np
import tensorflow as tf
from tensorflow.keras.preprocessing.sequence import pad_sequences

tf.random.set_seed(11)
np.random.seed(11)
path = os.path.join(os.environ['SEODANG_DATA'], 'tinyshakespeare.txt.gz')
text = gzip.open(path, 'rb').read().decode(encoding='utf-8')[:60000]
vocab = sorted(set(text))
print('{} unique characters'.format(len(vocab)))
char2idx = {u: i for i, u in enumerate(vocab)}
idx2char = np.array(vocab)
text_as_int = np.array([char2idx[c] for c in text])
seq_length = 50
examples_per_epoch = len(text) // seq_length
sentence_dataset = tf.data.Dataset.from_tensor_slices(text_as_int)
sentence_dataset = sentence_dataset.batch(seq_length + 1, drop_remainder=True)
for item in sentence_dataset.take(1):
    print(idx2char[item.numpy()][:10])
    print(item.numpy()[:10], item.shape, item.dtype)


def split_input_target(chunk):
    return [chunk[:-1], chunk[-1]]


def shifted(chunk):
    input_text = chunk[:-1]
    target_text = chunk[1:]
    return input_text, target_text


BATCH_SIZE = 64
dataset = sentence_dataset.map(shifted)
for x, y in dataset.take(1):
    print(x.numpy()[:5], y.numpy()[:5])
dataset = dataset.shuffle(1000).batch(BATCH_SIZE, drop_remainder=True)
print(dataset)


def build_model(batch_size):
    return tf.keras.Sequential([
        tf.keras.layers.Embedding(len(vocab), 32, batch_input_shape=[batch_size, None]),
        tf.keras.layers.GRU(64, return_sequences=True, stateful=True, recurrent_initializer='glorot_uniform'),
        tf.keras.layers.Dense(len(vocab)),
    ])


model = build_model(BATCH_SIZE)
for x, y in dataset.take(1):
    out = model(x)
    print(out.shape, '# (batch_size, sequence_length, vocab_size)')
model.summary()


def loss(labels, logits):
    return tf.keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)


print('scalar_loss:     ', loss(y, out).numpy().mean())
model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.01), loss=loss)
history = model.fit(dataset, epochs=6, verbose=2)
print('RESULT characters', history.history['loss'][-1])
weights = model.get_weights()
model = build_model(1)
model.set_weights(weights)
model.build(tf.TensorShape([1, None]))
model.summary()


def generate_text(model, start_string):
    input_eval = [char2idx[s] for s in start_string]
    input_eval = tf.expand_dims(input_eval, 0)
    text_generated = []
    temperature = 1.0
    model.reset_states()
    for i in range(60):
        predictions = model(input_eval)
        predictions = tf.squeeze(predictions, 0)
        predictions = predictions / temperature
        predicted_id = tf.random.categorical(predictions, num_samples=1)[-1, 0].numpy()
        input_eval = tf.expand_dims([predicted_id], 0)
        text_generated.append(idx2char[predicted_id])
    return start_string + ''.join(text_generated)


written = generate_text(model, start_string='ROMEO: ')
print(written)
print('RESULT length', len(written) == 67)

# By words, the last word of each window is the target.
words = re.sub(r'[^A-Za-z ]', ' ', text[:20000]).lower().split()
vocab = sorted(set(words))
vocab.append('UNK')
word2idx = {u: i for i, u in enumerate(vocab)}
idx2word = np.array(vocab)
text_as_int = np.array([word2idx[c] for c in words])
seq_length = 8
sentence_dataset = tf.data.Dataset.from_tensor_slices(text_as_int).batch(seq_length + 1, drop_remainder=True)
train_dataset = sentence_dataset.map(split_input_target)
for x, y in train_dataset.take(1):
    print(idx2word[x.numpy()], idx2word[y.numpy()], x.numpy(), y.numpy())
steps_per_epoch = len(words) // seq_length // 32
train_dataset = train_dataset.shuffle(10000).batch(32, drop_remainder=True)
total_words = len(vocab)
model = tf.keras.Sequential([
    tf.keras.layers.Embedding(total_words, 50, input_length=seq_length),
    tf.keras.layers.LSTM(units=50, return_sequences=True),
    tf.keras.layers.Dropout(0.2),
    tf.keras.layers.LSTM(units=50),
    tf.keras.layers.Dense(total_words, activation='softmax'),
])
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
model.summary()


def testmodel(epoch, logs):
    if epoch % 5 != 0 and epoch != 9:
        return
    test_sentence = 'we are accounted poor citizens the patricians good'
    next_words = 6
    for _ in range(next_words):
        test_text_X = test_sentence.split(' ')[-seq_length:]
        test_text_X = np.array([word2idx[c] if c in word2idx else word2idx['UNK'] for c in test_text_X])
        test_text_X = pad_sequences([test_text_X], maxlen=seq_length, padding='pre', value=word2idx['UNK'])
        output_idx = model.predict_classes(test_text_X)
        test_sentence += ' ' + idx2word[output_idx[0]]
    print()
    print(test_sentence)
    print()


testmodelcb = tf.keras.callbacks.LambdaCallback(on_epoch_end=testmodel)
history = model.fit(train_dataset.repeat(), epochs=6, steps_per_epoch=steps_per_epoch,
                    callbacks=[testmodelcb], verbose=2)
print('RESULT words', history.history['loss'][-1] / history.history['loss'][0])
