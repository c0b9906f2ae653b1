"""Korean film reviews: cleaning, a tokenizer, padding, an embedding and an LSTM."""

import gzip
import os
import re

import numpy as np
import tensorflow as tf
from tensorflow.keras.preprocessing.sequence import pad_sequences
from tensorflow.keras.preprocessing.text import Tokenizer

tf.random.set_seed(3)
path = os.path.join(os.environ['SEODANG_DATA'], 'nsmc-train.tsv.gz')
train_text = gzip.open(path, 'rb').read().decode('utf-8')
print('Length of text: {} characters'.format(len(train_text)))
rows = train_text.split('\n')[1:8001]
train_Y = np.array([[int(row.split('\t')[2])] for row in rows if row.count('\t') > 0])
print(train_Y.shape, train_Y[:5])


def clean_str(string):
    string = re.sub(r"[^가-힣A-Za-z0-9(),!?\'\`]", " ", string)
    string = re.sub(r"\'s", " \'s", string)
    string = re.sub(r"!", " ! ", string)
    string = re.sub(r"\?", r" \? ", string)
    string = re.sub(r"\s{2,}", " ", string)
    string = re.sub(r"\'{2,}", "\'", string)
    string = re.sub(r"\'", "", string)
    return string.lower()


train_text_X = [row.split('\t')[1] for row in rows if row.count('\t') > 0]
train_text_X = [clean_str(sentence) for sentence in train_text_X]
sentences = [sentence.split(' ') for sentence in train_text_X]
sentences_new = []
for sentence in sentences:
    sentences_new.append([word[:5] for word in sentence][:25])
sentences = sentences_new
tokenizer = Tokenizer(num_words=5000)
tokenizer.fit_on_texts(sentences)
train_X = tokenizer.texts_to_sequences(sentences)
train_X = pad_sequences(train_X, padding='post', maxlen=25)
print(train_X[:2], train_X.dtype, len(tokenizer.word_index), tokenizer.index_word[1])
model = tf.keras.Sequential([
    tf.keras.layers.Embedding(5000, 64, input_length=25),
    tf.keras.layers.LSTM(units=16),
    tf.keras.layers.Dense(2, activation='softmax'),
])
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
model.summary()
history = model.fit(train_X, train_Y, epochs=3, batch_size=128, validation_split=0.2, verbose=2)
print('RESULT reviews', history.history['val_accuracy'][1])
test_sentence = '재미있을 줄 알았는데 완전 실망했다. 너무 졸리고 돈이 아까웠다.'
test_sentence = test_sentence.split(' ')
test_sentences = []
now_sentence = []
for word in test_sentence:
    now_sentence.append(word)
    test_sentences.append(now_sentence[:])
test_X_1 = tokenizer.texts_to_sequences(test_sentences)
test_X_1 = pad_sequences(test_X_1, padding='post', maxlen=25)
prediction = model.predict(test_X_1)
for idx, sentence in enumerate(test_sentences):
    print(sentence, prediction[idx])
print('RESULT probable', bool(np.allclose(prediction.sum(axis=1), 1, atol=1e-5)))
