"""Functional, sequential and subclassed models; summaries as TensorFlow 2.5 prints them."""

import copy
import json
import pickle

import numpy as np
import pytest

import seodang._native as native
from seodang import keras

L = keras.layers


@pytest.fixture(autouse=True)
def fresh_names():
    keras._config.reset_uids()
    yield
    keras._config.set_summary_style("classic")


def printed(model, **options) -> list[str]:
    lines: list[str] = []
    model.summary(print_fn=lines.append, **options)
    return lines


def two_inputs():
    a, b = keras.Input((4,)), keras.Input((4,), name="other")
    joined = L.concatenate([L.Dense(3)(a), b])
    return keras.Model([a, b], (1 - (joined + 1) * 2)[:, :1])


def test_sequential_summary():
    model = keras.Sequential(
        [L.Dense(3, input_shape=(4,)), L.Dropout(0.5), L.Dense(2, activation="softmax")]
    )
    assert printed(model) == [
        'Model: "sequential"',
        "_________________________________________________________________",
        "Layer (type)                 Output Shape              Param #   ",
        "=================================================================",
        "dense (Dense)                (None, 3)                 15        ",
        "_________________________________________________________________",
        "dropout (Dropout)            (None, 3)                 0         ",
        "_________________________________________________________________",
        "dense_1 (Dense)              (None, 2)                 8         ",
        "=================================================================",
        "Total params: 23",
        "Trainable params: 23",
        "Non-trainable params: 0",
        "_________________________________________________________________",
    ]
    assert model.input.shape == (None, 4) and model.output_shape == (None, 2)
    assert [w.name for w in model.weights][:2] == ["dense/kernel:0", "dense/bias:0"]


def test_functional_summary_and_order_of_layers():
    model = two_inputs()
    # The order and the names are those of TensorFlow 2.21 with tf_keras.
    assert [x.name for x in model.layers] == [
        "input_1",
        "dense",
        "other",
        "concatenate",
        "tf.__operators__.add",
        "tf.math.multiply",
        "tf.math.subtract",
        "tf.__operators__.getitem",
    ]
    assert model.input_names == ["input_1", "other"]
    lines = printed(model)
    assert lines[0] == 'Model: "model"'
    assert lines[10:12] == [
        "concatenate (Concatenate)       (None, 7)            0           dense[0][0]"
        + " " * 22,
        " " * 65 + "other[0][0]" + " " * 22,
    ]


def test_inputs_as_list_dict_and_wrong_ones():
    model = two_inputs()
    x = np.random.RandomState(0).rand(2, 4).astype("float32")
    y = model([x, x * 2]).numpy()
    assert np.array_equal(model({"input_1": x, "other": x * 2}).numpy(), y)
    with pytest.raises(ValueError, match=r"expects 2 input\(s\), but it received 1"):
        model(x)
    with pytest.raises(
        ValueError,
        match=r'Input 1 of layer "model" is incompatible with the layer: expected shape=\(None, 4\),'
        r" found shape=\(2, 3\)",
    ):
        model([x, x[:, :3]])
    a, b = keras.Input((4,)), keras.Input((4,))
    with pytest.raises(ValueError, match="Graph disconnected: cannot obtain value for tensor"):
        keras.Model(a, L.add([a, b]))


def test_models_of_parts_of_models_share_weights():
    base = keras.Sequential([L.Dense(5, input_shape=(3,)), L.Dense(4), L.Dense(1)])
    features = keras.Model(inputs=base.input, outputs=base.layers[-2].output)
    x = np.ones((2, 3), "float32")
    expected = base.layers[1](base.layers[0](x)).numpy()
    assert np.array_equal(features(x).numpy(), expected)
    assert features.weights[0] is base.weights[0]
    whole = keras.Model(y := keras.Input((3,)), base(y))
    assert np.array_equal(whole(x).numpy(), base(x).numpy())
    several = keras.Model(base.inputs, [layer.output for layer in base.layers])
    assert [tuple(v.shape) for v in several(x)] == [(2, 5), (2, 4), (2, 1)]


def test_a_shared_layer():
    dense = L.Dense(2)
    a, b = keras.Input((3,)), keras.Input((3,))
    model = keras.Model([a, b], [dense(a), dense(b)])
    assert len(model.weights) == 2
    with pytest.raises(AttributeError, match="has multiple inbound nodes"):
        dense.output  # noqa: B018
    assert tuple(dense.get_output_at(1).shape) == (None, 2)
    assert dense.output_shape == (None, 2)


def test_sequential_without_a_shape():
    model = keras.Sequential([L.Dense(3)])
    with pytest.raises(ValueError, match="This model has not yet been built"):
        model.summary()
    assert model.inputs is None
    model.build((None, 4))
    assert model.output_shape == (None, 3)
    other = keras.Sequential([L.Dense(3)])
    other(np.ones((2, 4)))
    assert other.output_shape == (2, 3)
    assert other(np.ones((5, 4))).shape == (5, 3)


def test_add_and_pop():
    model = keras.Sequential()
    model.add(keras.Input((3,)))
    model.add(L.Dense(2))
    model.add(L.Dense(7))
    model.pop()
    assert model.output_shape == (None, 2) and len(model.layers) == 1
    with pytest.raises(ValueError, match="should have unique names"):
        model.add(L.Dense(2, name="dense"))
    with pytest.raises(TypeError, match="must be an instance of class Layer"):
        model.add(3)
    with pytest.raises(ValueError, match="No such layer: x. Existing layers are"):
        model.get_layer("x")


class Two(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = L.Dense(3, activation="relu")
        self.second = L.Dense(1)
        self.drop = L.Dropout(0.5)

    def call(self, x, training=False):
        return self.second(self.drop(self.first(x), training=training))


def test_subclassed_models():
    model = Two()
    with pytest.raises(ValueError, match="not yet been built"):
        model.summary()
    model.build((None, 4))
    assert len(model.weights) == 4 and [x.name for x in model.layers][0] == "dense"
    assert "dense (Dense)                multiple                  15        " in printed(model)
    x = keras.Input((7, 4))
    assert tuple(model(x).shape) == (None, 7, 1)

    class Forgot(keras.Model):
        def __init__(self):
            self.d = L.Dense(1)

    with pytest.raises(RuntimeError, match="forgot to call `super().__init__()`".replace("(", r"\(")
                       .replace(")", r"\)")):
        Forgot()


def test_freezing():
    model = keras.Sequential([L.Dense(3, input_shape=(2,)), L.BatchNormalization(), L.Dense(1)])
    model.layers[0].trainable = False
    assert len(model.trainable_weights) == 4 and len(model.non_trainable_weights) == 4
    model.trainable = False
    assert model.trainable_weights == [] and not model.layers[-1].trainable
    assert printed(model)[-3:-1] == ["Trainable params: 0", "Non-trainable params: 25"]


@pytest.mark.parametrize("how", ["config", "json", "clone", "copy", "pickle"])
def test_models_made_again(how):
    model = two_inputs()
    again = {
        "config": lambda: keras.Model.from_config(model.get_config()),
        "json": lambda: keras.models.model_from_json(model.to_json()),
        "clone": lambda: keras.models.clone_model(model),
        "copy": lambda: copy.deepcopy(model),
        "pickle": lambda: pickle.loads(pickle.dumps(model)),
    }[how]()
    again.set_weights(model.get_weights())
    x = np.random.RandomState(1).rand(3, 4).astype("float32")
    assert np.array_equal(again([x, x]).numpy(), model([x, x]).numpy())
    assert again.weights[0] is not model.weights[0]
    json.loads(model.to_json())


def test_keras_2_configurations_are_read():
    config = {
        "name": "m",
        "layers": [
            {"class_name": "InputLayer", "name": "i", "inbound_nodes": [],
             "config": {"batch_input_shape": [None, 3], "dtype": "float32", "sparse": False,
                        "ragged": False, "name": "i"}},
            {"class_name": "Dense", "name": "d", "inbound_nodes": [[["i", 0, 0, {}]]],
             "config": {"name": "d", "trainable": True, "dtype": "float32", "units": 2,
                        "activation": "relu", "use_bias": True, "kernel_initializer":
                        {"class_name": "GlorotUniform", "config": {"seed": None}},
                        "bias_initializer": {"class_name": "Zeros", "config": {}},
                        "kernel_regularizer": None}},
        ],
        "input_layers": [["i", 0, 0]],
        "output_layers": [["d", 0, 0]],
    }
    model = keras.Model.from_config(config)
    assert model.output_shape == (None, 2) and model.get_layer("d").units == 2


def test_custom_objects():
    class Twice(L.Layer):
        def call(self, x):
            return x * 2

    model = keras.Sequential([keras.Input((2,)), Twice(), L.Dense(1)])
    text = model.to_json()
    with pytest.raises(TypeError, match="Could not locate class 'Twice'"):
        keras.models.model_from_json(text)
    again = keras.models.model_from_json(text, custom_objects={"Twice": Twice})
    assert type(again.layers[0]) is Twice
    with keras.saving.custom_object_scope({"Twice": Twice}):
        keras.models.model_from_json(text)


def test_unknown_sizes():
    x = keras.Input((None, None, 3))
    model = keras.Model(x, L.GlobalAveragePooling2D()(L.Conv2D(4, 3, padding="same")(x)))
    assert model(np.ones((1, 5, 9, 3))).shape == (1, 4)
    y = keras.Input((None, 8))
    z = y + native.ones([8], "float32")
    assert tuple(z.shape) == (None, None, 8)


def test_symbolic_losses():
    x = keras.Input((4,))
    model = keras.Model(x, y := L.Dense(2)(x))
    model.add_loss(y[0, 0] * 0 + 3)
    model(np.ones((2, 4)))
    assert [float(v) for v in model.losses] == [3.0]


def test_plot_model(tmp_path):
    model = two_inputs()
    picture = keras.models.plot_model(model, to_file=str(tmp_path / "m.svg"), show_shapes=True)
    text = (tmp_path / "m.svg").read_text("utf-8")
    assert "concatenate: Concatenate" in text and "(None, 7)" in text
    assert picture._repr_svg_() == text
    assert "<table>" in model._repr_html_()


def test_keras_3_summary():
    keras._config.set_summary_style("keras3")
    lines = printed(keras.Sequential([L.Dense(3, input_shape=(4,))]))
    assert lines[4] == "│ dense (Dense)                        │ (None, 3)                   │" + (
        "              15 │"
    )
    assert lines[-3] == " Total params: 15 (60.00 B)"


def test_applications():
    # Counted by Keras: keras.applications.VGG16(weights=None, include_top=False).
    model = keras.applications.VGG16(weights=None, include_top=False, input_shape=(32, 32, 3))
    assert model.count_params() == 14714688 and model.output_shape == (None, 1, 1, 512)
    with pytest.raises(NotImplementedError, match="NASNetLarge is not in Seodang"):
        keras.applications.NASNetLarge(weights=None)
