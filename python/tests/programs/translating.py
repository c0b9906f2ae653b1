"""Encoder and decoder: dates written backwards, states handed over, attention, masks that count."""

import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import GRU, LSTM, Dense, Embedding, Input
from tensorflow.keras.models import Model

np.random.seed(0)
tf.random.set_seed(0)
symbols = "\t\nabcdef"
index = {c: i for i, c in enumerate(symbols)}
pairs = []
for _ in range(600):
    source = "".join(np.random.choice(list("abcdef"), np.random.randint(2, 5)))
    pairs.append((source, "\t" + source[::-1].upper().lower() + "\n"))
longest_in, longest_out, tokens = 4, 6, len(symbols)
encoder_input = np.zeros((600, longest_in, tokens), dtype="float32")
decoder_input = np.zeros((600, longest_out, tokens), dtype="float32")
decoder_target = np.zeros((600, longest_out, tokens), dtype="float32")
for i, (source, answer) in enumerate(pairs):
    for t, char in enumerate(source):
        encoder_input[i, t, index[char]] = 1.0
    for t, char in enumerate(answer):
        decoder_input[i, t, index[char]] = 1.0
        if t > 0:
            decoder_target[i, t - 1, index[char]] = 1.0
    decoder_target[i, len(answer) - 1:, index["\n"]] = 1.0

encoder_inputs = Input(shape=(None, tokens))
encoder = LSTM(32, return_state=True)
encoder_outputs, state_h, state_c = encoder(encoder_inputs)
encoder_states = [state_h, state_c]
decoder_inputs = Input(shape=(None, tokens))
decoder_lstm = LSTM(32, return_sequences=True, return_state=True)
decoder_outputs, _, _ = decoder_lstm(decoder_inputs, initial_state=encoder_states)
decoder_dense = Dense(tokens, activation="softmax")
decoder_outputs = decoder_dense(decoder_outputs)
model = Model([encoder_inputs, decoder_inputs], decoder_outputs)
model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.02), loss="categorical_crossentropy",
              metrics=["accuracy"])
model.summary()
history = model.fit([encoder_input, decoder_input], decoder_target, batch_size=32, epochs=20,
                    validation_split=0.2, verbose=0)
print("CURVE val_loss", [round(float(v), 3) for v in history.history["val_loss"]])

encoder_model = Model(encoder_inputs, encoder_states)
decoder_state_input_h = Input(shape=(32,))
decoder_state_input_c = Input(shape=(32,))
decoder_states_inputs = [decoder_state_input_h, decoder_state_input_c]
decoder_outputs, state_h, state_c = decoder_lstm(decoder_inputs, initial_state=decoder_states_inputs)
decoder_model = Model([decoder_inputs] + decoder_states_inputs,
                      [decoder_dense(decoder_outputs), state_h, state_c])


def decode_sequence(input_seq):
    states_value = encoder_model.predict(input_seq)
    target_seq = np.zeros((1, 1, tokens))
    target_seq[0, 0, index["\t"]] = 1.0
    decoded = ""
    while True:
        output_tokens, h, c = decoder_model.predict([target_seq] + states_value)
        sampled = int(np.argmax(output_tokens[0, -1, :]))
        if symbols[sampled] == "\n" or len(decoded) > longest_out:
            return decoded
        decoded += symbols[sampled]
        target_seq = np.zeros((1, 1, tokens))
        target_seq[0, 0, sampled] = 1.0
        states_value = [h, c]


right = 0
for i in range(560, 600):
    decoded = decode_sequence(encoder_input[i:i + 1])
    right += decoded == pairs[i][0][::-1]
    if i < 563:
        print(repr(pairs[i][0]), "->", repr(decoded))
print("RESULT reversed", right / 40)

# The same with numbers, padding that is masked, and attention, trained by hand.
sources = tf.keras.preprocessing.sequence.pad_sequences(
    [[index[c] + 1 for c in s] for s, _ in pairs], padding="post", maxlen=longest_in)
answers = tf.keras.preprocessing.sequence.pad_sequences(
    [[index[c] + 1 for c in a] for _, a in pairs], padding="post", maxlen=longest_out)


class Encoder(tf.keras.Model):
    def __init__(self, vocab_size, embedding_dim, enc_units):
        super(Encoder, self).__init__()
        self.enc_units = enc_units
        self.embedding = Embedding(vocab_size, embedding_dim)
        self.gru = GRU(enc_units, return_sequences=True, return_state=True,
                       recurrent_initializer="glorot_uniform")

    def call(self, x, hidden):
        x = self.embedding(x)
        output, state = self.gru(x, initial_state=hidden)
        return output, state

    def initialize_hidden_state(self, batch):
        return tf.zeros((batch, self.enc_units))


class BahdanauAttention(tf.keras.layers.Layer):
    def __init__(self, units):
        super(BahdanauAttention, self).__init__()
        self.W1, self.W2, self.V = Dense(units), Dense(units), Dense(1)

    def call(self, query, values):
        score = self.V(tf.nn.tanh(self.W1(tf.expand_dims(query, 1)) + self.W2(values)))
        attention_weights = tf.nn.softmax(score, axis=1)
        return tf.reduce_sum(attention_weights * values, axis=1), attention_weights


class Decoder(tf.keras.Model):
    def __init__(self, vocab_size, embedding_dim, dec_units):
        super(Decoder, self).__init__()
        self.embedding = Embedding(vocab_size, embedding_dim)
        self.gru = GRU(dec_units, return_sequences=True, return_state=True)
        self.fc = Dense(vocab_size)
        self.attention = BahdanauAttention(dec_units)

    def call(self, x, hidden, enc_output):
        context_vector, attention_weights = self.attention(hidden, enc_output)
        x = self.embedding(x)
        x = tf.concat([tf.expand_dims(context_vector, 1), x], axis=-1)
        output, state = self.gru(x, initial_state=hidden)
        output = tf.reshape(output, (-1, output.shape[2]))
        return self.fc(output), state, attention_weights


encoder, decoder = Encoder(tokens + 1, 12, 24), Decoder(tokens + 1, 12, 24)
optimizer = tf.keras.optimizers.Adam(0.01)
loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="none")


def loss_function(real, pred):
    mask = tf.math.logical_not(tf.math.equal(real, 0))
    loss_ = loss_object(real, pred)
    mask = tf.cast(mask, dtype=loss_.dtype)
    return tf.reduce_mean(loss_ * mask)


@tf.function
def train_step(inp, targ, enc_hidden):
    loss = 0
    with tf.GradientTape() as tape:
        enc_output, enc_hidden = encoder(inp, enc_hidden)
        dec_hidden = enc_hidden
        dec_input = tf.expand_dims([index["\t"] + 1] * 40, 1)
        for t in range(1, targ.shape[1]):
            predictions, dec_hidden, _ = decoder(dec_input, dec_hidden, enc_output)
            loss += loss_function(targ[:, t], predictions)
            dec_input = tf.expand_dims(targ[:, t], 1)
    batch_loss = loss / int(targ.shape[1])
    variables = encoder.trainable_variables + decoder.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return batch_loss


dataset = tf.data.Dataset.from_tensor_slices((sources, answers)).shuffle(600)
dataset = dataset.batch(40, drop_remainder=True)
for epoch in range(15):
    total_loss = 0
    for batch, (inp, targ) in enumerate(dataset.take(15)):
        batch_loss = train_step(inp, targ, encoder.initialize_hidden_state(40))
        total_loss += batch_loss
    if epoch % 5 == 4:
        print("Epoch {} Loss {:.4f}".format(epoch + 1, total_loss / 15))
print("RESULT attention", float(total_loss / 15))
attention_plot = np.zeros((longest_out, longest_in))
enc_out, hidden = encoder(tf.convert_to_tensor(sources[:1]), [tf.zeros((1, 24))])
dec_input = tf.expand_dims([index["\t"] + 1], 0)
for t in range(longest_out):
    predictions, hidden, weights = decoder(dec_input, hidden, enc_out)
    attention_plot[t] = tf.reshape(weights, (-1,)).numpy()
    predicted_id = tf.argmax(predictions[0]).numpy()
    dec_input = tf.expand_dims([predicted_id], 0)
print(predicted_id, type(predicted_id).__name__, attention_plot.sum(axis=1).round(3))

# A loss over masked steps is averaged over all steps, as in TensorFlow 2.0 to 2.5 (later: over those
# that count, which gives 0.7625 here, with 1,796 of 2,400 that count).
tags = np.where(sources > 4, 1.0, 0.0)[..., None]
tagger = tf.keras.Sequential([
    Embedding(tokens + 1, 6, mask_zero=True, input_length=longest_in),
    tf.keras.layers.Bidirectional(GRU(8, return_sequences=True), merge_mode="sum"),
    tf.keras.layers.TimeDistributed(Dense(1, activation="sigmoid")),
])
for layer in tagger.layers:
    layer.set_weights([np.linspace(-1, 1, w.size).reshape(w.shape) for w in layer.get_weights()])
tagger.compile(optimizer="sgd", loss="binary_crossentropy", metrics=["accuracy"])
print("RESULT masked_loss", tagger.evaluate(sources, tags, verbose=0)[0])
masked = tf.keras.layers.Masking(mask_value=-1.0)(tf.constant([[[1.0], [-1.0]], [[-1.0], [2.0]]]))
print(masked, masked._keras_mask)
both = tf.keras.layers.Bidirectional(LSTM(3, return_state=True), merge_mode="concat")
outputs = both(tf.ones((2, 4, 5)))
print(len(outputs), outputs[0].shape, [w.shape for w in both.weights][:3])
back = GRU(4, go_backwards=True, return_sequences=True, reset_after=False)
forward = GRU(4, return_sequences=True, reset_after=False)
z = tf.random.normal((2, 5, 3))
back(z), forward(z)
forward.set_weights(back.get_weights())
print("RESULT backwards", bool(np.allclose(back(z), forward(tf.reverse(z, [1])), atol=1e-6)))
query, value = tf.random.normal((2, 3, 4)), tf.random.normal((2, 5, 4))
print(tf.keras.layers.Attention()([query, value]).shape,
      tf.keras.layers.AdditiveAttention()([query, value]).shape,
      tf.keras.layers.MultiHeadAttention(num_heads=2, key_dim=4)(query, value).shape)
