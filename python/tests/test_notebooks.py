"""The notebooks of `notebooks/` run from the first cell to the last.

With `SEODANG_DATA` they read MNIST itself; without it, a small data set of the same layout.
"""

from __future__ import annotations

import os
import re
import struct
from pathlib import Path

import numpy as np
import pytest

import seodang

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")
pytest.importorskip("matplotlib")

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
NAMES = ["first-network.en", "first-network.ko"]


def write_idx(path: Path, values: np.ndarray) -> None:
    head = struct.pack(f">4B{values.ndim}I", 0, 0, 8, values.ndim, *values.shape)
    path.write_bytes(head + values.astype(np.uint8).tobytes())


def write_pictures(folder: Path) -> None:
    """Ten classes: a bright bar whose row is the class, on noise."""
    folder.mkdir()
    random = np.random.default_rng(0)
    for part, rows in (("train", 2000), ("t10k", 500)):
        labels = random.integers(0, 10, rows)
        pictures = random.integers(0, 60, (rows, 28, 28))
        for picture, label in zip(pictures, labels):
            picture[2 * label + 4 : 2 * label + 6, 4:24] = 250
        write_idx(folder / f"{part}-images-idx3-ubyte", pictures)
        write_idx(folder / f"{part}-labels-idx1-ubyte", labels)


@pytest.fixture
def data(tmp_path) -> Path:
    given = os.environ.get("SEODANG_DATA")
    if given and any(Path(given, "mnist").glob("train-images*ubyte*")):
        return Path(given).resolve()
    write_pictures(tmp_path / "mnist")
    return tmp_path


def read(name: str):
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs(name, data, tmp_path, monkeypatch):
    book = read(name)
    package = str(Path(seodang.__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
    monkeypatch.setenv("PYTHONPATH", path)
    monkeypatch.setenv("SEODANG_DATA", str(data))
    # The pictures become outputs of the cells, as in a browser.
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    work = tmp_path / "work"
    work.mkdir()
    client = nbclient.NotebookClient(
        book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(work)}}
    )
    client.execute()  # raises CellExecutionError for a cell that fails

    outputs = [out for cell in book.cells if cell.cell_type == "code" for out in cell.outputs]
    printed = "".join(out.text for out in outputs if out.output_type == "stream")
    found = re.search(r"(?:test accuracy|시험 정확도): (\d\.\d+)", printed)
    assert found, printed
    assert 0.9 < float(found[1]) <= 1
    line = re.search(r"w = (\S+), b = (\S+)", printed)
    assert float(line[1]) == pytest.approx(2, abs=0.1)
    assert float(line[2]) == pytest.approx(1, abs=0.1)
    # The loaded model predicts what the saved one did.
    assert printed.rstrip().endswith("True")
    shown = [out for out in outputs if "image/png" in getattr(out, "data", {})]
    assert len(shown) == 4


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_kept_without_outputs(name):
    book = read(name)
    nbformat.validate(book)
    for cell in book.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None


def test_both_languages_run_the_same_code():
    def code(name):
        cells = [cell.source for cell in read(name).cells if cell.cell_type == "code"]
        return [source.replace("시험 정확도", "test accuracy") for source in cells]

    assert code(NAMES[0]) == code(NAMES[1])


_SHOWN = """
import numpy as np
from seodang import keras
from seodang.keras.training import progbar

bar = progbar.Progbar(4)
bar.interval = 0  # every step, however fast it is
for step in range(1, 5):
    bar.update(step, [("loss", 1 / step)])
model = keras.Sequential([keras.layers.Dense(1, input_shape=(2,))])
model.compile("sgd", "mse")
history = model.fit(np.ones((64, 2)), np.ones(64), epochs=2)
"""


def test_what_a_notebook_shows_needs_no_widgets(tmp_path, monkeypatch):
    package = str(Path(seodang.__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
    monkeypatch.setenv("PYTHONPATH", path)
    sources = [_SHOWN, "model", "history", "keras.utils.plot_model(model, to_file=None)"]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    nbclient.NotebookClient(
        book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    streams, *shown = [cell.outputs for cell in book.cells]
    text = "".join(out.text for out in streams)
    # Each state of the bar takes the place of the one before it.
    assert text.startswith("\r1/4 [======>") and "\r3/4 [" in text
    assert "Epoch 2/2\n\r" in text and "\r2/2 [==============================]" in text
    kinds = [set(outputs[0].data) for outputs in shown]
    assert ["text/html" in k for k in kinds] == [True, True, False]
    assert "image/svg+xml" in kinds[2]
