"""Attention layers, as programs call them: eagerly, on symbolic values, with masks and options."""

import numpy as np
import pytest

import seodang.compat.tensorflow as tf

layers = tf.keras.layers


def _softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


@pytest.fixture
def qv():
    rng = np.random.default_rng(0)
    return rng.normal(size=(2, 3, 4)).astype("f"), rng.normal(size=(2, 5, 4)).astype("f")


def test_attention_weighs_values_by_their_agreement(qv):
    q, v = qv
    y, scores = layers.Attention()([q, v], return_attention_scores=True)
    weights = _softmax(q @ v.transpose(0, 2, 1))
    np.testing.assert_allclose(scores.numpy(), weights, rtol=1e-5)
    np.testing.assert_allclose(y.numpy(), weights @ v, rtol=1e-5, atol=1e-6)
    layer = layers.AdditiveAttention()
    y = layer([tf.constant(q), tf.constant(v)])
    scale = layer.get_weights()[0]
    weights = _softmax((scale * np.tanh(q[:, :, None] + v[:, None])).sum(-1))
    np.testing.assert_allclose(y.numpy(), weights @ v, rtol=1e-5, atol=1e-6)


def test_masks_leave_steps_out(qv):
    q, v = qv
    seen = np.array([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]], bool)
    own = np.array([[1, 1, 0], [1, 1, 1]], bool)
    y = layers.Attention()([q, v], mask=[own, seen]).numpy()
    np.testing.assert_allclose(y[0, 2], 0)
    short = layers.Attention()([q[:1, :2], v[:1, :3]]).numpy()
    np.testing.assert_allclose(y[0, :2], short[0], rtol=1e-5, atol=1e-6)
    heads = layers.MultiHeadAttention(2, 3)
    heads(q, v)
    y = heads(q, v, value_mask=seen).numpy()
    np.testing.assert_allclose(y[:1], heads(q[:1], v[:1, :3]).numpy(), rtol=1e-4, atol=1e-5)
    pairs = np.broadcast_to(seen[:, None], (2, 3, 5))
    np.testing.assert_allclose(heads(q, v, attention_mask=pairs).numpy(), y, rtol=1e-4, atol=1e-5)


def test_heads_give_scores_and_see_no_later_step(qv):
    _, x = qv
    for layer in (layers.MultiHeadAttention(2, 3), layers.GroupQueryAttention(3, 4, 2)):
        y, scores = layer(x, x, use_causal_mask=True, return_attention_scores=True)
        n = 2 if layer.name.startswith("multi") else 4
        assert y.shape == (2, 5, 4) and scores.shape == (2, n, 5, 5)
        s = scores.numpy()
        np.testing.assert_allclose(s.sum(-1), 1, rtol=1e-5)
        assert (np.triu(s, 1) == 0).all() and (s[..., 1:, 0] > 0).all()


def test_a_model_with_attention_learns_and_is_saved(tmp_path):
    rng = np.random.default_rng(1)
    x = rng.normal(size=(64, 6, 4)).astype("f")
    y = (x[:, 0, 0] > 0).astype("f")[:, None]
    inputs = tf.keras.Input((6, 4))
    h = layers.MultiHeadAttention(num_heads=2, key_dim=8, dropout=0.1)(inputs, inputs)
    h = layers.Attention()([h, inputs])
    h = layers.GlobalAveragePooling1D()(layers.LayerNormalization()(layers.Add()([h, inputs])))
    model = tf.keras.Model(inputs, layers.Dense(1, activation="sigmoid")(h))
    model.compile("adam", "binary_crossentropy")
    history = model.fit(x, y, epochs=8, batch_size=16, verbose=0).history["loss"]
    assert history[-1] < history[0]
    want = model.predict(x, verbose=0)
    for name in ("m.keras", "m.h5"):
        model.save(tmp_path / name)
        copy = tf.keras.models.load_model(tmp_path / name)
        np.testing.assert_array_equal(copy.predict(x, verbose=0), want)


def test_embedding_masks_reach_the_heads():
    ids = np.array([[3, 1, 2, 0, 0], [1, 2, 3, 4, 1]])
    embedding = layers.Embedding(5, 4, mask_zero=True)
    heads = layers.MultiHeadAttention(1, 3)
    x = embedding(ids)
    y = heads(x, x).numpy()
    short = embedding(ids[:1, :3])
    np.testing.assert_allclose(y[:1, :3], heads(short, short).numpy(), rtol=1e-4, atol=1e-5)


def test_wrong_calls_say_what_is_expected(qv):
    q, v = qv
    with pytest.raises(ValueError, match=r"list of inputs, namely \[query, value\]"):
        layers.Attention()(tf.constant(q))
    with pytest.raises(ValueError, match="length 2 or 3"):
        layers.Attention()([q])
    with pytest.raises(ValueError, match="num_heads"):
        layers.MultiHeadAttention(0, 3)
    with pytest.raises(ValueError, match="divisible"):
        layers.GroupQueryAttention(3, 4, 3)
    with pytest.raises(ValueError, match="as many"):
        layers.MultiHeadAttention(1, 2)(q, v, key=q)
