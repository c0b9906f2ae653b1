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


# Attributes that only theirs have.
ABSENT = {
    ("GradientBoostingClassifier", "init_"): "the first guess is a number, unless an estimator is given",
    ("GradientBoostingRegressor", "init_"): "the first guess is a number, unless an estimator is given",
    ("SplineTransformer", "bsplines_"): "SciPy's functions",
}
# What theirs leaves None.
COUNTED = {(name, "n_iter_"): "solvers without iterations have one" for name in ("Ridge", "RidgeClassifier")}


def _attributes(estimator):
    return {
        name for name in dir(estimator)
        if name.endswith("_") and not name.startswith("_") and hasattr(estimator, name)
    }


@pytest.mark.parametrize("name", [n for n in sorted(script.ROWS) if ":" not in n])
def test_a_fitted_estimator_has_scikit_learns_attributes(name):
    row = script.ROWS[name]
    data = script.load("iris", 60)
    given = script.GIVEN[row.data](data)
    mine, other = (
        script.fitted(library, row, name, given, 0) for library in (script.OURS, script.THEIRS)
    )
    lacking = _attributes(other) - _attributes(mine)
    assert lacking == {attribute for of, attribute in ABSENT if of == name}
    for attribute in _attributes(other) - lacking:
        got, want = getattr(mine, attribute), getattr(other, attribute)
        if isinstance(want, np.ndarray) and want.dtype != object:
            # Learned numbers are arrays of as many dimensions and of the same type.
            assert np.asarray(got).ndim == want.ndim, attribute
            assert np.asarray(got).dtype.kind == want.dtype.kind, attribute
        elif want is None and (name, attribute) not in COUNTED:
            assert got is None, attribute


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
