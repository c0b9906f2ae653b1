"""Golden values of attention layers: Keras 3.15.1 on JAX 0.10.2 (CPU), seed 0.

Run by `cargo xtask golden`; `sequences.py` says what a case holds.
"""

import sequences
from sequences import apart, keras, layers, listed, named, rows  # first: it chooses Keras's backend

from common import Golden

import numpy as np

G = Golden("keras_attention", "keras_attention.py", libraries=[keras])


def case(name, *arguments, **options):
    sequences.case(G, name, *arguments, **options)


# ---- attention -------------------------------------------------------------------------------------

Q, V, K = (2, 3, 4), (2, 5, 4), (2, 5, 4)
SEEN = [rows(3, 2, steps=3), rows(5, 3, steps=5)]
ASKED = {"return_attention_scores": True}
CAUSAL = {"use_causal_mask": True}
DOT = {
    "attention": named(layers.Attention), "attention_scale": named(layers.Attention, use_scale=True),
    "attention_concat": named(layers.Attention, score_mode="concat"),
    "attention_concat_scale": named(layers.Attention, score_mode="concat", use_scale=True),
    "additive_attention": named(layers.AdditiveAttention), "additive_attention_plain": named(layers.AdditiveAttention, use_scale=False),
}
for tag, make in DOT.items():
    case(tag, make, [Q, V], listed, f32=True)
    case(f"{tag}_key", make, [Q, V, K], listed)
    case(f"{tag}_scores", make, [Q, V], listed, options=ASKED)
    case(f"{tag}_causal", make, [Q, V], listed, options={**ASKED, **CAUSAL})
    case(f"{tag}_masks", make, [Q, V], listed, masks=SEEN)
    case(f"{tag}_masks_causal", make, [Q, V, K], listed, masks=[*SEEN, None], options=CAUSAL)
case("attention_wider_value", named(layers.Attention), [Q, (2, 5, 6), K], listed)
case("attention_dropout_inference", named(layers.Attention, dropout=0.5, seed=1), [Q, V], listed, training=False)

PAIRS = np.array([[[1, 0, 1, 1, 0], [1, 1, 1, 1, 1], [0, 0, 1, 0, 0]], [[1, 1, 0, 0, 0], [0, 1, 0, 1, 0], [1, 1, 1, 1, 1]]])
with_pairs = lambda *shapes: lambda kind: [sequences.draw(f"pairs.x{i}", s, kind) for i, s in enumerate(shapes)] + [PAIRS.astype("bool")]  # noqa: E731
WIDE = (2, 5, 6)
heads = lambda **o: named(layers.MultiHeadAttention, **{"num_heads": 2, "key_dim": 3, "attention_axes": (1,), **o})  # noqa: E731
grouped = lambda **o: named(layers.GroupQueryAttention, **{"head_dim": 3, "num_query_heads": 4, "num_key_value_heads": 2, **o})  # noqa: E731
for tag, make in {"multi_head": heads, "group_query": grouped}.items():
    case(tag, make(), [Q, V], apart, f32=True)
    case(f"{tag}_key", make(), [Q, V, K], apart)
    case(f"{tag}_scores", make(), [Q, V], apart, options=ASKED)
    case(f"{tag}_causal", make(), [Q, V], apart, options=CAUSAL)
    case(f"{tag}_causal_scores", make(), [Q, V], apart, options={**ASKED, **CAUSAL})
    case(f"{tag}_value_mask", make(), [Q, V], apart, masks=[None, SEEN[1]])
    case(f"{tag}_value_mask_causal_scores", make(), [Q, V], apart, masks=[None, SEEN[1]], options={**ASKED, **CAUSAL})
    case(f"{tag}_key_mask", make(), [Q, V, K], apart, masks=[None, None, SEEN[1]])
    case(f"{tag}_pairs", make(), None, apart, inputs=with_pairs(Q, V, K))
    case(f"{tag}_pairs_scores", make(), None, apart, inputs=with_pairs(Q, V, K), options=ASKED)
    case(f"{tag}_pairs_causal", make(), None, apart, inputs=with_pairs(Q, V, K), options=CAUSAL)
    case(f"{tag}_no_bias", make(use_bias=False), [Q, V], apart)
    case(f"{tag}_gate", make(use_gate=True), [Q, V], apart)
    case(f"{tag}_window", make(sliding_window=2), [V, V], apart)
    case(f"{tag}_window_causal", make(sliding_window=2), [V, V], apart, options=CAUSAL)
    case(f"{tag}_dropout_inference", make(dropout=0.5, seed=1), [Q, V], apart, training=False)
    case(f"{tag}_saved", make(kernel_initializer="he_normal", kernel_regularizer="l2", bias_constraint="non_neg"), [Q, V], apart)
case("multi_head_defaults", named(layers.MultiHeadAttention, 2, 3), [Q, WIDE, V], apart)
# With values longer than keys Keras on JAX needs its own loop.
case("multi_head_value_dim", heads(value_dim=5), [Q, WIDE], apart, options=ASKED)
case("multi_head_output_shape", heads(output_shape=(7,)), [Q, V], apart)
case("multi_head_output_axes", heads(output_shape=(2, 3)), [Q, V], apart)
case("multi_head_two_axes", heads(attention_axes=(1, 2)), [(2, 3, 2, 4), (2, 4, 2, 4)], apart)
case("multi_head_second_axis", heads(attention_axes=(2,)), [(2, 3, 2, 4), (2, 3, 5, 4)], apart)
case("multi_head_second_axis_scores", heads(attention_axes=(2,)), [(2, 3, 2, 4), (2, 3, 5, 4)], apart, options=ASKED)

G.save()
