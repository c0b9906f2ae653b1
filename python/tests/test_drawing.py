"""What notebooks show: pictures of models, tables of models and of histories, curves."""

import sys
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from seodang import keras

_SVG = "{http://www.w3.org/2000/svg}"


def _model():
    inner = keras.Sequential(
        [keras.layers.Dense(4, activation="relu", input_shape=(3,)), keras.layers.Dense(2)],
        name="inner",
    )
    x = keras.Input((3,), name="data")
    left, right = inner(x), keras.layers.Dense(2, name="right")(x)
    out = keras.layers.Add(name="sum")([left, right])
    return keras.Model(x, keras.layers.Dense(1, name="last")(out))


def _texts(picture) -> list[str]:
    return [t.text for t in ET.fromstring(picture.data).iter(f"{_SVG}text")]


def _place(picture, text: str) -> tuple[float, float]:
    for node in ET.fromstring(picture.data).iter(f"{_SVG}text"):
        if node.text.startswith(text):
            return float(node.get("x")), float(node.get("y"))
    raise AssertionError(text)


def test_a_picture_tells_what_it_is_asked_for():
    model = _model()
    plain = keras.utils.plot_model(model, to_file=None, show_layer_names=False)
    assert _texts(plain) == ["InputLayer", "Sequential", "Dense", "Add", "Dense"]
    full = keras.utils.plot_model(
        model, to_file=None, show_shapes=True, show_dtype=True, show_layer_activations=True,
        show_trainable=True,
    )
    texts = _texts(full)
    assert {"sum: Add", "output: (None, 2)", "dtype: float32", "trainable"} <= set(texts)
    assert "activation: linear" in texts


def test_arrows_follow_the_layers():
    picture = keras.utils.plot_model(_model(), to_file=None)
    assert len(list(ET.fromstring(picture.data).iter(f"{_SVG}line"))) == 5


@pytest.mark.parametrize(("rankdir", "axis", "sign"), [
    ("TB", 1, 1), ("BT", 1, -1), ("LR", 0, 1), ("RL", 0, -1),
])
def test_directions(rankdir, axis, sign):
    picture = keras.utils.plot_model(_model(), to_file=None, rankdir=rankdir)
    begin, end = _place(picture, "data"), _place(picture, "last")
    assert (end[axis] - begin[axis]) * sign > 50


def test_models_inside_are_opened():
    picture = keras.utils.plot_model(_model(), to_file=None, expand_nested=True)
    texts = _texts(picture)
    assert "inner" in texts and "inner: Sequential" not in texts
    assert sum(t.endswith(": Dense") for t in texts) == 4
    # data to the first layer inside and to `right`; inside; both to the sum; to the last.
    assert len(list(ET.fromstring(picture.data).iter(f"{_SVG}line"))) >= 6


def test_a_part_of_a_model():
    picture = keras.utils.plot_model(_model(), to_file=None, layer_range=["right", "last"])
    assert not any(t.startswith("data") for t in _texts(picture))
    assert any(t.startswith("right") for t in _texts(picture))
    with pytest.raises(ValueError, match="nothing"):
        keras.utils.plot_model(_model(), to_file=None, layer_range=["nothing", "last"])


def test_wrong_arguments_are_named():
    with pytest.raises(ValueError, match="rankdir"):
        keras.utils.plot_model(_model(), to_file=None, rankdir="XY")
    with pytest.raises(ValueError, match="has not yet been built"):
        keras.utils.plot_model(keras.Sequential([keras.layers.Dense(1)]), to_file=None)


def test_files(tmp_path):
    keras.utils.plot_model(_model(), tmp_path / "a.svg")
    assert ET.parse(tmp_path / "a.svg").getroot().tag == f"{_SVG}svg"
    pytest.importorskip("matplotlib")
    sizes = []
    for dpi in (50, 100):
        keras.utils.plot_model(_model(), str(tmp_path / "a.png"), show_shapes=True, dpi=dpi)
        data = (tmp_path / "a.png").read_bytes()
        assert data[:4] == b"\x89PNG"
        sizes.append(int.from_bytes(data[16:20], "big"))
    assert abs(sizes[1] - 2 * sizes[0]) <= 2
    dot = keras.utils.model_to_dot(_model(), show_shapes=True)
    assert dot.create(prog="dot", format="svg") == dot.data.encode()
    assert dot.create(format="png")[:4] == b"\x89PNG"


def test_without_matplotlib_a_png_becomes_an_svg(tmp_path, monkeypatch):
    for name in [n for n in sys.modules if n.partition(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.warns(UserWarning, match="needs matplotlib"):
        keras.utils.plot_model(_model(), tmp_path / "b.png")
    assert ET.parse(tmp_path / "b.svg").getroot().tag == f"{_SVG}svg"


def _history():
    model = keras.Sequential([keras.layers.Dense(1, input_shape=(2,))], name="<small>")
    model.compile("sgd", "mse", metrics=["mae"])
    x, y = np.ones((8, 2), "float32"), np.ones(8, "float32")
    history = model.fit(x, y, epochs=4, validation_data=(x, y), validation_freq=2, verbose=0)
    return model, history


def _well_formed(text: str) -> ET.Element:
    return ET.fromstring(f"<div>{text.replace('<br>', '<br/>')}</div>")


def test_a_history_shows_its_epochs():
    _, history = _history()
    root = _well_formed(history._repr_html_())
    rows = [[c.text or "" for c in row] for row in root.iter("tr")]
    assert rows[0] == ["epoch", *history.history]
    assert [r[0] for r in rows[1:]] == ["1", "2", "3", "4"]
    assert rows[1][1] == f"{history.history['loss'][0]:.4g}"
    # Quantities that are not measured every epoch stand in the epochs that measured them.
    at = rows[0].index("val_loss")
    shown = [r[at] for r in rows[1:]]
    assert shown == ["", f"{history.history['val_loss'][0]:.4g}",
                     "", f"{history.history['val_loss'][1]:.4g}"]
    assert len(list(root.iter(f"{_SVG}polyline"))) == 2


def test_a_history_without_epochs_shows_nothing_wrong():
    _well_formed(keras.callbacks.History()._repr_html_())


def test_a_model_shows_its_layers():
    model, _ = _history()
    root = _well_formed(model._repr_html_())
    text = " ".join(root.itertext())
    assert "<small>" in text and "Dense" in text and "(None, 1)" in text and "3" in text


def test_histories_are_plotted_with_matplotlib():
    pytest.importorskip("matplotlib")
    from matplotlib.figure import Figure

    _, history = _history()
    axes = Figure().subplots()
    (line,) = axes.plot(history.epoch, history.history["loss"])
    assert list(line.get_ydata()) == history.history["loss"]
