"""Sentiment of reviews: cleaning by regular expressions, Tokenizer, padding, Embedding and LSTM."""

import os
import re

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(0)
tf.random.set_seed(0)


def small_reviews(count):
    good = ["재밌다", "최고다", "감동적이다", "훌륭하다", "추천한다", "좋았다"]
    bad = ["지루하다", "최악이다", "아깝다", "별로다", "실망이다", "졸았다"]
    other = ["영화", "배우", "연기가", "그냥", "정말", "아주", "극장에서", "보고", "연출이", "음악이"]
    rows = []
    for i in range(count):
        label = rng.randint(0, 2)
        mostly, seldom = (good, bad) if label else (bad, good)
        words = list(rng.choice(other, rng.randint(2, 9)))
        words += [str(rng.choice(mostly if rng.rand() < 0.85 else seldom)) for _ in range(2)]
        rng.shuffle(words)
        text = " ".join(words) + rng.choice(["!!", "...", ", ^^", " ㅋㅋ", ""])
        rows.append(f"{i}\t{text}\t{label}")
    return "id\tdocument\tlabel\n" + "\n".join(rows) + "\n"


if os.environ.get("REVIEWS"):
    import gzip

    train_text = gzip.open(os.environ["REVIEWS"], "rt", encoding="utf-8").read()
else:
    train_text = small_reviews(1600)
rows = [row for row in train_text.split("\n")[1:] if row.count("\t") > 0]
rows = rows[:int(os.environ.get("ROWS", len(rows)))]
print("Length of text: {} rows".format(len(rows)))
train_Y = np.array([[int(row.split("\t")[2])] for row in rows])
print(train_Y.shape, train_Y[:5])


def clean_str(string):
    string = re.sub(r"[^가-힣A-Za-z0-9(),!?\'\`]", " ", string)
    string = re.sub(r"\'s", " \'s", string)
    string = re.sub(r",", " , ", string)
    string = re.sub(r"!", " ! ", string)
    string = re.sub(r"\s{2,}", " ", string)
    return string.strip().lower()


sentences = [clean_str(row.split("\t")[1]).split(" ") for row in rows]
sentence_len = [len(sentence) for sentence in sentences]
print(sum(n <= 25 for n in sentence_len), max(sentence_len))
sentences = [[word[:5] for word in sentence[:25]] for sentence in sentences]

tokenizer = tf.keras.preprocessing.text.Tokenizer(num_words=20000)
tokenizer.fit_on_texts(sentences)
train_X = tokenizer.texts_to_sequences(sentences)
train_X = tf.keras.preprocessing.sequence.pad_sequences(train_X, padding="post")
print(train_X[:2], train_X.dtype)
print(tokenizer.index_word[1], tokenizer.word_index[tokenizer.index_word[2]])

words = min(20000, len(tokenizer.word_index) + 1)
layer = getattr(tf.keras.layers, os.environ.get("LAYER", "GRU"))
model = tf.keras.Sequential([
    tf.keras.layers.Embedding(words, int(os.environ.get("WIDTH", 32)), input_length=train_X.shape[1]),
    layer(units=int(os.environ.get("UNITS", 24))),
    tf.keras.layers.Dense(2, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.summary()
history = model.fit(train_X, train_Y, epochs=5, batch_size=int(os.environ.get("BATCH", 32)),
                    validation_split=0.2, verbose=2)
for key in ("loss", "accuracy", "val_loss", "val_accuracy"):
    print("CURVE", key, [round(float(v), 4) for v in history.history[key]])
print("RESULT reviews", history.history["val_accuracy"][-1])
print("RESULT learnt", history.history["accuracy"][-1])

test_sentence = "정말 재밌다 그냥 최고다 보고 지루하다"
so_far = []
for word in test_sentence.split(" "):
    so_far.append(word)
    test_X = tokenizer.texts_to_sequences([so_far])
    test_X = tf.keras.preprocessing.sequence.pad_sequences(test_X, padding="post", maxlen=train_X.shape[1])
    prediction = model.predict(test_X)
    print(so_far)
    print(prediction[0])
print("RESULT sums", abs(float(prediction[0].sum()) - 1))

# The same sentence padded before, masked, read by two layers at once.
masked = tf.keras.preprocessing.sequence.pad_sequences(tokenizer.texts_to_sequences(sentences), maxlen=14)
model = tf.keras.Sequential([
    tf.keras.layers.Embedding(words, 16, mask_zero=True),
    tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(12, return_sequences=True)),
    tf.keras.layers.GRU(12, go_backwards=True, dropout=0.1),
    tf.keras.layers.Dropout(0.2),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["acc"])
history = model.fit(masked[:1600], train_Y[:1600], epochs=4, batch_size=32, validation_split=0.2, verbose=0)
print("CURVE val_acc", [round(float(v), 4) for v in history.history["val_acc"]])
print("RESULT masked", history.history["val_acc"][-1])
print("RESULT classes", float(np.mean((model.predict(masked[:200]) > 0.5).astype("int32") == train_Y[:200])))
