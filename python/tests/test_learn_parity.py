"""Every estimator says on real data what scikit-learn's says; `cargo xtask parity sklearn` is the whole of it."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

from seodang.learn.utils.discovery import all_estimators

pytest.importorskip("sklearn")

SCRIPT = Path(__file__).resolve().parents[1] / "parity" / "sklearn_estimators.py"


def _script():
    spec = importlib.util.spec_from_file_location("sklearn_estimators", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    # Its data classes look for the module that they stand in.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


script = _script()


@pytest.mark.parametrize("name", sorted(script.ROWS))
def test_an_estimator_says_what_scikit_learns_says(name):
    for data in script.sets(name, short=True, folder=None):
        found = script.compare(name, data, seeds=3)
        assert not found.wrong, f"{data.name}: {found.wrong}"
        # Something was compared.
        assert found.differences


def test_every_estimator_has_a_row():
    assert {name.partition(":")[0] for name in script.ROWS} == {name for name, _ in all_estimators()}
    for name in script.ROWS:
        assert script.class_of(script.OURS, name) is not script.class_of(script.THEIRS, name)


@pytest.mark.parametrize("name", ["Ridge", "KNeighborsClassifier", "StandardScaler", "LinearSVR"])
def test_another_answer_is_found(name, monkeypatch):
    cls = script.class_of(script.OURS, name)
    method = "transform" if name.endswith("Scaler") else "predict"
    said = getattr(cls, method)

    def changed(self, X):
        answer = said(self, X)
        if name.endswith("Classifier"):
            answer = np.roll(answer, 1)
        return answer + 1.0 if name == "LinearSVR" else answer * (1 + 1e-5) if answer.dtype.kind == "f" else answer

    monkeypatch.setattr(cls, method, changed)
    assert any(script.compare(name, data, seeds=6).wrong for data in script.sets(name, True, None))
